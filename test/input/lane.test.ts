import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { catalogue } from "../../grammars/messages/index.ts";
import type { LineScanner } from "../../grammars/scanner.ts";
import { lineScanner } from "../../src/input/grammar.ts";
import { Intake, type Reading } from "../../src/input/intake.ts";
import { PieceScanner, type ReadAt } from "../../src/input/scan.ts";
import { random } from "../bench/random.ts";
import { data, isLogLine, logLines, plainly } from "./read.ts";
import { writers } from "./writers.ts";

/*
 * Most lines of a log are passed over as bytes. Whatever is passed over, and however the bytes come in
 * pieces, what is read must be what reading every line as a string gives.
 */

const source = { name: "input", folder: null };

function read(text: string, chunk: number, lane: boolean): Reading {
	const intake = new Intake(source, undefined, { lane });
	const bytes = Buffer.from(text);
	// The memory of a chunk is used again, as that of a file's is.
	const memory = Buffer.alloc(chunk);
	for (let at = 0; at < bytes.length; at += chunk) {
		const length = bytes.copy(memory, 0, at, at + chunk);
		intake.push(memory.subarray(0, length));
	}
	return plainly(intake.end());
}

/** The same when most of it is looked through in pieces beforehand, as threads do. */
async function readPieces(text: string, piece: number): Promise<Reading> {
	const intake = new Intake(source, undefined, { lane: true });
	const bytes = Buffer.from(text);
	const readAt: ReadAt = (into, at, length, position) => bytes.copy(into, at, position, position + length);
	const pieces = new PieceScanner(lineScanner() as LineScanner);
	let at = 0;
	for (let from = 0; from + piece < bytes.length; from += piece) {
		const scanned = pieces.scan(readAt, from, from + piece);
		if (scanned === undefined) break;
		expect(scanned.from).toBe(at);
		await intake.replay(scanned, async (begin, end) => bytes.subarray(begin, end));
		at = scanned.to;
	}
	intake.push(bytes.subarray(at));
	return plainly(intake.end());
}

async function checkAll(text: string, chunks: readonly number[] = [1 << 20, 4093]): Promise<void> {
	const slow = read(text, 1 << 20, false);
	for (const chunk of chunks) expect(read(text, chunk, true)).toEqual(slow);
	// A document of JSON is never read in pieces.
	if (!/^\s*[[{]/.test(text)) expect(await readPieces(text, 1009)).toEqual(slow);
}

const fixtures = new URL("../../fixtures/", import.meta.url);
const logs = readdirSync(fixtures, { recursive: true, encoding: "utf8" })
	.filter((name) => name.endsWith(".log"))
	.sort();

test.each(logs)("fixture %s, bare and in every wrapper", async (name) => {
	const text = readFileSync(new URL(name, fixtures), "utf8");
	await checkAll(text, [1 << 20, 997]);
	const lines = logLines(text).filter(isLogLine);
	const at = Date.UTC(2026, 10, 21, 20);
	for (const writer of writers) await checkAll(writer.write(lines.map((line, i) => ({ text: line, at: at + i * 7 }))), [4093]);
});

const noise = [
	"Accepted 10.20.0.9:40112",
	"DB 0: 4242 keys (17 volatile) in 8192 slots HT.",
	"12 clients connected (1 replicas), 1048576 bytes in use",
	"Backgroundless",
	"Background AOF rewrite signal handler took 12us",
	"Connection",
	"Connection  with master lost.",
	"Ready",
	"x",
	"",
	"   indented words of a module",
	"<search> Low level api version 1 initialized",
	'Ends with a quotation "mark"',
	"Ünïcode words of somebody",
	"Some reason, disconnecting it: id=7 addr=10.20.0.9:40112",
	"AOF rewrite: 4 MB of memory used by copy-on-write",
	"5 changes in 300 seconds. Saving...",
	"5 changed in 300 seconds. Saving...",
	`A long line ${"of many words ".repeat(40)}`,
	"DB saved on disk ",
	" DB saved on disk",
	"DB saved on disk\u001b[0m",
	"Connecting to MASTER 10.20.0.9:6379 with password=hunter2",
];
const levels = [".", "-", "*", "#"];
const samples = catalogue.flatMap(({ samples }) => samples);

/** Lines of a log that says anything at all, in one of the layouts of its front. */
function noisy(seed: number, count: number): string[] {
	const r = random(seed);
	const two = (n: number): string => String(n).padStart(2, "0");
	let ms = r.below(1_000_000);
	const layout = r.below(6);
	return Array.from({ length: count }, () => {
		ms += r.below(3000);
		const clock = `${two(Math.floor(ms / 3.6e6) % 24)}:${two(Math.floor(ms / 6e4) % 60)}:${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, "0")}`;
		const stamp = [
			`21 Nov 2026 ${clock}`,
			`21 Nov ${clock}`,
			`2026-11-21T${clock}+01:00`,
			`2026-11-21T${clock}Z`,
			String(1_795_293_849_421 + ms),
			`21 Nov 2026 ${clock}`,
		][layout] as string;
		const process = layout === 5 ? `${r.pick([352, 353])}:${r.pick([356, 4242])}:${r.pick(["S", "M"])}` : `${r.pick([4242, 4242, 4242, 777_777])}:${r.pick(["S", "M", "C"])}`;
		switch (r.below(24)) {
			case 0:
				// At its own time, a line of another server would begin another part of the log.
				return `${process} ${stamp} ${r.pick(levels)} ${r.pick(samples).replace(/^.*? [.\-*#] /, "")}`;
			case 1:
				return r.pick(["", "a remark", "  ", "==> /var/log/redis.log <==", "> INFO", "role:master", "```", "# Replication"]);
			case 2:
				return `${process} ${stamp} ${r.pick(levels)} ${r.pick(samples).replace(/^.*? [.\-*#] /, "")}`.slice(0, r.below(160));
			case 3:
				return `${process} ${stamp} ${r.pick(levels)}${r.pick(["", "  ", "x"])}${r.pick(noise)}`;
			case 4:
				return `${process} ${stamp} * Background saving terminated with success${process} ${stamp} * DB saved on disk`;
			default:
				return `${process} ${stamp} ${r.pick(levels)} ${r.pick(noise)}`;
		}
	});
}

test.each(Array.from({ length: 20 }, (_, seed) => seed))("noise %i", async (seed) => {
	const lines = noisy(seed, 300);
	await checkAll(lines.join("\n"), [1 << 20, 4093, 61]);
	await checkAll(`${lines.join("\r\n")}\r\n`);
});

test.each(Array.from({ length: 3 }, (_, seed) => seed))("noise %i in every wrapper, and without it from some line on", async (seed) => {
	const lines = noisy(seed, 120);
	const at = Date.UTC(2026, 10, 21, 20);
	for (const writer of writers) {
		const written = writer.write(lines.filter(isLogLine).map((text, i) => ({ text, at: at + i * 7 })));
		await checkAll(written);
		await checkAll(`${written}\n${lines.join("\n")}\n${written}`);
	}
});

test("lines that are passed over are counted", () => {
	const text = logLines(data("replica-7.2.log")).join("\n");
	const quiet = "4242:S 21 Nov 2026 08:00:00.000 - Accepted 10.20.0.9:40112\n".repeat(1000);
	const { streams } = read(`${quiet}${text}`, 4093, true);
	expect(streams[0]?.counts.lines).toBe(1000 + text.split("\n").length);
	expect(streams[0]?.first).toMatchObject({ line: 1 });
});

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { builtInto } from "../cli/built.ts";
import { limit } from "./harness.ts";

/*
 * Memory is bounded, whatever is read: each input is analysed by a process of its own that may use
 * half a GiB of heap. It is written to that process's standard input or to a file, never held whole.
 */
const HEAP_MIB = 512;
const MIB = 1024 * 1024;

/** `RLOG_REPLICAS=1000000` takes half a minute, and 2.3 GB: a resync of each replica is kept until the end. */
const replicas = Number(process.env["RLOG_REPLICAS"] ?? 5000);

let folder: string;
let script: string;
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "rlog-memory-"));
	script = await builtInto(folder);
}, limit);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Analyses a file under the bound; gives the exit code and what was said. */
function analyzeFile(name: string, bytes: Uint8Array, heapMib = HEAP_MIB): { code: number | null; text: string } {
	const file = join(folder, name);
	writeFileSync(file, bytes);
	const args = [`--max-old-space-size=${heapMib}`, script, "analyze", "--format", "lines", file];
	const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: limit + replicas, maxBuffer: 1024 * MIB });
	rmSync(file);
	return { code: status, text: `${stdout}${stderr}` };
}

const clean = (text: string): void => expect(text).not.toMatch(/heap|FATAL|\n {4}at /);
const repeated = (text: string, mib: number): Buffer => Buffer.alloc(mib * MIB, text);

test.each([
	["a line of 200 MB", "long.log", () => repeated("a", 200), 1],
	["a line of 80 MB that opens like JSON", "long.json", () => Buffer.concat([Buffer.from('{"log":"'), repeated("a", 80)]), 1],
	["one after a line of JSON", "second.json", () => Buffer.concat([Buffer.from('{"log":"x","stream":"stdout"}\n{"log":"'), repeated("a", 80)]), 1],
	["a hole of 100 MB", "hole.log", () => Buffer.concat([Buffer.alloc(100 * MIB), Buffer.from("x\n")]), 1],
	["empty objects", "objects.json", () => Buffer.concat([Buffer.from("["), repeated("{},", 15), Buffer.from("{}]")]), 1],
	["JSON nested 100 000 deep", "deep.json", () => Buffer.from(`${"[".repeat(100_000)}${"]".repeat(100_000)}`), 1],
	["objects nested 100 000 deep", "deeper.json", () => Buffer.from(`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`), 1],
	["carriage returns", "cr.log", () => repeated("\r", 20), 1],
	["a gzip bomb", "bomb.gz", () => gzipSync(repeated("a", 250)), 1],
	["a gzip bomb of holes, packed three times", "bombs.gz", () => gzipSync(gzipSync(gzipSync(Buffer.alloc(250 * MIB)))), 1],
] as const)("%s", (_, name, bytes, code) => {
	const ran = analyzeFile(name, bytes());
	clean(ran.text);
	expect(ran.code, ran.text).toBe(code);
}, limit);

test("a file packed again and again is not unpacked for ever", () => {
	let bytes: Uint8Array = Buffer.from("x");
	for (let n = 0; n < 8; n++) bytes = gzipSync(bytes);
	const ran = analyzeFile("onion.gz", bytes);
	clean(ran.text);
	expect(ran.text).toContain("packed more than 3 times over");
});

test(`a primary's log with ${replicas} replicas`, () => {
	const two = (n: number): string => String(n % 60).padStart(2, "0");
	const lines = Array.from({ length: replicas }, (_, i) => {
		const time = `21 Nov 2026 20:${two(Math.floor(i / 60_000))}:${two(Math.floor(i / 1000))}.${String(i % 1000).padStart(3, "0")}`;
		return `812:M ${time} * Replica 10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}:6380 asks for synchronization\n`;
	});
	const ran = analyzeFile("replicas.log", Buffer.from(lines.join("")), Math.max(HEAP_MIB, replicas / 250));
	clean(ran.text);
	expect(ran.code).toBe(0);
	expect(ran.text.match(/^open /gm)).toHaveLength(replicas);
}, limit + replicas);

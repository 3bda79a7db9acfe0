import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import * as zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readInputs } from "../../src/input/index.ts";
import { LINE_LIMIT } from "../../src/input/lines.ts";
import type { Readings } from "../../src/model/stream.ts";
import { data, only, plain, readText } from "./read.ts";

const log = data("replica-7.2.log");
const older = data("primary-4.0.log");
let folder = "";
const path = (...names: string[]): string => join(folder, ...names);
const names = ({ streams }: Readings): string[] => streams.map(({ input }) => input.slice(folder.length + 1));
const texts = ({ problems }: Readings): string[] =>
	problems.map(({ text }) => text.replaceAll(folder, "DIR"));

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "rlog-input-"));
	mkdirSync(path("logs", "deep", "er"), { recursive: true });
	mkdirSync(path("logs", ".hidden"), { recursive: true });
	mkdirSync(path("nothing"));
	mkdirSync(path("photos"));
	writeFileSync(path("logs", "b.log"), log);
	writeFileSync(path("logs", "a.log"), older);
	writeFileSync(path("logs", "deep", "er", "c.log.1"), log);
	writeFileSync(path("logs", "readme.txt"), "Nothing to see here.\n");
	writeFileSync(path("logs", "empty.log"), "");
	writeFileSync(path("logs", ".hidden", "d.log"), log);
	writeFileSync(path("photos", "a.bin"), Buffer.from([1, 2, 3, 0, 255, 10, 7]));
	writeFileSync(path("[odd]*.log"), log);
	writeFileSync(path("packed.log.gz"), zlib.gzipSync(log));
	writeFileSync(
		path("twice.log.gz"),
		Buffer.concat([zlib.gzipSync(log.slice(0, 500)), zlib.gzipSync(log.slice(500))]),
	);
	writeFileSync(path("misnamed.log"), zlib.gzipSync(log));
	writeFileSync(path("cut.log.gz"), zlib.gzipSync(log).subarray(0, -40));
	writeFileSync(path("zstd.log"), Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0, 0]));
	writeFileSync(path("utf16.log"), Buffer.from(`\ufeff${log}`, "utf16le"));
	writeFileSync(path("blank.log"), "\n\n   \n");
	symlinkSync(path("nowhere"), path("dangling.log"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("sources", () => {
	test("a folder is read to its depth, in the order of the names", async () => {
		expect(names(await readInputs([path("logs")]))).toEqual([
			"logs/a.log",
			"logs/b.log",
			"logs/deep/er/c.log.1",
		]);
	});

	test("what else lies in a folder is no problem", async () => {
		expect((await readInputs([path("logs")])).problems.map(({ code }) => code)).toEqual(["year-unknown"]);
	});

	test.each([
		["logs/*.log", ["logs/a.log", "logs/b.log", "logs/empty.log"]],
		["logs/[ab].log", ["logs/a.log", "logs/b.log"]],
		["logs/?.log", ["logs/a.log", "logs/b.log"]],
		["logs/{b,a}.log", ["logs/b.log", "logs/a.log"]],
		["**/c.log*", ["logs/deep/er/c.log.1"]],
		["l*/deep/*/c*", ["logs/deep/er/c.log.1"]],
	])("the pattern %s", async (pattern, found) => {
		expect(names(await readInputs([path(pattern)]))).toEqual(found);
	});

	test("a name that is a file is one, whatever is in it", async () => {
		expect(names(await readInputs([path("[odd]*.log")]))).toEqual(["[odd]*.log"]);
	});

	test("a file given twice is read once", async () => {
		expect(names(await readInputs([path("logs/b.log"), path("logs", "b.log"), path("logs/b*")]))).toEqual([
			"logs/b.log",
		]);
	});

	test("standard input", async () => {
		const readings = await readInputs(["-"], { stdin: Readable.from([Buffer.from(log)]) });
		expect(only(readings).input).toBe("-");
	});

	test("a name given for an input", async () => {
		const labels = new Map([[path("logs/b.log"), "db-2"]]);
		expect(only(await readInputs([path("logs/b.log")], { labels })).label).toBe("db-2");
	});
});

describe("packing", () => {
	test.each(["packed.log.gz", "twice.log.gz", "misnamed.log", "utf16.log"])("%s", async (name) => {
		const stream = only(await readInputs([path(name)]));
		expect(stream.events.map(plain)).toEqual(only(await readText(log)).events.map(plain));
		expect(stream.counts.bytes).toBe(Buffer.byteLength(log));
	});

	test("gzip on standard input, byte by byte", async () => {
		const packed = zlib.gzipSync(log);
		const stdin = Readable.from(Array.from(packed, (byte) => Buffer.from([byte])));
		expect(only(await readInputs(["-"], { stdin })).counts.logLines).toBe(49);
	});

	test("zstd", async () => {
		const readings = await readInputs([path("zstd.log")]);
		expect(readings.unreadable).toBe(true);
		expect(texts(readings)).toHaveLength(1);
		if (!("createZstdDecompress" in zlib)) {
			expect(texts(readings)[0]).toBe(
				"DIR/zstd.log: cannot be read: it is packed with zstd, which this Node cannot unpack: run `zstd -d` on it, or use Node 22.15",
			);
		}
	});

	test("what comes before the damage is read", async () => {
		const readings = await readInputs([path("cut.log.gz")]);
		expect(texts(readings)).toEqual([
			"DIR/cut.log.gz: cannot be read: the compressed data ends too early: what came before was read; copy the file again",
		]);
		expect(only(readings).events.length).toBeGreaterThan(0);
	});
});

describe("problems", () => {
	test.each([
		["missing.log", "unreadable", "DIR/missing.log: cannot be read: no such file or folder: check the path"],
		[
			"dangling.log",
			"unreadable",
			"DIR/dangling.log: cannot be read: no such file or folder: check the path",
		],
		["none-*.log", "unreadable", "DIR/none-*.log: no file fits this pattern: check it, or quote the name"],
		["nothing", "empty", "DIR/nothing: no log in this folder: give the folder or file the logs are in"],
		["photos", "empty", "DIR/photos: no log in this folder: give the folder or file the logs are in"],
		[
			"logs/empty.log",
			"empty",
			"DIR/logs/empty.log: the file is empty: nothing to explain; give the server's log",
		],
		["blank.log", "empty", "DIR/blank.log: the file is empty: nothing to explain; give the server's log"],
		[
			"logs/readme.txt",
			"no-log",
			"DIR/logs/readme.txt: 0 of 1 lines recognised as Redis or Valkey output; first line: Nothing to see here.; give the server's logfile",
		],
		[
			"logs/b.log/x",
			"unreadable",
			"DIR/logs/b.log/x: cannot be read: it lies in something that is no folder: check the path",
		],
	])("%s", async (name, code, text) => {
		const readings = await readInputs([path(name)]);
		expect(readings.problems.map((problem) => problem.code)).toEqual([code]);
		expect(texts(readings)).toEqual([text]);
		expect(readings.unreadable).toBe(true);
	});

	test.skipIf(process.getuid?.() === 0)("no permission", async () => {
		writeFileSync(path("secret.log"), log);
		chmodSync(path("secret.log"), 0);
		expect(texts(await readInputs([path("secret.log")]))[0]).toContain("no permission to read it");
	});

	test("one bad input does not stop the others", async () => {
		const readings = await readInputs([path("missing.log"), path("logs/b.log")]);
		expect(names(readings)).toEqual(["logs/b.log"]);
		expect(readings.unreadable).toBe(true);
	});

	test("control characters of a foreign file do not reach the terminal", async () => {
		const [text] = texts(await readInputs([path("photos", "a.bin")]));
		expect(text).not.toMatch(/[\u0000-\u001f]/);
	});
});

describe("lines", () => {
	test("all are counted, and all bytes", async () => {
		const { counts } = only(await readText(log));
		expect(counts).toEqual({
			bytes: Buffer.byteLength(log),
			lines: 49,
			logLines: 49,
			recognised: 49,
			unrecognised: 0,
		});
	});

	test("a last line without line end counts", async () => {
		const { counts } = only(await readText(log.trimEnd()));
		expect(counts).toEqual({
			bytes: Buffer.byteLength(log.trimEnd()),
			lines: 49,
			logLines: 49,
			recognised: 49,
			unrecognised: 0,
		});
	});

	test("lines that are too long are cut, and the next one is whole", async () => {
		const [first = "", second = ""] = log.split("\n");
		const long = first + "x".repeat(3 * LINE_LIMIT);
		const { counts, events } = only(await readText(`${long}\n${second}\n`, 1000));
		expect(counts.lines).toBe(2);
		expect(events.map(({ text }) => text.length)).toEqual([expect.any(Number), 45]);
		expect((events[0]?.text ?? "").length).toBeLessThan(LINE_LIMIT);
	});

	test("bytes that are no UTF-8 stay in their line", async () => {
		const bytes = Buffer.concat([
			Buffer.from([0xff, 0xfe, 0xfd, 10]),
			Buffer.from(log),
			Buffer.from([0xc3, 10]),
		]);
		// Bytes that look like the mark of another encoding would be read as that encoding.
		const { counts } = only(await readText(Buffer.concat([Buffer.from("x"), bytes])));
		expect(counts).toMatchObject({ lines: 51, logLines: 49 });
	});

	test("a hole of NULs is no line", async () => {
		const { counts, events } = only(
			await readText(Buffer.concat([Buffer.alloc(3_000_000), Buffer.from(log)])),
		);
		expect(counts).toMatchObject({ lines: 49, logLines: 49 });
		expect(events).toHaveLength(49);
	});

	test("a line that opens like a known message but is not understood is counted and kept", async () => {
		const odd = "9777:S 21 Nov 2026 20:30:00.000 * Full resync from master: nonsense";
		const stream = only(await readText(`${log}${odd}\n`));
		expect(stream.counts.unrecognised).toBe(1);
		expect(stream.unrecognised).toEqual([{ line: 50, text: "Full resync from master: nonsense" }]);
	});

	test("a banner, other programs' lines and crash reports are passed over", async () => {
		const noise = [
			"                _._                                                  ",
			"           _.-``__ ''-._                                             ",
			" (    '      ,       .-`  | `,    )     Running in standalone mode",
			" |`-._`-...-` __...-.``-._|'` _.-'|     Port: 6380",
			"redis 20:29:38.70 INFO  ==> ** Starting Redis **",
			"=== REDIS BUG REPORT START: Cut & paste starting from here ===",
			"# Replication",
			"role:slave",
			"master_replid:71bb64b4a135f1aaa0075825493e78f2642880b1",
			"=== REDIS BUG REPORT END. Make sure to include from START to END. ===",
		];
		const stream = only(await readText(`${noise.join("\n")}\n${log}`));
		expect(stream.events).toHaveLength(49);
		expect(stream.counts).toMatchObject({ lines: 59, logLines: 49, unrecognised: 0 });
		expect(stream.snapshots).toEqual([]);
	});

	test("first and last line and time", async () => {
		const stream = only(await readText(`\n${log}`));
		expect(stream.first).toEqual({ input: "-", line: 2 });
		expect(stream.last).toEqual({ input: "-", line: 50 });
		expect(stream.from).toBe(Date.UTC(2026, 10, 21, 20, 29, 38, 722));
		expect(stream.to).toBe(Date.UTC(2026, 10, 21, 20, 29, 41, 409));
	});
});

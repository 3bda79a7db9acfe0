import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import zlib from "node:zlib";
import { packTar } from "modern-tar";
import { afterAll, describe, expect, test } from "vitest";
import { analyze, parseEvents } from "../../src/index.ts";
import { follow } from "../../src/input/follow.ts";
import { readInputs } from "../../src/input/index.ts";
import { share } from "../../src/share/index.ts";
import { primaryLog, replicaLog } from "../cli/logs.ts";

const tar = async (files: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> =>
	Buffer.from(
		await packTar(
			Object.entries(files).map(([name, body]) => ({
				header: name.endsWith("/")
					? { name, size: 0, type: "directory" }
					: { name, size: Buffer.byteLength(body), type: "file" },
				...(!name.endsWith("/") && { body }),
			})),
		),
	);
const logs = { "redis-a/": "", "redis-a/redis.log": primaryLog, "redis-b/redis.log": replicaLog };

/** As tar wrote it before there was a mark. */
function withoutMark(archive: Buffer): Buffer {
	const old = Buffer.from(archive);
	for (let at = 0; at < old.length && old[at] !== 0; ) {
		const size = Number.parseInt(old.toString("latin1", at + 124, at + 135), 8);
		old.fill(0, at + 257, at + 512);
		old.fill(32, at + 148, at + 156);
		const sum = old.subarray(at, at + 512).reduce((a, b) => a + b, 0);
		old.write(`${sum.toString(8).padStart(6, "0")}\0 `, at + 148, "latin1");
		at += 512 + Math.ceil(size / 512) * 512;
	}
	return old;
}

const problems = async (data: Uint8Array): Promise<readonly string[]> =>
	(await readInputs([{ name: "logs.tar", data }])).problems.map(({ text }) => text);

describe("an archive is read as the files in it", () => {
	test.each([
		["as it is", (archive: Buffer) => archive],
		["without a mark", withoutMark],
		["packed with gzip", (archive: Buffer) => zlib.gzipSync(archive)],
	])("%s", async (_, pack) => {
		const { report } = await analyze([{ name: "logs.tgz", data: pack(await tar(logs)) }]);
		expect(report.inputs.map(({ name }) => name)).toEqual([
			"logs.tgz/redis-a/redis.log",
			"logs.tgz/redis-b/redis.log",
		]);
		// Both files have one name: their folders tell more.
		expect(report.nodes.map(({ name }) => name)).toEqual(["redis-a", "redis-b"]);
		expect(report.resyncs.map(({ cause }) => cause.code)).toEqual(["first-sync", "backlog-overrun"]);
		expect(report.problems).toEqual([]);
	});

	test("with packed files and archives in it, and files that are no logs", async () => {
		const inner = await tar({ "b.log": replicaLog });
		const archive = await tar({
			"./a.log.gz": zlib.gzipSync(primaryLog),
			"more/inner.tar": inner,
			"readme.md": "Nothing to see here.\n",
			"empty.log": "",
			".hidden.log": primaryLog,
		});
		const readings = await readInputs([{ name: "logs.tar", data: archive }]);
		expect(readings.streams.map(({ input }) => input)).toEqual([
			"logs.tar/a.log.gz",
			"logs.tar/more/inner.tar/b.log",
		]);
		expect(readings.problems).toEqual([]);
	});

	test("a file that is in it twice is two inputs", async () => {
		const file = { header: { name: "a.log", size: Buffer.byteLength(primaryLog) }, body: primaryLog };
		const { streams } = await readInputs([{ name: "logs.tar", data: await packTar([file, file]) }]);
		expect(streams.map(({ input }) => input)).toEqual(["logs.tar/a.log", "logs.tar/a.log#2"]);
	});

	test("its events are those of the files", async () => {
		const types = async (inputs: Parameters<typeof parseEvents>[0]): Promise<string[]> => {
			const found: string[] = [];
			for await (const { type } of parseEvents(inputs)) found.push(type);
			return found;
		};
		expect(await types([{ name: "logs.tar", data: await tar(logs) }])).toEqual(
			await types([
				{ name: "a", data: primaryLog },
				{ name: "b", data: replicaLog },
			]),
		);
	});

	test("its files are shared one by one", async () => {
		const { copies, objections, after } = await share([{ name: "logs.tar", data: await tar(logs) }]);
		expect(objections).toEqual([]);
		expect(copies.map(({ name }) => name)).toEqual(["redis.log", "redis-2.log"]);
		expect(after.report.resyncs).toHaveLength(2);
	});
});

describe("what is wrong with it is said in one line", () => {
	test("it ends too early", async () => {
		const archive = await tar(logs);
		const cut = archive.subarray(0, archive.length - 2000);
		const { streams } = await readInputs([{ name: "logs.tar", data: cut }]);
		expect(streams.map(({ input }) => input)).toContain("logs.tar/redis-a/redis.log");
		expect(await problems(cut)).toEqual([
			"logs.tar: cannot be read: the archive ends too early: the files before that were read; copy it again",
		]);
	});

	test("it is damaged", async () => {
		const archive = await tar(logs);
		const at = archive.indexOf("redis-b/redis.log");
		archive[at] = 1;
		expect(await problems(archive)).toEqual([
			"logs.tar: cannot be read: the archive is damaged: the files before that were read; copy it again",
		]);
	});

	test.each([
		["no logs", { "a.txt": "nothing\n", "b.txt": "" }],
		["no files", { "a/": "" }],
	])("it holds %s", async (_, files) => {
		expect(await problems(await tar(files))).toEqual([
			"logs.tar: no log in this archive: give the one that the logs are in",
		]);
	});

	const folder = mkdtempSync(join(tmpdir(), "rlog-archive-"));
	afterAll(() => rmSync(folder, { recursive: true }));

	test("it cannot be followed", async () => {
		const path = join(folder, "logs.tar");
		writeFileSync(path, await tar(logs));
		for await (const { readings } of follow([path], { signal: AbortSignal.timeout(2000) })) {
			if (readings.problems.length === 0) continue;
			expect(readings.problems.map(({ text }) => text)).toEqual([
				`${path}: cannot be read: it is an archive, which does not grow: leave out --follow, or give the logs themselves`,
			]);
			return;
		}
		throw new Error("nothing was said");
	});
});

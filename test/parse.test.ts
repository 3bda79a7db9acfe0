import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { analyze, type NamedData, parseEvents, parseRecords, renderReport } from "../src/index.ts";
import { toJson } from "../src/report/json.ts";
import { primaryLog, replicaLog } from "./cli/logs.ts";
import { scenarios } from "./fixture.ts";
import { data } from "./input/read.ts";

const inMemory = (folder: string, files: readonly string[]): NamedData[] =>
	files.map((name) => ({ name, data: readFileSync(join(folder, name)) }));

async function written(input: NamedData): Promise<string> {
	let text = "";
	for await (const record of parseRecords([input])) text += `${toJson(record)}\n`;
	return text;
}

const reportOf = async (inputs: readonly NamedData[]): Promise<string> =>
	renderReport((await analyze(inputs)).report, "json");

describe("events of N inputs say what the inputs say, byte for byte", () => {
	test.each(scenarios)("$name", async ({ folder, files }) => {
		const logs = inMemory(folder, files);
		const mapped = await Promise.all(
			logs.map(async (log) => ({ name: `${log.name}.ndjson`, data: await written(log) })),
		);
		const expected = await reportOf(logs);
		expect(await reportOf(mapped)).toBe(expected);
		// All in one stream, and mapped a second time.
		const joined = { name: "-", data: mapped.map((one) => one.data).join("") };
		expect(await reportOf([joined])).toBe(expected);
		const sorted = (text: string): string[] => text.split("\n").sort();
		expect(sorted(await written(joined))).toEqual(sorted(joined.data));
	});

	test("INFO and ROLE among the lines", async () => {
		const role =
			'1) "master"\n2) (integer) 413183\n3) 1) 1) "127.0.0.1"\n      2) "12991"\n      3) "413183"\n';
		const info = [
			"# Server",
			"redis_version:7.2.4",
			"process_id:9884",
			`run_id:${"a".repeat(40)}`,
			"tcp_port:12990",
			"# Replication",
			"role:master",
			"connected_slaves:1",
			"slave0:ip=127.0.0.1,port=12991,state=online,offset=413183,lag=0",
			`master_replid:40052074608ff5ee488105d7ea2b4ac58d759566`,
			"master_repl_offset:413183",
			"",
		].join("\n");
		const input = { name: "notes.txt", data: `${primaryLog}\n${info}\n${role}` };
		const { report } = await analyze([input]);
		expect(report.snapshots).toHaveLength(2);
		const mapped = { name: "notes.ndjson", data: await written(input) };
		expect(mapped.data).toContain('"type":"info"');
		expect(await reportOf([mapped])).toBe(await reportOf([input]));
	});

	test.each(["info-redis-2.8-primary.txt", "info-redis-8.6-primary.txt", "info-valkey-8.0-replica.txt"])(
		"a dump alone: %s",
		async (name) => {
			const input = { name, data: readFileSync(new URL(`grammars/data/${name}`, import.meta.url), "utf8") };
			expect(await reportOf([{ name: "-", data: await written(input) }])).toBe(await reportOf([input]));
		},
	);

	test("what cannot be read is a problem there as well", async () => {
		const inputs = [{ name: "notes.txt", data: "hello\nworld\n" }];
		const mapped = { name: "notes.ndjson", data: await written(inputs[0] as NamedData) };
		expect(mapped.data).toContain('"type":"problem"');
		expect((await analyze([mapped])).unreadable).toBe(true);
		expect(await reportOf([mapped])).toBe(await reportOf(inputs));
	});
});

test("files of one name from two hosts stay two inputs", async () => {
	const mapped = await Promise.all(
		[primaryLog, replicaLog].map((log) => written({ name: "/var/log/redis.log", data: log })),
	);
	const hosts = mapped.map((text, i) => ({ name: `host-${i + 1}.ndjson`, data: text }));
	const apart = (await analyze(hosts)).report;
	expect(apart.inputs.map(({ name }) => name)).toEqual([
		"host-1.ndjson:/var/log/redis.log",
		"host-2.ndjson:/var/log/redis.log",
	]);
	expect(apart.resyncs.map(({ verdict, cause }) => [verdict, cause.code])).toEqual([
		["full", "first-sync"],
		["full", "backlog-overrun"],
	]);
	const piped = (await analyze([{ name: "-", data: mapped.join("") }])).report;
	expect(piped.inputs.map(({ name }) => name)).toEqual(["/var/log/redis.log", "/var/log/redis.log#2"]);
	expect(piped.resyncs).toHaveLength(2);
});

test("without the records that open them, events are enough for the verdicts", async () => {
	const lines = (await written({ name: "replica.log", data: replicaLog })).trimEnd().split("\n");
	const { report } = await analyze([{ name: "-", data: lines.slice(1).join("\n") }]);
	expect(report.inputs[0]).toMatchObject({ name: "replica.log", wrapper: "events" });
	expect(report.resyncs).toHaveLength(2);
});

test("lines that only look like those of rlog events are no input", async () => {
	const { report, nothingRead } = await analyze([
		{ name: "x", data: '{"type":"input","input":7}\n{"type":"info","input":"a","node":null,"fields":[1]}\n' },
	]);
	expect(nothingRead).toBe(true);
	expect(report.problems.map(({ code }) => code)).toEqual(["no-log"]);
});

describe("inputs at hand", () => {
	const expected = analyze([{ name: "replica.log", data: replicaLog }]);

	test.each([
		["bytes", () => new TextEncoder().encode(replicaLog)],
		["gzip", () => gzipSync(replicaLog)],
		["a stream of bytes", () => Readable.from([Buffer.from(replicaLog)])],
		[
			"an async iterable of small pieces",
			async function* () {
				for (const piece of replicaLog.match(/[\s\S]{1,7}/g) ?? []) yield piece;
			},
		],
	] as const)("%s", async (_, make) => {
		const { report } = await analyze([{ name: "replica.log", data: make() }]);
		expect(report).toEqual((await expected).report);
	});

	test("two of one name are two inputs", async () => {
		const { report } = await analyze([
			{ name: "redis.log", data: primaryLog },
			{ name: "redis.log", data: replicaLog },
		]);
		expect(report.inputs.map(({ name }) => name)).toEqual(["redis.log", "redis.log#2"]);
	});

	test("a stream that breaks is a problem, and what came before is read", async () => {
		const breaking = async function* () {
			yield replicaLog;
			throw new Error("the connection was reset");
		};
		const { report } = await analyze([{ name: "live", data: breaking() }]);
		expect(report.problems[0]).toMatchObject({ code: "unreadable", input: "live" });
		expect(report.resyncs).toHaveLength(2);
	});
});

describe("parseEvents", () => {
	test("yields typed events, input by input", async () => {
		const types: string[] = [];
		for await (const event of parseEvents([{ name: "a.log", data: data("replica-7.2.log") }])) {
			if (event.type === "psync.request") expect(typeof event.fields.offset).toBe("bigint");
			expect(event.node).toBeNull();
			types.push(event.type);
		}
		expect(types).toHaveLength(49);
	});

	test("tells what could not be read, and may be left early", async () => {
		const problems: string[] = [];
		for await (const _ of parseEvents(["missing.log"], { onProblem: ({ code }) => problems.push(code) }));
		expect(problems).toEqual(["unreadable"]);
		for await (const _ of parseEvents([{ name: "a.log", data: primaryLog }])) break;
	});
});

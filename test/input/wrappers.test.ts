import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { wrappers } from "../../src/input/wrappers/index.ts";
import { unknownPrefix } from "../../src/input/wrappers/unknown-prefix.ts";
import type { LogEvent } from "../../src/model/event.ts";
import type { LogStream } from "../../src/model/stream.ts";
import { data, isLogLine, logLines, only, plain, readText } from "./read.ts";
import { json, type Line, type Writer, writers } from "./writers.ts";

const samples = ["replica-7.2.log", "primary-4.0.log", "primary-2.8.log", "logfmt-8.1.log"];

/** The lines of a log as a wrapper gets them: at the time that they state. */
function linesOf(lines: readonly string[], { events }: LogStream): Line[] {
	let at = 0;
	let next = 0;
	return lines.map((text) => {
		const event = events[next];
		const own = event !== undefined && text.includes(event.text);
		if (own) next++;
		const time = own ? (event.time ?? at) : at;
		// A time of 1972 stands for one without a year. A wrapper's clock goes on when a server's steps back.
		at = Math.max(at, time < 1e12 ? time + (Date.UTC(2026, 0) - Date.UTC(1972, 0)) : time);
		return { text, at };
	});
}

const yearless = (events: readonly LogEvent[]): boolean => events.some(({ time }) => (time ?? 0) < 1e12);

async function checkWriter(writer: Writer, lines: readonly string[], bare: LogStream): Promise<void> {
	const stream = only(await readText(writer.write(linesOf(lines, bare))));
	expect(stream.wrapper).toBe(writer.wrapper);
	if (writer.label !== undefined) expect(stream.label).toBe(writer.label);
	expect(stream.counts.logLines).toBe(bare.counts.logLines);
	// The wrapper's time tells the year that the lines do not.
	const clock = (event: LogEvent): unknown =>
		yearless(bare.events) ? { ...(plain(event) as object), time: null } : plain(event);
	expect(stream.events.map(clock)).toEqual(bare.events.map(clock));
	if (writer.timed !== false) expect(stream.events.every(({ outerTime }) => outerTime !== null)).toBe(true);
}

test("each wrapper has a writer", () => {
	const written = new Set(writers.flatMap(({ wrapper }) => wrapper.split(/\+|, /)));
	for (const { name } of [...wrappers, unknownPrefix]) expect(written).toContain(name);
});

describe.each(samples)("%s", (name) => {
	test.each(writers.map((writer) => [writer.name, writer] as const))("inside %s", async (_, writer) => {
		const lines = logLines(data(name));
		await checkWriter(writer, lines, only(await readText(`${lines.join("\n")}\n`)));
	});
});

const fixtures = new URL("../../fixtures/", import.meta.url);
const logs = readdirSync(fixtures, { recursive: true, encoding: "utf8" }).filter((name) =>
	name.endsWith(".log"),
);

test.each(logs.sort())("fixture %s inside every wrapper", async (name) => {
	const lines = logLines(readFileSync(new URL(name, fixtures), "utf8"));
	const { streams } = await readText(`${lines.join("\n")}\n`);
	const [bare] = streams;
	if (bare === undefined || bare.events.length === 0 || streams.length > 1 || bare.wrapper !== null || !lines.every(isLogLine)) return;
	for (const writer of writers) await checkWriter(writer, lines, bare);
});

describe("without the server's own front", () => {
	const message = "Connection with master lost.";
	const at = Date.UTC(2026, 10, 21, 20, 29, 38);
	const known = { type: "link.primary-lost", pid: 9777, text: message };
	test.each([
		[
			"RFC 3164",
			`<132>Nov 21 20:29:38 db1 redis[9777]: ${message}`,
			{ time: Date.UTC(1972, 10, 21, 20, 29, 38), zone: null, precision: 1000, level: "#" },
		],
		[
			"the journal",
			`2026-11-21T20:29:38.000000+0000 db1 valkey[9777]: ${message}`,
			{ time: at, zone: 0, precision: 1, level: null, outerTime: at },
		],
		[
			"RFC 5424",
			`<133>1 2026-11-21T21:29:38+01:00 db1 redis 9777 - - ${message}`,
			{ time: at, zone: 60, precision: 1000, level: "*" },
		],
		[
			"the journal's JSON",
			json({
				__REALTIME_TIMESTAMP: `${at}000`,
				_HOSTNAME: "db1",
				SYSLOG_IDENTIFIER: "redis",
				_PID: "9777",
				PRIORITY: "7",
				MESSAGE: message,
			}),
			{ time: at, zone: 0, level: "." },
		],
		[
			"glog",
			`I1121 20:29:38.000000       1 *] 9777:S ${message}`,
			{ time: Date.UTC(1972, 10, 21, 20, 29, 38), zone: null, level: "*", role: "S" },
		],
		[
			"glog in kubectl",
			`2026-11-21T20:29:38.000000Z I1121 20:29:38.000000       1 #] 9777:S ${message}`,
			{ time: at, zone: null, level: "#", outerTime: at },
		],
	])("%s", async (_, line, head) => {
		const stream = only(await readText(`${line}\n`));
		expect(stream.events).toMatchObject([{ ...known, ...head }]);
		expect(stream.counts.logLines).toBe(1);
	});

	test("other programs' lines in a system's log are passed over", async () => {
		const lines = [
			"Nov 21 20:29:37 db1 sshd[811]: Connection with master lost.",
			"Nov 21 20:29:38 db1 redis[9777]: Connection with master lost.",
			"Nov 21 20:29:39 db1 CRON[812]: (root) CMD (redis-cli ping)",
			"Nov 21 20:29:40 db1 systemd[1]: Started Advanced key-value store.",
		];
		const stream = only(await readText(lines.join("\n")));
		expect(stream.events.map(({ place }) => place.line)).toEqual([2]);
		expect(stream.counts).toMatchObject({ lines: 4, logLines: 1 });
	});
});

describe("several nodes in one stream", () => {
	const ids = (text: string): Promise<(readonly [string | null, number])[]> =>
		readText(text).then(({ streams }) => streams.map(({ label, events }) => [label, events.length] as const));
	const lines = logLines(data("replica-7.2.log")).slice(0, 10);

	test("containers of one pod keep their names, a pod with one does not need it", async () => {
		const text = [
			...lines.map((line) => `[pod/redis-0/redis] ${line}`),
			...lines.map((line) => `[pod/redis-0/sentinel] ${line.replace(/^\d+:\S/, "7:X")}`),
			...lines.map((line) => `[pod/redis-1/redis] ${line}`),
		];
		expect(await ids(text.join("\n"))).toEqual([
			["redis-0/redis", 10],
			["redis-0/sentinel", 10],
			["redis-1", 10],
		]);
	});

	test("lines of several nodes in turn", async () => {
		const text = lines.flatMap((line) => [`a-1  | ${line}`, `b-1  | ${line.replace(/^\d+/, "12")}`]);
		expect(await ids(text.join("\n"))).toEqual([
			["a-1", 10],
			["b-1", 10],
		]);
	});

	test("names in front and behind", async () => {
		const text = lines.flatMap((line) => [`A: ${line} (A)`, `B: ${line} (B)`]);
		expect(await ids(text.join("\n"))).toEqual([
			["A", 10],
			["B", 10],
		]);
	});

	test("a column of a table, newest row first too", async () => {
		const row = (node: string, line: string, i: number): string => `"April 13th 2026, 17:07:${i}.436","logs-7f${i}","${node}","${line.replaceAll('"', '""')}"`;
		const rows = lines.flatMap((line, i) => [row("redis-ha-server-0", line, 10 + i), row("redis-ha-server-1", line, 10 + i)]);
		for (const table of [rows, rows.toReversed()]) {
			const found = await ids(table.join("\n"));
			expect(found.sort()).toEqual([
				["redis-ha-server-0", 10],
				["redis-ha-server-1", 10],
			]);
		}
		// A column of which each row has another value names no node.
		const others = lines.map((line, i) => `17:07:${10 + i},rec-7f${i}c,"${line.replaceAll('"', '""')}"`);
		expect((await ids(others.join("\n"))).map(([, events]) => events)).toEqual([10]);
	});

	test("a name before KeyDB's process and thread", async () => {
		const threaded = lines.map((line) => line.replace(/^(\d+):(?=\S )/, "$1:77$1:"));
		const text = threaded.flatMap((line) => [`A: ${line}`, `B: ${line} (B)`]);
		expect(await ids(text.join("\n"))).toEqual([
			["A", 10],
			["B", 10],
		]);
	});

	test("roles in the place of the process", async () => {
		const bare = lines.map((line) => line.replace(/^\d+:\S /, ""));
		const { streams } = await readText(
			[...bare.map((line) => `[M] ${line}`), ...bare.map((line) => `[S] ${line}`)].join("\n"),
		);
		expect(streams.map(({ label, events }) => [label, events[0]?.role, events.length])).toEqual([
			["M", "M", 10],
			["S", "S", 10],
		]);
	});
});

import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { formatNames, renderReport } from "../../src/report/formats.ts";
import { damage, scenario, soup, tricks } from "./arbitrary.ts";
import { explain, isDecided, limit, seconds, tried, tries } from "./harness.ts";

afterAll(() => {
	if (seconds > 0) console.log(`${tried.inputs} inputs explained`);
});

const iso = /^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Whatever was read, the report is whole: it renders, it is plain data, and what claims to be a time is one. */
async function isWhole(report: Report): Promise<void> {
	for (const format of formatNames) {
		const text = await renderReport(report, format);
		expect(text.endsWith("\n"), format).toBe(true);
		if (format === "json") expect(JSON.parse(text)).toBeTruthy();
	}
	for (const { lostAt, askedAt, decidedAt, onlineAt, evidence } of report.resyncs) {
		const times = [lostAt, askedAt, decidedAt, onlineAt, ...evidence.map(({ time }) => time)];
		for (const time of times) if (time !== null) expect(time).toMatch(iso);
	}
	for (const { text } of report.problems) expect(text).not.toMatch(/\n\s+at |TypeError|RangeError/);
}

describe("nothing that is read breaks the analysis", () => {
	test("random bytes: nothing is found in them", async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
				const report = await explain(new Map([["a.log", bytes]]));
				await isWhole(report);
				expect(report.resyncs).toEqual([]);
			}),
			tries(30),
		);
	}, limit);

	test("logs that were cut, reordered, doubled, garbled, or written in another encoding", async () => {
		await fc.assert(
			fc.asyncProperty(scenario, fc.array(damage, { minLength: 1, maxLength: 4 }), fc.nat(), async ([, logs], damages, which) => {
				const names = [...logs.keys()];
				const broken = names[which % names.length] as string;
				const whole: Buffer = Buffer.from(logs.get(broken) as string);
				const bytes = damages.reduce((left, one) => one(left), whole);
				await isWhole(await explain(new Map<string, string | Uint8Array>([...logs, [broken, bytes]])));
			}),
			tries(30),
		);
	}, limit);

	test("lines of several logs in one file", async () => {
		await fc.assert(
			fc.asyncProperty(scenario, fc.array(fc.nat({ max: 5 }), { minLength: 5, maxLength: 400 }), async ([, logs], order) => {
				const all = [...logs.values()].map((text) => text.split("\n"));
				const mixed = order.map((n) => all[n % all.length]?.shift() ?? "");
				await isWhole(await explain(new Map([["mixed.log", `${[...mixed, ...all.flat()].join("\n")}\n`]])));
			}),
			tries(12),
		);
	}, limit);

	test("messages of all versions in any order, with any values", async () => {
		await fc.assert(
			fc.asyncProperty(soup, soup, async (a, b) => {
				await isWhole(await explain(new Map([["a.log", a], ["b.log", b]])));
			}),
			tries(50),
		);
	}, limit);

	test("lines of a log that lost others prove no resync that it did not show", async () => {
		await fc.assert(
			fc.asyncProperty(scenario, fc.array(fc.boolean(), { minLength: 20, maxLength: 200 }), async ([, logs], keep) => {
				const original = await explain(logs);
				const shown = new Set(original.resyncs.flatMap(({ evidence }) => evidence.map(({ text }) => text)));
				let n = 0;
				const left = new Map([...logs].map(([name, text]) => [name, text.split("\n").filter(() => keep[n++ % keep.length]).join("\n")]));
				for (const { cause, evidence, verdict, ...resync } of (await explain(left)).resyncs) {
					if (!isDecided({ cause, evidence, verdict, ...resync }) || cause.proof !== "proven") continue;
					// The line that still tells may be one that the whole log did not need: then the time is that of a resync.
					const at = resync.decidedAt ?? "";
					const same = original.resyncs.some((one) => one.verdict === verdict && (one.askedAt ?? "") <= at && at <= (one.onlineAt ?? "z"));
					expect(same || evidence.some(({ text }) => shown.has(text)), `${verdict} ${cause.code}`).toBe(true);
				}
			}),
			tries(12),
		);
	}, limit);
});

describe("data in other forms", () => {
	test("any JSON, a line or a document", async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.json({ depthSize: "large" }), { maxLength: 20 }), fc.constantFrom("\n", ",\n"), async (values, by) => {
				const text = by === "\n" ? values.join(by) : `[${values.join(by)}]`;
				await isWhole(await explain(new Map([["a.json", text]])));
			}),
			tries(50),
		);
	}, limit);

	test("records of collectors with any values", async () => {
		const value = fc.oneof(fc.constantFrom(...tricks), fc.double(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant({}), fc.constant([1e300]), fc.constant("812:M 21 Nov 2026 20:29:51.177 * Replica 127.0.0.1:12991 asks for synchronization"));
		const key = fc.constantFrom("log", "stream", "time", "message", "MESSAGE", "PRIORITY", "_PID", "timestamp", "@timestamp", "ts", "line", "labels", "_source", "fields", "kubernetes", "pid", "role", "level", "host", "__proto__", "constructor", "ingestionTime", "__REALTIME_TIMESTAMP", "text", "type", "input", "node");
		await fc.assert(
			fc.asyncProperty(fc.array(fc.array(fc.tuple(key, value), { maxLength: 8 }), { maxLength: 12 }), async (records) => {
				const lines = records.map((pairs) => `{${pairs.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join(",")}}`);
				await isWhole(await explain(new Map([["a.json", lines.join("\n")]])));
			}),
			tries(75),
		);
	}, limit);

	test("what `rlog events` writes, with any values", async () => {
		const any = fc.oneof(fc.constantFrom(...tricks), fc.double(), fc.maxSafeInteger(), fc.constant(1e300), fc.boolean(), fc.constant(null), fc.constant({}), fc.constant([]), fc.constantFrom("2026-11-21T20:39:14.531Z", "9999-12-31T23:59:59.999Z", "0000-01-01T00:00:00.000"));
		const event = fc.record({
			type: fc.constantFrom("sync.requested", "input", "problem", "info", "role", "__proto__"),
			time: any, node: fc.oneof(fc.constant(null), fc.constantFrom(...tricks)), input: fc.constantFrom("a.log", "__proto__", ""), line: any,
			pid: any, role: any, level: any, zone: any, precision: any, outerTime: any, signalHandler: any, mended: any,
			logLines: any, lines: any, bytes: any, from: any, to: any, firstLogLine: any, unrecognisedLines: any, code: any,
			text: fc.constantFrom("Replica 127.0.0.1:1 asks for synchronization", "Connection with master lost.", "MASTER <-> REPLICA sync started", "Full resync from master: x:1"),
			reply: any, sections: any, values: any,
		}, { requiredKeys: ["type", "text", "input"] });
		await fc.assert(
			fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 20 }), async (events) => {
				const lines = events.map((one) => JSON.stringify(one));
				await isWhole(await explain(new Map([["a.ndjson", lines.join("\n")]])));
			}),
			tries(75),
		);
	}, limit);

	test("INFO and ROLE with any names and values", async () => {
		const name = fc.oneof(fc.constantFrom("role", "master_repl_offset", "slave0", "db0", "module", "cmdstat_psync", "tcp_port", "run_id", "server_time_usec", "uptime_in_seconds", "process_id", "lru_clock", "rdb_last_save_time"), fc.constantFrom(...tricks));
		const value = fc.oneof(fc.constantFrom(...tricks), fc.constantFrom("master", "slave", "ip=1.1.1.1,port=1,state=online,offset=9223372036854775807,lag=0", "__proto__=1,constructor=2", "99999999999999999999", "-1", "1e999"), fc.maxSafeInteger().map(String));
		await fc.assert(
			fc.asyncProperty(fc.array(fc.tuple(name, value), { maxLength: 30 }), fc.constantFrom("lines", "json", "python", "role"), async (pairs, form) => {
				const text =
					form === "lines"
						? `# Server\nredis_version:7.0.0\n# Replication\nrole:master\n${pairs.map(([k, v]) => `${k}:${v}`).join("\n")}\n`
						: form === "json"
							? `{"redis_version":"7.0.0","role":"master","run_id":"x",${pairs.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join(",")}}`
							: form === "python"
								? `{'redis_version': '7.0.0', 'run_id': 'x', ${pairs.map(([k, v]) => `'${k}': '${v}'`).join(", ")}}`
								: `1) "master"\n2) (integer) 9223372036854775807\n3) 1) 1) "${pairs[0]?.[1] ?? ""}"\n      2) "6379"\n      3) "99999999999999999999"\n`;
				await isWhole(await explain(new Map([["info.txt", text]])));
			}),
			tries(75),
		);
	}, limit);
});

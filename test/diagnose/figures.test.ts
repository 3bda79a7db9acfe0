import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze.ts";
import type { Report } from "../../src/model/report.ts";
import { history, info, inputs, primaryInfo, primaryLog, replicaInfo, replicaLog, role } from "../dumps.ts";

const reportOf = async (texts: Readonly<Record<string, string>>): Promise<Report> => (await analyze(inputs(texts))).report;
const logs = { "primary.log": primaryLog, "replica.log": replicaLog };

/** The same two servers, but the backlog holds what the replica asks for. */
const accepted = {
	"primary.log": primaryLog
		.replace(/Unable to partial resync with replica (\S+) .*/, "Partial resynchronization request from $1 accepted. Sending 2104 bytes of backlog starting from offset 57.")
		.split("\n")
		.slice(0, 14)
		.concat("")
		.join("\n"),
	"replica.log": replicaLog
		.replace(/Full resync from master: \S+:413183/, "Successful partial resynchronization with master.")
		.replace(/MASTER <-> REPLICA sync: receiving 11670.*/, "MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization.")
		.split("\n")
		.slice(0, 16)
		.concat("")
		.join("\n"),
};

describe("backlog-overrun", () => {
	test("says how large the backlog is, what it covers, and what it held", async () => {
		const { resyncs } = await reportOf({ ...logs, "info.txt": info(primaryInfo) });
		const overrun = resyncs[1];
		expect(overrun?.cause).toMatchObject({
			code: "backlog-overrun",
			facts: { missedBytes: 413127, bytesPerSecond: 196353, backlogBytes: 16384, coversMs: 83, sampledMs: 2502 },
		});
		expect(overrun?.cause.text).toContain("its backlog is 16.0 KiB by INFO 2.50 s later");
		expect(overrun?.remedy).toEqual([
			"A backlog of 403 KiB would have sufficed: set repl-backlog-size 1mb (twice that); today's 16.0 KiB covers 83 ms at 192 KiB/s.",
		]);
		expect(overrun?.primaryHad).toMatchObject({ firstOffset: 393217, lastOffset: 413211 });
		expect(overrun?.evidence.at(-1)).toMatchObject({ input: "info.txt", text: "repl_backlog_size:16384", node: "primary" });
	});

	test("without a snapshot no figure is invented", async () => {
		const { resyncs, snapshots } = await reportOf(logs);
		expect(resyncs[1]?.cause.facts).toMatchObject({ missedBytes: 413127, backlogBytes: null, coversMs: null, sampledMs: null });
		expect(resyncs[1]?.primaryHad?.firstOffset ?? null).toBeNull();
		expect(snapshots).toEqual([]);
	});

	test("a snapshot of the replica says nothing of the primary's backlog", async () => {
		const { resyncs } = await reportOf({ ...logs, "info.txt": info({ ...replicaInfo, repl_backlog_size: 999_424 }) });
		expect(resyncs[1]?.cause.facts["backlogBytes"]).toBeNull();
	});

	test("of the primary's log alone, INFO bounds what was missed", async () => {
		const { resyncs, findings } = await reportOf({ "primary.log": primaryLog, "info.txt": info(primaryInfo) });
		expect(resyncs[1]?.cause.facts).toMatchObject({ missedBytes: null, neededAtMostBytes: 413155, backlogBytes: 16384 });
		expect(resyncs[1]?.cause.text).toContain("at most 403 KiB");
		expect(findings.find(({ code }) => code === "backlog-too-small")?.facts).toMatchObject({ enoughBytes: 413155, bound: 1 });
	});

	test("where the size was enough, more of it is not recommended", async () => {
		const { resyncs } = await reportOf({ ...logs, "info.txt": info({ ...primaryInfo, repl_backlog_size: 1_048_576 }) });
		expect(resyncs[1]?.remedy.join(" ")).toMatch(/is large enough for 403 KiB, but it did not reach back so far/);
	});

	test("the process that decided counts, not the one after it", async () => {
		const after = { ...primaryInfo, process_id: 12000, run_id: "f".repeat(40), server_time_usec: 1795293005000000, uptime_in_seconds: 1, repl_backlog_size: 1_048_576, master_replid: "e".repeat(40) };
		const { resyncs, problems } = await reportOf({ ...logs, "1.txt": info(primaryInfo), "2.txt": info(after) });
		expect(resyncs[1]?.cause.facts["backlogBytes"]).toBe(16384);
		expect(problems.map(({ code, input }) => [code, input])).toEqual([["other-process", "2.txt"]]);
	});
});

describe("within-backlog", () => {
	test("says which share of the backlog was used, and how much longer it would have held", async () => {
		const { resyncs } = await reportOf({ ...accepted, "info.txt": info({ ...primaryInfo, master_repl_offset: 2160, repl_backlog_first_byte_offset: 1, repl_backlog_histlen: 2160 }) });
		expect(resyncs[1]).toMatchObject({
			verdict: "partial",
			cause: {
				code: "within-backlog",
				facts: { sentBytes: 2104, backlogBytes: 16384, backlogUsed: 0.1284, bytesPerSecond: 1000, coversMs: 16384, leftMs: 14280 },
			},
			primaryHad: { replid: history, firstOffset: 1, lastOffset: 2160 },
		});
		expect(resyncs[1]?.cause.text).toBe(
			"the backlog still held what it had missed: 2.05 KiB from offset 57, 13 % of its 16.0 KiB, which would have held for another 14.3 s at 1000 B/s",
		);
	});

	test("without a snapshot it says what was sent", async () => {
		const { resyncs } = await reportOf(accepted);
		expect(resyncs[1]?.cause.facts).toMatchObject({ sentBytes: 2104, backlogBytes: null, backlogUsed: null, leftMs: null });
		expect(resyncs[1]?.cause.text).toBe("the backlog still held what it had missed: 2.05 KiB from offset 57");
	});
});

describe("the report", () => {
	test("lists snapshots with node, time and key figures, and inputs by what they hold", async () => {
		const { inputs: given, snapshots } = await reportOf({ ...logs, "1": info(primaryInfo), "2": role("slave", "127.0.0.1", 12990, "connected", 413211) });
		expect(given.map(({ name, kind, node }) => [name, kind, node])).toEqual([
			["1", "info", "primary"],
			["2", "role", "replica"],
			["primary.log", "server-log", "primary"],
			["replica.log", "server-log", "replica"],
		]);
		expect(snapshots).toMatchObject([
			{
				input: "1", line: 1, kind: "info", node: "primary", proof: "proven", clock: "server-time", boundMs: 1,
				time: "2026-11-21T20:30:00.764Z", role: "primary", pid: 9884, replid: history, offset: 413211,
				backlog: { active: true, size: 16384, firstOffset: 393217, held: 19995 },
				counters: { full: 2, partialOk: 0, partialErr: 1 },
				replicas: [{ address: "127.0.0.1:12991", state: "online", offset: 413197, lagSeconds: 0 }],
			},
			{ input: "2", kind: "role", node: "replica", proof: "inferred", clock: "offsets", link: "up", primary: "127.0.0.1:12990" },
		]);
	});

	test("shows a node that only a snapshot tells of", async () => {
		const { nodes, resyncs } = await reportOf({ "replica.log": replicaLog, "1": info(primaryInfo), "2": info(replicaInfo) });
		expect(nodes[1]).toMatchObject({
			id: "127.0.0.1:12990",
			addresses: ["127.0.0.1:12990"],
			roles: [{ role: "primary", from: "2026-11-21T20:30:00.764Z" }],
			lives: [{ pid: 9884, version: "7.2.4", startedAt: "2026-11-21T20:29:51.764Z" }],
			replicationIds: [{ id: history, how: "seen" }],
		});
		expect(nodes).toHaveLength(2);
		expect(resyncs.map(({ primary }) => primary)).toEqual(["127.0.0.1:12990", "127.0.0.1:12990"]);
		expect(resyncs[1]?.cause.facts["backlogBytes"]).toBe(16384);
	});

	test("of snapshots alone is no failure", async () => {
		const { report, nothingRead, unreadable } = await analyze(inputs({ "1": info(primaryInfo) }));
		expect([nothingRead, unreadable, report.problems, report.resyncs]).toEqual([false, false, [], []]);
	});

	test("says where nothing tells whose a snapshot is", async () => {
		const other = replicaLog.replaceAll("9889", "9899").replaceAll("12991", "12992");
		const same = role("slave", "127.0.0.1", 12990, "connected", 413211);
		const { problems } = await reportOf({ ...logs, "other.log": other, "1": same, "2": same });
		expect(problems).toMatchObject([
			{ code: "ambiguous-node", input: "1", text: "1:1, 2:1: each of these may be of other or replica, and nothing in it tells which" },
		]);
	});
});

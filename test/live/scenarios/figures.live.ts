import { expect } from "vitest";
import { caughtUp, replicaOf, write } from "../harness/operations.ts";
import type { LiveNode } from "../harness/node.ts";
import { live } from "../harness/scenario.ts";

/** No heartbeat may move an offset. */
const silent = { "repl-ping-replica-period": 3600 };

async function offsetOf(node: LiveNode): Promise<number> {
	return Number((await node.info())["master_repl_offset"]);
}

live("figures: bytes sent and time away in a partial resync", async (stage) => {
	const p = await stage.primary("p", silent);
	const r = await stage.replica("r", p);
	await write(p, 5000);
	await caughtUp(r, p);
	const before = await offsetOf(r);
	await r.freeze();
	const from = Date.now();
	await p.call("CLIENT", "KILL", "TYPE", "replica");
	await write(p, 20_000);
	r.thaw();
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: "within-backlog", trigger: "link-closed",
	});
	const to = Date.now();
	const resync = (await stage.report()).resyncs.at(-1);
	expect(resync?.bytes.sent).toBe((await offsetOf(p)) - before);
	expect(resync?.request?.offset).toBe(before + 1);
	expect(Date.parse(resync?.lostAt ?? "")).toBeGreaterThanOrEqual(from - 5);
	expect(Date.parse(resync?.onlineAt ?? "")).toBeLessThanOrEqual(to + 5);
});

live("figures: bytes missed, and the backlog that would have sufficed", async (stage) => {
	const p = await stage.primary("p", { ...silent, "repl-backlog-size": "16kb" });
	const r = await stage.replica("r", p);
	await write(p, 5000);
	await caughtUp(r, p);
	const before = await offsetOf(r);
	await r.freeze();
	await p.call("CLIENT", "KILL", "TYPE", "replica");
	await write(p, 700_000);
	r.thaw();
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "backlog-overrun", trigger: "link-closed",
	});
	stage.finding("backlog-too-small");
	const missed = (await offsetOf(p)) - before;
	const report = await stage.report();
	const resync = report.resyncs.at(-1);
	expect(resync?.bytes.missed).toBe(missed);
	expect(resync?.cause.facts["missedBytes"]).toBe(missed);
	const size = Number(report.findings.find((f) => f.code === "backlog-too-small")?.facts["enoughBytes"]);
	expect(size).toBeGreaterThanOrEqual(missed);
});

live("figures: the size that is told to suffice does suffice", async (stage) => {
	const p = await stage.primary("p", { ...silent, "repl-backlog-size": "16kb" });
	const r = await stage.replica("r", p);
	const outage = async (): Promise<void> => {
		await r.freeze();
		await p.call("CLIENT", "KILL", "TYPE", "replica");
		await write(p, 700_000);
		r.thaw();
	};
	await outage();
	const lost = { replica: "r", primary: "p", trigger: "link-closed" } as const;
	await stage.resync({ ...lost, verdict: "full", cause: "backlog-overrun" });
	stage.mayFind("backlog-too-small");
	const remedy = (await stage.report()).resyncs.at(-1)?.remedy.join(" ") ?? "";
	const [, size] = /repl-backlog-size (\d+[a-z]+)/.exec(remedy) ?? [];
	await p.config({ "repl-backlog-size": size ?? "not told" });
	await outage();
	await stage.resync({ ...lost, verdict: "partial", cause: "within-backlog" });
});

live("figures: bytes beyond the fork", async (stage) => {
	const p = await stage.primary("p", silent);
	const r = await stage.replica("r", p, silent);
	await write(p, 5000);
	await caughtUp(r, p);
	await replicaOf(r, null);
	const fork = Number((await r.info())["second_repl_offset"]);
	await write(p, 7000);
	const beyond = (await offsetOf(p)) + 1 - fork;
	await replicaOf(p, r);
	await stage.resync({
		replica: "p", primary: "r", verdict: "full", cause: "diverged-history", trigger: "replicaof-command",
	});
	stage.finding("split-brain", "data-discarded", "failover-needs-full-resync");
	const resync = (await stage.report()).resyncs.at(-1);
	expect(resync?.cause.facts["forkOffset"]).toBe(fork);
	expect(resync?.cause.facts["bytesBeyondFork"]).toBe(beyond);
});

live("figures: the size of a snapshot on its way", async (stage) => {
	const p = await stage.primary("p", { "repl-diskless-sync": "no", rdbcompression: "no" });
	await write(p, 300_000);
	const r = await stage.replica("r", p);
	const sent = (await stage.report()).resyncs.at(-1)?.bytes.snapshot;
	expect(sent).toBeGreaterThan(300_000);
	expect(sent).toBe(r.fileSize("dump.rdb"));
});

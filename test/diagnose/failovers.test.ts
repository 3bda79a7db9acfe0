import { describe, expect, test } from "vitest";
import type { Failover, Report } from "../../src/model/report.ts";
import { scenarios } from "../fixture.ts";
import { fixture, logsOf, reportOf } from "./report-of.ts";

const clock = (time: string | null): string | null => time?.slice(11, 23) ?? null;
const only = ({ failovers }: Report): Failover => {
	expect(failovers).toHaveLength(1);
	return failovers[0] as Failover;
};

describe("a Sentinel failover after a crash", () => {
	test("who saw the primary down when, who voted for whom, who was chosen, who came back", async () => {
		const failover = only(await fixture("sentinel-failover-7.2"));
		expect(failover).toMatchObject({
			kind: "sentinel", name: "mymaster", epoch: 1, planned: false, from: "primary", to: "replica1", outcome: "completed",
			proof: "proven", reason: null, disagreements: [], missing: [],
		});
		expect(clock(failover.failedAt)).toBe("20:30:16.581");
		expect(failover.down).toMatchObject({ votes: 2, quorum: 2 });
		expect(failover.down.by.map(({ node, votes }) => [node, votes])).toEqual([["sentinel1", 3], ["sentinel3", 2], ["sentinel2", 3]]);
		expect(failover.election).toMatchObject({ candidates: ["sentinel3"], leader: "sentinel3", needed: 2 });
		expect(failover.election?.votes.map(({ voter, candidate, lateMs }) => [voter, candidate, lateMs]).sort()).toEqual([
			["sentinel1", "sentinel3", null], ["sentinel2", "sentinel3", null], ["sentinel3", "sentinel3", null],
		]);
		expect(failover.selection).toMatchObject({ offset: 482, behindBytes: 0, siblings: [{ node: "replica2", offset: 482, by: "request" }] });
		expect(clock(failover.promotedAt)).toBe("20:30:19.023");
		expect(failover.replicas.map(({ node, role, verdict, resync }) => [node, role, verdict, resync])).toEqual([
			["replica2", "replica", "partial", 4], ["primary", "old-primary", "full", 5],
		]);
		expect(failover.durations).toEqual({ toWritableMs: 2442, toLastReplicaMs: 906 });
		expect(failover.evidence.some(({ text }) => text.startsWith("+selected-slave"))).toBe(true);
	});

	test("the first answer of 2.8 names voters by address, and its logs no port", async () => {
		const failover = only(await fixture("sentinel-failover-2.8"));
		expect(failover).toMatchObject({ from: "primary", to: "replica2", epoch: 1, outcome: "completed" });
		expect(failover.election?.votes.map(({ voter, countedAt }) => [voter, countedAt !== null]).sort()).toEqual([
			["sentinel1", true], ["sentinel2", true], ["sentinel3", false],
		]);
		// Before 4.0 no line tells how far a history went.
		expect(failover.selection).toMatchObject({ offset: null, behindBytes: null });
	});

	test("by a voter's log alone: the leader by its votes, the new primary by its address, no more", async () => {
		const failover = only(await fixture("sentinel-failover-7.2", "sentinel2"));
		expect(failover).toMatchObject({
			from: "127.0.0.1:13330", to: "127.0.0.1:13331", epoch: 1, outcome: "completed", proof: "supported", promotedAt: null,
			planned: null, replicas: [], durations: { toWritableMs: null, toLastReplicaMs: null },
		});
		expect(failover.election).toMatchObject({ leader: "127.0.0.1:13335", startedAt: null, electedAt: null });
		expect(failover.missing).toContain("the log of 127.0.0.1:13331");
		expect(failover.missing[0]).toContain("127.0.0.1:13335");
	});

	test("without any Sentinel's log the command's client tells that it was one", async () => {
		const failover = only(await fixture("sentinel-failover-7.2", "primary", "replica1", "replica2"));
		expect(failover).toMatchObject({ kind: "sentinel", name: null, epoch: null, election: null, to: "replica1", proof: "supported" });
		expect(failover.missing).toEqual(["the Sentinels' logs"]);
		expect(failover.selection.behindBytes).toBe(0);
	});
});

test("an ordered Sentinel failover: nobody is down, and the sibling had more by heartbeats", async () => {
	const failover = only(await fixture("sentinel-failover-live-7.2"));
	expect(failover).toMatchObject({ planned: true, failedAt: null, from: "primary", to: "replica1" });
	expect(failover.down.by).toEqual([]);
	expect(failover.selection).toMatchObject({ offset: 848, behindBytes: 148 });
	expect(failover.durations.toWritableMs).toBe(267);
});

test("CLUSTER FAILOVER: the votes of all nodes, one of them late", async () => {
	const failover = only(await fixture("cluster-failover-7.2"));
	expect(failover).toMatchObject({
		kind: "cluster-failover", planned: true, forced: false, epoch: 4, from: "node1", to: "node4", proof: "proven",
	});
	expect(failover.election).toMatchObject({ leader: "node4", needed: 2 });
	const late = failover.election?.votes.filter(({ lateMs }) => lateMs !== null).map(({ voter }) => voter);
	expect(late).toEqual(["node1"]);
	expect(failover.replicas).toMatchObject([{ node: "node1", role: "old-primary", verdict: "partial" }]);
	expect(failover.lastReplicaAt).toBeNull();
});

test("by the voters' logs alone: the candidate's address from the node that followed it", async () => {
	const failover = only(await fixture("cluster-failover-7.2", "node1", "node2"));
	expect(failover).toMatchObject({ from: "node1", to: "127.0.0.1:13343", outcome: "completed", proof: "supported", promotedAt: null });
	expect(failover.missing).toEqual(["the log of 127.0.0.1:13343"]);
});

test("the FAILOVER command, by either side alone as well", async () => {
	const both = only(await fixture("redis-ha"));
	expect(both).toMatchObject({ kind: "failover-command", planned: true, from: "primary", to: "replica", proof: "proven" });
	const target = only(await fixture("redis-ha", "replica"));
	expect(target).toMatchObject({ kind: "failover-command", to: "replica", outcome: "completed", proof: "supported" });
	const old = only(await fixture("redis-ha", "primary"));
	expect(old).toMatchObject({ kind: "failover-command", from: "primary", outcome: "completed", proof: "supported", promotedAt: null });
	expect(old.missing).toHaveLength(1);
});

test("promotions by hand: who followed, and who stayed with the old primary is no loss", async () => {
	const { failovers } = await fixture("two-failovers-7.0");
	expect(failovers.map(({ kind, from, to, planned }) => [kind, from, to, planned])).toEqual([
		["promotion", "primary", "replica1", true], ["promotion", "replica1", "primary", true],
	]);
	expect(failovers[0]?.replicas.map(({ node }) => node)).toEqual(["primary"]);
	expect(failovers[1]?.replicas.map(({ node, role, verdict }) => [node, role, verdict])).toEqual([
		["replica1", "old-primary", "partial"], ["replica2", "sub-replica", "full"],
	]);
});

describe("what every failover of every scenario keeps to", () => {
	test.each(scenarios.map(({ name }) => name))("%s", async (name) => {
		const report = await fixture(name);
		const nodes = new Set(report.nodes.map(({ id }) => id));
		for (const [i, failover] of report.failovers.entries()) {
			expect(failover.id).toBe(i + 1);
			const { startedAt, promotedAt, outcome, reason, durations, replicas, evidence } = failover;
			expect(reason === null).toBe(outcome !== "failed");
			if (startedAt !== null && promotedAt !== null) expect(startedAt <= promotedAt).toBe(true);
			for (const ms of Object.values(durations)) expect(ms ?? 0).toBeGreaterThanOrEqual(0);
			for (const { node, onlineAt, resync } of replicas) {
				if (promotedAt !== null && onlineAt !== null) expect(onlineAt >= promotedAt).toBe(true);
				if (resync !== null) expect(report.resyncs[resync - 1]).toMatchObject({ id: resync, replica: node, primary: failover.to });
			}
			expect(evidence.length).toBeGreaterThan(0);
			expect(failover.to === null || nodes.has(failover.to) || failover.to.includes(":")).toBe(true);
		}
	});

	test("names of files and their order change nothing", async () => {
		const logs = logsOf("sentinel-failover-7.2");
		const names = Object.keys(logs);
		const shuffled = Object.fromEntries([...names].reverse().map((name) => [name, logs[name] as string]));
		const [a, b] = [await reportOf(logs), await reportOf(shuffled)];
		expect(b.failovers).toEqual(a.failovers);
		expect(b.lineage).toEqual(a.lineage);
		expect(b.ledger).toEqual(a.ledger);
	});
});

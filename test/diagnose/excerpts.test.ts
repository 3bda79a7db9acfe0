import { describe, expect, test } from "vitest";
import { log, reportOf } from "./report-of.ts";

const idA = "a1".repeat(20);
const idB = "b2".repeat(20);
const told = async (text: string): Promise<string[]> =>
	(await reportOf({ "pasted.log": text })).resyncs.map((r) => `${r.verdict} ${r.cause.code} by ${r.trigger.code} (${r.trigger.proof})`);

describe("what set off a resync that is not decided yet", () => {
	test("the command that pointed it there, though no primary has answered", async () => {
		const lines = log(
			31, "S",
			[0, "# Connection with master lost."],
			[0, "* Caching the disconnected master state."],
			[1, "* REPLICAOF 10.8.0.1:6379 enabled (user request from 'id=4 addr=10.8.0.9:40112 fd=8 name=sentinel-1f2e3d4c-cmd cmd=exec')"],
			[40, "* Connecting to MASTER 10.8.0.1:6379"],
			[41, "* MASTER <-> REPLICA sync started"],
		);
		expect(await told(lines)).toEqual(["open unknown by sentinel-command (proven)"]);
		expect(await told(lines.replace("name=sentinel-1f2e3d4c-cmd", "name="))).toEqual(["open unknown by replicaof-command (proven)"]);
	});

	test("a command that pointed it elsewhere is not the trigger", async () => {
		const lines = log(
			31, "S",
			[0, "# Connection with master lost."],
			[0, "* Caching the disconnected master state."],
			[900, "* Connecting to MASTER 10.8.0.1:6379"],
			[901, "* MASTER <-> REPLICA sync started"],
		);
		expect(await told(lines)).toEqual(["open unknown by link-closed (supported)"]);
	});

	test("a cluster node that was a primary is made a replica by its cluster; elsewhere nobody is named", async () => {
		const synthesized =
			"* Before turning into a replica, using my own master parameters to synthesize a cached master: I may be able to synchronize with the new master with just a partial transfer.";
		const asks = [
			[1, "* Connecting to MASTER 10.8.0.1:6379"],
			[1, "* MASTER <-> REPLICA sync started"],
			[9, "* Non blocking connect for SYNC fired the event."],
			[9, `* Trying a partial resynchronization (request ${idA}:1).`],
			[30, `* Full resync from master: ${idB}:900100`],
		] as const;
		const alone = await reportOf({ "a.log": log(31, "S", [0, synthesized], ...asks) });
		expect(alone.resyncs.map((r) => r.trigger.text)).toEqual([
			"it was a primary until then; the logs given do not show who made it a replica",
		]);
		const clustered = await reportOf({ "a.log": log(31, "S", [0, synthesized], [0, "# Cluster state changed: ok"], ...asks) });
		expect(clustered.resyncs.map((r) => `${r.trigger.code} ${r.trigger.proof}`)).toEqual(["cluster-reconfiguration inferred"]);
		// No cluster node can be started with replicaof.
		expect(alone.resyncs[0]?.remedy.join()).toContain("replicaof");
		expect(clustered.resyncs[0]?.remedy.join()).not.toContain("replicaof");
	});
});

describe("a link that was lost, where only one of its lines is there", () => {
	test("2.8.0 to 2.8.3 say no more than that they keep the state", async () => {
		const round = (at: number, offset: number) =>
			[
				[at, "* Connecting to MASTER 10.8.0.1:6379"],
				[at, "* MASTER <-> SLAVE sync started"],
				[at, "* Non blocking connect for SYNC fired the event."],
				[at, "* Master replied to PING, replication can continue..."],
				[at, `* Trying a partial resynchronization (request ${idA}:${offset}).`],
				[at + 1, "* Successful partial resynchronization with master."],
				[at + 1, "* MASTER <-> SLAVE sync: Master accepted a Partial Resynchronization."],
				[at + 300, "* Caching the disconnected master state."],
			] as const;
		const report = await reportOf({ "a.log": log(31, "S", ...round(0, 700), ...round(1000, 700), ...round(2000, 700)) });
		expect(report.resyncs.map((r) => [r.verdict, r.trigger.code, r.lostAt?.slice(17, 23) ?? null])).toEqual([
			["partial", "unknown", null],
			["partial", "link-closed", "00.300"],
			["partial", "link-closed", "01.300"],
			["open", "link-closed", "02.300"],
		]);
	});

	test("a promotion keeps the state too, and is no outage", async () => {
		const lines = log(
			31, "S",
			[0, "# Setting secondary replication ID to " + idA + ", valid up to offset: 70. New replication ID is " + idB],
			[0, "# Connection with master lost."],
			[0, "* Caching the disconnected master state."],
			[0, "* Discarding previously cached master state."],
			[0, "* MASTER MODE enabled (user request from 'id=3 addr=10.8.0.9:40112 fd=8 name= cmd=slaveof')"],
		);
		expect(await told(lines)).toEqual([]);
	});
});

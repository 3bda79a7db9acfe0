import { describe, expect, test } from "vitest";
import type { Failover } from "../../src/model/report.ts";
import { log, reportOf } from "./report-of.ts";

const ids = ["1111111111111111111111111111111111111111", "2222222222222222222222222222222222222222", "3333333333333333333333333333333333333333"] as const;
const primary = "master m 10.0.0.1 6379";
const replica = (n: number): string => `slave 10.0.0.${n}:6379 10.0.0.${n} 6379 @ m 10.0.0.1 6379`;

type Line = readonly [at: number, text: string];

/** A Sentinel of three, and what it logs. */
function sentinel(n: 1 | 2 | 3, ...lines: readonly Line[]): string {
	const others = ids.flatMap((id, i): Line[] => (i === n - 1 ? [] : [[2, `* +sentinel sentinel ${id} 10.0.1.${i + 1} 26379 @ m 10.0.0.1 6379`]]));
	return log(100 + n, "X", [0, "* Running mode=sentinel, port=26379."], [1, `* Sentinel ID is ${ids[n - 1]}`], [1, `# +monitor ${primary} quorum 2`], ...others, ...lines);
}

/** What a Sentinel logs when it wants to be elected. */
const stands = (n: 1 | 2 | 3, at: number, epoch: number): Line[] => [
	[at, `# +sdown ${primary}`], [at + 50, `# +odown ${primary} #quorum 2/2`], [at + 50, `# +new-epoch ${epoch}`],
	[at + 50, `# +try-failover ${primary}`], [at + 51, `# +vote-for-leader ${ids[n - 1]} ${epoch}`],
];

/** What the elected one logs until the end. */
const leads = (at: number, to: number): Line[] => [
	[at, `# +elected-leader ${primary}`], [at + 90, `# +selected-slave ${replica(to)}`],
	[at + 90, `* +failover-state-send-slaveof-noone ${replica(to)}`], [at + 180, `* +failover-state-wait-promotion ${replica(to)}`],
	[at + 900, `# +promoted-slave ${replica(to)}`], [at + 1900, `# +failover-end ${primary}`],
	[at + 1900, `# +switch-master m 10.0.0.1 6379 10.0.0.${to} 6379`],
];

const failoversOf = async (logs: Record<string, string>): Promise<readonly Failover[]> => (await reportOf(logs)).failovers;

describe("Sentinels that do not agree", () => {
	test("a split vote elects nobody; the next epoch does", async () => {
		const failovers = await failoversOf({
			"s1.log": sentinel(1, ...stands(1, 10_000, 5), [20_060, `# -failover-abort-not-elected ${primary}`], [30_000, "# +new-epoch 6"], [30_002, `# +vote-for-leader ${ids[1]} 6`], [31_000, `# +config-update-from sentinel ${ids[1]} 10.0.1.2 26379 @ m 10.0.0.1 6379`], [31_000, "# +switch-master m 10.0.0.1 6379 10.0.0.3 6379"]),
			"s2.log": sentinel(2, ...stands(2, 10_001, 5), [20_061, `# -failover-abort-not-elected ${primary}`], [30_000, "# +new-epoch 6"], [30_000, `# +try-failover ${primary}`], [30_001, `# +vote-for-leader ${ids[1]} 6`], [30_003, `* ${ids[0]} voted for ${ids[1]} 6`], ...leads(30_100, 3)),
		});
		expect(failovers.map(({ epoch, outcome }) => [epoch, outcome])).toEqual([[5, "failed"], [6, "completed"]]);
		const [failed, done] = failovers as [Failover, Failover];
		expect(failed).toMatchObject({
			from: "10.0.0.1:6379", to: null, proof: "proven", promotedAt: null,
			reason: { code: "not-elected", facts: { votes: 1, needed: 2, line: `-failover-abort-not-elected ${primary}` } },
			election: { candidates: ["s1", "s2"], leader: null, electedAt: null },
		});
		expect(failed.disagreements.map(({ code }) => code)).toEqual(["split-vote"]);
		expect(failed.text).toContain("1 of 2 votes");
		expect(done).toMatchObject({ to: "10.0.0.3:6379", election: { leader: "s2" } });
		// One time of down, two tries.
		expect(done.down.firstAt).toBe(failed.down.firstAt);
	});

	test("no usable replica, and a replica that does not answer", async () => {
		for (const [line, code] of [["-failover-abort-no-good-slave", "no-good-replica"], ["-failover-abort-slave-timeout", "replica-timeout"]] as const) {
			const steps = code === "replica-timeout" ? leads(10_100, 2).slice(0, 4) : leads(10_100, 2).slice(0, 1);
			const [failed] = await failoversOf({ "s1.log": sentinel(1, ...stands(1, 10_000, 5), ...steps, [40_000, `# ${line} ${primary}`]) });
			expect(failed).toMatchObject({ outcome: "failed", to: code === "replica-timeout" ? "10.0.0.2:6379" : null, reason: { code, proof: "proven" } });
		}
	});

	test("the log ends in the middle: open, and nothing is claimed", async () => {
		const [open] = await failoversOf({ "s1.log": sentinel(1, ...stands(1, 10_000, 5), ...leads(10_100, 2).slice(0, 4)) });
		expect(open).toMatchObject({ outcome: "open", reason: null, to: "10.0.0.2:6379", promotedAt: null, announcedAt: null });
	});

	test("a partition: each side promotes its own, and both are told as such", async () => {
		const failovers = await failoversOf({
			"s1.log": sentinel(1, ...stands(1, 10_000, 5), ...leads(10_100, 2)),
			"s2.log": sentinel(2, ...stands(2, 10_300, 6), ...leads(10_400, 3)),
		});
		expect(failovers.map(({ epoch, to }) => [epoch, to])).toEqual([[5, "10.0.0.2:6379"], [6, "10.0.0.3:6379"]]);
		for (const { disagreements } of failovers) expect(disagreements.map(({ code }) => code)).toContain("concurrent");
	});

	test("one in tilt mode, one that saw nothing, and quorums that differ", async () => {
		const [failover] = await failoversOf({
			"s1.log": sentinel(1, ...stands(1, 10_000, 5), ...leads(10_100, 2)),
			"s2.log": sentinel(2, [9_000, "# +tilt #tilt mode entered"], [10_060, "# +new-epoch 5"], [10_060, `# +vote-for-leader ${ids[0]} 5`], [39_000, "# -tilt #tilt mode exited"]),
			"s3.log": sentinel(3, [10_000, `# +sdown ${primary}`], [10_055, `# +odown ${primary} #quorum 3/3`], [10_060, "# +new-epoch 5"], [10_060, `# +vote-for-leader ${ids[0]} 5`], [12_500, "* +sentinel-invalid-addr x"]),
		});
		expect(failover?.disagreements.map(({ code, nodes }) => [code, nodes]).sort()).toEqual([
			["different-quorum", ["s1", "s3"]], ["not-seen-down", ["s2"]], ["tilt", ["s2"]],
		]);
	});

	test("Sentinels that give clients different primaries", async () => {
		const [failover] = await failoversOf({
			"s1.log": sentinel(1, ...stands(1, 10_000, 5), ...leads(10_100, 2)),
			"s2.log": sentinel(2, [10_060, "# +new-epoch 5"], [10_060, `# +vote-for-leader ${ids[0]} 5`], [11_100, "# +switch-master m 10.0.0.1 6379 10.0.0.3 6379"]),
		});
		expect(failover?.disagreements.find(({ code }) => code === "different-targets")?.text).toMatch(/s1 gave 10\.0\.0\.2:6379.*s2 gave 10\.0\.0\.3:6379|s2 gave.*s1 gave/);
	});

	test("votes for another set of servers in the same epoch are not counted", async () => {
		const other = "master n 10.0.2.1 6379";
		const failovers = await failoversOf({
			"s1.log": sentinel(1, ...stands(1, 10_000, 5), ...leads(10_100, 2)),
			"s2.log": sentinel(2, [10_000, `# +sdown ${other}`], [10_040, "# +new-epoch 5"], [10_040, `# +try-failover ${other}`], [10_041, `# +vote-for-leader ${ids[1]} 5`], [20_100, `# -failover-abort-not-elected ${other}`]),
		});
		expect(failovers.map(({ name, outcome, election }) => [name, outcome, election?.candidates])).toEqual([
			["n", "failed", ["s2"]], ["m", "completed", ["s1"]],
		]);
	});
});

describe("a cluster that does not elect", () => {
	const nodes = ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "cccccccccccccccccccccccccccccccccccccccc"] as const;
	const old = "2a8775ae13bc7fbb0c5e2b7e7c9fd2d68ab5eb7c";
	const next = "b7e7c9fd2d68ab5eb7c2a8775ae13bc7fbb0c5e2";
	const boot = (n: number): Line[] => [[0, `* Running mode=cluster, port=700${n}.`], [1, `* No cluster configuration found, I'm ${nodes[n - 1]}`]];
	const linked: Line[] = [
		[100, "* Connecting to MASTER 10.0.0.1:7001"], [100, "* MASTER <-> REPLICA sync started"],
		[101, "* Partial resynchronization not possible (no cached master)"], [102, `* Full resync from master: ${old}:0`],
		[103, "* MASTER <-> REPLICA sync: receiving 171 bytes from master to disk"], [104, "* MASTER <-> REPLICA sync: Flushing old data"],
		[105, "* MASTER <-> REPLICA sync: Finished with success"],
	];
	const failed: Line[] = [[5000, "* Connection with master lost."], [9000, `* FAIL message received from ${nodes[2]} () about ${nodes[0]} ()`]];

	test("votes missing in one epoch, won in the next; the sibling's rank tells its data", async () => {
		const failovers = await failoversOf({
			"n2.log": log(2, "S", ...boot(2), ...linked, ...failed,
				[9100, "* Start of election delayed for 601 milliseconds (rank #0, offset 5000)."], [9700, "* Starting a failover election for epoch 7."],
				[9702, "* Currently unable to failover: Waiting for votes, but majority still not reached."], [9702, "* Needed quorum: 2. Number of votes received so far: 1"],
				[13_700, "* Currently unable to failover: Failover attempt expired."],
				[19_000, "* Start of election delayed for 601 milliseconds (rank #0, offset 5000)."], [19_600, "* Starting a failover election for epoch 8."],
				[19_602, "* Failover election won: I'm the new master."], [19_602, `* Setting secondary replication ID to ${old}, valid up to offset: 5001. New replication ID is ${next}`]),
			"n3.log": log(3, "M", ...boot(3), [8990, `* Marking node ${nodes[0]} () as failing (quorum reached).`], [9701, `* Failover auth granted to ${nodes[1]} () for epoch 7`], [19_601, `* Failover auth granted to ${nodes[1]} () for epoch 8`]),
		});
		expect(failovers).toMatchObject([
			{
				kind: "cluster-election", epoch: 7, planned: false, from: "10.0.0.1:7001", to: "n2", outcome: "failed",
				reason: { code: "votes-missing", proof: "proven", facts: { votes: 1, needed: 2, line: "Currently unable to failover: Waiting for votes, but majority still not reached." } },
				election: { leader: null, needed: 2 },
			},
			{ epoch: 8, outcome: "completed", proof: "proven", selection: { offset: 5001 }, durations: { toWritableMs: 14_602 } },
		]);
		expect(failovers[1]?.down.by.map(({ node, how }) => [node, how])).toEqual([["n3", "fail-marked"], ["n2", "fail-received"]]);
	});

	test("data too old, said again and again, is one failed failover", async () => {
		const line = "* Currently unable to failover: Disconnected from master for longer than allowed. Please check the 'cluster-replica-validity-factor' configuration option.";
		const failovers = await failoversOf({ "n2.log": log(2, "S", ...boot(2), ...linked, ...failed, [9100, line], [19_100, line], [29_100, line]) });
		expect(failovers).toMatchObject([{ outcome: "failed", election: null, reason: { code: "data-too-old", proof: "proven" } }]);
	});

	test("a manual failover that ran out of time, then TAKEOVER", async () => {
		const failovers = await failoversOf({
			"n2.log": log(2, "S", ...boot(2), ...linked, [9000, "* Manual failover user request accepted."], [14_000, "* Manual failover timed out."],
				[20_000, "* Taking over the master (user request)."], [20_000, "* New configEpoch set to 9"], [20_000, "* Connection with master lost."],
				[20_001, `* Setting secondary replication ID to ${old}, valid up to offset: 29. New replication ID is ${next}`]),
		});
		expect(failovers).toMatchObject([
			{ kind: "cluster-failover", planned: true, forced: false, outcome: "failed", reason: { code: "manual-timeout" } },
			{ kind: "cluster-failover", planned: true, forced: true, outcome: "completed", election: null, epoch: null, proof: "proven" },
		]);
	});
});

test("FAILOVER that the target refuses: the primary steps back, under a new ID, and nobody was promoted", async () => {
	const old = "2a8775ae13bc7fbb0c5e2b7e7c9fd2d68ab5eb7c";
	const failovers = await failoversOf({
		"p.log": log(1, "M", [0, "* Running mode=standalone, port=7001."], [5000, "* FAILOVER requested to 10.0.0.2:7002."], [5001, "* Failover target 10.0.0.2:7002 is synced, failing over."],
			[5001, "* Connecting to MASTER 10.0.0.2:7002"], [5001, "* MASTER <-> REPLICA sync started"],
			[5003, `* Setting secondary replication ID to ${old}, valid up to offset: 29. New replication ID is ${"b".repeat(40)}`],
			[5003, "* FAILOVER to 10.0.0.2:7002 aborted: Failover target rejected psync request"]),
	});
	expect(failovers).toMatchObject([
		{ kind: "failover-command", outcome: "failed", from: "p", to: "10.0.0.2:7002", promotedAt: null, reason: { code: "aborted", facts: { line: "Failover target rejected psync request" } } },
	]);
});

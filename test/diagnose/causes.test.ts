import { describe, expect, test } from "vitest";
import type { Resync } from "../../src/model/report.ts";
import { idA, idB, Scene } from "./findings/scene.ts";

const idC = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";
const zeros = "0".repeat(40);
const mismatch = (asked: string, mine: string, second = zeros): string =>
	`Partial resynchronization not accepted: Replication ID mismatch (Replica asked for '${asked}', my replication IDs are '${mine}' and '${second}')`;

const last = (resyncs: readonly Resync[]): string => {
	const r = resyncs.at(-1);
	return r === undefined ? "none" : `${r.verdict} ${r.cause.code} ${r.cause.proof} by ${r.trigger.code}`;
};

/** A primary and a replica that has synchronised once. */
const pair = (): Scene => new Scene().node("p", "M").node("r", "S", 10).full("r", "p", 100, null, `${idA}:0`);

describe("why a resync was full or partial, by both logs, the primary's and the replica's", () => {
	const cases: [string, Scene, both: string, primary: string, replica: string][] = [
		[
			"within-backlog",
			pair().lose("r", "p", 5000).partial("r", "p", 5002, `${idA}:101`, 40),
			"partial within-backlog proven by link-closed",
			"partial within-backlog supported by link-closed",
			"partial within-backlog supported by link-closed",
		],
		[
			"backlog-overrun",
			pair()
				.lose("r", "p", 5000)
				.full("r", "p", 15_000, `${idA}:101`, `${idA}:5000100`, "Unable to partial resync with replica 10.0.0.2:7002 for lack of backlog (Replica request was: 101)."),
			"full backlog-overrun proven by link-closed",
			"full backlog-overrun proven by link-closed",
			"full backlog-overrun supported by link-closed",
		],
		[
			"primary-restarted",
			pair()
				.say("r", 5000, "* Connection with master lost.")
				.say("r", 5000, "* Caching the disconnected master state.")
				.start("p", 6000)
				.full("r", "p", 7000, `${idA}:101`, `${idB}:0`, mismatch(idA, idC)),
			"full primary-restarted proven by primary-restarted",
			"full unknown-history unknown by primary-restarted",
			"full unknown-history unknown by link-closed",
		],
		[
			"replica-lost-state",
			pair().start("r", 5000).full("r", "p", 5100, null, `${idA}:200`),
			"full replica-lost-state proven by replica-restarted",
			"full replica-lost-state supported by link-closed",
			"full replica-lost-state supported by replica-restarted",
		],
		[
			"promoted-history",
			pair()
				.promote("r", 5000, idA, 101, idB)
				.say("p", 5000, "* Connection with replica 10.0.0.2:7002 lost.")
				.demote("r", 8000, "10.0.0.1:7001")
				.full("r", "p", 8001, `${idB}:151`, `${idA}:180`, mismatch(idB, idA)),
			"full promoted-history proven by replicaof-command",
			"full unknown-history unknown by link-closed",
			"full promoted-history supported by replicaof-command",
		],
		[
			"diverged-history",
			pair()
				.promote("r", 5000, idA, 101, idB)
				.say("p", 5000, "* Connection with replica 10.0.0.2:7002 lost.")
				.demote("p", 8000, "10.0.0.2:7002")
				.full("p", "r", 8001, `${idA}:90001`, `${idB}:300`, "Partial resynchronization not accepted: Requested offset for second ID was 90001, but I can reply up to 101"),
			"full diverged-history proven by replicaof-command",
			"full unknown-history unknown by replicaof-command",
			"full diverged-history supported by unknown",
		],
	];
	for (const [code, scene, both, primary, replica] of cases) {
		test(code, () => {
			expect(last(scene.tell().resyncs)).toBe(both);
			expect(last(scene.tell("p").resyncs)).toBe(primary);
			expect(last(scene.tell("r").resyncs)).toBe(replica);
		});
	}

	test("the size that would have sufficed is the granted offset less the requested one", () => {
		const { resyncs } = (cases[1] as (typeof cases)[number])[1].tell();
		expect(resyncs.at(-1)?.bytes.missed).toBe(5_000_000);
		expect(resyncs.at(-1)?.remedy.join(" ")).toMatch(/10mb/);
	});

	test("an ID that nobody's log explains stays unknown, and says what is missing", () => {
		const scene = new Scene().node("p", "M").node("r", "S", 10);
		scene.full("r", "p", 100, `${idC}:77`, `${idA}:0`, mismatch(idC, idB));
		const [resync] = scene.tell("p").resyncs;
		expect(resync?.cause).toMatchObject({ code: "unknown-history", proof: "unknown" });
		expect(resync?.missing.join()).toContain("the log of the replica 10.0.0.2:7002");
	});

	test("a save point's BGSAVE and a promotion alone are no resyncs", () => {
		const scene = new Scene().node("p", "M");
		scene.say("p", 1000, "* 100 changes in 300 seconds. Saving...").say("p", 1000, "* Background saving started by pid 77");
		scene.say("p", 1100, "* Background saving terminated with success").promote("p", 2000, idA, 1, idB);
		expect(scene.tell().resyncs).toEqual([]);
	});
});

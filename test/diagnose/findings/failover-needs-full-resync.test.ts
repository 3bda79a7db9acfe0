import { expect, test } from "vitest";
import { idA, idB, Scene } from "./scene.ts";

const sentinel = "id=8 addr=10.0.0.9:59250 name=sentinel-1cc19560-cmd age=12 flags=x cmd=exec";

/** Two replicas; r1 is promoted, r2 and the old primary come over. */
function failover(beyond: number, after = 1000): Scene {
	const scene = new Scene().node("primary", "M").node("r1", "S").node("r2", "S");
	scene.full("r1", "primary", 1000, null, `${idA}:0`).full("r2", "primary", 1100, null, `${idA}:0`);
	scene
		.say("r1", 10_000, "* Connection with master lost.")
		.say("primary", 10_000, `* Connection with replica ${scene.address("r1")} lost.`);
	scene.promote("r1", 10_000, idA, 848, idB, sentinel);
	scene
		.say("r2", 10_000 + after, "* Connection with master lost.")
		.say("r2", 10_000 + after, "* Caching the disconnected master state.");
	scene.say(
		"r2",
		10_000 + after,
		`* REPLICAOF ${scene.address("r1")} enabled (user request from '${sentinel}')`,
	);
	scene.full(
		"r2",
		"r1",
		10_010 + after,
		`${idA}:${848 + beyond}`,
		`${idB}:1200`,
		`Partial resynchronization not accepted: Requested offset for second ID was ${848 + beyond}, but I can reply up to 848`,
	);
	scene.demote("primary", 10_500 + after, scene.address("r1"), sentinel);
	return scene.partial("primary", "r1", 10_600 + after, `${idA}:848`, 0, idB);
}

test("names the promoted node, how many needed everything, and why", () => {
	const [finding, ...rest] = failover(148).tell().of("failover-needs-full-resync");
	expect(rest).toEqual([]);
	expect(finding).toMatchObject({ severity: "warning", node: "r1", resyncs: [3] });
	expect(finding?.facts).toMatchObject({
		full: 1,
		partial: 1,
		causes: "1 × diverged-history",
		replicas: "r2",
		heartbeatOnly: 1,
		replid: idA,
		newReplid: idB,
	});
	expect(finding?.text).toContain("1 of 2 nodes");
	expect(finding?.remedy[0]).toContain("FAILOVER");
});

test("writes beyond the fork ask for another remedy", () => {
	const [finding] = failover(500_000).tell().of("failover-needs-full-resync");
	expect(finding?.facts).toMatchObject({ heartbeatOnly: 0 });
	expect(finding?.remedy[0]).toContain("data-discarded");
});

test("a new replica's first sync with the promoted node is none", () => {
	const scene = new Scene()
		.node("primary", "M")
		.node("r1", "S")
		.node("r2", "S")
		.full("r1", "primary", 1000, null, `${idA}:0`);
	scene.promote("r1", 10_000, idA, 848, idB, sentinel).full("r2", "r1", 20_000, null, `${idB}:900`);
	expect(scene.tell().of("failover-needs-full-resync")).toEqual([]);
});

test("only the first resync of each replica belongs to the failover", () => {
	const scene = failover(148).lose("r2", "r1", 60_000);
	scene.full(
		"r2",
		"r1",
		65_000,
		`${idB}:2000`,
		`${idB}:5000000`,
		`Unable to partial resync with replica ${scene.address("r2")} for lack of backlog (Replica request was: 2000).`,
	);
	expect(scene.tell().of("failover-needs-full-resync")[0]?.resyncs).toEqual([3]);
});

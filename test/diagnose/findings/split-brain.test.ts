import { expect, test } from "vitest";
import { idA, idB, Scene } from "./scene.ts";

const idC = "c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0";

function diverged(bytes: number): Scene {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.full("replica", "primary", 1000, null, `${idA}:0`);
	scene.promote("replica", 5000, idA, 101, idB).demote("primary", 25_000, scene.address("replica"));
	return scene.full(
		"primary",
		"replica",
		25_010,
		`${idA}:${101 + bytes}`,
		`${idB}:200`,
		`Partial resynchronization not accepted: Requested offset for second ID was ${101 + bytes}, but I can reply up to 101`,
	);
}

test("the old primary went on beyond the fork", () => {
	const [finding, ...rest] = diverged(51_613).tell().of("split-brain");
	expect(rest).toEqual([]);
	expect(finding).toMatchObject({ severity: "critical", node: "primary", resyncs: [2] });
	expect(finding?.facts).toMatchObject({
		promoted: "replica",
		other: "primary",
		how: "writes",
		bytes: 51_613,
		forkOffset: 101,
		lastsMs: 20_000,
	});
});

test("seen from the promoted node's log alone", () => {
	const scene = diverged(51_613);
	const [finding] = scene.tell("replica").of("split-brain");
	expect(finding).toMatchObject({
		node: scene.address("primary"),
		facts: { promoted: "replica", bytes: 51_613 },
	});
});

test("heartbeats of an old primary that nobody wrote to are none", () => {
	expect(diverged(134).tell().of("split-brain")).toEqual([]);
});

test("a sibling that was only ahead of the promoted one split nothing", () => {
	const scene = new Scene().node("primary", "M").node("r1", "S").node("r2", "S");
	scene.full("r1", "primary", 1000, null, `${idA}:0`).full("r2", "primary", 1100, null, `${idA}:0`);
	scene.promote("r1", 10_000, idA, 101, idB).say("r2", 10_000, "* Connection with master lost.");
	scene.say(
		"r2",
		10_100,
		`* REPLICAOF ${scene.address("r1")} enabled (user request from 'id=1 addr=10.0.0.9:1 name= cmd=replicaof')`,
	);
	scene.full(
		"r2",
		"r1",
		10_200,
		`${idA}:60101`,
		`${idB}:150`,
		"Partial resynchronization not accepted: Requested offset for second ID was 60101, but I can reply up to 101",
	);
	const told = scene.tell();
	expect(told.of("split-brain")).toEqual([]);
	expect(told.of("data-discarded")[0]).toMatchObject({
		severity: "critical",
		node: "r2",
		facts: { bytes: 60_000 },
	});
});

test("both sides serve replicas after the fork", () => {
	const scene = new Scene().node("primary", "M").node("r1", "S").node("r2", "S").node("r3", "S");
	for (const [i, r] of ["r1", "r2", "r3"].entries())
		scene.full(r, "primary", 1000 + i * 100, null, `${idA}:0`);
	scene.promote("r1", 10_000, idA, 101, idB);
	scene.lose("r2", "primary", 12_000).partial("r2", "r1", 12_010, `${idA}:101`, 0, idB);
	scene.lose("r3", "primary", 20_000).partial("r3", "primary", 20_010, `${idA}:9000`);
	const [finding] = scene.tell().of("split-brain");
	expect(finding).toMatchObject({
		severity: "critical",
		facts: { promoted: "r1", other: "primary", how: "replicas", lastsMs: 10_010 },
	});
});

test("two nodes are promoted from one history", () => {
	const scene = new Scene()
		.node("primary", "M")
		.node("r1", "S")
		.node("r2", "S")
		.node("r3", "S")
		.node("r4", "S");
	for (const [i, r] of ["r1", "r2", "r3", "r4"].entries())
		scene.full(r, "primary", 1000 + i * 100, null, `${idA}:0`);
	scene.promote("r1", 10_000, idA, 101, idB).promote("r2", 10_500, idA, 101, idC);
	scene.lose("r3", "primary", 12_000).partial("r3", "r1", 12_010, `${idA}:101`, 0, idB);
	scene.lose("r4", "primary", 12_500).partial("r4", "r2", 12_510, `${idA}:101`, 0, idC);
	expect(scene.tell().of("split-brain")[0]?.facts).toMatchObject({ how: "promoted-twice", replid: idA });
});

test("a replica that is promoted for good and served by nobody else's replicas is a copy, no split", () => {
	const scene = new Scene().node("primary", "M").node("r1", "S").node("r2", "S");
	scene.full("r1", "primary", 1000, null, `${idA}:0`).full("r2", "primary", 1100, null, `${idA}:0`);
	scene
		.promote("r1", 10_000, idA, 101, idB)
		.lose("r2", "primary", 20_000)
		.partial("r2", "primary", 20_010, `${idA}:9000`);
	expect(scene.tell().of("split-brain")).toEqual([]);
});

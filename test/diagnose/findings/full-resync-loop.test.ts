import { expect, test } from "vitest";
import { idA, Scene } from "./scene.ts";

/** Rounds of one outage that fail because the primary cannot make the snapshot. */
function failing(rounds: number): Scene {
	const scene = new Scene().node("primary", "M").node("replica", "S");
	for (let i = 0; i < rounds; i++) {
		const at = 1000 + i * 100;
		scene.grant("replica", "primary", at, null, `${idA}:0`);
		scene.say(
			"primary",
			at + 1,
			`# Failed opening the temp RDB file temp-9${i}.rdb (in server root dir /data) for saving: No such file or directory`,
			"C",
		);
		scene
			.say("primary", at + 60, "# Background saving error")
			.say("primary", at + 60, "# SYNC failed. BGSAVE child returned an error");
		scene.say("primary", at + 60, `* Connection with replica ${scene.address("replica")} lost.`);
		scene.say("replica", at + 60, "# I/O error reading bulk count from MASTER: Success");
	}
	return scene;
}

test("tries of one outage that fail again and again are a loop", () => {
	const [loop, ...rest] = failing(6)
		.full("replica", "primary", 2000, null, `${idA}:0`)
		.tell()
		.of("full-resync-loop");
	expect(rest).toEqual([]);
	expect(loop).toMatchObject({ severity: "warning", node: "replica", resyncs: [1] });
	expect(loop?.facts).toMatchObject({
		rounds: 7,
		failed: 6,
		reason: "snapshot-failed",
		periodMs: 100,
		endless: 0,
	});
	expect(loop?.text).toContain("7 full resyncs");
	expect(loop?.text).toContain("No such file or directory");
});

test("a loop that the logs end with is critical", () => {
	const [loop] = failing(4).tell().of("full-resync-loop");
	expect(loop).toMatchObject({ severity: "critical", facts: { rounds: 4, failed: 4, endless: 1 } });
});

test("the primary's log alone shows it too", () => {
	const [loop] = failing(5).tell("primary").of("full-resync-loop");
	expect(loop).toMatchObject({ facts: { rounds: 5, reason: "snapshot-failed" } });
});

test("two failures are no loop", () => {
	expect(failing(1).full("replica", "primary", 2000, null, `${idA}:0`).tell().of("full-resync-loop")).toEqual(
		[],
	);
});

const refused = (scene: Scene, offset: number): string =>
	`Unable to partial resync with replica ${scene.address("replica")} for lack of backlog (Replica request was: ${offset}).`;

test("rounds that succeed and are killed by their own backlog of writes are a loop", () => {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.full("replica", "primary", 1000, null, `${idA}:0`);
	for (let i = 1; i <= 3; i++) {
		const at = 1000 + i * 60_000;
		scene.say(
			"primary",
			at,
			`# Client id=${i} addr=${scene.address("replica")} fd=8 name= age=60 idle=0 flags=S obl=0 oll=64 omem=100000000 events=r cmd=psync scheduled to be closed ASAP for overcoming of output buffer limits.`,
		);
		scene.lose("replica", "primary", at + 1);
		scene.full(
			"replica",
			"primary",
			at + 1000,
			`${idA}:${i * 1e6}`,
			`${idA}:${i * 1e6 + 2e8}`,
			refused(scene, i * 1e6),
		);
	}
	const [loop] = scene.tell().of("full-resync-loop");
	expect(loop).toMatchObject({
		resyncs: [1, 2, 3, 4],
		facts: { rounds: 4, failed: 0, reason: "output-buffer-overrun", periodMs: 60_000 },
	});
});

test("a few unrelated full resyncs are none, nor is an operator who restarts a replica twice", () => {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.full("replica", "primary", 1000, null, `${idA}:0`);
	for (const at of [30_000, 60_000]) {
		scene
			.say("replica", at, "* User requested shutdown...")
			.say("replica", at + 1, "# Redis is now ready to exit, bye bye...");
		scene.say("primary", at + 2, `* Connection with replica ${scene.address("replica")} lost.`);
		scene.start("replica", at + 1000).full("replica", "primary", at + 1010, null, `${idA}:${at}`);
	}
	expect(scene.tell().of("full-resync-loop")).toEqual([]);
});

test("a partial resync in between breaks the chain", () => {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.full("replica", "primary", 1000, null, `${idA}:0`);
	for (let i = 1; i <= 6; i++) {
		scene.lose("replica", "primary", i * 10_000);
		if (i % 2 === 0) scene.partial("replica", "primary", i * 10_000 + 5, `${idA}:${i * 1e6}`);
		else
			scene.full(
				"replica",
				"primary",
				i * 10_000 + 5,
				`${idA}:${i * 1e6}`,
				`${idA}:${i * 1e6 + 9e5}`,
				refused(scene, i * 1e6),
			);
	}
	expect(scene.tell().of("full-resync-loop")).toEqual([]);
});

test("what several replicas of one primary go through together is told once", () => {
	const scene = new Scene().node("primary", "M").node("r1", "S").node("r2", "S");
	for (let i = 0; i < 4; i++) {
		for (const replica of ["r1", "r2"]) {
			scene.grant(replica, "primary", 1000 + i * 5000, null, `${idA}:0`);
			scene.say(replica, 2000 + i * 5000, "# Can't handle RDB format version 12");
			scene.say(
				replica,
				2000 + i * 5000,
				"# Failed trying to load the MASTER synchronization DB from disk, check server logs.",
			);
			scene.say("primary", 2000 + i * 5000, `* Connection with replica ${scene.address(replica)} lost.`);
		}
	}
	const loops = scene.tell().of("full-resync-loop");
	expect(loops).toHaveLength(1);
	expect(loops[0]).toMatchObject({
		node: "primary",
		resyncs: [1, 2],
		facts: { rounds: 8, replicas: 2, reason: "replica-cannot-load" },
	});
	expect(loops[0]?.remedy[0]).toContain("RDB version 12");
});

import { expect, test } from "vitest";
import { idA, idB, Scene, tellLogs } from "./scene.ts";

const none = "0".repeat(40);

/** A primary that ends in some way and comes back with what it loads; its replica takes that over. */
function restarted(end: "shutdown" | "kill", loads: readonly string[], keys: number): Scene {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.full("replica", "primary", 1000, null, `${idA}:0`);
	if (end === "shutdown") scene.say("primary", 60_000, "# Redis is now ready to exit, bye bye...");
	else scene.say("primary", 60_000, "* 100 changes in 300 seconds. Saving...");
	scene
		.say("replica", 60_001, "* Connection with master lost.")
		.say("replica", 60_001, "* Caching the disconnected master state.");
	scene.start("primary", 62_000, ...loads);
	return scene.full(
		"replica",
		"primary",
		63_000,
		`${idA}:5000`,
		`${idB}:0`,
		`Partial resynchronization not accepted: Replication ID mismatch (Replica asked for '${idA}', my replication IDs are '${idB}' and '${none}')`,
		100,
		keys,
	);
}

test("a primary that comes back empty, and a replica that follows", () => {
	const scene = restarted("shutdown", [], 0);
	const [finding, ...rest] = scene.tell().of("dataset-lost");
	expect(rest).toEqual([]);
	expect(finding).toMatchObject({ severity: "critical", node: "primary", resyncs: [2] });
	expect(finding?.facts).toMatchObject({
		how: "empty",
		replicas: 1,
		keysBefore: 200,
		keysAfter: 0,
		end: "shutdown",
	});
	expect(finding?.text).toContain("0 keys now, 200 before");
});

test("the primary's log alone shows that it loaded nothing", () => {
	expect(restarted("shutdown", [], 0).tell("primary").of("dataset-lost")[0]).toMatchObject({
		severity: "critical",
		facts: { how: "empty", keysAfter: null },
	});
});

test("a clean restart with its snapshot is none", () => {
	expect(
		restarted("shutdown", ["* RDB age 2 seconds", "* DB loaded from disk: 0.001 seconds"], 200)
			.tell()
			.of("dataset-lost"),
	).toEqual([]);
});

test("a killed primary lacks what it wrote after its last save", () => {
	const [finding] = restarted("kill", ["* RDB age 42 seconds", "* DB loaded from disk: 0.001 seconds"], 150)
		.tell()
		.of("dataset-lost");
	expect(finding).toMatchObject({
		severity: "warning",
		facts: { how: "older", end: "killed", unsavedMs: 40_000, keysBefore: 200, keysAfter: 150 },
	});
});

test("an append only file holds more than its age tells", () => {
	expect(
		restarted("kill", ["* RDB age 42 seconds", "* DB loaded from append only file: 0.001 seconds"], 200)
			.tell()
			.of("dataset-lost"),
	).toEqual([]);
});

test("a log without the lines of its level proves nothing", () => {
	const scene = restarted("shutdown", [], 0);
	const primary = scene
		.text("primary")
		.split("\n")
		.filter((line) => !line.includes("Ready to accept"))
		.join("\n");
	expect(
		tellLogs({ "primary.log": primary, "replica.log": scene.text("replica") }).of("dataset-lost"),
	).toEqual([]);
});

test("a primary that rolled back tells the bytes that are gone; heartbeats alone are no alarm", () => {
	for (const [bytes, severity] of [
		[90_000, "critical"],
		[54, "info"],
	] as const) {
		const scene = new Scene()
			.node("primary", "M")
			.node("replica", "S")
			.full("replica", "primary", 1000, null, `${idA}:0`);
		scene
			.say("replica", 60_001, "* Connection with master lost.")
			.say("replica", 60_001, "* Caching the disconnected master state.");
		scene.start("primary", 62_000, "* RDB age 30 seconds", "* DB loaded from disk: 0.001 seconds");
		scene.full(
			"replica",
			"primary",
			63_000,
			`${idA}:${1000 + bytes}`,
			`${idB}:1000`,
			`Partial resynchronization not accepted: Requested offset for second ID was ${1000 + bytes}, but I can reply up to 1000`,
		);
		expect(scene.tell().of("dataset-lost")[0]).toMatchObject({
			severity,
			facts: { how: "older", bytesLost: bytes },
		});
	}
});

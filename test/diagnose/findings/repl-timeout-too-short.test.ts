import { expect, test } from "vitest";
import { idA, Scene } from "./scene.ts";

const timeout =
	"# Timeout receiving bulk data from MASTER... If the problem persists try to set the 'repl-timeout' parameter in redis.conf to a larger value.";

test("a snapshot that takes longer than the replica waits", () => {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.grant("replica", "primary", 1000, null, `${idA}:0`);
	scene
		.say("replica", 62_000, timeout)
		.say("primary", 62_001, `* Connection with replica ${scene.address("replica")} lost.`);
	for (const names of [[], ["replica"]]) {
		const [finding, ...rest] = scene.tell(...names).of("repl-timeout-too-short");
		expect(rest).toEqual([]);
		expect(finding).toMatchObject({ severity: "warning", resyncs: [1] });
		expect(finding?.facts).toMatchObject({
			timeouts: 1,
			slow: "snapshot",
			waitedMs: 61_000,
			timeoutAtMostMs: 61_000,
			tookMs: null,
		});
		expect(finding?.remedy[0]).toContain("CONFIG SET repl-timeout 122");
	}
});

test("a replica that is dropped while it loads", () => {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.grant("replica", "primary", 1000, null, `${idA}:0`);
	const name = scene.address("replica");
	scene.say("replica", 2000, "* MASTER <-> REPLICA sync: receiving 6463872589 bytes from master to disk");
	scene.say("primary", 2000, `* Synchronization with replica ${name} succeeded`);
	scene
		.say("replica", 3000, "* MASTER <-> REPLICA sync: Flushing old data")
		.say("replica", 3000, "* MASTER <-> REPLICA sync: Loading DB in memory");
	scene
		.say("primary", 63_000, `# Disconnecting timedout replica (streaming sync): ${name}`)
		.say("primary", 63_001, `* Connection with replica ${name} lost.`);
	scene.say("replica", 257_000, "* MASTER <-> REPLICA sync: Finished with success");
	const [finding] = scene.tell().of("repl-timeout-too-short");
	expect(finding).toMatchObject({
		node: "primary",
		facts: { slow: "load", waitedMs: 60_000, tookMs: 254_000, neededMs: 254_000 },
	});
	expect(finding?.remedy[0]).toContain("CONFIG SET repl-timeout 508");
});

test("a primary that a script holds up", () => {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.full("replica", "primary", 1000, null, `${idA}:0`);
	scene.say(
		"primary",
		25_000,
		"# Slow script detected: still in execution after 5000 milliseconds. You can try killing the script using the SCRIPT KILL command. Script name is: 3f9c1b.",
	);
	scene
		.say("replica", 81_000, "# MASTER timeout: no data nor PING received...")
		.say("replica", 81_000, "* Connection with master lost.");
	scene
		.say("replica", 81_000, "* Caching the disconnected master state.")
		.say("replica", 81_001, `* Reconnecting to MASTER ${scene.address("primary")}`);
	scene
		.say("replica", 81_001, "* MASTER <-> REPLICA sync started")
		.say("replica", 81_001, "* Non blocking connect for SYNC fired the event.");
	scene.say("replica", 90_000, "* Master replied to PING, replication can continue...");
	scene.say("replica", 90_000, `* Trying a partial resynchronization (request ${idA}:100).`);
	scene.say("primary", 90_000, `* Connection with replica ${scene.address("replica")} lost.`);
	scene.say("primary", 90_000, `* Replica ${scene.address("replica")} asks for synchronization`);
	scene.say(
		"primary",
		90_000,
		`* Partial resynchronization request from ${scene.address("replica")} accepted. Sending 0 bytes of backlog starting from offset 100.`,
	);
	scene.say("replica", 90_001, "* Successful partial resynchronization with master.");
	scene.say("replica", 90_001, "* MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization.");
	const told = scene.tell();
	expect(told.of("repl-timeout-too-short")[0]).toMatchObject({ resyncs: [2], facts: { slow: "script" } });
	expect(told.of("server-stalled")).toEqual([]);
});

test("a silent replica is not busy by the primary's word alone", () => {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.full("replica", "primary", 1000, null, `${idA}:0`);
	const name = scene.address("replica");
	scene
		.say("primary", 65_000, `# Disconnecting timedout replica (streaming sync): ${name}`)
		.say("primary", 65_000, `* Connection with replica ${name} lost.`);
	scene
		.say("primary", 70_000, `* Replica ${name} asks for synchronization`)
		.say("primary", 70_000, `* Full resync requested by replica ${name}`);
	expect(scene.tell("primary").of("repl-timeout-too-short")).toEqual([]);
});

test("a replica that notices by its timeout only that the primary has closed it long ago", () => {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.grant("replica", "primary", 1000, null, `${idA}:0`);
	const replica = scene.address("replica");
	scene.say(
		"primary",
		5000,
		`# Client id=5 addr=${replica} fd=8 name= age=4 idle=0 flags=S obl=0 oll=64 omem=268442072 cmd=psync scheduled to be closed ASAP for overcoming of output buffer limits.`,
	);
	scene.say("primary", 5001, `* Connection with replica ${replica} lost.`).say("replica", 65_000, timeout);
	const told = scene.tell();
	expect(told.of("repl-timeout-too-short")).toEqual([]);
	expect(told.of("output-buffer-limit-too-small")).toHaveLength(1);
});

import { expect, test } from "vitest";
import { idA, Scene, tellLogs } from "./scene.ts";

const start = (): Scene =>
	new Scene().node("primary", "M").node("replica", "S").full("replica", "primary", 1000, null, `${idA}:0`);

/** The replica gives the primary up, can connect, and waits for an answer. */
function primaryStalls(scene: Scene, from: number, to: number): Scene {
	const [primary, replica] = [scene.address("primary"), scene.address("replica")];
	scene
		.say("replica", from, "# MASTER timeout: no data nor PING received...")
		.say("replica", from, "* Connection with master lost.");
	scene
		.say("replica", from, "* Caching the disconnected master state.")
		.say("replica", from, `* Reconnecting to MASTER ${primary}`);
	scene
		.say("replica", from, "* MASTER <-> REPLICA sync started")
		.say("replica", from + 1, "* Non blocking connect for SYNC fired the event.");
	scene.say("primary", to, `* Connection with replica ${replica} lost.`);
	scene.say("replica", to, "* Master replied to PING, replication can continue...");
	scene.say("replica", to, `* Trying a partial resynchronization (request ${idA}:1).`);
	scene.say("primary", to, `* Replica ${replica} asks for synchronization`);
	scene.say(
		"primary",
		to,
		`* Partial resynchronization request from ${replica} accepted. Sending 0 bytes of backlog starting from offset 1.`,
	);
	scene.say("replica", to + 1, "* Successful partial resynchronization with master.");
	return scene.say(
		"replica",
		to + 1,
		"* MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization.",
	);
}

/** The primary gives the replica up, which notices only later. */
function replicaStalls(scene: Scene, from: number, to: number): Scene {
	const replica = scene.address("replica");
	scene.say("primary", from, `# Disconnecting timedout replica (streaming sync): ${replica}`);
	scene.say("primary", from, `* Connection with replica ${replica} lost.`);
	scene
		.say("replica", to, "* Connection with master lost.")
		.say("replica", to, "* Caching the disconnected master state.");
	return scene.partial("replica", "primary", to + 1, `${idA}:1`);
}

test("a primary that accepts connections and does not answer", () => {
	const scene = primaryStalls(start(), 60_000, 96_000);
	const [finding, ...rest] = scene.tell().of("server-stalled");
	expect(rest).toEqual([]);
	expect(finding).toMatchObject({ severity: "warning", node: "primary", resyncs: [2] });
	expect(finding?.facts).toMatchObject({ stalls: 1, role: "primary", atLeastMs: 36_000, silentMs: 94_900 });
	expect(scene.tell("replica").of("server-stalled")[0]).toMatchObject({
		node: scene.address("primary"),
		facts: { role: "primary", silentMs: null },
	});
});

test("a replica that notices late", () => {
	const [finding] = replicaStalls(start(), 60_000, 65_000).tell().of("server-stalled");
	expect(finding).toMatchObject({ node: "replica", facts: { role: "replica", atLeastMs: 5000, stalls: 1 } });
});

test("several stalls of one server are one finding", () => {
	const scene = start();
	for (const at of [60_000, 160_000, 260_000]) replicaStalls(scene, at, at + 2000);
	const findings = scene.tell().of("server-stalled");
	expect(findings).toHaveLength(1);
	expect(findings[0]).toMatchObject({ resyncs: [2, 3, 4], facts: { stalls: 3, atLeastMs: 2000 } });
	expect(scene.tell().of("link-flapping")).toEqual([]);
});

test("a restart explains the silence, and so does a primary that cannot be reached", () => {
	const scene = start();
	const replica = scene.address("replica");
	scene
		.say("primary", 60_000, `# Disconnecting timedout replica (streaming sync): ${replica}`)
		.say("primary", 60_000, `* Connection with replica ${replica} lost.`);
	scene.start("replica", 65_000).full("replica", "primary", 65_010, null, `${idA}:500`);
	expect(scene.tell().of("server-stalled")).toEqual([]);
	const cut = start();
	cut
		.say("replica", 60_000, "# MASTER timeout: no data nor PING received...")
		.say("replica", 60_000, "* Connection with master lost.");
	cut
		.say("replica", 60_000, `* Reconnecting to MASTER ${cut.address("primary")}`)
		.say("replica", 60_000, "* MASTER <-> REPLICA sync started");
	cut.say("replica", 65_000, "# Error condition on socket for SYNC: No route to host");
	cut.partial("replica", "primary", 70_000, `${idA}:1`);
	expect(cut.tell().of("server-stalled")).toEqual([]);
});

test("a timeout after which the answer comes at once is a quiet network", () => {
	const scene = start();
	scene
		.say("replica", 60_000, "# MASTER timeout: no data nor PING received...")
		.lose("replica", "primary", 60_000);
	scene.partial("replica", "primary", 60_001, `${idA}:1`);
	expect(scene.tell().of("server-stalled")).toEqual([]);
});

test("both ends give up in one instant and a Sentinel's time jumps: the host stood still", () => {
	const told = tellLogs({
		"primary.log": `1:M 30 Dec 2026 08:00:50.340 # Disconnecting timedout slave: 172.20.0.4:6379
			1:M 30 Dec 2026 08:00:50.340 # Connection with slave 172.20.0.4:6379 lost.
			1:M 30 Dec 2026 08:00:50.660 * Slave 172.20.0.4:6379 asks for synchronization
			1:M 30 Dec 2026 08:00:50.660 * Partial resynchronization request from 172.20.0.4:6379 accepted. Sending 152 bytes of backlog starting from offset 20564.`,
		"replica.log": `1:S 30 Dec 2026 08:00:50.340 # Connection with master lost.
			1:S 30 Dec 2026 08:00:50.340 * Caching the disconnected master state.
			1:S 30 Dec 2026 08:00:50.651 * Connecting to MASTER 172.20.0.2:6379
			1:S 30 Dec 2026 08:00:50.652 * MASTER <-> SLAVE sync started
			1:S 30 Dec 2026 08:00:50.660 * Trying a partial resynchronization (request ${idA}:20564).
			1:S 30 Dec 2026 08:00:50.662 * Successful partial resynchronization with master.
			1:S 30 Dec 2026 08:00:50.662 * MASTER <-> SLAVE sync: Master accepted a Partial Resynchronization.`,
		"sentinel.log": `11:X 30 Dec 2026 08:00:50.339 # +tilt #tilt mode entered
			11:X 30 Dec 2026 08:01:20.368 # -tilt #tilt mode exited`,
	});
	const [finding] = told.of("server-stalled");
	expect(finding?.node).toBeUndefined();
	expect(finding?.facts).toMatchObject({ role: "host", tilt: 1, atLeastMs: null });
	expect(finding?.text).toContain("not the network");
});

import { expect, test } from "vitest";
import { idA, Scene } from "./scene.ts";

const off =
	"* Master is currently unable to PSYNC but should be in the future: -NOMASTERLINK Can't SYNC while not connected with my master";

/** One try that is put off because the node asked has no link itself. */
function putOff(scene: Scene, replica: string, address: string, at: number): Scene {
	scene
		.say(replica, at, `* Connecting to MASTER ${address}`)
		.say(replica, at, "* MASTER <-> REPLICA sync started");
	scene
		.say(replica, at, "* Non blocking connect for SYNC fired the event.")
		.say(replica, at, "* Master replied to PING, replication can continue...");
	return scene
		.say(replica, at, `* Trying a partial resynchronization (request ${idA}:1).`)
		.say(replica, at, off);
}

test("a node that replicates from itself", () => {
	const scene = new Scene().node("node", "M");
	const own = scene.address("node");
	scene.demote("node", 1000, own, `id=5 addr=10.0.0.9:33548 laddr=${own} name= cmd=replicaof`);
	for (const at of [1010, 2010, 3010]) putOff(scene, "node", own, at);
	scene.promote("node", 4000, idA, 1, "b".repeat(40));
	const [finding, ...rest] = scene.tell().of("no-primary");
	expect(rest).toEqual([]);
	expect(finding).toMatchObject({
		severity: "critical",
		node: "node",
		facts: { kind: "itself", tries: 3, endedBy: "promotion" },
	});
	expect(finding?.text).toContain("until it was promoted");
});

test("nodes that replicate from each other", () => {
	const scene = new Scene().node("a", "S").node("b", "S");
	for (const at of [1000, 2000, 3000])
		putOff(putOff(scene, "a", scene.address("b"), at), "b", scene.address("a"), at + 100);
	const [finding, ...rest] = scene.tell().of("no-primary");
	expect(rest).toEqual([]);
	expect(finding).toMatchObject({
		severity: "critical",
		resyncs: [1, 2],
		facts: { kind: "circle", tries: 6, circle: "a → b → a" },
	});
});

test("an upstream without a link, of which nothing else is known", () => {
	const scene = new Scene().node("replica", "S");
	for (const at of [1000, 2000, 3000]) putOff(scene, "replica", "10.0.0.99:6379", at);
	expect(scene.tell().of("no-primary")[0]).toMatchObject({
		severity: "warning",
		facts: { kind: "upstream", upstream: "10.0.0.99:6379", tries: 3 },
	});
});

test("a chain that is interrupted for a moment has a primary all the same", () => {
	const scene = new Scene().node("primary", "M").node("middle", "S").node("leaf", "S");
	scene.full("middle", "primary", 1000, null, `${idA}:0`).full("leaf", "middle", 2000, null, `${idA}:0`);
	scene.lose("middle", "primary", 60_000).lose("leaf", "middle", 60_000);
	for (const at of [60_100, 61_100, 62_100]) putOff(scene, "leaf", scene.address("middle"), at);
	scene.partial("middle", "primary", 62_500, `${idA}:100`).partial("leaf", "middle", 63_100, `${idA}:100`);
	expect(scene.tell().of("no-primary")).toEqual([]);
});

import { expect, test } from "vitest";
import { idA, Scene } from "./scene.ts";

function losing(times: number, every: number, replicas: readonly string[] = ["replica"]): Scene {
	const scene = new Scene().node("primary", "M");
	for (const replica of replicas) scene.node(replica, "S").full(replica, "primary", 1000, null, `${idA}:0`);
	for (let i = 1; i <= times; i++) {
		for (const replica of replicas) {
			scene
				.lose(replica, "primary", 5000 + i * every)
				.partial(replica, "primary", 5010 + i * every, `${idA}:${i * 100}`);
		}
	}
	return scene;
}

test("three losses within seconds are flapping", () => {
	const [finding] = losing(3, 1300).tell().of("link-flapping");
	expect(finding).toMatchObject({ severity: "warning", node: "replica", resyncs: [2, 3, 4] });
	expect(finding?.facts).toMatchObject({
		losses: 3,
		partial: 3,
		full: 0,
		periodMs: 1300,
		downMs: 30,
		reasons: "3 × link-closed",
	});
	expect(finding?.text).toContain("the link broke 3 times");
});

test("two are not, nor are three in an hour", () => {
	expect(losing(2, 1300).tell().of("link-flapping")).toEqual([]);
	expect(losing(3, 1_200_000).tell().of("link-flapping")).toEqual([]);
});

test("replicas that lose it at the same moments are one finding about the primary", () => {
	const findings = losing(4, 2000, ["r1", "r2", "r3"]).tell().of("link-flapping");
	expect(findings).toHaveLength(1);
	expect(findings[0]).toMatchObject({ node: "primary", facts: { losses: 12, replicas: 3, sameMoment: 4 } });
	expect(findings[0]?.remedy[0]).toContain("primary's host");
});

test("losses that a restart explains do not count", () => {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.full("replica", "primary", 1000, null, `${idA}:0`);
	for (const at of [10_000, 20_000, 30_000]) {
		scene
			.say("replica", at, "# Redis is now ready to exit, bye bye...")
			.say("primary", at, `* Connection with replica ${scene.address("replica")} lost.`);
		scene.start("replica", at + 500).full("replica", "primary", at + 600, null, `${idA}:${at}`);
	}
	expect(scene.tell().of("link-flapping")).toEqual([]);
});

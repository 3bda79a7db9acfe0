import { expect, test } from "vitest";
import { idA, Scene } from "./scene.ts";

function storm(rounds: number, upMs: number): Scene {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.full("replica", "primary", 1000, null, `${idA}:0`);
	for (let i = 0; i < rounds; i++) {
		const at = 5000 + i * (upMs + 4);
		scene.lose("replica", "primary", at).partial("replica", "primary", at + 4, `${idA}:100`, 250);
	}
	return scene;
}

test("a link that breaks whenever it stands is a loop, and no flapping", () => {
	const told = storm(20, 2).tell();
	const [loop, ...rest] = told.of("partial-resync-loop");
	expect(rest).toEqual([]);
	expect(loop).toMatchObject({
		severity: "warning",
		node: "replica",
		facts: { rounds: 20, periodMs: 6, upMs: 2, sentBytes: 5000 },
	});
	expect(loop?.resyncs).toHaveLength(20);
	expect(told.of("link-flapping")).toEqual([]);
});

test("the primary's log alone shows it, with its own write errors", () => {
	const scene = storm(8, 2).say("primary", 5010, "- Error writing to client: (null)");
	const [loop] = scene.tell("primary").of("partial-resync-loop");
	expect(loop).toMatchObject({ facts: { rounds: 8, writeErrors: 1 } });
	expect(loop?.remedy[0]).toContain("TLS");
});

test("hundreds of rounds are critical", () => {
	expect(storm(200, 2).tell().of("partial-resync-loop")[0]?.severity).toBe("critical");
});

test("a link that stands for a while each time is none", () => {
	expect(storm(8, 5000).tell().of("partial-resync-loop")).toEqual([]);
});

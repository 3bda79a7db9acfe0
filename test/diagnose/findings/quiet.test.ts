import { expect, test } from "vitest";
import { idA, idB, Scene } from "./scene.ts";

test("a clean first sync raises nothing", () => {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.full("replica", "primary", 1000, null, `${idA}:0`);
	expect(scene.tell().findings).toEqual([]);
	expect(scene.tell("replica").findings).toEqual([]);
	expect(scene.tell("primary").findings).toEqual([]);
});

test("neither does a single lost link", () => {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.full("replica", "primary", 1000, null, `${idA}:0`);
	scene.lose("replica", "primary", 20_000).partial("replica", "primary", 20_010, `${idA}:500`, 14);
	expect(scene.tell().findings).toEqual([]);
});

test("nor a handover in which everybody continues", () => {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.full("replica", "primary", 1000, null, `${idA}:0`);
	scene.promote("replica", 5000, idA, 101, idB).demote("primary", 5100, scene.address("replica"));
	scene.partial("primary", "replica", 5110, `${idA}:101`, 0, idB);
	expect(scene.tell().findings).toEqual([]);
});

test("nor a primary that is stopped and comes back with its history", () => {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.full("replica", "primary", 1000, null, `${idA}:0`);
	scene
		.say("primary", 5000, "* User requested shutdown...")
		.say("primary", 5001, "* Saving the final RDB snapshot before exiting.");
	scene
		.say("primary", 5002, "* DB saved on disk")
		.lose("replica", "primary", 5003)
		.say("primary", 5004, "# Redis is now ready to exit, bye bye...");
	scene.start("primary", 6000, "* RDB age 1 seconds", "* DB loaded from disk: 0.001 seconds");
	scene.partial("replica", "primary", 6500, `${idA}:15`, 0, idB);
	expect(scene.tell().findings).toEqual([]);
});

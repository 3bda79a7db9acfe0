import { describe, expect, test } from "vitest";
import { limitOf } from "../../../src/diagnose/findings/buffer-kills.ts";
import { idA, Scene } from "./scene.ts";

const mib = 1024 ** 2;

describe("which limit was hit, by the number of bytes", () => {
	test.each([
		["just above the default hard limit", 268_442_072, 469, "hard", 256 * mib],
		["just above a raised one", 1_073_744_760, 30, "hard", 1024 * mib],
		["just above a very large one", 68_719_730_600, 900, "hard", 65_536 * mib],
		["just above a small one", 1_052_672, 0, "hard", mib],
		["just above a plain number", 1_000_029, 1, "hard", 1_000_000],
		["between the defaults, for longer than 60 s", 95_797_745, 194, "soft", 64 * mib],
		["between the defaults, with nothing said of the time", 98_005_232, null, "soft", 64 * mib],
		["between the defaults, too soon for the soft one", 95_797_745, 20, null, null],
		["nowhere near any", 1_245_772_888, 259_258, null, null],
		["not known", null, 10, null, null],
	] as const)("%s", (_, bytes, age, kind, limit) => {
		expect(limitOf(bytes, age)).toEqual({ kind, bytes: limit });
	});
});

const kill = (scene: Scene, omem: number, age: number): string =>
	`# Client id=5 addr=${scene.address("replica")} fd=8 name= age=${age} idle=0 flags=S db=0 obl=0 oll=64 omem=${omem} events=r cmd=psync scheduled to be closed ASAP for overcoming of output buffer limits.`;

/** A synchronisation that is killed half a second after its snapshot began, and one of two seconds that holds. */
function killed(): Scene {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.grant("replica", "primary", 1000, null, `${idA}:0`);
	scene
		.say("primary", 1500, kill(scene, mib + 4096, 0))
		.say("primary", 1501, `* Connection with replica ${scene.address("replica")} lost.`);
	scene.say("replica", 1501, "# I/O error reading bulk count from MASTER: Success");
	return scene.full("replica", "primary", 2000, null, `${idA}:5000000`, undefined, 2000);
}

test("the growth, and the limit that would have held through a whole synchronisation", () => {
	const [finding, ...rest] = killed().tell().of("output-buffer-limit-too-small");
	expect(rest).toEqual([]);
	expect(finding).toMatchObject({ severity: "warning", node: "primary", resyncs: [1] });
	expect(finding?.facts).toMatchObject({
		kills: 1,
		limit: "hard",
		limitBytes: mib,
		bytes: mib + 4096,
		bytesPerSecond: 2 * (mib + 4096),
		syncMs: 2000,
		neededBytes: 4 * (mib + 4096),
	});
	expect(finding?.remedy[0]).toBe(
		'CONFIG SET client-output-buffer-limit "replica 9mb 9mb 60" on the primary (twice what that synchronisation needed), and in its configuration file.',
	);
});

test("the replica's log alone cannot tell", () => {
	expect(killed().tell("replica").of("output-buffer-limit-too-small")).toEqual([]);
});

test("the soft limit is said to be the soft one, and repeated kills are critical", () => {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.full("replica", "primary", 1000, null, `${idA}:0`);
	for (let i = 1; i <= 3; i++) {
		const at = 1000 + i * 180_000;
		scene.say("primary", at, kill(scene, 95_000_000 + i * 100_000, 170)).lose("replica", "primary", at + 1);
		scene.full(
			"replica",
			"primary",
			at + 1000,
			`${idA}:${i * 1e6}`,
			`${idA}:${i * 1e6 + 2e8}`,
			`Unable to partial resync with replica ${scene.address("replica")} for lack of backlog (Replica request was: ${i * 1e6}).`,
		);
	}
	const [finding] = scene.tell().of("output-buffer-limit-too-small");
	expect(finding).toMatchObject({
		severity: "critical",
		facts: { kills: 3, limit: "soft", softSeconds: 60, sameSize: 1 },
	});
	expect(finding?.text).toContain("3 times");
	expect(finding?.remedy.join(" ")).toContain("raising the hard one alone does not help");
});

test("ordinary clients that are closed are none of it", () => {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.full("replica", "primary", 1000, null, `${idA}:0`);
	scene.say(
		"primary",
		5000,
		"# Client id=7 addr=10.0.0.9:1 fd=8 name= age=9 idle=0 flags=N omem=1052672 cmd=monitor closed for overcoming of output buffer limits.",
	);
	expect(scene.tell().findings).toEqual([]);
});

import { expect, test } from "vitest";
import { idA, Scene } from "./scene.ts";

const mib = 1024 ** 2;

/** Outages of five seconds in which the primary writes so much. */
function missing(...sizes: number[]): Scene {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.full("replica", "primary", 1000, null, `${idA}:0`);
	let offset = 1000;
	for (const [i, size] of sizes.entries()) {
		const at = 600_000 * (i + 1);
		scene.lose("replica", "primary", at);
		scene.full(
			"replica",
			"primary",
			at + 5000,
			`${idA}:${offset}`,
			`${idA}:${offset + size - 1}`,
			`Unable to partial resync with replica ${scene.address("replica")} for lack of backlog (Replica request was: ${offset}).`,
		);
		offset += size + 10_000;
	}
	return scene;
}

test("the size that would have sufficed, and the write rate", () => {
	const [finding, ...rest] = missing(5_420_292).tell().of("backlog-too-small");
	expect(rest).toEqual([]);
	expect(finding).toMatchObject({ severity: "warning", node: "primary", resyncs: [2] });
	expect(finding?.facts).toMatchObject({
		full: 1,
		sized: 1,
		enoughBytes: 5_420_292,
		kneeBytes: 5_420_292,
		bound: 0,
		longestAwayMs: 5000,
	});
	expect(finding?.remedy[0]).toContain("repl-backlog-size 11mb");
});

test("which size makes how many partial, with the bend of the curve", () => {
	const [finding] = missing(2 * mib, 3 * mib, 2 * mib, 200 * mib)
		.tell()
		.of("backlog-too-small");
	expect(finding?.facts).toMatchObject({
		full: 4,
		sized: 4,
		enoughBytes: 200 * mib,
		kneeBytes: 3 * mib,
		kneeSpares: 3,
		table: "2mb: 2, 4mb: 3, 256mb: 4",
	});
	expect(finding?.text).toContain("3.00 MiB would have made 3 of 4 partial, 200 MiB all");
	expect(finding?.remedy[1]).toContain("6mb already spares 3 of 4");
});

test("works from the replica's log alone", () => {
	const [finding] = missing(5_420_292).tell("replica").of("backlog-too-small");
	expect(finding?.facts).toMatchObject({ enoughBytes: 5_420_292, bound: 0 });
});

test("from the primary's log alone the next request gives a bound", () => {
	const [finding] = missing(2 * mib, 3 * mib)
		.tell("primary")
		.of("backlog-too-small");
	expect(finding?.facts).toMatchObject({ full: 2, sized: 1, bound: 1, enoughBytes: 2 * mib + 10_000 });
	expect(finding?.text).toContain("at most");
});

test("a backlog that holds more at other times was emptied, and no size would have helped", () => {
	const scene = missing(100_000).lose("replica", "primary", 2_000_000);
	scene.partial("replica", "primary", 2_000_010, `${idA}:300000`, 900_000);
	expect(scene.tell().of("backlog-too-small")).toEqual([]);
});

test("no backlog is smaller than 16 KiB: fewer bytes had left it for another reason", () => {
	expect(missing(50).tell().of("backlog-too-small")).toEqual([]);
});

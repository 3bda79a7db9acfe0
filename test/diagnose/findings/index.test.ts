import { describe, expect, test } from "vitest";
import { findings } from "../../../src/diagnose/findings/index.ts";
import { findingCodes } from "../../../src/model/report.ts";
import { idA, idB, Scene } from "./scene.ts";

test("every finding of the contract has one rule", () => {
	expect(findings.map((rule) => rule.code).sort()).toEqual([...findingCodes].sort());
});

test("the list cannot be changed", () => {
	expect(Object.isFrozen(findings)).toBe(true);
});

describe("the runner", () => {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.full("replica", "primary", 1000, null, `${idA}:0`);
	for (const i of [1, 2, 3]) {
		scene
			.lose("replica", "primary", 10_000 * i)
			.partial("replica", "primary", 10_000 * i + 5, `${idA}:${i * 100}`);
	}
	scene.promote("replica", 60_000, idA, 301, idB).demote("primary", 70_000, scene.address("replica"));
	scene.full(
		"primary",
		"replica",
		70_010,
		`${idA}:90301`,
		`${idB}:301`,
		"Partial resynchronization not accepted: Requested offset for second ID was 90301, but I can reply up to 301",
	);

	test("puts what alarms most first, and what comes first before the rest", () => {
		const told = scene.tell().findings.map((f) => `${f.severity} ${f.code}`);
		expect(told).toEqual([
			"critical split-brain",
			"critical data-discarded",
			"warning link-flapping",
			"warning failover-needs-full-resync",
		]);
	});

	test("says the same whatever the order of the inputs", () => {
		expect(JSON.stringify(scene.tell("replica", "primary").findings)).toBe(
			JSON.stringify(scene.tell("primary", "replica").findings),
		);
	});

	test("numbers each resync once, in order, and shows lines for everything it says", () => {
		for (const finding of scene.tell().findings) {
			expect(finding.resyncs).toEqual([...new Set(finding.resyncs)].sort((a, b) => a - b));
			expect(finding.evidence.length).toBeGreaterThan(0);
			expect(finding.text).not.toBe("");
			expect(finding.remedy.length).toBeGreaterThan(0);
			expect(finding.text + finding.remedy.join(" ")).not.toMatch(/undefined|NaN|null|Infinity/);
		}
	});

	test("leaves the node out where several are meant", () => {
		for (const finding of scene.tell().findings)
			expect(Object.hasOwn(finding, "node")).toBe(finding.node !== undefined);
	});
});

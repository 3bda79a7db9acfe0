import { expect, test } from "vitest";
import { available } from "./harness/available.ts";
import { disagreements, type Truth } from "./harness/judge.ts";
import { Stage } from "./harness/scenario.ts";

/** Ways in which rlog and the servers could disagree: each must be noticed. */
const forgeries: readonly (readonly [name: string, forge: (truth: Truth) => Partial<Truth>])[] = [
	["an outage more", ({ expected }) => ({ expected: [...expected, ...expected.slice(1)] })],
	["an outage less", ({ expected }) => ({ expected: expected.slice(1) })],
	["another verdict", ({ expected }) => ({ expected: expected.map((e) => ({ ...e, verdict: "full" })) })],
	["another cause", ({ expected }) => ({ expected: expected.map((e) => ({ ...e, cause: "first-sync" })) })],
	["another trigger", ({ expected }) => ({ expected: expected.map((e) => ({ ...e, trigger: "link-closed" })) })],
	["another primary", ({ expected }) => ({ expected: expected.map((e) => ({ ...e, primary: "r" })) })],
	["a failed try", ({ expected }) => ({ expected: expected.map((e) => ({ ...e, failed: ["primary-loading"] })) })],
	["a finding", () => ({ findings: ["data-discarded"] })],
	["a full resync counted", () => ({ counters: new Map([["p", { full: 2, partial: 1, refused: 0 }]]) })],
	["a partial resync counted", () => ({ counters: new Map([["p", { full: 1, partial: 2, refused: 0 }]]) })],
	["a refusal counted", () => ({ counters: new Map([["p", { full: 1, partial: 1, refused: 1 }]]) })],
];

test.skipIf(available.missing !== null)("the judge notices what does not agree", async ({ onTestFinished }) => {
	const stage = new Stage();
	onTestFinished(() => stage.close());
	const p = await stage.primary("p");
	await stage.replica("r", p);
	await p.call("CLIENT", "KILL", "TYPE", "replica");
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: "within-backlog", trigger: "link-closed",
	});
	const truth = await stage.truth();
	expect(await disagreements(truth)).toEqual([]);
	for (const [name, forge] of forgeries) {
		expect(await disagreements({ ...truth, ...forge(truth) }), name).not.toEqual([]);
	}
});

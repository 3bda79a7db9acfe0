import { describe, expect, test } from "vitest";
import { analyze } from "../../src/index.ts";
import type { Report } from "../../src/model/report.ts";
import { primaryLog, replicaLog } from "../cli/logs.ts";

const report = async (files: Readonly<Record<string, string>>): Promise<Report> =>
	(await analyze(Object.entries(files).map(([name, data]) => ({ name, data })))).report;
const told = ({ nodes, resyncs, findings }: Report): unknown => [
	nodes.map(({ name }) => name),
	resyncs.map(({ verdict, cause, trigger }) => [verdict, cause.code, cause.proof, trigger.code]),
	findings.map(({ code, text }) => [code, text]),
];
const lines = primaryLog.trimEnd().split("\n");
const part = (from: number, to: number): string => `${lines.slice(from, to).join("\n")}\n`;

describe("files of one log that show the same lines are one log", () => {
	const half = Math.floor(lines.length / 2);
	test.each([
		[
			"one goes on within the other",
			{ "primary.log.1": part(0, half + 5), "primary.log": part(half - 5, lines.length) },
		],
		[
			"one ends where the other begins",
			{ "primary.log.1": part(0, half), "primary.log": part(half, lines.length) },
		],
		["one is an earlier copy", { "primary.log": primaryLog, "saved.log": part(0, half) }],
		["one is the same", { "primary.log": primaryLog, "same.log": primaryLog }],
		["one is a part", { "primary.log": primaryLog, "excerpt.log": part(4, half) }],
		[
			"three of them",
			{
				"primary.log.2": part(0, 12),
				"primary.log.1": part(6, half + 5),
				"primary.log": part(half, lines.length),
			},
		],
	])("%s", async (_, files) => {
		const whole = await report({ "primary.log": primaryLog, "replica.log": replicaLog });
		const parts = await report({ ...files, "replica.log": replicaLog });
		expect(told(parts)).toEqual(told(whole));
		const events = (of: Report): number => of.inputs.reduce((n, input) => n + input.events, 0);
		expect(events(parts)).toBe(events(whole));
		// What was cut is said, and every line is accounted for all the same.
		const cut = parts.inputs.filter(({ events: own, recognised }) => own < recognised);
		expect(cut.every(({ wrapper }) => wrapper === "repeated")).toBe(true);
		for (const { lines: all, recognised, other, unrecognised } of parts.inputs)
			expect(recognised + other + unrecognised).toBe(all);
	});
});

describe("what is not the same stays two", () => {
	test.each([
		["another process", primaryLog.replaceAll("9884:", "9885:")],
		["another time", primaryLog.replace(/(20:29:\d\d\.)(\d)/g, (_, a, b) => `${a}${(Number(b) + 1) % 10}`)],
		["a line that differs on the way", primaryLog.replace("target: disk", "target: replicas sockets")],
	])("%s", async (_, other) => {
		expect(other).not.toBe(primaryLog);
		const { inputs } = await report({ "a.log": primaryLog, "b.log": other });
		expect(inputs.map(({ wrapper }) => wrapper)).toEqual([null, null]);
	});

	test("containers, where every process is number 1", async () => {
		const container = primaryLog.replaceAll("9884:", "1:");
		expect(
			(await report({ "a.log": container, "b.log": container })).inputs.map(({ wrapper }) => wrapper),
		).toEqual([null, null]);
		const named = `${container
			.trimEnd()
			.split("\n")
			.map((line) => `redis-0  | ${line}`)
			.join("\n")}\n`;
		const { inputs, nodes } = await report({ "a.log": named, "b.log": named });
		expect(inputs.map(({ wrapper }) => wrapper)).toEqual(["compose", "compose, repeated"]);
		expect(nodes.filter(({ lives }) => lives.length > 0).map(({ name }) => name)).toEqual(["redis-0"]);
	});
});

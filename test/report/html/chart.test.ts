import { expect, test } from "vitest";
import type { Report, ReportNode } from "../../../src/model/report.ts";
import { chart, type Drawing, type Shape } from "../../../src/report/html/chart.ts";
import { lanesOf, pageData } from "../../../src/report/html/data.ts";
import { laneStates, segmentsOf } from "../../../src/report/html/lanes.ts";
import { h, scriptJson, toHtml } from "../../../src/report/html/tree.ts";
import { nodes, overrun, resync, sample } from "../sample.ts";
import { many, withInfo } from "./samples.ts";

const draw = (report: Report, width = 1000): Drawing => {
	const data = pageData(report, [], 0);
	return chart(data, { from: data.from, to: data.to, width });
};
const all = (shapes: readonly Shape[]): Shape[] =>
	shapes.flatMap((shape) => [shape, ...all(shape.children ?? [])]);
const at = (second: number): string =>
	new Date(Date.parse("2026-11-21T19:58:00.000Z") + second * 1000).toISOString();
const seconds = (ms: number): number => (ms - Date.parse(at(0))) / 1000;

function states(report: Report, node: ReportNode): string[] {
	return segmentsOf(report, node, false).map(
		([from, to, state]) => `${laneStates[state]} ${seconds(from)}–${seconds(to)}`,
	);
}

const primary = nodes[0] as ReportNode;
const replica = nodes[1] as ReportNode;
const spanning = (node: string, from: number, to: number): Report["inputs"] =>
	sample.inputs.map((input) => ({ ...input, node, from: at(from), to: at(to) }));

test("a replica's lane: online, down, synchronising, online", () => {
	const node = { ...replica, roles: [{ role: "replica" as const, from: at(0) }], lives: [] };
	const one = { ...overrun, lostAt: at(3), askedAt: at(5), decidedAt: at(5), onlineAt: at(8), phases: [] };
	const report = { ...sample, inputs: spanning("n2", 0, 20), resyncs: [one] };
	expect(states(report, node)).toEqual(["online 0–3", "down 3–5", "syncing 5–8", "online 8–20"]);
	expect(states({ ...report, resyncs: [{ ...one, onlineAt: null, verdict: "open" }] }, node).at(-1)).toBe(
		"down 3–20",
	);
});

test("a lane of more outages than a call takes arguments", () => {
	const node = { ...replica, roles: [{ role: "replica" as const, from: at(0) }], lives: [] };
	const count = 100_000;
	const resyncs = Array.from({ length: count }, (_, i) => ({ ...overrun, lostAt: at(i), askedAt: at(i), decidedAt: at(i), onlineAt: at(i + 0.5), phases: [] }));
	const report = { ...sample, inputs: spanning("n2", 0, count), resyncs };
	expect(segmentsOf(report, node, false).length).toBeGreaterThanOrEqual(2 * count);
});

test("a lane's roles and the time that its process was gone", () => {
	const node: ReportNode = {
		...primary,
		roles: [
			{ role: "primary", from: at(1) },
			{ role: "replica", from: at(12) },
		],
		lives: [
			{ pid: 1, version: null, startedAt: null, endedAt: at(4), end: "shutdown" },
			{ pid: 2, version: null, startedAt: at(6), endedAt: null, end: "log-ends" },
		],
	};
	expect(states({ ...sample, inputs: spanning("n1", 0, 20), resyncs: [] }, node)).toEqual([
		"log 0–1",
		"primary 1–4",
		"stopped 4–6",
		"primary 6–12",
		"online 12–20",
	]);
});

test("a role that only shows in passing is none", () => {
	const roles = [
		{ role: "replica" as const, from: at(0) },
		{ role: "primary" as const, from: at(5) },
		{ role: "replica" as const, from: at(5.001) },
	];
	expect(
		states({ ...sample, inputs: spanning("n2", 0, 9), resyncs: [] }, { ...replica, roles, lives: [] }),
	).toEqual(["online 0–9"]);
});

test("each resync, line and finding can be chosen, and says what it is", () => {
	const { items } = draw(sample);
	const ids = (kind: string): number[] =>
		items.filter((item) => item.kind === kind).flatMap((item) => [...item.ids]);
	expect(ids("resync").sort((a, b) => a - b)).toEqual(sample.resyncs.map(({ id }) => id));
	expect(ids("finding")).toEqual([0]);
	expect(items.every(({ label }) => label.length > 5)).toBe(true);
	expect(items.map(({ label }) => label)).toContain("Resync #7: full, backlog-overrun, replica ← primary");
});

test("a verdict shows by shape and label, not by colour alone", () => {
	const verdicts = ["full", "partial", "failed", "open"] as const;
	const resyncs = verdicts.map((verdict, i) => resync(i + 1, { verdict }));
	const { shapes } = draw({ ...sample, resyncs, findings: [], inputs: [] }, 3000);
	const marks = shapes.filter(({ attributes }) => /\bresync\b/.test(String(attributes["class"])));
	const drawn = marks.map(({ children = [] }) =>
		children.find(({ attributes }) => String(attributes["class"]).startsWith("mark")),
	);
	expect(new Set(drawn.map((mark) => `${mark?.tag} ${mark?.attributes["class"]}`)).size).toBe(4);
	const notes = all(shapes)
		.filter(({ attributes }) => attributes["class"] === "note")
		.map(({ text }) => text);
	expect(notes).toEqual(verdicts.map((verdict, i) => `#${i + 1} ${verdict}`));
});

test("ten thousand resyncs are drawn as some hundred, each of them counted", () => {
	const report = many(10_000);
	const { shapes, items } = draw(report);
	expect(all(shapes).length).toBeLessThan(6000);
	expect(items.filter(({ kind }) => kind === "resync").flatMap(({ ids }) => ids)).toHaveLength(10_000);
});

test("nothing is drawn outside of the picture, however narrow it is", () => {
	for (const width of [280, 1000]) {
		const { shapes, height } = draw(withInfo, width);
		for (const { attributes } of all(shapes)) {
			for (const [name, value] of Object.entries(attributes)) {
				if (/^(x|x1|x2|cx)$/.test(name)) expect(Number(value)).toBeLessThanOrEqual(width);
				if (/^(y|y1|y2|cy)$/.test(name)) expect(Number(value)).toBeLessThanOrEqual(height);
				if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
				else expect(value).not.toMatch(/NaN|undefined|Infinity/);
			}
		}
	}
});

test("INFO is drawn as lines: offsets, the backlog's reach, lag", () => {
	const text = all(draw(withInfo).shapes).flatMap((shape) => shape.text ?? []);
	for (const label of [
		"INFO: offsets and backlog",
		"INFO: lag in seconds",
		"primary offset 5,000,000",
		"primary backlog from 3,951,425",
		"replica lag 1",
	]) {
		expect(text).toContain(label);
	}
	expect(
		all(draw(sample).shapes)
			.flatMap((shape) => shape.text ?? [])
			.join(),
	).not.toContain("INFO");
});

test("Sentinels stand below the servers", () => {
	const inputs = [
		{ ...(sample.inputs[0] as Report["inputs"][number]), kind: "sentinel-log" as const },
		sample.inputs[1] as Report["inputs"][number],
	];
	expect(lanesOf({ ...sample, inputs }).map(({ name }) => name)).toEqual(["replica", "primary"]);
});

test("markup is escaped, and leads nowhere but into the page", () => {
	expect(toHtml(h("p", { title: `"'<>&` }, `</p><script>"&'`))).toBe(
		'<p title="&quot;&#39;&lt;&gt;&amp;">&lt;/p&gt;&lt;script&gt;&quot;&amp;&#39;</p>',
	);
	expect(toHtml(h("details", { open: false, hidden: true }, undefined, [["a"], "b"]))).toBe(
		"<details hidden>ab</details>",
	);
	expect(() => h("a", { href: "javascript:alert(1)" })).toThrow();
	expect(scriptJson({ a: "</script><!-- \u2028 &" })).toBe(
		'{"a":"\\u003c/script\\u003e\\u003c!-- \\u2028 \\u0026"}',
	);
});

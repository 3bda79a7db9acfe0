import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { renderReport } from "../../src/report/formats.ts";
import { textWidth } from "../../src/report/text/layout.ts";
import { nothing, overrun, resync, sample } from "./sample.ts";

const text = (report: Report, width = 100, more: { color?: boolean; detail?: "quiet" | "verbose" } = {}) =>
	renderReport(report, "text", { width, ...more });

describe.each([40, 60, 80, 100, 132, 200])("in %d columns", (width) => {
	test.each(["quiet", "normal", "verbose"] as const)("nothing overflows (%s)", async (detail) => {
		const lines = (await renderReport(sample, "text", { width, detail })).split("\n");
		for (const line of lines) expect(textWidth(line), line).toBeLessThanOrEqual(width);
	});
});

test("the answer comes first, then the nodes, the resyncs, the findings and the problems", async () => {
	const lines = await text(sample);
	const places = [
		"7 resyncs of replica",
		"NODE",
		"• #1",
		"✓ #2–#6",
		"✗ #7",
		"Findings",
		"Problems",
		"Read 2 inputs",
	];
	expect(places.map((place) => lines.indexOf(place))).toEqual(
		[...places.map((place) => lines.indexOf(place))].sort((a, b) => a - b),
	);
	expect(lines.startsWith(sample.summary.text)).toBe(false);
	expect(lines.replaceAll("\n", " ").startsWith(sample.summary.text)).toBe(true);
});

test("an ordinary case fits one screen", async () => {
	const ordinary = { ...sample, findings: [], problems: [] };
	expect((await text(ordinary, 100)).split("\n").length).toBeLessThanOrEqual(45);
});

test("it ends with what was read", async () => {
	expect(await text(sample)).toMatch(
		/Read 2 inputs, 134 lines: 128 recognised, 5 other, 1 unrecognised \(replica\.log\)\. Taken off or\s+mended:\s+docker-json\s+\(replica\.log\)\.\n$/,
	);
});

test("without a resync the answer says so", async () => {
	expect(await text(nothing)).toMatch(/^No resync in these logs\.\n/);
});

test("no colour unless asked for, and colour changes nothing but colour", async () => {
	const plain = await text(sample);
	const colored = await text(sample, 100, { color: true });
	expect(plain).not.toContain("\u001b");
	expect(colored).toContain("\u001b[31m");
	expect(stripVTControlCharacters(colored)).toBe(plain);
});

test("nothing from a log reaches the terminal as it is", async () => {
	const evil = "\u001b]0;owned\u0007\u001b[2J\r\n\u202e";
	const evidence = overrun.evidence.map((e) => ({ ...e, text: evil, input: evil }));
	const nodes = sample.nodes.map((node) => ({ ...node, name: evil, addresses: [evil] }));
	const hostile = {
		...sample,
		nodes,
		resyncs: [{ ...overrun, evidence, remedy: [evil], missing: [evil] }],
		problems: [{ code: evil, text: evil }],
	};
	for (const detail of ["quiet", "verbose"] as const) {
		expect((await text(hostile, 80, { detail })).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
	}
	expect((await renderReport(hostile, "lines")).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test("a remedy is given once and pointed at afterwards", async () => {
	const again = { ...overrun, id: 9, replica: "n3", decidedAt: "2026-11-21T22:00:00.000Z" };
	const lines = await text({ ...sample, resyncs: [overrun, again] }, 200);
	expect(lines.split("Set repl-backlog-size").length).toBe(2);
	expect(lines).toContain("→ as for #7");
});

test("times carry their date where the report spans several days", async () => {
	const longer = { ...sample, summary: { ...sample.summary, to: "2026-11-23T01:00:00.000Z" } };
	expect(await text(longer)).toContain("2026-11-21 19:58:10.061");
});

test("times are on the reference node's wall clock", async () => {
	const [first, second] = sample.nodes;
	if (first === undefined || second === undefined) throw new Error("the sample has two nodes");
	const nodes = [{ ...first, clock: { ...first.clock, zone: "+05:30" } }, second];
	const lines = await text({ ...sample, nodes });
	expect(lines).toContain("01:28:10.061");
	expect(lines).toContain("(UTC+05:30, clock of primary)");
});

test("what is not known is said, not left out", async () => {
	const unknown = resync(1, {
		primary: null,
		replica: null,
		askedAt: null,
		decidedAt: null,
		lostAt: null,
		onlineAt: null,
	});
	expect(await text({ ...sample, resyncs: [unknown] })).toContain(
		"time unknown  unknown replica ← unknown primary",
	);
});

test("verbose shows every line of evidence, facts and whole replication IDs", async () => {
	const verbose = await text(sample, 200, { detail: "verbose" });
	expect(verbose).toContain("asked for 2a8775ae13bc7fbb0c5e2b7e7c9fd2d68ab5eb7c:5188");
	expect(verbose).toContain("backlog 1048576");
});

test("one line a resync, a finding and a problem for pipes", async () => {
	const lines = (await renderReport(sample, "lines")).trimEnd().split("\n");
	expect(lines.map((line) => line.split(" ")[0])).toEqual([
		"full",
		"partial",
		"partial",
		"partial",
		"partial",
		"partial",
		"full",
		"warning",
		"problem",
	]);
	expect(await renderReport(nothing, "lines")).toBe("none  No resync in these logs.\n");
});

import { expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { renderReport } from "../../src/report/formats.ts";
import { inContractOrder } from "../../src/report/contract.ts";
import { itemsOf, jsonPieces, toJson } from "../../src/report/json.ts";
import { nothing, sample } from "./sample.ts";

test("the report comes back as it was, keys in the contract's order, a newline at the end", async () => {
	const text = await renderReport(sample, "json");
	expect(JSON.parse(text)).toEqual(sample);
	expect(Object.keys(JSON.parse(text))).toEqual([
		"schemaVersion",
		"generator",
		"inputs",
		"nodes",
		"resyncs",
		"findings",
		"problems",
		"summary",
		"failovers",
		"lineage",
		"ledger",
		"identities",
		"snapshots",
	]);
	expect(text.startsWith('{\n  "schemaVersion": 1,\n')).toBe(true);
	expect(text.endsWith("}\n")).toBe(true);
});

test("the order in which an object was made does not show", async () => {
	const { summary, ...rest } = sample;
	const resyncs = sample.resyncs.map((r) => Object.fromEntries(Object.entries(r).reverse()));
	const other = { summary, ...rest, resyncs } as unknown as Report;
	expect(await renderReport(other, "json")).toBe(await renderReport(sample, "json"));
});

test("nothing in it can steer a terminal", async () => {
	const problems = [{ code: "x", text: "\u001b[2J\u009b\u202e\u2028\u{e0041}" }];
	const text = await renderReport({ ...sample, problems }, "json");
	expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cf}\p{Cc}\p{Zl}]/u);
	expect(JSON.parse(text).problems).toEqual(problems);
});

test.each([
	["a report", sample],
	["an empty one", nothing],
])("%s in pieces is what it is as a whole", async (_, report) => {
	expect(await renderReport(report, "json")).toBe(`${toJson(inContractOrder(report), 2)}\n`);
});

test("any data in pieces is what it is as a whole, however many levels are opened", () => {
	const data = { a: [], b: {}, c: [1, [2, "x\ny"], { d: null, e: undefined }], "f\n": { g: [[], [{}]] } };
	for (const open of [0, 1, 2, 3, 9]) expect([...jsonPieces(data, open)].join("")).toBe(toJson(data, 2));
	const lists = { none: itemsOf([], String), some: itemsOf([1, 2], (n) => ({ n })) };
	expect([...jsonPieces(lists, 1)].join("")).toBe(toJson({ none: [], some: [{ n: 1 }, { n: 2 }] }, 2));
});

import { expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { between, Times } from "../../src/report/times.ts";
import { nodes, sample } from "./sample.ts";

const inZone = (zone: string | null, change: Partial<Report> = {}): Times => {
	const [first, ...rest] = nodes;
	if (first === undefined) throw new Error("the sample has nodes");
	return new Times({ ...sample, nodes: [{ ...first, clock: { ...first.clock, zone } }, ...rest], ...change });
};

test.each([
	["UTC", "19:58:10.061", "UTC"],
	["+05:30", "01:28:10.061", "UTC+05:30"],
	["-0300", "16:58:10.061", "UTC-03:00"],
	["Europe/Berlin", "20:58:10.061", "Europe/Berlin"],
	[null, "19:58:10.061", "server's time, zone not logged"],
	["nonsense", "19:58:10.061", "server's time, zone not logged"],
])("in zone %s", (zone, time, name) => {
	const times = inZone(zone);
	expect(times.time("2026-11-21T19:58:10.061Z")).toBe(time);
	expect(times.zoneName).toBe(name);
});

test("a day is one by the wall clock", () => {
	const summary = { ...sample.summary, from: "2026-11-21T17:00:00.000Z", to: "2026-11-21T19:00:00.000Z" };
	expect(inZone("UTC", { summary }).oneDay).toBe(true);
	expect(inZone("+05:30", { summary }).oneDay).toBe(false);
	expect(inZone("+05:30", { summary }).second("2026-11-21T19:00:00.000Z")).toBe("2026-11-22 00:30:00");
});

test("a year that no log states is not shown", () => {
	const summary = { ...sample.summary, from: "1972-11-21T17:00:00.000Z", to: "1972-11-23T19:00:00.000Z" };
	const problems = [{ code: "year-unknown", text: "no year" }];
	const times = inZone(null, { summary, problems });
	expect(times.day("1972-11-21T17:00:00.000Z")).toBe("21 Nov");
	expect(times.time("1972-11-21T17:00:00.000Z")).toBe("11-21 17:00:00.000");
});

test("what is no time is shown as it is", () => {
	expect(inZone("UTC").time("soon")).toBe("soon");
	expect(between("2026-11-21T17:00:00.000Z", "2026-11-21T17:00:01.500Z")).toBe(1500);
});

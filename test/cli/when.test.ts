import { describe, expect, test } from "vitest";
import { readDuration, readWhen } from "../../src/cli/when.ts";
import { readWindow, resolveWindow, type WindowFlags } from "../../src/cli/window.ts";
import type { Report } from "../../src/model/report.ts";
import { readZone } from "../../src/report/zone.ts";
import { sample } from "../report/sample.ts";

/** A report whose logs cover this, on a clock of this zone. */
const covering = (from: string, to: string, zone: string | null = "UTC"): Report => ({
	...sample,
	nodes: sample.nodes.map((node) => ({ ...node, clock: { ...node.clock, zone } })),
	summary: { ...sample.summary, from, to },
});
const evening = covering("2026-11-21T19:00:00.000Z", "2026-11-21T21:00:00.000Z");
const week = covering("2026-11-18T10:00:00.000Z", "2026-11-25T12:00:00.000Z");

function window(flags: WindowFlags, report: Report): string {
	const asked = readWindow(flags);
	if (asked === undefined) return "none";
	const { from, to } = resolveWindow(asked, report);
	const show = (ms: number | null): string =>
		ms === null ? "" : new Date(ms).toISOString().replace("2026-11-", "").replace("Z", "");
	return `${show(from)}..${show(to)}`;
}

test.each([
	["2026-11-21 20:30", "21T20:30:00.000"],
	["2026-11-21T20:30:06.5", "21T20:30:06.500"],
	["2026-11-21T20:30:06Z", "21T20:30:06.000"],
	["2026-11-21T22:30:06+02:00", "21T20:30:06.000"],
	["2026-11-21T22:30:06.123+0200", "21T20:30:06.123"],
	["2026/11/21 20:30", "21T20:30:00.000"],
	["21.11.2026 20:30", "21T20:30:00.000"],
	["21 Nov 2026 20:30:06.123", "21T20:30:06.123"],
	["21 Nov 20:30", "21T20:30:00.000"],
	["Nov 21 20:30:06", "21T20:30:06.000"],
	["November 21, 2026 8:30 pm", "21T20:30:00.000"],
	["Sat Nov 21 20:30:06 UTC 2026", "21T20:30:06.000"],
	["21/Nov/2026:20:30:06 +0000", "21T20:30:06.000"],
	["20:30", "21T20:30:00.000"],
	["20:30:06,789", "21T20:30:06.789"],
	["8:30pm", "21T20:30:00.000"],
	["8pm", "21T20:00:00.000"],
	["8:30 P.M.", "21T20:30:00.000"],
	["21:30 Europe/Berlin", "21T20:30:00.000"],
	["15:30 UTC-5", "21T20:30:00.000"],
	["1795293006", "21T20:30:06.000"],
	["1795293006123", "21T20:30:06.123"],
	["-30m", "21T20:30:00.000"],
	["90 minutes ago", "21T19:30:00.000"],
	["+10m", "21T19:10:00.000"],
	["start", "21T19:00:00.000"],
	["2026-11-21", "21T00:00:00.000"],
	["21 Nov", "21T00:00:00.000"],
])("--since %s", (text, since) => {
	expect(window({ since: text }, evening)).toBe(`${since}..`);
});

test.each([
	"",
	"x",
	"25:00",
	"20:60",
	"13pm",
	"20",
	"2026-13-01",
	"31 Feb 2026",
	"20:30 Nowhere",
	"20:30:06.",
	"-2",
	"-x",
	"tomorrow",
	"#",
	"20:30 20:31",
])("%j is no time", (text) => {
	expect(readWhen(text)).toBeUndefined();
});

test.each([
	[{ around: "20:30±5m" }, "21T20:25:00.000..21T20:35:00.000"],
	[{ around: "20:30 +- 90s" }, "21T20:28:30.000..21T20:31:30.000"],
	[{ around: "20:30+/-1h" }, "21T19:30:00.000..21T21:30:00.000"],
	[{ around: "20:30" }, "21T20:29:00.000..21T20:31:00.000"],
	[{ around: "20:30:06" }, "21T20:29:36.000..21T20:30:36.999"],
	[{ around: "19:30..19:40" }, "21T19:30:00.000..21T19:40:00.000"],
	[{ around: "2026-11-21" }, "21T00:00:00.000..21T23:59:59.999"],
	[{ around: "#7±1s" }, "21T19:58:07.469..21T19:58:11.480"],
	[{ since: "19:30", until: "19:40:05" }, "21T19:30:00.000..21T19:40:05.999"],
	[{ until: "-1h" }, "..21T20:00:00.000"],
	[{}, "none"],
])("%j", (flags, expected) => {
	expect(window(flags, evening)).toBe(expected);
});

describe("days that are left out are those of the logs", () => {
	test("the first for a beginning, the last for an end, the next after a beginning", () => {
		expect(window({ since: "11:00" }, week)).toBe("18T11:00:00.000..");
		expect(window({ since: "09:00" }, week)).toBe("19T09:00:00.000..");
		expect(window({ until: "11:00" }, week)).toBe("..25T11:00:00.000");
		expect(window({ since: "22:00", until: "02:00" }, week)).toBe("18T22:00:00.000..19T02:00:00.000");
		expect(window({ since: "20 Nov 22:00", until: "23:00" }, week)).toBe("20T22:00:00.000..20T23:00:00.000");
		expect(window({ until: "20 Nov" }, week)).toBe("..20T23:59:59.999");
	});

	test("and so is the zone", () => {
		const kolkata = covering("2026-11-21T19:00:00.000Z", "2026-11-21T21:00:00.000Z", "+05:30");
		expect(window({ since: "01:00" }, kolkata)).toBe("21T19:30:00.000..");
		expect(window({ since: "2026-11-22 02:00" }, kolkata)).toBe("21T20:30:00.000..");
		expect(window({ since: "20:00Z" }, kolkata)).toBe("21T20:00:00.000..");
	});

	test("and the year, at its turn too", () => {
		const turn = covering("2026-12-31T22:00:00.000Z", "2027-01-01T02:00:00.000Z");
		const asked = (since: string): string =>
			new Date(resolveWindow(readWindow({ since }) as never, turn).from ?? 0).toISOString();
		expect(asked("31 Dec 23:00")).toBe("2026-12-31T23:00:00.000Z");
		expect(asked("1 Jan 01:00")).toBe("2027-01-01T01:00:00.000Z");
		expect(asked("01:00")).toBe("2027-01-01T01:00:00.000Z");
	});
});

test("how it was understood is said", () => {
	const text = (flags: WindowFlags, report: Report): string =>
		resolveWindow(readWindow(flags) as never, report).text;
	expect(text({ around: "19:55±5m" }, evening)).toBe(
		'window: 21 Nov 2026, 19:50:00 – 20:00:00 (from "--around 19:55±5m")',
	);
	expect(text({ since: "20 Nov 22:00" }, week)).toBe(
		'window: since 20 Nov 2026 22:00:00 (from "--since 20 Nov 22:00")',
	);
});

test("durations and zones", () => {
	expect(
		["5m", "1h30m", "2.5 hours", "500ms", "1 day", "90 sec", "10", "m", "5 parsecs"].map(readDuration),
	).toEqual([300_000, 5_400_000, 9_000_000, 500, 86_400_000, 90_000, undefined, undefined, undefined]);
	const zones = [
		"UTC",
		"Z",
		"+02:00",
		"-0530",
		"+2",
		"UTC+2",
		"GMT-3",
		"Europe/Berlin",
		"CET",
		"Mars/Olympus",
		"hello",
		"",
	];
	expect(zones.map((zone) => readZone(zone)?.offset(Date.parse("2026-11-21")))).toEqual([
		0,
		0,
		120,
		-330,
		120,
		120,
		-180,
		60,
		60,
		undefined,
		undefined,
		undefined,
	]);
});

import { expect, test } from "vitest";
import { analyze } from "../../src/index.ts";
import { minutesEast, readZone } from "../../src/report/zone.ts";
import type { Report } from "../../src/model/report.ts";
import { scenarios } from "../fixture.ts";
import { rlog } from "./run.ts";

const { folder: cwd = "", files = [] } = scenarios.find(({ name }) => name === "two-time-zones-6.2") ?? {};

async function analyzed(...flags: string[]): Promise<Report> {
	const { stdout, stderr } = await rlog(["analyze", "-f", "json", ...flags, ...files], { cwd });
	expect(stderr).toBe("");
	return JSON.parse(stdout);
}

const zones = ({ nodes }: Report): unknown[] => nodes.map(({ name, clock }) => [name, clock.zone]);

test("without a word on zones, times are as logged", async () => {
	const report = await analyzed();
	expect(report.summary.from).toBe("2026-11-21T15:28:37.482Z");
	expect(zones(report)[0]).toEqual(["primary", null]);
});

test.each([
	["+02:00", "2026-11-21T13:28:37.482Z", "+02:00", "+12:30"],
	["Europe/Berlin", "2026-11-21T14:28:37.482Z", "+01:00", "+11:30"],
	["berlin", "2026-11-21T14:28:37.482Z", "+01:00", "+11:30"],
	// The other node's zone tells the reference's, as the clocks are ten and a half hours apart.
	["replica=Asia/Kolkata", "2026-11-21T20:28:37.482Z", "-05:00", "+05:30"],
	["replica.log=+0530", "2026-11-21T20:28:37.482Z", "-05:00", "+05:30"],
	["primary=UTC-5", "2026-11-21T20:28:37.482Z", "-05:00", "+05:30"],
])("--tz %s", async (tz, from, primary, replica) => {
	const report = await analyzed("--tz", tz);
	expect(report.summary.from).toBe(from);
	expect(zones(report)).toEqual([
		["primary", primary],
		["replica", replica],
	]);
});

test("it is echoed, and times are shown and understood in it", async () => {
	const { stdout } = await rlog(["analyze", "-f", "text", "--tz", "Berlin", "--since", "14:28:38Z", ...files], { cwd });
	expect(stdout).toContain("UTC+01:00, clock of primary");
	expect(stdout).toContain('since 21 Nov 2026 15:28:38 (from "--since 14:28:38Z")');
});

test("timeline and whois take it too", async () => {
	for (const command of [["timeline"], ["whois", "primary"]]) {
		const { stdout, code } = await rlog([...command, "--tz", "+02:00", "-f", "json", ...files], { cwd });
		expect(code).toBe(0);
		expect(stdout).toContain("T13:28:3");
	}
});

test.each([
	["Europe/Berlln", "'Europe/Berlln' is no time zone; did you mean Europe/Berlin?"],
	["+15:00", "'+15:00' is no time zone; give one as in UTC, +02:00, Europe/Berlin"],
	["cache=UTC", "there is no node 'cache'; the nodes are primary, replica"],
])("--tz %s is answered with what to do", async (tz, answer) => {
	const { code, stderr } = await rlog(["analyze", "--tz", tz, ...files], { cwd });
	expect({ code, stderr }).toEqual({ code: 1, stderr: `rlog: --tz: ${answer}\n` });
});

test("what a log's own lines state is not overruled", async () => {
	const line = "pid=7 role=RDB/AOF timestamp=\"2026-11-21T20:27:13.123+02:00\" level=notice message=\"Server initialized\"\n";
	const read = async (zone?: string): Promise<Report> =>
		(await analyze([{ name: "a", data: line }], zone === undefined ? {} : { zones: [{ zone }] })).report;
	expect((await read("UTC")).summary.from).toBe((await read()).summary.from);
	expect((await read()).summary.from).toBe("2026-11-21T18:27:13.123Z");
});

test("a clock that nothing ties to the reference keeps its own zone", async () => {
	const started = "7:M 21 Nov 2026 20:27:13.123 * Server initialized\n";
	const { report } = await analyze([{ name: "a", data: started }, { name: "b", data: started }], {
		zones: [{ zone: "+02:00" }, { zone: "UTC", node: "b" }],
	});
	expect(report.inputs.map(({ name, from }) => [name, from])).toEqual([
		["a", "2026-11-21T18:27:13.123Z"],
		["b", "2026-11-21T20:27:13.123Z"],
	]);
});

test("an offset is that of the day", () => {
	const berlin = readZone("Europe/Berlin");
	if (berlin === undefined) throw new Error("no such zone");
	expect(minutesEast(berlin, Date.UTC(2026, 6, 1))).toBe(120);
	expect(minutesEast(berlin, Date.UTC(2026, 11, 1))).toBe(60);
});

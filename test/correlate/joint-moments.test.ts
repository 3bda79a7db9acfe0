import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { ahead, type Logs, logsOf, reportOf } from "../diagnose/report-of.ts";

const sentinels = logsOf("sentinel-failover-7.2");
const cluster = logsOf("cluster-failover-7.2");

const shifted = (logs: Logs, differences: Readonly<Record<string, number>>): Logs =>
	Object.fromEntries(Object.entries(logs).map(([name, text]) => [name, ahead(text, differences[name] ?? 0)]));

const clockOf = ({ nodes }: Report, name: string): Report["nodes"][number]["clock"] => {
	const node = nodes.find((n) => n.name === name);
	if (node === undefined) throw new Error(`no node ${name}`);
	return node.clock;
};

function expectWithin(report: Report, name: string, truth: number, most: number): void {
	const { offsetMs, boundMs } = clockOf(report, name);
	expect(offsetMs).not.toBeNull();
	expect(Math.abs((offsetMs ?? Number.NaN) - truth)).toBeLessThanOrEqual(boundMs ?? 0);
	expect(boundMs).toBeLessThanOrEqual(most);
}

describe("votes tie Sentinels together", () => {
	for (const ms of [-3_600_000, -7_000, 400, 37_500]) {
		test(`one that is ${ms} ms ahead`, async () => {
			const truth = await reportOf(sentinels);
			const report = await reportOf(shifted(sentinels, { "sentinel2.log": ms }));
			expectWithin(report, "sentinel2", ms, 300);
			expect(report.findings.map(({ code }) => code)).not.toContain("clock-stepped");
			const [a, b] = [truth.failovers[0], report.failovers[0]];
			expect(b?.election?.votes.map(({ voter }) => voter)).toEqual(a?.election?.votes.map(({ voter }) => voter));
			const [seen, shown] = [a, b].map((f) => f?.down.by.find(({ node }) => node === "sentinel2")?.at ?? "");
			expect(Math.abs(Date.parse(seen as string) - Date.parse(shown as string))).toBeLessThanOrEqual(20);
		});
	}

	test("only the new configuration reached it: within the time in which that spreads", async () => {
		const silent = (sentinels["sentinel2.log"] ?? "").split("\n").filter((line) => !/vote-for-leader/.test(line)).join("\n");
		const report = await reportOf({ ...sentinels, "sentinel2.log": ahead(silent, 7000) });
		expectWithin(report, "sentinel2", 7000, 2800);
	});

	test("no line in common: not compared", async () => {
		const alone = (sentinels["sentinel2.log"] ?? "").split("\n").filter((line) => /Running mode|Sentinel ID|sdown/.test(line)).join("\n");
		const report = await reportOf({ ...sentinels, "sentinel2.log": alone });
		expect(clockOf(report, "sentinel2").offsetMs).toBeNull();
	});
});

describe("votes tie cluster nodes together", () => {
	for (const ms of [-5000, 60_000]) {
		test(`a primary that is ${ms} ms ahead and has no replica`, async () => {
			const report = await reportOf(shifted(cluster, { "node2.log": ms }));
			expectWithin(report, "node2", ms, 600);
			expect(report.failovers[0]?.election?.votes.find(({ voter }) => voter === "node2")?.lateMs).toBeNull();
		});
	}

	test("a late vote is not held against what handshakes tell for certain", async () => {
		const report = await reportOf(cluster);
		expectWithin(report, "node4", 0, 2);
		expect(report.findings.map(({ code }) => code)).not.toContain("clock-stepped");
	});
});

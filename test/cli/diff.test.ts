import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { analyze, renderReport } from "../../src/index.ts";
import type { Report } from "../../src/model/report.ts";
import { primaryLog, replicaLog } from "./logs.ts";
import { rlog } from "./run.ts";

let cwd: string;
let whole: Report;

/** The same servers on a better day: only the first sync, and the replica never times out. */
const before = (log: string, time: string): string =>
	log
		.split("\n")
		.filter((line) => line.slice(0, 40) < `${line.slice(0, 7)}21 Nov 2026 ${time}`)
		.join("\n");

beforeAll(async () => {
	cwd = mkdtempSync(join(tmpdir(), "rlog-diff-"));
	const write = async (name: string, primary: string, replica: string): Promise<Report> => {
		const { report } = await analyze([
			{ name: "primary.log", data: primary },
			{ name: "replica.log", data: replica },
		]);
		writeFileSync(join(cwd, name), await renderReport(report, "json"));
		return report;
	};
	whole = await write("bad.json", primaryLog, replicaLog);
	await write("good.json", before(primaryLog, "20:29:56"), before(replicaLog, "20:29:56"));
	const { report } = await analyze([
		{ name: "cache.log", data: primaryLog.replace(/1299/g, "2388").replace(/40052074/g, "deadbeef") },
	]);
	const other = JSON.parse(await renderReport(report, "json"));
	for (const node of other.nodes) node.name = `other ${node.name}`;
	writeFileSync(join(cwd, "other.json"), JSON.stringify(other));
	writeFileSync(join(cwd, "half.json"), '{ "schemaVersion": 1, "generator": { "name": "rlog" } }');
	writeFileSync(join(cwd, "later.json"), '{ "schemaVersion": 2, "generator": { "name": "rlog" } }');
	writeFileSync(join(cwd, "text.json"), "hello");
	writeFileSync(join(cwd, "list.json"), "[]");
});
afterAll(() => rmSync(cwd, { recursive: true }));

test("better is said first, then the counts by verdict and cause, and the outages", async () => {
	const { code, stdout, stderr } = await rlog(["diff", "bad.json", "good.json"], { cwd });
	expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	expect(stdout).toMatch(/^Better: 1 full resyncs instead of 2\.\nSame servers by replication ID 40052074/);
	expect(stdout).toMatch(/\n {2}full +2 +1 +−1\n/);
	expect(stdout).toMatch(/\n {4}backlog-overrun +1 +0 +−1\n/);
	expect(stdout).toMatch(/\n {4}median +\d/);
});

test("worse is worth an exit code when asked for", async () => {
	const plain = await rlog(["diff", "good.json", "bad.json"], { cwd });
	expect(plain.code).toBe(0);
	expect(plain.stdout).toMatch(/^Worse: more full resyncs: 2 instead of 1/);
	const gated = await rlog(["diff", "--fail-on", "worse", "good.json", "bad.json"], { cwd });
	expect(gated.code).toBe(2);
	expect(gated.stderr).toMatch(/^rlog: --fail-on worse: more full resyncs: 2 instead of 1[^\n]*\n$/);
	expect((await rlog(["diff", "--fail-on", "worse", "bad.json", "bad.json"], { cwd })).code).toBe(0);
});

test("as JSON", async () => {
	const { stdout } = await rlog(["diff", "-f", "json", "good.json", "bad.json"], { cwd });
	const diff = JSON.parse(stdout);
	expect(diff.verdicts[0]).toEqual({ code: "full", before: 1, after: 2 });
	expect(diff.causes).toContainEqual({ code: "full:backlog-overrun", before: 0, after: 1 });
	expect(diff.outages.after.known).toBe(2);
	expect(diff.findings.new.map(({ code }: { code: string }) => code)).toEqual(
		whole.findings.map(({ code }) => code),
	);
});

test("a report may come from standard input", async () => {
	const stdin = await renderReport(whole, "json");
	expect((await rlog(["diff", "good.json", "-"], { cwd, stdin })).stdout).toContain("Worse");
	expect((await rlog(["diff", "-", "-"], { cwd, stdin })).code).toBe(1);
});

test("reports of different servers are not compared, unless forced", async () => {
	const refused = await rlog(["diff", "bad.json", "other.json"], { cwd });
	expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 1, stdout: "" });
	expect(refused.stderr).toMatch(/different servers.*--force\n$/);
	const forced = await rlog(["diff", "--force", "bad.json", "other.json"], { cwd });
	expect(forced.code).toBe(0);
	expect(forced.stdout).toContain("Nothing shows that both are of the same servers");
});

test.each([
	["missing.json", /^rlog: missing\.json: cannot be read: no such file/],
	["text.json", /^rlog: text\.json: it is not JSON; write it with/],
	["list.json", /^rlog: list\.json: it is no object/],
	["half.json", /^rlog: half\.json: nodes is no list/],
	["later.json", /^rlog: later\.json: its schemaVersion is 2/],
])("%s is no report: said in one line", async (name, message) => {
	const { code, stderr } = await rlog(["diff", "bad.json", name], { cwd });
	expect(code).toBe(1);
	expect(stderr).toMatch(message);
	expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});

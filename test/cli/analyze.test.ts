import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { primaryLog, replicaLog } from "./logs.ts";
import { rlog } from "./run.ts";

let cwd: string;
beforeAll(() => {
	cwd = mkdtempSync(join(tmpdir(), "rlog-"));
	writeFileSync(join(cwd, "primary.log"), primaryLog);
	writeFileSync(join(cwd, "replica.log"), replicaLog);
	writeFileSync(join(cwd, "empty.log"), "");
	writeFileSync(join(cwd, "notes.txt"), "hello\nworld\n");
});
afterAll(() => rmSync(cwd, { recursive: true }));

const both = ["primary.log", "replica.log"];

test("piped, it prints one line a resync", async () => {
	const { code, stdout, stderr } = await rlog(["analyze", ...both], { cwd });
	expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	const lines = stdout.trimEnd().split("\n");
	expect(lines.filter((line) => line.startsWith("full "))).toHaveLength(2);
	expect(lines[1]).toMatch(/#2 {2}replica ← primary {2}backlog-overrun {2}proven {2}replica-timeout /);
});

test("on a terminal, it prints the whole text in colour and in its width", async () => {
	const { stdout } = await rlog(["analyze", ...both], { cwd, terminal: 80 });
	expect(stdout).toContain("\u001b[31m");
	expect(stdout).toContain("evidence");
});

test.each([
	[["--no-color"], {}],
	[[], { NO_COLOR: "1" }],
	[[], { TERM: "dumb" }],
])("no colour with %j %j", async (flags, env) => {
	const { stdout } = await rlog(["analyze", ...flags, ...both], {
		cwd,
		terminal: 80,
		env: env as Record<string, string>,
	});
	expect(stdout).not.toContain("\u001b");
	expect(stdout).toContain("evidence");
});

test("--color colours a pipe", async () => {
	expect((await rlog(["analyze", "--color", "-f", "text", ...both], { cwd })).stdout).toContain("\u001b[");
});

test("files are written by their extension, and standard output stays free", async () => {
	const { code, stdout } = await rlog(["analyze", "-o", "r.json", "-o", "r.txt", ...both], { cwd });
	expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
	expect(JSON.parse(readFileSync(join(cwd, "r.json"), "utf8")).resyncs).toHaveLength(2);
	expect(readFileSync(join(cwd, "r.txt"), "utf8")).toContain("evidence");
	const also = await rlog(["analyze", "-o", "r.json", "-f", "lines", ...both], { cwd });
	expect(also.stdout).toContain("backlog-overrun");
	expect((await rlog(["analyze", "-o", "report", "-f", "json", ...both], { cwd })).stdout).toBe("");
	expect(JSON.parse(readFileSync(join(cwd, "report"), "utf8")).schemaVersion).toBe(1);
	for (const name of ["r.json", "r.txt", "report"]) rmSync(join(cwd, name));
	expect(readdirSync(cwd).sort()).toEqual(["empty.log", "notes.txt", "primary.log", "replica.log"]);
});

test("the order of the inputs does not matter, nor does a second run", async () => {
	const json = async (...inputs: string[]) =>
		(await rlog(["analyze", "-f", "json", ...inputs], { cwd })).stdout;
	const first = await json("primary.log", "replica.log");
	expect(await json("primary.log", "replica.log")).toBe(first);
	const { resyncs } = JSON.parse(first);
	expect(JSON.parse(await json("replica.log", "primary.log")).resyncs).toEqual(resyncs);
});

test("an input that cannot be read is said on standard error, and the rest is answered: exit 3", async () => {
	const { code, stdout, stderr } = await rlog(["analyze", "-f", "json", ...both, "missing.log"], { cwd });
	expect(code).toBe(3);
	expect(stderr).toMatch(/^rlog: missing\.log: .*no such file.*\n$/);
	expect(JSON.parse(stdout).resyncs).toHaveLength(2);
});

test.each([
	["missing.log", /no such file/],
	["empty.log", /empty/],
	["notes.txt", /0 of 2 lines recognised.*first line: hello/],
])("where nothing can be read the answer is the error alone: exit 1 (%s)", async (input, message) => {
	const { code, stdout, stderr } = await rlog(["analyze", input], { cwd });
	expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
	expect(stderr).toMatch(message);
	expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});

test("standard input is read as -", async () => {
	const { code, stdout } = await rlog(["analyze", "-"], { cwd, stdin: replicaLog });
	expect(code).toBe(0);
	expect(stdout).toContain("backlog-overrun");
});

test("--node names a node", async () => {
	const args = ["analyze", "-f", "json", "--node", "cache-1=primary.log", ...both];
	const { nodes } = JSON.parse((await rlog(args, { cwd })).stdout);
	expect(nodes.map(({ name }: { name: string }) => name).sort()).toEqual(["cache-1", "replica"]);
});

test("quiet says less, verbose says more", async () => {
	const text = async (...flags: string[]) =>
		(await rlog(["analyze", "-f", "text", ...flags, ...both], { cwd })).stdout;
	const [quiet, normal, verbose] = [await text("-q"), await text(), await text("-v")];
	expect(quiet.length).toBeLessThan(normal.length);
	expect(normal.length).toBeLessThan(verbose.length);
	expect(quiet).toContain("backlog-overrun");
});

test("--fail-on: exit 2 and one line that says which rule was hit by which resync", async () => {
	const gate = (expression: string) => rlog(["analyze", "--fail-on", expression, ...both], { cwd });
	expect(await gate("full!=first-sync")).toMatchObject({
		code: 2,
		stderr: "rlog: --fail-on full!=first-sync: hit by #2 (backlog-overrun)\n",
		stdout: expect.stringContaining("backlog-overrun"),
	});
	expect(await gate("failed, full>2")).toMatchObject({ code: 0, stderr: "" });
	expect(await gate("full!=frist-sync")).toEqual({
		code: 1,
		stdout: "",
		stderr:
			"rlog: --fail-on: 'full' has no 'frist-sync'; there is first-sync\n  full!=frist-sync\n        ^^^^^^^^^^\n",
	});
});

test("several --fail-on are one gate, and a hit counts more than an input that cannot be read", async () => {
	const ran = await rlog(["analyze", "--fail-on", "failed", "--fail-on", "full", ...both, "missing.log"], {
		cwd,
	});
	expect(ran.code).toBe(2);
	expect(ran.stderr).toContain("--fail-on full: hit by #1 (first-sync), #2 (backlog-overrun)");
});

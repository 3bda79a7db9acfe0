import { readFileSync } from "node:fs";
import process from "node:process";
import { expect, test } from "vitest";
import { examples } from "../../src/cli/examples.ts";
import { rlog } from "./run.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

test("--version says the package's version", async () => {
	expect(await rlog(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test.each([[], ...Object.keys(examples).slice(1)].map((name) => [name]))("%s --help begins with three examples", async (name) => {
	const { code, stdout } = await rlog([...name.length === 0 ? [] : [String(name)], "--help"]);
	expect(code).toBe(0);
	expect(stdout).toMatch(/^Examples:\n(?: {2}\S.* {2}\S.*\n){3}\nUsage: rlog/);
	for (const line of stdout.split("\n").slice(0, 4)) expect(line.length).toBeLessThanOrEqual(80);
});

test("a reader of the help who leaves is no error", async () => {
	const before = process.stdout.listenerCount("error");
	await rlog(["--help"]);
	expect(Math.max(before, process.stdout.listenerCount("error"))).toBeGreaterThan(0);
});

test.each([
	[["analyse", "x"], "rlog: unknown command 'analyse'; did you mean analyze?\n"],
	[["analyze", "--fromat", "json", "x"], "rlog: unknown option '--fromat'; did you mean --format?\n"],
	[["primary.log"], "rlog: unknown command 'primary.log'; did you mean: rlog analyze primary.log\n"],
	[["analyze"], "rlog: no input given; name a log file, a folder, or - for standard input\n"],
	[
		["analyze", "--node", "cache", "x"],
		"rlog: --node: 'cache' will not do. Give a name and an input, as in --node cache-1=redis.log.\n",
	],
	[
		["analyze", "-o", "report.doc", "x"],
		/^rlog: no format for report\.doc: use one of the extensions [a-z. ]+, or name it with --format\n$/,
	],
	[
		["explain", "backlog-overun"],
		"rlog: nothing is known as 'backlog-overun'; did you mean backlog-overrun?\n",
	],
	[["patterns", "no such words"], /^rlog: no message holds 'no such words'; .*\n$/],
])("%j is wrong usage, said in one line", async (args, stderr) => {
	const ran = await rlog(args);
	expect(ran.code).toBe(1);
	expect(ran.stdout).toBe("");
	if (typeof stderr === "string") expect(ran.stderr).toBe(stderr);
	else expect(ran.stderr).toMatch(stderr);
});

test("without a command it shows the help on standard error", async () => {
	const { code, stdout, stderr } = await rlog([]);
	expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
	expect(stderr).toContain("Usage: rlog");
});

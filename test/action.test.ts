import { execFileSync, spawnSync } from "node:child_process";
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { primaryLog, replicaLog } from "./cli/logs.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, ".github/actions/rlog");
const action = parse(readFileSync(join(folder, "action.yml"), "utf8"));
const readme = readFileSync(join(root, "README.md"), "utf8");

test("the action says what it takes and gives", () => {
	expect(action.runs.using).toBe("composite");
	for (const { shell, run } of action.runs.steps) {
		expect(shell).toBe("bash");
		// An input that stands in a script would be run.
		expect(run).not.toContain("${{");
		execFileSync("bash", ["-n"], { input: run });
	}
	const used = JSON.stringify(action.runs.steps).match(/inputs\.[\w-]+/g) ?? [];
	expect(new Set(used)).toEqual(new Set(Object.keys(action.inputs).map((name) => `inputs.${name}`)));
	for (const { value } of Object.values(action.outputs) as { value: string }[]) {
		expect(value).toMatch(/^\$\{\{ steps\.rlog\.outputs\.(?:report|sarif) \}\}$/);
	}
});

test("the README's workflow is one, and uses what the action has", () => {
	const [, text = ""] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
	const workflow = parse(text);
	expect(Object.keys(workflow)).toContain("jobs");
	const steps = Object.values(workflow.jobs).flatMap(
		(job) => (job as { steps: { uses?: string; with?: object }[] }).steps,
	);
	const own = steps.find(({ uses }) => uses?.endsWith("/.github/actions/rlog"));
	for (const name of Object.keys(own?.with ?? { none: 0 })) expect(action.inputs).toHaveProperty(name);
});

/** The step is run with a rlog that notes its arguments, and where there is a build with the real one. */
describe("the step", () => {
	let cwd: string;
	beforeAll(() => {
		cwd = mkdtempSync(join(tmpdir(), "rlog-action-"));
		writeFileSync(join(cwd, "primary.log"), primaryLog);
		writeFileSync(join(cwd, "replica 1.log"), replicaLog);
		mkdirSync(join(cwd, "fake/.github/actions/rlog"), { recursive: true });
		mkdirSync(join(cwd, "fake/bin"));
		writeFileSync(join(cwd, "fake/bin/package.json"), '{ "type": "module" }');
		writeFileSync(
			join(cwd, "fake/bin/rlog.js"),
			'import { writeFileSync } from "node:fs";\nconst args = process.argv.slice(2);\nfor (const [i, a] of args.entries()) if (a === "-o") writeFileSync(args[i + 1], JSON.stringify(args));\nprocess.exit(2);\n',
		);
		symlinkSync(join(folder, "run.sh"), join(cwd, "fake/.github/actions/rlog/run.sh"));
	});
	afterAll(() => rmSync(cwd, { recursive: true }));

	function step(base: string, env: Record<string, string>) {
		const at = join(base, ".github/actions/rlog");
		const files = { GITHUB_STEP_SUMMARY: join(cwd, "summary"), GITHUB_OUTPUT: join(cwd, "output") };
		for (const file of Object.values(files)) writeFileSync(file, "");
		const { status, stdout } = spawnSync("bash", [join(at, "run.sh")], {
			cwd,
			encoding: "utf8",
			env: { PATH: process.env["PATH"], GITHUB_ACTION_PATH: at, ...files, ...env },
		});
		const [summary, output] = Object.values(files).map((file) => readFileSync(file, "utf8"));
		return { status, stdout, summary, output };
	}

	test("hands on the inputs as they are, and the exit code", () => {
		const { status, output, summary } = step(join(cwd, "fake"), {
			RLOG_LOGS: "primary.log\n\n  replica 1.log  \n$(touch pwned)\n",
			RLOG_FAIL_ON: "full!=first-sync, `id`",
			RLOG_REPORT: "out",
		});
		expect(status).toBe(2);
		expect(output).toBe("report=out.json\nsarif=out.sarif\n");
		const args: string[] = JSON.parse(summary ?? "");
		expect(args.slice(0, 3)).toEqual(["analyze", "--format", "github"]);
		expect(args.slice(args.indexOf("--fail-on"))).toEqual([
			"--fail-on",
			"full!=first-sync, `id`",
			"--",
			"primary.log",
			"replica 1.log",
			"$(touch pwned)",
		]);
		expect(existsSync(join(cwd, "pwned"))).toBe(false);
	});

	test("without logs it says so", () => {
		const { status, stdout } = step(join(cwd, "fake"), { RLOG_LOGS: " \n" });
		expect(status).toBe(1);
		expect(stdout).toMatch(/^::error::rlog: no logs given/);
	});

	test.skipIf(!existsSync(join(root, "dist/cli.js")))("explains, annotates, sums up", () => {
		const env = { RLOG_LOGS: "primary.log\nreplica 1.log", RLOG_FAIL_ON: "full:backlog-overrun" };
		const { status, stdout, summary, output } = step(root, env);
		expect(status).toBe(2);
		expect(stdout).toMatch(/^::(?:error|warning) /m);
		expect(summary).toContain("backlog-overrun");
		expect(output).toContain("report=rlog-report.json");
		expect(JSON.parse(readFileSync(join(cwd, "rlog-report.json"), "utf8")).resyncs).toHaveLength(2);
	});
});

import { execFile, execFileSync } from "node:child_process";
import {
	chmodSync,
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { examples } from "../src/cli/examples.ts";

/*
 * Every command that the README and the help show is run by a shell, with a rlog that is built of the
 * sources as they are. Where a command needs another machine or package manager, a stand-in of that
 * name does what can be done here.
 */

const root = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");
let cwd: string;

const standIns: Readonly<Record<string, string>> = {
	rlog: 'exec node "$PLACE/bin/rlog.js" "$@"',
	npx: 'exec "$@"',
	// Installing and testing is what CI does before it comes here.
	npm: 'case "$1" in ci | test) ;; *) exit 1 ;; esac',
	// `ssh HOST COMMAND…`: each host has a log of its own in the usual place.
	ssh: 'host=$1; shift; exec $(echo "$@" | sed "s#[^ ]*redis.log#$PLACE/hosts/$host.log#")',
	kubectl: 'case "$1" in logs) cat "$PLACE/work/replica.log" ;; *) exit 1 ;; esac',
	"redis-cli": 'case "$1" in INFO) cat "$PLACE/work/info-primary-3.txt" ;; *) exit 1 ;; esac',
};

beforeAll(async () => {
	cwd = mkdtempSync(join(tmpdir(), "rlog-documented-"));
	const at = (...parts: string[]): string => join(cwd, ...parts);
	for (const folder of ["path", "bin", "hosts", "work/logs"]) mkdirSync(at(folder), { recursive: true });
	execFileSync("npx", ["rolldown", "-c", "rolldown.config.js", "--dir", at("dist")], {
		cwd: root,
		stdio: "ignore",
	});
	cpSync(join(root, "bin/rlog.js"), at("bin/rlog.js"));
	writeFileSync(at("package.json"), '{ "type": "module" }');
	for (const [name, script] of Object.entries(standIns)) {
		writeFileSync(at("path", name), `#!/usr/bin/env bash\n${script}\n`);
		chmodSync(at("path", name), 0o755);
	}
	const scenario = join(root, "fixtures/info-overrun-8.6");
	for (const [i, node] of ["primary", "replica"].entries()) {
		for (const place of [`work/${node}.log`, `work/logs/${node}.log`, `hosts/redis-${i + 1}.log`])
			cpSync(join(scenario, `${node}.log`), at(place));
	}
	for (const name of ["info-primary-1.txt", "info-primary-3.txt"])
		cpSync(join(scenario, name), at("work", name));
	cpSync(at("work/info-primary-1.txt"), at("work/before.txt"));
	cpSync(at("work/info-primary-3.txt"), at("work/after.txt"));
	writeFileSync(at("work/role-primary-1.txt"), '1) "master"\n2) (integer) 413211\n3) (empty array)\n');
	symlinkSync(join(root, "fixtures"), at("work/fixtures"));
	// What examples name is there.
	await shell("rlog analyze -o before.json -o after.json *.log && rlog share *.log -o for-the-ticket");
}, 60_000);
afterAll(() => rmSync(cwd, { recursive: true }));

interface Ran {
	readonly status: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

function shell(command: string): Promise<Ran> {
	const path = `${join(cwd, "path")}:${process.env["PATH"]}`;
	const env = { ...process.env, PATH: path, PLACE: cwd, NO_COLOR: "1" };
	return new Promise((resolve) => {
		const options = { cwd: join(cwd, "work"), env, timeout: 20_000, maxBuffer: 1 << 26 };
		const child = execFile("bash", ["-c", `set -o pipefail; ${command}`], options, (_, stdout, stderr) => {
			resolve({ status: child.exitCode, stdout, stderr });
		});
		child.stdin?.end();
	});
}

/** Commands that end with another code than 0: a gate that is hit. */
const gate = /--fail-on '?full/;

async function works(command: string): Promise<void> {
	const typed = command
		// What goes on until Ctrl-C gets one.
		.replace(/^(?=rlog .*--follow (?!-))/, "timeout -s INT 3 ")
		// Copies go to a new folder.
		.replace(/(?<=^rlog share .*)-o \S+/, "-o copies-$RANDOM-$RANDOM")
		// The `source` of fish and zsh is not that of bash.
		.replace(/\| source$/, "| cat")
		.replace(/^source <\((.*zsh)\)$/, "$1");
	const { status, stdout, stderr } = await shell(typed);
	const codes = gate.test(command) ? [0, 2] : typed.startsWith("timeout") ? [0, 124] : [0];
	expect(codes, `${command}\n${stdout}${stderr}`).toContain(status);
	expect(stderr.replace(/^rlog: --fail-on .*: hit by .*$/gm, "").trim()).toBe("");
}

/** The README without what is generated: there, commands stand with the names of their arguments. */
const written = readme.replace(/<!-- reference[\s\S]*?end of reference -->/, "");
const fences = [...written.matchAll(/```(\w*)\n([\s\S]*?)```/g)].map(([, kind = "", text = ""]) => ({
	kind,
	text,
}));
const fenced = fences.flatMap(({ kind, text }) =>
	kind === "sh"
		? text
				.trim()
				.split("\n")
				.map((line) => line.replace(/ +#.*$/, ""))
		: kind === ""
			? [...text.matchAll(/^\$ (.*)$/gm)].map(([, line = ""]) => line)
			: [],
);
const spans = [...written.replace(/```[\s\S]*?```/g, "").matchAll(/`([^`]*)`/g)]
	.map(([, span = ""]) => span.replaceAll("\n", " "))
	.filter(
		(span) =>
			/(?:^|[ (])rlog [a-z-]/.test(span) && !/[A-Z]{4}/.test(span.replace(/INFO/, "")) && span !== "man rlog",
	);

describe("the README", () => {
	test("shows commands", () => {
		expect(fenced.length).toBeGreaterThan(5);
		expect(spans.length).toBeGreaterThan(5);
	});

	test("every fence is of a kind that some test reads", () => {
		for (const { kind, text } of fences) {
			expect(["sh", "", "yaml", "ts"]).toContain(kind);
			if (kind === "") expect(text).toMatch(/^\$ rlog /);
		}
	});

	test.each(fenced)("%s", (command) => works(command), 30_000);

	test.concurrent.each([...new Set(spans)])(
		"%s",
		async (command) => {
			// A command that is only named: `rlog events`.
			if (/^rlog [a-z]+$/.test(command)) expect((await shell(`${command} --help`)).status).toBe(0);
			else await works(command);
		},
		30_000,
	);
});

describe("the help", () => {
	test.concurrent.each(
		Object.values(examples)
			.flat()
			.map(([command]) => command),
	)(
		"%s",
		async (command) => {
			await works(command.replace("10.0.0.7:6379", "127.0.0.1:13500").replace("67e88ce1", "8d056c6a"));
		},
		30_000,
	);
});

test("the manual page is where the package says", () => {
	const { man } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
	expect(readFileSync(join(cwd, man), "utf8")).toMatch(/^\.TH RLOG 1 /);
});

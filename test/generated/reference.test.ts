import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { buildProgram, manualTexts } from "../../src/cli/program.ts";
import { completion, shells } from "../../src/cli/reference/completion.ts";
import { describeProgram } from "../../src/cli/reference/describe.ts";
import { manual } from "../../src/cli/reference/manual.ts";
import { markdownReference } from "../../src/cli/reference/markdown.ts";
import { version } from "../../src/version.ts";
import { rlog } from "../cli/run.ts";
import { checkGenerated } from "./check.ts";

const program = describeProgram(buildProgram());
const has = (command: string): boolean => spawnSync(command, ["--version"]).error === undefined;

test("the README's reference is what the program says", () => {
	const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
	const [before, after] = ["<!-- reference: npm run generate -->\n", "<!-- end of reference -->\n"];
	const [start, end] = [readme.indexOf(before), readme.indexOf(after)];
	expect(start).toBeGreaterThan(0);
	expect(end).toBeGreaterThan(start);
	const text = `${readme.slice(0, start + before.length)}\n${markdownReference(program)}\n${readme.slice(end)}`;
	checkGenerated("README.md", text);
});

describe("the manual page", () => {
	const page = manual(program, version, manualTexts);

	test("is what the program says", () => checkGenerated("src/cli/reference/rlog.1", page));

	test("names every command and option, once a command", () => {
		for (const { name, options } of program.commands) {
			expect(page).toContain(`.SS "rlog ${name}`);
			const part = page.split(`.SS "rlog ${name}`)[1]?.split(/^\.S[SH]/m)[0] ?? "";
			for (const { names } of options) {
				const long = (names.at(-1) ?? "").replaceAll("-", "\\-");
				const lines = part.split("\n").filter((line) => line.startsWith(".B "));
				expect(
					lines.filter((line) => line.split(/[ ,]+/).includes(long)),
					long,
				).toHaveLength(1);
			}
		}
	});

	test("holds no request that roff does not know", () => {
		const requests = new Set(page.match(/^[.'][^ \n]*/gm));
		expect(
			[...requests].filter(
				(one) => ![".TH", ".SH", ".SS", ".TP", ".B", ".I", ".br", ".nf", ".fi"].includes(one),
			),
		).toEqual([]);
	});

	test.skipIf(!has("groff"))("groff has nothing to say about it", () => {
		const { stderr, status } = spawnSync("groff", ["-man", "-ww", "-Tutf8"], {
			input: page,
			encoding: "utf8",
		});
		expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
	});
});

test("every option has a description, and options of one name mean one thing", () => {
	for (const { name, options } of program.commands) {
		const names = options.flatMap((option) => option.names);
		expect(new Set(names).size, name).toBe(names.length);
		for (const { description, flags } of options) expect(description, `${name} ${flags}`).not.toBe("");
	}
});

describe("completion", () => {
	test.each(shells)("%s: names every command, option and choice", async (shell) => {
		const { code, stdout } = await rlog(["completion", shell]);
		expect(code).toBe(0);
		for (const { name, options } of program.commands) {
			expect(stdout).toContain(name);
			for (const { names, choices } of options) {
				for (const flag of names) expect(stdout).toContain(shell === "fish" ? flag.replace(/^-+/, "") : flag);
				expect(stdout).toContain(choices.join(" "));
			}
		}
		if (has(shell)) execFileSync(shell, ["-n"], { input: stdout });
	});

	const complete = (...words: string[]): string[] => {
		const script = `${completion("bash", program, { explain: ["backlog-overrun", "no-backlog"] })}
COMP_WORDS=(rlog ${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length}; _rlog; printf '%s\n' "\${COMPREPLY[@]}"`;
		return execFileSync("bash", ["-c", script], { encoding: "utf8" }).trim().split("\n");
	};

	test.skipIf(!has("bash"))("bash completes commands, options, choices, codes and files", () => {
		expect(complete("an")).toEqual(["analyze"]);
		expect(complete("analyze", "--fo")).toEqual(["--format", "--follow"]);
		expect(complete("analyze", "-f", "js")).toEqual(["json"]);
		expect(complete("explain", "no-")).toEqual(["no-backlog"]);
		expect(complete("analyze", "READ")).toEqual(["README.md"]);
	});

	test("another shell is wrong usage", async () => {
		const { code, stderr } = await rlog(["completion", "tcsh"]);
		expect(code).toBe(1);
		expect(stderr).toMatch(/^rlog: '\w+' is none of bash, zsh, fish.*\n$/);
	});
});

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import process from "node:process";
import { expect } from "vitest";
import { rlog } from "./cli/run.ts";

/*
 * A scenario is a folder with real logs and `expected/`. Each file in there is what a terminal would
 * show: `$ rlog …`, the output, standard error with `2> ` before each line, and the exit code; then
 * the next command, if any. `$TMP` in a command is a folder of its own, what is written there is shown.
 * `UPDATE_GOLDEN=1 npm test` runs the commands again and writes what they say; a scenario without
 * expected files gets the usual ones.
 */

export const update: boolean = Boolean(process.env["UPDATE_GOLDEN"]);

export interface Golden {
	readonly scenario: string;
	readonly file: string;
}

/** All golden files of all scenarios. */
export function goldens(fixtures: string): Golden[] {
	if (!existsSync(fixtures)) return [];
	return readdirSync(fixtures, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.flatMap(({ name }) => goldensOf(join(fixtures, name)));
}

/** The golden files of one scenario. */
export function goldensOf(scenario: string): Golden[] {
	const folder = join(scenario, "expected");
	const there = existsSync(folder) ? readdirSync(folder) : [];
	if (there.length > 0) return there.sort().map((file) => ({ scenario, file: join(folder, file) }));
	if (!update) return [{ scenario, file: join(folder, "text.txt") }];
	mkdirSync(folder, { recursive: true });
	const inputs = readdirSync(scenario, { withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name !== "README.md")
		.map(({ name }) => name)
		.sort();
	return (["text", "json"] as const).map((format) => {
		const file = join(folder, `${format}.txt`);
		writeFileSync(file, `$ rlog analyze --format ${format} ${inputs.join(" ")}\n`);
		return { scenario, file };
	});
}

/** `$ COLUMNS=80 rlog timeline …`: the first line, and those that follow an exit code and an empty line. */
const commands = /(?<=^|\nexit \d\n\n)\$ (?:[A-Z_]+=\S+ )*rlog [^\n]*/g;

/** Runs the commands of a golden file and holds what they say against the file. */
export async function checkGolden({ scenario, file }: Golden): Promise<void> {
	if (!existsSync(file)) throw new Error(`${file} is missing: UPDATE_GOLDEN=1 npm test makes it`);
	const expected = readFileSync(file, "utf8");
	const given = expected.match(commands) ?? [];
	if (given.length === 0) throw new Error(`${file}: the first line must be: $ rlog …`);
	const tmp = mkdtempSync(join(tmpdir(), "rlog-golden-"));
	try {
		const said: string[] = [];
		for (const command of given) said.push(await run(command, scenario, tmp));
		const actual = said.join("\n");
		if (update) writeFileSync(file, actual);
		else expect(actual).toBe(expected);
	} finally {
		rmSync(tmp, { recursive: true });
	}
}

async function run(command: string, cwd: string, tmp: string): Promise<string> {
	const words = wordsOf(command.slice(2)).map((word) => word.replaceAll("$TMP", tmp));
	const begin = words.indexOf("rlog");
	const env = Object.fromEntries(words.slice(0, begin).map((word) => word.split("=", 2)));
	const before = filesOf(tmp);
	const { code, stdout, stderr } = await rlog(words.slice(begin + 1), { cwd, env });
	const files = filesOf(tmp).filter((name) => !before.includes(name) && !name.endsWith(".json"));
	const written = files.map((name) => `--- $TMP/${name}\n${readFileSync(join(tmp, name), "utf8")}`).join("");
	const errors = stderr.replace(/^(?=.)/gm, "2> ");
	return `${command}\n${page(`${stdout}${errors}`.replaceAll(tmp, "$TMP"))}${written}exit ${code}\n`;
}

/** Words of a command line; quotes keep blanks together. */
const wordsOf = (line: string): string[] =>
	(line.match(/(?:'[^']*'|"[^"]*"|\S)+/g) ?? []).map((word) => word.replace(/(['"])(.*?)\1/g, "$2"));

const filesOf = (folder: string): string[] =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)))
		.sort();

/** A page without what is the same on every page, in lines that can be compared. */
function page(output: string): string {
	if (!output.startsWith("<!doctype html>")) return output;
	return `${output
		.replace(/(<style>)[\s\S]*?(<\/style>)/, "$1…$2")
		.replace(/(<script type="module">|<script>)[\s\S]*?(<\/script>)/, "$1…$2")
		.replace(/sha256-[\w+/=]+/g, "sha256-…")
		.replace(/(?<=>)(?=<(?:section|article|header|h[1-3]|dl|dt|ul|ol|li|table|tr|details|p|g|svg|rect|line|script|footer|nav|figure)\b)/g, "\n")
		.trimEnd()}\n`;
}

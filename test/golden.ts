import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { expect } from "vitest";
import { rlog } from "./cli/run.ts";

/*
 * A scenario is a folder with real logs and `expected/`. Each file in there is what a terminal would
 * show: the command after `$ rlog`, its output, standard error with `2> ` before each line, and the
 * exit code. `UPDATE_GOLDEN=1 npm test` runs the commands again and writes what they say; a scenario
 * without expected files gets the usual ones.
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

function goldensOf(scenario: string): Golden[] {
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

/** Runs the command of a golden file and holds its output against the file. */
export async function checkGolden({ scenario, file }: Golden): Promise<void> {
	if (!existsSync(file)) throw new Error(`${file} is missing: UPDATE_GOLDEN=1 npm test makes it`);
	const expected = readFileSync(file, "utf8");
	const [command = ""] = expected.split("\n", 1);
	if (!command.startsWith("$ rlog ")) throw new Error(`${file}: the first line must be: $ rlog …`);
	const args = command.slice("$ rlog ".length).split(" ");
	const { code, stdout, stderr } = await rlog(args, { cwd: scenario });
	const said = stderr.replace(/^(?=.)/gm, "2> ");
	const actual = `${command}\n${stdout}${said}exit ${code}\n`;
	if (update) writeFileSync(file, actual);
	else expect(actual).toBe(expected);
}

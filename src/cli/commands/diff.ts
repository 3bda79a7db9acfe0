import process from "node:process";
import { readWhole } from "../../input/text.ts";
import type { Report } from "../../model/report.ts";
import { compareReports } from "../../report/diff/compare.ts";
import { renderDiff } from "../../report/diff/text.ts";
import { toJson } from "../../report/json.ts";
import { parseReport } from "../../report/parse.ts";
import { complain, UsageError } from "../errors.ts";
import { print } from "../output.ts";
import { standardOutput } from "../terminal.ts";

export interface DiffFlags {
	readonly format: "text" | "json";
	readonly force?: boolean;
	readonly failOn?: "worse";
	readonly color?: boolean;
}

/** `rlog diff`: compares two reports, of before and after a change. */
export async function diffCommand(before: string, after: string, flags: DiffFlags): Promise<void> {
	if (before === "-" && after === "-") throw new UsageError("only one of the reports can be standard input");
	const diff = compareReports(await load(before), await load(after));
	if (diff.sameBy === null && flags.force !== true) {
		throw new UsageError(
			`${before} and ${after} are reports of different servers: no node, address or replication ID is in both; compare them anyway with --force`,
		);
	}
	const text =
		flags.format === "json" ? `${toJson(diff, 2)}\n` : renderDiff(diff, standardOutput(flags.color));
	await print(text);
	if (flags.failOn !== "worse" || diff.worse.length === 0) return;
	complain(`--fail-on worse: ${diff.worse.join("; ")}`);
	process.exitCode = 2;
}

async function load(name: string): Promise<Report> {
	let text: string;
	try {
		text = await readWhole(name);
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
	try {
		return parseReport(text);
	} catch (error) {
		throw new UsageError(`${name}: ${error instanceof Error ? error.message : String(error)}`);
	}
}

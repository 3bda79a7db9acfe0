import { readFileSync } from "node:fs";
import { join } from "node:path";
import { analyze } from "../../src/analyze.ts";
import type { Report } from "../../src/model/report.ts";
import { scenarios } from "../fixture.ts";

export type Logs = Readonly<Record<string, string>>;

/** The report of logs given as text, by input name. */
export async function reportOf(logs: Logs): Promise<Report> {
	const inputs = Object.entries(logs).map(([name, data]) => ({ name, data }));
	return (await analyze(inputs)).report;
}

/** The logs of a scenario of `fixtures/`; all of them, or those named. */
export function logsOf(scenario: string, ...names: readonly string[]): Logs {
	const found = scenarios.find(({ name }) => name === scenario);
	if (found === undefined) throw new Error(`no scenario ${scenario}`);
	const chosen = found.files.filter((file) => names.length === 0 || names.includes(file.replace(/\.log$/, "")));
	return Object.fromEntries(chosen.map((file) => [file, readFileSync(join(found.folder, file), "utf8")]));
}

export const fixture = (scenario: string, ...names: readonly string[]): Promise<Report> => reportOf(logsOf(scenario, ...names));

/** Lines of one process: milliseconds since 20:00, and the text from the level on. */
export function log(pid: number, role: string, ...lines: readonly (readonly [at: number, text: string])[]): string {
	return lines.map(([at, text]) => `${pid}:${role} 21 Nov 2026 ${stamp(at)} ${text}\n`).join("");
}

const stamp = (at: number): string => new Date(Date.UTC(2026, 10, 21, 20) + at).toISOString().slice(11, 23);

/** The same log by a clock that is ahead by so many milliseconds. */
export function ahead(text: string, ms: number): string {
	return text.replace(/(21 Nov 2026 )(\d\d:\d\d:\d\d\.\d{3})/g, (_, day: string, clock: string) => {
		return day + new Date(Date.parse(`2026-11-21T${clock}Z`) + ms).toISOString().slice(11, 23);
	});
}

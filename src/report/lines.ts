import type { Report } from "../model/report.ts";
import { numbers, timeOf } from "./fold.ts";
import { Names } from "./names.ts";
import { safeData } from "./safe.ts";

/**
 * One line a resync, a finding or a problem, for pipes: `grep '^full'`, `cut`, `sort`. The first
 * word says what the line is about.
 */
export function renderLines(unsafeReport: Report): string {
	const report = safeData(unsafeReport);
	const names = new Names(report);
	const rows: string[][] = [];
	for (const resync of report.resyncs) {
		const { id, verdict, cause, trigger } = resync;
		const time = timeOf(resync) ?? "-";
		rows.push([
			verdict.padEnd(7),
			time,
			`#${id}`,
			names.link(resync),
			cause.code,
			cause.proof,
			trigger.code,
			cause.text,
		]);
	}
	if (rows.length === 0) rows.push(["none", report.summary.text]);
	for (const { severity, code, resyncs, text } of report.findings) {
		rows.push([severity, code, ...(resyncs.length > 0 ? [numbers(resyncs)] : []), text]);
	}
	for (const { code, text } of report.problems) rows.push(["problem", code, text]);
	return rows.map((row) => `${row.join("  ")}\n`).join("");
}

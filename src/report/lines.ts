import type { Report, Resync } from "../model/report.ts";
import { Names } from "./names.ts";
import { safe } from "./safe.ts";
import { numbers, timeOf } from "./shorthand.ts";

/**
 * One line a resync, a failover, a finding or a problem, for pipes: `grep '^full'`, `cut`, `sort`. The first
 * word says what the line is about.
 */
export function renderLines(report: Report): string {
	const names = new Names(report);
	const rows: string[][] = [];
	for (const resync of report.resyncs) rows.push([resyncLine(resync, names)]);
	if (rows.length === 0) rows.push(["none", report.summary.text]);
	for (const { startedAt, outcome, text } of report.failovers) {
		rows.push(["failover", startedAt ?? "-", outcome, text]);
	}
	for (const { severity, code, resyncs, text } of report.findings) {
		rows.push([severity, code, ...(resyncs.length > 0 ? [numbers(resyncs)] : []), text]);
	}
	for (const { code, text } of report.problems) rows.push(["problem", code, text]);
	// Only what is shown is made safe: the evidence of a long log is most of its report.
	return rows.map((row) => `${safe(row.join("  "))}\n`).join("");
}

/** A resync in one line; the report it is from must be safe to print. */
export function resyncLine(resync: Resync, names: Names): string {
	const { id, verdict, cause, trigger } = resync;
	return [
		verdict.padEnd(7),
		timeOf(resync) ?? "-",
		`#${id}`,
		names.link(resync),
		cause.code,
		cause.proof,
		trigger.code,
		cause.text,
	].join("  ");
}

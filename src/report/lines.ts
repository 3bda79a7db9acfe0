import type { Report, Resync } from "../model/report.ts";
import { Names } from "./names.ts";
import { inPieces, type Pieces } from "./pieces.ts";
import { safe } from "./safe.ts";
import { numbers, timeOf } from "./shorthand.ts";

/**
 * One line a resync, a failover, a finding or a problem, for pipes: `grep '^full'`, `cut`, `sort`. The first
 * word says what the line is about.
 */
export function renderLines(report: Report): Pieces {
	return inPieces(linesOf(report));
}

function* linesOf(report: Report): Generator<string> {
	// Only what is shown is made safe: the evidence of a long log is most of its report.
	const line = (...words: string[]): string => `${safe(words.join("  "))}\n`;
	const names = new Names(report);
	for (const resync of report.resyncs) yield line(resyncLine(resync, names));
	if (report.resyncs.length === 0) yield line("none", report.summary.text);
	for (const { startedAt, outcome, text } of report.failovers) yield line("failover", startedAt ?? "-", outcome, text);
	for (const { severity, code, resyncs, text } of report.findings) {
		yield line(severity, code, ...(resyncs.length > 0 ? [numbers(resyncs)] : []), text);
	}
	for (const { code, text } of report.problems) yield line("problem", code, text);
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

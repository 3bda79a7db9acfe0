import { correlate } from "./correlate/index.ts";
import { buildReport } from "./diagnose/report.ts";
import { type InputSource, type ReadOptions, readInputs } from "./input/index.ts";
import type { Report } from "./model/report.ts";
import type { Readings } from "./model/stream.ts";
import { version } from "./version.ts";

export interface AnalyzeOptions extends ReadOptions {}

export interface Analysis {
	readonly report: Report;
	/** True when at least one input could not be read. */
	readonly unreadable: boolean;
	/** True when no input could be read at all. */
	readonly nothingRead: boolean;
}

/**
 * Reads the inputs (names of files, folders or patterns, `-`, or data at hand) and explains every
 * resync that they tell of. Never throws for what they hold: what could not be read is in
 * `report.problems`.
 */
export async function analyze(
	inputs: readonly InputSource[],
	options: AnalyzeOptions = {},
): Promise<Analysis> {
	return analyzeReadings(await readInputs(inputs, options));
}

/** Explains what has been read already. */
export function analyzeReadings(readings: Readings): Analysis {
	const story = correlate(readings.streams);
	const report = buildReport(readings, story, version);
	const nothingRead = readings.streams.every((s) => s.counts.logLines === 0 && s.snapshots.length === 0);
	return { report, unreadable: readings.unreadable, nothingRead };
}

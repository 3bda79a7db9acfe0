import { correlate } from "./correlate/index.ts";
import { buildReport } from "./diagnose/report.ts";
import { type ReadOptions, readInputs } from "./input/index.ts";
import type { Report } from "./model/report.ts";
import { version } from "./version.ts";

export interface AnalyzeOptions extends ReadOptions {}

export interface Analysis {
	readonly report: Report;
	/** True when at least one input could not be read. */
	readonly unreadable: boolean;
	/** True when no input could be read at all. */
	readonly nothingRead: boolean;
}

/** Reads the inputs and explains every resync that they tell of. */
export async function analyze(inputs: readonly string[], options: AnalyzeOptions = {}): Promise<Analysis> {
	const readings = await readInputs(inputs, options);
	const story = correlate(readings.streams);
	const report = buildReport(readings, story, version);
	const nothingRead = readings.streams.every((s) => s.counts.logLines === 0);
	return { report, unreadable: readings.unreadable, nothingRead };
}

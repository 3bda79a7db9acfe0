import { correlate } from "./correlate/index.ts";
import { buildInfo } from "./diagnose/info/index.ts";
import { buildReport } from "./diagnose/report.ts";
import { reportWithin, type Within } from "./diagnose/within.ts";
import { type FollowOptions, follow } from "./input/follow.ts";
import { type InputSource, type ReadOptions, readInputs } from "./input/index.ts";
import type { InfoReport } from "./model/info.ts";
import type { Report } from "./model/report.ts";
import { holdsAnything, type Readings } from "./model/stream.ts";
import { version } from "./version.ts";

export interface AnalyzeOptions extends ReadOptions {
	/** Chooses a part of the time, once it is known what the logs cover; see `Within`. */
	readonly window?: (report: Report) => Within;
}

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
	return analyzeReadings(await readInputs(inputs, options), options.window);
}

/** An analysis of what was read so far. */
export interface LiveAnalysis extends Analysis {
	/** True for the last one: nothing more will come. */
	readonly last: boolean;
	/** Set once so much was read that older events were let go: up to this time, as logged (ms). */
	readonly forgotten: number | null;
}

/**
 * Reads the inputs as they grow (files that are written to, rotated or cut, and pipes) and explains
 * all of it anew whenever something new has settled. Ends by `options.signal`, or when all pipes end
 * and there is no file.
 */
export async function* analyzeLive(
	inputs: readonly InputSource[],
	options: FollowOptions = {},
): AsyncGenerator<LiveAnalysis, void> {
	for await (const { readings, last, forgotten } of follow(inputs, options)) {
		yield { ...analyzeReadings(readings), last, forgotten };
	}
}

/** Reads the replies of INFO and ROLE in the inputs: of each node, between them, and what a reconnect would cost. */
export async function inspect(
	inputs: readonly InputSource[],
	options: ReadOptions = {},
): Promise<InfoReport> {
	const readings = await readInputs(inputs, options);
	return buildInfo(readings, correlate(readings.streams), version);
}

/** Explains what has been read already. */
export function analyzeReadings(readings: Readings, window?: AnalyzeOptions["window"]): Analysis {
	const story = correlate(readings.streams);
	const whole = buildReport(readings, story, version);
	const report = window === undefined ? whole : reportWithin(whole, story, window(whole));
	const nothingRead = !readings.streams.some(holdsAnything);
	return { report, unreadable: readings.unreadable, nothingRead };
}

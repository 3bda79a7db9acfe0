import { correlate } from "./correlate/index.ts";
import { buildInfo } from "./diagnose/info/index.ts";
import { buildReport } from "./diagnose/report.ts";
import { reportWithin, type Within } from "./diagnose/within.ts";
import { type FollowOptions, follow } from "./input/follow.ts";
import { type InputSource, type ReadOptions, readInputs } from "./input/index.ts";
import type { InfoReport } from "./model/info.ts";
import type { Report } from "./model/report.ts";
import type { GivenZone } from "./model/story.ts";
import { holdsAnything, type Readings } from "./model/stream.ts";
import { version } from "./version.ts";

/** The zone that logs were written in, where their lines do not state it. */
export interface LogZone {
	/** `UTC`, `+02:00`, `Europe/Berlin`. */
	readonly zone: string;
	/** A node's name, address or input; all of them when left out. */
	readonly node?: string;
}

export interface AnalyzeOptions extends ReadOptions {
	/** Zones of logs. A zone that is none is a `RangeError`. */
	readonly zones?: readonly LogZone[];
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
	const zones = await givenZones(options.zones);
	return analyzeReadings(await readInputs(inputs, options), options.window, zones);
}

/** Names of zones as what the correlator asks of them. */
export async function givenZones(zones: readonly LogZone[] = []): Promise<GivenZone[]> {
	if (zones.length === 0) return [];
	const { minutesEast, readZone } = await import("./report/zone.ts");
	return zones.map(({ node = null, zone }) => {
		const found = readZone(zone);
		if (found === undefined) throw new RangeError(`'${zone}' is no time zone`);
		return { node, minutesAt: (local) => minutesEast(found, local) };
	});
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
	options: FollowOptions & Pick<AnalyzeOptions, "zones"> = {},
): AsyncGenerator<LiveAnalysis, void> {
	const zones = await givenZones(options.zones);
	for await (const { readings, last, forgotten } of follow(inputs, options)) {
		yield { ...analyzeReadings(readings, undefined, zones), last, forgotten };
	}
}

/** Reads the replies of INFO and ROLE in the inputs: of each node, between them, and what a reconnect would cost. */
export async function inspect(
	inputs: readonly InputSource[],
	options: ReadOptions & Pick<AnalyzeOptions, "zones"> = {},
): Promise<InfoReport> {
	const zones = await givenZones(options.zones);
	const readings = await readInputs(inputs, options);
	return buildInfo(readings, correlate(readings.streams, zones), version);
}

/** Explains what has been read already. */
export function analyzeReadings(
	readings: Readings,
	window?: AnalyzeOptions["window"],
	zones: readonly GivenZone[] = [],
): Analysis {
	const story = correlate(readings.streams, zones);
	const whole = buildReport(readings, story, version);
	const report = window === undefined ? whole : reportWithin(whole, story, window(whole));
	const nothingRead = !readings.streams.some(holdsAnything);
	return { report, unreadable: readings.unreadable, nothingRead };
}

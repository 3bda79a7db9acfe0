import type { Place } from "../model/event.ts";
import { firstAt, self } from "../model/lists.ts";
import type { LogStream, Snapshot } from "../model/stream.ts";
import { bounds, settleYears } from "./clock.ts";
import type { InputContents } from "./contents.ts";
import { copyOf, type Draft } from "./draft.ts";
import { mergeRuns } from "./merge.ts";
import { type Group, groupUnits, isNameless, labels } from "./nodes.ts";
import { describeTraces } from "./paste/traces.ts";
import { replyUnit, type Unit, unitsOf } from "./processes.ts";
import type { MarkLine, Segment } from "./segment.ts";

/** What one input came to. */
export interface Streams {
	readonly streams: readonly LogStream[];
	/** Whether all year-less lines found their year. */
	readonly yearKnown: boolean;
}

/** Turns the segments of one input into streams, one a node. They are used up where nothing more comes: `last`. */
export function streamsOf(
	input: string,
	contents: InputContents,
	bytes: number,
	given: string | null,
	last: boolean,
): Streams {
	const { segments } = contents;
	// Line ends and what was cut from lines belong to no line.
	const [first] = segments;
	if (first !== undefined) first.bytes += bytes - segments.reduce((sum, segment) => sum + segment.bytes, 0);
	const fronted = segments.some(({ logLines }) => logLines > 0);
	const units = segments.flatMap((segment) => {
		const { logLines, weak } = segment;
		if (logLines + weak === 0) return [];
		let drafts = segment.ordered();
		if (weak > 0 && fronted) drafts = drafts.filter(({ attached }) => attached !== false);
		// Their time is worked out anew when more has been read.
		return unitsOf(segment, last ? drafts : drafts.map((draft) => (draft.yearless ? copyOf(draft) : draft)));
	});
	const groups = groupUnits([...units, ...contents.replies.map(replyUnit)]);
	const written = contents.written?.streams() ?? [];
	if (written.length > 0 && groups.length === 0) {
		const [only] = written.length === 1 ? written : [];
		return {
			streams: only !== undefined && given !== null ? [{ ...only, label: given }] : written,
			yearKnown: true,
		};
	}
	if (groups.length === 0) groups.push({ units: [] });
	const names = labels(groups);
	const counted = countSegments(segments, groups);
	let yearKnown = true;
	const traces = new Set(contents.traces);
	if (units.some(({ drafts }) => drafts.some(({ attached }) => attached !== undefined)))
		traces.add("cut-front");
	const stray = strayLines(segments, groups, counted);
	const told = groups.map((group, i): LogStream => {
		const own = counted[i] as readonly Segment[];
		const runs = group.units.filter(({ reply }) => reply === null).map((unit) => unit.drafts);
		const drafts = mergeRuns(runs);
		if (runs.length > 1 && drafts.length < runs.reduce((n, run) => n + run.length, 0)) traces.add("repeated");
		const marks = marksOf(own, group.units);
		if (isYearless(marks) || isYearless(drafts)) {
			const known = settleYears([...marks.slice(0, 1), ...drafts, ...marks.slice(1)], contents.dates);
			yearKnown &&= known;
		}
		const sum = (count: (segment: Segment) => number): number =>
			own.reduce((total, s) => total + count(s), 0);
		const linesBefore = countBefore(drafts);
		const place = (mark: MarkLine | undefined): Place | null =>
			mark === undefined ? null : { input, line: mark.line };
		return {
			input,
			wrapper: null,
			label: groups.length === 1 ? (given ?? names[0] ?? null) : (names[i] ?? null),
			events: drafts,
			snapshots: group.units
				.flatMap((unit) => snapshot(unit, linesBefore))
				.sort((a, b) => a.place.line - b.place.line),
			counts: {
				bytes: sum(({ bytes }) => bytes),
				lines: sum(({ lines }) => lines),
				logLines: sum(({ logLines }) => logLines) + (stray[i] ?? 0),
				recognised: sum(({ recognised }) => recognised) + weakLines(drafts),
				unrecognised: sum(({ unrecognised }) => unrecognised),
			},
			unrecognised: own.flatMap(({ kept }) => kept),
			// Where the signal handler is alone, its clock is all there is.
			...bounds([marks, drafts], marks.every(bySignal) && drafts.every(bySignal)),
			firstLine: contents.firstLine,
			first: place(marks[0]),
			last: place(marks.at(-1)),
		};
	});
	const wrapper = describeTraces(contents.wrapper, traces);
	return { streams: [...written, ...told.map((stream) => ({ ...stream, wrapper }))], yearKnown };
}

/** Lines with hardly any front that count after all. */
function weakLines(drafts: readonly Draft[]): number {
	const lines = new Set<number>();
	for (const { attached, line } of drafts) if (attached !== undefined) lines.add(line);
	return lines.size;
}

/** How many of the events stand above a line of the input. */
function countBefore(drafts: readonly Draft[]): (line: number) => number {
	let lines: Float64Array | undefined;
	return (line) => {
		lines ??= Float64Array.from(drafts, ({ line }) => line).sort();
		return firstAt(lines, self, line);
	};
}

function snapshot(unit: Unit, linesBefore: (line: number) => number): Snapshot[] {
	if (unit.reply === null) return [];
	const { place, lastLine, address, label, outerTime, reply } = unit.reply;
	const after = linesBefore(place.line);
	return [{ place, lastLine, address, label, named: !isNameless(unit), outerTime, after, reply }];
}

/** Each segment is counted with the group that has most of it; those of no group with the first. */
function countSegments(segments: readonly Segment[], groups: readonly Group[]): Segment[][] {
	const counted = groups.map((): Segment[] => []);
	const shares = new Map<Segment, Map<number, number>>();
	for (const [i, { units }] of groups.entries()) {
		for (const { segment, drafts } of units) {
			if (segment === null) continue;
			const own = shares.get(segment) ?? new Map<number, number>();
			shares.set(segment, own);
			own.set(i, (own.get(i) ?? 0) + drafts.length + 1);
		}
	}
	for (const segment of segments) {
		let most = 0;
		let best = 0;
		for (const [i, share] of shares.get(segment) ?? []) if (share > most) [most, best] = [share, i];
		counted[best]?.push(segment);
	}
	return counted;
}

/** For each group its log lines in others' segments, less others' in its own. */
function strayLines(
	segments: readonly Segment[],
	groups: readonly Group[],
	counted: readonly (readonly Segment[])[],
): number[] {
	const owner = new Map(counted.flatMap((own, i) => own.map((segment): [Segment, number] => [segment, i])));
	const stray = groups.map(() => 0);
	if (segments.length === 0) return stray;
	for (const [i, { units }] of groups.entries()) {
		for (const { segment, drafts } of units) {
			const at = segment === null ? undefined : owner.get(segment);
			if (at === undefined || at === i) continue;
			stray[i] = (stray[i] ?? 0) + drafts.length;
			stray[at] = (stray[at] ?? 0) - drafts.length;
		}
	}
	return stray;
}

/** First and last lines, where the segment is one node's alone. */
function marksOf(segments: readonly Segment[], units: readonly Unit[]): MarkLine[] {
	const marks = segments
		.filter((s) => units.filter((u) => u.segment === s).length === 1)
		.flatMap((s) => s.marks());
	return marks.length <= 2 ? marks : [marks[0] as MarkLine, marks.at(-1) as MarkLine];
}

const bySignal = ({ signal }: MarkLine | Draft): boolean => signal;

const isYearless = (lines: readonly (MarkLine | Draft)[]): boolean =>
	lines.some(({ yearless }) => yearless === true);

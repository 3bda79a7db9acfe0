import type { Place } from "../model/event.ts";
import type { LogStream, Snapshot } from "../model/stream.ts";
import { settleYears } from "./clock.ts";
import { type Draft, eventOf } from "./draft.ts";
import { mergeRuns } from "./merge.ts";
import { type Group, groupUnits, isNameless, labels } from "./nodes.ts";
import { replyUnit, type Unit, unitsOf } from "./processes.ts";
import type { InputContents } from "./reader.ts";
import type { MarkLine, Segment } from "./segment.ts";

/** What one input came to. */
export interface Streams {
	readonly streams: readonly LogStream[];
	/** Whether all year-less lines found their year. */
	readonly yearKnown: boolean;
}

/** Turns the segments of one input into streams, one a node. */
export function streamsOf(
	input: string,
	contents: InputContents,
	bytes: number,
	given: string | null,
): Streams {
	const { segments } = contents;
	// Line ends and what was cut from lines belong to no line.
	const [first] = segments;
	if (first !== undefined) first.bytes += bytes - segments.reduce((sum, segment) => sum + segment.bytes, 0);
	const fronted = segments.some(({ logLines }) => logLines > 0);
	const units = segments.flatMap((segment) => {
		const drafts = segment.ordered().filter(({ attached }) => attached !== false || !fronted);
		return segment.logLines + segment.weak === 0 ? [] : unitsOf(segment, drafts);
	});
	const groups = groupUnits([...units, ...contents.replies.map(replyUnit)]);
	if (groups.length === 0) groups.push({ units: [] });
	const names = labels(groups);
	const counted = countSegments(segments, groups);
	let yearKnown = true;
	const streams = groups.map((group, i): LogStream => {
		const own = counted[i] as readonly Segment[];
		const runs = group.units.filter(({ reply }) => reply === null).map((unit) => unit.drafts);
		const drafts = mergeRuns(runs);
		const marks = marksOf(own, group.units);
		const known = settleYears(yearsInOrder(marks, drafts), contents.dates);
		yearKnown &&= known;
		const sum = (count: (segment: Segment) => number): number =>
			own.reduce((total, s) => total + count(s), 0);
		const place = (mark: MarkLine | undefined): Place | null =>
			mark === undefined ? null : { input, line: mark.line };
		return {
			input,
			wrapper: contents.wrapper,
			label: groups.length === 1 ? (given ?? names[0] ?? null) : (names[i] ?? null),
			events: drafts.map(eventOf),
			snapshots: group.units
				.flatMap((unit) => snapshot(unit, drafts))
				.sort((a, b) => a.place.line - b.place.line),
			counts: {
				bytes: sum(({ bytes }) => bytes),
				lines: sum(({ lines }) => lines),
				logLines: sum(({ logLines }) => logLines) + strayLines(own, group.units, groups),
				unrecognised: sum(({ unrecognised }) => unrecognised),
			},
			unrecognised: own.flatMap(({ kept }) => kept),
			...bounds([...marks, ...drafts]),
			firstLine: contents.firstLine,
			first: place(marks[0]),
			last: place(marks.at(-1)),
		};
	});
	return { streams, yearKnown };
}

function snapshot(unit: Unit, drafts: readonly Draft[]): Snapshot[] {
	if (unit.reply === null) return [];
	const { place, lastLine, address, label, outerTime, reply } = unit.reply;
	const after = drafts.filter((draft) => draft.place.line < place.line).length;
	return [{ place, lastLine, address, label, named: !isNameless(unit), outerTime, after, reply }];
}

/** Each segment is counted with the group that has most of it; those of no group with the first. */
function countSegments(segments: readonly Segment[], groups: readonly Group[]): Segment[][] {
	const counted = groups.map((): Segment[] => []);
	for (const segment of segments) {
		const shares = groups.map(({ units }) => share(segment, units));
		counted[shares.indexOf(Math.max(...shares))]?.push(segment);
	}
	return counted;
}

const share = (segment: Segment, units: readonly Unit[]): number =>
	units.reduce((sum, unit) => sum + (unit.segment === segment ? unit.drafts.length + 1 : 0), 0);

/** Log lines of other groups' segments that are this group's, less those of its own that are others'. */
function strayLines(own: readonly Segment[], units: readonly Unit[], all: readonly Group[]): number {
	const gained = units.filter(({ segment }) => segment !== null && !own.includes(segment));
	const lost = all
		.flatMap((group) => group.units)
		.filter((u) => u.segment !== null && own.includes(u.segment) && !units.includes(u));
	const lines = (list: readonly Unit[]): number => list.reduce((sum, unit) => sum + unit.drafts.length, 0);
	return lines(gained) - lines(lost);
}

/** First and last lines, where the segment is one node's alone. */
function marksOf(segments: readonly Segment[], units: readonly Unit[]): MarkLine[] {
	const marks = segments
		.filter((s) => units.filter((u) => u.segment === s).length === 1)
		.flatMap((s) => s.marks());
	return marks.length <= 2 ? marks : [marks[0] as MarkLine, marks.at(-1) as MarkLine];
}

function yearsInOrder(marks: readonly MarkLine[], drafts: readonly Draft[]): (MarkLine | Draft)[] {
	return [...marks.slice(0, 1), ...drafts, ...marks.slice(1)];
}

/** Earliest and latest time. The signal handler's clock is another, so it counts only if alone. */
function bounds(lines: readonly { time: number | null; signal: boolean }[]): {
	from: number | null;
	to: number | null;
} {
	let from: number | null = null;
	let to: number | null = null;
	const clocked = lines.some((line) => !line.signal);
	for (const { time, signal } of lines) {
		if (time === null || (clocked && signal)) continue;
		if (from === null || time < from) from = time;
		if (to === null || time > to) to = time;
	}
	return { from, to };
}

import { parseFront } from "../../grammars/prefix.ts";
import type { UnrecognisedLine } from "../model/stream.ts";
import type { Dated } from "./clock.ts";
import { type Draft, identity, type LogLine } from "./draft.ts";

/** How many lines that were not understood are kept to be shown. */
const KEPT_UNRECOGNISED = 20;

/** Nobody pastes a log twice that has more events than this. */
const LONGEST_PASTE = 100_000;

/** What is known about a run of lines before their content is looked at. */
export interface SegmentName {
	/** The node's name by a wrapper or file header: lines of one name are one node, of two are two. */
	readonly node: string | null;
	/** A name by a command or prompt that stands before them. */
	readonly command: string | null;
	/** A name by a heading that stands before them. */
	readonly heading: string | null;
	/** The port by a command or prompt. */
	readonly port: number | null;
	/** Whether the lines are set off from those before by more than blank or foreign lines. */
	readonly apart: boolean;
}

/** Nothing is known. */
export const noName: SegmentName = { node: null, command: null, heading: null, port: null, apart: false };

/** Where and when a log line stood that need not be an event: the first and last of a segment. */
export interface MarkLine extends Dated {
	readonly line: number;
	readonly signal: boolean;
}

/** A line of the log as its mark. */
export const markOf = ({ front, number, outerTime }: LogLine): MarkLine => ({
	time: front.stamp?.ms ?? null,
	yearless: front.stamp !== null && !front.stamp.year,
	outerTime,
	line: number,
	signal: front.signal,
});

interface Skipped {
	bytes: Buffer | undefined;
	start: number;
	end: number;
	text: string;
	number: number;
	outerTime: number | null;
}

/** Lines of one input that were written one after the other by one node, as far as the input shows. */
export class Segment {
	name: SegmentName;
	lines = 0;
	bytes = 0;
	logLines = 0;
	/** Lines whose message is understood, or that belong to a reply of INFO or ROLE. */
	recognised = 0;
	/** Number of the last line that was counted so. */
	#counted = 0;
	/** Lines with a message but hardly any front. */
	weak = 0;
	unrecognised = 0;
	readonly kept: UnrecognisedLine[] = [];
	drafts: Draft[] = [];
	/** Port by a start-up banner, which has no front. */
	bannerPort: number | null = null;
	#first: MarkLine | undefined;
	#last: MarkLine | undefined;
	/** The last line, where it was skipped: still as bytes or text. Its number is 0 where it was not. */
	readonly #skipped: Skipped = { bytes: undefined, start: 0, end: 0, text: "", number: 0, outerTime: null };
	#lastTime = Number.NEGATIVE_INFINITY;
	#ups = 0;
	#downs = 0;
	#identities: Set<string> | undefined;

	constructor(name: SegmentName) {
		this.name = name;
	}

	/** A line with a server's front whose message is known; `pieces` where it took more than one. */
	add(draft: Draft, pieces = 1): void {
		this.see(draft);
		this.recognise(draft.line, pieces);
		this.drafts.push(draft);
		this.#identities?.add(identity(draft));
	}

	/** A line with a server's front: it is counted, and its time is looked at. */
	see(line: MarkLine): void {
		this.logLines++;
		this.#first ??= line;
		this.#last = line;
		this.#skipped.number = 0;
		const { time } = line;
		if (time === null || line.signal) return;
		if (time > this.#lastTime) this.#ups++;
		else if (time < this.#lastTime) this.#downs++;
		this.#lastTime = time;
	}

	/** The last of so many log lines that are only counted. Its front is read if it turns out to be the first or last one. */
	skip(bytes: Buffer, start: number, end: number, number: number, lines = 1): void {
		this.logLines += lines;
		this.#skipped.bytes = bytes;
		this.#skipped.start = start;
		this.#skipped.end = end;
		this.#skipped.number = number;
		this.#skipped.outerTime = null;
		this.#first ??= this.#readSkipped();
	}

	/** The bytes of the line that was skipped last will be used again: what may be needed of it is kept. */
	settle(): void {
		const { bytes, start, end } = this.#skipped;
		if (bytes === undefined) return;
		this.#skipped.text = bytes.toString("utf8", start, end);
		this.#skipped.bytes = undefined;
	}

	/** The same for a line out of a wrapper. */
	skipText(text: string, number: number, outerTime: number | null, lines = 1): void {
		this.logLines += lines;
		this.#skipped.bytes = undefined;
		this.#skipped.text = text;
		this.#skipped.number = number;
		this.#skipped.outerTime = outerTime;
		this.#first ??= this.#readSkipped();
	}

	#readSkipped(): MarkLine | undefined {
		const { bytes, start, end, text, number, outerTime } = this.#skipped;
		if (number === 0) return undefined;
		const front = parseFront(bytes === undefined ? text : bytes.toString("utf8", start, end));
		return front && markOf({ front, number, outerTime });
	}

	/** A line with too little of a front to count as a log line by itself. */
	addWeak(draft: Draft): void {
		this.drafts.push(draft);
		this.weak++;
	}

	/** Counts a line as understood, once whatever it holds. */
	recognise(number: number, lines = 1): void {
		if (number === this.#counted) return;
		this.#counted = number;
		this.recognised += lines;
	}

	/** A line that opens like a known message but is not understood. */
	miss(line: UnrecognisedLine): void {
		this.unrecognised++;
		if (this.kept.length < KEPT_UNRECOGNISED) this.kept.push(line);
	}

	/** How far the line goes back behind the one before it, in milliseconds; 0 where it does not. */
	stepBack({ time, signal }: MarkLine): number {
		return time === null || signal || time >= this.#lastTime ? 0 : this.#lastTime - time;
	}

	/** Whether the same line stands here already. */
	holds(draft: Draft): boolean {
		if (this.drafts.length > LONGEST_PASTE) return false;
		this.#identities ??= new Set(this.drafts.map(identity));
		return this.#identities.has(identity(draft));
	}

	/** Whether the lines stand newest first. */
	get reversed(): boolean {
		// The first line counts as a step up.
		return this.#downs >= 2 && this.#downs > 2 * (this.#ups - 1);
	}

	/** First and last log line, in the order of the input. */
	marks(): MarkLine[] {
		const marks = [this.#first, this.#readSkipped() ?? this.#last ?? this.#first].flatMap((mark) =>
			mark === undefined ? [] : [ownMark(mark)],
		);
		return this.reversed ? marks.reverse() : marks;
	}

	/** The events in the order in which they happened, as far as their order in the input tells. */
	ordered(): Draft[] {
		return this.reversed ? this.drafts.toReversed() : this.drafts;
	}
}

/** A mark's year is worked out on its own. */
const ownMark = ({ time, yearless, outerTime, line, signal }: MarkLine): MarkLine => ({
	time,
	yearless: yearless === true,
	outerTime,
	line,
	signal,
});

/** A name before a single line is no node's where other lines have none: somebody quotes a line in a sentence. */
export function withoutQuotes(segments: readonly Segment[], labels: ReadonlySet<string>): readonly Segment[] {
	const isQuote = ({ name: { node }, logLines }: Segment): boolean =>
		node !== null && labels.has(node) && logLines === 1;
	if (!segments.some(({ name, logLines }) => name.node === null && logLines > 0)) return segments;
	for (const segment of segments.filter(isQuote)) segment.name = { ...noName, apart: true };
	return segments;
}

/** Lets go of the older half of the events; returns the time of the last one that is gone. */
export function letGo(segments: readonly Segment[]): number | null {
	let until: number | null = null;
	for (const { drafts } of segments) {
		for (const { time } of drafts.splice(0, Math.floor(drafts.length / 2))) {
			if (time !== null && (until === null || time > until)) until = time;
		}
	}
	return until;
}

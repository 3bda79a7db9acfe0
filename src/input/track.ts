import { containerPids } from "../model/stream.ts";
import { type Draft, draftOf, type LogLine, plainDraft } from "./draft.ts";
import { memo, messages } from "./grammar.ts";
import { tellsApart } from "./headings.ts";
import type { LineFront } from "./line-front.ts";
import type { Known } from "./memo.ts";
import type { Origin, Origins } from "./origin.ts";
import { cleanMessage, isMarked } from "./paste/clean.ts";
import { waysToMend } from "./paste/mend.ts";
import { type Trace, tracesIn } from "./paste/traces.ts";
import { type MarkLine, markOf, Segment, type SegmentName } from "./segment.ts";

/** Most pieces that a hard-wrapped line is put together from. */
const PIECES = 10;
/** Most ways of setting the pieces together that are kept in mind. */
const WAYS = 64;
/** Most parts into which one node's lines are split: nobody pastes more, and each is held against each. */
const SEGMENTS = 200;
/** Terminals and pages are no narrower than this. */
const NARROWEST = 50;
/** A log that goes back by more than this at a start belongs to another server. */
const STEP = 2000;
const startup = / is starting oO0|^Server started, |, just started$/;

/** A log line that may go on in the next lines. */
interface Pending {
	readonly line: LogLine;
	/** Its event as it stands, where the message is known. */
	readonly draft: Draft | undefined;
	/** The ways in which its pieces may join: with the blank that a wrap swallowed, or without. */
	readonly ways: readonly string[];
	/** Whether there is a blank at the end. */
	readonly blank: boolean;
	readonly pieces: number;
	/** Number of the last line taken in, and how many there are. */
	readonly last: number;
	readonly lines: number;
}

/** Puts one node's lines into segments, one after the other. */
export class Track {
	readonly segments: Segment[] = [];
	readonly #origins: Origins;
	/** What had to be taken off or put together. */
	readonly #traces: Set<Trace>;
	#segment: Segment;
	#pending: Pending | undefined;
	#wentBack = false;
	/** Length of the longest line so far. */
	#width = 0;
	/** Number of the last line that stood among log lines. */
	#lastFront: number | undefined;
	/** Weak lines since then, and the number of the last. */
	#loose: Draft[] = [];
	#lastLoose = 0;
	/** First piece of a line that its wrapper hands over in pieces. */
	partial: string | undefined;

	constructor(origins: Origins, name: SegmentName, traces: Set<Trace>) {
		this.#traces = traces;
		this.#origins = origins;
		this.#segment = new Segment(name);
		this.segments.push(this.#segment);
	}

	/** What its lines are named after at present. */
	get name(): SegmentName {
		return this.#segment.name;
	}

	get segment(): Segment {
		return this.#segment;
	}

	/** A heading that has been read but not yet begun a segment, and the process of the last line. */
	#heading: SegmentName | undefined;
	/** Whether that may be a comment on the log lines right above and below it. */
	#comment = false;
	/** Whether somebody has written something since the last line, and the role of that. */
	#prose = false;
	#role: LineFront["role"] = null;
	/** What looked like a heading last, but was a remark in the midst of a process's lines. */
	remark: SegmentName | undefined;
	#pid: number | null = null;

	/** Starts a new segment, unless the present one is still empty and can take the name. */
	begin(name: SegmentName): void {
		this.flush();
		this.#lastFront = undefined;
		this.#loose = [];
		const { lines, bytes, logLines, weak, recognised, bannerPort } = this.#segment;
		const empty = logLines + weak === 0;
		if (!empty && this.segments.length >= SEGMENTS) return;
		const next = new Segment(name);
		if (empty) {
			// Nothing but foreign lines: they are counted with what follows.
			next.lines = lines;
			next.bytes = bytes;
			next.recognised = recognised;
			next.bannerPort = bannerPort;
			this.segments.pop();
		}
		this.segments.push(next);
		this.#segment = next;
	}

	/**
	 * A heading stands here. It begins a new segment only if the next line comes from another process:
	 * logs have remarks of people in their midst. `comment` is the line's number where it may be one.
	 */
	heading(name: SegmentName, comment: number | null): void {
		this.#heading = name;
		this.#comment = comment !== null && [this.#lastFront, this.#lastLoose].includes(comment - 1);
	}

	/** Something that is no log line stands here: nothing, or somebody's own words. */
	gap(prose: boolean): void {
		this.#comment = false;
		if (prose) this.#prose = true;
	}

	/** Whether what looks like a heading is but a comment: by the process of the lines around it, else by where it stands. */
	#isRemark(pid: number | null): boolean {
		return pid === this.#pid && (this.#comment || (pid !== null && pid >= containerPids));
	}

	/** Takes a line that has a front; `raw` is all of it. */
	front(front: LineFront, number: number, outerTime: number | null, raw: string): void {
		const known = this.understand(front.message);
		// Lines that say nothing of ours are passed over mostly without being looked at.
		if (known !== undefined || messages().opensKnown(front.message)) this.#open(front, front.message);
		else if (this.#pending !== undefined) this.flush();
		const line: LogLine = { front, number, outerTime };
		const draft = known && draftOf(this.#origins, line, known);
		this.#order(draft ?? markOf(line), draft, known?.message ?? front.message);
		this.#attach(number);
		const full = this.#isFull(raw.length);
		if (draft !== undefined && !full) this.#segment.add(draft);
		else this.#hold(line, draft, known?.message ?? front.message, raw.endsWith(" "));
	}

	/**
	 * The same for a line of so many bytes whose front was read as bytes: `origin` is its front. There are
	 * no blanks at the end.
	 */
	plain(origin: Origin, time: number, known: Known, number: number, width: number): void {
		this.#open(origin, known.message);
		const draft = plainDraft(origin, time, known, number);
		this.#order(draft, draft, known.message);
		this.#attach(number);
		if (!this.#isFull(width)) {
			this.#segment.add(draft);
			return;
		}
		const { pid, role, level, zone, precision, signal } = origin;
		const stamp = { ms: time, year: true, zone, precision };
		const front: LineFront = { pid, role, level, stamp, signal, message: known.message };
		this.#hold({ front, number, outerTime: null }, draft, known.message, false);
	}

	/** A line with a front comes: a heading above it may begin a segment, and the last line is whole. */
	#open({ pid, role }: Pick<LineFront, "pid" | "role">, message: string): void {
		if (this.#heading !== undefined) this.#entitle(this.#isRemark(pid));
		// A primary's lines, words about what comes next, and a replica's of another process: two servers.
		else if (this.#prose && pid !== this.#pid && isTurned(this.#role, role) && !startup.test(message))
			this.begin({ ...this.#segment.name, apart: true });
		this.#prose = false;
		if (role !== "C") {
			this.#pid = pid;
			this.#role = role;
		}
		if (this.#pending !== undefined) this.flush();
	}

	/** What looked like a heading names the lines from here on, unless it is but a remark. */
	#entitle(remark: boolean): void {
		const name = this.#heading as SegmentName;
		this.#heading = undefined;
		if (remark) this.remark = name;
		else this.begin(name);
	}

	/** Whether a line of so many characters may have been cut there: one as long as the longest, even if it can be read as it is. */
	#isFull(width: number): boolean {
		const full = width >= this.#width - 1 && width >= NARROWEST;
		if (width > this.#width) this.#width = width;
		return full;
	}

	#hold(line: LogLine, draft: Draft | undefined, message: string, blank: boolean): void {
		this.#pending = { line, draft, ways: [message], blank, pieces: 1, last: line.number, lines: 1 };
	}

	/**
	 * Takes a line that shows too little of a front, but whose message is known. It counts where it
	 * stands among log lines, or where the input has no better ones.
	 */
	weak(front: LineFront, known: Known, number: number, outerTime: number | null): void {
		this.flush();
		if (this.#heading !== undefined) this.#entitle(!this.#namesBare(this.#heading));
		const attached = this.#lastFront !== undefined && number - this.#lastFront <= 2;
		const draft = draftOf(this.#origins, { front, number, outerTime }, known, { attached });
		this.#segment.addWeak(draft);
		if (attached) this.#lastFront = number;
		else this.#loose.push(draft);
		this.#lastLoose = number;
	}

	/**
	 * Whether a heading names the lines without process and role below it: it is the first, or it speaks of another
	 * server than the one above and does not stand among the lines like a comment.
	 */
	#namesBare({ heading }: SegmentName): boolean {
		const { logLines, weak, name } = this.#segment;
		return logLines + weak === 0 || (!this.#comment && tellsApart(heading, name.heading));
	}

	/** Weak lines just before a line with a front stand among log lines too. */
	#attach(number: number): void {
		this.#lastFront = number;
		if (this.#loose.length === 0) return;
		if (number - this.#lastLoose <= 2) for (const draft of this.#loose) draft.attached = true;
		this.#loose = [];
	}

	/**
	 * Takes a line that has a front and whose message cannot be a known one: it is only counted. `run`
	 * tells of the lines since the first one that was passed over with it.
	 */
	skip(
		bytes: Buffer,
		start: number,
		end: number,
		number: number,
		run?: { readonly lines: number; readonly width: number },
	): void {
		this.#pass(number, run?.width ?? end - start);
		this.#segment.skip(bytes, start, end, number, run === undefined ? 1 : run.lines - 1);
	}

	/** The same for a line out of a wrapper. */
	skipText(
		text: string,
		number: number,
		outerTime: number | null,
		run?: { readonly lines: number; readonly width: number },
	): void {
		this.#pass(number, run?.width ?? text.length);
		this.#segment.skipText(text, number, outerTime, run === undefined ? 1 : run.lines - 1);
	}

	#pass(number: number, width: number): void {
		if (this.#pending !== undefined) this.flush();
		if (width > this.#width) this.#width = width;
		if (this.#loose.length > 0) this.#attach(number);
		else this.#lastFront = number;
	}

	/** Whether the last line can be read as it stands, and may yet go on. */
	get mayGoOn(): boolean {
		return this.#pending?.draft !== undefined;
	}

	/**
	 * Takes a line without front that may be the rest of the last one, as it stands in the input and
	 * without what surrounds it. Tells whether it is the rest.
	 */
	rest(raw: string, clean: string, number: number): boolean {
		const pending = this.#pending;
		if (pending === undefined || pending.pieces >= PIECES) return false;
		// A blank line may stand between the pieces, more do not.
		if (number > pending.last + (pending.draft === undefined ? 2 : 1)) return false;
		const piece = clean.trim();
		if (piece === "") return false;
		// A blank at the edge is one; where none is left, the wrap may have swallowed it.
		const blank = pending.blank || /^ \S/.test(raw);
		const edges = (way: string): readonly string[] => (blank || isNextField(way, piece) ? [" "] : ["", " "]);
		const ways = pending.ways.flatMap((way) => edges(way).map((edge) => way + edge + piece)).slice(0, WAYS);
		const endsBlank = raw.endsWith(" ");
		const full = raw.length >= this.#width - 1;
		for (const message of ways) {
			const known = this.understand(message);
			if (known === undefined) continue;
			if (pending.draft !== undefined && pending.draft.type !== known.wording.type) continue;
			this.#traces.add("hard-wrap");
			this.#lastFront = number;
			this.#pending = {
				line: pending.line,
				draft: draftOf(this.#origins, pending.line, known, { mended: true }),
				ways: [known.message],
				blank: endsBlank,
				pieces: full ? pending.pieces + 1 : PIECES,
				last: number,
				lines: pending.lines + 1,
			};
			return true;
		}
		if (pending.draft === undefined)
			this.#pending = {
				...pending,
				ways,
				blank: endsBlank,
				pieces: pending.pieces + 1,
				last: number,
				lines: pending.lines + 1,
			};
		return false;
	}

	/** Settles a line that waited for its rest. */
	flush(): void {
		const pending = this.#pending;
		if (pending === undefined) return;
		this.#pending = undefined;
		const { line, draft, lines } = pending;
		if (draft !== undefined) {
			this.#segment.add(draft, lines);
			return;
		}
		this.#segment.see(markOf(line));
		const { message } = line.front;
		if (messages().opensKnown(message)) this.#segment.miss({ line: line.number, text: message });
	}

	/** Reads a message, if need be without what was put around it. */
	understand(message: string): Known | undefined {
		if (!isMarked(message)) {
			const known = memo().read(message);
			if (known !== undefined) return known;
		}
		const clean = cleanMessage(message);
		const whole = cleanMessage(message, true);
		const cleaned = clean === message && !isMarked(message) ? undefined : memo().read(clean);
		if (cleaned !== undefined) {
			for (const trace of tracesIn(message)) this.#traces.add(trace);
			if (whole !== clean) this.#traces.add("remark");
			return cleaned;
		}
		// What looked like a remark may have been the message's own.
		const kept = whole === clean ? undefined : memo().read(whole);
		if (kept !== undefined) return kept;
		for (const { trace, text } of waysToMend(whole)) {
			const found = memo().read(text);
			if (found === undefined) continue;
			this.#traces.add(trace);
			return found;
		}
		return undefined;
	}

	/**
	 * Where the time goes back, the same log may be pasted again, grown since, or the log of another
	 * server begins: both are segments of their own, to be put in their place when all is read.
	 */
	#order(line: MarkLine, draft: Draft | undefined, message: string): void {
		const segment = this.#segment;
		const back = segment.stepBack(line);
		if (back > 0) {
			this.#wentBack = true;
			if (back > STEP && !segment.reversed && startup.test(message)) {
				this.#again();
				return;
			}
		}
		if (!this.#wentBack || draft === undefined) return;
		this.#wentBack = false;
		if (segment.holds(draft)) this.#again();
	}

	#again(): void {
		this.#wentBack = false;
		if (this.segments.length >= SEGMENTS) return;
		this.#segment = new Segment(this.#segment.name);
		this.segments.push(this.#segment);
	}
}

/** Whether one line is of a primary and the other of a replica. */
const isTurned = (a: LineFront["role"], b: LineFront["role"]): boolean =>
	(a === "M" && b === "S") || (a === "S" && b === "M");

/** Whether the wrap swallowed the blank between two fields of a client: "omem=5368" and "events=rw". */
function isNextField(way: string, piece: string): boolean {
	return /^[a-z-]+=/.test(piece) && /(?:^|\s)[a-z-]+=\S+$/.test(way);
}

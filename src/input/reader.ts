import type { Passage, PlainFront } from "../../grammars/scanner.ts";
import type { InputContents } from "./contents.ts";
import { Dates } from "./dates.ts";
import { messages } from "./grammar.ts";
import { holdsRecords, inTime, JsonDocument, opensJson } from "./json-document.ts";
import type { Lane } from "./lane.ts";
import { Lanes } from "./lanes.ts";
import type { LineFront } from "./line-front.ts";
import { LINE_LIMIT, type LineSink, type Passed } from "./lines.ts";
import { Origins } from "./origin.ts";
import { bannerPort } from "./paste/banner.ts";
import { cleanLine, withoutControls } from "./paste/clean.ts";
import { bareMessage, mendFront } from "./paste/fronts.ts";
import { headed, unglue, unglueTimes } from "./paste/glued.ts";
import { type Mark, markOf } from "./paste/marks.ts";
import { type Trace, tracesIn } from "./paste/traces.ts";
import { Replies } from "./replies.ts";
import { maskSecrets } from "./secrets.ts";
import { letGo, noName, type SegmentName, withoutQuotes } from "./segment.ts";
import { PlainLines } from "./plain-line.ts";
import { Titles } from "./titles.ts";
import { Track } from "./track.ts";
import { type Unwrapped, Unwrapper } from "./unwrap.ts";
import { parseRecord } from "./wrappers/json.ts";
import { WrittenReader } from "./written.ts";

/** Lines longer than this hold no heading or prompt. */
const MARK_LENGTH = 500;

export interface ReaderOptions {
	/** Whether lines that cannot matter are passed over as bytes: where it pays when left out. For tests. */
	readonly lane?: boolean;
}

/** Reads the lines of one input into segments. */
export class InputReader implements LineSink {
	readonly #origins: Origins;
	readonly #unwrapper = new Unwrapper();
	readonly #lanes: Lanes;
	readonly #plainLines: PlainLines;
	/** One track for each node that wrappers or file headers name; "" for lines without a name. */
	readonly #tracks = new Map<string, Track>();
	readonly #replies: Replies;
	#track: Track;
	/** Name of the file whose lines follow, by a header. */
	#file: string | null = null;
	/** Lines that may be one document of JSON. */
	#document: { readonly document: JsonDocument; readonly firstLine: number } | undefined;
	readonly #titles = new Titles();
	/** Set where the first line of JSON was one of `rlog events`; null where it was another. */
	#written: WrittenReader | null | undefined;
	#inReport = false;
	/** What pasting did to the lines. */
	readonly #traces = new Set<Trace>();
	#firstLine: string | null = null;
	readonly #dates = new Dates();

	constructor(input: string, { lane }: ReaderOptions = {}) {
		this.#origins = new Origins(input);
		this.#replies = new Replies(input);
		this.#plainLines = new PlainLines(this.#origins);
		this.#lanes = new Lanes(this.#unwrapper, lane);
		this.#track = this.#trackOf(null);
	}

	/** Whether lines are held back that may be one document of JSON. */
	get holdsDocument(): boolean {
		return this.#document !== undefined;
	}

	line(bytes: Buffer, start: number, end: number, number: number): void {
		const front = this.#lanes.bare.plain(start);
		if (front !== undefined && this.plain(front, bytes, start, end, number)) return;
		this.#take(bytes.toString("utf8", start, end), number);
		this.#counted(end - start);
	}

	/** Takes a line as servers write them; false for any other, or where something else is in force. */
	plain(front: PlainFront, bytes: Buffer, start: number, end: number, number: number): boolean {
		if (!this.#isBare || this.#firstLine === null) return false;
		const track = this.#trackOf(this.#file);
		if (!this.#plainLines.take(front, bytes, start, end, number, track)) return false;
		this.#track = track;
		this.#counted(end - start);
		return true;
	}

	#counted(bytes: number): void {
		const { segment } = this.#track;
		segment.lines++;
		segment.bytes += bytes;
	}

	begin(bytes: Buffer): void {
		this.#lanes.begin(bytes);
	}

	/** The hot loop's end for most lines: bare log lines whose messages cannot be known ones are only counted. */
	pass(bytes: Buffer, start: number, number: number): Passed {
		const { current: lane, node } = this.#lanes;
		const track = this.#trackOf(node ?? this.#file);
		if (this.#document === undefined && lane.isOpen && track.partial === undefined) lane.run(start);
		else lane.stay(start);
		if (lane.lines > 0) this.#count(bytes, number, lane, track);
		return lane;
	}

	/** The same for lines that were passed over elsewhere, false where they must be looked at. */
	replay(bytes: Buffer, passage: Passage, number: number): boolean {
		if (!this.#isBare) return false;
		const lane = this.#lanes.bare;
		lane.set(passage);
		this.#count(bytes, number, lane, this.#trackOf(this.#file));
		return true;
	}

	/** Whether lines are passed over at present, and most were. */
	get isSwift(): boolean {
		return this.#isBare && this.#lanes.bare.isSwift;
	}

	/** A wrapper, a document or a header in force is not the lane's business. */
	get #isBare(): boolean {
		return this.#lanes.isBare && this.#document === undefined;
	}

	#count(bytes: Buffer, number: number, lane: Lane, track: Track): void {
		this.#firstLine ??= bytes.toString("utf8", lane.first, lane.firstEnd);
		this.#track = track;
		lane.count(bytes, number, track);
	}

	done(): void {
		this.#lanes.bare.done();
	}

	/** Lets go of the older half of the events; returns the time of the last one that is gone. */
	forget(): number | null {
		return letGo([...this.#tracks.values()].flatMap(({ segments }) => segments));
	}

	/** All that was read so far. More may follow. */
	contents(): InputContents {
		this.#settleDocument();
		const tracks = [...this.#tracks.values()];
		for (const track of tracks) track.flush();
		const replies = this.#replies.end();
		if (replies.some(({ address, label }) => address !== null || label !== null)) this.#traces.add("prompt");
		return {
			replies,
			written: this.#written ?? null,
			segments: withoutQuotes(
				tracks.flatMap(({ segments }) => segments),
				this.#unwrapper.labels,
			),
			wrapper: this.#unwrapper.name,
			traces: new Set([...this.#traces, ...this.#unwrapper.traces]),
			firstLine: this.#firstLine,
			dates: [...this.#dates.found, ...replies.flatMap(({ time }) => time ?? [])],
		};
	}

	#take(raw: string, number: number): void {
		let text = maskSecrets(raw);
		if (this.#document === undefined && this.#firstLine === null && opensJson(text)) this.#hold(text, number);
		if (this.#document !== undefined) {
			this.#firstLine ??= text;
			if (!this.#document.document.push(text)) this.#settleDocument();
			return;
		}
		if (text.startsWith('{"type":') && this.#event(text)) return;
		text = withoutControls(text.slice(0, LINE_LIMIT), this.#traces);
		if (text.includes("\r")) for (const part of text.split("\r")) this.#open(part, number);
		else this.#open(text, number);
	}

	/** Takes a line of `rlog events`, which keeps the place and node it was read with. */
	#event(text: string): boolean {
		if (this.#written === null) return false;
		const written = this.#written ?? new WrittenReader();
		const taken = written.take(text);
		if (taken) this.#firstLine ??= text;
		this.#written ??= taken ? written : null;
		return taken;
	}

	/** Begins to hold lines back, unless the first is a whole record by itself. */
	#hold(text: string, number: number): void {
		const record = parseRecord(text);
		if (record !== undefined && !holdsRecords(record)) return;
		this.#document = { document: new JsonDocument(), firstLine: number };
	}

	/** Takes a document's records, or its lines if it is none. */
	#settleDocument(): void {
		const held = this.#document;
		this.#document = undefined;
		if (held === undefined) return;
		const { document, firstLine } = held;
		const entries = document.entries(firstLine);
		if (entries === undefined) {
			for (const [i, line] of document.lines.entries()) this.#open(line.slice(0, LINE_LIMIT), firstLine + i);
			return;
		}
		const opened = entries.flatMap(({ record, line }) => {
			const unwrapped =
				typeof record === "string"
					? this.#unwrapper.open(maskSecrets(record))
					: this.#unwrapper.openRecord(record);
			return unwrapped === undefined ? [] : [{ unwrapped, line }];
		});
		if (opened.length === 0) {
			for (const [i, line] of document.lines.entries()) this.#open(line.slice(0, LINE_LIMIT), firstLine + i);
		}
		for (const { unwrapped, line } of inTime(opened)) this.#wrapped(unwrapped, line);
	}

	#open(text: string, number: number): void {
		const opened = this.#unwrapper.open(text);
		this.#firstLine ??= text.trim() === "" ? null : text;
		if (opened.wrapped) {
			this.#wrapped(opened, number, text);
			return;
		}
		// What has no front may be the rest of a node's last line.
		if (opened.front !== undefined) this.#track = this.#trackOf(this.#file);
		this.#content(opened.text, opened.front, number, null);
	}

	#wrapped(opened: Unwrapped, number: number, raw = ""): void {
		const track = this.#trackOf(opened.node ?? this.#file);
		this.#track = track;
		const { text, outerTime } = opened;
		if (opened.dull && track.partial === undefined) {
			this.#lanes.wrapped.learn(raw, opened);
			track.skipText(text, number, outerTime);
			return;
		}
		if (track.partial !== undefined || opened.more) {
			const whole = ((track.partial ?? "") + text).slice(0, LINE_LIMIT);
			track.partial = opened.more ? whole : undefined;
			if (!opened.more) this.#content(whole, this.#unwrapper.front(whole), number, outerTime);
		} else if (text.includes("\n")) {
			for (const part of text.split("\n"))
				this.#content(part, this.#unwrapper.front(part), number, outerTime);
		} else {
			this.#content(text, opened.front, number, outerTime);
		}
	}

	/** A line without its wrapper, if it had one. */
	#content(text: string, front: LineFront | undefined, number: number, outerTime: number | null): void {
		const track = this.#track;
		if (front === undefined) {
			if (text.trim() !== "") this.#foreign(text, number, outerTime);
			else this.#blank(number);
			return;
		}
		const parts = front.message.length > 60 ? unglue(front.message, front.pid) : [];
		if (parts.length <= 1) {
			track.front(front, number, outerTime, text);
			return;
		}
		track.front({ ...front, message: (parts[0] as string).trim() }, number, outerTime, "");
		this.#glued(parts.slice(1), number, outerTime);
	}

	/** Log lines that stand behind one another without line ends. */
	#glued(parts: readonly string[], number: number, outerTime: number | null): void {
		this.#traces.add("glued");
		for (const part of parts) this.#track.front(this.#unwrapper.front(part) ?? bareMessage(part), number, outerTime, "");
	}

	/** A line without a server's front. */
	#foreign(text: string, number: number, outerTime: number | null): void {
		const track = this.#track;
		const [head, ...lines] = headed(text) ?? [text];
		if (lines.length > 0) {
			this.#foreign(head, number, outerTime);
			this.#glued(lines, number, outerTime);
			return;
		}
		const clean = cleanLine(text);
		if (clean === "" && /^[>\s]*$/.test(text)) {
			this.#blank(number);
			return;
		}
		const mended = mendFront(clean);
		const times = mended?.front.dateless ? unglueTimes(clean) : [];
		if (times.length > 1) {
			this.#traces.add("glued");
			for (const part of times) this.#foreign(part, number, outerTime);
			return;
		}
		const mark = text.length > MARK_LENGTH ? undefined : markOf(text);
		const begins = mended?.weak === false || (track.mayGoOn && mark !== undefined);
		if (!begins && track.rest(text, clean, number)) return;
		if (this.#report(text)) return;
		if (this.#reply(text, number, outerTime)) {
			track.segment.recognise(number);
			return;
		}
		if (mended !== undefined) {
			const known = track.understand(mended.front.message);
			if (!mended.weak) {
				if (this.#unwrapper.front(clean) === undefined) this.#traces.add("cut-front");
				this.#cleaned(text, clean);
				track.front(mended.front, number, outerTime, clean);
				return;
			}
			if (known !== undefined) {
				this.#cleaned(text, clean);
				track.weak(mended.front, known, number, outerTime);
				return;
			}
		}
		if (mark !== undefined) {
			this.#mark(mark, number);
			return;
		}
		const known =
			messages().opensKnown(clean) || /^Client (?:id|addr)=/.test(clean)
				? track.understand(clean)
				: undefined;
		if (known !== undefined) {
			track.weak(bareMessage(known.message), known, number, outerTime);
			return;
		}
		track.segment.bannerPort ??= bannerPort(text);
		track.gap(true);
		if (text.length <= MARK_LENGTH) this.#dates.look(text);
	}

	/** Notes what was taken off a line. */
	#cleaned(text: string, clean: string): void {
		if (clean !== text.trim()) for (const trace of tracesIn(text)) this.#traces.add(trace);
	}

	#blank(number: number): void {
		this.#track.gap(false);
		this.#replies.blank(this.#track.name.node, number, this.#titles.name);
	}

	/** Whether the line belongs to a reply of INFO or ROLE. */
	#reply(text: string, number: number, outerTime: number | null): boolean {
		const { node } = this.#track.name;
		const name = { ...this.#titles.name, node };
		return this.#replies.take(text, number, outerTime, name, this.#unwrapper.name !== null);
	}

	/** Whether the line belongs to a crash report, whose dumps are no log. */
	#report(text: string): boolean {
		if (text.includes("BUG REPORT START")) this.#inReport = true;
		else if (text.includes("BUG REPORT END")) this.#inReport = false;
		else return this.#inReport;
		return true;
	}

	#mark(mark: Mark, number: number): void {
		switch (mark.kind) {
			case "file":
				this.#traces.add("tail-headers");
				this.#file = mark.label;
				this.#inReport = false;
				this.#track = this.#trackOf(mark.label);
				return;
			case "fence":
				this.#traces.add("markdown");
				this.#inReport = false;
				this.#begin({ ...this.#titles.without(this.#track.remark), command: null, apart: true });
				return;
			case "command":
				this.#traces.add("prompt");
				this.#begin({ ...this.#titles.without(this.#track.remark), command: mark.label, port: mark.port, apart: true });
				return;
			case "heading": {
				const name = this.#titles.heading(mark.text, this.#track.remark);
				if (this.#file === null) this.#trackOf(null).heading(name, mark.remark ? number : null);
			}
		}
	}

	#begin(name: SegmentName): void {
		this.#titles.begin(name);
		// Only lines without a wrapper's name stand under headings and prompts.
		if (this.#file === null) this.#trackOf(null).begin(name);
	}

	#trackOf(node: string | null): Track {
		const key = node ?? "";
		let track = this.#tracks.get(key);
		if (track === undefined) {
			const name = node === null ? this.#titles.name : { ...noName, node };
			track = new Track(this.#origins, name, this.#traces);
			this.#tracks.set(key, track);
		}
		return track;
	}
}

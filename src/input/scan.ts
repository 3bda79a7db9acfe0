import type { LineScanner, Passage, PlainFront } from "../../grammars/scanner.ts";
import { Lane } from "./lane.ts";
import { type LineSink, LineSplitter, type Passed } from "./lines.ts";

/*
 * A piece of a large file is looked through without knowing what comes before it: lines that the fast
 * lane passes over are counted, the others are copied out. Whoever knows what came before reads those.
 */

/** What a piece of a file held. */
export interface Scanned {
	/** Where its first line begins in the file, and where the line after its last. */
	readonly from: number;
	readonly to: number;
	/** Numbers for each run of lines that were passed over, and for each line that was not: see `Entry`. */
	readonly entries: Float64Array;
	/** The lines that the entries point to. */
	readonly text: Uint8Array;
}

/** Numbers of an entry: what one holds is known to `Entry`, which reads it, and to those who write it here. */
const FIELDS = 9;

/**
 * The entries of a piece, one after the other. One for lines that were passed over tells of them, and where they stand
 * in the file; one for a line that was not has no lines, where that begins and ends, and its front if it is plain.
 */
export class Entry implements Passage, PlainFront {
	readonly #entries: Float64Array;
	#at = -FIELDS;

	constructor({ entries }: Scanned) {
		this.#entries = entries;
	}

	/** Goes on to the next; false where there is none. */
	next(): boolean {
		this.#at += FIELDS;
		return this.#at < this.#entries.length;
	}

	#field(field: number): number {
		return this.#entries[this.#at + field] as number;
	}

	get lines(): number {
		return this.#field(0);
	}
	get first(): number {
		return this.#field(3);
	}
	get firstEnd(): number {
		return this.#field(4);
	}

	/* Of lines that were passed over. */

	get bytes(): number {
		return this.#field(1);
	}
	get width(): number {
		return this.#field(2);
	}
	get last(): number {
		return this.#field(5);
	}
	get lastEnd(): number {
		return this.#field(6);
	}
	/** Where they stand in the file. */
	get from(): number {
		return this.#field(7);
	}
	get to(): number {
		return this.#field(8);
	}

	/* Of a line that was not. */

	get isPlain(): boolean {
		return this.nextMessage >= 0;
	}
	get nextMessage(): number {
		return this.#field(1);
	}
	get process(): number {
		return this.#field(2);
	}
	get roleAndLevel(): number {
		return this.#field(5);
	}
	get month(): number {
		return this.#field(6);
	}
	get yearAndDay(): number {
		return this.#field(7);
	}
	get dayTime(): number {
		return this.#field(8);
	}
}

const LF = 10;
/** A line that goes on for so long beyond its piece is for the reader of the whole file. */
const REACH = 1024 * 1024;

/** Reads bytes of the file from a position on into a buffer; returns how many there were. */
export type ReadAt = (into: Buffer, length: number, position: number) => number;

/** Looks through the lines that begin in a piece of a file; undefined where their ends are too far off. */
export function scanPiece(read: ReadAt, from: number, to: number, scanner: LineScanner): Scanned | undefined {
	const start = from === 0 ? 0 : lineAfter(read, from - 1);
	const end = lineAfter(read, to - 1);
	if (start === undefined || end === undefined) return undefined;
	const collector = new Collector(scanner);
	const splitter = new LineSplitter(collector);
	const memory = scanner.room;
	for (let at = start; at < end; ) {
		const length = read(memory, Math.min(memory.length, end - at), at);
		if (length === 0) return undefined;
		collector.base = at;
		splitter.push(memory.subarray(0, length));
		at += length;
	}
	return collector.scanned(start, Math.max(start, end));
}

/** Where the line begins that follows the first line end at or after a position. */
function lineAfter(read: ReadAt, position: number): number | undefined {
	const bytes = Buffer.allocUnsafe(4096);
	for (let at = position; at < position + REACH; at += bytes.length) {
		const length = read(bytes, bytes.length, at);
		const feed = bytes.subarray(0, length).indexOf(LF);
		if (feed !== -1) return at + feed + 1;
		if (length < bytes.length) return undefined;
	}
	return undefined;
}

/** Collects what is found in one piece. */
class Collector implements LineSink {
	readonly #lane = new Lane();
	readonly #scanner: LineScanner;
	/** Where the present chunk begins in the file. */
	base = 0;
	#entries = new Float64Array(FIELDS * 1024);
	#count = 0;
	#text = Buffer.allocUnsafeSlow(64 * 1024);
	#length = 0;

	constructor(scanner: LineScanner) {
		this.#scanner = scanner;
		this.#lane.begin(scanner);
	}

	begin(bytes: Buffer): void {
		this.#scanner.begin(bytes);
	}

	pass(bytes: Buffer, start: number): Passed {
		const lane = this.#lane;
		lane.run(start);
		if (lane.lines === 0) return lane;
		const first = this.#keep(bytes, lane.first, lane.firstEnd);
		const last = lane.lines === 1 ? first : this.#keep(bytes, lane.last, lane.lastEnd);
		const at = this.#add(lane.lines, first, first + lane.firstEnd - lane.first);
		const entries = this.#entries;
		entries[at + 1] = lane.bytes;
		entries[at + 2] = lane.width;
		entries[at + 5] = last;
		entries[at + 6] = last + lane.lastEnd - lane.last;
		entries[at + 7] = this.base + lane.first;
		entries[at + 8] = this.base + lane.at;
		return lane;
	}

	line(bytes: Buffer, start: number, end: number): void {
		const kept = this.#keep(bytes, start, end);
		const at = this.#add(0, kept, kept + end - start);
		const front = this.#lane.plain(start);
		const entries = this.#entries;
		entries[at + 1] = -1;
		if (front === undefined) return;
		entries[at + 1] = kept + front.nextMessage - start;
		entries[at + 2] = front.process;
		entries[at + 5] = front.roleAndLevel;
		entries[at + 6] = front.month;
		entries[at + 7] = front.yearAndDay;
		entries[at + 8] = front.dayTime;
	}

	/** Begins an entry with its lines and where the first one was kept; returns where it stands. */
	#add(lines: number, start: number, end: number): number {
		const at = this.#count;
		if (at + FIELDS > this.#entries.length) {
			const more = new Float64Array(this.#entries.length * 2);
			more.set(this.#entries);
			this.#entries = more;
		}
		this.#entries[at] = lines;
		this.#entries[at + 3] = start;
		this.#entries[at + 4] = end;
		this.#count += FIELDS;
		return at;
	}

	#keep(bytes: Buffer, start: number, end: number): number {
		const at = this.#length;
		if (at + end - start > this.#text.length) {
			const more = Buffer.allocUnsafeSlow(2 * (at + end - start));
			this.#text.copy(more, 0, 0, at);
			this.#text = more;
		}
		const text = this.#text;
		// Lines are short: a call that copies one takes longer.
		for (let from = start, to = at; from < end; ) text[to++] = bytes[from++] as number;
		this.#length = at + end - start;
		return at;
	}

	scanned(from: number, to: number): Scanned {
		return { from, to, entries: this.#entries.slice(0, this.#count), text: Uint8Array.prototype.slice.call(this.#text, 0, this.#length) };
	}
}

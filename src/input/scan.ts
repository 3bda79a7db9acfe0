import type { LineScanner, Passage, PlainFront } from "../../grammars/scanner.ts";

/*
 * A piece of a large file is looked through without knowing what comes before it: lines that the fast
 * lane passes over are counted, the others are copied out. Whoever knows what came before reads those.
 */

/** What a piece of a file held. */
export interface Scanned {
	/** Where its first line begins in the file, and where the line after its last. */
	readonly from: number;
	readonly to: number;
	/** Numbers of each run of lines that were passed over, and of each line that was not: see `Entry`. */
	readonly entries: Int32Array;
	/** The lines that the entries point to. */
	readonly text: Uint8Array;
}

/** How many bytes that takes. */
export const sizeOf = ({ entries, text }: Scanned): number => entries.byteLength + text.length;

/** Numbers of an entry, as `collect` of `grammars/assembly/lines.ts` writes them. */
const FIELDS = 10;

/**
 * The entries of a piece, one after the other. One for lines that were passed over tells of them, and where they stand
 * in the file; one for a line that was not has no lines, where that begins and ends, and its front if it is plain.
 */
export class Entry implements Passage, PlainFront {
	readonly #entries: Int32Array;
	/** Where the piece begins in the file. */
	readonly #base: number;
	#at = -FIELDS;

	constructor({ entries, from }: Scanned) {
		this.#entries = entries;
		this.#base = from;
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
		return this.#base + this.#field(7);
	}
	get to(): number {
		return this.#base + this.#field(8);
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
	get hash(): number {
		return this.#field(9);
	}
}

const LF = 10;
/** A line that goes on for so long beyond its piece is for the reader of the whole file. */
const REACH = 1024 * 1024;

/** Reads so many bytes of the file from a position on to a place in a buffer; returns how many there were. */
export type ReadAt = (into: Buffer, at: number, length: number, position: number) => number;

/** Looks through pieces of files. What it finds in one it gathers in memory that it uses again for the next. */
export class PieceScanner {
	readonly #scanner: LineScanner;
	readonly #entries = new Growing<Int32Array>(new Int32Array(64 * 1024));
	readonly #text = new Growing<Uint8Array>(new Uint8Array(256 * 1024));

	constructor(scanner: LineScanner) {
		this.#scanner = scanner;
	}

	/**
	 * Looks through the lines that begin in a piece of a file; undefined where their ends are too far off, or where it
	 * cannot be read: who reads the file will meet the error, and say it.
	 */
	scan(read: ReadAt, from: number, to: number): Scanned | undefined {
		try {
			return this.#scan(read, from, to);
		} catch {
			return undefined;
		}
	}

	#scan(read: ReadAt, from: number, to: number): Scanned | undefined {
		const start = from === 0 ? 0 : lineAfter(read, from - 1);
		const end = lineAfter(read, to - 1);
		if (start === undefined || end === undefined) return undefined;
		const entries = this.#entries;
		const text = this.#text;
		entries.clear();
		text.clear();
		const memory = this.#scanner.room;
		let held = 0;
		for (let at = start; at < end; ) {
			const length = read(memory, held, Math.min(memory.length - held, end - at - held), at + held);
			const filled = held + length;
			const whole = memory.lastIndexOf(LF, filled - 1) + 1;
			// The file was cut, or a line is longer than the memory.
			if (length === 0 || whole === 0) return undefined;
			for (let line = 0; line < whole; ) {
				const found = this.#scanner.collect(line, whole, text.length, at + line - start);
				entries.push(found.rows);
				text.push(found.kept);
				line = found.next;
			}
			// A line that goes on in the next bytes is moved in front of them.
			memory.copyWithin(0, whole, filled);
			held = filled - whole;
			at += whole;
		}
		return { from: start, to: Math.max(start, end), entries: entries.copy(), text: text.copy() };
	}
}

/** Numbers or bytes of which more and more come. */
class Growing<T extends Int32Array | Uint8Array> {
	#room: T;
	length = 0;

	constructor(room: T) {
		this.#room = room;
	}

	push(more: T): void {
		const length = this.length + more.length;
		if (length > this.#room.length) {
			const larger = new (this.#room.constructor as new (length: number) => T)(2 * length);
			larger.set(this.#room.subarray(0, this.length));
			this.#room = larger;
		}
		this.#room.set(more, this.length);
		this.length = length;
	}

	clear(): void {
		this.length = 0;
	}

	/** A copy that has memory of its own. */
	copy(): T {
		return this.#room.slice(0, this.length) as T;
	}
}

/** Where the line begins that follows the first line end at or after a position. */
function lineAfter(read: ReadAt, position: number): number | undefined {
	const bytes = Buffer.allocUnsafe(4096);
	for (let at = position; at < position + REACH; at += bytes.length) {
		const length = read(bytes, 0, bytes.length, at);
		const feed = bytes.subarray(0, length).indexOf(LF);
		if (feed !== -1) return at + feed + 1;
		if (length < bytes.length) return undefined;
	}
	return undefined;
}

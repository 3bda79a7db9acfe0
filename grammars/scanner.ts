import type { Openings } from "./openings.ts";
import { code } from "./scanner-code.ts";

/*
 * The host of the hot loop (`assembly/lines.ts`): fills its tables from the openings of the catalogue, hands it
 * bytes, and reads what it tells.
 */

const FOUR = 4;
const DEPTH = 8;
/** Bytes that one look of the loop takes in. */
const LANES = 16;
/** What damage in transit may put among a message's bytes: such a line is left to the grammar. */
const isMark = (byte: number): boolean => byte > 0x7e || "&\\*`<".includes(String.fromCharCode(byte));
/** What somebody may have put behind a message. */
const isOddEnd = (byte: number): boolean =>
	byte <= 32 || byte > 0x7e || "\"'`,*|>\\".includes(String.fromCharCode(byte));

/** A part of what a wrapper puts around a text: bytes as they are, with 0 for any digit. */
export type LayoutPart = Uint8Array;
/** The part that any number of digits are. */
export const FRACTION: LayoutPart = new Uint8Array(0);

/** What stands around the text of a wrapper's line. */
export interface Layout {
	readonly prefix: readonly LayoutPart[];
	readonly suffix: readonly LayoutPart[];
	/** Whether the text ends at a quotation mark or backslash too, not only where printable ASCII does. */
	readonly quoted: boolean;
}

/** The front of a plain line in numbers. */
export interface PlainFront {
	/** Where its message begins. */
	readonly nextMessage: number;
	readonly process: number;
	/** The two letters as bytes. */
	readonly roleAndLevel: number;
	/** Its three letters as bytes. */
	readonly month: number;
	/** Year × 32 + day. */
	readonly yearAndDay: number;
	/** Milliseconds of the day. */
	readonly dayTime: number;
	/** The message's `messageHash`. */
	readonly hash: number;
}

/** Lines that were passed over; all places are those of the chunk. */
export interface Passage {
	/** How many there were, their bytes without the line ends, and the length of the longest. */
	readonly lines: number;
	readonly bytes: number;
	readonly width: number;
	/** Where the first and the last of them begin and end. */
	readonly first: number;
	readonly firstEnd: number;
	readonly last: number;
	readonly lastEnd: number;
}

/** What was found in a part of a chunk: it stands in the scanner's memory until the next look. */
export interface Collected {
	/** Numbers of the runs of lines that were passed over and of the lines that were not: see `collect` in `assembly/lines.ts`. */
	readonly rows: Int32Array;
	/** The lines that the rows point to. */
	readonly kept: Uint8Array;
	/** Where the next line begins. */
	readonly next: number;
}

/** Addresses and sizes that the compiled code exports. */
type Value =
	| "input" | "rows" | "kept" | "collected" | "FIELDS" | "text" | "results" | "marks" | "lowMarks" | "highMarks" | "ends" | "short" | "long" | "slots" | "seconds" | "tails" | "anchors" | "lists"
	| "prefix" | "suffix" | "CHUNK" | "TEXT" | "SLOTS" | "LISTS" | "LAYOUT";
type Exports = Readonly<Record<Value, { readonly value: number }>> & {
	readonly memory: { readonly buffer: ArrayBuffer };
	mayMatter(start: number, end: number): number;
	pass(start: number, limit: number): void;
	collect(start: number, limit: number, keptBefore: number, inputBefore: number): void;
	passWrapped(start: number, limit: number, quoted: number): void;
};
/** What is used of the platform's WebAssembly, whose types come with those of browsers only. */
interface Platform {
	readonly Module: new (bytes: Uint8Array) => object;
	readonly Instance: new (module: object) => { readonly exports: unknown };
}

/**
 * Passes over lines whose messages cannot be known ones. It may leave a line that none fits, and never passes over
 * one that one fits. One chunk of bytes is looked at at a time.
 */
export class LineScanner implements Passage, PlainFront {
	readonly #exports: Exports;
	readonly #memory: Buffer;
	readonly #view: DataView;
	readonly #results: Int32Array;
	readonly #input: number;
	readonly #text: number;
	#limit = 0;
	#first = 0;
	#layout: Layout | undefined;

	/** Undefined where the platform has no WebAssembly with SIMD, or none is allowed. */
	static of(openings: Openings): LineScanner | undefined {
		const platform = (globalThis as { WebAssembly?: Platform }).WebAssembly;
		if (platform === undefined) return undefined;
		let instance: { readonly exports: unknown };
		try {
			instance = new platform.Instance(new platform.Module(Buffer.from(code, "base64")));
		} catch {
			return undefined;
		}
		return new LineScanner(instance.exports as Exports, openings);
	}

	private constructor(exports: Exports, openings: Openings) {
		const { buffer } = exports.memory;
		this.#exports = exports;
		this.#memory = Buffer.from(buffer);
		this.#view = new DataView(buffer);
		this.#results = new Int32Array(buffer, exports.results.value, 16);
		this.#input = exports.input.value;
		this.#text = exports.text.value;
		this.chunk = exports.CHUNK.value;
		new Tables(exports, this.#memory, this.#view).fill(openings);
	}

	/** Most bytes that may be handed in at a time. */
	readonly chunk: number;

	/** Where a chunk may be read to, so that it need not be copied: until the next one begins. */
	get room(): Buffer {
		return this.#memory.subarray(this.#input, this.#input + this.chunk);
	}

	/** The next lines stand in these bytes. */
	begin(bytes: Uint8Array): void {
		if (bytes.length > this.chunk) throw new RangeError(`a chunk may have ${this.chunk} bytes, not ${bytes.length}`);
		if (bytes.buffer !== this.#memory.buffer) this.#memory.set(bytes, this.#input);
		this.#limit = this.#input + bytes.length;
	}

	/** Passes over bare lines from a place in the chunk on. */
	pass(start: number): void {
		this.#first = start;
		this.#exports.pass(this.#input + start, this.#limit);
	}

	/**
	 * Looks through whole lines from a place in the chunk on, up to where a line begins; where there are too many for one
	 * look, as far as that goes. Places in the rows are told as if so many bytes had been kept, and looked through, before.
	 */
	collect(start: number, limit: number, keptBefore: number, inputBefore: number): Collected {
		const { rows, kept, collected, FIELDS } = this.#exports;
		this.#exports.collect(this.#input + start, this.#input + limit, keptBefore, inputBefore);
		const [count = 0, length = 0, next = 0] = new Int32Array(this.#memory.buffer, collected.value, 3);
		return {
			rows: new Int32Array(this.#memory.buffer, rows.value, count * FIELDS.value),
			kept: this.#memory.subarray(kept.value, kept.value + length),
			next: next - this.#input,
		};
	}

	/** The same for lines in a wrapper, whose layout `fit` must have taken. */
	passWrapped(start: number, layout: Layout): void {
		if (layout !== this.#layout) {
			this.#layout = layout;
			this.#writeParts(this.#exports.prefix.value, layout.prefix);
			this.#writeParts(this.#exports.suffix.value, layout.suffix);
		}
		this.#first = start;
		this.#exports.passWrapped(this.#input + start, this.#limit, layout.quoted ? 1 : 0);
	}

	/** Whether there is room for a layout. */
	fit({ prefix, suffix }: Layout): boolean {
		return Math.max(sizeOf(prefix), sizeOf(suffix)) <= this.#exports.LAYOUT.value;
	}

	/* What the last pass told: see the end of `assembly/lines.ts`. */

	get lines(): number {
		return this.#results[0] as number;
	}
	get bytes(): number {
		return this.#results[1] as number;
	}
	get width(): number {
		return this.#results[2] as number;
	}
	get first(): number {
		return this.#first;
	}
	get firstEnd(): number {
		return (this.#results[3] as number) - this.#input;
	}
	get last(): number {
		return (this.#results[4] as number) - this.#input;
	}
	get lastEnd(): number {
		return (this.#results[5] as number) - this.#input;
	}
	/** Where the next line begins; of a bare one also its message and its line end, where it has them, else below 0. */
	get next(): number {
		return (this.#results[6] as number) - this.#input;
	}
	get nextMessage(): number {
		return (this.#results[7] as number) - this.#input;
	}
	get nextEnd(): number {
		return (this.#results[8] as number) - this.#input;
	}

	/** Whether that line is plain ASCII with a front of the usual layout, which then is told in numbers. */
	get isPlain(): boolean {
		return this.#results[9] === 1;
	}
	get process(): number {
		return this.#results[10] as number;
	}
	get roleAndLevel(): number {
		return this.#results[11] as number;
	}
	get month(): number {
		return this.#results[12] as number;
	}
	get yearAndDay(): number {
		return this.#results[13] as number;
	}
	get dayTime(): number {
		return this.#results[14] as number;
	}
	get hash(): number {
		return this.#results[15] as number;
	}

	/** Whether any template may fit a message. */
	mayMatter(message: string): boolean {
		// As UTF-8 a character has up to three bytes.
		if (3 * message.length > this.#exports.TEXT.value) return true;
		const start = this.#text;
		const end = start + this.#memory.write(message, start);
		// What stood there before is longer at times.
		this.#memory.fill(0, end, end + LANES);
		return this.#exports.mayMatter(start, end) !== 0;
	}

	#writeParts(to: number, parts: readonly LayoutPart[]): void {
		let at = to;
		this.#view.setInt32(at, parts.length, true);
		at += FOUR;
		for (const part of parts) {
			this.#view.setInt32(at, part.length, true);
			at += FOUR;
			const padded = paddedLength(part);
			for (let i = 0; i < padded; i++) {
				const byte = part[i];
				// Lowest and how many more: a digit, the byte itself, anything behind the end.
				const [low, range] = byte === undefined ? [0, 255] : byte === 0 ? [48, 9] : [byte, 0];
				this.#memory[at + i] = low;
				this.#memory[at + padded + i] = range;
			}
			at += 2 * padded;
		}
	}
}

const paddedLength = ({ length }: LayoutPart): number => Math.ceil(length / LANES) * LANES;
const sizeOf = (parts: readonly LayoutPart[]): number =>
	parts.reduce((sum, part) => sum + FOUR + 2 * paddedLength(part), FOUR);

const hash = (a: number, b: number): number => (Math.imul(a, 0x9e3779b1) + Math.imul(b, 0x85ebca6b)) >>> 19;

/** Writes the tables into the memory of the loop. */
class Tables {
	readonly #exports: Exports;
	readonly #memory: Buffer;
	readonly #view: DataView;
	/** Where the next list goes. */
	#next: number;

	constructor(exports: Exports, memory: Buffer, view: DataView) {
		this.#exports = exports;
		this.#memory = memory;
		this.#view = view;
		this.#next = exports.lists.value;
	}

	fill({ heads, seconds, tails, anchors }: Openings): void {
		const { marks, ends } = this.#exports;
		for (let byte = 0; byte < 256; byte++) {
			this.#memory[marks.value + byte] = isMark(byte) ? 1 : 0;
			this.#memory[ends.value + byte] = isOddEnd(byte) ? 1 : 0;
		}
		this.#halves();
		for (const tail of tails) {
			const last = ends.value + tail.charCodeAt(tail.length - 1);
			if (this.#memory[last] === 0) this.#memory[last] = 2;
		}
		this.#heads(heads);
		for (const [byte, words] of grouped(seconds, (text) => text.charCodeAt(1))) {
			this.#list(this.#exports.seconds.value + FOUR * byte, words);
		}
		this.#list(this.#exports.tails.value, tails);
		// Each would be looked for at every byte.
		if (anchors.length !== 1) throw new Error(`one anchor can be looked for, not ${anchors.length}`);
		this.#list(this.#exports.anchors.value, anchors);
	}

	/** Marks by the halves of their bytes. Higher halves with the same lower ones share a bit, and there are eight. */
	#halves(): void {
		const { lowMarks, highMarks } = this.#exports;
		const sixteen = Array.from({ length: 16 }, (_, i) => i);
		const rows = grouped(sixteen, (high) => sixteen.filter((low) => isMark(16 * high + low)).join());
		rows.delete("");
		if (rows.size > 8) throw new Error("the marks are too many for the bits of a byte");
		for (const [bit, [lows, highs]] of [...rows].entries()) {
			for (const high of highs) (this.#memory[highMarks.value + high] as number) |= 1 << bit;
			for (const low of lows.split(",")) (this.#memory[lowMarks.value + Number(low)] as number) |= 1 << bit;
		}
	}

	#heads(heads: readonly string[]): void {
		const { short, long, slots, SLOTS } = this.#exports;
		const four = (text: string, at: number): number => Buffer.from(text, "latin1").readInt32LE(at);
		for (const head of heads) {
			if (head.length < FOUR) throw new Error(`"${head}" is too short to open a message`);
			if (head.length < DEPTH) this.#memory[short.value + hash(four(head, 0), 0)] = 1;
			else this.#memory[long.value + hash(four(head, 0), four(head, FOUR))] = 1;
		}
		for (const [key, words] of grouped(heads, (head) => four(head, 0))) {
			let slot = Math.imul(key, 0x9e3779b1) >>> 22;
			const at = (): number => slots.value + 2 * FOUR * slot;
			while (this.#view.getInt32(at() + FOUR, true) !== 0) slot = (slot + 1) & (SLOTS.value - 1);
			this.#view.setInt32(at(), key, true);
			this.#list(at() + FOUR, words);
		}
	}

	/** Writes a list of texts, and its address at `to`. */
	#list(to: number, texts: readonly string[]): void {
		const { lists, LISTS } = this.#exports;
		const size = texts.reduce((sum, { length }) => sum + FOUR + length, FOUR);
		if (this.#next + size > lists.value + LISTS.value) throw new Error("there is no room for so many openings");
		this.#view.setInt32(to, this.#next, true);
		this.#view.setInt32(this.#next, texts.length, true);
		this.#next += FOUR;
		for (const text of texts) {
			this.#view.setInt32(this.#next, text.length, true);
			this.#next += FOUR + this.#memory.write(text, this.#next + FOUR, "latin1");
		}
	}
}

function grouped<T, K>(values: readonly T[], keyOf: (value: T) => K): Map<K, T[]> {
	const groups = new Map<K, T[]>();
	for (const value of values) {
		const group = groups.get(keyOf(value));
		if (group === undefined) groups.set(keyOf(value), [value]);
		else group.push(value);
	}
	return groups;
}

/** A number by which a message is looked up: the loop makes the same of its bytes. */
export function messageHash(message: string): number {
	const { length } = message;
	let hash = length;
	for (let i = 0; i < length; i += 4) {
		// Behind the end there is nothing, which counts as 0.
		const four =
			message.charCodeAt(i) | (message.charCodeAt(i + 1) << 8) | (message.charCodeAt(i + 2) << 16) | (message.charCodeAt(i + 3) << 24);
		const product = Math.imul(hash ^ four, 0x9e3779b1);
		hash = product ^ (product >>> 15);
	}
	return hash;
}

const front =
	/^\d{1,10}:(?:\d{1,10}:)?[XCSM] (?:\d\d [A-Z][a-z]{2} (?:\d{4} )?\d\d:\d\d:\d\d\.\d{3}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[!-~]{0,8}|\d{13}) [.\-*#] /;

/** Where the message of a line begins that is a string, for the layouts that the loop knows; -1 for any other. */
export function messageStartOf(line: string): number {
	return front.exec(line)?.[0].length ?? -1;
}

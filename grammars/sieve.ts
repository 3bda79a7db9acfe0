import type { Openings } from "./openings.ts";

/** As many bytes of a message's opening as are looked at first. */
const DEPTH = 8;
const SPACE = 32;
const ODD = 1;
/** 1 for what damage in transit may put among a message's bytes: such a line is left to the grammar. 2 for a blank. */
const marks = new Uint8Array(256).map((_, byte) =>
	byte > 0x7e || "&\\*`<".includes(String.fromCharCode(byte)) ? ODD : byte === SPACE ? 2 : 0,
);
/** What somebody may have put behind a message. */
const oddEnd = new Uint8Array(256).map((_, byte) =>
	byte <= 32 || byte > 0x7e || "\"'`,*|>\\".includes(String.fromCharCode(byte)) ? 1 : 0,
);
/** A first word longer than this is looked at no further: the grammar may say what it is. */
const WORD = 64;

const FOUR = 4;
/** Few enough to stay in a core's cache, many enough that few openings share one. */
const BITS = 1 << 13;
const hash = (a: number, b: number): number => (Math.imul(a, 0x9e3779b1) + Math.imul(b, 0x85ebca6b)) >>> 19;

/** Openings as bytes, to be shared by sieves. */
export interface ByteTable {
	/** Bits by a hash of the first four bytes of heads shorter than `DEPTH`, and of the first eight of the others. */
	readonly short: Uint8Array;
	readonly long: Uint8Array;
	/** By the first four bytes. */
	readonly heads: ReadonlyMap<number, readonly Uint8Array[]>;
	/** By the byte behind the blank: which second words may follow. */
	readonly seconds: readonly (readonly Uint8Array[] | undefined)[];
	readonly tails: readonly Uint8Array[];
	/** By the last byte: 1 where a tail ends so, or where something was put behind the message. */
	readonly ends: Uint8Array;
	readonly anchors: readonly Buffer[];
}

export function byteTable({ heads, seconds, tails, anchors }: Openings): ByteTable {
	const toBytes = (text: string): Buffer => Buffer.from(text, "latin1");
	const short = new Uint8Array(BITS);
	const long = new Uint8Array(BITS);
	const byFour = new Map<number, Uint8Array[]>();
	for (const bytes of heads.map(toBytes)) {
		if (bytes.length < FOUR) throw new Error(`"${bytes}" is too short to open a message`);
		const four = bytes.readInt32BE(0);
		if (bytes.length < DEPTH) short[hash(four, 0)] = 1;
		else long[hash(four, bytes.readInt32BE(FOUR))] = 1;
		const list = byFour.get(four);
		if (list === undefined) byFour.set(four, [bytes]);
		else list.push(bytes);
	}
	const bySecond = new Array<Uint8Array[] | undefined>(256).fill(undefined);
	for (const bytes of seconds.map(toBytes)) (bySecond[bytes[1] as number] ??= []).push(bytes);
	const ends = oddEnd.slice();
	for (const tail of tails.map(toBytes)) ends[tail.at(-1) as number] = 1;
	return { short, long, heads: byFour, seconds: bySecond, tails: tails.map(toBytes), ends, anchors: anchors.map(toBytes) };
}

/**
 * Tells from a message's first words whether any template may fit it. It may say yes to a line that
 * none fits, never no to one that one fits. Most lines of a busy server end here, unread.
 */
export class ByteSieve {
	readonly #table: ByteTable;
	readonly #short: Uint8Array;
	readonly #long: Uint8Array;
	readonly #ends: Uint8Array;
	/** The bytes that anchors were looked for in, and where each stands next. */
	#bytes: Buffer | undefined;
	#view: DataView | undefined;
	readonly #next: number[];

	constructor(table: ByteTable) {
		this.#table = table;
		this.#short = table.short;
		this.#long = table.long;
		this.#ends = table.ends;
		this.#next = table.anchors.map(() => -1);
	}

	/** The next lines stand in these bytes: each anchor is looked for once in all of them. */
	begin(bytes: Buffer): void {
		this.#bytes = bytes;
		this.#view = viewOf(bytes);
		this.#next.fill(-1);
	}

	/** `start` is where the message begins, behind the front. */
	mayMatter(bytes: Buffer, start: number, end: number): boolean {
		let at = start;
		while (at < end && bytes[at] === SPACE) at++;
		if (end - at < DEPTH) return true;
		const view = bytes === this.#bytes ? (this.#view as DataView) : viewOf(bytes);
		const four = view.getInt32(at);
		if (this.#long[hash(four, view.getInt32(at + FOUR))] === 1 || this.#short[hash(four, 0)] === 1) {
			if (mayOpen(bytes, at, end, this.#table.heads.get(four))) return true;
		}
		let word = 0;
		for (let i = at; i < at + DEPTH; i++) {
			const mark = marks[bytes[i] as number] as number;
			if (mark === 0) continue;
			if (mark === ODD || bytes[i + 1] === SPACE) return true;
			if (word === 0) word = i;
		}
		const last = bytes[end - 1] as number;
		if (this.#ends[last] === 1 && mayEnd(bytes, at, end, this.#table.tails)) return true;
		return mayFollow(bytes, at, word === 0 ? at + DEPTH : word, end, this.#table.seconds) || this.#hasAnchor(bytes, at, end);
	}

	#hasAnchor(bytes: Buffer, start: number, end: number): boolean {
		const { anchors } = this.#table;
		if (bytes !== this.#bytes) return anchors.some((anchor) => bytes.subarray(start, end).includes(anchor));
		for (let i = 0; i < anchors.length; i++) {
			let next = this.#next[i] as number;
			if (next < start) {
				next = bytes.indexOf(anchors[i] as Buffer, start);
				if (next === -1) next = Number.MAX_SAFE_INTEGER;
				this.#next[i] = next;
			}
			if (next < end) return true;
		}
		return false;
	}
}

const viewOf = (bytes: Buffer): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** Whether the words stand there, or as much of them as there is of the message. */
function fits(bytes: Uint8Array, at: number, end: number, words: Uint8Array, from: number): boolean {
	const length = Math.min(words.length, end - at);
	for (let i = from; i < length; i++) if (bytes[at + i] !== words[i]) return false;
	return true;
}

/** Whether the message opens with some of the words, or might if it were repaired. */
function mayOpen(bytes: Uint8Array, at: number, end: number, heads: readonly Uint8Array[] = []): boolean {
	let near = false;
	for (const head of heads) {
		let i = FOUR;
		while (i < DEPTH && i < head.length && bytes[at + i] === head[i]) i++;
		if (i < DEPTH && i < head.length) continue;
		if (fits(bytes, at, end, head, i)) return true;
		near = true;
	}
	return near && isOdd(bytes, at + DEPTH, end);
}

/** Whether second words stand behind the first word, which has no blank up to `from`, as far as the message goes. */
function mayFollow(bytes: Uint8Array, start: number, from: number, end: number, words: ByteTable["seconds"]): boolean {
	const last = Math.min(end, start + WORD);
	let at = from;
	while (at < last && bytes[at] !== SPACE) at++;
	if (at === last) return last < end;
	const seconds = words[bytes[at + 1] as number];
	if (seconds !== undefined) for (const second of seconds) if (fits(bytes, at, end, second, 0)) return true;
	return false;
}

/** Whether the last words are a template's, or hidden behind something. */
function mayEnd(bytes: Uint8Array, start: number, end: number, tails: readonly Uint8Array[]): boolean {
	if (oddEnd[bytes[end - 1] as number] === 1) return true;
	for (const tail of tails) {
		const at = end - tail.length;
		if (at >= start && fits(bytes, at, end, tail, 0)) return true;
	}
	return false;
}

/** Whether there is something that a repair would change. */
function isOdd(bytes: Uint8Array, start: number, end: number): boolean {
	for (let i = start; i < end; i++) {
		const byte = bytes[i] as number;
		if (marks[byte] === ODD || (byte === SPACE && bytes[i + 1] === SPACE)) return true;
	}
	return false;
}

/** Longest message, in characters, that the sieve for strings looks at. */
const LONGEST = 1024;

/** The same for a message that is a string already. */
export class TextSieve {
	readonly #sieve: ByteSieve;
	readonly #bytes = Buffer.alloc(3 * LONGEST);

	constructor(table: ByteTable) {
		this.#sieve = new ByteSieve(table);
	}

	mayMatter(message: string): boolean {
		if (message.length > LONGEST) return true;
		return this.#sieve.mayMatter(this.#bytes, 0, this.#bytes.write(message));
	}
}

const ZERO = 48;
const NINE = 57;
const COLON = 58;
const DOT = 46;
const DASH = 45;
const T = 84;
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= NINE;
const isLevel = (byte: number | undefined): boolean =>
	byte === 35 || byte === 42 || byte === DASH || byte === DOT;
const isRole = (byte: number | undefined): boolean =>
	byte === 83 || byte === 77 || byte === 67 || byte === 88;

/**
 * Where the message of a line begins, for the layouts that long logs have; -1 for a line of any
 * other, which is for the grammar to judge.
 */
export function messageStart(bytes: Uint8Array, start: number, end: number): number {
	let at = digits(bytes, start);
	if (at === start || at > start + 10 || bytes[at] !== COLON) return -1;
	if (isDigit(bytes[++at])) {
		// KeyDB's thread stands behind the process.
		const thread = at;
		at = digits(bytes, at);
		if (at > thread + 10 || bytes[at++] !== COLON) return -1;
	}
	if (!isRole(bytes[at]) || bytes[at + 1] !== SPACE) return -1;
	const level = levelAt(bytes, at + 2);
	return level !== -1 && level + 2 < end && isLevel(bytes[level]) && bytes[level + 1] === SPACE
		? level + 2
		: -1;
}

function digits(bytes: Uint8Array, from: number): number {
	let at = from;
	while (isDigit(bytes[at])) at++;
	return at;
}

const twoDigits = (bytes: Uint8Array, at: number): boolean => isDigit(bytes[at]) && isDigit(bytes[at + 1]);

/** `21 Nov 2026 20:39:14.531 `, the same without year, `2026-11-21T20:39:14.531+01:00 `, `1795293849421 `. */
function levelAt(bytes: Uint8Array, at: number): number {
	if (bytes[at + 2] === SPACE) return twoDigits(bytes, at) ? legacyEnd(bytes, at + 3) : -1;
	if (bytes[at + 10] === T) return isoEnd(bytes, at);
	const blank = digits(bytes, at);
	return blank === at + 13 && bytes[blank] === SPACE ? blank + 1 : -1;
}

/** From the month on. */
function legacyEnd(bytes: Uint8Array, at: number): number {
	if (bytes[at + 3] !== SPACE || (bytes[at] as number) > 90 || (bytes[at + 2] as number) < 97) return -1;
	let clock = at + 4;
	if (bytes[clock + 4] === SPACE) {
		if (!twoDigits(bytes, clock) || !twoDigits(bytes, clock + 2)) return -1;
		clock += 5;
	}
	return isClock(bytes, clock) && bytes[clock + 12] === SPACE ? clock + 13 : -1;
}

function isoEnd(bytes: Uint8Array, at: number): number {
	const isDate =
		twoDigits(bytes, at) && twoDigits(bytes, at + 2) && bytes[at + 4] === DASH && bytes[at + 7] === DASH;
	if (!isDate || !isClock(bytes, at + 11)) return -1;
	let blank = at + 23;
	while (blank < at + 32 && (bytes[blank] as number) > SPACE) blank++;
	return bytes[blank] === SPACE ? blank + 1 : -1;
}

/** `20:39:14.531` */
const isClock = (bytes: Uint8Array, at: number): boolean =>
	bytes[at + 2] === COLON &&
	bytes[at + 5] === COLON &&
	bytes[at + 8] === DOT &&
	twoDigits(bytes, at) &&
	twoDigits(bytes, at + 3) &&
	twoDigits(bytes, at + 6) &&
	twoDigits(bytes, at + 9) &&
	isDigit(bytes[at + 11]);

/**
 * The same for a line that follows one with a message at `last + size`: most lines of a second or a
 * minute share their fronts up to there. Falls back to looking at all of it.
 */
export function nextMessageStart(bytes: Uint8Array, view: DataView, last: number, size: number, at: number): number {
	const clock = size - CLOCK;
	if (at + size >= bytes.length || clock < 4 || bytes[last + clock - 1] !== COLON || bytes[last + clock + 2] !== DOT)
		return messageStart(bytes, at, bytes.length);
	for (let i = 0; i < clock - 4; i += 4)
		if (view.getInt32(last + i) !== view.getInt32(at + i)) return messageStart(bytes, at, bytes.length);
	if (view.getInt32(last + clock - 4) !== view.getInt32(at + clock - 4)) return messageStart(bytes, at, bytes.length);
	const seconds = at + clock;
	return twoDigits(bytes, seconds) &&
		bytes[seconds + 2] === DOT &&
		twoDigits(bytes, seconds + 3) &&
		isDigit(bytes[seconds + 5]) &&
		bytes[seconds + 6] === SPACE &&
		isLevel(bytes[seconds + 7]) &&
		bytes[seconds + 8] === SPACE
		? at + size
		: messageStart(bytes, at, bytes.length);
}

/** Length of `14.531 * `. */
const CLOCK = 9;

const line =
	/^\d{1,10}:(?:\d{1,10}:)?[XCSM] (?:\d\d [A-Z][a-z]{2} (?:\d{4} )?\d\d:\d\d:\d\d\.\d{3}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[!-~]{0,8}|\d{13}) [.\-*#] /;

/** The same for a line that is a string already. */
export function messageStartOf(text: string): number {
	return line.exec(text)?.[0].length ?? -1;
}

import type { Message } from "./message.ts";
import { catalogue } from "./messages/index.ts";
import { segments } from "./template.ts";

/** As many bytes of a message's opening as are looked at. */
const DEPTH = 8;
/** What damage in transit may put among the first bytes: such a line is left to the grammar. */
const odd = new Uint8Array(256).map((_, byte) =>
	byte > 0x7e || "&\\*`<".includes(String.fromCharCode(byte)) ? 1 : 0,
);
const SPACE = 32;

/** What the templates of a catalogue have in common: it decides which lines the grammar need not see. */
export interface Openings {
	/** First words of templates, at most `DEPTH` characters of each. */
	readonly heads: readonly string[];
	/** Words that stand further inside, for templates that open with a hole. */
	readonly anchors: readonly string[];
}

/** The openings of a catalogue. Derived from its templates, so that they cannot drift apart. */
export function openings(messages: readonly Message[] = catalogue): Openings {
	const heads = new Set<string>();
	const anchors = new Set<string>();
	for (const { wordings } of messages) {
		for (const [, template] of wordings) {
			const parts = segments(template);
			const first = parts[0];
			if (first !== undefined && "text" in first) heads.add(first.text.slice(0, DEPTH));
			else anchors.add(longest(parts.flatMap((part) => ("text" in part ? [part.text] : []))));
		}
	}
	return { heads: [...heads], anchors: [...anchors] };
}

const longest = (texts: readonly string[]): string =>
	texts.reduce((a, b) => (b.length > a.length ? b : a), "");

/** Openings as bytes, to be shared by sieves. */
export interface ByteTable {
	/** By the first two bytes: which heads may follow. */
	readonly heads: readonly (readonly Uint8Array[] | undefined)[];
	readonly anchors: readonly string[];
}

export function byteTable({ heads, anchors }: Openings = openings()): ByteTable {
	const lists = new Array<Uint8Array[] | undefined>(0x10000).fill(undefined);
	for (const head of heads) {
		const bytes = Buffer.from(head, "latin1");
		(lists[pair(bytes, 0)] ??= []).push(bytes);
	}
	return { heads: lists, anchors };
}

/**
 * Tells from a message's first bytes whether any template may fit it. It may say yes to a line that
 * none fits, never no to one that one fits. Most lines of a busy server end here, unread.
 */
export class ByteSieve {
	readonly #table: ByteTable;
	/** The bytes that anchors were looked for in, and where each stands next. */
	#bytes: Buffer | undefined;
	readonly #next: number[];

	constructor(table: ByteTable) {
		this.#table = table;
		this.#next = table.anchors.map(() => -1);
	}

	/** `start` is where the message begins, behind the front. */
	mayMatter(bytes: Buffer, start: number, end: number): boolean {
		let at = start;
		while (at < end && bytes[at] === SPACE) at++;
		if (end - at < DEPTH) return true;
		const heads = this.#table.heads[pair(bytes, at)];
		if (heads !== undefined) for (const head of heads) if (opensWith(bytes, at, head)) return true;
		for (let i = at; i < at + DEPTH; i++) {
			const byte = bytes[i] as number;
			if (odd[byte] === 1 || (byte === SPACE && bytes[i + 1] === SPACE)) return true;
		}
		return this.#hasAnchor(bytes, at, end);
	}

	#hasAnchor(bytes: Buffer, start: number, end: number): boolean {
		if (bytes !== this.#bytes) {
			this.#bytes = bytes;
			this.#next.fill(-1);
		}
		for (let i = 0; i < this.#next.length; i++) {
			let next = this.#next[i] as number;
			if (next < start) {
				// Looked for to the end of all bytes at hand: each anchor is looked for once in all lines.
				next = bytes.indexOf(this.#table.anchors[i] as string, start, "latin1");
				if (next === -1) next = Number.MAX_SAFE_INTEGER;
				this.#next[i] = next;
			}
			if (next < end) return true;
		}
		return false;
	}
}

const pair = (bytes: Uint8Array, at: number): number =>
	((bytes[at] as number) << 8) | (bytes[at + 1] as number);

function opensWith(bytes: Uint8Array, at: number, head: Uint8Array): boolean {
	for (let i = 2; i < head.length; i++) if (bytes[at + i] !== head[i]) return false;
	return true;
}

/** The same for a message that is a string already. */
export class TextSieve {
	readonly #heads = new Map<string, string[]>();
	readonly #anchors: readonly string[];

	constructor({ heads, anchors }: Openings = openings()) {
		for (const head of heads) {
			const key = head.slice(0, 2);
			const list = this.#heads.get(key);
			if (list === undefined) this.#heads.set(key, [head]);
			else list.push(head);
		}
		this.#anchors = anchors;
	}

	mayMatter(message: string): boolean {
		if (message.length < DEPTH || message.startsWith(" ")) return true;
		if (this.#heads.get(message.slice(0, 2))?.some((head) => message.startsWith(head))) return true;
		for (let i = 0; i < DEPTH; i++) {
			const code = message.charCodeAt(i);
			if (code > 0x7e || odd[code] === 1 || (code === SPACE && message.charCodeAt(i + 1) === SPACE))
				return true;
		}
		return this.#anchors.some((anchor) => message.includes(anchor));
	}
}

const ZERO = 48;
const NINE = 57;
const COLON = 58;
const isLevel = (byte: number | undefined): boolean =>
	byte === 35 || byte === 42 || byte === 45 || byte === 46;
const isRole = (byte: number | undefined): boolean =>
	byte === 83 || byte === 77 || byte === 67 || byte === 88;

/**
 * Where the message of a line begins, for the layouts that long logs have; -1 for a line of any
 * other, which is for the grammar to judge.
 */
export function messageStart(bytes: Uint8Array, start: number, end: number): number {
	let at = start;
	for (
		let byte = bytes[at] as number;
		(byte >= ZERO && byte <= NINE) || byte === COLON;
		byte = bytes[at] as number
	) {
		if (++at > start + 22) return -1;
	}
	// `812:M `: the colon was passed over.
	if (at < start + 2 || bytes[at - 1] !== COLON || !isRole(bytes[at]) || bytes[at + 1] !== SPACE) return -1;
	at += 2;
	const level = levelAt(bytes, at, end);
	return level !== -1 && level + 2 < end && isLevel(bytes[level]) && bytes[level + 1] === SPACE
		? level + 2
		: -1;
}

/** `21 Nov 2026 20:39:14.531 `, the same without year, `2026-11-21T20:39:14.531+01:00 `, `1795293849421 `. */
function levelAt(bytes: Uint8Array, at: number, end: number): number {
	if (at + 15 > end) return -1;
	const dated = bytes[at + 2] === SPACE && bytes[at + 6] === SPACE;
	if (dated) {
		const clock = bytes[at + 11] === SPACE ? at + 12 : at + 7;
		return bytes[clock + 2] === COLON && bytes[clock + 5] === COLON && bytes[clock + 12] === SPACE
			? clock + 13
			: -1;
	}
	const blank = bytes.indexOf(SPACE, at);
	return blank > at + 12 && blank < at + 30 ? blank + 1 : -1;
}

const line =
	/^\d{1,10}(?::\d{1,10})?:[XCSM] (?:\d\d [A-Z][a-z]{2} (?:\d{4} )?\d\d:\d\d:\d\d\.\d{3}|\d{4}-\d\d-\d\dT\S{12,20}|\d{13}) [.\-*#] /;

/** The same for a line that is a string already. */
export function messageStartOf(text: string): number {
	return line.exec(text)?.[0].length ?? -1;
}

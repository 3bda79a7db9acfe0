import type { MessageGrammar } from "../../grammars/message-grammar.ts";
import { messageHash } from "../../grammars/scanner.ts";
import { Wording } from "../../grammars/wording.ts";
import type { Message } from "./draft.ts";
import { isMarked } from "./paste/clean.ts";
import { holdsFront } from "./paste/glued.ts";
import { maskSecrets } from "./secrets.ts";

/** Messages that are remembered with what they say; a power of two. */
const REMEMBERED = 4096;
/** Longer ones seldom come again. */
const LONGEST = 512;
/** Strings among the values of which one copy is kept: addresses, replication IDs. */
const KEPT = 1000;
/** Shorter parts of a string are copies of their own. */
const SHORT = 13;
/** Longer ones are somebody's words, which do not come again. */
const LONG = 128;

/** A message that was understood. */
export interface Known extends Message {
	readonly message: string;
}

interface Remembered extends Known {
	readonly hash: number;
	/** Whether it says as bytes what it says as a string, once that is known. */
	plain: boolean | undefined;
}

/**
 * What messages say: a log says the same again and again, which is read twice and kept once. Of what is
 * said once only the values are kept, as its text can be made of them.
 */
export class Memo {
	readonly #grammar: MessageGrammar;
	/** Each message in one of two places by its hash. */
	readonly #table: (Remembered | undefined)[] = new Array(REMEMBERED).fill(undefined);
	/** Hashes of messages that have come once. */
	readonly #once = new Int32Array(REMEMBERED);
	readonly #kept = new Map<string, string>();
	readonly #keep = (value: string): string => this.#keepString(value);

	constructor(grammar: MessageGrammar) {
		this.#grammar = grammar;
	}

	/** Reads a message. Nothing that is kept of it holds the text. */
	read(message: string): Known | undefined {
		if (message.length > LONGEST) return this.#parse(message);
		const hash = messageHash(message);
		const slot = hash & (REMEMBERED - 1);
		const one = this.#table[slot];
		if (one !== undefined && one.hash === hash && one.message === message) return one;
		const other = this.#table[slot ^ 1];
		if (other !== undefined && other.hash === hash && other.message === message) return other;
		return this.#remembered(hash, this.#parse(message), undefined);
	}

	/**
	 * The same of bytes of printable ASCII, without blanks at their ends, and their `messageHash`. Undefined also where
	 * they are no text that can be read as it stands: signs of a paste, a secret, another line's front. Its line must
	 * then be read as a string.
	 */
	readBytes(bytes: Buffer, start: number, end: number, hash: number): Known | undefined {
		const slot = hash & (REMEMBERED - 1);
		let known = this.#table[slot];
		if (known?.hash !== hash || !isText(known.message, bytes, start, end)) known = this.#table[slot ^ 1];
		if (known?.hash === hash && isText(known.message, bytes, start, end)) {
			known.plain ??= isPlain(known.message);
			return known.plain ? known : undefined;
		}
		const message = bytes.toString("latin1", start, end);
		if (!isPlain(message)) return undefined;
		return this.#remembered(hash, this.#parse(message), true);
	}

	#parse(message: string): Known | undefined {
		const said = this.#grammar.read(message, this.#keep);
		if (said === undefined) return undefined;
		const { wording, fields, exact } = said;
		if (exact && message.trim() === message) return { message, wording, fields };
		const own = copied(message);
		return { message: own, wording: new Wording(wording.type, [own], []), fields };
	}

	/** A message that was read: from its second time on all its events have one text. */
	#remembered(hash: number, read: Known | undefined, plain: true | undefined): Known | undefined {
		if (read === undefined) return undefined;
		const slot = hash & (REMEMBERED - 1);
		if (this.#once[slot] !== hash) {
			this.#once[slot] = hash;
			return read;
		}
		// What was made of bytes is a string of its own.
		const message = plain ? read.message : copied(read.message);
		const wording = read.wording.names.length === 0 ? read.wording : new Wording(read.wording.type, [message], []);
		const known = { message, hash, plain, wording, fields: read.fields };
		this.#table[this.#table[slot] === undefined ? slot : slot ^ 1] = known;
		return known;
	}

	#keepString(value: string): string {
		if (value.length < SHORT) return value;
		if (value.length > LONG) return copied(value);
		const kept = this.#kept.get(value);
		if (kept !== undefined) return kept;
		const own = copied(value);
		if (this.#kept.size >= KEPT) this.#kept.clear();
		this.#kept.set(own, own);
		return own;
	}
}

/** Whether a string of ASCII is what stands in the bytes. */
function isText(text: string, bytes: Buffer, start: number, end: number): boolean {
	if (text.length !== end - start) return false;
	for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false;
	return true;
}

/** Whether nothing of the message is taken out or cut off before it is read. */
const isPlain = (message: string): boolean =>
	!isMarked(message) && !holdsFront(message) && maskSecrets(message) === message;

const scratch = Buffer.alloc(4096);

/** A plain text of its own: a part of a line keeps all of the line in memory. */
export function copied(text: string): string {
	if (text.length > scratch.length || /[^\u0000-\u00ff]/.test(text))
		return Buffer.from(text, "utf16le").toString("utf16le");
	return scratch.toString("latin1", 0, scratch.write(text, "latin1"));
}

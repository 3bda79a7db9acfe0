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
	/** Whether it has come again. */
	again: boolean;
	/** Whether it says as bytes what it says as a string, once that is known. */
	plain: boolean | undefined;
	wording: Wording;
}

/**
 * What messages say: a log says the same again and again, which is read once and kept once. Of what is
 * said once only the values are kept, as its text can be made of them.
 */
export class Memo {
	readonly #grammar: MessageGrammar;
	/** Each message in one of two places by its hash. */
	readonly #table: (Remembered | undefined)[] = new Array(REMEMBERED).fill(undefined);
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
		if (one !== undefined && one.hash === hash && one.message === message) return this.#again(one);
		const other = this.#table[slot ^ 1];
		if (other !== undefined && other.hash === hash && other.message === message) return this.#again(other);
		const parsed = this.#parse(message);
		if (parsed !== undefined) this.#remember(hash, parsed, undefined);
		return parsed;
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
			return known.plain ? this.#again(known) : undefined;
		}
		const message = bytes.toString("latin1", start, end);
		if (!isPlain(message)) return undefined;
		const parsed = this.#parse(message);
		if (parsed !== undefined) this.#remember(hash, parsed, true);
		return parsed;
	}

	#parse(message: string): Known | undefined {
		const said = this.#grammar.read(message, this.#keep);
		if (said === undefined) return undefined;
		const { wording, fields, exact } = said;
		if (exact && message.trim() === message) return { message, wording, fields };
		const own = copied(message);
		return { message: own, wording: new Wording(wording.type, [own], []), fields };
	}

	#remember(hash: number, { message, wording, fields }: Known, plain: true | undefined): void {
		const slot = hash & (REMEMBERED - 1);
		// What comes again and again stays.
		const at = this.#table[slot]?.again === true ? slot ^ 1 : slot;
		// What was made of bytes is a string of its own.
		const own = plain ? message : copied(message);
		this.#table[at] = { message: own, hash, again: false, plain, wording, fields };
	}

	/** From its second time on all events of a message have one text. */
	#again(known: Remembered): Known {
		if (known.again) return known;
		known.again = true;
		if (known.wording.names.length > 0) known.wording = new Wording(known.wording.type, [known.message], []);
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

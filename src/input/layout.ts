import { type ByteSieve, messageStart } from "../../grammars/sieve.ts";
import { Lane } from "./lane.ts";
import type { Track } from "./track.ts";
import { LONG, type Unwrapped, type Unwrapper } from "./unwrap.ts";
import { ISO } from "./wrappers/times.ts";

/*
 * A wrapper puts the same around each line but for the time. What one line has around its text is taken
 * for the layout of the next, and a line of the same layout is opened by its bytes.
 */

const LF = 10;
const CR = 13;
const [ZERO, NINE] = [48, 57];

/** Bytes as they are; a `null` stands for a digit, and `fraction` for any number of them. */
type Part = { readonly shape: readonly (number | null)[] } | "fraction";

/** What stands around the text of a line. */
interface Layout {
	readonly prefix: readonly Part[];
	readonly suffix: readonly Part[];
	/** By byte: 1 for what may stand in the text. */
	readonly plain: Uint8Array;
}

const printable = new Uint8Array(256).map((_, byte) => (byte >= 32 && byte < 127 ? 1 : 0));
/** In quotation marks, and without anything that is written otherwise there. */
const quoted = printable.map((one, byte) => (byte === 34 || byte === 92 ? 0 : one));
const ascii = /^[ -~]*$/;
const time = new RegExp(ISO, "g");

/** The layout of a line, by the text that was found in it; undefined where it is not so simple. */
function layoutOf(line: string, text: string): Layout | undefined {
	const at = line.indexOf(text);
	if (at === -1 || text === "" || !ascii.test(line) || line.includes(text, at + 1)) return undefined;
	const suffix = line.slice(at + text.length);
	// Without an end that cannot stand in the text, the text goes on to the end of the line.
	if (suffix !== "" && suffix[0] !== '"' && suffix[0] !== "\\") return undefined;
	if (suffix !== "" && /["\\]/.test(text)) return undefined;
	return { prefix: partsOf(line.slice(0, at)), suffix: partsOf(suffix), plain: suffix === "" ? printable : quoted };
}

function partsOf(text: string): Part[] {
	const parts: Part[] = [];
	const literal = (piece: string): void => {
		if (piece !== "") parts.push({ shape: [...Buffer.from(piece)] });
	};
	let done = 0;
	for (const { 0: found, index } of text.matchAll(time)) {
		literal(text.slice(done, index));
		const [whole = "", fraction = ""] = /^(?:[^.,]*)([.,]\d+)?/.exec(found) ?? [];
		const clock = whole.slice(0, whole.length - fraction.length);
		parts.push({ shape: [...Buffer.from(clock)].map((byte) => (isDigit(byte) ? null : byte)) });
		if (fraction !== "") parts.push({ shape: [fraction.charCodeAt(0)] }, "fraction");
		done = index + whole.length;
	}
	literal(text.slice(done));
	return parts;
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= NINE;

/** Where the parts end that begin there; -1 where something else stands there. */
function match(parts: readonly Part[], bytes: Uint8Array, start: number): number {
	let at = start;
	for (const part of parts) {
		if (part === "fraction") {
			const first = at;
			while (isDigit(bytes[at])) at++;
			if (at === first || at > first + 9) return -1;
			continue;
		}
		const { shape } = part;
		for (let i = 0; i < shape.length; i++) {
			const byte = shape[i];
			if (byte === null ? !isDigit(bytes[at + i]) : bytes[at + i] !== byte) return -1;
		}
		at += shape.length;
	}
	return at;
}

/** The fast lane for lines in a wrapper. */
export class WrappedLane extends Lane {
	readonly #sieve: ByteSieve;
	readonly #unwrapper: Unwrapper;
	#layout: Layout | undefined;
	/** What the wrapper calls the node whose lines these are. */
	node: string | null = null;

	constructor(sieve: ByteSieve, unwrapper: Unwrapper) {
		super(sieve);
		this.#sieve = sieve;
		this.#unwrapper = unwrapper;
	}

	/** A line was opened whose message is no known one: the next ones may be like it. */
	learn(line: string, { text, node }: Unwrapped): void {
		this.node = node;
		this.#layout = layoutOf(line, text);
	}

	/** Whether the last lines were such as this lane passes over. */
	override get isOpen(): boolean {
		return this.#layout !== undefined && this.#unwrapper.isWrapped;
	}

	override run(bytes: Buffer, start: number): void {
		const { prefix, suffix, plain } = this.#layout as Layout;
		let at = start;
		this.stay(start);
		for (;;) {
			const text = match(prefix, bytes, at);
			const message = text === -1 ? -1 : messageStart(bytes, text, bytes.length);
			if (message === -1) break;
			let textEnd = message;
			while (plain[bytes[textEnd] as number] === 1) textEnd++;
			const end = match(suffix, bytes, textEnd);
			if (end === -1) break;
			const feed = bytes[end] === CR ? end + 1 : end;
			if (bytes[feed] !== LF || textEnd - text >= LONG || this.#sieve.mayMatter(bytes, message, textEnd)) break;
			if (this.lines === 0) {
				this.bytes = 0;
				this.width = 0;
				this.first = at;
				this.firstEnd = end;
			}
			this.lines++;
			this.bytes += end - at;
			if (textEnd - text > this.width) this.width = textEnd - text;
			this.last = at;
			this.lastEnd = end;
			at = feed + 1;
		}
		this.at = at;
	}

	/** Counts the lines that were passed. */
	override count(bytes: Buffer, number: number, track: Track): void {
		const skip = (from: number, to: number, at: number, run?: Lane): void => {
			const opened = this.#unwrapper.open(bytes.toString("latin1", from, to));
			track.skipText(opened.text, at, opened.outerTime, run);
		};
		skip(this.first, this.firstEnd, number);
		if (this.lines > 1) skip(this.last, this.lastEnd, number + this.lines - 1, this);
		track.segment.lines += this.lines;
		track.segment.bytes += this.bytes;
	}
}

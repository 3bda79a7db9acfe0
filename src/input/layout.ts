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

/** Bytes as they are, with 0 for any digit; none at all for a fraction, which has any number of digits. */
type Part = Uint8Array;
const FRACTION: Part = new Uint8Array(0);

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
		if (piece !== "") parts.push(Uint8Array.from(Buffer.from(piece)));
	};
	let done = 0;
	for (const { 0: found, index } of text.matchAll(time)) {
		literal(text.slice(done, index));
		const [whole = "", fraction = ""] = /^(?:[^.,]*)([.,]\d+)?/.exec(found) ?? [];
		const clock = whole.slice(0, whole.length - fraction.length);
		parts.push(Uint8Array.from(Buffer.from(clock), (byte) => (isDigit(byte) ? 0 : byte)));
		if (fraction !== "") parts.push(Uint8Array.of(fraction.charCodeAt(0)), FRACTION);
		done = index + whole.length;
	}
	literal(text.slice(done));
	return parts;
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= NINE;

/** Where the parts end that begin there; -1 where something else stands there. */
function match(parts: readonly Part[], bytes: Uint8Array, start: number): number {
	let at = start;
	for (let p = 0; p < parts.length; p++) {
		const part = parts[p] as Part;
		const { length } = part;
		if (length === 0) {
			const first = at;
			while (isDigit(bytes[at])) at++;
			if (at === first || at > first + 9) return -1;
			continue;
		}
		if (at + length > bytes.length) return -1;
		for (let i = 0; i < length; i++) {
			const byte = bytes[at + i] as number;
			const wanted = part[i] as number;
			if (byte !== wanted && (wanted !== 0 || byte < ZERO || byte > NINE)) return -1;
		}
		at += length;
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
		let lines = 0;
		let sum = 0;
		let width = 0;
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
			if (lines === 0) this.firstEnd = end;
			lines++;
			sum += end - at;
			if (textEnd - text > width) width = textEnd - text;
			this.last = at;
			this.lastEnd = end;
			at = feed + 1;
		}
		this.lines = lines;
		this.bytes = sum;
		this.width = width;
		this.first = start;
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

import { FRACTION, type Layout, type LayoutPart } from "../../grammars/scanner.ts";
import { Lane } from "./lane.ts";
import type { Track } from "./track.ts";
import type { Unwrapped, Unwrapper } from "./unwrap.ts";
import { ISO } from "./wrappers/times.ts";

/*
 * A wrapper puts the same around each line but for the time. What one line has around its text is taken
 * for the layout of the next, and a line of the same layout is opened by its bytes.
 */

const [ZERO, NINE] = [48, 57];
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
	return { prefix: partsOf(line.slice(0, at)), suffix: partsOf(suffix), quoted: suffix !== "" };
}

function partsOf(text: string): LayoutPart[] {
	const parts: LayoutPart[] = [];
	const literal = (piece: string): void => {
		if (piece !== "") parts.push(Uint8Array.from(Buffer.from(piece)));
	};
	let done = 0;
	for (const { 0: found, index } of text.matchAll(time)) {
		literal(text.slice(done, index));
		const [whole = "", fraction = ""] = /^(?:[^.,]*)([.,]\d+)?/.exec(found) ?? [];
		const clock = whole.slice(0, whole.length - fraction.length);
		parts.push(Uint8Array.from(Buffer.from(clock), (byte) => (byte >= ZERO && byte <= NINE ? 0 : byte)));
		if (fraction !== "") parts.push(Uint8Array.of(fraction.charCodeAt(0)), FRACTION);
		done = index + whole.length;
	}
	literal(text.slice(done));
	return parts;
}

/** The fast lane for lines in a wrapper. */
export class WrappedLane extends Lane {
	readonly #unwrapper: Unwrapper;
	#layout: Layout | undefined;
	/** What the wrapper calls the node whose lines these are. */
	node: string | null = null;

	constructor(unwrapper: Unwrapper) {
		super();
		this.#unwrapper = unwrapper;
	}

	/** A line was opened whose message is no known one: the next ones may be like it. */
	learn(line: string, { text, node }: Unwrapped): void {
		this.node = node;
		this.#layout = layoutOf(line, text);
	}

	/** Whether the last lines were such as this lane passes over. */
	override get isOpen(): boolean {
		const layout = this.#layout;
		return layout !== undefined && super.isOpen && this.#unwrapper.isWrapped && this.scanner.fit(layout);
	}

	override run(start: number): void {
		this.scanner.passWrapped(start, this.#layout as Layout);
		this.take();
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

import { type ByteSieve, nextMessageStart } from "../../grammars/sieve.ts";
import type { Segment } from "./segment.ts";
import type { Track } from "./track.ts";
import { LONG } from "./unwrap.ts";

const LF = 10;
const CR = 13;

/**
 * The fast lane: passes over the log lines of a chunk of bytes whose messages cannot be known ones,
 * as long as one follows another. They are counted, and never become strings.
 */
export class Lane {
	readonly #sieve: ByteSieve;
	/** How many lines were passed, and their bytes without the line ends. */
	lines = 0;
	bytes = 0;
	/** Length of the longest. */
	width = 0;
	/** Where the first and the last of them stand. */
	first = 0;
	firstEnd = 0;
	last = 0;
	lastEnd = 0;
	/** Where the next line begins. */
	at = 0;

	/** The segment whose last line is still where it was read. */
	#segment: Segment | undefined;

	constructor(sieve: ByteSieve) {
		this.#sieve = sieve;
	}

	/** The next lines stand in these bytes. */
	begin(bytes: Buffer): void {
		this.#sieve.begin(bytes);
	}

	/** Their memory will be used again. */
	done(): void {
		this.#segment?.settle();
		this.#segment = undefined;
	}

	/** Lines passed so far, and how often it came to one that was not for it. */
	#passed = 0;
	#stops = 0;

	/** Whether it passes over several lines for each that it does not. */
	get isSwift(): boolean {
		return this.#passed > 3 * this.#stops;
	}

	/** Takes what a lane elsewhere has passed over. */
	set(entry: Float64Array): void {
		[this.lines, this.bytes, this.width, this.first, this.firstEnd, this.last, this.lastEnd] = entry as unknown as [number, number, number, number, number, number, number];
	}

	/** Whether there is anything that it can pass over. */
	get isOpen(): boolean {
		return true;
	}

	/** Passes over nothing. */
	stay(start: number): void {
		this.lines = 0;
		this.at = start;
	}

	/** Counts the lines that were passed, of which the first is number `number` of the input. */
	count(bytes: Buffer, number: number, track: Track): void {
		track.skip(bytes, this.first, this.firstEnd, number);
		if (this.lines > 1) track.skip(bytes, this.last, this.lastEnd, number + this.lines - 1, this);
		const { segment } = track;
		segment.lines += this.lines;
		segment.bytes += this.bytes;
		if (this.#segment === segment) return;
		this.#segment?.settle();
		this.#segment = segment;
	}

	/** Passes over lines from `start` on, up to one that is not for it or has not ended. */
	run(bytes: Buffer, start: number): void {
		const sieve = this.#sieve;
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
		let at = start;
		let size = 0;
		let lines = 0;
		let sum = 0;
		let width = 0;
		let last = start;
		let lastEnd = start;
		for (;;) {
			const message = nextMessageStart(bytes, view, last, size, at);
			if (message === -1) break;
			size = message - at;
			const feed = bytes.indexOf(LF, message);
			if (feed === -1 || feed - at > LONG) break;
			const end = bytes[feed - 1] === CR ? feed - 1 : feed;
			if (sieve.mayMatter(bytes, message, end)) break;
			if (lines === 0) this.firstEnd = end;
			lines++;
			sum += end - at;
			if (end - at > width) width = end - at;
			last = at;
			lastEnd = end;
			at = feed + 1;
		}
		this.#stops++;
		this.#passed += lines;
		this.lines = lines;
		this.bytes = sum;
		this.width = width;
		this.first = start;
		this.last = last;
		this.lastEnd = lastEnd;
		this.at = at;
	}
}

import type { LineScanner, Passage } from "../../grammars/scanner.ts";
import type { Segment } from "./segment.ts";
import type { Track } from "./track.ts";

/**
 * The fast lane: passes over the log lines of a chunk of bytes whose messages cannot be known ones,
 * as long as one follows another. They are counted, and never become strings.
 */
export class Lane {
	/** Without one, nothing is passed over. */
	#scanner: LineScanner | undefined;
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
	/** Where the next line begins, and where it ends, if that is known: else below 0. */
	at = 0;
	end = -1;

	/** The segment whose last line is still where it was read. */
	#segment: Segment | undefined;

	/** The next lines stand in the bytes that the scanner has. */
	begin(scanner: LineScanner | undefined): void {
		this.#scanner = scanner;
	}

	/** The scanner, where it has stopped at a plain line: the one that begins there. */
	plain(start: number): LineScanner | undefined {
		const scanner = this.#scanner;
		return scanner !== undefined && start === this.at && this.end >= 0 && scanner.isPlain ? scanner : undefined;
	}

	protected get scanner(): LineScanner {
		return this.#scanner as LineScanner;
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

	/** Takes what was passed over, here or by a lane elsewhere. */
	set(passage: Passage): void {
		this.lines = passage.lines;
		this.bytes = passage.bytes;
		this.width = passage.width;
		this.first = passage.first;
		this.firstEnd = passage.firstEnd;
		this.last = passage.last;
		this.lastEnd = passage.lastEnd;
	}

	/** Whether there is anything that it can pass over. */
	get isOpen(): boolean {
		return this.#scanner !== undefined;
	}

	/** Passes over nothing. */
	stay(start: number): void {
		this.lines = 0;
		this.at = start;
		this.end = -1;
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
	run(start: number): void {
		this.scanner.pass(start);
		this.take();
	}

	/** Takes what the scanner tells of its last pass. */
	protected take(): void {
		const { scanner } = this;
		this.set(scanner);
		this.#stops++;
		this.#passed += this.lines;
		this.at = scanner.next;
		this.end = scanner.nextEnd;
	}
}

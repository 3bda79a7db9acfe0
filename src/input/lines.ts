/** Longest part of a line that is looked at. Servers cut a message at 1 KiB, wrappers add little. */
export const LINE_LIMIT = 64 * 1024;

/** Most bytes of which lines are taken at a time: what stays in a core's cache while it is looked at. */
export const CHUNK = 256 * 1024;

/** Takes the lines of one input. */
export interface LineSink {
	/** Takes one line: its bytes without the line end, and which line of the input it is, from 1. */
	line(bytes: Buffer, start: number, end: number, number: number): void;
	/** May take whole lines of a chunk that begin at `start`, the first of which is number `number`. */
	pass?(bytes: Buffer, start: number, number: number): Passed;
	/** The bytes of a chunk come now, or are done with: they may be used again for others. */
	begin?(bytes: Buffer): void;
	done?(): void;
}

/** What a sink has taken in one go: how many lines, and where the next one begins. */
export interface Passed {
	readonly lines: number;
	readonly at: number;
	/** Where that one ends, if that is known: else below 0. */
	readonly end: number;
}

const LF = 10;
const CR = 13;

/**
 * Splits chunks of bytes into lines. A line that lies over two chunks is put together; of a line
 * longer than `limit` only the front is handed on. Nothing is decoded here.
 */
export class LineSplitter {
	#line = 0;
	/** Pieces of the line that the last chunk left open. */
	#pieces: Buffer[] = [];
	#held = 0;
	/** How much of a line is handed on. */
	limit = LINE_LIMIT;
	readonly #sink: LineSink;

	constructor(sink: LineSink) {
		this.#sink = sink;
	}

	/** Lines handed on so far. */
	get lines(): number {
		return this.#line;
	}

	push(chunk: Buffer): void {
		for (let at = 0; at < chunk.length; at += CHUNK)
			this.#split(chunk.length <= CHUNK ? chunk : chunk.subarray(at, at + CHUNK));
	}

	#split(chunk: Buffer): void {
		const sink = this.#sink;
		sink.begin?.(chunk);
		let start = 0;
		if (this.#held > 0) {
			const end = chunk.indexOf(LF);
			this.#hold(chunk, 0, end === -1 ? chunk.length : end);
			start = end === -1 ? chunk.length : end + 1;
			if (end !== -1) this.#flush();
		}
		for (;;) {
			const passed = sink.pass?.(chunk, start, this.#line + 1);
			if (passed !== undefined && passed.lines > 0) {
				this.#line += passed.lines;
				start = passed.at;
			}
			const end = passed !== undefined && passed.end >= 0 ? passed.end : chunk.indexOf(LF, start);
			if (end === -1) break;
			this.hand(chunk, start, end);
			start = end + 1;
		}
		if (start < chunk.length) this.#hold(chunk, start, chunk.length);
		sink.done?.();
	}

	/** Hands on a whole line. */
	hand(bytes: Buffer, from: number, to: number): void {
		const start = skipHole(bytes, from, to);
		const end = to > start && bytes[to - 1] === CR ? to - 1 : to;
		this.#line++;
		this.#sink.line(bytes, start, Math.min(end, start + this.limit), this.#line);
	}

	/** Counts lines that the sink has taken without being handed them. */
	count(lines: number): void {
		this.#line += lines;
	}

	/** Hands on a last line that has no line end. */
	end(): void {
		if (this.#held > 0) this.#flush();
	}

	#hold(chunk: Buffer, from: number, end: number): void {
		const start = this.#held === 0 ? skipHole(chunk, from, end) : from;
		const upTo = Math.min(end, start + this.limit - this.#held);
		if (upTo <= start) return;
		// The chunk's memory is used again for the next bytes, so what stays is copied.
		this.#pieces.push(Buffer.from(chunk.subarray(start, upTo)));
		this.#held += upTo - start;
	}

	#flush(): void {
		const line = this.#pieces.length === 1 ? (this.#pieces[0] as Buffer) : Buffer.concat(this.#pieces);
		this.#pieces = [];
		this.#held = 0;
		this.hand(line, 0, line.length);
	}
}

/** A log that rotation cut in place begins with a hole, which reads as NULs: gigabytes of them. */
function skipHole(bytes: Buffer, from: number, end: number): number {
	let start = from;
	while (start < end && bytes[start] === 0) start++;
	return start;
}

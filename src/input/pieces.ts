import { readSync } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { setImmediate as turn } from "node:timers/promises";
import { isPlain } from "./bytes.ts";
import { lineScanner } from "./grammar.ts";
import { Intake } from "./intake.ts";
import { CHUNK } from "./lines.ts";
import type { Scan, ScanPool } from "./pool.ts";
import { type Source, STDIN } from "./sources.ts";

const LF = 10;
/** Files smaller than this are read before a thread has started. */
const LARGE = 48 * 1024 * 1024;
/** How much of a file is read to tell whether pieces of it can be looked through. */
const BEGINNING = 1024 * 1024;
/** How much a thread looks through at a time. */
const PIECE = 8 * 1024 * 1024;
/** Pieces of a file that are handed in, for each thread. */
const AHEAD = 2;

/** Whether a source is a large file, whatever it holds. */
export async function isLarge(source: Source): Promise<boolean> {
	if (source.data !== undefined || source.name === STDIN || source.archive !== undefined) return false;
	// Looked at before it is opened: a pipe can be opened once only, and its writer may not be there yet.
	const { size } = await stat(source.name).catch(() => ({ size: 0 }));
	return size >= LARGE;
}

/**
 * Reads a large plain file, with the help of threads if there are any; undefined for one that is packed, or that
 * cannot be opened.
 */
export async function intakeOfLarge(
	source: Source,
	labels: ReadonlyMap<string, string> | undefined,
	pool: ScanPool | undefined,
	count: (bytes: number) => void = () => {},
): Promise<{ readonly intake: Intake; readonly error: unknown } | undefined> {
	const file = await open(source.name).catch(() => undefined);
	if (file === undefined) return undefined;
	try {
		if (!(await isPlain(file))) return undefined;
		const { size } = await file.stat();
		const intake = new Intake(source, labels);
		const error = await new LargeFile(file, size, source.name, intake, pool, count).read().then(
			() => undefined,
			(error: unknown) => error,
		);
		return { intake, error };
	} finally {
		await file.close();
	}
}

/** A file while it is read. */
class LargeFile {
	readonly #file: FileHandle;
	readonly #size: number;
	readonly #path: string;
	readonly #intake: Intake;
	readonly #pool: ScanPool | undefined;
	readonly #count: (bytes: number) => void;

	constructor(
		file: FileHandle,
		size: number,
		path: string,
		intake: Intake,
		pool: ScanPool | undefined,
		count: (bytes: number) => void,
	) {
		this.#file = file;
		this.#size = size;
		this.#path = path;
		this.#intake = intake;
		this.#pool = pool;
		this.#count = count;
	}

	async read(): Promise<void> {
		const pool = this.#pool;
		let at = pool === undefined || pool.size === 0 ? 0 : await this.#readBeginning();
		if (at > 0 && this.#intake.isSwift) at = await this.#readPieces(at, pool as ScanPool);
		this.#readOn(at);
	}

	/**
	 * Reads from a position to the end, or up to the first line that begins at another or behind; returns where that is.
	 * In one go: nobody else uses the scanner's memory meanwhile, and to hand each read to a thread of Node would take
	 * longer than the reading.
	 */
	#readOn(from: number, until = Number.POSITIVE_INFINITY): number {
		const memory = lineScanner()?.room ?? Buffer.allocUnsafeSlow(CHUNK);
		let at = from;
		let held = 0;
		for (;;) {
			const length = readSync(this.#file.fd, memory, held, memory.length - held, at + held);
			const filled = memory.subarray(0, held + length);
			const last = at + filled.length >= until ? filled.indexOf(LF, Math.max(0, until - 1 - at)) : -1;
			const isLast = length === 0 || last !== -1;
			// A line that goes on in the next bytes is moved in front of them, and handed over whole.
			const end = length === 0 ? held : (last === -1 ? filled.lastIndexOf(LF) : last) + 1;
			const whole = end === 0 ? filled.length : end;
			if (whole > 0) this.#intake.push(filled.subarray(0, whole));
			this.#count(whole);
			at += whole;
			if (isLast) return at;
			memory.copyWithin(0, whole, filled.length);
			held = filled.length - whole;
		}
	}

	/** Reads whole lines; returns where they end. */
	async #readBeginning(): Promise<number> {
		const bytes = await this.#bytes(0, BEGINNING);
		const end = bytes.lastIndexOf(LF) + 1;
		if (end > 0) this.#intake.push(bytes.subarray(0, end));
		this.#count(end);
		return end;
	}

	async #bytes(from: number, to: number): Promise<Buffer> {
		const { buffer, bytesRead } = await this.#file.read(Buffer.allocUnsafe(to - from), 0, to - from, from);
		return buffer.subarray(0, bytesRead);
	}

	/**
	 * Reads pieces in their order, as they come from the threads, as long as that works; returns where to go on. A piece
	 * that no thread has begun when its turn comes is read here and now.
	 */
	async #readPieces(from: number, pool: ScanPool): Promise<number> {
		const ahead: Scan[] = [];
		let next = from;
		let at = from;
		const start = (): void => {
			// The last piece may not have ended yet: it is left to the reader of the rest.
			if (next + PIECE >= this.#size) return;
			ahead.push(pool.scan({ path: this.#path, from: next, to: next + PIECE }));
			next += PIECE;
		};
		for (let i = 0; i < AHEAD * pool.size; i++) start();
		while (this.#intake.isSwift) {
			const first = ahead.shift();
			if (first === undefined) break;
			start();
			if (pool.withdraw(first)) {
				at = this.#readOn(at, first.task.to);
				// What the threads have to say is heard in between.
				await turn();
				continue;
			}
			const scanned = await first.done;
			if (scanned === undefined) break;
			await this.#intake.replay(scanned, (begin, end) => this.#bytes(begin, end));
			this.#count(scanned.to - at);
			at = scanned.to;
		}
		for (const scan of ahead) pool.withdraw(scan);
		return at;
	}
}

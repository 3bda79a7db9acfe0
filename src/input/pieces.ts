import { readSync } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { isPlain } from "./bytes.ts";
import { lineScanner } from "./grammar.ts";
import { Intake } from "./intake.ts";
import { CHUNK } from "./lines.ts";
import type { Plan } from "./pool.ts";
import { PieceScanner, type ReadAt } from "./scan.ts";
import { type Source, STDIN } from "./sources.ts";

const LF = 10;
/** Files smaller than this are read before a thread has started. */
const LARGE = 48 * 1024 * 1024;
/** How much is read behind a piece, in which its last line most likely ends. */
const BEYOND = 4096;

/** The bytes of a source that is a large plain file; undefined for any other, and one that cannot be opened. */
export async function sizeOfLarge(source: Source): Promise<number | undefined> {
	if (source.data !== undefined || source.name === STDIN || source.archive !== undefined) return undefined;
	// Looked at before it is opened: a pipe can be opened once only, and its writer may not be there yet.
	const { size } = await stat(source.name).catch(() => ({ size: 0 }));
	if (size < LARGE) return undefined;
	const file = await open(source.name).catch(() => undefined);
	try {
		return file !== undefined && (await isPlain(file)) ? size : undefined;
	} finally {
		await file?.close();
	}
}

export interface LargeOptions {
	/** How threads look through it, if there are any. */
	readonly plan: Plan | undefined;
	/** When the files before it have been read: two at a time would take turns at one core, and end later both. */
	readonly turn: Promise<unknown>;
}

/**
 * Reads a large plain file when it is its turn, with the help of threads that may have begun before; undefined where it
 * cannot be opened.
 */
export async function intakeOfLarge(
	source: Source,
	labels: ReadonlyMap<string, string> | undefined,
	{ plan, turn }: LargeOptions,
	count: (bytes: number) => void = () => {},
): Promise<{ readonly intake: Intake; readonly error: unknown } | undefined> {
	await turn;
	const file = await open(source.name).catch(() => undefined);
	try {
		if (file === undefined) return undefined;
		const intake = new Intake(source, labels);
		const error = await new LargeFile(file, intake, count).read(plan).then(
			() => undefined,
			(error: unknown) => error,
		);
		return { intake, error };
	} finally {
		plan?.end();
		await file?.close();
	}
}

/** A file while it is read. */
class LargeFile {
	readonly #file: FileHandle;
	readonly #intake: Intake;
	readonly #count: (bytes: number) => void;

	constructor(file: FileHandle, intake: Intake, count: (bytes: number) => void) {
		this.#file = file;
		this.#intake = intake;
		this.#count = count;
	}

	async read(plan: Plan | undefined): Promise<void> {
		const at = plan === undefined ? 0 : await this.#readPieces(plan);
		plan?.end();
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
			const room = Math.min(memory.length - held, Math.max(0, until - at - held) + BEYOND);
			const length = readSync(this.#file.fd, memory, held, room, at + held);
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

	async #bytes(from: number, to: number): Promise<Buffer> {
		const { buffer, bytesRead } = await this.#file.read(Buffer.allocUnsafe(to - from), 0, to - from, from);
		return buffer.subarray(0, bytesRead);
	}

	/**
	 * Reads pieces in their order, as long as lines are passed over; returns where to go on. While what the next one holds
	 * is not known, pieces that no thread has taken are looked through here as well.
	 */
	async #readPieces(plan: Plan): Promise<number> {
		const scanner = lineScanner();
		if (plan.pieces === 0 || scanner === undefined) return 0;
		// The first tells what the file is like.
		let at = this.#readOn(0, plan.size);
		const pieces = new PieceScanner(scanner);
		const read: ReadAt = (into, to, length, position) => readSync(this.#file.fd, into, to, length, position);
		for (let piece = 1; piece < plan.pieces && this.#intake.isSwift; piece++) {
			while (!plan.isKnown(piece)) {
				// What the threads have to say is heard now.
				await nextTurn();
				const free = plan.isKnown(piece) ? undefined : plan.takeNext();
				if (free === undefined) break;
				plan.give(free, pieces.scan(read, free * plan.size, (free + 1) * plan.size));
			}
			const scanned = await plan.found(piece);
			if (scanned === undefined) break;
			await this.#intake.replay(scanned, (begin, end) => this.#bytes(begin, end));
			this.#count(scanned.to - at);
			at = scanned.to;
		}
		return at;
	}
}

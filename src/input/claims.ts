/*
 * What threads that look through pieces of files share with the one that reads what they find: whose each piece is, and
 * how much waits to be read. In shared memory nobody waits for another's messages to learn what to do next.
 */

/** How much of what was found may wait to be read, before threads wait too (bytes). */
const MOST_WAITING = 16 * 1024 * 1024;

/** The pieces of a file: each is taken by one thread, or by the reader. */
export class Claims {
	readonly memory: SharedArrayBuffer;
	readonly #pieces: Int32Array;

	constructor(memory: SharedArrayBuffer) {
		this.memory = memory;
		this.#pieces = new Int32Array(memory);
	}

	/** Of so many pieces, all free. */
	static of(pieces: number): Claims {
		return new Claims(new SharedArrayBuffer(pieces * Int32Array.BYTES_PER_ELEMENT));
	}

	/** How many pieces there are. */
	get pieces(): number {
		return this.#pieces.length;
	}

	isFree(piece: number): boolean {
		return Atomics.load(this.#pieces, piece) === 0;
	}

	/** Takes a piece; false where another was faster. */
	take(piece: number): boolean {
		return Atomics.compareExchange(this.#pieces, piece, 0, 1) === 0;
	}
}

/** How many bytes of what was found wait to be read. */
export class Waiting {
	readonly memory: SharedArrayBuffer;
	readonly #bytes: Int32Array;

	constructor(memory = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
		this.memory = memory;
		this.#bytes = new Int32Array(memory);
	}

	add(bytes: number): void {
		Atomics.add(this.#bytes, 0, bytes);
	}

	/** So many were read. */
	remove(bytes: number): void {
		Atomics.sub(this.#bytes, 0, bytes);
		Atomics.notify(this.#bytes, 0);
	}

	/** Waits until there is room for more. Only for threads that have nothing else to do. */
	untilRoom(): void {
		for (;;) {
			const bytes = Atomics.load(this.#bytes, 0);
			if (bytes < MOST_WAITING) return;
			Atomics.wait(this.#bytes, 0, bytes);
		}
	}
}

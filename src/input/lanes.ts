import { lineScanner } from "./grammar.ts";
import { Lane } from "./lane.ts";
import { WrappedLane } from "./layout.ts";
import type { Unwrapper } from "./unwrap.ts";

/** In a chunk of less than this the lanes are not worth their tables (bytes). */
const FEWEST = 16 * 1024;

/** The fast lanes of one input: one for bare lines, one for lines in a wrapper. */
export class Lanes {
	readonly bare = new Lane();
	readonly wrapped: WrappedLane;
	readonly #unwrapper: Unwrapper;
	readonly #fewest: number;

	/** `used`: always, never, or where it pays when left out. */
	constructor(unwrapper: Unwrapper, used: boolean | undefined) {
		this.wrapped = new WrappedLane(unwrapper);
		this.#unwrapper = unwrapper;
		this.#fewest = used === undefined ? FEWEST : used ? 0 : Number.POSITIVE_INFINITY;
	}

	/** The next lines stand in these bytes. */
	begin(bytes: Buffer): void {
		const scanner = bytes.length >= this.#fewest ? lineScanner() : undefined;
		scanner?.begin(bytes);
		this.bare.begin(scanner);
		this.wrapped.begin(scanner);
	}

	/** The lane for lines such as the last ones. */
	get current(): Lane {
		return this.#unwrapper.isWrapped ? this.wrapped : this.bare;
	}

	/** What a wrapper calls the node whose lines these are. */
	get node(): string | null {
		return this.#unwrapper.isWrapped ? this.wrapped.node : null;
	}

	/** Whether bare lines may be passed over at present. */
	get isBare(): boolean {
		return this.#fewest !== Number.POSITIVE_INFINITY && !this.#unwrapper.isWrapped;
	}
}

import { type Bound, constantSkew, type FindStep, fitSkew, type Skew } from "./skew.ts";

/** Numbers of one bound. */
const width = 4;

/** What the handshakes of two servers allow. There may be a hundred thousand: they are kept as numbers in a row. */
export class Bounds {
	readonly #numbers: number[] = [];
	/** What all of them allow; nothing where low is above high. */
	low = Number.NEGATIVE_INFINITY;
	high = Number.POSITIVE_INFINITY;
	/** The first and the last place in the log. */
	first = Number.POSITIVE_INFINITY;
	last = Number.NEGATIVE_INFINITY;

	add({ at, order, low, high }: Bound): void {
		this.#numbers.push(at, order, low, high);
		this.low = Math.max(this.low, low);
		this.high = Math.min(this.high, high);
		this.first = Math.min(this.first, order);
		this.last = Math.max(this.last, order);
	}

	get count(): number {
		return this.#numbers.length / width;
	}

	/** The simplest clock that fits all of them: mostly one difference does. */
	fit(findStep: FindStep): Skew {
		return this.low <= this.high ? constantSkew(this, this.count) : fitSkew(this.#all(), findStep);
	}

	#all(): Bound[] {
		return Array.from({ length: this.count }, (_, i) => {
			const [at, order, low, high] = this.#numbers.slice(i * width, (i + 1) * width) as [number, number, number, number];
			return { at, order, low, high };
		});
	}
}

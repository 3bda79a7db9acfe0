import { createHash } from "node:crypto";
import { addressLike, type Kind, kinds } from "./kinds.ts";

const words: Readonly<Record<Exclude<Kind, "address" | "id" | "path">, string>> = {
	host: "host",
	name: "name",
	user: "user",
	secret: "secret",
};

/** IPv4 by number, everything else by text: pseudonyms keep the order, so that reports keep theirs. */
const sortKey = (value: string): string =>
	/^[\d.]+$/.test(value) ? value.replace(/\d+/g, (digits) => digits.padStart(3, "0")) : value;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Gives each value another of the same shape, one to one. They are counted, not computed from the
 * values: nothing leads back.
 */
export class Pseudonyms {
	readonly #values = new Map<Kind, Set<string>>(kinds.map((kind) => [kind, new Set()]));
	readonly #given = new Map<string, string>();

	/** Notes a value. */
	readonly collect = (kind: Kind, value: string): string => {
		this.#values.get(kind)?.add(value);
		return value;
	};

	/** Gives all that were noted their pseudonyms. */
	assign(): void {
		for (const [kind, values] of this.#values) {
			let n = 0;
			const sorted = [...values].sort((a, b) => compare(sortKey(a), sortKey(b)) || compare(a, b));
			// A Sentinel's name in a client list is the front of its ID.
			for (const value of kind === "id" ? sorted.toSorted((a, b) => b.length - a.length) : sorted) {
				let pseudonym = kind === "id" ? this.#front(value, sorted) : undefined;
				while (pseudonym === undefined || values.has(pseudonym)) pseudonym = shaped(kind, value, ++n);
				this.#given.set(`${kind} ${value}`, pseudonym);
			}
		}
	}

	/** The pseudonym of a value; one that was not noted stands for itself. */
	readonly replace = (kind: Kind, value: string): string => this.#given.get(`${kind} ${value}`) ?? value;

	/** How many there are of each kind. */
	counts(): readonly (readonly [Kind, number])[] {
		return [...this.#values].map(([kind, values]) => [kind, values.size]);
	}

	/** Whether a value was noted: then it must not be left in a copy. */
	has(kind: Kind, value: string): boolean {
		return this.#values.get(kind)?.has(value) ?? false;
	}

	/** What each value became. */
	pairs(): readonly { readonly kind: Kind; readonly value: string; readonly pseudonym: string }[] {
		return [...this.#values].flatMap(([kind, values]) =>
			[...values].map((value) => ({ kind, value, pseudonym: this.replace(kind, value) })),
		);
	}

	#front(value: string, all: readonly string[]): string | undefined {
		const whole = all.find((other) => other.length > value.length && other.startsWith(value));
		return whole === undefined ? undefined : this.#given.get(`id ${whole}`)?.slice(0, value.length);
	}
}

function shaped(kind: Kind, value: string, n: number): string {
	switch (kind) {
		case "address":
			return addressLike(value, n);
		case "id":
			return createHash("sha512").update(`rlog ${n}`).digest("hex").slice(0, value.length);
		case "path": {
			const extension = /\.\w{1,5}$/.exec(value)?.[0] ?? "";
			return `${extension === "" ? "folder" : "file"}-${n}${extension}`;
		}
		default: {
			// `cache-prod-2` is one of several: its number stays.
			const ordinal = /-\d{1,3}$/.exec(value)?.[0] ?? "";
			return `${words[kind]}-${String.fromCharCode(97 + ((n - 1) % 26))}${n > 26 ? Math.floor((n - 1) / 26) : ""}${ordinal}`;
		}
	}
}

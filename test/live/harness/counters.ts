/** How many synchronisations a server says that it granted. */
export interface Counters {
	/** INFO `sync_full`. */
	readonly full: number;
	/** INFO `sync_partial_ok`. */
	readonly partial: number;
	/** INFO `sync_partial_err`: requests to continue that ended in a full one. */
	readonly refused: number;
}

export const none: Counters = { full: 0, partial: 0, refused: 0 };

export function sum(a: Counters, b: Counters): Counters {
	return { full: a.full + b.full, partial: a.partial + b.partial, refused: a.refused + b.refused };
}

export function difference(a: Counters, b: Counters): Counters {
	return { full: a.full - b.full, partial: a.partial - b.partial, refused: a.refused - b.refused };
}

export function countersOf(info: Readonly<Record<string, string>>): Counters {
	const field = (name: string): number => {
		const value = Number(info[name]);
		if (!Number.isInteger(value)) throw new Error(`INFO has no ${name}`);
		return value;
	};
	return { full: field("sync_full"), partial: field("sync_partial_ok"), refused: field("sync_partial_err") };
}

/** Adds a value to the list of its key. */
export function pushTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
	const list = lists.get(key);
	if (list === undefined) lists.set(key, [value]);
	else list.push(value);
}

/** Values by key, keys and values in the order in which they come. */
export function groupBy<K, V>(values: Iterable<V>, key: (value: V) => K): Map<K, V[]> {
	const groups = new Map<K, V[]>();
	for (const value of values) pushTo(groups, key(value), value);
	return groups;
}

/** The empty list of all who have none. */
export const none: readonly never[] = Object.freeze([]);

/**
 * The list with one more value; the one given may be the empty one of all, so that only what is returned counts.
 * Of a hundred thousand resyncs most have lists of one or two: what `push` keeps free for more is most of their room.
 */
export function added<T>(list: readonly T[], value: T): readonly T[] {
	switch (list.length) {
		case 0:
			return [value];
		case 1:
			return [list[0] as T, value];
		case 2:
			return [list[0] as T, list[1] as T, value];
		default:
			(list as T[]).push(value);
			return list;
	}
}

/** Index of the first item whose key is not below a bound; the list's length where all are. The list is sorted by that key. */
export function firstAt<T>(sorted: ArrayLike<T>, key: (item: T) => number, bound: number): number {
	return partition(sorted, (item) => key(item) < bound);
}

/** Index of the first item whose key is above a bound. */
export function firstAfter<T>(sorted: ArrayLike<T>, key: (item: T) => number, bound: number): number {
	return partition(sorted, (item) => key(item) <= bound);
}

/** The key of a list of numbers. */
export const self = (n: number): number => n;

/** How many items of a list lie before: those that do come first. */
function partition<T>(list: ArrayLike<T>, before: (item: T) => boolean): number {
	let low = 0;
	let high = list.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (before(list[middle] as T)) low = middle + 1;
		else high = middle;
	}
	return low;
}

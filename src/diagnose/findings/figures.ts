/** Small sums that several rules do. */

/** The middle value, or null of none. */
export function median(values: readonly number[]): number | null {
	if (values.length === 0) return null;
	const sorted = Float64Array.from(values).sort();
	return sorted[sorted.length >> 1] as number;
}

export const known = (values: readonly (number | null | undefined)[]): number[] =>
	values.filter((v): v is number => v != null);

export function largest(values: readonly (number | null | undefined)[]): number | null {
	return known(values).reduce<number | null>((max, v) => (max === null || v > max ? v : max), null);
}

export function smallest(values: readonly (number | null | undefined)[]): number | null {
	return known(values).reduce<number | null>((min, v) => (min === null || v < min ? v : min), null);
}

export function sum(values: readonly (number | null | undefined)[]): number | null {
	const all = known(values);
	return all.length === 0 ? null : all.reduce((a, b) => a + b, 0);
}

/** The first few and the last of a long list: enough to show what it holds. */
export function sample<T>(list: readonly T[], few = 4): readonly T[] {
	if (list.length <= few) return list;
	return [...list.slice(0, few - 1), list.at(-1) as T];
}

/** How often each value stands in a list, most frequent first; equal counts in order of appearance. */
export function tally(values: readonly string[]): [string, number][] {
	const counts = new Map<string, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return [...counts].sort((a, b) => b[1] - a[1]);
}

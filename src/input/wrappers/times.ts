import { isoStamp } from "../../../grammars/stamp.ts";

/** Source of a pattern for ISO 8601 times, as loosely as wrappers write them. */
export const ISO = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|[+-]\d\d:?\d\d))?`;

const powers: readonly (readonly [digits: number, divisor: number])[] = [
	[10, 0.001],
	[13, 1],
	[16, 1000],
	[19, 1_000_000],
];

/**
 * A wrapper's time in UTC ms: ISO 8601 (UTC unless it says otherwise), or seconds, milliseconds,
 * microseconds or nanoseconds since 1970, told apart by their digits.
 */
export function outerTime(value: unknown): number | null {
	if (typeof value === "number") return value >= 0 && value < 1e19 ? sinceEpoch(value) : null;
	if (typeof value !== "string") return null;
	if (/^\d{9,19}(?:\.\d{1,9})?$/.test(value)) return sinceEpoch(Number(value));
	return isoStamp(value.replace(/ ([Z+-])/, "$1"))?.ms ?? null;
}

function sinceEpoch(value: number): number {
	const digits = Math.trunc(value).toString().length;
	const divisor = powers.find(([upTo]) => digits <= upTo)?.[1] ?? 1_000_000;
	return Math.floor(value / divisor);
}

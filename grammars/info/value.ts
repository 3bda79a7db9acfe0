import type { Unit } from "../glossary/entry.ts";

/** The `key=value` pairs of a field such as `slave0`; the values as they are written. */
export type InfoPairs = ReadonlyMap<string, string>;

/**
 * What the text of a field says. Numbers that a double cannot hold exactly, and every replication
 * offset, are bigints; a field that rlog does not know stays a string.
 */
export type InfoValue = string | number | bigint | boolean | InfoPairs;

/** The type that each unit's values have. */
export interface UnitValues {
	bytes: number;
	offset: bigint;
	count: number;
	number: number;
	seconds: number;
	milliseconds: number;
	microseconds: number;
	days: number;
	"unix-seconds": number;
	"unix-microseconds": number;
	"per-second": number;
	"kib-per-second": number;
	percent: number;
	ratio: number;
	hertz: number;
	bits: number;
	port: number;
	flag: boolean;
	status: string;
	word: string;
	text: string;
	host: string;
	version: string;
	id: string;
	"human-size": string;
	pairs: InfoPairs;
}

const whole = /^[+-]?\d{1,19}$/;
const decimal = /^[+-]?\d{1,16}(?:\.\d{1,16})?%?$/;

/** A 64-bit whole number, exactly. Undefined for anything else (masked, cut off, not a number). */
export function exactInteger(text: string): bigint | undefined {
	return whole.test(text) ? BigInt(text) : undefined;
}

/** A number that a double holds exactly; `12.5%` is 12.5. Undefined for anything else. */
export function plainNumber(text: string): number | undefined {
	if (!decimal.test(text)) return undefined;
	const value = Number(text.endsWith("%") ? text.slice(0, -1) : text);
	return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : value;
}

/** The units whose values are strings. */
export const textual: ReadonlySet<Unit> = new Set([
	"status",
	"word",
	"text",
	"host",
	"version",
	"id",
	"human-size",
] satisfies Unit[]);

/** The value of a text counted in `unit`; the text itself when it does not fit. */
export function valueOf(unit: Unit, text: string): InfoValue {
	if (textual.has(unit) || unit === "pairs") return text;
	if (unit === "flag") return text === "1" ? true : text === "0" ? false : text;
	if (unit === "offset") return exactInteger(text) ?? text;
	return plainNumber(text) ?? exactInteger(text) ?? text;
}

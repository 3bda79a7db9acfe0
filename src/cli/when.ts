import { DateTime, type Zone } from "luxon";
import { readZone } from "../report/zone.ts";

/*
 * Times as people type them: `2026-11-21 20:30`, `20:30:06.5`, `10:15pm`, `21 Nov 20:30`, ISO with or
 * without zone, seconds since 1970, `-2h` (before the end of the logs), `+10m` (after their begin), `#7`
 * (resync 7). What they leave out (day, year, zone) is taken from the logs.
 */

/** A time as it was typed, before it is known what the logs cover. */
export type When =
	| { readonly kind: "instant"; readonly ms: number; readonly unit: Unit }
	| { readonly kind: "relative"; readonly to: "start" | "end"; readonly ms: number }
	| { readonly kind: "resync"; readonly id: number }
	| {
			readonly kind: "local";
			readonly date: Day | null;
			readonly time: Clock | null;
			readonly zone: Zone | null;
	  };

/** The smallest unit that was typed. */
export type Unit = "day" | "minute" | "second" | "millisecond";

export interface Day {
	readonly year: number | null;
	readonly month: number;
	readonly day: number;
}

export interface Clock {
	readonly hour: number;
	readonly minute: number;
	readonly second: number;
	readonly millisecond: number;
	readonly unit: Unit;
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const monthPattern = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?";

const datePatterns: readonly (readonly [RegExp, (m: RegExpExecArray) => Day])[] = [
	[/^(\d{4})-(\d{1,2})-(\d{1,2})/, (m) => date(m[1], m[2], m[3])],
	[/^(\d{4})\/(\d{1,2})\/(\d{1,2})/, (m) => date(m[1], m[2], m[3])],
	[/^(\d{4})(\d\d)(\d\d)(?!\d)/, (m) => date(m[1], m[2], m[3])],
	[/^(\d{1,2})\.(\d{1,2})\.(\d{4})?/, (m) => date(m[3], m[2], m[1])],
	[
		new RegExp(`^(\\d{1,2})[ /-]?${monthPattern}(?:[ /-](\\d{4}))?`, "i"),
		(m) => date(m[3], monthOf(m[2]), m[1]),
	],
	[
		new RegExp(`^${monthPattern} ?(\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?(?!\\d|:)`, "i"),
		(m) => date(m[3], monthOf(m[1]), m[2]),
	],
];

const date = (
	year: string | undefined,
	month: string | number | undefined,
	day: string | undefined,
): Day => ({
	year: year === undefined ? null : Number(year),
	month: Number(month),
	day: Number(day),
});

const monthOf = (name = ""): number => months.indexOf(name.slice(0, 3).toLowerCase()) + 1;

const clockPattern =
	/^(\d{1,2})(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(?: ?([ap])\.?m\.?)?(?=$|[\s+\-−z])/i;

function clockOf(text: string): { readonly clock: Clock; readonly rest: string } | undefined {
	const m = clockPattern.exec(text);
	if (m === null || (m[2] === undefined && m[5] === undefined)) return undefined;
	let hour = Number(m[1]);
	if (m[5] !== undefined) {
		if (hour < 1 || hour > 12) return undefined;
		hour = (hour % 12) + (m[5].toLowerCase() === "p" ? 12 : 0);
	}
	const [minute, second] = [Number(m[2] ?? 0), Number(m[3] ?? 0)];
	if (hour > 23 || minute > 59 || second > 59) return undefined;
	const unit: Unit = m[4] !== undefined ? "millisecond" : m[3] !== undefined ? "second" : "minute";
	const millisecond = Number((m[4] ?? "").padEnd(3, "0").slice(0, 3));
	return { clock: { hour, minute, second, millisecond, unit }, rest: text.slice(m[0].length).trim() };
}

const units: Readonly<Record<string, number>> = {
	ms: 1,
	s: 1000,
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
	w: 604_800_000,
};
const unitNames: Readonly<Record<string, string>> = {
	ms: "ms",
	msec: "ms",
	millisecond: "ms",
	milliseconds: "ms",
	s: "s",
	sec: "s",
	secs: "s",
	second: "s",
	seconds: "s",
	m: "m",
	min: "m",
	mins: "m",
	minute: "m",
	minutes: "m",
	h: "h",
	hr: "h",
	hrs: "h",
	hour: "h",
	hours: "h",
	d: "d",
	day: "d",
	days: "d",
	w: "w",
	week: "w",
	weeks: "w",
};

/** `5m`, `1h30m`, `2.5 hours`, `500ms` in milliseconds. */
export function readDuration(text: string): number | undefined {
	const plain = text.trim().toLowerCase();
	if (!/^(?:\d+(?:\.\d+)?\s*[a-z]+\s*)+$/.test(plain)) return undefined;
	let ms = 0;
	for (const [, amount, name = ""] of plain.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/g)) {
		const unit = units[unitNames[name] ?? ""];
		if (unit === undefined) return undefined;
		ms += Number(amount) * unit;
	}
	return Math.round(ms);
}

/** Reads a time; undefined where the text is none. */
export function readWhen(typed: string): When | undefined {
	const text = typed.trim().replace(/\s+/g, " ");
	const resync = /^#(\d{1,9})$/.exec(text);
	if (resync !== null) return { kind: "resync", id: Number(resync[1]) };
	const relative = /^([+-]|−)(.*)$/.exec(text) ?? /^()(.*) ago$/i.exec(text);
	if (relative !== null) {
		const ms = readDuration(relative[2] ?? "");
		if (ms === undefined) return undefined;
		return relative[1] === "+"
			? { kind: "relative", to: "start", ms }
			: { kind: "relative", to: "end", ms: -ms };
	}
	if (/^(?:start|begin|end)$/i.test(text))
		return { kind: "relative", to: /^end$/i.test(text) ? "end" : "start", ms: 0 };
	if (/^@?\d{10}(?:\d{3})?(?:\.\d+)?$/.test(text)) {
		const number = Number(text.replace("@", ""));
		const whole = number >= 1e11;
		return {
			kind: "instant",
			ms: Math.round(whole ? number : number * 1000),
			unit: whole ? "millisecond" : "second",
		};
	}
	return readLocal(text);
}

function readLocal(text: string): When | undefined {
	let rest = text.replace(/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? /i, "");
	let day: Day | null = null;
	for (const [pattern, make] of datePatterns) {
		const m = pattern.exec(rest);
		if (m === null) continue;
		day = make(m);
		// The year may stand behind the time, as in `date`'s own output.
		rest = rest.slice(m[0].length).replace(/^(?:[T_,:]| at )?\s*/i, "");
		break;
	}
	if (day !== null && !DateTime.local(day.year ?? 2000, day.month, day.day).isValid) return undefined;
	const year = / (\d{4})$/.exec(rest);
	if (day !== null && day.year === null && year !== null) {
		day = { ...day, year: Number(year[1]) };
		rest = rest.slice(0, year.index);
	}
	const found = rest === "" ? undefined : clockOf(rest);
	if (found === undefined)
		return day !== null && rest === "" ? { kind: "local", date: day, time: null, zone: null } : undefined;
	const zone = found.rest === "" ? null : (readZone(found.rest) ?? undefined);
	return zone === undefined ? undefined : { kind: "local", date: day, time: found.clock, zone };
}

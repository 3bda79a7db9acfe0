/**
 * Time stamps as servers print them, read by their digits: cheaper by two orders of magnitude than
 * a date library, and log lines have thousands of them.
 */

/** A point in time as one line states it. */
export interface Stamp {
	/** Milliseconds since 1970. Exact when `zone` is known, else the wall clock read as if it were UTC. */
	readonly ms: number;
	/** False where the line has no year (Redis up to 4.0); `ms` then lies in `YEARLESS`. */
	readonly year: boolean;
	/** Minutes east of UTC where the line tells, else null. */
	readonly zone: number | null;
	/** Uncertainty of the printed time in milliseconds: 1, or 1000 where only seconds are printed. */
	readonly precision: number;
}

/** The year that stands in for a missing one. It is a leap year, so that 29 Feb can be read. */
export const YEARLESS = 1972;

const months: Readonly<Record<string, number>> = {
	Jan: 0, Feb: 1, Mar: 2, Apr: 3, May: 4, Jun: 5, Jul: 6, Aug: 7, Sep: 8, Oct: 9, Nov: 10, Dec: 11,
};

// Lines of one second share everything but their milliseconds, so the last day is remembered.
let lastDay = "";
let lastDayMs = 0;

function dayMs(text: string): number | undefined {
	if (text === lastDay) return lastDayMs;
	const parts = text.split(/ +/);
	const month = months[parts[1] as string];
	const day = Number(parts[0]);
	const year = parts[2] === undefined ? YEARLESS : Number(parts[2]);
	if (month === undefined) return undefined;
	const ms = Date.UTC(year, month, day);
	// Date.UTC rolls 31 Feb over to March: such a line has no time.
	if (new Date(ms).getUTCDate() !== day) return undefined;
	lastDay = text;
	lastDayMs = ms;
	return ms;
}

/** Milliseconds of `HH:MM:SS[.fraction]`, or undefined when out of range. */
export function timeOfDay(text: string): { ms: number; precision: number } | undefined {
	const hours = Number(text.slice(0, 2));
	const minutes = Number(text.slice(3, 5));
	const seconds = Number(text.slice(6, 8));
	if (hours > 23 || minutes > 59 || seconds > 60) return undefined;
	const whole = ((hours * 60 + minutes) * 60 + seconds) * 1000;
	if (text.length <= 8) return { ms: whole, precision: 1000 };
	const part = text.length === 12 ? Number(text.slice(9)) : Math.floor(Number(`0.${text.slice(9)}`) * 1000 + 1e-6);
	return { ms: whole + part, precision: 1 };
}

/** `21 Nov 2026 20:39:14.531`, `22 Jan 04:10:16.688` (no year), `03 Apr 12:57:15` (2.4). */
export function legacyStamp(text: string): Stamp | undefined {
	const colon = text.indexOf(":");
	const date = text.slice(0, colon - 2).trim();
	const day = dayMs(date);
	const time = timeOfDay(text.slice(colon - 2));
	if (day === undefined || time === undefined) return undefined;
	return { ms: day + time.ms, year: date.length > 6, zone: null, precision: time.precision };
}

const iso =
	/^(\d{4})-(\d\d)-(\d\d)[T ](\d\d:\d\d:\d\d(?:[.,]\d{1,9})?) ?(Z|[+-]\d\d:?\d\d)?$/;

/** ISO 8601 with or without zone, also with a blank in place of the T. */
export function isoStamp(text: string): Stamp | undefined {
	const found = iso.exec(text);
	if (found === null) return undefined;
	const [, year, month, day, clock, zone] = found;
	const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
	const time = timeOfDay(clock as string);
	if (time === undefined || new Date(midnight).getUTCDate() !== Number(day)) return undefined;
	const offset = zone === undefined ? null : zoneMinutes(zone);
	return {
		ms: midnight + time.ms - (offset ?? 0) * 60_000,
		year: true,
		zone: offset,
		precision: time.precision,
	};
}

/** Minutes east of UTC of `Z`, `+05:30` or `-0500`. */
export function zoneMinutes(text: string): number {
	if (text === "Z") return 0;
	const sign = text.startsWith("-") ? -1 : 1;
	return sign * (Number(text.slice(1, 3)) * 60 + Number(text.slice(-2)));
}

/** Milliseconds since 1970, UTC (Valkey's `log-timestamp-format milliseconds`). */
export function millisStamp(text: string): Stamp {
	return { ms: Number(text), year: true, zone: 0, precision: 1 };
}

/** Seconds since 1970, UTC (signal-handler lines). */
export function epochStamp(text: string): Stamp {
	return { ms: Number(text) * 1000, year: true, zone: 0, precision: 1000 };
}

/** Any of the three formats of Valkey's `log-timestamp-format`. */
export function anyStamp(text: string): Stamp | undefined {
	if (/^\d{13}$/.test(text)) return millisStamp(text);
	return isoStamp(text) ?? (/^\d\d? [A-Z][a-z]{2} /.test(text) ? legacyStamp(text) : undefined);
}

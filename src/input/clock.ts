const DAY = 86_400_000;
/** A log goes back by more than this only when a new year begins. Clock steps stay below. */
const YEAR_TURN = 32 * DAY;
/** No log tells of more years, or of days without a date; one that goes back and forth would go on for ever. */
const YEARS = 100;
const DAYS = 1000;
/** A text written on a day is about days close to it. */
const NEAR = 3 * DAY;

/** The part of an event that the year is worked out on. */
export interface Dated {
	time: number | null;
	/** Set where `time` lies in the placeholder year. */
	readonly yearless?: boolean;
	/** Set where `time` is a time of day only. */
	readonly dateless?: boolean;
	readonly outerTime: number | null;
}

/** Earliest and latest time of some lines. */
export interface Bounds {
	from: number | null;
	to: number | null;
}

/** Earliest and latest time. The signal handler's clock is another, so that it counts only where it is asked for. */
export function bounds(
	lists: readonly (readonly { readonly time: number | null; readonly signal: boolean }[])[],
	signals = false,
): Bounds {
	let from: number | null = null;
	let to: number | null = null;
	for (const lines of lists) {
		for (const { time, signal } of lines) {
			if (time === null || (signal && !signals)) continue;
			if (from === null || time < from) from = time;
			if (to === null || time > to) to = time;
		}
	}
	return { from, to };
}

/** The same day and time of day, some years later. */
export function addYears(ms: number, years: number): number {
	if (years === 0) return ms;
	const date = new Date(ms);
	return date.setUTCFullYear(date.getUTCFullYear() + years);
}

/**
 * Counts years up where the months of year-less lines go back: there a new year begins. Where there
 * is a time of day only, the same is done with days. In place.
 */
export function turnYears(lines: readonly Dated[]): void {
	let turns = 0;
	let days = 0;
	let before = Number.NEGATIVE_INFINITY;
	for (const line of lines) {
		if (!line.yearless || line.time === null) continue;
		if (line.dateless) {
			if (days < DAYS && line.time + days * DAY < before - DAY / 2) days++;
			line.time += days * DAY;
			before = line.time;
			continue;
		}
		if (turns < YEARS && addYears(line.time, turns) < before - YEAR_TURN) turns++;
		line.time = addYears(line.time, turns);
		before = line.time;
	}
}

/** Moves year-less lines by whole years, in place. */
export function shiftYears(lines: readonly Dated[], years: number): void {
	if (years === 0) return;
	for (const line of lines) {
		if (line.yearless && line.time !== null) line.time = addYears(line.time, years);
	}
}

/**
 * Finds the year of year-less lines and sets it, in place. It comes from a time beside them that has
 * one: a line of the signal handler, a line of a later version, a wrapper's time; else from a date
 * close to them in a line that is no log line. Tells whether it was found.
 */
export function settleYears(lines: readonly Dated[], dates: readonly number[] = []): boolean {
	let before: number | undefined;
	let stated: number | undefined;
	for (const { time, yearless, outerTime } of lines) {
		if (time === null) continue;
		if (!yearless) {
			stated = time;
			// A time with a year dates the year-less line before it, else the one after it.
			if (before === undefined) continue;
		} else {
			before = time;
			stated ??= outerTime ?? undefined;
		}
		if (stated !== undefined) {
			shiftYears(lines, nearestYear(before, stated));
			return true;
		}
	}
	if (before === undefined) return true;
	for (const date of dates) {
		const years = nearestYear(before, date);
		const isNear = ({ time, yearless }: Dated): boolean =>
			yearless === true && time !== null && Math.abs(addYears(time, years) - date) <= NEAR;
		if (lines.some(isNear)) {
			shiftYears(lines, years);
			return true;
		}
	}
	return false;
}

/** How many years to add to a placeholder time so that it comes closest to a real one. */
export function nearestYear(placeholder: number, real: number): number {
	const guess = new Date(real).getUTCFullYear() - new Date(placeholder).getUTCFullYear();
	const distance = (years: number): number => Math.abs(addYears(placeholder, years) - real);
	return [guess, guess - 1, guess + 1].reduce((best, years) =>
		distance(years) < distance(best) ? years : best,
	);
}

import { DateTime, FixedOffsetZone, type Zone } from "luxon";
import type { Report, Resync } from "../model/report.ts";
import { Times, zoneOf } from "../report/times.ts";
import { UsageError } from "./errors.ts";
import { type Clock, type Day, readDuration, readWhen, type Unit, type When } from "./when.ts";

/** What was asked for with `--since`, `--until` and `--around`. */
export interface WindowFlags {
	readonly since?: string;
	readonly until?: string;
	readonly around?: string;
}

/** The same, read: nothing is known of the logs yet. */
export interface WindowRequest {
	readonly since: When | null;
	readonly until: When | null;
	readonly around: { readonly when: When; readonly span: number | null } | null;
	/** The options as they were typed. */
	readonly typed: string;
}

/** A part of the time that the logs cover, ms since 1970; null where it is open. */
export interface TimeWindow {
	readonly from: number | null;
	readonly to: number | null;
	/** The moment asked for with `--around`. */
	readonly center: number | null;
	/** How it was understood: `window: 21 Nov 2026, 19:50:00 – 20:00:00 (from "--around 19:55±5m")`. */
	readonly text: string;
}

const examples =
	"20:30, 10:15pm, '2026-11-21 20:30:06', '21 Nov 20:30', -2h (before the end of the logs), +10m (after their begin) or #7 (a resync)";

function whenOf(option: string, text: string): When {
	const when = readWhen(text);
	if (when === undefined) throw new UsageError(`${option}: '${text}' is no time; give one as in ${examples}`);
	return when;
}

/** Reads the options; undefined where none is given. What is no time is wrong usage, said before anything is read. */
export function readWindow({ since, until, around }: WindowFlags): WindowRequest | undefined {
	const given = Object.entries({ since, until, around }).filter(([, text]) => text !== undefined);
	if (given.length === 0) return undefined;
	const typed = given.map(([name, text]) => `--${name} ${text}`).join(" ");
	if (around === undefined) {
		return {
			since: since === undefined ? null : whenOf("--since", since),
			until: until === undefined ? null : whenOf("--until", until),
			around: null,
			typed,
		};
	}
	if (since !== undefined || until !== undefined) {
		throw new UsageError("--around stands alone: use it without --since and --until");
	}
	const range = /^(.+?)\s*(?:\.\.|–)\s*(.+)$/.exec(around);
	if (range !== null) {
		const [from, to] = [whenOf("--around", range[1] ?? ""), whenOf("--around", range[2] ?? "")];
		return { since: from, until: to, around: null, typed };
	}
	const [time = "", width] = around.split(/\s*(?:±|\+\/-|\+-)\s*/);
	const span = width === undefined ? null : readDuration(width);
	if (span === undefined)
		throw new UsageError(`--around: '${width}' is no duration; give one as in 20:30±5m`);
	return { since: null, until: null, around: { when: whenOf("--around", time), span }, typed };
}

/** A moment or a stretch of time, and the smallest unit that was typed. */
interface Stretch {
	readonly from: number;
	readonly to: number;
	readonly unit: Unit;
}

/** How much `--around` shows to both sides of a time unless told. */
const around: Readonly<Record<Unit, number>> = {
	day: 0,
	minute: 60_000,
	second: 30_000,
	millisecond: 10_000,
};
const aroundResync = 10_000;

/** What the options mean for a report: days, years and zones that they leave out are the logs'. */
export function resolveWindow(asked: WindowRequest, report: Report): TimeWindow {
	const resolver = new Resolver(report);
	if (asked.around !== null) {
		const { when, span } = asked.around;
		const { from, to, unit } = resolver.resolve("--around", when, "around", null);
		const width = span ?? (when.kind === "resync" ? aroundResync : around[unit]);
		const center = unit === "day" && from !== to ? null : from;
		return { ...resolver.described(from - width, to + width, asked.typed), center };
	}
	const since = asked.since === null ? null : resolver.resolve("--since", asked.since, "since", null).from;
	const until = asked.until === null ? null : resolver.resolve("--until", asked.until, "until", since).to;
	if (since !== null && until !== null && until < since) {
		throw new UsageError(`${resolver.described(since, until, asked.typed).text}: it ends before it begins`);
	}
	return { ...resolver.described(since, until, asked.typed), center: null };
}

class Resolver {
	readonly #report: Report;
	readonly #zone: Zone;
	readonly #from: number | null;
	readonly #to: number | null;

	constructor(report: Report) {
		const { from, to } = report.summary;
		this.#report = report;
		this.#zone = zoneOf(report) ?? FixedOffsetZone.utcInstance;
		this.#from = from === null ? null : Date.parse(from);
		this.#to = to === null ? null : Date.parse(to);
	}

	resolve(option: string, when: When, role: "since" | "until" | "around", after: number | null): Stretch {
		switch (when.kind) {
			case "instant":
				return stretch(when.ms, when.unit);
			case "relative": {
				const base = when.to === "start" ? this.#from : this.#to;
				if (base === null)
					throw new UsageError(`${option}: the logs have no times that this could be relative to`);
				return stretch(base + when.ms, "millisecond");
			}
			case "resync": {
				const resync = this.#report.resyncs.find(({ id }) => id === when.id);
				const times = resync === undefined ? [] : timesOf(resync);
				if (times.length > 0)
					return { from: Math.min(...times), to: Math.max(...times), unit: "millisecond" };
				const known = this.#report.resyncs.length;
				throw new UsageError(
					`${option}: there is no resync #${when.id}; ${known === 0 ? "these logs show none" : `they are #1 to #${known}`}`,
				);
			}
			case "local":
				return this.#local(option, when, role, after);
		}
	}

	#local(
		option: string,
		{ date, time, zone }: When & { kind: "local" },
		role: "since" | "until" | "around",
		after: number | null,
	): Stretch {
		const days = date === null ? this.#days(zone ?? this.#zone) : this.#yearsOf(date);
		const options = days
			.map((day) => this.#at(day, time, zone ?? this.#zone))
			.filter((at) => at !== undefined);
		// One that the logs cover is meant, if any: the first, but for the end of a window the last, or the first after its begin.
		const covered = options.filter(
			({ from, to }) => (this.#from === null || to >= this.#from) && (this.#to === null || from <= this.#to),
		);
		const later = covered.filter(({ from }) => after === null || from >= after);
		const chosen =
			role === "until" && after === null
				? covered.at(-1)
				: (later[0] ?? options.find(({ from }) => after === null || from >= after));
		const found = chosen ?? options[0];
		if (found === undefined) throw new UsageError(`${option}: there is no such day or time`);
		return found;
	}

	/** The days that the logs touch. */
	#days(zone = this.#zone): Day[] {
		const from = DateTime.fromMillis(this.#from ?? 0, { zone }).startOf("day");
		const to = DateTime.fromMillis(this.#to ?? this.#from ?? 0, { zone });
		const days: Day[] = [];
		for (let day = from; day <= to && days.length < 4000; day = day.plus({ days: 1 })) {
			days.push({ year: day.year, month: day.month, day: day.day });
		}
		return days;
	}

	/** A date without a year is of a year that the logs touch. */
	#yearsOf(day: Day): Day[] {
		if (day.year !== null) return [day];
		const years = new Set(this.#days().map(({ year }) => year));
		return [...years].map((year) => ({ ...day, year }));
	}

	#at(day: Day, time: Clock | null, zone: Zone): Stretch | undefined {
		const { hour, minute, second, millisecond, unit } = time ?? {
			hour: 0,
			minute: 0,
			second: 0,
			millisecond: 0,
			unit: "day" as const,
		};
		const { year, month } = day;
		const at = DateTime.fromObject(
			{ year: year ?? 2000, month, day: day.day, hour, minute, second, millisecond },
			{ zone },
		);
		if (!at.isValid) return undefined;
		if (unit === "day") return { from: at.toMillis(), to: at.endOf("day").toMillis(), unit };
		return stretch(at.toMillis(), unit);
	}

	described(from: number | null, to: number | null, typed: string): Omit<TimeWindow, "center"> {
		const times = new Times(this.#report);
		const dayOf = (ms: number): string => times.day(iso(ms));
		const sameDay = from !== null && to !== null && dayOf(from) === dayOf(to);
		const show = (ms: number): string => {
			const clock = times
				.time(iso(ms))
				.slice(-12)
				.replace(/\.000$/, "");
			return sameDay ? clock : `${dayOf(ms)} ${clock}`;
		};
		const day = sameDay ? `${dayOf(from)}, ` : "";
		const open = from === null ? `until ${show(to ?? 0)}` : `since ${show(from)}`;
		const span = from === null || to === null ? open : `${show(from)} – ${show(to)}`;
		return { from, to, text: `window: ${day}${span} (from "${typed}")` };
	}
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** A second that was typed is meant whole: logs print milliseconds that nobody types. */
const stretch = (ms: number, unit: Unit): Stretch => ({
	from: ms,
	to: unit === "second" ? ms + 999 : ms,
	unit,
});

const timesOf = ({ lostAt, askedAt, decidedAt, onlineAt }: Resync): number[] =>
	[lostAt, askedAt, decidedAt, onlineAt].filter((time) => time !== null).map((time) => Date.parse(time));

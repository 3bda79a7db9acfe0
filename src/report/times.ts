import { DateTime, FixedOffsetZone, IANAZone, type Zone } from "luxon";
import { YEARLESS, zoneMinutes } from "../../grammars/stamp.ts";
import type { Report } from "../model/report.ts";

/** Shows the report's times on the wall clock of its reference node. */
export class Times {
	readonly #zone: Zone;
	readonly #yearUnknown: boolean;
	/** True where the whole report lies in one day, so that times need no date. */
	readonly oneDay: boolean;
	/** "UTC", "UTC+05:30", or that no log tells. */
	readonly zoneName: string;

	constructor(report: Report) {
		const known = zoneOf(report);
		this.#zone = known ?? FixedOffsetZone.utcInstance;
		this.zoneName = known === undefined ? "server's time, zone not logged" : zoneLabel(known);
		this.#yearUnknown = report.problems.some(({ code }) => code === "year-unknown");
		const { from, to } = report.summary;
		this.oneDay = from !== null && to !== null && this.day(from) === this.day(to);
	}

	#show(iso: string, format: string): string {
		const time = DateTime.fromISO(iso, { zone: this.#zone, locale: "en-GB" });
		if (!time.isValid) return iso;
		// No year is better than one that only stands in for it.
		const known = !this.#yearUnknown || time.year !== YEARLESS;
		return time.toFormat(known ? format : format.replace(/[- ]?yyyy-?/, ""));
	}

	/** `21 Nov 2026`. */
	day(iso: string): string {
		return this.#show(iso, "d LLL yyyy");
	}

	/** `19:58:10.061`, with the date before it where the report spans several days. */
	time(iso: string): string {
		return this.#show(iso, this.oneDay ? "HH:mm:ss.SSS" : "yyyy-LL-dd HH:mm:ss.SSS");
	}

	/** `19:58:10`, for spans that need no milliseconds. */
	second(iso: string): string {
		return this.#show(iso, this.oneDay ? "HH:mm:ss" : "yyyy-LL-dd HH:mm:ss");
	}
}

/** The zone in which a report's times are shown, or undefined where no log tells it. */
export function zoneOf(report: Report): Zone | undefined {
	const zone = report.nodes.find(({ clock }) => clock.reference)?.clock.zone ?? null;
	return zone === null ? undefined : parseZone(zone);
}

export function parseZone(text: string): Zone | undefined {
	if (text === "UTC" || text === "Z") return FixedOffsetZone.utcInstance;
	if (/^[+-]\d\d:?\d\d$/.test(text)) return FixedOffsetZone.instance(zoneMinutes(text));
	return IANAZone.isValidZone(text) ? IANAZone.create(text) : undefined;
}

const zoneLabel = (zone: Zone): string =>
	zone instanceof FixedOffsetZone && zone.offset(0) !== 0 ? `UTC${zone.formatOffset(0, "short")}` : zone.name;

/** Milliseconds from one time of the report to another. */
export function between(from: string, to: string): number {
	return Date.parse(to) - Date.parse(from);
}

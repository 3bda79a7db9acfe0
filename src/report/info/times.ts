import { DateTime, FixedOffsetZone, type Zone } from "luxon";
import { YEARLESS } from "../../../grammars/stamp.ts";
import type { InfoReport } from "../../model/info.ts";
import { parseZone } from "../times.ts";

/** Shows the times of snapshots: in the zone of the logs that were given with them, else in UTC. */
export class InfoTimes {
	readonly #zone: Zone;
	readonly #oneDay: boolean;
	readonly #oneUtcDay: boolean;
	readonly #times: readonly string[];
	readonly #zoneName: string;

	constructor({ zone, snapshots }: InfoReport) {
		const known = zone === null ? undefined : parseZone(zone);
		this.#zone = known ?? FixedOffsetZone.utcInstance;
		this.#zoneName = known === undefined ? "server's time, zone not logged" : known.offset(0) === 0 ? "UTC" : `UTC${known.formatOffset(0, "short")}`;
		this.#times = snapshots.flatMap(({ time }) => time ?? []).sort();
		this.#oneUtcDay = new Set(snapshots.flatMap(({ time, utc }) => (time ?? utc)?.slice(0, 10) ?? [])).size <= 1;
		this.#oneDay = new Set(this.#times.map((time) => this.#show(time, "yyyy-LL-dd"))).size <= 1;
	}

	#show(time: string, format: string): string {
		const at = DateTime.fromISO(time, { zone: this.#zone, locale: "en-GB" });
		// No year is better than one that only stands in for it.
		return at.toFormat(at.year === YEARLESS ? format.replace(/[- ]?yyyy-?/, "") : format);
	}

	/** `20:30:01`, with the date before it where the snapshots are of several days. */
	second(time: string): string {
		return this.#show(time, this.#oneDay ? "HH:mm:ss" : "yyyy-LL-dd HH:mm:ss");
	}

	/** The same for a time that has no place among the others: `20:30:01Z`. */
	utc(time: string): string {
		return `${this.#oneUtcDay ? "" : `${time.slice(0, 10)} `}${time.slice(11, 19)}Z`;
	}

	/** `21 Nov 2026, 20:29:51 – 20:30:01 (UTC)`, or undefined where no time is known. */
	get span(): string | undefined {
		const [first] = this.#times;
		const last = this.#times.at(-1);
		if (first === undefined || last === undefined) return undefined;
		const day = this.#oneDay ? `${this.#show(first, "d LLL yyyy")}, ` : "";
		const [from, to] = [this.second(first), this.second(last)];
		return `${day}${from === to ? from : `${from} – ${to}`} (${this.#zoneName})`;
	}
}

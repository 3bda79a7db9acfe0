import type { PlainFront } from "../../grammars/scanner.ts";
import { legacyStamp } from "../../grammars/stamp.ts";
import type { Level, RoleLetter } from "../model/event.ts";
import { memo } from "./grammar.ts";
import type { Origins } from "./origin.ts";
import type { Track } from "./track.ts";

const SPACE = 32;

/**
 * Reads lines as servers write them, whose fronts the scanner has read as bytes: what comes to the same
 * by `frontOf`, in a tenth of the time. Others are left.
 */
export class PlainLines {
	readonly #origins: Origins;
	#month = 0;
	#yearAndDay = 0;
	/** Where that day begins, ms since 1970; undefined where there is none such. */
	#day: number | undefined;

	constructor(origins: Origins) {
		this.#origins = origins;
	}

	/** Takes a line; false where it must be looked at more closely. */
	take(front: PlainFront, bytes: Buffer, start: number, end: number, number: number, track: Track): boolean {
		const from = front.nextMessage;
		if (from >= end || bytes[from] === SPACE || bytes[end - 1] === SPACE) return false;
		const day = this.#dayOf(front.month, front.yearAndDay);
		if (day === undefined) return false;
		const known = memo().readBytes(bytes, from, end, front.hash);
		if (known === undefined) return false;
		const time = day + front.dayTime;
		const { process, roleAndLevel } = front;
		const role = String.fromCharCode(roleAndLevel & 255) as RoleLetter;
		const level = String.fromCharCode(roleAndLevel >> 8) as Level;
		track.plain(this.#origins.ofPlain(process, role, level, time), time, known, number, end - start);
		return true;
	}

	#dayOf(month: number, yearAndDay: number): number | undefined {
		if (month === this.#month && yearAndDay === this.#yearAndDay) return this.#day;
		const two = (n: number): string => String(n).padStart(2, "0");
		const letters = String.fromCharCode(month & 255, (month >> 8) & 255, month >> 16);
		const year = String(yearAndDay >> 5).padStart(4, "0");
		this.#month = month;
		this.#yearAndDay = yearAndDay;
		this.#day = legacyStamp(`${two(yearAndDay & 31)} ${letters} ${year} 00:00:00.000`)?.ms;
		return this.#day;
	}
}

import { type Level, parseFront, type RoleLetter } from "../../../grammars/prefix.ts";
import { anyStamp, timeOfDay, YEARLESS } from "../../../grammars/stamp.ts";
import type { LineFront } from "../line-front.ts";

// `568: S 06 Feb 2020 11: 36: 01.797 # …`: a translator's idea of spacing.
const spaced =
	/^(\d{1,10}) ?: ?(?:(\d{1,10}) ?: ?)?([XCSM]) (\d\d? [A-Z][a-z]{2}(?: \d{4})?),? (\d\d) ?: ?(\d\d) ?: ?(\d\d) ?[.,] ?(\d{3}) ([.\-*#]) (.*)$/;
// The head was cut: `052] 06 Sep …`, `:S 21 Nov …`, `S 21 Nov …`, `21 Nov …`.
const headless =
	/^(?:\d{0,10}\]|\d{0,10}:? ?([XCSM])|:)? ?(\d\d? [A-Z][a-z]{2} (?:\d{4} )?\d\d:\d\d:\d\d(?:[.,]\d{1,6})?|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?) ([.\-*#]) (.*)$/;
// The date is gone: `20:39:14.531 * …`, `20:39:14.531 812:S …`.
const dateless = /^(\d\d:\d\d:\d\d\.\d{1,6}) (?:(\d{1,10}):([XCSM]) )?(?:([.\-*#]) )?(.*)$/;
// All but process and role is gone: `812:S * …`, `812:S …`.
const timeless = /^(\d{1,10}):([XCSM]) (?:([.\-*#]) )?(.*)$/;
const levelOnly = /^([.\-*#]) (.*)$/;

/** A front that lost some of its parts. */
export interface MendedFront {
	readonly front: LineFront;
	/**
	 * True where so little is left that the message must be a known one for the line to count: `# …`
	 * is also a heading, `* …` a list.
	 */
	readonly weak: boolean;
}

const level = (text: string | undefined): Level | null => (text === undefined ? null : (text as Level));
const role = (text: string | undefined): RoleLetter | null =>
	text === undefined ? null : (text as RoleLetter);

/** Reads what is left of a line's front. The line is clean already, and `parseFront` did not know it. */
export function mendFront(text: string): MendedFront | undefined {
	const found = spaced.exec(text);
	if (found !== null) {
		const [, pid, thread, letter, date, h, m, s, ms, mark, rest] = found as unknown as string[];
		const ids = thread === undefined ? pid : `${pid}:${thread}`;
		const front = parseFront(`${ids}:${letter} ${date} ${h}:${m}:${s}.${ms} ${mark} ${rest}`);
		return front && { front, weak: false };
	}
	return cutHead(text) ?? lostDate(text) ?? lostTime(text);
}

function cutHead(text: string): MendedFront | undefined {
	const found = headless.exec(text);
	const stamp = found === null ? undefined : anyStamp(found[2] as string);
	if (found === null || stamp === undefined) return undefined;
	return {
		front: {
			// What is left of the process may be any part of its number.
			pid: null,
			role: role(found[1]),
			level: level(found[3]),
			stamp,
			signal: false,
			message: (found[4] as string).trim(),
		},
		weak: false,
	};
}

function lostDate(text: string): MendedFront | undefined {
	const found = dateless.exec(text);
	const time = found === null ? undefined : timeOfDay(found[1] as string);
	if (found === null || time === undefined) return undefined;
	return {
		front: {
			pid: found[2] === undefined ? null : Number(found[2]),
			role: role(found[3]),
			level: level(found[4]),
			stamp: { ms: Date.UTC(YEARLESS, 0, 1) + time.ms, year: false, zone: null, precision: time.precision },
			dateless: true,
			signal: false,
			message: (found[5] as string).trim(),
		},
		weak: true,
	};
}

function lostTime(text: string): MendedFront | undefined {
	const found = timeless.exec(text);
	const mark = found === null ? levelOnly.exec(text) : null;
	if (found === null && mark === null) return undefined;
	return {
		front: {
			pid: found === null ? null : Number(found[1]),
			role: role(found?.[2]),
			level: level(found?.[3] ?? mark?.[1]),
			stamp: null,
			signal: false,
			message: (found?.[4] ?? mark?.[2] ?? "").trim(),
		},
		weak: true,
	};
}

/** A message whose front is gone altogether. */
export const bareMessage = (message: string): LineFront => ({
	pid: null,
	role: null,
	level: null,
	stamp: null,
	signal: false,
	message,
});

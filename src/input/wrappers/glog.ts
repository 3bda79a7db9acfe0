import type { Level, RoleLetter } from "../../../grammars/prefix.ts";
import { timeOfDay, YEARLESS } from "../../../grammars/stamp.ts";
import type { LineFront } from "../line-front.ts";
import type { Wrapper } from "./wrapper.ts";

const line = /^[IWEF](\d\d)(\d\d) (\d\d:\d\d:\d\d\.\d{1,6})\s+\d+ ([^\]]*)\] ?(.*)$/;
const process = /^(?:\d{1,10}:)?(\d{1,10}):([XCSM]) (.*)$/;

/**
 * glog and klog in front of a server's line, or in place of its time and level:
 * `I1121 20:39:14.531000       1 *] 812:S …`.
 */
export const glog: Wrapper = {
	name: "glog",
	open(text) {
		const found = line.exec(text);
		if (found === null) return undefined;
		const [, month, day, clock, where, rest] = found as unknown as string[];
		const front = (): LineFront | undefined =>
			frontOf(Number(month), Number(day), clock as string, where as string, rest as string);
		return { text: rest as string, outerTime: null, node: null, front };
	},
};

function frontOf(
	month: number,
	day: number,
	clock: string,
	where: string,
	rest: string,
): LineFront | undefined {
	const time = timeOfDay(clock);
	const found = process.exec(rest);
	if (time === undefined || found === null) return undefined;
	return {
		pid: Number(found[1]),
		role: found[2] as RoleLetter,
		level: /^[.\-*#]$/.test(where) ? (where as Level) : null,
		stamp: {
			ms: Date.UTC(YEARLESS, month - 1, day) + time.ms,
			year: false,
			zone: null,
			precision: time.precision,
		},
		signal: false,
		message: (found[3] as string).trim(),
	};
}

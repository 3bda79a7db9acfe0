import { isoStamp, type Stamp } from "../../../grammars/stamp.ts";
import { syslogFront, syslogNode } from "./syslog-parts.ts";
import { ISO, outerTime } from "./times.ts";
import type { Wrapper } from "./wrapper.ts";

// short-iso and rsyslog's file format; short-full (`Sat 2026-11-21 20:39:14 UTC`); short-unix.
const line = new RegExp(
	`^(?:[A-Z][a-z]{2} )?(${ISO}|\\d{10}\\.\\d{6})(?: ([A-Z]{3,5}))? (\\S+) ([^\\s:[\\]]+)(?:\\[([^\\]\\s]*)\\])?: ?(.*)$`,
);

/** The journal's forms with a full date: `2026-11-21T20:39:14+0100 db1 redis-server[812]: …`. */
export const journald: Wrapper = {
	name: "journald",
	open(text) {
		const found = line.exec(text);
		if (found === null) return undefined;
		const [, time, zone, host, ident, pid, message] = found as unknown as string[];
		const stamp = stampOf(time as string, zone);
		return {
			text: message as string,
			outerTime: stamp?.zone === 0 || stamp?.zone ? stamp.ms : null,
			node: syslogNode(host as string, ident as string),
			front: () => syslogFront(ident as string, pid, stamp, undefined, message as string),
		};
	},
};

function stampOf(time: string, zone: string | undefined): Stamp | undefined {
	if (/^\d{10}\./.test(time)) return { ms: outerTime(time) as number, year: true, zone: 0, precision: 1 };
	const stamp = isoStamp(time);
	return stamp !== undefined && (zone === "UTC" || zone === "GMT") ? { ...stamp, zone: 0 } : stamp;
}

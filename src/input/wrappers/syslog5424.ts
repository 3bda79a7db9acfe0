import { isoStamp } from "../../../grammars/stamp.ts";
import { syslogFront, syslogNode } from "./syslog-parts.ts";
import type { Wrapper } from "./wrapper.ts";

const line =
	/^(?:\d{1,5} )?<(\d{1,3})>1 (\S+) (\S+) (\S+) (\S+) (\S+) (?:-|((?:\[(?:[^\]\\]|\\.)*\])+))(?: \ufeff?(.*))?$/;

/** RFC 5424: `<133>1 2026-11-21T20:39:14.531Z db1 redis 812 - - …`. */
export const syslog5424: Wrapper = {
	name: "syslog",
	open(text) {
		const found = line.exec(text);
		if (found === null) return undefined;
		const [, priority, time, host, ident, pid] = found as unknown as string[];
		const message = found[8] ?? "";
		const stamp = isoStamp(time as string);
		return {
			text: message,
			outerTime: stamp === undefined || stamp.zone === null ? null : stamp.ms,
			node: host === "-" ? null : syslogNode(host as string, ident as string),
			front: () => syslogFront(ident as string, pid, stamp, Number(priority), message),
		};
	},
};

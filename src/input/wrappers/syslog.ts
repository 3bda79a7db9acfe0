import { legacyStamp } from "../../../grammars/stamp.ts";
import { syslogFront, syslogNode } from "./syslog-parts.ts";
import type { Wrapper } from "./wrapper.ts";

const line =
	/^(?:<(\d{1,3})>)?([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d(?:\.\d{1,6})?) (\S+) ([^\s:[\]]+)(?:\[([^\]\s]*)\])?: ?(.*)$/;

/** RFC 3164, and the journal's short forms: `Nov 21 20:39:14 db1 redis-server[812]: …`. Tells no year and no zone. */
export const syslog: Wrapper = {
	name: "syslog",
	open(text) {
		const found = line.exec(text);
		if (found === null) return undefined;
		const [, priority, month, day, clock, host, ident, pid, message] = found as unknown as string[];
		return {
			text: message as string,
			outerTime: null,
			node: syslogNode(host as string, ident as string),
			front: () =>
				syslogFront(
					ident as string,
					pid,
					legacyStamp(`${day} ${month} ${clock}`),
					priority === undefined ? undefined : Number(priority),
					message as string,
				),
		};
	},
};

import type { Level } from "../../../grammars/prefix.ts";
import type { Stamp } from "../../../grammars/stamp.ts";
import type { LineFront } from "../line-front.ts";

/** Names under which servers speak in a system's log. */
const ours = /redis|valkey|keydb|sentinel/i;

/** Syslog severities that servers use for their four levels; a digit of the priority tells. */
const levels: Readonly<Record<number, Level>> = { 7: ".", 6: "-", 5: "*", 4: "#" };

/** What a system's log tells of a server that prints no front of its own there (`syslog-enabled`). */
export function syslogFront(
	ident: string,
	pid: string | undefined,
	stamp: Stamp | undefined,
	priority: number | undefined,
	message: string,
): LineFront | undefined {
	if (!ours.test(ident) || stamp === undefined) return undefined;
	return {
		pid: pid === undefined || !/^\d{1,10}$/.test(pid) ? null : Number(pid),
		role: null,
		level: priority === undefined ? null : (levels[priority & 7] ?? null),
		stamp,
		signal: false,
		message: message.trim(),
	};
}

/** The server's name in a system's log: the machine, and the program where it says more than its kind. */
export function syslogNode(host: string, ident: string): string {
	return /^(?:redis|valkey|keydb)(?:-(?:server|sentinel|ser))?$|^\S*docker\S*$/i.test(ident)
		? host
		: `${host}/${ident}`;
}

import type { InfoDump } from "../../grammars/info.ts";
import type { RoleReply } from "../../grammars/role.ts";
import type { LogEvent, Place } from "./event.ts";
import type { Problem } from "./report.ts";

/** A line that opens like a known message but whose rest was not understood. */
export interface UnrecognisedLine {
	readonly line: number;
	readonly text: string;
}

/** What one input (or one node's part of an input) was counted to hold. */
export interface StreamCounts {
	readonly bytes: number;
	/** All lines, whatever they hold. */
	readonly lines: number;
	/** Lines that open like a server's log line. */
	readonly logLines: number;
	/** Lines that became events or belong to a reply of INFO or ROLE. */
	readonly recognised: number;
	/** Lines that open like a known message but were not understood; the first few are kept. */
	readonly unrecognised: number;
}

/** A reply of INFO or ROLE that an input holds, alone or among log lines. */
export interface Snapshot {
	/** Its first line; the prompt above it is not counted. */
	readonly place: Place;
	readonly lastLine: number;
	/** `host:port` as the prompt or redis-cli's options name the server, or null. */
	readonly address: string | null;
	/** The pod, container or machine in which it was typed, or null. */
	readonly label: string | null;
	/** False where nothing says which node gave it, so that it stands with the one that is spoken of above it. */
	readonly named: boolean;
	/** Time that a wrapper stamped on its first line, UTC ms, or null. */
	readonly outerTime: number | null;
	/** How many of the stream's events stand above it in the input. */
	readonly after: number;
	readonly reply:
		| { readonly kind: "info"; readonly info: InfoDump }
		| { readonly kind: "role"; readonly role: RoleReply };
}

/**
 * One node's log lines out of one input. A file is one stream, unless it holds several nodes
 * (a pasted transcript, `kubectl logs --prefix`): then it is as many.
 */
export interface LogStream {
	/** The input's name as it was given. */
	readonly input: string;
	/** What was stripped from the lines ("docker-json", "cri", "markdown" …), or null. */
	readonly wrapper: string | null;
	/**
	 * A name for the node, where the input tells one (a wrapper's pod name, a prompt, `--node`).
	 * Null leaves the input's base name as a label. A label only: nothing is concluded from it, but
	 * streams of the same input with the same label are one node.
	 */
	readonly label: string | null;
	readonly events: readonly LogEvent[];
	/** Replies of INFO and ROLE, in the order of the input. */
	readonly snapshots: readonly Snapshot[];
	readonly counts: StreamCounts;
	readonly unrecognised: readonly UnrecognisedLine[];
	/** Time of the first and last log line, known message or not; as `EventHead.time`. */
	readonly from: number | null;
	readonly to: number | null;
	/** First line that is not blank, for the message that says that an input holds no log. */
	readonly firstLine: string | null;
	/** The first and last log line, known message or not, in the order of time. */
	readonly first: Place | null;
	readonly last: Place | null;
}

/** Containers count their processes from 1: below this, a process ID tells no server from another. */
export const containerPids = 100;

/** Whether a label is a name that somebody gave the node, and not what only tells parts of one input apart. */
export const isGivenName = (label: string): boolean => !/^(?::\d+|(?:pid|line) \d+)(?:#\d+)?$/.test(label);

/** Whether there is anything of a server in it. */
export const holdsAnything = ({ counts, events, snapshots }: LogStream): boolean =>
	counts.logLines + events.length + snapshots.length > 0;

/** All that was read, and all that could not be. */
export interface Readings {
	readonly streams: readonly LogStream[];
	readonly problems: readonly Problem[];
	/** True when at least one input could not be read at all. */
	readonly unreadable: boolean;
}

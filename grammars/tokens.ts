/**
 * The typed holes of a message template: what may stand where the server's format string has a
 * printf conversion, and the value that rlog makes of it.
 *
 * Every pattern is linear: no nested quantifier over the same characters. A pattern says what the
 * text may look like, generously (addresses are masked in pastes, IDs are shortened); whether a
 * value makes sense is decided on a higher floor.
 */

/** What a hole's text becomes in `LogEvent.fields`. */
export interface HoleValues {
	/** A small whole number: counts, pids, ports, epochs, signals. */
	Int: number;
	/** A decimal number. */
	Float: number;
	/** A replication offset, in bytes since the history began. 64-bit in the server, so a bigint. */
	Offset: bigint;
	/** A size in bytes. */
	Bytes: number;
	/** A duration in whole seconds. */
	Seconds: number;
	/** A duration in whole milliseconds. */
	Millis: number;
	/** A replication ID or run ID: 40 hex digits when it is whole. */
	ReplId: string;
	/** A cluster node's ID or shard ID: 40 hex digits when it is whole. */
	NodeId: string;
	/** How a primary names a replica: `ip:port`, `ip:<unknown-replica-port>`, `client id #N`. */
	Peer: string;
	/** A host name or address without port. */
	Host: string;
	/** A bracketed word such as `(rdbchannel)`. */
	Channel: string;
	/** One word without blanks. */
	Word: string;
	/** A hexadecimal number. */
	Hex: string;
	/** Sentinel's `%@`: type, name, address and, for replicas and Sentinels, the primary's. */
	Instance: string;
	/** A line of CLIENT LIST, or its short form. */
	Client: string;
	/** Any text up to the next fixed words of the template, or to the end of the line. */
	Text: string;
}

export type HoleKind = keyof HoleValues;

export interface Hole<T> {
	/** Source of the regular expression; what follows in the template is added as a lookahead. */
	readonly pattern: string;
	readonly value: (text: string) => T;
}

const integer: Hole<number> = { pattern: "-?\\d{1,15}", value: Number };
const same = (text: string): string => text;

/**
 * The kinds in the order in which the lexer tries them where a template leaves the choice:
 * most particular first.
 */
export const holes: { readonly [K in HoleKind]: Hole<HoleValues[K]> } = {
	Int: integer,
	Seconds: integer,
	Millis: integer,
	Bytes: integer,
	// At most 19 digits: what a signed 64-bit integer can hold.
	// So many digits that a number holds exactly are read in half the time as one.
	Offset: {
		pattern: "-?\\d{1,19}",
		value: (text) => BigInt(text.length <= 15 ? Number(text) : text),
	},
	Float: { pattern: "-?\\d{1,15}(?:\\.\\d{1,15})?", value: Number },
	Hex: { pattern: "[0-9a-fA-F]+", value: same },
	Channel: { pattern: "\\([a-z -]{1,40}\\)", value: same },
	ReplId: { pattern: "[^\\s:'\"()\\[\\],]*", value: same },
	NodeId: { pattern: "[^\\s:,()]+", value: same },
	Instance: {
		pattern: "\\S+ \\S+ \\S+ \\S+(?: @ \\S+ \\S+ \\S+)?",
		value: same,
	},
	Peer: { pattern: "client id #\\d{1,19}|(?:<[^<>]{1,60}>|\\([^()]{1,40}\\)|[^\\s<>,])+", value: same },
	Host: { pattern: "(?:<[^<>]{1,60}>|\\([^()]{1,40}\\)|[^\\s<>,])+", value: same },
	Word: { pattern: "\\S+", value: same },
	Client: { pattern: ".*?", value: same },
	Text: { pattern: ".*?", value: same },
};

export const holeOrder = Object.keys(holes) as HoleKind[];

/**
 * What a number or word in INFO is counted in. The unit also settles what `parseInfo` makes of the
 * text: `offset` a bigint, `flag` a boolean, `pairs` a map, the sizes and times a number.
 */
export type Unit =
	| "bytes"
	/** A place in a replication history, in bytes since it began. 64-bit in the server. */
	| "offset"
	| "count"
	/** A whole number without unit: an ID, a priority, a clock. */
	| "number"
	| "seconds"
	| "milliseconds"
	| "microseconds"
	| "days"
	/** Seconds since 1970 UTC. */
	| "unix-seconds"
	/** Microseconds since 1970 UTC. */
	| "unix-microseconds"
	| "per-second"
	/** Units of 1024 bytes a second, whatever the "kbps" in the name says. */
	| "kib-per-second"
	| "percent"
	| "ratio"
	| "hertz"
	| "bits"
	| "port"
	/** 0 or 1. */
	| "flag"
	/** `ok` or `err`. */
	| "status"
	/** One word out of a few. */
	| "word"
	| "text"
	| "host"
	| "version"
	/** A hexadecimal ID. */
	| "id"
	/** A size rounded for people: `1.06M`. */
	| "human-size"
	/** `key=value,key=value`. */
	| "pairs";

/** What one field says, in the words of rlog. */
export interface Meaning {
	readonly unit: Unit;
	readonly means: string;
	/** When its value is a reason to look closer. */
	readonly worry?: string;
	/** The first version that prints it, where that is certain. A bare number is Redis. */
	readonly since?: string;
}

/** An entry of the glossary of INFO fields. */
export interface GlossaryEntry {
	/** The field as INFO prints it; `slaveN`, `dbN`, `cmdstat_*` stand for families. */
	readonly field: string;
	/** The section it is printed in, as its header spells it. */
	readonly section: string;
	readonly unit: Unit;
	readonly means: string;
	readonly worry: string;
	readonly since?: string;
}

/** The fields of one section. */
export interface GlossarySection<F extends Record<string, Meaning> = Record<string, Meaning>> {
	readonly section: string;
	readonly fields: F;
}

/** Declares the fields of one section; the units keep their literal types. */
export function section<F extends Record<string, Meaning>>(name: string, fields: F): GlossarySection<F> {
	return { section: name, fields };
}

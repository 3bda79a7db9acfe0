import type { GlossaryFields } from "../glossary/index.ts";
import type { InfoCommand, InfoDatabase, InfoReplica, InfoWatchedPrimary } from "./families.ts";
import type { Prompt } from "./prompt.ts";
import type { InfoPairs, InfoValue, UnitValues } from "./value.ts";

/** `master_repl_offset` → `masterReplOffset`. */
export type Camel<S extends string> = S extends `${infer Head}_${infer Tail}`
	? `${Head}${Capitalize<Camel<Tail>>}`
	: S;

/** A name that stands for a family has its number or its tail left open. */
type Family = `${string}N` | `${string}N_${string}` | `${string}*`;

/**
 * Every field that the glossary knows, in camelCase and typed by its unit. A field that the dump
 * does not have, or whose text does not fit (masked, cut off), is missing: never 0, never "".
 */
export type InfoFields = {
	readonly [F in keyof GlossaryFields as F extends Family
		? never
		: Camel<F & string>]?: UnitValues[GlossaryFields[F] extends {
		unit: infer U extends keyof UnitValues;
	}
		? U
		: never];
};

/** The typed view of a dump: single fields, and the families as lists in the order of the text. */
export interface InfoView extends InfoFields {
	readonly slaves: readonly InfoReplica[];
	/** Primaries that a Sentinel watches. */
	readonly masters: readonly InfoWatchedPrimary[];
	readonly databases: readonly InfoDatabase[];
	readonly commands: readonly InfoCommand[];
	/** Replies by their error word: `NOAUTH` → 3. */
	readonly errors: ReadonlyMap<string, number>;
	/** Microseconds by command and percentile: `ping` → `p99` → 19.071. */
	readonly latencies: ReadonlyMap<string, ReadonlyMap<string, number>>;
	readonly modules: readonly InfoPairs[];
	readonly listeners: readonly InfoPairs[];
}

/** One field as it stands in the text. */
export interface InfoField {
	readonly name: string;
	/** The value as written, without quotes and remarks. */
	readonly text: string;
	readonly value: InfoValue;
	/** Number of its line. */
	readonly line: number;
}

/** A line that stood inside a dump and said nothing a dump can say. */
export interface UnreadLine {
	readonly line: number;
	readonly text: string;
}

/** One snapshot of one server, as it was shown. */
export interface InfoDump {
	/** How it was written: INFO's own lines, or a dict (redis-py, JSON, a JavaScript object). */
	readonly form: "lines" | "dict";
	/** Number of the first line that belongs to it (its prompt not counted), and of the last. */
	readonly firstLine: number;
	readonly lastLine: number;
	/** The prompt that it answers, when there was one. */
	readonly prompt: Prompt | undefined;
	/** A name given to it otherwise: the key over a dict, `==> file <==`. */
	readonly label: string | undefined;
	/**
	 * The fields by section, both in the order of the text. Fields in no section are under the one
	 * the glossary knows them in, unknown ones under "". A name that comes again in one dump
	 * (`module`, and KeyDB's `slave_repl_offset`) has `:2`, `:3` … added: no name holds a colon.
	 */
	readonly sections: ReadonlyMap<string, ReadonlyMap<string, InfoField>>;
	readonly values: InfoView;
	readonly unread: readonly UnreadLine[];
}

/** A field by its name, whatever section it stands in. */
export function infoField(dump: InfoDump, name: string): InfoField | undefined {
	for (const fields of dump.sections.values()) {
		const field = fields.get(name);
		if (field !== undefined) return field;
	}
	return undefined;
}

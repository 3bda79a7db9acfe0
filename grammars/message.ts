import type { HoleKind, HoleValues } from "./tokens.ts";

/** Which process prints the message. `cluster` and `sentinel` messages come from those modes only. */
export type Emitter = "replica" | "primary" | "both" | "child" | "cluster" | "sentinel";

/**
 * What a message is good for. `verdict`: decides full or partial. `cause`: tells why. `progress`:
 * a step of a synchronisation. `lifecycle`: a process starts, ends or changes role. `context`: rest.
 */
export type Weight = "verdict" | "cause" | "progress" | "lifecycle" | "context";

/** One wording: the versions that print it, and the server's own line with typed holes. */
export type Wording = readonly [versions: string, template: string];

/** The fields that a template's holes fill: `"of {count:Int} keys"` gives `{ count: number }`. */
export type HolesOf<T extends string> = T extends `${string}{${infer Name}:${infer Kind}}${infer Rest}`
	? { [N in Name]: Kind extends HoleKind ? HoleValues[Kind] : never } & HolesOf<Rest>
	: object;

type KeysOfAll<U> = U extends unknown ? keyof U : never;
type ValueIn<U, K extends PropertyKey> = U extends unknown ? (K extends keyof U ? U[K] : never) : never;

/** Fields of a message with several wordings: what every wording has is certain, the rest optional. */
export type FieldsOf<U> = { readonly [K in keyof U]: U[K] } & {
	readonly [K in Exclude<KeysOfAll<U>, keyof U>]?: ValueIn<U, K>;
};

/** One logical message of the catalogue, in every wording that any version prints. */
export interface Message<
	Type extends string = string,
	Wordings extends readonly Wording[] = readonly Wording[],
> {
	readonly type: Type;
	readonly emitter: Emitter;
	readonly weight: Weight;
	/** What it tells, and when it is printed (server file and function where that helps). */
	readonly means: string;
	readonly wordings: Wordings;
	/** Whole lines as real servers wrote them; the tests parse each one. */
	readonly samples: readonly string[];
}

/** Defines one message: the one place that knows its wordings, its fields and its meaning. */
export function message<const Type extends string, const Wordings extends readonly Wording[]>(
	type: Type,
	rest: Omit<Message<Type, Wordings>, "type">,
): Message<Type, Wordings> {
	return { type, ...rest };
}

/** The typed fields of a catalogue entry. */
export type FieldsOfMessage<M> = M extends Message<string, infer W> ? FieldsOf<HolesOf<W[number][1]>> : never;

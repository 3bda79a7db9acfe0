import type { MessageType } from "./messages/index.ts";

/** How a message is worded: its fixed words, and what stands between them. Many lines share one. */
export class Wording {
	readonly type: MessageType;
	/** The fixed words; the value of a hole stands behind each but the last. */
	readonly words: readonly string[];
	/** What the holes are called. */
	readonly names: readonly string[];

	constructor(type: MessageType, words: readonly string[], names: readonly string[]) {
		this.type = type;
		this.words = words;
		this.names = names;
	}

	/** The message with these values in its holes. */
	text(fields: object): string {
		const { words, names } = this;
		const [first = ""] = words;
		if (names.length === 0) return first;
		const parts = [first];
		for (const [i, name] of names.entries())
			parts.push(String((fields as Readonly<Record<string, unknown>>)[name]), words[i + 1] as string);
		// Joined it is one string; added up it would be a tree of them.
		return parts.join("");
	}
}

/** Makes the fields of one wording, each object no larger than its values. */
export type MakeFields = (values: readonly unknown[]) => object;

/**
 * A constructor of its own for each wording: the engine learns how many values its objects have. They
 * are plain objects to everybody else.
 */
export function fieldsMaker(names: readonly string[]): MakeFields {
	function Fields(this: Record<string, unknown>, values: readonly unknown[]): void {
		for (let i = 0; i < names.length; i++) this[names[i] as string] = values[i];
	}
	Fields.prototype = Object.prototype;
	return (values) => new (Fields as unknown as new (values: readonly unknown[]) => object)(values);
}

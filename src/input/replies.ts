import { DumpReader, type Found } from "./dumps.ts";
import type { SegmentName } from "./segment.ts";

/** What may open a reply of INFO or ROLE: among a wrapper's lines, these must prove it. */
const opening = /^(?:#\s?[A-Z]\w+\s*$|[a-z][a-z0-9_]{1,60}:\S|1\) )|>\s*(?:info|role)\b|-cli\b/i;

/** The replies of INFO and ROLE among the lines of one input, by the nodes that wrappers and file headers name. */
export class Replies {
	readonly #input: string;
	/** Replies that have ended. */
	readonly #ended: Found[] = [];
	readonly #readers = new Map<string | null, DumpReader>();

	constructor(input: string) {
		this.#input = input;
	}

	blank(node: string | null, number: number, title: SegmentName): void {
		this.#readers.get(node)?.push("", number, null, title);
	}

	/** Whether the line belongs to a reply. Where lines are `wrapped`, it must look like one's beginning first. */
	take(text: string, number: number, outerTime: number | null, name: SegmentName, wrapped: boolean): boolean {
		let reader = this.#readers.get(name.node);
		if (reader === undefined) {
			if (wrapped && !opening.test(text)) return false;
			reader = new DumpReader(this.#input);
			this.#readers.set(name.node, reader);
		}
		return reader.push(text, number, outerTime, name);
	}

	/** All of them so far. More may follow. */
	end(): readonly Found[] {
		this.#ended.push(...[...this.#readers.values()].flatMap((reader) => reader.end()));
		return this.#ended;
	}
}

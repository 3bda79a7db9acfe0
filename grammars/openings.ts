import type { Message } from "./message.ts";
import { catalogue } from "./messages/index.ts";
import { opening, segments } from "./template.ts";
import type { HoleKind } from "./tokens.ts";

/** Holes whose text has no blank. */
const wordHoles: ReadonlySet<HoleKind> = new Set<HoleKind>([
	"Int", "Seconds", "Millis", "Bytes", "Offset", "Float", "Hex", "ReplId", "NodeId", "Word",
]);

/** What the templates of a catalogue have in common: it decides which lines the grammar need not see. */
export interface Openings {
	/** Fixed words that templates open with. */
	readonly heads: readonly string[];
	/** Fixed words behind a first word that is a hole, with the blank in front of them. */
	readonly seconds: readonly string[];
	/** Fixed words at the end of templates that open with a free hole. */
	readonly tails: readonly string[];
	/** Fixed words further inside, where a template has none of these. */
	readonly anchors: readonly string[];
}

/** The openings of a catalogue. Derived from its templates, so that they cannot drift apart. */
export function openings(messages: readonly Message[] = catalogue): Openings {
	const heads = new Set<string>();
	const seconds = new Set<string>();
	const tails = new Set<string>();
	const anchors = new Set<string>();
	for (const { wordings } of messages) {
		for (const [, template] of wordings) {
			const head = opening(template);
			if (head !== "") {
				heads.add(head);
				continue;
			}
			const parts = segments(template);
			const [first, second] = parts;
			const last = parts.at(-1);
			if (first !== undefined && "kind" in first && wordHoles.has(first.kind) && startsWord(second)) seconds.add(second.text);
			else if (last !== undefined && "text" in last) tails.add(last.text);
			else anchors.add(longest(parts.flatMap((part) => ("text" in part ? [part.text] : []))));
		}
	}
	return { heads: [...heads], seconds: [...seconds], tails: [...tails], anchors: [...anchors] };
}

type Part = ReturnType<typeof segments>[number];
const startsWord = (part: Part | undefined): part is { readonly text: string } =>
	part !== undefined && "text" in part && part.text.startsWith(" ") && part.text.length > 1;

const longest = (texts: readonly string[]): string =>
	texts.reduce((a, b) => (b.length > a.length ? b : a), "");

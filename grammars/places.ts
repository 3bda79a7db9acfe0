import type { MessageType } from "./messages/index.ts";
import { type Segment, segments } from "./template.ts";
import { type HoleKind, holeOrder, holes } from "./tokens.ts";
import { fieldsMaker, type MakeFields, Wording } from "./wording.ts";

/*
 * The templates that open with the same words are laid over each other to a tree of places: a place
 * is where the reader may stand in the text, its edges are the fixed words and holes that may come
 * next. Each place is a mode of a chevrotain lexer, so that only what may follow is ever tried, and
 * free text ends exactly where a template's next fixed words begin. The parser then reads the
 * tokens of any message by one rule: fixed words and values in turn.
 */

/** Where the reader may stand in a text. */
export interface Place {
	readonly edges: Map<string, Edge>;
	/** Set where a template ends: the message is whole here. */
	end?: End;
}
/** Where a template ends. */
export interface End {
	readonly holes: readonly Hole[];
	readonly wording: Wording;
	readonly make: MakeFields;
}
/** What may come next. */
export interface Edge {
	readonly segment: Segment;
	readonly to: Place;
}
interface Hole {
	readonly name: string;
	readonly kind: HoleKind;
}
const newPlace = (): Place => ({ edges: new Map() });

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

function addTemplate(root: Place, type: MessageType, template: string): void {
	let place = root;
	const named: Hole[] = [];
	const words: string[] = [];
	for (const segment of segments(template)) {
		// Holes of one shape share an edge: what they are called is only known at the end.
		const key = "text" in segment ? `=${segment.text}` : `?${holes[segment.kind].pattern}`;
		if ("text" in segment) words[named.length] = segment.text;
		else named.push(segment);
		let edge = place.edges.get(key);
		if (edge === undefined) {
			edge = { segment, to: newPlace() };
			place.edges.set(key, edge);
		}
		place = edge.to;
	}
	const other = place.end?.wording.type ?? type;
	if (other !== type) throw new Error(`Two messages share the wording "${template}": ${other} and ${type}`);
	if (place.end !== undefined) return;
	const names = named.map(({ name }) => name);
	const wording = new Wording(
		type,
		Array.from({ length: names.length + 1 }, (_, i) => words[i] ?? ""),
		names,
	);
	place.end = { holes: named, wording, make: fieldsMaker(names) };
}

/** The tree of some templates. */
export function treeOf(templates: readonly (readonly [MessageType, string])[]): Place {
	const root = newPlace();
	for (const [type, template] of templates) addTemplate(root, type, template);
	return root;
}

/** The order in which a place tries its edges: longer words first, then holes from particular to free. */
export function ordered(place: Place): Edge[] {
	const rank = (edge: Edge): number =>
		"text" in edge.segment ? -edge.segment.text.length : 1 + holeOrder.indexOf(edge.segment.kind);
	return [...place.edges.values()].sort((a, b) => rank(a) - rank(b));
}

/** A hole's pattern, which must be followed by what may come after it in the template. */
export function holePattern(kind: HoleKind, to: Place): RegExp {
	const next: string[] = to.end === undefined ? [] : ["$"];
	for (const { segment } of to.edges.values()) {
		next.push("text" in segment ? escape(segment.text) : holes[segment.kind].pattern);
	}
	// The last words of a line are looked for at its end, so that a value may contain them.
	const only = to.edges.size === 1 && to.end === undefined ? [...to.edges.values()][0] : undefined;
	if (only !== undefined && "text" in only.segment && only.to.edges.size === 0) {
		return new RegExp(`(?:${holes[kind].pattern})(?=${escape(only.segment.text)}$)`, "y");
	}
	return new RegExp(`(?:${holes[kind].pattern})(?=${next.join("|")})`, "y");
}

import { createToken, EmbeddedActionsParser, type IToken, Lexer, type TokenType } from "chevrotain";
import type { Message } from "./message.ts";
import { catalogue, type Fields, type MessageType } from "./messages/index.ts";
import { opening, type Segment, segments } from "./template.ts";
import { type HoleKind, holeOrder, holes } from "./tokens.ts";
import { fieldsMaker, type MakeFields, Wording } from "./wording.ts";

/** What the text of one log message says: its type in the catalogue and the values in its holes. */
export type ParsedMessage = { [T in MessageType]: { readonly type: T; readonly fields: Fields<T> } }[MessageType];

/** A message as its wording and the values in its holes. */
export interface Said {
	readonly wording: Wording;
	readonly fields: ParsedMessage["fields"];
	/** Whether the wording with these values is the text: a number may have been written in an unusual way. */
	readonly exact: boolean;
}

/*
 * The templates that open with the same words are laid over each other to a tree of places: a place
 * is where the reader may stand in the text, its edges are the fixed words and holes that may come
 * next. Each place is a mode of a chevrotain lexer, so that only what may follow is ever tried, and
 * free text ends exactly where a template's next fixed words begin. The parser then reads the
 * tokens of any message by one rule: fixed words and values in turn.
 */
interface Place {
	readonly edges: Map<string, Edge>;
	/** Set where a template ends: the message is whole here. */
	end?: End;
}
interface End {
	readonly type: MessageType;
	readonly holes: readonly Hole[];
	readonly wording: Wording;
	readonly make: MakeFields;
}
interface Edge {
	readonly segment: Segment;
	readonly to: Place;
}
interface Hole {
	readonly name: string;
	readonly kind: HoleKind;
}
interface PlaceToken extends TokenType {
	place?: Place;
}

/** The fields of a message without holes. */
const none = Object.freeze({});

const same = (part: string): string => part;

const newPlace = (): Place => ({ edges: new Map() });

/** Fixed words of a template. */
const Fixed = createToken({ name: "Fixed", pattern: Lexer.NA });
/** The text in a hole of a template. */
const Value = createToken({ name: "Value", pattern: Lexer.NA });
// The parser takes categories into account only if it meets some when it is built; the tokens of
// the lexers come later.
const someFixed = createToken({ name: "SomeFixed", pattern: Lexer.NA, categories: Fixed });
const someValue = createToken({ name: "SomeValue", pattern: Lexer.NA, categories: Value });

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
	if (place.end !== undefined && place.end.type !== type) {
		throw new Error(`Two messages share the wording "${template}": ${place.end.type} and ${type}`);
	}
	if (place.end !== undefined) return;
	const names = named.map(({ name }) => name);
	const wording = new Wording(type, Array.from({ length: names.length + 1 }, (_, i) => words[i] ?? ""), names);
	place.end = { type, holes: named, wording, make: fieldsMaker(names) };
}

function treeOf(templates: Group["templates"]): Place {
	const root = newPlace();
	for (const [type, template] of templates) addTemplate(root, type, template);
	return root;
}

/** The order in which a place tries its edges: longer words first, then holes from particular to free. */
function ordered(place: Place): Edge[] {
	const rank = (edge: Edge): number =>
		"text" in edge.segment ? -edge.segment.text.length : 1 + holeOrder.indexOf(edge.segment.kind);
	return [...place.edges.values()].sort((a, b) => rank(a) - rank(b));
}

/** A hole's pattern, which must be followed by what may come after it in the template. */
function holePattern(kind: HoleKind, to: Place): RegExp {
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

/** The lexer of all templates that open with the same words. */
function buildLexer(root: Place): Lexer {
	const modes: Record<string, TokenType[]> = {};
	let count = 0;
	const visit = (place: Place): string => {
		const mode = `place${count++}`;
		const tokens: TokenType[] = [];
		modes[mode] = tokens;
		for (const { segment, to } of ordered(place)) {
			const fixed = "text" in segment;
			const token: PlaceToken = createToken({
				name: `${fixed ? "Fixed" : segment.kind}${count}`,
				pattern: fixed ? segment.text : holePattern(segment.kind, to),
				categories: fixed ? Fixed : Value,
				line_breaks: false,
				push_mode: visit(to),
			});
			token.place = to;
			tokens.push(token);
		}
		return mode;
	};
	const defaultMode = visit(root);
	return new Lexer(
		{ modes, defaultMode },
		// The catalogue's tests hold every template against its samples, so the lexer need not check
		// itself at start-up. A place has few edges: trying them in turn beats a table of first letters.
		{ skipValidations: true, safeMode: true, recoveryEnabled: false, positionTracking: "onlyOffset" },
	);
}

class MessageParser extends EmbeddedActionsParser {
	/** message: ( Fixed | Value )+ — which of them may follow which is settled by the lexer's modes. */
	readonly message = this.RULE("message", (): { place: Place | undefined; values: string[] } => {
		const values: string[] = [];
		let last: IToken | undefined;
		this.AT_LEAST_ONE(() => {
			this.OR([
				{
					ALT: () => {
						last = this.CONSUME(Fixed);
					},
				},
				{
					ALT: () => {
						last = this.CONSUME(Value);
						values.push(last.image);
					},
				},
			]);
		});
		return { place: (last?.tokenType as PlaceToken | undefined)?.place, values };
	});

	constructor() {
		// Lexers are built while lines are read, and each brings tokens of its own.
		super([Fixed, Value, someFixed, someValue], { dynamicTokensEnabled: true, skipValidations: true, maxLookahead: 1 });
		this.performSelfAnalysis();
	}
}

/** The templates that share their opening words; their lexer once a line has needed it. */
interface Group {
	readonly opening: string;
	readonly templates: (readonly [MessageType, string])[];
	lexer?: Lexer;
}

/** A text is taken for the beginning of a message if it has so many of its characters. */
const CUT = 16;

/** Reads messages by the templates of a catalogue. Lexers are built when a line first needs them. */
export class MessageGrammar {
	/** Groups by the first two characters of their opening, longest opening first. */
	readonly #groups = new Map<string, Group[]>();
	/** Templates that open with a hole, and fixed words of which a line must hold one. */
	readonly #free: Group = { opening: "", templates: [] };
	readonly #anchors = new Set<string>();
	/** Messages that are all fixed words: each is one token, and needs no lexer. */
	readonly #fixed = new Map<string, Said>();
	#parser: MessageParser | undefined;

	constructor(messages: readonly Message[] = catalogue) {
		const byOpening = new Map<string, Group>();
		for (const { type, wordings } of messages) {
			for (const [, template] of wordings) this.#add(byOpening, type as MessageType, template);
		}
		for (const group of byOpening.values()) {
			const key = group.opening.slice(0, 2);
			const list = this.#groups.get(key);
			if (list === undefined) this.#groups.set(key, [group]);
			else list.push(group);
		}
		for (const list of this.#groups.values()) list.sort((a, b) => b.opening.length - a.opening.length);
	}

	#add(byOpening: Map<string, Group>, type: MessageType, template: string): void {
		const words = opening(template);
		if (words === "") {
			this.#free.templates.push([type, template]);
			const texts = segments(template).flatMap((p) => ("text" in p ? [p.text] : []));
			this.#anchors.add(texts.sort((a, b) => b.length - a.length)[0] ?? "");
			return;
		}
		const group = byOpening.get(words);
		if (group === undefined) byOpening.set(words, { opening: words, templates: [[type, template]] });
		else group.templates.push([type, template]);
		if (words.length !== template.trim().length) return;
		const other = this.#fixed.get(words)?.wording.type ?? type;
		if (other !== type) throw new Error(`Two messages share the wording "${template}": ${other} and ${type}`);
		this.#fixed.set(words, { wording: new Wording(type, [words], []), fields: none as Said["fields"], exact: true });
	}

	/**
	 * Reads one message, without the front of its line. Returns undefined when no template fits;
	 * `opensKnown` tells whether its first words were those of a known message.
	 */
	parse(text: string): ParsedMessage | undefined {
		const said = this.read(text);
		return said && ({ type: said.wording.type, fields: said.fields } as ParsedMessage);
	}

	/** The same as its wording and values. `keep` makes strings to be kept of parts of the text. */
	read(text: string, keep: (part: string) => string = same): Said | undefined {
		const trimmed = text.trim();
		const fixed = this.#fixed.get(trimmed);
		if (fixed !== undefined) return fixed;
		for (const group of this.#groups.get(trimmed.slice(0, 2)) ?? []) {
			if (!trimmed.startsWith(group.opening)) continue;
			const parsed = this.#read(group, trimmed, keep);
			if (parsed !== undefined) return parsed;
		}
		for (const anchor of this.#anchors) if (trimmed.includes(anchor)) return this.#read(this.#free, trimmed, keep);
		return undefined;
	}

	/**
	 * Whether the text begins with the fixed words of some message (at least eight characters of them),
	 * or is cut off within them.
	 */
	opensKnown(text: string): boolean {
		const trimmed = text.trimStart();
		for (const { opening } of this.#groups.get(trimmed.slice(0, 2)) ?? []) {
			if (opening.length >= 8 && trimmed.startsWith(opening)) return true;
			if (trimmed.length >= CUT && opening.startsWith(trimmed.trimEnd())) return true;
		}
		return false;
	}

	#read(group: Group, text: string, keep: (part: string) => string): Said | undefined {
		group.lexer ??= buildLexer(treeOf(group.templates));
		const { tokens, errors } = group.lexer.tokenize(text);
		if (errors.length > 0) return undefined;
		this.#parser ??= new MessageParser();
		this.#parser.input = tokens;
		const { place, values } = this.#parser.message() ?? {};
		const end = place?.end;
		if (end === undefined || values === undefined) return undefined;
		let exact = true;
		const read = end.holes.map(({ kind }, i) => {
			const image = values[i] as string;
			const value = holes[kind].value(image);
			if (typeof value === "string") return keep(image);
			if (String(value) !== image) exact = false;
			return value;
		});
		return { wording: end.wording, fields: end.make(read) as Said["fields"], exact };
	}
}

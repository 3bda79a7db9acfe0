import { createToken, EmbeddedActionsParser, type IToken, Lexer, type TokenType } from "chevrotain";
import type { Message } from "./message.ts";
import { catalogue, type Fields, type MessageType } from "./messages/index.ts";
import { follow, type Step } from "./path.ts";
import { type End, holePattern, ordered, type Place, treeOf } from "./places.ts";
import { opening, segments } from "./template.ts";
import { holes } from "./tokens.ts";
import { Wording } from "./wording.ts";

/** What the text of one log message says: its type in the catalogue and the values in its holes. */
export type ParsedMessage = { [T in MessageType]: { readonly type: T; readonly fields: Fields<T> } }[MessageType];

/** A message as its wording and the values in its holes. */
export interface Said {
	readonly wording: Wording;
	readonly fields: ParsedMessage["fields"];
	/** Whether the wording with these values is the text: a number may have been written in an unusual way. */
	readonly exact: boolean;
}

interface PlaceToken extends TokenType {
	place?: Place;
	step?: Step;
}
/** The way of a message that was read, and where it ended. */
interface Path {
	readonly steps: readonly Step[];
	readonly end: End;
}

/** The fields of a message without holes. */
const none = Object.freeze({});

const same = (part: string): string => part;

/** Fixed words of a template. */
const Fixed = createToken({ name: "Fixed", pattern: Lexer.NA });
/** The text in a hole of a template. */
const Value = createToken({ name: "Value", pattern: Lexer.NA });
// The parser takes categories into account only if it meets some when it is built; the tokens of
// the lexers come later.
const someFixed = createToken({ name: "SomeFixed", pattern: Lexer.NA, categories: Fixed });
const someValue = createToken({ name: "SomeValue", pattern: Lexer.NA, categories: Value });

/** The lexer of all templates that open with the same words. */
function buildLexer(root: Place): Lexer {
	const modes: Record<string, TokenType[]> = {};
	let count = 0;
	const visit = (place: Place): string => {
		const mode = `place${count++}`;
		const tokens: TokenType[] = [];
		modes[mode] = tokens;
		const before: Step[] = [];
		for (const { segment, to } of ordered(place)) {
			const fixed = "text" in segment;
			const pattern = fixed ? segment.text : holePattern(segment.kind, to);
			const token: PlaceToken = createToken({
				name: `${fixed ? "Fixed" : segment.kind}${count}`,
				pattern,
				categories: fixed ? Fixed : Value,
				line_breaks: false,
				push_mode: visit(to),
			});
			token.place = to;
			token.step = { words: pattern, before: [...before] };
			before.push(token.step);
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
	/** Set where the opening is all of a template: it is one token, and needs no lexer. */
	whole?: Said;
	lexer?: Lexer;
	/** The ways of the messages that were read, the last one first. */
	readonly paths: Path[];
}

/** A text is taken for the beginning of a message if it has so many of its characters. */
const CUT = 16;

/** Reads messages by the templates of a catalogue. Lexers are built when a line first needs them. */
export class MessageGrammar {
	/** Groups by the first two characters of their opening, longest opening first. */
	readonly #groups = new Map<string, Group[]>();
	/** Templates that open with a hole, and fixed words of which a line must hold one. */
	readonly #free: Group = { opening: "", templates: [], paths: [] };
	readonly #anchors = new Set<string>();
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
		let group = byOpening.get(words);
		if (group === undefined) byOpening.set(words, (group = { opening: words, templates: [], paths: [] }));
		group.templates.push([type, template]);
		if (words.length !== template.trim().length) return;
		const other = group.whole?.wording.type ?? type;
		if (other !== type) throw new Error(`Two messages share the wording "${template}": ${other} and ${type}`);
		group.whole = { wording: new Wording(type, [words], []), fields: none as Said["fields"], exact: true };
	}

	/**
	 * Reads one message, without the front of its line. Returns undefined when no template fits;
	 * `opensKnown` tells whether its first words were those of a known message.
	 */
	parse(text: string): ParsedMessage | undefined {
		const said = this.read(text);
		return said && ({ type: said.wording.type, fields: said.fields } as ParsedMessage);
	}

	/**
	 * The same as its wording and values. `keep` makes strings to be kept of parts of the text; without
	 * `paths` the lexer is asked each time.
	 */
	read(text: string, keep: (part: string) => string = same, paths = true): Said | undefined {
		const trimmed = text.trim();
		for (const group of this.#groups.get(trimmed.slice(0, 2)) ?? []) {
			if (!trimmed.startsWith(group.opening)) continue;
			if (group.whole !== undefined && trimmed.length === group.opening.length) return group.whole;
			const parsed = this.#read(group, trimmed, keep, paths);
			if (parsed !== undefined) return parsed;
		}
		for (const anchor of this.#anchors) if (trimmed.includes(anchor)) return this.#read(this.#free, trimmed, keep, paths);
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

	#read(group: Group, text: string, keep: (part: string) => string, known: boolean): Said | undefined {
		const paths = known ? group.paths : [];
		for (const [i, path] of paths.entries()) {
			const values = follow(path.steps, text);
			if (values === undefined) continue;
			if (i > 0) [paths[0], paths[i]] = [path, paths[0] as Path];
			return saidOf(path.end, values, keep);
		}
		group.lexer ??= buildLexer(treeOf(group.templates));
		const { tokens, errors } = group.lexer.tokenize(text);
		if (errors.length > 0) return undefined;
		this.#parser ??= new MessageParser();
		this.#parser.input = tokens;
		const { place, values } = this.#parser.message() ?? {};
		const end = place?.end;
		if (end === undefined || values === undefined) return undefined;
		paths.unshift({ steps: tokens.flatMap(({ tokenType }) => (tokenType as PlaceToken).step ?? []), end });
		return saidOf(end, values, keep);
	}
}

/** Makes values of what stands in the holes. */
function saidOf(end: End, values: readonly string[], keep: (part: string) => string): Said {
	let exact = true;
	const read = end.holes.map(({ kind }, i) => {
		const image = values[i] as string;
		const value = holes[kind].value(image);
		if (typeof value === "string") return keep(image);
		if (!plainDigits(image) && String(value) !== image) exact = false;
		return value;
	});
	return { wording: end.wording, fields: end.make(read) as Said["fields"], exact };
}

/** Whether a number is written as it is by everybody: digits, and no zero in front. */
function plainDigits(image: string): boolean {
	for (let i = 0; i < image.length; i++) {
		const code = image.charCodeAt(i);
		if (code > 57 || code < (i === 0 ? 49 : 48)) return false;
	}
	return image !== "";
}

import { createToken, EmbeddedActionsParser, type IToken, Lexer } from "chevrotain";

/** A dict, list or value as a program prints it, with the number of the line it stands on. */
export type Literal =
	| { readonly kind: "object"; readonly line: number; readonly entries: LiteralEntry[] }
	| { readonly kind: "list"; readonly line: number; readonly items: Literal[] }
	| { readonly kind: "value"; readonly line: number; readonly text: string; readonly quoted: boolean };

export interface LiteralEntry {
	readonly key: string;
	readonly line: number;
	value: Literal | undefined;
}

const Blank = createToken({ name: "Blank", pattern: /\s+/, group: Lexer.SKIPPED, line_breaks: true });
const Open = createToken({ name: "Open", pattern: /\{/ });
const Close = createToken({ name: "Close", pattern: /\}/ });
const OpenList = createToken({ name: "OpenList", pattern: /[[(]/ });
const CloseList = createToken({ name: "CloseList", pattern: /[\])]/ });
const Comma = createToken({ name: "Comma", pattern: /,/ });
/** `:` of JSON, Python and JavaScript, `=>` of Ruby and PHP. */
const Colon = createToken({ name: "Colon", pattern: /:|=>/ });
const quotedText = /[bBuU]?(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/y;
const openQuote = /[bBuU]?(["'])(?:[^"'\\\n]|\\.|(?!\1)["'])*/y;

/**
 * A string in quotes; Python puts a letter in front: b'..', u'..'. A quote that is never closed is
 * looked after once: all that follow it on its line stay open as well, and there may be thousands.
 */
export function quoted(): (text: string, offset: number) => RegExpExecArray | null {
	let last = "";
	const openUpTo = { '"': 0, "'": 0 };
	return (text, offset) => {
		const c = text[offset] as string;
		const mark = "bBuU".includes(c) ? text[offset + 1] : c;
		if (mark !== '"' && mark !== "'") return null;
		if (text !== last || offset === 0) {
			last = text;
			openUpTo['"'] = 0;
			openUpTo["'"] = 0;
		}
		if (offset < openUpTo[mark]) return null;
		quotedText.lastIndex = offset;
		const found = quotedText.exec(text);
		if (found === null) {
			openQuote.lastIndex = offset;
			openUpTo[mark] = offset + (openQuote.exec(text)?.[0].length ?? 0);
		}
		return found;
	};
}

const Quoted = createToken({
	name: "Quoted",
	pattern: quoted(),
	start_chars_hint: ["b", "B", "u", "U", '"', "'"],
	line_breaks: false,
});
/** Numbers, True, None, keys without quotes. */
const Word = createToken({ name: "Word", pattern: /[^\s,:{}[\]()"'=]+/, line_breaks: false });

const tokens = [Blank, Open, Close, OpenList, CloseList, Comma, Colon, Quoted, Word];

const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", "0": "\0" };

/** The text of a quoted string. */
export function unquote(image: string): string {
	const body = image.slice(image.search(/["']/) + 1, -1);
	if (!body.includes("\\")) return body;
	return body.replace(
		/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/gs,
		(_, u?: string, x?: string, c = "") =>
			u !== undefined || x !== undefined
				? String.fromCharCode(Number.parseInt((u ?? x) as string, 16))
				: (escapes[c] ?? c),
	);
}

const lineOf = (token: IToken): number => token.startLine ?? 1;

/*
 * Objects are attached to what holds them before their members are read: of a dict that was cut off
 * everything up to the cut is kept.
 */
class LiteralParser extends EmbeddedActionsParser {
	root: Literal | undefined;

	readonly document = this.RULE("document", () => {
		this.SUBRULE(this.value, { ARGS: [(found: Literal) => (this.root = found)] });
	});

	private readonly value = this.RULE("value", (take: (found: Literal) => void) => {
		this.OR([
			{ ALT: () => this.SUBRULE(this.object, { ARGS: [take] }) },
			{ ALT: () => this.SUBRULE(this.list, { ARGS: [take] }) },
			{
				ALT: () => {
					const token = this.CONSUME(Quoted);
					this.ACTION(() =>
						take({ kind: "value", line: lineOf(token), text: unquote(token.image), quoted: true }),
					);
				},
			},
			{
				ALT: () => {
					const token = this.CONSUME(Word);
					this.ACTION(() => take({ kind: "value", line: lineOf(token), text: token.image, quoted: false }));
				},
			},
		]);
	});

	private readonly object = this.RULE("object", (take: (found: Literal) => void) => {
		const open = this.CONSUME(Open);
		const entries: LiteralEntry[] = [];
		this.ACTION(() => take({ kind: "object", line: lineOf(open), entries }));
		this.MANY(() => {
			this.OR([
				{ ALT: () => this.SUBRULE(this.member, { ARGS: [entries] }) },
				{ ALT: () => this.CONSUME(Comma) },
			]);
		});
		this.CONSUME(Close);
	});

	private readonly member = this.RULE("member", (entries: LiteralEntry[]) => {
		const key = this.OR([{ ALT: () => this.CONSUME(Quoted) }, { ALT: () => this.CONSUME(Word) }]);
		this.CONSUME(Colon);
		const entry = this.ACTION((): LiteralEntry => {
			const name = key.tokenType === Quoted ? unquote(key.image) : key.image;
			const made: LiteralEntry = { key: name, line: lineOf(key), value: undefined };
			entries.push(made);
			return made;
		});
		this.SUBRULE(this.value, {
			ARGS: [
				(found: Literal) => {
					entry.value = found;
				},
			],
		});
	});

	private readonly list = this.RULE("list", (take: (found: Literal) => void) => {
		const open = this.CONSUME(OpenList);
		const items: Literal[] = [];
		this.ACTION(() => take({ kind: "list", line: lineOf(open), items }));
		this.MANY(() => {
			this.OR([
				{ ALT: () => this.SUBRULE(this.value, { ARGS: [(found: Literal) => items.push(found)] }) },
				{ ALT: () => this.CONSUME(Comma) },
			]);
		});
		this.CONSUME(CloseList);
	});

	constructor() {
		super(tokens, { maxLookahead: 1 });
		this.performSelfAnalysis();
	}
}

let built: { readonly lexer: Lexer; readonly parser: LiteralParser } | undefined;

/** Nobody nests INFO deeper; the parser calls itself for every level. */
const deepest = 32;

/**
 * Reads the dict or list that `text` begins with: JSON, a Python or JavaScript literal, a Ruby hash.
 * Of one that is cut off or goes wrong, what came before is returned; undefined when nothing did.
 */
export function readLiteral(text: string): Literal | undefined {
	built ??= {
		lexer: new Lexer(tokens, { ensureOptimizations: false, safeMode: true }),
		parser: new LiteralParser(),
	};
	const { lexer, parser } = built;
	const { tokens: found } = lexer.tokenize(text);
	let depth = 0;
	for (const { tokenType } of found) {
		if (tokenType === Open || tokenType === OpenList) depth++;
		else if (tokenType === Close || tokenType === CloseList) depth--;
		if (depth > deepest) return undefined;
	}
	parser.root = undefined;
	parser.input = found;
	parser.document();
	return parser.root;
}

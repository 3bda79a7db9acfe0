import { createToken, EmbeddedActionsParser, type IToken, Lexer } from "chevrotain";
import { glossary } from "../glossary/index.ts";
import type { InfoPairs } from "./value.ts";

/** One line of INFO. */
export type ParsedLine =
	| { readonly kind: "section"; readonly name: string }
	| {
			readonly kind: "field";
			readonly name: string;
			/** The value as written, without a remark behind it. */
			readonly text: string;
			/** Set for fields such as `slave0`. */
			readonly pairs: InfoPairs | undefined;
	  };

const Hash = createToken({ name: "Hash", pattern: /#{1,6}/, push_mode: "header" });
/** A field whose value is made of pairs: the families of the glossary. */
const families = glossary
	.filter((entry) => entry.unit === "pairs")
	.map(({ field }) => field.replace("N", "\\d{1,6}").replace("*", "[^\\s:]{1,200}"));
const PairsName = createToken({
	name: "PairsName",
	pattern: new RegExp(`(?:${families.join("|")})[ \\t]*:[ \\t]*`, "i"),
	push_mode: "pairs",
});
const Name = createToken({ name: "Name", pattern: /[^\s:#]{1,255}[ \t]*:[ \t]*/, push_mode: "value" });

const Blank = createToken({ name: "Blank", pattern: /[ \t]+/ });
const Skipped = createToken({ name: "Skipped", pattern: /[ \t]+/, group: Lexer.SKIPPED });
/** What people write behind a value: `## current offset`, `<-- here`. */
const Remark = createToken({ name: "Remark", pattern: /[ \t]+(?:#|<-|←|\/\/)[^\n]*/ });
const Word = createToken({ name: "Word", pattern: /\S+/ });

const Key = createToken({ name: "Key", pattern: /[^\s=,]+(?==)/ });
const Equals = createToken({ name: "Equals", pattern: /=/ });
const Comma = createToken({ name: "Comma", pattern: /,/ });
/** A value inside pairs; a list in brackets may hold commas. */
const Item = createToken({ name: "Item", pattern: /\[[^\]\n]*\]|[^,\s]+/ });

const modes = {
	start: [Hash, PairsName, Name, Skipped],
	header: [Remark, Blank, Word],
	value: [Remark, Blank, Word],
	pairs: [Remark, Skipped, Key, Equals, Comma, Item],
};

/** The token of a name ends with its colon, so that a colon in the value (`ip=::1`) is none. */
const nameIn = (image: string): string => image.slice(0, image.lastIndexOf(":")).trimEnd();

class LineParser extends EmbeddedActionsParser {
	readonly line = this.RULE("line", (): ParsedLine | undefined =>
		this.OR([
			{ ALT: () => this.SUBRULE(this.section) },
			{ ALT: () => this.SUBRULE(this.plainField) },
			{ ALT: () => this.SUBRULE(this.pairsField) },
		]),
	);

	/** section: Hash text */
	private readonly section = this.RULE("section", (): ParsedLine => {
		this.CONSUME(Hash);
		return { kind: "section", name: this.SUBRULE(this.text) };
	});

	/** plainField: Name text */
	private readonly plainField = this.RULE("plainField", (): ParsedLine => {
		const name = this.CONSUME(Name).image;
		return { kind: "field", name: nameIn(name), text: this.SUBRULE(this.text), pairs: undefined };
	});

	/** text: ( Word | Blank )* Remark? */
	private readonly text = this.RULE("text", (): string => {
		let text = "";
		this.MANY(() => {
			const token = this.OR([{ ALT: () => this.CONSUME(Word) }, { ALT: () => this.CONSUME(Blank) }]);
			text += token.image;
		});
		this.OPTION(() => this.CONSUME(Remark));
		return this.ACTION(() => text.trim());
	});

	/** pairsField: PairsName ( Key Equals Item? | Item | Comma )* Remark? */
	private readonly pairsField = this.RULE("pairsField", (): ParsedLine => {
		const name = this.CONSUME(PairsName).image;
		const found = new Map<string, string>();
		let text = "";
		this.MANY(() => {
			this.OR([
				{
					ALT: () => {
						const key = this.CONSUME(Key).image;
						this.CONSUME(Equals);
						let value = "";
						// A value may hold "=": then it looks like another key.
						this.MANY2(() => {
							const part = this.OR2([
								{ ALT: () => this.CONSUME(Item) },
								{ ALT: () => this.CONSUME2(Key) },
								{ ALT: () => this.CONSUME2(Equals) },
							]);
							value += part.image;
						});
						this.ACTION(() => {
							const before = found.get(key);
							found.set(key, before === undefined ? value : `${before} ${value}`);
							text += `${key}=${value}`;
						});
					},
				},
				{
					ALT: () => {
						text += this.CONSUME2(Item).image;
					},
				},
				{
					ALT: () => {
						text += this.CONSUME(Comma).image;
					},
				},
			]);
		});
		this.OPTION(() => this.CONSUME(Remark));
		return { kind: "field", name: nameIn(name), text, pairs: found.size > 0 ? found : undefined };
	});

	constructor() {
		super({ modes, defaultMode: "start" }, { maxLookahead: 1 });
		this.performSelfAnalysis();
	}
}

let built: { readonly lexer: Lexer; readonly parser: LineParser } | undefined;

/**
 * Reads one line of INFO that is already free of quoting and line ends: a header or a field with
 * its value. Undefined when it is neither.
 */
export function parseLine(text: string): ParsedLine | undefined {
	built ??= {
		lexer: new Lexer(
			{ modes, defaultMode: "start" },
			{ ensureOptimizations: false, safeMode: true, positionTracking: "onlyOffset" },
		),
		parser: new LineParser(),
	};
	const { tokens, errors } = built.lexer.tokenize(text);
	if (errors.length > 0) return undefined;
	built.parser.input = tokens as IToken[];
	const parsed = built.parser.line();
	return built.parser.errors.length > 0 ? undefined : parsed;
}

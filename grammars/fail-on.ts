import { createToken, EmbeddedActionsParser, type IToken, Lexer } from "chevrotain";

/** A word of an expression and where it stands, for messages that point at it. */
export interface GateWord {
	readonly text: string;
	readonly offset: number;
}

export type Comparison = ">" | ">=" | "<" | "<=" | "=";

/** One rule: `full`, `full:backlog-overrun|no-backlog>0`, `full!=first-sync`, `finding:critical`. */
export interface GateRule {
	/** The rule as it was written. */
	readonly text: string;
	readonly subject: GateWord;
	/** Codes after `:` or `!=`; none means any. */
	readonly codes: readonly GateWord[];
	/** True after `!=`: all codes but these. */
	readonly except: boolean;
	readonly comparison: Comparison;
	readonly number: number;
}

/** Thrown for an expression that is none; `offset` is where it went wrong. */
export class GateSyntaxError extends Error {
	readonly offset: number;
	readonly length: number;

	constructor(text: string, offset: number, length: number) {
		super(text);
		this.offset = offset;
		this.length = Math.max(1, length);
	}
}

const Blank = createToken({ name: "GateBlank", pattern: /\s+/y, group: Lexer.SKIPPED, line_breaks: true });
const Word = createToken({ name: "GateWord", pattern: /[A-Za-z][A-Za-z0-9-]*/y });
const Count = createToken({ name: "GateCount", pattern: /\d{1,9}/y });
const Except = createToken({ name: "GateExcept", pattern: "!=" });
const Compare = createToken({ name: "GateCompare", pattern: /[<>]=?|==?/y });
const Colon = createToken({ name: "GateColon", pattern: ":" });
const Bar = createToken({ name: "GateBar", pattern: "|" });
const Comma = createToken({ name: "GateComma", pattern: "," });
const tokens = [Blank, Word, Count, Except, Compare, Colon, Bar, Comma];

const wordOf = ({ image, startOffset }: IToken): GateWord => ({ text: image, offset: startOffset });

class GateParser extends EmbeddedActionsParser {
	/** gate: rule ( "," rule )* */
	readonly gate = this.RULE("gate", (): GateRule[] => {
		const rules: GateRule[] = [];
		this.AT_LEAST_ONE_SEP({
			SEP: Comma,
			DEF: () => {
				rules.push(this.SUBRULE(this.rule));
			},
		});
		return rules;
	});

	/** rule: Word ( ( ":" | "!=" ) Word ( "|" Word )* )? ( Compare Count )? */
	readonly rule = this.RULE("rule", (): GateRule => {
		const parts: IToken[] = [];
		const take = (token: IToken): IToken => {
			this.ACTION(() => parts.push(token));
			return token;
		};
		const subject = take(this.CONSUME(Word));
		const codes: IToken[] = [];
		let except = false;
		this.OPTION(() => {
			this.OR([
				{ ALT: () => take(this.CONSUME(Colon)) },
				{
					ALT: () => {
						take(this.CONSUME(Except));
						except = true;
					},
				},
			]);
			codes.push(take(this.CONSUME2(Word)));
			this.MANY(() => {
				take(this.CONSUME(Bar));
				codes.push(take(this.CONSUME3(Word)));
			});
		});
		let comparison: Comparison = ">";
		let number = 0;
		this.OPTION2(() => {
			const sign = take(this.CONSUME(Compare)).image;
			comparison = (sign === "==" ? "=" : sign) as Comparison;
			number = Number(take(this.CONSUME(Count)).image);
		});
		return this.ACTION(() => ({
			text: parts.map(({ image }) => image).join(""),
			subject: wordOf(subject),
			codes: codes.map(wordOf),
			except,
			comparison,
			number,
		}));
	});

	constructor() {
		super(tokens, { maxLookahead: 1, recoveryEnabled: false });
		this.performSelfAnalysis();
	}
}

let lexer: Lexer | undefined;
let parser: GateParser | undefined;

const expected: Readonly<Record<string, string>> = {
	[Word.name]: "a word",
	[Count.name]: "a number",
	[Comma.name]: "a comma",
};

/** Reads the expression of `--fail-on`: rules with commas between them. What its words mean is not its matter. */
export function parseGate(text: string): GateRule[] {
	lexer ??= new Lexer(tokens, { ensureOptimizations: false, positionTracking: "onlyOffset" });
	parser ??= new GateParser();
	const { tokens: read, errors } = lexer.tokenize(text);
	const unread = errors[0];
	if (unread !== undefined)
		throw new GateSyntaxError("this has no meaning here", unread.offset, unread.length);
	parser.input = read;
	const rules = parser.gate();
	const error = parser.errors[0];
	if (error !== undefined) {
		const { startOffset, image } = error.token;
		const atEnd = Number.isNaN(startOffset);
		const wanted = /--> (\w+) <--/.exec(error.message)?.[1] ?? "";
		const what = expected[wanted] ?? (error.name === "NotAllInputParsedException" ? "a comma" : "a rule");
		throw new GateSyntaxError(
			`${what} is expected here`,
			atEnd ? text.length : startOffset,
			atEnd ? 1 : image.length,
		);
	}
	return rules;
}

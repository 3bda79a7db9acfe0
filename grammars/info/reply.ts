import { createToken, EmbeddedActionsParser, type IToken, Lexer, type TokenType } from "chevrotain";
import { quoted, unquote } from "./literal.ts";
import { exactInteger, plainNumber } from "./value.ts";

/** One replica in the reply of a primary. Undefined is what the text does not show (cut off, masked). */
export interface RoleReplica {
	readonly ip: string;
	readonly port: number | undefined;
	/** Last acknowledged offset in bytes. */
	readonly offset: bigint | undefined;
}

/** What ROLE answers (2.8.12+), by the kind of server. */
export type Role =
	| {
			readonly role: "master";
			/** The primary's replication offset in bytes. */
			readonly offset: bigint | undefined;
			/** Replicas that are online; those in a full sync are not listed. */
			readonly replicas: readonly RoleReplica[];
	  }
	| {
			readonly role: "slave";
			/** The primary it copies. */
			readonly host: string | undefined;
			readonly port: number | undefined;
			/** `connect`, `connecting`, `handshake`, `sync`, `connected`, `none`, `unknown`. */
			readonly state: string | undefined;
			/** The offset in bytes up to which it has processed the stream; -1 without a link. */
			readonly offset: bigint | undefined;
	  }
	| {
			readonly role: "sentinel";
			/** The primaries it watches. */
			readonly names: readonly string[];
	  };

const Scalar = createToken({ name: "Scalar", pattern: Lexer.NA });
const scalar = (name: string, pattern: RegExp | ReturnType<typeof quoted>): TokenType =>
	createToken({ name, pattern, categories: Scalar, line_breaks: false });
const skipped = (name: string, pattern: RegExp): TokenType =>
	createToken({ name, pattern, group: Lexer.SKIPPED, line_breaks: true });

const ends = "(?![^\\s,\\])])";
/** However the reply is drawn, its values come in the same order: brackets and numbering say nothing more. */
const Blank = skipped("Blank", /[\s,[\]]+/);
const Index = skipped("Index", /\d{1,5}[)#](?=\s)/);
const Integer = skipped("Integer", /\(integer\)/);
const Remark = skipped("Remark", /(?:##|#|<-|←|\/\/)[^\n]*/);
const Empty = skipped("Empty", /\((?:empty (?:array|list or set|list|set)|nil)\)/);
const Bracket = skipped("Bracket", /[()]/);
const Master = scalar("Master", new RegExp(`(?:b?"master"|b?'master'|master)${ends}`));
const Slave = scalar("Slave", new RegExp(`(?:b?"slave"|b?'slave'|slave)${ends}`));
const Sentinel = scalar("Sentinel", new RegExp(`(?:b?"sentinel"|b?'sentinel'|sentinel)${ends}`));
const Quoted = scalar("Quoted", quoted());
const Word = scalar("Word", /[^\s,"'()[\]]+/);

const tokens = [Blank, Index, Integer, Empty, Bracket, Remark, Master, Slave, Sentinel, Quoted, Word, Scalar];

const textOf = ({ image, tokenType }: IToken): string =>
	tokenType === Quoted || /["']$/.test(image) ? unquote(image) : image;

class RoleParser extends EmbeddedActionsParser {
	/** Tokens by what they stand for; filled while reading, so that a cut-off reply is kept. */
	values: IToken[] = [];

	private readonly scalar = this.RULE("scalar", () => {
		const token = this.CONSUME(Scalar);
		this.ACTION(() => this.values.push(token));
	});

	/** reply: "master" offset ( ip port offset )* | "slave" host port state offset | "sentinel" name* */
	readonly reply = this.RULE("reply", () => {
		this.OR([
			{
				ALT: () => {
					this.CONSUME(Master);
					this.OPTION(() => this.SUBRULE(this.scalar));
					this.MANY(() => this.SUBRULE(this.replica));
				},
			},
			{
				ALT: () => {
					this.CONSUME(Slave);
					this.SUBRULE1(this.scalar);
					this.SUBRULE2(this.scalar);
					this.SUBRULE3(this.scalar);
					this.SUBRULE4(this.scalar);
				},
			},
			{
				ALT: () => {
					this.CONSUME(Sentinel);
					this.MANY1(() => this.SUBRULE5(this.scalar));
				},
			},
		]);
	});

	private readonly replica = this.RULE("replica", () => {
		this.SUBRULE6(this.scalar);
		this.SUBRULE7(this.scalar);
		this.SUBRULE8(this.scalar);
	});

	constructor() {
		super(tokens, { maxLookahead: 1 });
		this.performSelfAnalysis();
	}
}

let built: { readonly lexer: Lexer; readonly parser: RoleParser } | undefined;

/** A reply that was read, and the numbers of the lines (from 1) in it that said nothing. */
export interface ReadRole {
	readonly reply: Role;
	readonly unread: readonly number[];
}

/** Reads the text of one ROLE reply, however it is drawn. Undefined when it is none. */
export function readRole(text: string): ReadRole | undefined {
	built ??= {
		lexer: new Lexer(tokens, { ensureOptimizations: false, safeMode: true }),
		parser: new RoleParser(),
	};
	const { lexer, parser } = built;
	const { tokens: found, errors } = lexer.tokenize(text);
	parser.values = [];
	parser.input = found;
	parser.reply();
	const first = found[0]?.tokenType;
	const unread = new Set(errors.map((error) => error.line ?? 1));
	for (const token of found.slice(1 + parser.values.length)) unread.add(token.startLine ?? 1);
	const missed = (token: IToken | undefined): undefined => {
		if (token !== undefined) unread.add(token.startLine ?? 1);
	};
	const integer = (token: IToken | undefined): bigint | undefined =>
		exactInteger(token === undefined ? "" : textOf(token)) ?? missed(token);
	const number = (token: IToken | undefined): number | undefined =>
		plainNumber(token === undefined ? "" : textOf(token)) ?? missed(token);
	const text1 = (token: IToken | undefined): string | undefined =>
		token === undefined ? undefined : textOf(token);
	const values = parser.values;
	let reply: Role;
	if (first === Master) {
		const offset = integer(values[0]);
		const replicas: RoleReplica[] = [];
		for (let i = 1; i < values.length; i += 3) {
			replicas.push({
				ip: textOf(values[i] as IToken),
				port: number(values[i + 1]),
				offset: integer(values[i + 2]),
			});
		}
		reply = { role: "master", offset, replicas };
	} else if (first === Slave) {
		const [host, port, state, offset] = values;
		reply = {
			role: "slave",
			host: text1(host),
			port: number(port),
			state: text1(state),
			offset: integer(offset),
		};
	} else if (first === Sentinel) reply = { role: "sentinel", names: values.map(textOf) };
	else return undefined;
	return { reply, unread: [...unread].sort((a, b) => a - b) };
}

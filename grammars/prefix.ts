import { createToken, EmbeddedActionsParser, Lexer } from "chevrotain";
import { anyStamp, epochStamp, isoStamp, legacyStamp, millisStamp, type Stamp } from "./stamp.ts";

/** R of a line front: X Sentinel, C child (or starting), S replica, M primary. Only a hint around a role change. */
export type RoleLetter = "X" | "C" | "S" | "M";
/** The level a line was printed at: debug, verbose, notice, warning. */
export type Level = "." | "-" | "*" | "#";

/** What stands before the message of a log line (server.c, serverLogRaw and serverLogRawFromHandler). */
export interface Front {
	/** Process ID, or null where it is missing or masked. */
	readonly pid: number | null;
	readonly role: RoleLetter | null;
	readonly level: Level | null;
	readonly stamp: Stamp;
	/** True for a line of the signal handler, whose time is UTC in whole seconds. */
	readonly signal: boolean;
	/** The message, without blanks at its ends. */
	readonly message: string;
}

const any = Lexer.NA;
// `Process` covers `4242:M`, KeyDB's `352:356:S` with a thread, `[18278]` of 2.x and the Windows ports.
const Process = createToken({ name: "Process", pattern: /(?:[0-9A-Za-z]{1,20}:){1,2}[XCSM] +/y });
const BracketProcess = createToken({ name: "BracketProcess", pattern: /\[ ?[0-9A-Za-z]{1,20}\] +/y });
const SignalProcess = createToken({
	name: "SignalProcess",
	pattern: /(?:\[\d{1,10} \| signal handler\]|\d{1,10}:signal[- ]handler) +/y,
});
const StampToken = createToken({ name: "Stamp", pattern: any });
const LegacyStamp = createToken({
	name: "LegacyStamp",
	pattern: /\d\d? [A-Z][a-z]{2} (?:\d{4} )?\d\d:\d\d:\d\d(?:[.,]\d{1,6})? +/y,
	categories: StampToken,
});
const IsoStamp = createToken({
	name: "IsoStamp",
	pattern: /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)? +/y,
	categories: StampToken,
});
const MillisStamp = createToken({ name: "MillisStamp", pattern: /\d{13} +/y, categories: StampToken });
const Epoch = createToken({ name: "Epoch", pattern: /\(\d{1,12}\) */y, push_mode: "message" });
const LevelToken = createToken({ name: "Level", pattern: /[.\-*#] ?/y, push_mode: "message" });
const Rest = createToken({ name: "Rest", pattern: /.+/sy, line_breaks: true });
const Key = createToken({ name: "Key", pattern: /[a-z][a-z-]{0,30}=/y });
const QuotedValue = createToken({ name: "QuotedValue", pattern: /"[^"]*" */y });
const BareValue = createToken({ name: "BareValue", pattern: /[^\s"]+ */y });

const classicTokens = [SignalProcess, BracketProcess, Process, LegacyStamp, IsoStamp, MillisStamp, Epoch, LevelToken];
const options = {
	skipValidations: true,
	safeMode: true,
	recoveryEnabled: false,
	positionTracking: "onlyOffset",
} as const;
const classicLexer = new Lexer({ modes: { front: classicTokens, message: [Rest] }, defaultMode: "front" }, options);
const logfmtLexer = new Lexer([Key, QuotedValue, BareValue], options);

class FrontParser extends EmbeddedActionsParser {
	/** classic: SignalProcess Epoch Rest? | (Process | BracketProcess) Stamp Level Rest? */
	readonly classic = this.RULE("classic", (): Front | undefined =>
		this.OR([{ ALT: () => this.SUBRULE(this.signal) }, { ALT: () => this.SUBRULE(this.ordinary) }]),
	);

	readonly signal = this.RULE("signal", (): Front | undefined => {
		const process = this.CONSUME(SignalProcess).image;
		const epoch = this.CONSUME(Epoch).image;
		const message = this.OPTION(() => this.CONSUME(Rest).image) ?? "";
		return this.ACTION(() => ({
			pid: Number(/\d+/.exec(process)?.[0]),
			role: null,
			level: null,
			stamp: epochStamp(epoch.slice(1, epoch.indexOf(")"))),
			signal: true,
			message: message.trim(),
		}));
	});

	readonly ordinary = this.RULE("ordinary", (): Front | undefined => {
		const process = this.OR1([
			{ ALT: () => this.CONSUME(Process).image },
			{ ALT: () => this.CONSUME(BracketProcess).image },
		]);
		const stamp = this.OR2([
			{ ALT: () => legacyStamp(this.CONSUME(LegacyStamp).image.trimEnd()) },
			{ ALT: () => isoStamp(this.CONSUME(IsoStamp).image.trimEnd()) },
			{ ALT: () => millisStamp(this.CONSUME(MillisStamp).image.trimEnd()) },
		]);
		const level = this.CONSUME(LevelToken).image;
		const message = this.OPTION(() => this.CONSUME(Rest).image) ?? "";
		return this.ACTION((): Front | undefined => {
			if (stamp === undefined) return undefined;
			const bracket = process.startsWith("[");
			const pid = Number.parseInt(bracket ? process.slice(1) : process, 10);
			return {
				pid: Number.isSafeInteger(pid) ? pid : null,
				role: bracket ? null : (process.trimEnd().at(-1) as RoleLetter),
				level: level[0] as Level,
				stamp,
				signal: false,
				message: message.trim(),
			};
		});
	});

	/** logfmt: ( Key ( QuotedValue | BareValue ) )+ */
	readonly logfmt = this.RULE("logfmt", (): Map<string, string> => {
		const pairs = new Map<string, string>();
		this.AT_LEAST_ONE(() => {
			const key = this.CONSUME(Key).image;
			const value = this.OR([
				{ ALT: () => this.CONSUME(QuotedValue).image.trimEnd().slice(1, -1) },
				{ ALT: () => this.CONSUME(BareValue).image.trimEnd() },
			]);
			pairs.set(key.slice(0, -1), value);
		});
		return pairs;
	});

	constructor() {
		super([...classicTokens, StampToken, Rest, Key, QuotedValue, BareValue], {
			skipValidations: true,
			maxLookahead: 1,
		});
		this.performSelfAnalysis();
	}
}

let parser: FrontParser | undefined;

const roleWords: ReadonlyMap<unknown, RoleLetter> = new Map([
	["sentinel", "X"], ["RDB/AOF", "C"], ["replica", "S"], ["slave", "S"], ["primary", "M"], ["master", "M"],
]);
const levelWords: ReadonlyMap<unknown, Level> = new Map([
	["debug", "."], ["verbose", "-"], ["info", "-"], ["notice", "*"], ["warning", "#"],
]);

/** The front of a structured line (Valkey 8.1+ logfmt, 9.1+ JSON): server.c, serverLogRaw. */
function structured(get: (key: string) => unknown): Front | undefined {
	const message = get("message");
	const stamp = anyStamp(String(get("timestamp") ?? ""));
	if (typeof message !== "string" || stamp === undefined) return undefined;
	const pid = Number(get("pid"));
	return {
		pid: Number.isSafeInteger(pid) && pid > 0 ? pid : null,
		role: roleWords.get(get("role")) ?? null,
		level: levelWords.get(get("level")) ?? null,
		stamp,
		signal: false,
		message: message.trim(),
	};
}

function logfmtFront(line: string): Front | undefined {
	const { tokens, errors } = logfmtLexer.tokenize(line);
	if (errors.length > 0) return undefined;
	parser ??= new FrontParser();
	parser.input = tokens;
	const pairs = parser.logfmt();
	return parser.errors.length > 0 ? undefined : structured((key) => pairs.get(key));
}

function jsonFront(line: string): Front | undefined {
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch {
		return undefined;
	}
	if (typeof value !== "object" || value === null) return undefined;
	const record = new Map(Object.entries(value));
	return structured((key) => record.get(key));
}

/** The front that nearly every line has. What it says is what the grammar says, in a tenth of the time. */
const usual = /^(\d{1,10}):(?:\d{1,10}:)?([XCSM]) (\d\d [A-Z][a-z]{2} (?:\d{4} )?\d\d:\d\d:\d\d\.\d{3}) ([.\-*#]) /;

function usualFront(line: string): Front | undefined {
	const found = usual.exec(line);
	const stamp = found === null ? undefined : legacyStamp(found[3] as string);
	if (found === null || stamp === undefined) return undefined;
	return {
		pid: Number(found[1]),
		role: found[2] as RoleLetter,
		level: found[4] as Level,
		stamp,
		signal: false,
		message: line.slice(found[0].length).trim(),
	};
}

/** The same for any layout, by the grammar. */
export function classicFront(line: string): Front | undefined {
	const { tokens } = classicLexer.tokenize(line);
	if (tokens.length < 2) return undefined;
	parser ??= new FrontParser();
	parser.input = tokens;
	const front = parser.classic();
	return parser.errors.length > 0 ? undefined : front;
}

/**
 * Reads the front of one log line, in any layout of any version. Undefined when the line does not
 * open like a server's log line.
 */
export function parseFront(line: string): Front | undefined {
	switch (line[0]) {
		case "{":
			return line.startsWith('{"pid":') ? jsonFront(line) : undefined;
		case "p":
			if (line.startsWith("pid=")) return logfmtFront(line);
			return classicFront(line);
		default:
			return usualFront(line) ?? classicFront(line);
	}
}

/*
 * Passwords get into logs: in a configuration error, a command that a client sent, a shell line
 * that was pasted with the log. They are taken out where text enters, so that no event, report or
 * format can hold one. What is left says that something stood there, and what is proof stays: no
 * message of a server that rlog reads has a secret's place in its own words.
 */

const MASK = "***";
/** Longer than any password; a bound, so that no pattern looks far. */
const LONGEST = 1024;

/** What a line must hold before any of the patterns below is tried on it. */
const hint = /auth|pass|secret|token|:\/\/|[#!][0-9a-f]{64}|-cli\b|-benchmark\b|setuser|\buser\s/i;

/** Words of a sentence, which are no secret: `Unable to AUTH to MASTER`, `requirepass is not set`. */
const prose =
	/^(?:to|is|was|are|not|no|none|on|off|or|and|in|for|from|with|but|by|set|unset|the|a|has|option|directive|setting|parameter|failed|fail|error|errors|command|called|required|granted|denied|token|reply|response|timeout|ok|succeeded)\b(?!["'])/i;

/** A setting or an option of servers, and what stands between it and its value. */
const setting =
	/(?:requirepass|masterauth|primaryauth|auth[-_]pass|sentinel-pass|key-file-pass|REDISCLI_AUTH|--pass(?:word)?)(?:\\{0,3}["'])?(?:\s{1,8}|\s{0,8}[=:,]\s{0,8})/gi;
/** A name that anybody gives to a secret: words of a sentence as well, unless a sign follows. */
const named = /(?:password|passwd|secret|token|\bpass)(?:\\{0,3}["'])?\s{0,8}[=:]\s{0,8}/gi;

/** The command; in small letters only where it is plainly one: quoted, or behind a prompt. */
const command = /(?:(?<![\w-])AUTH|(?<=["'>]\s{0,3}|^\s{0,8}|-cli\s.{0,200}\s)auth)(?:\\{0,3}["'])?\s{1,8}/g;

const url = /\b([a-z][a-z0-9+.-]{0,30}:\/\/[^\s/@:"'<>]{0,256}):((?:(?!:\/\/)[^\s"'<>]){1,1024})@/gi;
const hash = /([#!])([0-9a-f]{64})(?![0-9a-f])/gi;
const cli = /-(?:cli|benchmark)\b/;
const cliOption = /(?<=\s)-a(?:\s{1,8}|=)/g;
/** A user of an access list: `user alice on >password ~* +@all`, `ACL SETUSER alice >password`. */
const aclUser = /\b(?:SETUSER|user)["']?\s{1,8}["']?\S{1,256}\s/i;
const aclSecret = /(?<=[\s"'])[><](?=[^\s"'>=-])/g;

/** What any character may be written as inside of JSON, or of JSON in JSON; not the quote mark and the backslash. */
const escape = /(?<!\\)(?:\\{1,2}|\\{4})u00(?!22|5c)([2-6][0-9a-f]|7[0-9a-e])/gi;
const unescape = (_: string, hex: string): string => String.fromCharCode(Number.parseInt(hex, 16));

/** Answers what stands in the place of a secret. */
export type Substitute = (secret: string) => string;

/** The text without secrets: `***` stands in the place of each. */
export function maskSecrets(text: string): string {
	return replaceSecrets(text, () => MASK);
}

/** The text of one line with another text in the place of each secret. */
export function replaceSecrets(text: string, substitute: Substitute): string {
	if (text.includes("u00")) {
		// JSON says the same without these escapes. Where they hide nothing they stay.
		const plain = text.replace(escape, unescape);
		const out = plain === text ? text : replaceIn(plain, substitute);
		if (out !== plain) return out;
	}
	return replaceIn(text, substitute);
}

function replaceIn(text: string, substitute: Substitute): string {
	if (!hint.test(text)) return text;
	const by = (secret: string): string => (secret === MASK ? secret : substitute(secret));
	let out = text;
	if (out.includes("://")) out = out.replace(url, (_, before: string, secret: string) => `${before}:${by(secret)}@`);
	if (/[#!][0-9a-f]{64}/i.test(out)) {
		out = out.replace(hash, (_, sign: string, digits: string) => `${sign}${by(digits)}`);
	}
	out = behind(out, setting, 1, by);
	out = behind(out, named, 1, by);
	if (/auth/i.test(out)) out = behind(out, command, 2, by);
	if (cli.test(out)) out = behind(out, cliOption, 1, by);
	if (aclUser.test(out)) out = behind(out, aclSecret, 1, by);
	return out;
}

/** Replaces what stands behind each match: a word or a quoted text, as often as told (AUTH takes a user as well). */
function behind(text: string, pattern: RegExp, words: number, by: Substitute): string {
	let out = "";
	let done = 0;
	for (const { 0: match, index } of text.matchAll(pattern)) {
		let at = index + match.length;
		if (at <= done) continue;
		// `auth-pass mymaster secret` names the primary first.
		const most = /^auth[-_]pass/i.test(match) ? 2 : words;
		for (let n = 0; n < most; n++) {
			const value = valueAt(text, at);
			if (value === undefined || value.end <= value.start) break;
			if (value.quote === "" && prose.test(text.slice(value.start, value.start + 16))) break;
			out += text.slice(done, value.start) + by(text.slice(value.start, value.end));
			done = value.end;
			const end = value.end + value.quote.length;
			at = skipBlanks(text, end);
			if (at === end) break;
		}
	}
	return done === 0 ? text : out + text.slice(done);
}

interface Value {
	readonly start: number;
	readonly end: number;
	/** What encloses it: `"`, `\"` in a string of JSON, nothing. */
	readonly quote: string;
}

function valueAt(text: string, from: number): Value | undefined {
	if (text.startsWith(MASK, from)) return undefined;
	const quote = /^\\{0,3}["']/.exec(text.slice(from, from + 4))?.[0] ?? "";
	const start = from + quote.length;
	if (quote === "") {
		let end = start;
		const last = Math.min(text.length, start + LONGEST);
		while (end < last && !/[\s"']/.test(text[end] as string) && !/^\\+["'nr]/.test(text.slice(end, end + 4))) end++;
		return { start, end, quote };
	}
	let end = text.indexOf(quote, start);
	// `\\\"` is a quote mark of the secret itself.
	while (end > start && text[end - 1] === "\\") end = text.indexOf(quote, end + 1);
	if (end === -1 || end > start + LONGEST) end = Math.min(text.length, start + LONGEST);
	return { start, end, quote };
}

function skipBlanks(text: string, from: number): number {
	let at = from;
	while (at < from + 8 && (text[at] === " " || text[at] === "\t" || text[at] === ",")) at++;
	return at;
}

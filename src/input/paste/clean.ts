import { remark } from "./remark.ts";
import type { Trace } from "./traces.ts";

/*
 * What editors, trackers, terminals and viewers do to a line that is copied through them, taken
 * back. Nothing here adds words: a cleaned line says what the line said.
 */

const ansi =
	/\u001b\[[0-9;?]*[A-Za-z]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[=>()][A-Z0-9]?|\[\d{1,2}(?:;\d{1,3}){0,4}m/g;
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]/g;
const blanks = /[\u0009\u00a0\u2000-\u200a\u202f\u3000]/g;
const tags = /<\/?(?:a|b|br|code|dd|div|em|font|i|li|p|pre|span|strong|td|tr|tt|u)(?:\s[^<>]{0,200})?\/?>/gi;
const entities: Readonly<Record<string, string>> = {
	lt: "<",
	gt: ">",
	amp: "&",
	quot: '"',
	apos: "'",
	nbsp: " ",
	hellip: "...",
	ndash: "-",
	mdash: "-",
};

/** Takes out what a terminal or an editor put into a line, and line ends to some that stood in the server's own. */
export function withoutControls(text: string, traces: Set<Trace>): string {
	let out = text;
	if (out.includes("\u001b")) {
		out = out.replace(ansi, "");
		traces.add("ansi");
	}
	if (out.includes("\0")) out = out.replaceAll("\0", "");
	if (out.includes("\u2028")) out = out.replaceAll("\u2028", "\\u2028");
	if (out.includes("\u2029")) out = out.replaceAll("\u2029", "\\u2029");
	return out;
}

/** Turns HTML entities, typographic characters and Markdown escapes back into what servers print. */
export function plainText(text: string): string {
	let out = text;
	if (out.includes("&")) out = decodeEntities(out);
	// Tags may have been entities: what remains of them is markup all the same.
	if (out.includes("<")) out = out.replace(tags, "");
	if (/[^\u0020-\u007e]/.test(out)) {
		out = out
			.replace(ansi, "")
			.replace(invisible, "")
			.replace(blanks, " ")
			.replace(/[\u2010-\u2015\u2212]/g, "-")
			.replace(/[\u2018\u2019\u201a\u2032]/g, "'")
			.replace(/[\u201c\u201d\u201e\u2033]/g, '"')
			.replace(/\u2026/g, "...")
			.replace(/[\uff0e\uff1a]/g, (c) => (c === "\uff1a" ? ":" : "."));
	}
	if (out.includes("\\")) out = out.replace(/\\([\\`*_{}[\]()#+.!<>|~&-])/g, "$1");
	if (!out.includes("MASTER") && !out.includes("PRIMARY")) return out;
	// Tag stripping takes `<->` for a tag.
	return out.replace(/\b(MASTER|PRIMARY) {1,2}(SLAVE|REPLICA) sync/, "$1 <-> $2 sync");
}

function decodeEntities(text: string): string {
	return text.replace(
		/&(?:#(\d{1,6})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,6}));/g,
		(whole, decimal, hex, name) => {
			const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
			if (name !== undefined) return entities[name as string] ?? whole;
			return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
		},
	);
}

const quote = /^(?:\s{0,3}>\s?)+/;
const bullet = /^\s*(?:[-+\u2022]|\*(?=\s+(?:\d|\[|`))|\d{1,3}[.)])\s+(?=\S)/;
const bold = /^\*\*+(?=\S)/;

const isBlank = (c: string): boolean => c <= " " || c === "\u00a0";
const isBorder = (c: string): boolean => isBlank(c) || c === "|" || (c >= "\u2500" && c <= "\u257f");
const isMark = (c: string): boolean => isBlank(c) || c === "`" || c === "~" || c === "_";

/** Takes characters off both ends. By hand: a pattern would look at a run of them once for each. */
function strip(text: string, which: (c: string) => boolean): string {
	let start = 0;
	let end = text.length;
	while (start < end && which(text[start] as string)) start++;
	while (end > start && which(text[end - 1] as string)) end--;
	return text.slice(start, end);
}

/** Takes `**` and more stars off the end; a single one may be a level or a list. */
function stripStars(text: string): string {
	let end = text.length;
	while (text[end - 1] === "*") end--;
	return text.length - end > 1 ? text.slice(0, end) : text;
}

/** Without the quote marks around all of it; one at the end alone belongs to the message. */
function unquoted(text: string): string {
	const mark = text[0];
	if (mark !== '"' && mark !== "'") return text;
	const end = text.endsWith(",") ? text.length - 1 : text.length;
	return text.slice(1, end > 1 && text[end - 1] === mark ? end - 1 : end);
}

/** A whole line without what surrounds it: quote marks, table borders, list bullets, back-ticks, bold. */
export function cleanLine(text: string): string {
	let out = strip(plainText(text), isBorder).replace(quote, "");
	for (let before = ""; before !== out; ) {
		before = out;
		out = unquoted(stripStars(strip(out, isMark)).replace(bold, ""));
	}
	return strip(out.replace(bullet, ""), isMark);
}

/** Whether a message shows signs of having been copied through something that changes text. */
export const isMarked = (text: string): boolean =>
	/[^\u0020-\u007e]/.test(text) ||
	text.includes("<--") ||
	text.includes(" // ") ||
	text.includes(" # ") ||
	text.includes("</") ||
	text.endsWith("|") ||
	(text.includes("&") && /&(?:lt|gt|amp|quot|nbsp|#\d{1,4});/.test(text));

/** A message without what was added at its end: emphasis, quote marks, and remarks unless they are to be kept. */
export function cleanMessage(text: string, withRemarks = false): string {
	const plain = withRemarks ? plainText(text) : plainText(text).replace(remark, "");
	return stripStars(strip(endUnquoted(strip(plain, isBorder)), (c) => isBlank(c) || c === "`")).replace(
		/^\*\*/,
		"",
	);
}

/** Without the end of a quoted string: `\n",`. A single quote mark may be the message's own. */
function endUnquoted(text: string): string {
	let end = text.length;
	while (end > 0 && (text[end - 1] === '"' || text[end - 1] === ",")) end--;
	if (text.endsWith("\\n", end)) return text.slice(0, end - 2);
	return text.length - end > 1 ? text.slice(0, end) : text;
}

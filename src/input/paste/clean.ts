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

/** Takes out terminal colours. */
export const stripAnsi = (text: string): string => text.replace(ansi, "");

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

const border = /^[\s\u2500-\u257f|]+|[\s\u2500-\u257f|]+$/g;
const quote = /^(?:\s{0,3}>\s?)+/;
const bullet = /^\s*(?:[-+\u2022]|\*(?=\s+(?:\d|\[|`))|\d{1,3}[.)])\s+(?=\S)/;
const marks = /^[\s`"'~_]+|[\s`"'~_]+$|^\*\*+(?=\S)|\*\*+$/g;

/** A whole line without what surrounds it: quote marks, table borders, list bullets, back-ticks, bold. */
export function cleanLine(text: string): string {
	let out = plainText(text).replace(border, "").replace(quote, "");
	for (let before = ""; before !== out; ) {
		before = out;
		out = out.replace(marks, "");
	}
	const unlisted = out.replace(bullet, "");
	return unlisted.replace(/^`+|`+$/g, "").trim();
}

/** Whether a message shows signs of having been copied through something that changes text. */
export const isMarked = (text: string): boolean =>
	/[^\u0020-\u007e]/.test(text) ||
	text.includes("<--") ||
	text.includes("</") ||
	(text.includes("&") && /&(?:lt|gt|amp|quot|nbsp|#\d{1,4});/.test(text));

/** A message without what was added at its end: arrows with remarks, emphasis, quote marks. */
export function cleanMessage(text: string): string {
	return plainText(text)
		.replace(/\s*(?:<-{2,}|<={2,}|\u2190|\s#{2,}\s).*$/, "")
		.replace(/(?:\\n)?["',]*$/, (end) => (end.includes("n") || end.length > 1 ? "" : end))
		.replace(border, "")
		.replace(/^\*\*|\*\*$|`+$/g, "")
		.trim();
}

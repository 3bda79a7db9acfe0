/*
 * Logs hold whatever clients sent. What could steer a terminal or deceive a reader (control
 * characters, escape sequences, text direction, characters of no width) is shown as visible text.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function visible(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	const named = short[character];
	if (named !== undefined) return named;
	if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
	return code <= 0xffff ? `\\u${code.toString(16).padStart(4, "0")}` : `\\u{${code.toString(16)}}`;
}

// What CI systems take for a command wherever it stands in their log: `::add-mask::`, `##[group]`,
// `##vso[task…]`, `##teamcity[…]`.
const ciCommand = /:(?=:[A-Za-z-]+(?: [^:]*)?::)|#(?=#\w*\[)/g;

/** Nearly every text holds nothing of it all, which one look tells. The arrow is in every line that tells of a link. */
const suspect = /[^\x20-\x7e←]|::|##/;

/**
 * The text with everything that is not plainly visible written out (ESC becomes `\x1b`), and without
 * what a CI system would obey.
 */
export function safe(text: string): string {
	return suspect.test(text) ? text.replace(unsafe, visible).replace(ciCommand, visible) : text;
}

/** Plain data in which every string is safe, so that no renderer can forget one. What was safe is not copied. */
export function safeData<T>(value: T): T {
	if (typeof value === "string") return safe(value) as T;
	if (typeof value !== "object" || value === null) return value;
	if (Array.isArray(value)) return safeItems(value) as T;
	const entries = Object.entries(value);
	const shown = entries.map(([key, inner]): [string, unknown] => [safe(key), safeData(inner)]);
	const same = shown.every(([key, inner], i) => key === entries[i]?.[0] && inner === entries[i]?.[1]);
	return same ? value : (Object.fromEntries(shown) as T);
}

function safeItems(items: readonly unknown[]): readonly unknown[] {
	let copy: unknown[] | undefined;
	for (const [i, item] of items.entries()) {
		const shown = safeData(item);
		if (shown !== item) copy ??= items.slice(0, i);
		copy?.push(shown);
	}
	return copy ?? items;
}

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

/**
 * The text with everything that is not plainly visible written out (ESC becomes `\x1b`), and without
 * what a CI system would obey.
 */
export function safe(text: string): string {
	return text.replace(unsafe, visible).replace(ciCommand, visible);
}

/** A copy of plain data in which every string is safe, so that no renderer can forget one. */
export function safeData<T>(value: T): T {
	if (typeof value === "string") return safe(value) as T;
	if (Array.isArray(value)) return value.map(safeData) as T;
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [safe(key), safeData(inner)])) as T;
}

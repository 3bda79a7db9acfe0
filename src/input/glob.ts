/** Whether a name that the shell left as it is holds a pattern. */
export const isPattern = (name: string): boolean => /[*?[{]/.test(name);

/**
 * Alternatives of a pattern with braces: `{a,b}.log` is `a.log` and `b.log`. Braces do not nest
 * deeper than a few levels in anything people type.
 */
export function braces(pattern: string): string[] {
	const found = /\{([^{}]*)\}/.exec(pattern);
	if (found === null) return [pattern];
	const before = pattern.slice(0, found.index);
	const after = pattern.slice(found.index + found[0].length);
	return (found[1] as string).split(",").flatMap((part) => braces(before + part + after));
}

/** The regular expression of one path segment: `*`, `?` and `[…]` as shells read them. */
export function segmentPattern(segment: string): RegExp {
	let source = "";
	for (let i = 0; i < segment.length; i++) {
		const c = segment[i] as string;
		const close = c === "[" ? segment.indexOf("]", i + 2) : -1;
		if (c === "*") source += "[^/]*";
		else if (c === "?") source += "[^/]";
		else if (close !== -1) {
			const set = segment
				.slice(i + 1, close)
				.replace(/^!/, "^")
				.replace(/[\\\]]/g, "\\$&");
			source += `[${set}]`;
			i = close;
		} else source += c.replace(/[\\^$.+()|{}[\]]/g, "\\$&");
	}
	// As in shells, a leading dot must be written out.
	return new RegExp(
		`^${segment.startsWith(".") ? "" : "(?!\\.)"}${source.replace(/(?:\[\^\/\]\*)+/g, "[^/]*")}$`,
	);
}

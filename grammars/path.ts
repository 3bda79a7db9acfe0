/*
 * A log says the same with other values again and again. The tokens of one message are a path through
 * the modes of its lexer; whether the next message goes the same way can be told without making any.
 */

/** A token that the lexer may make: fixed words, or a value's pattern. */
export interface Step {
	readonly words: string | RegExp;
	/** What the lexer tries in the same place before it. */
	readonly before: readonly Step[];
}

/** The values of a text that the lexer would cut into these tokens; undefined where it would not. */
export function follow(path: readonly Step[], text: string): string[] | undefined {
	const values: string[] = [];
	let at = 0;
	for (const step of path) {
		// At the end of the text the lexer stops, whatever might still be empty.
		if (at >= text.length) return undefined;
		for (const other of step.before) if (endOf(other, text, at) !== -1) return undefined;
		const end = endOf(step, text, at);
		if (end === -1) return undefined;
		if (typeof step.words !== "string") values.push(text.slice(at, end));
		at = end;
	}
	return at === text.length ? values : undefined;
}

/** Where the token ends if it stands here, else -1. */
function endOf({ words }: Step, text: string, at: number): number {
	if (typeof words === "string") return text.startsWith(words, at) ? at + words.length : -1;
	words.lastIndex = at;
	return words.test(text) ? words.lastIndex : -1;
}

/** What copying and pasting did to an input, in the order in which it is told. */
const names = [
	"tail-headers",
	"prompt",
	"table",
	"markdown",
	"html",
	"typography",
	"ansi",
	"remark",
	"masked",
	"hard-wrap",
	"glued",
	"cut-front",
	"repeated",
] as const;

export type Trace = (typeof names)[number];
export const traceNames: readonly Trace[] = names;

const signs: readonly (readonly [Trace, RegExp])[] = [
	["table", /^\s*[|\u2500-\u257f]|\s[|\u2500-\u257f]\s*$/],
	[
		"html",
		/&(?:lt|gt|amp|quot|apos|nbsp|hellip|[nm]dash|#x?[0-9a-f]{1,6});|<\/?[a-z]{1,10}(?:\s[^<>]{0,200})?\/?>|(?:MASTER|PRIMARY) {1,2}(?:SLAVE|REPLICA) sync/i,
	],
	["typography", /[\u00a0\u00ad\u2000-\u2027\u202f\u2032-\u2034\u2060\u2212\u3000\ufeff\uff0e\uff1a]/],
	["remark", /<-{2,}|<={2,}|\u2190|\s(?:#{2,}|\/\/)\s/],
	["markdown", /\\[\\`*_{}[\]()#+.!<>|~&-]|`|\*\*|^\s*>|^\s*(?:[-+*\u2022]|\d{1,3}[.)])\s|^\s*["']/],
];

/** The signs of what was taken off a line before it could be read. */
export const tracesIn = (line: string): Trace[] =>
	signs.flatMap(([name, sign]) => (sign.test(line) ? name : []));

/** Several wrappers, and what else was done to an input, as `Input.wrapper` says it; null for nothing. */
export function describeTraces(wrapper: string | null, traces: ReadonlySet<Trace>): string | null {
	const told = [...(wrapper === null ? [] : [wrapper]), ...traceNames.filter((name) => traces.has(name))];
	return told.length === 0 ? null : told.join(", ");
}

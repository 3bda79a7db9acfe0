/*
 * Markup as data. There is no way to put text into the page but as a text node or as the value of an
 * attribute of a known name, and both are escaped here and nowhere else.
 */

export type Tree = string | Element | readonly Tree[] | undefined;

export interface Element {
	readonly tag: Tag;
	readonly attributes: Attributes;
	readonly children: readonly Tree[];
}

type Tag =
	| "a"
	| "article"
	| "aside"
	| "button"
	| "code"
	| "dd"
	| "details"
	| "div"
	| "dl"
	| "dt"
	| "figure"
	| "footer"
	| "h1"
	| "h2"
	| "h3"
	| "header"
	| "kbd"
	| "li"
	| "main"
	| "nav"
	| "noscript"
	| "ol"
	| "p"
	| "section"
	| "small"
	| "span"
	| "strong"
	| "summary"
	| "svg"
	| "table"
	| "tbody"
	| "td"
	| "th"
	| "thead"
	| "time"
	| "title"
	| "tr"
	| "ul"
	| "circle"
	| "defs"
	| "g"
	| "line"
	| "path"
	| "pattern"
	| "rect"
	| "text";

/** Attributes that the page uses. None of them can hold script; `href` is only ever a place in the page. */
type Name =
	| "class"
	| "id"
	| "role"
	| "title"
	| "type"
	| "for"
	| "href"
	| "scope"
	| "hidden"
	| "open"
	| "tabindex"
	| "datetime"
	| "viewBox"
	| "preserveAspectRatio"
	| "width"
	| "height"
	| "x"
	| "y"
	| "x1"
	| "x2"
	| "y1"
	| "y2"
	| "cx"
	| "cy"
	| "r"
	| "rx"
	| "d"
	| "patternUnits"
	| "patternTransform"
	| "text-anchor"
	| "focusable"
	| `aria-${string}`
	| `data-${string}`;

export type Attributes = { readonly [N in Name]?: string | number | boolean | undefined };

/** An element. `true` gives an attribute without value, `false` and `undefined` none at all. */
export function h(tag: Tag, attributes: Attributes = {}, ...children: Tree[]): Element {
	const { href } = attributes;
	if (href !== undefined && !String(href).startsWith("#"))
		throw new Error(`a link out of the page: ${String(href)}`);
	return { tag, attributes, children };
}

const entities: Readonly<Record<string, string>> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
};

/** Text as it stands in HTML, between tags or in a quoted attribute. */
export const escapeHtml = (text: string): string =>
	text.replace(/[&<>"']/g, (character) => entities[character] as string);

const empty: ReadonlySet<Tag> = new Set<Tag>(["circle", "line", "path", "rect"]);

/** The markup of a tree. */
export function toHtml(tree: Tree): string {
	if (tree === undefined) return "";
	if (typeof tree === "string") return escapeHtml(tree);
	if (isList(tree)) return tree.map(toHtml).join("");
	const { tag, attributes, children } = tree;
	let out = `<${tag}`;
	for (const [name, value] of Object.entries(attributes)) {
		if (value === undefined || value === false) continue;
		out += value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`;
	}
	return empty.has(tag) ? `${out}/>` : `${out}>${children.map(toHtml).join("")}</${tag}>`;
}

const isList = (tree: Tree): tree is readonly Tree[] => Array.isArray(tree);

/** Plain data for a `<script type="application/json">`: nothing in it can end the element or open another. */
export const scriptJson = (value: unknown): string =>
	JSON.stringify(value).replace(/[<>&\u2028\u2029\p{Cf}\u007f-\u009f]/gu, (character) => {
		let out = "";
		for (let i = 0; i < character.length; i++)
			out += `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`;
		return out;
	});

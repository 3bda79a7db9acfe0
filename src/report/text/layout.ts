// Styled text and how it is laid out in lines that fit.

export type Style = "plain" | "bold" | "dim" | "good" | "bad" | "warn" | "accent";

/** A run of text in one style. */
export type Span = string | { readonly text: string; readonly style: Style };

const codes: Readonly<Record<Style, readonly [on: string, off: string]>> = {
	plain: ["", ""],
	bold: ["\u001b[1m", "\u001b[22m"],
	dim: ["\u001b[2m", "\u001b[22m"],
	good: ["\u001b[32m", "\u001b[39m"],
	bad: ["\u001b[31m", "\u001b[39m"],
	warn: ["\u001b[33m", "\u001b[39m"],
	accent: ["\u001b[36m", "\u001b[39m"],
};

/** How wide text may be, and whether it may be coloured. */
export interface Page {
	readonly width: number;
	readonly color: boolean;
}

/** Wraps text in the codes of a style, where colour is allowed. */
export function paint(page: Page, style: Style, text: string): string {
	if (!page.color || text === "" || style === "plain") return text;
	const [on, off] = codes[style];
	return `${on}${text}${off}`;
}

const wide =
	/[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const noWidth = /[\p{Mn}\p{Me}]/u;

function charWidth(character: string): number {
	if (character <= "~") return 1;
	if (noWidth.test(character)) return 0;
	return wide.test(character) ? 2 : 1;
}

/** Columns that a text without control characters takes. */
export function textWidth(text: string): number {
	if (/^[ -~]*$/.test(text)) return text.length;
	let width = 0;
	for (const character of text) width += charWidth(character);
	return width;
}

/** A blank at which no line is broken; it comes out as a plain one. */
const noBreak = "\u00a0";

/** The text as one piece that stays on one line if it can. */
export const unbroken = (text: string): string => text.replaceAll(" ", noBreak);

interface Piece {
	readonly text: string;
	readonly style: Style;
}

interface Indent {
	/** What the first line begins with; already taken to be that wide. */
	readonly first?: readonly Span[];
	/** Blanks before every further line. */
	readonly hanging?: number;
}

const toPiece = (span: Span): Piece => (typeof span === "string" ? { text: span, style: "plain" } : span);
/** A number and its unit stay together. */
const measure = /(?<=\d) (?=(?:[KMGT]iB|bytes?|ms|s|min|h|d)\b|×)|(?<=\d ×) (?=\S)/g;
const widthOf = (pieces: readonly Piece[]): number =>
	pieces.reduce((sum, { text }) => sum + textWidth(text), 0);

function render(page: Page, pieces: readonly Piece[]): string {
	let out = "";
	for (let i = 0; i < pieces.length; ) {
		const { style } = pieces[i] as Piece;
		let text = "";
		for (; i < pieces.length && pieces[i]?.style === style; i++) text += pieces[i]?.text;
		out += paint(page, style, text);
	}
	return out.replaceAll(noBreak, " ");
}

/** The lines of one paragraph as they fill. */
class Lines {
	readonly #width: number;
	readonly #hanging: number;
	readonly #done: Piece[][] = [];
	#line: Piece[];
	#used: number;
	#empty = true;

	constructor(width: number, first: readonly Span[], hanging: number) {
		this.#width = width;
		this.#hanging = hanging;
		this.#line = first.map(toPiece);
		this.#used = widthOf(this.#line);
	}

	#break(): void {
		this.#done.push(this.#line);
		this.#line = [{ text: " ".repeat(this.#hanging), style: "plain" }];
		this.#used = this.#hanging;
		this.#empty = true;
	}

	#add(piece: Piece, width: number): void {
		this.#line.push(piece);
		this.#used += width;
		this.#empty = false;
	}

	/** Adds a word and the blanks before it, on a new line where it does not fit. */
	word(gap: readonly Piece[], word: readonly Piece[]): void {
		const width = widthOf(word);
		if (width > this.#width - this.#hanging) {
			const parts = word.flatMap(({ text, style }) => text.split(/(?<=[-/,=])/).map((part) => ({ text: part, style })));
			if (parts.length > word.length) {
				for (const [i, part] of parts.entries()) this.word(i === 0 ? gap : [], [part]);
				return;
			}
		}
		if (!this.#empty && this.#used + widthOf(gap) + width > this.#width) this.#break();
		else for (const piece of gap) this.#add(piece, textWidth(piece.text));
		if (this.#used + width <= this.#width) {
			for (const piece of word) this.#add(piece, textWidth(piece.text));
			return;
		}
		for (const { text, style } of word) {
			for (const character of text) {
				const wide = charWidth(character);
				if (this.#used + wide > this.#width && !this.#empty) this.#break();
				this.#add({ text: character, style }, wide);
			}
		}
	}

	finish(): Piece[][] {
		return [...this.#done, this.#line];
	}
}

/** Lays out a paragraph: breaks between words, and within a word only where it alone is too long. */
export function paragraph(
	page: Page,
	spans: readonly Span[],
	{ first = [], hanging = 0 }: Indent = {},
): string {
	const lines = new Lines(page.width, first, hanging);
	let gap: Piece[] = [];
	let word: Piece[] = [];
	const flush = (): void => {
		if (word.length === 0) return;
		lines.word(gap, word);
		gap = [];
		word = [];
	};
	for (const span of spans) {
		const { text, style } = toPiece(span);
		for (const part of text.replace(measure, noBreak).split(/( +)/)) {
			if (part === "") continue;
			if (part[0] === " ") {
				flush();
				gap.push({ text: part, style });
			} else word.push({ text: part, style });
		}
	}
	flush();
	return lines
		.finish()
		.map((pieces) => render(page, pieces))
		.join("\n");
}

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
	let width = 0;
	for (const character of text) width += charWidth(character);
	return width;
}

/** A blank at which no line is broken; it comes out as a plain one. */
const noBreak = "\u00a0";

/** The text as one piece that stays on one line if it can. */
export const unbroken = (text: string): string => text.replaceAll(" ", noBreak);

interface Cell {
	readonly character: string;
	readonly style: Style;
}

interface Indent {
	/** What the first line begins with; already taken to be that wide. */
	readonly first?: readonly Span[];
	/** Blanks before every further line. */
	readonly hanging?: number;
}

const toCells = (spans: readonly Span[]): Cell[] =>
	spans.flatMap((span) => {
		const { text, style } = typeof span === "string" ? { text: span, style: "plain" as const } : span;
		return Array.from(text, (character) => ({ character, style }));
	});

function render(page: Page, cells: readonly Cell[]): string {
	let out = "";
	for (let i = 0; i < cells.length; ) {
		const { style } = cells[i] as Cell;
		let text = "";
		for (; i < cells.length && cells[i]?.style === style; i++) text += cells[i]?.character;
		out += paint(page, style, text);
	}
	return out;
}

const cellsWidth = (cells: readonly Cell[]): number =>
	cells.reduce((sum, { character }) => sum + charWidth(character), 0);

/** Lays out a paragraph: breaks between words, and within a word only where it alone is too long. */
export function paragraph(
	page: Page,
	spans: readonly Span[],
	{ first = [], hanging = 0 }: Indent = {},
): string {
	const lines: Cell[][] = [];
	const blanks = toCells([" ".repeat(hanging)]);
	let line = toCells(first);
	let used = cellsWidth(line);
	let start = line.length;
	let word: Cell[] = [];
	let gap: Cell[] = [];
	const breakLine = (): void => {
		lines.push(line);
		line = [...blanks];
		used = hanging;
		start = line.length;
	};
	const place = (): void => {
		if (word.length === 0) return;
		if (line.length > start && used + cellsWidth(gap) + cellsWidth(word) > page.width) {
			breakLine();
			gap = [];
		}
		line.push(...gap);
		used += cellsWidth(gap);
		for (const cell of word) {
			const cellWidth = charWidth(cell.character);
			if (used + cellWidth > page.width && line.length > start) breakLine();
			line.push(cell);
			used += cellWidth;
		}
		word = [];
		gap = [];
	};
	for (const cell of toCells(spans)) {
		if (cell.character !== " ") {
			word.push(cell);
			continue;
		}
		place();
		gap.push(cell);
	}
	place();
	lines.push(line);
	return lines.map((cells) => render(page, cells).replaceAll(noBreak, " ")).join("\n");
}

import Table from "cli-table3";
import { type Page, paint, paragraph, type Style, textWidth } from "./layout.ts";

/** A column of a table without lines. */
export interface TableColumn<Row> {
	readonly title: string;
	readonly cell: (row: Row) => string;
	readonly style?: (row: Row) => Style;
	/** Columns that are left out before any other is wrapped, the highest first. */
	readonly optional?: number;
	/** Columns that are left out where wrapping is not enough, the highest first. */
	readonly spare?: number;
}

const gutter = 2;
const noBorders = Object.fromEntries(
	[
		"top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right",
		"left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle",
	].map((name) => [name, ""]),
);

/** Lays out rows in columns that fit the page. A column that says nothing in any row is left out. */
export function table<Row>(page: Page, all: readonly TableColumn<Row>[], rows: readonly Row[]): string {
	let columns: readonly TableColumn<Row>[] = all.filter(({ cell }) => rows.some((row) => cell(row) !== ""));
	const widths = (): number[] =>
		columns.map(({ title, cell }) => Math.max(textWidth(title), ...rows.map((row) => textWidth(cell(row)))));
	const total = (list: readonly number[]): number => list.reduce((sum, width) => sum + width + gutter, gutter);
	while (total(widths()) > page.width) {
		const fewer = without(columns, "optional");
		if (fewer === undefined) break;
		columns = fewer;
	}
	const words = columns.map(({ title, cell }) => Math.max(textWidth(title), ...rows.map((row) => longestWord(cell(row)))));
	const whole = shrink(widths(), words, page.width - gutter);
	const fewer = without(columns, "spare");
	if (total(whole) > page.width && fewer !== undefined) return table(page, fewer, rows);
	// Within words only as the last resort.
	const fitted = shrink(whole, words.map(() => 4), page.width - gutter);
	const wrapped = (text: string, column: number): string => paragraph({ width: fitted[column] ?? 1, color: false }, [text]);
	const out = new Table({
		head: columns.map(({ title }) => paint(page, "dim", title)),
		colWidths: fitted.map((width) => width + gutter),
		style: { head: [], border: [], "padding-left": gutter, "padding-right": 0 },
		chars: noBorders,
	});
	for (const row of rows) {
		out.push(
			columns.map(({ cell, style }, i) => {
				const lines = wrapped(cell(row), i).split("\n");
				return lines.map((line) => paint(page, style?.(row) ?? "plain", line)).join("\n");
			}),
		);
	}
	return out
		.toString()
		.split("\n")
		.map((line) => line.trimEnd())
		.join("\n");
}

/** The columns but for the one that can best be done without, or undefined when all are needed. */
function without<Row>(columns: readonly TableColumn<Row>[], by: "optional" | "spare"): readonly TableColumn<Row>[] | undefined {
	const [least] = columns.filter((column) => column[by] !== undefined).sort((a, b) => (b[by] ?? 0) - (a[by] ?? 0));
	return least === undefined ? undefined : columns.filter((column) => column !== least);
}

const longestWord = (text: string): number => Math.max(...text.split(" ").map(textWidth));

/** Takes from the widest columns until all fit, but leaves each its least width. */
function shrink(widths: readonly number[], least: readonly number[], room: number): number[] {
	const fitted = [...widths];
	const spare = (i: number): number => (fitted[i] ?? 0) - (least[i] ?? 0);
	while (fitted.reduce((sum, width) => sum + width + gutter, 0) > room) {
		const able = fitted.map((width, i) => (spare(i) > 0 ? width : -1));
		const widest = able.indexOf(Math.max(...able));
		if ((able[widest] ?? -1) < 0) break;
		fitted[widest] = (fitted[widest] ?? 0) - 1;
	}
	return fitted;
}

import type { Evidence, Report } from "../../model/report.ts";
import { count } from "../human.ts";
import type { Names } from "../names.ts";
import type { RenderOptions } from "../options.ts";
import type { Times } from "../times.ts";
import { pagesOf, type Topic } from "../words.ts";
import { h, type Tree } from "./tree.ts";

/** What every section needs. The report is safe to show already. */
export interface Sections {
	readonly report: Report;
	readonly names: Names;
	readonly times: Times;
	readonly detail: RenderOptions["detail"];
}

/** A part of the page with its title. */
export const section = (id: string, title: string, ...children: Tree[]): Tree =>
	h("section", { id, "aria-labelledby": `${id}-title` }, h("h2", { id: `${id}-title` }, title), children);

/** A code, with its title where the pointer rests on it. */
export function codeOf(topic: Topic, code: string): Tree {
	const page = pagesOf(code).find((one) => one.topic === topic);
	return h("span", { class: "code", title: page?.words.title }, code);
}

/** A count and what it counts stay on one line. */
export const together = (text: string): string => text.replace(/(\d) × (?=\S)/g, "$1\u00a0×\u00a0");

/** Labels and what belongs to them. */
export const pairs = (items: readonly (readonly [string, Tree])[]): Tree =>
	items.length === 0
		? undefined
		: h(
				"dl",
				{ class: "about" },
				...items.flatMap(([label, said]) => [h("dt", {}, label), h("dd", {}, said)]),
			);

/** A table; a column that says nothing in any row is left out. */
export function table(label: string, columns: readonly string[], rows: readonly (readonly string[])[]): Tree {
	const used = columns.map((_, i) => rows.some((row) => row[i] !== ""));
	const row = (cells: readonly string[]): Tree =>
		h(
			"tr",
			{},
			...cells.map((cell, i) =>
				used[i] ? h(i === 0 ? "th" : "td", i === 0 ? { scope: "row" } : { "data-label": columns[i] }, cell) : undefined,
			),
		);
	const head = h(
		"tr",
		{},
		...columns.map((column, i) => (used[i] ? h("th", { scope: "col" }, column) : undefined)),
	);
	return h(
		"div",
		{ class: "scroll", tabindex: 0, role: "group", "aria-label": label },
		h("table", {}, h("thead", {}, head), h("tbody", {}, ...rows.map(row))),
	);
}

/** What to do. */
export const remedies = (remedy: readonly string[]): Tree =>
	remedy.length === 0
		? undefined
		: h("ul", { class: "do", "aria-label": "What to do" }, ...remedy.map((text) => h("li", {}, text)));

/** The lines that an answer rests on, to be unfolded. */
export function evidenceDetails(
	{ names, times }: Sections,
	evidence: readonly Evidence[],
	open: boolean,
): Tree {
	if (evidence.length === 0) return undefined;
	const lines = evidence.map(({ input, line, node, time, text }) =>
		h(
			"li",
			{},
			h("span", { class: "place" }, `${input}:${line}`),
			" ",
			h(
				"span",
				{ class: "when" },
				[node === null ? "" : names.node(node), time === null ? "" : times.time(time)]
					.filter((part) => part !== "")
					.join(" · "),
			),
			h("code", {}, text),
		),
	);
	return h(
		"details",
		{ open },
		h("summary", {}, `Evidence: ${count(evidence.length, "line")}`),
		h("ol", { class: "evidence" }, lines),
	);
}

import { chart, type Shape } from "./chart.ts";
import type { PageData } from "./data.ts";
import { type Attributes, type Element, h, type Tree } from "./tree.ts";

/** How wide the picture is drawn that is in the page before its script runs, and without it. */
const staticWidth = 1000;

const legend = [
	["primary", "primary"],
	["online", "replica, link up"],
	["syncing", "synchronising"],
	["down", "link down"],
	["stopped", "not running"],
	["log", "role not logged"],
	["sentinel", "Sentinel"],
] as const;

const marks = [
	["full", "full resync"],
	["full expected", "full, as it had to be"],
	["partial", "partial resync"],
	["failed", "failed"],
	["open", "not finished"],
] as const;

const markPath: Readonly<Record<string, Element>> = {
	full: h("path", { d: "M8 1L15 8L8 15L1 8Z", class: "mark" }),
	partial: h("circle", { cx: 8, cy: 8, r: 5.5, class: "mark" }),
	failed: h("path", { d: "M3 3L13 13M13 3L3 13", class: "mark cross" }),
	open: h("circle", { cx: 8, cy: 8, r: 5.5, class: "mark ring" }),
};

const button = (id: string, text: string, label: string): Tree =>
	h("button", { id, type: "button", "aria-label": label, title: label }, text);

/** The lanes of the nodes over time, with the buttons and the panel that its script works. */
export function figure(data: PageData): Tree {
	if (data.lanes.length === 0) return undefined;
	const margin = Math.max(1, (data.to - data.from) * 0.01);
	const drawing = chart(data, { from: data.from - margin, to: data.to + margin, width: staticWidth });
	const used = new Set(
		data.lanes.flatMap(({ segments }) => segments.map(([, , state]) => data.states[state])),
	);
	const verdicts = new Set(
		data.resyncs.map(({ verdict, expected }) => (expected && verdict === "full" ? "full expected" : verdict)),
	);
	const swatch = (content: Tree): Tree =>
		h("svg", { class: "swatch", viewBox: "0 0 16 16", "aria-hidden": true, focusable: false }, content);
	return h(
		"section",
		{ id: "timeline", "aria-labelledby": "timeline-title" },
		h("h2", { id: "timeline-title" }, "Timeline"),
		h(
			"div",
			{ class: "toolbar", role: "group", "aria-label": "Zoom", hidden: true, "data-live": true },
			button("pan-back", "◀", "Earlier"),
			button("zoom-out", "−", "Zoom out"),
			button("zoom-all", "All", "Show all"),
			button("zoom-in", "+", "Zoom in"),
			button("pan-on", "▶", "Later"),
			h(
				"p",
				{ id: "hint", class: "hint" },
				"Drag to move; + and − (or Ctrl and wheel) to zoom. Keys in the chart: arrows, Enter, + − 0.",
			),
		),
		h(
			"figure",
			{ id: "chart-box" },
			h(
				"svg",
				{
					id: "chart",
					class: "chart",
					viewBox: `0 0 ${drawing.width} ${drawing.height}`,
					tabindex: 0,
					role: "group",
					"aria-label":
						"Nodes over time: arrows go from one resync or log line to the next, Enter shows its evidence",
				},
				patterns,
				...drawing.shapes.map((shape) => toTree(shape, drawing.items)),
			),
		),
		h(
			"ul",
			{ class: "legend" },
			...legend
				.filter(([state]) => used.has(state))
				.map(([state, text]) =>
					h(
						"li",
						{},
						swatch(h("rect", { x: 0, y: 3, width: 16, height: 10, rx: 2, class: `bar ${state}` })),
						text,
					),
				),
			...marks
				.filter(([verdict]) => verdicts.has(verdict))
				.map(([verdict, text]) =>
					h(
						"li",
						{},
						swatch(h("g", { class: `resync ${verdict}` }, markPath[verdict.split(" ")[0] as string])),
						text,
					),
				),
			data.resyncs.some(({ failed }) => failed.length > 0)
				? h("li", {}, swatch([h("path", { d: "M5 5L11 11M11 5L5 11", class: "try" })]), "failed try")
				: undefined,
			h(
				"li",
				{},
				swatch(h("circle", { cx: 8, cy: 8, r: 3, class: "dot" })),
				"log line that proves something",
			),
			data.findings.length > 0
				? h(
						"li",
						{},
						swatch(h("g", { class: "finding warning" }, h("path", { d: "M8 14L2 2L14 2Z", class: "flag" }))),
						"finding",
					)
				: undefined,
		),
		h("section", {
			id: "panel",
			class: "panel",
			hidden: true,
			tabindex: -1,
			"aria-label": "Evidence",
			"aria-live": "polite",
		}),
	);
}

const stripes = (id: string, angle: number): Element =>
	h(
		"pattern",
		{ id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${angle})` },
		h("rect", { width: 6, height: 6, class: `${id}-back` }),
		h("rect", { width: 3, height: 6, class: `${id}-front` }),
	);

const patterns = h("defs", {}, stripes("stripes-syncing", 45), stripes("stripes-down", -45));

function toTree(
	{ tag, attributes, text, children = [], item }: Shape,
	items: readonly { readonly label: string }[],
): Element {
	const label = item === undefined ? undefined : items[item]?.label;
	const named = label === undefined ? {} : { role: "img", "aria-label": label };
	return h(
		tag,
		{ ...(attributes as Attributes), ...named },
		text,
		...children.map((child) => toTree(child, items)),
	);
}

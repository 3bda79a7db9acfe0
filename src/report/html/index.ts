import { createHash } from "node:crypto";
import type { Report } from "../../model/report.ts";
import { fold, unfolded } from "../fold.ts";
import { Names } from "../names.ts";
import type { RenderOptions } from "../options.ts";
import { safeData } from "../safe.ts";
import { Times } from "../times.ts";
import { chart } from "./chart.ts";
import { costSection, historiesSection } from "./cost.ts";
import { pageData } from "./data.ts";
import { failoversSection } from "./failovers.ts";
import { figure } from "./figure.ts";
import { page } from "./page.ts";
import { teller } from "./panel.ts";
import type { Sections } from "./parts.ts";
import {
	answerSection,
	findingsSection,
	inputsSection,
	nodesSection,
	problemsSection,
	resyncsSection,
} from "./sections.ts";
import { styles } from "./styles.ts";
import { escapeHtml, h, scriptJson, toHtml, type Tree } from "./tree.ts";

/** Entries of the list that are written out in the page. Browsers lay out some hundred at once, not ten thousand. */
const mostWritten = 300;

const hashOf = (text: string): string =>
	`'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;

/** Indentation is of use to readers of the source only, and tabs are control characters to some. */
const flush = (text: string): string => text.replace(/^[\t ]+/gm, "").trim();

/** The page's script: its functions' own texts, as they are in this build. */
const functions = [chart, teller].map(String).join(",\n");
const script = flush(`"use strict";\n(${String(page)})(document, window, ${functions});`);
const styleSheet = flush(styles);

/**
 * One page that stands by itself: no request, no script but its own, and a policy that forbids both.
 * Whatever comes from a log is a text in it.
 */
export function renderHtml(unsafeReport: Report, { detail }: RenderOptions): string {
	const report = safeData(unsafeReport);
	const context: Sections = { report, names: new Names(report), times: new Times(report), detail };
	const groups = detail === "verbose" ? unfolded(report.resyncs) : fold(report.resyncs);
	const written = Math.min(groups.length, mostWritten);
	const data = pageData(
		report,
		groups.map(({ all }) => all),
		written,
	);
	const policy = [
		"default-src 'none'",
		`style-src ${hashOf(styleSheet)}`,
		`script-src ${hashOf(script)}`,
		"base-uri 'none'",
		"form-action 'none'",
	].join("; ");
	const quiet = detail === "quiet";
	const parts: readonly (readonly [id: string, title: string, tree: Tree])[] = [
		["answer", "", answerSection(context)],
		["timeline", "Timeline", figure(data)],
		["nodes", "Nodes", quiet ? undefined : nodesSection(context)],
		["findings", "Findings", findingsSection(context)],
		["resyncs", "Resyncs", resyncsSection(context, groups, written)],
		["failovers", "Failovers", failoversSection(context)],
		["histories", "Histories", quiet ? undefined : historiesSection(context)],
		["cost", "Cost", quiet ? undefined : costSection(context)],
		["problems", "Problems", problemsSection(context)],
		["inputs", "Inputs", quiet ? undefined : inputsSection(context)],
	];
	const shown = parts.filter(([, , tree]) => tree !== undefined);
	const main = h("main", { id: "main" }, ...shown.map(([, , tree]) => tree));
	const body = [header(shown.filter(([, title]) => title !== "")), main, footer(context)];
	return [
		"<!doctype html>",
		'<html lang="en">',
		"<head>",
		'<meta charset="utf-8">',
		`<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">`,
		'<meta name="viewport" content="width=device-width, initial-scale=1">',
		'<meta name="color-scheme" content="light dark">',
		'<meta name="referrer" content="no-referrer">',
		`<meta name="generator" content="${escapeHtml(`rlog ${report.generator.version}`)}">`,
		`<title>${escapeHtml(`rlog: ${report.summary.text}`)}</title>`,
		`<style>${styleSheet}</style>`,
		"</head>",
		"<body>",
		toHtml(body),
		data.lanes.length > 0
			? `<script type="application/json" id="data">${scriptJson(data)}</script>\n<script>${script}</script>`
			: "",
		"</body>",
		"</html>",
		"",
	].join("\n");
}

function header(parts: readonly (readonly [id: string, title: string, tree: Tree])[]): Tree {
	return h(
		"header",
		{ class: "top" },
		h("a", { class: "skip", href: "#main" }, "To the report"),
		h("h1", {}, "rlog", h("span", { class: "muted" }, " replication report")),
		h("nav", { "aria-label": "Sections" }, ...parts.map(([id, title]) => h("a", { href: `#${id}` }, title))),
	);
}

const footer = ({ report: { generator } }: Sections): Tree =>
	h(
		"footer",
		{},
		h(
			"p",
			{ class: "muted" },
			`Made by rlog ${generator.version}. This page holds all it shows and loads nothing.`,
		),
	);

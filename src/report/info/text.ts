import type { Forecast, InfoChange, InfoNote, InfoReport } from "../../model/info.ts";
import type { NodeId, Severity } from "../../model/report.ts";
import { shortId, size } from "../human.ts";
import { safeData } from "../safe.ts";
import { type Page, paragraph, type Span, type Style } from "../text/layout.ts";
import { table } from "../text/table.ts";
import { columnsOf, rowsOf, span } from "./cells.ts";
import { InfoTimes } from "./times.ts";

/** What the snapshots tell, for people: the table, what changed, the forecast, what is worth a look. */
export function renderInfoText(unsafe: InfoReport, page: Page): string {
	const report = safeData(unsafe);
	const times = new InfoTimes(report);
	const names = new Map(report.nodes.map(({ id, name }) => [id, name]));
	const nameOf = (id: NodeId | null, other: string): string => (id === null ? other : (names.get(id) ?? id));
	const sections = [answer(page, report, times)];
	if (report.snapshots.length > 0) sections.push(table(page, columnsOf(times), rowsOf(report)));
	add(sections, page, "If a link broke now", alike(report.forecasts).map((group) => forecastLine(page, group, nameOf)));
	add(sections, page, "Worth a look", report.notes.map((note) => noteLine(page, note, nameOf)));
	add(sections, page, "What changed", report.changes.filter(saysSomething).map((change) => changeLine(page, change, nameOf)));
	add(sections, page, "Problems", report.problems.map(({ text }) => paragraph(page, [styled("warn", "! "), text], { hanging: 2 })));
	return `${sections.join("\n\n")}\n`;
}

type NameOf = (id: NodeId | null, other: string) => string;

const styled = (style: Style, text: string): Span => ({ text, style });

function add(sections: string[], page: Page, title: string, lines: readonly string[]): void {
	if (lines.length > 0) sections.push([paragraph(page, [styled("bold", title)]), ...lines].join("\n"));
}

function answer(page: Page, { summary }: InfoReport, times: InfoTimes): string {
	const lines = [paragraph(page, [styled("bold", summary.text)])];
	if (times.span !== undefined) lines.push(paragraph(page, [styled("dim", times.span)]));
	return lines.join("\n");
}

/** Links of one primary of which the same is said are told at once. */
function alike(forecasts: readonly Forecast[]): Forecast[][] {
	const groups = new Map<string, Forecast[]>();
	for (const forecast of forecasts) {
		const key = `${forecast.primary ?? forecast.primaryAddress}\n${forecast.text}`;
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [forecast]);
		else group.push(forecast);
	}
	return [...groups.values()];
}

function forecastLine(page: Page, group: readonly Forecast[], nameOf: NameOf): string {
	const { primary, primaryAddress, verdict, text } = group[0] as Forecast;
	const mark: Span = verdict === "partial" ? styled("good", "✓ ") : verdict === "full" ? styled("bad", "✗ ") : styled("warn", "? ");
	const replicas = group.map(({ replica, address }) => nameOf(replica, address ?? "unknown replica")).sort();
	const shown = replicas.length > 4 ? [...replicas.slice(0, 3), `${replicas.length - 3} more`] : replicas;
	// The heading says it already.
	const said = text.replace(/^if this link broke now: /, "");
	return paragraph(page, [mark, styled("bold", `${shown.join(", ")} ← ${nameOf(primary, primaryAddress ?? "unknown primary")}`), `  ${said}`], { hanging: 4 });
}

const marks: Readonly<Record<Severity, readonly [mark: string, style: Style]>> = {
	critical: ["‼", "bad"],
	warning: ["!", "warn"],
	info: ["i", "accent"],
};

function noteLine(page: Page, { severity, node, text, evidence: { input, line, text: field } }: InfoNote, nameOf: NameOf): string {
	const [mark, style] = marks[severity];
	const who: Span[] = node === null ? [] : [styled("bold", `${nameOf(node, "")}: `)];
	return paragraph(page, [styled(style, `${mark} `), ...who, text, styled("dim", `  ${input}:${line} ${field}`)], { hanging: 4 });
}

const saysSomething = ({ fields, bytes, restarted }: InfoChange): boolean => fields.length > 0 || restarted || (bytes ?? 0) > 0;

function changeLine(page: Page, { node, from, to, ms, restarted, bytes, bytesPerSecond, fields }: InfoChange, nameOf: NameOf): string {
	const parts: string[] = [];
	if (restarted) parts.push("another process: its counters began anew");
	if (bytes !== null && bytes > 0) parts.push(`${size(bytes)} written${bytesPerSecond === null ? "" : ` (${size(bytesPerSecond < 10 ? bytesPerSecond : Math.round(bytesPerSecond))}/s)`}`);
	for (const { field, from: before, to: after, by } of fields) {
		const values = `${show(before)} → ${show(after)}`;
		parts.push(`${field} ${values}${by === null || Math.abs(by) < 2 ? "" : ` (${by > 0 ? "+" : "−"}${Math.abs(by)})`}`);
	}
	const when = ms === null ? "" : `, ${span(ms)}`;
	return paragraph(
		page,
		["  ", styled("bold", nameOf(node, "unknown node")), styled("dim", ` #${from} → #${to}${when}: `), parts.join("; ") || "nothing"],
		{ hanging: 4 },
	);
}

const show = (value: string | null): string => (value === null ? "none" : shortId(value));

import { pushTo } from "../../model/lists.ts";
import type { Evidence, Report } from "../../model/report.ts";
import { Names } from "../names.ts";
import type { RenderOptions } from "../options.ts";
import { Times } from "../times.ts";
import { type Page, paragraph, type Span, type Style, textWidth, unbroken } from "./layout.ts";

/** What every part of the text report needs. */
export interface Context {
	readonly report: Report;
	readonly page: Page;
	/** The same, but no wider than is good to read. */
	readonly prose: Page;
	readonly detail: RenderOptions["detail"];
	readonly names: Names;
	readonly times: Times;
	/** Remedies that have been given, and where: none is repeated. */
	readonly remediesGiven: Map<string, string>;
	/** Lines of logs that have been shown: none is repeated. */
	readonly linesShown: Set<string>;
}

/** Lines of prose that are longer are hard to follow. */
const widestProse = 120;

export function newContext(report: Report, { width, color, detail }: RenderOptions): Context {
	return {
		report,
		page: { width, color },
		prose: { width: Math.min(width, widestProse), color },
		detail,
		names: new Names(report),
		times: new Times(report),
		remediesGiven: new Map(),
		linesShown: new Set(),
	};
}

const labelIndent = 4;
const labelWidth = 10;
const bodyIndent = labelIndent + labelWidth;

export const styled = (style: Style, text: string): Span => ({ text, style });

/** A line of a block: its label, and its text wrapped beside it. */
export function labelled({ prose }: Context, label: string, spans: readonly Span[]): string {
	const first = [" ".repeat(labelIndent), styled("dim", label.padEnd(labelWidth))];
	return paragraph(prose, spans, { first, hanging: bodyIndent });
}

/** Several paragraphs under one label. */
export function labelledList(context: Context, label: string, items: readonly (readonly Span[])[]): string[] {
	return items.map((spans, i) => labelled(context, i === 0 ? label : "", spans));
}

/** The title of a section. */
export function heading({ page }: Context, text: string): string {
	return paragraph(page, [styled("bold", text)]);
}

/** Items with ` · ` between them, each kept on one line if it fits. */
export function dotted({ prose }: Context, items: readonly string[]): Span[] {
	const room = prose.width - bodyIndent - 2;
	const parts = items.map((item) => (textWidth(item) <= room ? unbroken(item) : item));
	return [parts.join(`${unbroken(" ·")} `)];
}

/** Evidence in columns: where, and what the line says; unless all is asked for, as much of it as fits two lines. */
export function evidenceLines(context: Context, evidence: readonly Evidence[], most = Number.POSITIVE_INFINITY): string[] {
	const { page, detail, linesShown } = context;
	const shown = evidence.slice(0, most);
	const places = shown.map(({ input, line }) => `${input}:${line}`);
	const widest = Math.max(0, ...places.map(textWidth));
	// Long paths would leave no room beside them: the message then follows after two blanks.
	const column = widest <= (page.width - bodyIndent) / 3 ? widest : 0;
	const hanging = bodyIndent + (column > 0 ? column + 2 : 2);
	const room = Math.max(160, 2 * (page.width - hanging) - 12);
	const lines = shown.map(({ text }, i) => {
		const place = places[i] as string;
		linesShown.add(place);
		const blanks = " ".repeat(Math.max(0, column - textWidth(place)) + 2);
		const first = [" ".repeat(labelIndent), styled("dim", (i === 0 ? "evidence" : "").padEnd(labelWidth))];
		const message = detail === "verbose" ? text : shortened(text, room);
		return paragraph(page, [styled("accent", place), blanks, message], { first, hanging });
	});
	const more = evidence.length - shown.length;
	if (more > 0) lines.push(labelled(context, "", [styled("dim", `… and ${more} more (-v)`)]));
	return lines;
}

/** A message without what only programs compare: whole replication IDs, and the end of a line of CLIENT LIST. */
function shortened(message: string, most: number): string {
	const text = message.replace(/\b([0-9a-f]{8})[0-9a-f]{32}\b/g, "$1…");
	// A few characters more are better than a cut.
	return text.length <= most + 24 ? text : `${text.slice(0, most).replace(/\s+\S*$/, "")} …`;
}

/** Evidence by its places alone: `primary.log:18,19 replica.log:23`. */
export function evidencePlaces(context: Context, evidence: readonly Evidence[]): string[] {
	const lines = new Map<string, number[]>();
	for (const { input, line } of evidence) pushTo(lines, input, line);
	const places = [...lines].map(([input, numbers]) => `${input}:${numbers.sort((a, b) => a - b).join(",")}`);
	return places.length === 0 ? [] : [labelled(context, "evidence", [styled("accent", places.join(" "))])];
}

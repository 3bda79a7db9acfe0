import Table from "cli-table3";
import type { ReportNode } from "../../model/report.ts";
import { clockOf, coverageOf, filesOf, rolesOf, spanOf, versionsOf } from "../node-facts.ts";
import { between } from "../times.ts";
import type { Context } from "./context.ts";
import { paint, paragraph, textWidth } from "./layout.ts";

interface Column {
	readonly title: string;
	readonly cell: (node: ReportNode) => string;
	/** Columns that may be left out where the page is narrow, the highest first. */
	readonly optional?: number;
}

const barWidth = 24;
const gutter = 2;

/** The table of nodes: who they are, what their logs cover, how far their clocks are off. */
export function nodesTable(context: Context): string {
	const { report, page } = context;
	let columns = columnsOf(context);
	const widths = (): number[] =>
		columns.map(({ title, cell }) =>
			Math.max(textWidth(title), ...report.nodes.map((n) => textWidth(cell(n)))),
		);
	const total = (): number => widths().reduce((sum, width) => sum + width + gutter, gutter);
	while (total() > page.width) {
		const least = columns
			.filter((c) => c.optional !== undefined)
			.sort((a, b) => (b.optional ?? 0) - (a.optional ?? 0))[0];
		if (least === undefined) break;
		columns = columns.filter((column) => column !== least);
	}
	const fitted = shrink(widths(), page.width - gutter);
	const wrapped = (text: string, column: number): string =>
		paragraph({ width: fitted[column] ?? 1, color: false }, [text]);
	const table = new Table({
		head: columns.map(({ title }) => paint(page, "dim", title)),
		colWidths: fitted.map((width) => width + gutter),
		style: { head: [], border: [], "padding-left": gutter, "padding-right": 0 },
		chars: noBorders,
	});
	for (const node of report.nodes) table.push(columns.map(({ cell }, i) => wrapped(cell(node), i)));
	return table
		.toString()
		.split("\n")
		.map((line) => line.trimEnd())
		.join("\n");
}

const noBorders = {
	top: "",
	"top-mid": "",
	"top-left": "",
	"top-right": "",
	bottom: "",
	"bottom-mid": "",
	"bottom-left": "",
	"bottom-right": "",
	left: "",
	"left-mid": "",
	mid: "",
	"mid-mid": "",
	right: "",
	"right-mid": "",
	middle: "",
};

/** Takes from the widest columns until all fit. */
function shrink(widths: readonly number[], room: number): number[] {
	const fitted = [...widths];
	const total = (): number => fitted.reduce((sum, width) => sum + width + gutter, 0);
	while (total() > room) {
		const widest = fitted.indexOf(Math.max(...fitted));
		if ((fitted[widest] ?? 0) <= 6) break;
		fitted[widest] = (fitted[widest] ?? 0) - 1;
	}
	return fitted;
}

function columnsOf(context: Context): Column[] {
	const { report, times } = context;
	const columns: Column[] = [
		{ title: "NODE", cell: ({ name }) => name },
		{ title: "ROLE", cell: rolesOf },
		{ title: "VERSION", cell: versionsOf },
		{ title: "ADDRESS", cell: ({ addresses }) => addresses.join(" "), optional: 2 },
		{ title: "LOG", cell: (node) => filesOf(report, node), optional: 1 },
		{ title: "COVERS", cell: (node) => coverageOf(report, times, node) },
		{ title: "", cell: (node) => bar(context, node), optional: 3 },
		{ title: "CLOCK", cell: clockOf },
	];
	// A column that says nothing about any node is left out.
	return columns.filter(({ cell }) => report.nodes.some((node) => cell(node) !== ""));
}

/** Which part of the whole time the node's log covers. */
function bar(context: Context, node: ReportNode): string {
	const spans = context.report.nodes.map((n) => spanOf(context.report, n)).filter((s) => s !== undefined);
	const span = spanOf(context.report, node);
	const from = spans.map((s) => s.from).sort()[0];
	const to = spans
		.map((s) => s.to)
		.sort()
		.at(-1);
	if (span === undefined || from === undefined || to === undefined || between(from, to) <= 0) return "";
	const column = (time: string): number => (between(from, time) / between(from, to)) * barWidth;
	const start = Math.min(barWidth - 1, Math.floor(column(span.from)));
	const end = Math.max(start + 1, Math.ceil(column(span.to)));
	return `${"·".repeat(start)}${"█".repeat(end - start)}${"·".repeat(barWidth - end)}`;
}

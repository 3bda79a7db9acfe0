import Table from "cli-table3";
import type { ReportNode } from "../../model/report.ts";
import { clockOffset, duration } from "../human.ts";
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
	const columns: Column[] = [
		{ title: "NODE", cell: ({ name }) => name },
		{ title: "ROLE", cell: roles },
		{ title: "VERSION", cell: versions },
		{ title: "ADDRESS", cell: ({ addresses }) => addresses.join(" "), optional: 2 },
		{ title: "LOG", cell: (node) => filesOf(context, node), optional: 1 },
		{ title: "COVERS", cell: (node) => covers(context, node) },
		{ title: "", cell: (node) => bar(context, node), optional: 3 },
		{ title: "CLOCK", cell: clock },
	];
	// A column that says nothing about any node is left out.
	return columns.filter(({ cell }) => context.report.nodes.some((node) => cell(node) !== ""));
}

const inTurn = (items: readonly string[]): string =>
	items.filter((item, i) => item !== items[i - 1]).join(" → ");

const roles = ({ roles }: ReportNode): string => {
	const turns = roles.map(({ role }) => role).filter((role, i, all) => role !== all[i - 1]);
	const last = turns.at(-1);
	// A node that swapped roles again and again is told by its first and last.
	return turns.length > 3 && last !== undefined ? `${turns[0]} → … → ${last}` : inTurn(turns);
};

const versions = ({ lives }: ReportNode): string =>
	inTurn(lives.map(({ version }) => version).filter((version) => version !== null));

function filesOf({ report }: Context, { id, name: node }: ReportNode): string {
	const files = report.inputs
		.filter((input) => input.node === id)
		.map(({ name }) => name.split("/").at(-1) ?? name);
	// A node that is called as its file is needs no second column to say so.
	return files.length === 1 && files[0]?.replace(/\.[^.]*$/, "") === node ? "" : files.join(" ");
}

function spanOf({ report }: Context, { id }: ReportNode): { from: string; to: string } | undefined {
	const inputs = report.inputs.filter(({ node }) => node === id);
	const from = inputs
		.map((input) => input.from)
		.filter((time) => time !== null)
		.sort()[0];
	const to = inputs
		.map((input) => input.to)
		.filter((time) => time !== null)
		.sort()
		.at(-1);
	return from === undefined || to === undefined ? undefined : { from, to };
}

function covers(context: Context, node: ReportNode): string {
	const span = spanOf(context, node);
	const { times } = context;
	const lives = node.lives.length > 1 ? `, ${node.lives.length - 1}× restarted` : "";
	// In an input of several nodes nobody's share is told apart.
	if (span === undefined) return node.lives.length > 0 ? "" : "no log given";
	return `${times.second(span.from)} – ${times.second(span.to)}${lives}`;
}

/** Which part of the whole time the node's log covers. */
function bar(context: Context, node: ReportNode): string {
	const spans = context.report.nodes.map((n) => spanOf(context, n)).filter((s) => s !== undefined);
	const span = spanOf(context, node);
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

function clock({ clock: { reference, offsetMs, boundMs, pairs } }: ReportNode): string {
	if (reference) return "reference";
	if (offsetMs === null) return "not compared";
	const bound = boundMs === null ? "" : ` ±${duration(boundMs)}`;
	return `${clockOffset(offsetMs)}${bound} (${pairs}×)`;
}

import type { ReportNode } from "../../model/report.ts";
import { clockOf, coverageOf, filesOf, rolesOf, spanOf, versionsOf } from "../node-facts.ts";
import { between } from "../times.ts";
import type { Context } from "./context.ts";
import { unbroken } from "./layout.ts";
import { type TableColumn, table } from "./table.ts";

const barWidth = 24;

/** The table of nodes: who they are, what their logs cover, how far their clocks are off. */
export const nodesTable = (context: Context): string => table(context.page, columnsOf(context), context.report.nodes);

function columnsOf(context: Context): TableColumn<ReportNode>[] {
	const { report, times } = context;
	return [
		{ title: "NODE", cell: ({ name }) => name },
		{ title: "ROLE", cell: (node) => rolesOf(node).replaceAll("→ ", `→${unbroken(" ")}`) },
		{ title: "VERSION", cell: versionsOf },
		{ title: "ADDRESS", cell: ({ addresses }) => addresses.join(" "), optional: 2 },
		{ title: "LOG", cell: (node) => filesOf(report, node), optional: 1 },
		{ title: "COVERS", cell: (node) => coverageOf(report, times, node).replace(/\S+ – \S+/, unbroken) },
		{ title: "", cell: (node) => bar(context, node), optional: 3 },
		{ title: "CLOCK", cell: clockOf },
	];
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

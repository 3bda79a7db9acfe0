import type { Report } from "../../model/report.ts";
import { readSummary, window } from "../describe.ts";
import { fold, unfolded } from "../fold.ts";
import type { RenderOptions } from "../options.ts";
import { inputColumns, inputRows } from "../input-words.ts";
import { safeData } from "../safe.ts";
import { type Context, heading, newContext, styled } from "./context.ts";
import { failoversSection } from "./failovers.ts";
import { findingBlock, findingsLine } from "./findings.ts";
import { paragraph } from "./layout.ts";
import { ledgerSection } from "./ledger.ts";
import { lineageSection } from "./lineage.ts";
import { nodesTable } from "./nodes.ts";
import { resyncBlock } from "./resync.ts";
import { type TableColumn, table } from "./table.ts";

/** The report for people: the verdict first, then who, what, why and what to do. */
export function renderText(report: Report, options: RenderOptions): string {
	const context = newContext(safeData(report), options);
	const quiet = options.detail === "quiet";
	const { nodes, resyncs, findings, problems } = context.report;
	const groups = options.detail === "verbose" ? unfolded(resyncs) : fold(resyncs);
	const sections: string[] = [answer(context)];
	if (nodes.length > 0 && !quiet) sections.push(nodesTable(context));
	for (const group of groups) sections.push(resyncBlock(context, group));
	sections.push(...failoversSection(context));
	sections.push(...lineageSection(context));
	sections.push(...ledgerSection(context));
	if (findings.length > 0) {
		const blocks = findings.map((finding) => findingBlock(context, finding));
		sections.push(`${heading(context, "Findings")}\n${blocks.join("\n\n")}`);
	}
	if (problems.length > 0) {
		const lines = problems.map(({ text }) =>
			paragraph(context.page, [styled("warn", "! "), text], { hanging: 2 }),
		);
		sections.push([heading(context, "Problems"), ...lines].join("\n"));
	}
	if (options.detail === "verbose" && context.report.inputs.length > 0) sections.push(inputsTable(context));
	if (!quiet) sections.push(readLine(context));
	return `${sections.join("\n\n")}\n`;
}

function answer(context: Context): string {
	const { report, prose: page, times } = context;
	const lines = [paragraph(page, [styled("bold", report.summary.text)])];
	const span = window(report, times);
	if (span !== undefined) lines.push(paragraph(page, [styled("dim", span)]));
	const alarms = findingsLine(context);
	if (alarms !== "") lines.push(alarms);
	return lines.join("\n");
}

/** Columns that narrow pages can do without: these before any is wrapped, those when wrapping is not enough. */
const lessNeeded: Readonly<Partial<Record<(typeof inputColumns)[number], object>>> = {
	From: { optional: 2 }, To: { optional: 2 }, Kind: { optional: 1 }, Node: { spare: 3 }, Other: { spare: 2 }, Recognised: { spare: 1 },
};

/** What was read of each input. */
function inputsTable(context: Context): string {
	const columns = inputColumns.map((title, i): TableColumn<string[]> => {
		const column = { title: title.toUpperCase(), cell: (row: readonly string[]): string => row[i] ?? "" };
		return { ...column, ...lessNeeded[title] };
	});
	const rows = inputRows(context.report, context.names, context.times);
	return `${heading(context, "Inputs")}\n${table(context.page, columns, rows)}`;
}

function readLine({ report, page }: Context): string {
	const { text, unrecognised } = readSummary(report);
	return paragraph(page, [styled(unrecognised > 0 ? "warn" : "dim", text)]);
}

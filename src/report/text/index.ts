import type { Report } from "../../model/report.ts";
import { fold, unfolded } from "../fold.ts";
import { count, duration } from "../human.ts";
import type { RenderOptions } from "../options.ts";
import { safeData } from "../safe.ts";
import { between } from "../times.ts";
import { type Context, heading, newContext, styled } from "./context.ts";
import { findingBlock } from "./findings.ts";
import { paragraph, type Span } from "./layout.ts";
import { nodesTable } from "./nodes.ts";
import { resyncBlock } from "./resync.ts";

/** The report for people: the verdict first, then who, what, why and what to do. */
export function renderText(report: Report, options: RenderOptions): string {
	const context = newContext(safeData(report), options);
	const quiet = options.detail === "quiet";
	const { nodes, resyncs, findings, problems } = context.report;
	const groups = options.detail === "verbose" ? unfolded(resyncs) : fold(resyncs);
	const sections: string[] = [answer(context)];
	if (nodes.length > 0 && !quiet) sections.push(nodesTable(context));
	sections.push(...groups.map((group) => resyncBlock(context, group)));
	if (findings.length > 0) {
		const blocks = findings.map((finding) => findingBlock(context, finding));
		sections.push([heading(context, "Findings"), ...blocks].join("\n"));
	}
	if (problems.length > 0) {
		const lines = problems.map(({ text }) =>
			paragraph(context.page, [styled("warn", "! "), text], { hanging: 2 }),
		);
		sections.push([heading(context, "Problems"), ...lines].join("\n"));
	}
	if (!quiet) sections.push(readLine(context));
	return `${sections.join("\n\n")}\n`;
}

function answer(context: Context): string {
	const { report, page, times } = context;
	const { text, from, to } = report.summary;
	const lines = [paragraph(page, [styled("bold", text)])];
	if (from !== null && to !== null) {
		const first = times.oneDay ? `${times.day(from)}, ` : "";
		const reference = report.nodes.find(({ clock }) => clock.reference);
		const by = reference === undefined || report.nodes.length < 2 ? "" : `, clock of ${reference.name}`;
		const span = `${first}${times.second(from)} – ${times.second(to)}, ${duration(between(from, to))}`;
		lines.push(paragraph(page, [styled("dim", `${span} (${times.zoneName}${by})`)]));
	}
	return lines.join("\n");
}

/** What the answer rests on: how much was read, and how much of it was not understood. */
function readLine({ report, page }: Context): string {
	const sum = (key: "lines" | "events" | "unrecognised"): number =>
		report.inputs.reduce((total, input) => total + input[key], 0);
	const unrecognised = sum("unrecognised");
	const where = report.inputs.filter((input) => input.unrecognised > 0).map(({ name }) => name);
	const spans: Span[] = [
		styled("dim", `Read ${count(report.inputs.length, "input")}: ${count(sum("lines"), "line")}, `),
		styled("dim", `${count(sum("events"), "message")} understood, `),
		styled(unrecognised > 0 ? "warn" : "dim", `${unrecognised.toLocaleString("en-US")} unrecognised`),
		styled("dim", where.length > 0 ? ` (${where.join(", ")})` : ""),
		styled("dim", "."),
	];
	return paragraph(page, spans);
}

import type { Failover } from "../../model/report.ts";
import { failoverCourse, failoverKind, failoverNodes } from "../failover-words.ts";
import { type Context, dotted, evidenceLines, heading, labelled, labelledList, styled } from "./context.ts";
import { paragraph, type Span, type Style } from "./layout.ts";

/** Failovers that are told one by one unless all are asked for. */
const most = 12;

const marks: Readonly<Record<Failover["outcome"], readonly [mark: string, style: Style, word: string]>> = {
	completed: ["⇄", "accent", ""],
	failed: ["✗", "bad", "FAILED"],
	open: ["…", "warn", "OPEN"],
};

/** Changes of primary: who decided, who was chosen, how long it took. */
export function failoversSection(context: Context): string[] {
	const { failovers } = context.report;
	if (failovers.length === 0) return [];
	const shown = context.detail === "verbose" ? failovers : failovers.slice(0, most);
	const blocks = shown.map((failover) => failoverBlock(context, failover));
	if (shown.length < failovers.length) blocks.push(`… and ${failovers.length - shown.length} more (-v)`);
	return [[heading(context, "Failovers"), ...blocks].join("\n")];
}

function failoverBlock(context: Context, failover: Failover): string {
	const lines = [title(context, failover)];
	if (failover.reason !== null) lines.push(labelled(context, "why", [failover.reason.text]));
	if (context.detail === "quiet") return lines.join("\n");
	const { names, times, detail } = context;
	for (const [label, items] of failoverCourse({ names, times, all: detail === "verbose" }, failover)) {
		lines.push(labelled(context, label, dotted(context, items)));
	}
	lines.push(...labelledList(context, "but", failover.disagreements.map(({ text }) => [styled("warn", text)])));
	if (context.detail !== "verbose") return lines.join("\n");
	lines.push(...labelledList(context, "missing", failover.missing.map((text) => [text])));
	return [...lines, ...evidenceLines(context, failover.evidence)].join("\n");
}

function title({ names, times, page }: Context, failover: Failover): string {
	const { epoch, outcome, proof, startedAt } = failover;
	const [mark, style, word] = marks[outcome];
	const spans: Span[] = [
		styled(style, mark),
		`  ${startedAt === null ? "time unknown" : times.time(startedAt)}  `,
		`${failoverKind(failover)}  `,
		styled("bold", failoverNodes(names, failover)),
		epoch === null ? "" : `  epoch ${epoch}`,
		word === "" ? "" : styled(style, `  ${word}`),
		styled(proof === "proven" ? "dim" : "warn", ` (${proof})`),
	];
	return paragraph(page, spans, { hanging: 4 });
}

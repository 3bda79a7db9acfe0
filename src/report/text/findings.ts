import type { Finding, Severity } from "../../model/report.ts";
import { numbers } from "../fold.ts";
import { type Context, evidenceLines, evidencePlaces, labelled, styled } from "./context.ts";
import { paragraph, type Span, type Style } from "./layout.ts";
import { remedyLines } from "./resync.ts";

const marks: Readonly<Record<Severity, readonly [mark: string, style: Style]>> = {
	critical: ["‼", "bad"],
	warning: ["!", "warn"],
	info: ["i", "accent"],
};

/** The findings by their codes, for the top of the report: `‼ split-brain, data-discarded  ! log-gap`. */
export function findingsLine({ page, report }: Context): string {
	const spans = (["critical", "warning"] as const).flatMap((severity): Span[] => {
		const codes = report.findings.filter((finding) => finding.severity === severity).map(({ code }) => code);
		if (codes.length === 0) return [];
		const [mark, style] = marks[severity];
		return [styled(style, `${mark} ${[...new Set(codes)].join(", ")}`), "  "];
	});
	return paragraph(page, spans.slice(0, -1), { hanging: 2 });
}

/** One finding: what spans several resyncs, or needs an alarm. */
export function findingBlock(context: Context, finding: Finding): string {
	const { code, severity, node, resyncs, text, remedy, evidence } = finding;
	const { page, detail, names } = context;
	const [mark, style] = marks[severity];
	const where = node === undefined ? "" : `  ${names.node(node)}`;
	const lines = [
		paragraph(
			page,
			[
				styled(style, `${mark} ${severity.toUpperCase()}`),
				styled("bold", `  ${code}`),
				where,
				styled("dim", resyncs.length > 0 ? `  ${numbers(resyncs)}` : ""),
			],
			{ hanging: 4 },
		),
		labelled(context, "what", [text]),
	];
	if (detail === "quiet") return lines.join("\n");
	lines.push(...remedyLines(context, remedy, code));
	const all = detail === "verbose";
	// An alarm shows its lines, unless they were shown above; for the rest their places are enough.
	const known = evidence.every(({ input, line }) => context.linesShown.has(`${input}:${line}`));
	if (all || (severity === "critical" && !known)) lines.push(...evidenceLines(context, evidence, all ? undefined : 4));
	else lines.push(...evidencePlaces(context, evidence));
	return lines.join("\n");
}

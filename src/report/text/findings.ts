import type { Finding, Severity } from "../../model/report.ts";
import { numbers } from "../fold.ts";
import { type Context, evidenceLines, labelled, styled } from "./context.ts";
import { paragraph, type Style } from "./layout.ts";
import { remedyLines } from "./resync.ts";

const marks: Readonly<Record<Severity, readonly [mark: string, style: Style]>> = {
	critical: ["‼", "bad"],
	warning: ["!", "warn"],
	info: ["i", "accent"],
};

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
	lines.push(
		...evidenceLines(context, "evidence", evidence, detail === "verbose" ? Number.POSITIVE_INFINITY : 4),
	);
	return lines.join("\n");
}

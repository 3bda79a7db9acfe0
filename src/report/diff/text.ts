import { count, duration } from "../human.ts";
import { safeData } from "../safe.ts";
import { type Page, paint, paragraph, type Style } from "../text/layout.ts";
import type { Change, FoundThing, ReportDiff } from "./compare.ts";

/** The difference for people: what got better or worse, then the figures. */
export function renderDiff(unsafeDiff: ReportDiff, page: Page): string {
	const diff = safeData(unsafeDiff);
	const parts = [headline(diff, page), table(diff, page)];
	const { gone, new: added, kept } = diff.findings;
	if (gone.length > 0) parts.push(findings(page, "Findings gone", gone, "good"));
	if (added.length > 0) parts.push(findings(page, "Findings new", added, "bad"));
	if (kept.length > 0) parts.push(paragraph(page, [`${count(kept.length, "finding")} in both.`]));
	return `${parts.join("\n\n")}\n`;
}

function headline({ worse, verdicts, sameBy }: ReportDiff, page: Page): string {
	const full = verdicts.find(({ code }) => code === "full");
	const better = full !== undefined && full.after < full.before;
	const first =
		worse.length > 0
			? paint(page, "bad", `Worse: ${worse.join("; ")}.`)
			: better
				? paint(page, "good", `Better: ${full.after} full resyncs instead of ${full.before}.`)
				: "No worse.";
	const same =
		sameBy === null ? "Nothing shows that both are of the same servers." : `Same servers by ${sameBy.replace(/\b([0-9a-f]{8})[0-9a-f]{32}\b/g, "$1…")}.`;
	return `${first}\n${paint(page, "dim", same)}`;
}

type Row = readonly [label: string, before: string, after: string, change: string];

function table(diff: ReportDiff, page: Page): string {
	const rows: Row[] = [["", "before", "after", "change"]];
	for (const verdict of diff.verdicts) {
		rows.push(countRow(verdict.code, verdict));
		for (const cause of diff.causes) {
			const [of, code = ""] = cause.code.split(":", 2);
			if (of === verdict.code) rows.push(countRow(`  ${code}`, cause));
		}
	}
	const { before, after } = diff.outages;
	rows.push(countRow("outages timed", { code: "", before: before.known, after: after.known }));
	for (const [label, key] of [
		["  median", "medianMs"],
		["  95th percentile", "p95Ms"],
		["  longest", "longestMs"],
	] as const) {
		rows.push(timeRow(label, before[key], after[key]));
	}
	const widths = [0, 1, 2, 3].map((i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
	const pad = (text: string, i: number): string => {
		const width = widths[i] ?? 0;
		return i === 0 ? text.padEnd(width) : text.padStart(width);
	};
	return rows
		.map((row, n) => {
			const line = `  ${row.map(pad).join("  ")}`.trimEnd();
			return n === 0 ? paint(page, "dim", line) : line;
		})
		.join("\n");
}

function countRow(label: string, { before, after }: Change): Row {
	const by = after - before;
	return [label, String(before), String(after), by === 0 ? "" : by > 0 ? `+${by}` : `−${-by}`];
}

function timeRow(label: string, before: number | null, after: number | null): Row {
	const show = (ms: number | null): string => (ms === null ? "–" : duration(ms));
	const by = before === null || after === null ? 0 : after - before;
	return [label, show(before), show(after), by === 0 ? "" : by > 0 ? `+${duration(by)}` : duration(by)];
}

function findings(page: Page, title: string, list: readonly FoundThing[], style: Style): string {
	const lines = list.map(({ code, severity, node, text }) =>
		paragraph(page, [`${severity} ${code}${node === null ? "" : ` (${node})`}: ${text}`], {
			first: ["  "],
			hanging: 4,
		}),
	);
	return [paint(page, style, title), ...lines].join("\n");
}

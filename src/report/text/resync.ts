import type { Resync, Verdict } from "../../model/report.ts";
import {
	causeWords,
	cost,
	facts,
	isExpected,
	isFailed,
	missingOf,
	outage,
	position,
	tries,
	worstOf,
} from "../describe.ts";
import { type Group, numbers, timeOf } from "../fold.ts";
import { roughly } from "../human.ts";
import {
	type Context,
	dotted,
	evidenceLines,
	evidencePlaces,
	labelled,
	labelledList,
	styled,
} from "./context.ts";
import { paragraph, type Span, type Style, unbroken } from "./layout.ts";

const marks: Readonly<Record<Verdict, readonly [mark: string, style: Style, word: string]>> = {
	full: ["✗", "bad", "FULL"],
	partial: ["✓", "good", "PARTIAL"],
	failed: ["✗", "bad", "FAILED"],
	open: ["…", "warn", "OPEN"],
};

/** One resync, or several equal ones told as one. */
export function resyncBlock(context: Context, group: Group): string {
	const { first } = group;
	const lines = [title(context, group), labelled(context, "why", [first.cause.text])];
	if (context.detail !== "quiet") lines.push(...details(context, group));
	return lines.join("\n");
}

function title({ names, times, page }: Context, group: Group): string {
	const { first, all } = group;
	const known = first.verdict === "full" && isExpected(first);
	const [mark, style, word] = marks[first.verdict];
	const time = timeOf(first);
	const color = known ? "plain" : style;
	const count = all.length > 1 ? `${all.length} × ` : "";
	const every = group.period === null ? "" : `, every ~${roughly(group.period)}`;
	const spans: Span[] = [
		styled(color, known ? "•" : mark),
		styled("bold", ` ${numbers(all.map(({ id }) => id))}`),
		`  ${time === null ? "time unknown" : times.time(time)}  `,
		styled("bold", names.links(group.replicas, first.primary)),
		"  ",
		styled(color, `${count}${word}`),
		...causeSpans(first),
		styled("dim", every),
	];
	return paragraph(page, spans, { hanging: 4 });
}

function causeSpans(resync: Resync): Span[] {
	const { code, proof } = resync.cause;
	if (code === "unknown") return [styled("warn", `  ${causeWords(resync)}`)];
	return [`  ${code}`, styled(proof === "proven" ? "dim" : "warn", ` (${proof})`)];
}

function details(context: Context, group: Group): string[] {
	const { first, all } = group;
	const { trigger } = first;
	const verbose = context.detail === "verbose";
	const full = verbose || !isExpected(first);
	const lines = [
		labelled(context, "trigger", [`${trigger.code}: ${trigger.text}`, styled("dim", trigger.code === "unknown" ? "" : ` (${trigger.proof})`)]),
	];
	const add = (label: string, items: readonly string[]): void => {
		if (items.length > 0) lines.push(labelled(context, label, dotted(context, items)));
	};
	if (full || first.attempts.some(isFailed)) add("outage", outage(context.times, first));
	if (full) add("position", position(first, verbose));
	if (full) add("cost", cost(first));
	if (all.length > 1) lines.push(labelled(context, ...others(context, group)));
	lines.push(...labelledList(context, "tries", triesOf(context, first)));
	if (verbose) add("facts", facts(first));
	const worst = worstOf(group);
	lines.push(...remedyLines(context, worst.remedy, `#${worst.id}`));
	lines.push(
		...labelledList(
			context,
			"missing",
			missingOf(group).map((text) => [text]),
		),
	);
	if (!full) return [...lines, ...evidencePlaces(context, first.evidence)];
	return [
		...lines,
		...evidenceLines(context, first.evidence, verbose ? undefined : 8),
	];
}

function triesOf({ names, times, detail }: Context, resync: Resync): Span[][] {
	const lines = tries(names, times, resync).map(({ before, outcome, after }): Span[] => [
		before,
		styled(marks[outcome][1], outcome),
		after,
	]);
	if (detail === "verbose" || lines.length <= 8) return lines;
	const more = [styled("dim", `… ${lines.length - 6} more (-v) …`)];
	return [...lines.slice(0, 4), more, ...lines.slice(-2)];
}

/** When the further resyncs of a group were. */
function others({ names, times }: Context, { all, replicas }: Group): [label: string, spans: Span[]] {
	const at = (resync: Resync): string => {
		const time = timeOf(resync);
		return time === null ? "" : ` ${times.time(time)}`;
	};
	if (replicas.length === 1) {
		const final = all.at(-1) as Resync;
		return ["last", [`#${final.id}${at(final)}; what is said here is of the first`]];
	}
	const rest = all.slice(1, 7).map((r) => unbroken(`#${r.id} ${names.node(r.replica)}${at(r)}`));
	if (all.length > 7) rest.push(`and ${all.length - 7} more`);
	return ["also", [rest.join(", ")]];
}

/** What to do; a remedy that was given before is only pointed at. */
export function remedyLines(
	{ remediesGiven, ...rest }: Context,
	remedy: readonly string[],
	where: string,
): string[] {
	const context = { remediesGiven, ...rest };
	const items: Span[][] = [];
	const before = new Set<string>();
	for (const text of remedy) {
		const given = remediesGiven.get(text);
		if (given === undefined) items.push([styled("good", "→ "), text]);
		else before.add(given);
		remediesGiven.set(text, given ?? where);
	}
	if (before.size > 0) items.push([styled("good", "→ "), `as for ${[...before].join(", ")}`]);
	return labelledList(context, "do", items);
}

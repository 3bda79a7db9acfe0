import type { Attempt, PhaseName, Position, Resync, Verdict } from "../../model/report.ts";
import { type Group, numbers, timeOf } from "../fold.ts";
import { duration, roughly, shortId, size } from "../human.ts";
import { between } from "../times.ts";
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

/** Full resyncs that are nobody's fault and cannot be avoided. */
const expected: ReadonlySet<string> = new Set(["first-sync", "tool-snapshot"]);

/** One resync, or several equal ones told as one. */
export function resyncBlock(context: Context, group: Group): string {
	const { first } = group;
	const lines = [title(context, group), labelled(context, "why", why(first))];
	if (context.detail !== "quiet") lines.push(...details(context, group));
	return lines.join("\n");
}

const isPlain = ({ first }: Group): boolean =>
	first.verdict === "partial" || (first.verdict === "full" && expected.has(first.cause.code));

const isFailed = ({ outcome }: Attempt): boolean => outcome === "failed";

function title({ names, times, page }: Context, group: Group): string {
	const { first, all } = group;
	const known = expected.has(first.cause.code) && first.verdict === "full";
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
		`  ${first.cause.code}`,
		styled(first.cause.proof === "proven" ? "dim" : "warn", ` (${first.cause.proof})`),
		styled("dim", every),
	];
	return paragraph(page, spans, { hanging: 4 });
}

function why({ cause }: Resync): Span[] {
	return [cause.text];
}

function details(context: Context, group: Group): string[] {
	const { first, all } = group;
	const { detail } = context;
	const verbose = detail === "verbose";
	const full = verbose || !isPlain(group);
	const { trigger } = first;
	const lines = [
		labelled(context, "trigger", [`${trigger.code}: ${trigger.text}`, styled("dim", ` (${trigger.proof})`)]),
	];
	if (full || first.attempts.some(isFailed))
		lines.push(...present(context, "outage", outage(context, first)));
	if (full) {
		lines.push(...present(context, "position", position(first, verbose)));
		lines.push(...present(context, "cost", [...bytes(first), ...phases(first)]));
	}
	if (all.length > 1) lines.push(labelled(context, ...others(context, group)));
	lines.push(...labelledList(context, "tries", tries(context, first)));
	if (verbose) lines.push(...present(context, "facts", facts(first)));
	lines.push(...remedies(context, group));
	lines.push(
		...labelledList(
			context,
			"missing",
			[...new Set(all.flatMap(({ missing }) => missing))].map((text) => [text]),
		),
	);
	if (full)
		lines.push(...evidenceLines(context, "evidence", first.evidence, verbose ? Number.POSITIVE_INFINITY : 8));
	else lines.push(...evidencePlaces(context, first.evidence));
	return lines;
}

function present(context: Context, label: string, items: readonly string[]): string[] {
	return items.length === 0 ? [] : [labelled(context, label, dotted(context, items))];
}

/** The course of the outage: clock time where it begins, then time since. */
function outage({ times }: Context, { lostAt, askedAt, decidedAt, onlineAt }: Resync): string[] {
	const moments = [
		["lost", lostAt],
		["asked", askedAt],
		["decided", decidedAt],
		["online", onlineAt],
	] as const;
	let begin: string | undefined;
	const items: string[] = [];
	for (const [word, time] of moments) {
		if (time === null) continue;
		if (begin === undefined) items.push(`${word} ${times.time(time)}`);
		else items.push(`${word} ${relative(between(begin, time))}`);
		begin ??= time;
	}
	return items;
}

const relative = (ms: number): string => (ms < 0 ? duration(ms) : `+${duration(ms)}`);

function position({ request, granted, primaryHad }: Resync, verbose: boolean): string[] {
	const id = (text: string): string => (verbose ? text : shortId(text));
	const show = ({ replid, offset }: Position): string => `${id(replid)}:${offset}`;
	const items: string[] = [];
	if (request !== null) items.push(`asked for ${show(request)}`);
	if (primaryHad !== null) {
		const { replid, replid2, secondOffset, firstOffset, lastOffset } = primaryHad;
		const had: string[] = [];
		if (replid !== null) had.push(id(replid));
		if (firstOffset !== null || lastOffset !== null)
			had.push(`bytes ${firstOffset ?? "?"}–${lastOffset ?? "?"}`);
		const until = secondOffset === null || secondOffset < 0 ? "" : ` up to ${secondOffset}`;
		if (replid2 !== null && !/^0*$/.test(replid2)) had.push(`formerly ${id(replid2)}${until}`);
		else if (until !== "") had.push(`former history${until}`);
		if (had.length > 0) items.push(`primary had ${had.join(", ")}`);
	}
	if (granted !== null) items.push(`granted ${show(granted)}`);
	return items;
}

function bytes({ bytes: { missed, sent, snapshot } }: Resync): string[] {
	const items: string[] = [];
	if (missed !== null) items.push(`missed ${size(missed)}`);
	if (sent !== null) items.push(`${size(sent)} sent from the backlog`);
	if (snapshot !== null) items.push(`snapshot of ${size(snapshot)}`);
	return items;
}

const phaseWords: Readonly<Record<PhaseName, string>> = {
	down: "link down",
	handshake: "handshake",
	snapshot: "snapshot made in",
	transfer: "sent in",
	load: "loaded in",
};

const phases = ({ phases: all }: Resync): string[] =>
	all.map(({ name, from, to }) => `${phaseWords[name]} ${duration(between(from, to))}`);

function tries({ times }: Context, { attempts }: Resync): Span[][] {
	if (!attempts.some(isFailed)) return [];
	return attempts.map(({ askedAt, outcome, reason, count }) => [
		askedAt === null ? "" : `${times.time(askedAt)}  `,
		count > 1 ? `${count} × ` : "",
		styled(marks[outcome][1], outcome),
		reason === null ? "" : `  ${reason.code}: ${reason.text}`,
	]);
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

const facts = ({ cause, trigger }: Resync): string[] =>
	Object.entries({ ...cause.facts, ...trigger.facts })
		.filter(([, value]) => value !== null)
		.map(([key, value]) => `${key} ${value}`);

/** Of several equal ones the remedy of the worst does for all. */
function remedies(context: Context, { first, all }: Group): string[] {
	const missed = (resync: Resync): number => resync.bytes.missed ?? -1;
	const worst = all.reduce((most, resync) => (missed(resync) > missed(most) ? resync : most), first);
	return remedyLines(context, worst.remedy, `#${worst.id}`);
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

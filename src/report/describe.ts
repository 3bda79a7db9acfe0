import { expectedCauses } from "../model/expected.ts";
import { pushTo } from "../model/lists.ts";
import type { Attempt, Facts, PhaseName, Position, Report, Resync, Verdict } from "../model/report.ts";
import type { Group } from "./fold.ts";
import { count, duration, roughly, shortId, size } from "./human.ts";
import type { Names } from "./names.ts";
import { between, type Times } from "./times.ts";

/** What a resync was, in short pieces that every format for people puts in its own shape. */

/** Whether nothing is wrong: a partial resync, or a full one that had to be. */
export const isExpected = ({ verdict, cause }: Resync): boolean =>
	verdict === "partial" || (verdict === "full" && expectedCauses.has(cause.code));

export const isFailed = ({ outcome }: Attempt): boolean => outcome === "failed";

/** Code and proof of a cause: where it is not known, its proof is not either. */
export const causeWords = ({ cause: { code, proof } }: Pick<Resync, "cause">): string =>
	code === "unknown" ? "cause unknown" : `${code} (${proof})`;

/** Code, text and proof of a trigger; where it is not known, the text says that alone. */
export const triggerWords = ({ trigger: { code, text, proof } }: Pick<Resync, "trigger">): string =>
	code === "unknown" ? `unknown: ${text}` : `${code}: ${text} (${proof})`;

/** The course of the outage: clock time where it begins, then time since. */
export function outage(times: Times, { lostAt, askedAt, decidedAt, onlineAt }: Resync): string[] {
	const moments = [
		["lost", lostAt],
		["asked", askedAt],
		["decided", decidedAt],
		["online", onlineAt],
	] as const;
	let begin: string | undefined;
	const items: { words: string; time: string; shown: string }[] = [];
	for (const [word, time] of moments) {
		if (time === null) continue;
		const shown = begin === undefined ? times.time(time) : relative(between(begin, time));
		begin ??= time;
		// What is asked, decided and online in one millisecond is said in one breath.
		const last = items.at(-1);
		if (last?.time === time) last.words += `, ${word}`;
		else items.push({ words: word, time, shown });
	}
	return items.map(({ words, shown }) => `${words} ${shown}`);
}

const relative = (ms: number): string => (ms < 0 ? duration(ms) : `+${duration(ms)}`);

/** What was asked for, what the primary had, what was granted. */
export function position({ request, granted, primaryHad, cause }: Resync, wholeIds: boolean): string[] {
	const id = (text: string): string => (wholeIds ? text : shortId(text));
	const show = ({ replid, offset }: Position): string => `${id(replid)}:${offset}`;
	const items: string[] = [];
	if (request !== null) items.push(`asked for ${show(request)}`);
	if (primaryHad !== null) {
		const { replid, replid2, secondOffset, firstOffset, lastOffset } = primaryHad;
		const had: string[] = [];
		if (replid !== null) had.push(id(replid));
		if (firstOffset !== null || lastOffset !== null) {
			had.push(`bytes ${firstOffset ?? "?"}–${lastOffset ?? "?"}${sampled(cause.facts)}`);
		}
		const until = secondOffset === null || Number(secondOffset) < 0 ? "" : ` up to ${secondOffset}`;
		if (replid2 !== null && !/^0*$/.test(replid2)) had.push(`formerly ${id(replid2)}${until}`);
		else if (until !== "") had.push(`former history${until}`);
		if (had.length > 0) items.push(`primary had ${had.join(", ")}`);
	}
	if (granted !== null) items.push(`granted ${show(granted)}`);
	return items;
}

/** What the log does not say itself is of an INFO that was taken at another moment. */
function sampled({ backlogFirst, sampledMs }: Facts): string {
	if (typeof sampledMs !== "number" || typeof backlogFirst === "number") return "";
	return ` (INFO ${roughly(Math.abs(sampledMs))} ${sampledMs < 0 ? "before" : "later"})`;
}

const phaseWords: Readonly<Record<PhaseName, string>> = {
	down: "link down",
	handshake: "handshake",
	snapshot: "snapshot made in",
	transfer: "sent in",
	load: "loaded in",
};

/** Bytes and phases. */
export function cost({ bytes: { missed, sent, snapshot }, phases }: Resync): string[] {
	const items: string[] = [];
	if (missed !== null) items.push(`missed ${size(missed)}`);
	if (sent !== null) items.push(`${size(sent)} sent from the backlog`);
	if (snapshot !== null) items.push(`snapshot of ${size(snapshot)}`);
	for (const { name, from, to } of phases) {
		const ms = between(from, to);
		if (ms !== 0) items.push(`${phaseWords[name]} ${duration(ms)}`);
	}
	return items;
}

/** One try in three pieces, so that its outcome can be coloured. */
export interface TryWords {
	readonly before: string;
	readonly outcome: Verdict;
	readonly after: string;
}

/** The tries of an outage, where any of them failed. */
export function tries(names: Names, times: Times, { attempts, primary }: Resync): TryWords[] {
	if (!attempts.some(isFailed)) return [];
	return attempts.map((attempt) => {
		const { askedAt, outcome, decided, reason, count: often } = attempt;
		const time = askedAt === null ? "" : `${times.time(askedAt)}  `;
		const asked =
			attempt.primary === primary || attempt.primary === null ? "" : ` at ${names.node(attempt.primary)}`;
		const granted = decided === null || decided === outcome ? "" : `, ${decided} granted`;
		const why = reason === null ? "" : `  ${reason.code}: ${reason.text}`;
		return { before: `${time}${often > 1 ? `${often} × ` : ""}`, outcome, after: `${asked}${granted}${why}` };
	});
}

/** The same in whole lines. */
export const tryLines = (names: Names, times: Times, resync: Resync): string[] =>
	tries(names, times, resync).map(({ before, outcome, after }) =>
		`${before}${outcome}${after}`.replace(/ {2,}/g, " "),
	);

/** The figures that cause and trigger rest on. */
export function facts({ cause, trigger }: Resync): string[] {
	return Object.entries({ ...cause.facts, ...trigger.facts })
		.filter(([, value]) => value !== null)
		.map(([key, value]) => `${key} ${value}`);
}

/** The remedy for several equal resyncs is that of the worst. */
export function worstOf({ all, first }: Pick<Group, "all" | "first">): Resync {
	const missed = (resync: Resync): number => resync.bytes.missed ?? -1;
	return all.reduce((most, resync) => (missed(resync) > missed(most) ? resync : most), first);
}

/** What would raise the proof of any of them. */
export const missingOf = ({ all }: Pick<Group, "all">): string[] => [
	...new Set(all.flatMap(({ missing }) => missing)),
];

/** What the answer rests on: how much was read, and how much of it was not understood. */
export function readSummary({ inputs }: Report): { readonly text: string; readonly unrecognised: number } {
	const sum = (key: "lines" | "recognised" | "other" | "unrecognised"): number =>
		inputs.reduce((total, input) => total + input[key], 0);
	const unrecognised = sum("unrecognised");
	const where = inputs.filter((input) => input.unrecognised > 0).map(({ name }) => name);
	const read = `Read ${count(inputs.length, "input")}, ${count(sum("lines"), "line")}`;
	const number = (key: "recognised" | "other" | "unrecognised"): string =>
		`${sum(key).toLocaleString("en-US")} ${key}`;
	const lines = [number("recognised"), number("other"), number("unrecognised")].join(", ");
	return {
		text: `${read}: ${lines}${where.length > 0 ? ` (${where.join(", ")})` : ""}.${takenOff(inputs)}`,
		unrecognised,
	};
}

/** ` Taken off or mended: docker-json; markdown, hard-wrap (notes.md).` */
function takenOff(inputs: Report["inputs"]): string {
	const groups = new Map<string, string[]>();
	for (const { name, wrapper } of inputs) {
		if (wrapper !== null) pushTo(groups, wrapper, name);
	}
	if (groups.size === 0) return "";
	const told = [...groups].map(([wrapper, names]) => {
		if (names.length === inputs.length) return wrapper;
		return `${wrapper} (${names.length > 3 ? count(names.length, "input") : names.join(", ")})`;
	});
	return ` Taken off or mended: ${told.join("; ")}.`;
}

/** `21 Nov 2026, 19:57:51 – 19:58:14, 23.1 s (UTC, clock of primary)`, or undefined without any time. */
export function window(report: Report, times: Times): string | undefined {
	const { from, to } = report.summary;
	if (from === null || to === null) return undefined;
	const day = times.oneDay ? `${times.day(from)}, ` : "";
	const reference = report.nodes.find(({ clock }) => clock.reference);
	const by = reference === undefined || report.nodes.length < 2 ? "" : `, clock of ${reference.name}`;
	const span = `${times.second(from)} – ${times.second(to)}, ${duration(between(from, to))}`;
	return `${day}${span} (${times.zoneName}${by})`;
}

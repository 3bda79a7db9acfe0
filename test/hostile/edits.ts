import type { Report, Resync } from "../../src/model/report.ts";
import { isDecided, type Logs } from "./harness.ts";

/** What somebody, or a broken disk, may do to one line of a log. */
export const kinds = ["delete", "duplicate", "alter", "truncate"] as const;
export type Kind = (typeof kinds)[number];

export interface Edit {
	readonly kind: Kind;
	readonly input: string;
	/** The line, from 1. */
	readonly line: number;
	/** What was there, and what is there now. */
	readonly before: string;
	readonly after: string;
}

const letters = "0123456789abcdefABCXYZ :.,()'\"#*-<>\u00e9\u0000\u001b\\";

/** One edit at a place that a source of random numbers tells. */
export function edit(logs: Logs, random: () => number, kind?: Kind): { logs: Map<string, string>; edit: Edit } {
	const below = (n: number): number => Math.floor(random() * n);
	const [input, text] = [...logs][below(logs.size)] as [string, string];
	const lines = text.split("\n");
	const at = below(lines.length - 1);
	const before = lines[at] as string;
	const chosen = kind ?? (kinds[below(kinds.length)] as Kind);
	let after = before;
	const cut = below(before.length);
	switch (chosen) {
		case "delete":
			lines.splice(at, 1);
			after = "";
			break;
		case "duplicate":
			lines.splice(at, 0, before);
			after = `${before}\n${before}`;
			break;
		case "alter":
			after = before.slice(0, cut) + letters[below(letters.length)] + before.slice(cut + 1);
			lines[at] = after;
			break;
		case "truncate":
			after = before.slice(0, cut);
			lines[at] = after;
	}
	return {
		logs: new Map([...logs, [input, lines.join("\n")]]),
		edit: { kind: chosen, input, line: at + 1, before, after },
	};
}

/** A resync that an edit made wrong. */
export interface Wrong {
	readonly what: string;
	readonly resync: Resync;
	readonly original: Resync | undefined;
}

/**
 * The resyncs of an edited log that are proven and wrong. A resync is found again by the lines that it
 * rests on, as an edit may change names, times and the clock that all times are given in.
 */
export function wrongIn(original: Report, edited: Report, made: Edit): Wrong[] {
	const wrong: Wrong[] = [];
	for (const resync of edited.resyncs) {
		if (!isDecided(resync) || resync.cause.proof !== "proven") continue;
		const candidates = matches(original, resync, made);
		if (candidates.length === 0) {
			wrong.push({ what: `invented ${resync.verdict} ${resync.cause.code}`, resync, original: undefined });
			continue;
		}
		if (candidates.some((one) => one.verdict === resync.verdict && one.cause.code === resync.cause.code)) continue;
		const best = candidates[0] as Resync;
		const changed = best.verdict === resync.verdict ? "" : `${best.verdict} → ${resync.verdict}, `;
		// What was not to be told may be told now: an edit can take away what spoke against it.
		if (best.cause.code === "unknown" && changed === "") continue;
		wrong.push({ what: `${changed}${best.cause.code} → ${resync.cause.code}`, resync, original: best });
	}
	return wrong;
}

/** Resyncs of the unedited log that share lines with one of the edited, the most lines first. */
function matches(original: Report, resync: Resync, made: Edit): Resync[] {
	const places = new Set(resync.evidence.map(({ input, line }) => `${input}:${lineBefore(input, line, made)}`));
	const shared = (one: Resync): number =>
		one.evidence.filter(({ input, line }) => places.has(`${input}:${line}`)).length;
	return original.resyncs
		.map((one) => ({ one, score: shared(one) }))
		.filter(({ score }) => score > 0)
		.sort((a, b) => b.score - a.score)
		.map(({ one }) => one);
}

/** Where a line of the edited log stood before. */
function lineBefore(input: string, line: number, { kind, input: edited, line: at }: Edit): number {
	if (input !== edited) return line;
	if (kind === "delete") return line >= at ? line + 1 : line;
	return kind === "duplicate" && line > at ? line - 1 : line;
}

import type { NodeId } from "../../model/report.ts";
import type { Shown } from "./select.ts";

/** A line of a timeline: an event, or several that are told as one. */
export interface Entry extends Shown {
	/** How many equal events it stands for, the first of which it shows. */
	readonly count: number;
	/** Time of the last of them, or of the last of a round that comes again. */
	readonly until: number | null;
	/** Set where this line says that the lines of its node above it come again, so many and `count` times. */
	readonly again: number | null;
}

/** Rounds of more events than this are not looked for. */
const longestRound = 24;

/**
 * Folds what one node does again and again: equal events in a row become one with a count, and a
 * round of several events is shown once, with a line that tells how often it comes again. What
 * other nodes do meanwhile stands between, where it happened.
 */
export function foldRounds(shown: readonly Shown[]): Entry[] {
	const ofNode = new Map<NodeId, Shown[]>();
	for (const one of shown) {
		const list = ofNode.get(one.row.node);
		if (list === undefined) ofNode.set(one.row.node, [one]);
		else list.push(one);
	}
	const entries = [...ofNode.values()].flatMap(foldNode);
	return entries.sort((a, b) => a.order - b.order);
}

/** Every event by itself. */
export const unfoldedRounds = (shown: readonly Shown[]): Entry[] => shown.map(single);

const single = (one: Shown): Entry => ({ ...one, count: 1, until: null, again: null });

function foldNode(shown: readonly Shown[]): Entry[] {
	const numbers = new Map<string, number>();
	const keys = shown.map((one) => {
		const key = keyOf(one);
		const number = numbers.get(key) ?? numbers.size;
		numbers.set(key, number);
		return number;
	});
	const entries: Entry[] = [];
	for (let i = 0; i < shown.length; ) {
		const { period, times } = bestRound(keys, shown, i);
		const end = i + period * times;
		const last = shown[end - 1] as Shown;
		if (times === 1) entries.push(single(shown[i] as Shown));
		else if (period === 1) {
			entries.push({ ...(shown[i] as Shown), count: times, until: last.row.time, again: null });
		} else {
			for (const one of shown.slice(i, i + period)) entries.push(single(one));
			entries.push({
				...(shown[i + period] as Shown),
				count: times - 1,
				until: last.row.time,
				again: period,
			});
		}
		i = end;
	}
	return entries;
}

/** Rounds that are further apart than this (ms) are only folded where there are many. */
const apart = 60_000;
const many = 5;

/** The round from a place on that covers most, and how often it comes; at least three times if it has several events. */
function bestRound(
	keys: readonly number[],
	shown: readonly Shown[],
	from: number,
): { readonly period: number; readonly times: number } {
	let best = { period: 1, times: 1 };
	for (let period = 1; period <= longestRound && from + 2 * period <= keys.length; period++) {
		let same = 0;
		while (from + period + same < keys.length && keys[from + same] === keys[from + period + same]) same++;
		let times = 1 + Math.floor(same / period);
		if (times < many) times = closeRounds(shown, from, period, times);
		if (times < (period === 1 ? 2 : 3)) continue;
		if (period * times > best.period * best.times) best = { period, times };
	}
	return best;
}

/** How many of some equal rounds follow each other closely. */
function closeRounds(shown: readonly Shown[], from: number, period: number, times: number): number {
	const time = (round: number): number | null => shown[from + round * period]?.row.time ?? null;
	for (let round = 1; round < times; round++) {
		const [before, at] = [time(round - 1), time(round)];
		if (before !== null && at !== null && at - before > apart) return round;
	}
	return times;
}

/** What must be equal: the words but for figures that grow (offsets, sizes, durations), and what they change. */
function keyOf({ row, said, context }: Shown): string {
	const words = said?.text.replace(/(?<=\b[0-9a-f]{8}:)\d+|(?<![\w.:])\d[\d.,]*(?![\w.:])/g, "#") ?? "";
	return JSON.stringify([row.event.type, words, row.transitions.map(({ kind }) => kind), context]);
}

import type { Story } from "../../correlate/index.ts";
import { pushTo } from "../../model/lists.ts";
import type { Resync } from "../../model/report.ts";
import { configBytes, humanBytes, humanDuration } from "../../model/units.ts";
import type { Ground } from "../case.ts";
import { defineFinding } from "./define.ts";
import { known, largest, median, sample, smallest } from "./figures.ts";
import { allOf, counted } from "./phrases.ts";
import { linksOf, type Told } from "./told.ts";

/** No server takes a smaller repl-backlog-size (replication.c, CONFIG_REPL_BACKLOG_MIN_SIZE). */
const leastSize = 16 * 1024;

/** A full resync that a larger backlog would have spared, and how large it would have had to be. */
interface Overrun {
	readonly told: Told;
	/** Bytes that the backlog would have had to hold; null when nothing tells. */
	readonly needed: number | null;
	/** True when fewer may have done: the log shows only a bound. */
	readonly bound: boolean;
}

/** Resyncs were full only because the backlog did not reach back far enough. */
export const backlogTooSmall = defineFinding({
	code: "backlog-too-small",
	check: (story, resyncs) => {
		const held = largestHeld(resyncs);
		return [...overrunsByPrimary(story, resyncs)].flatMap(([primary, all]) => {
			const atLeast = held.get(primary) ?? null;
			// A backlog that holds more at other times was not too small: it was emptied or begun anew.
			const small = all.filter(
				(o) => o.needed === null || o.bound || o.needed > Math.max(atLeast ?? 0, leastSize),
			);
			if (small.length === 0) return [];
			const sizes = small.flatMap((o) => (o.needed === null ? [] : [o.needed])).sort((a, b) => a - b);
			const knee = kneeOf(sizes);
			const rates = small.map((o) => rateOf(o.told.resync));
			return {
				severity: "warning" as const,
				node: primary,
				resyncs: small.map((o) => o.told.resync.id),
				facts: {
					full: small.length,
					sized: sizes.length,
					bound: small.some((o) => o.bound) ? 1 : 0,
					enoughBytes: sizes.at(-1) ?? null,
					kneeBytes: knee?.bytes ?? null,
					kneeSpares: knee?.spares ?? null,
					table: tableOf(sizes),
					heldBytes: atLeast,
					smallestMissedBytes: smallest(sizes),
					bytesPerSecond: median(known(rates)),
					peakBytesPerSecond: largest(rates),
					longestAwayMs: largest(small.map((o) => awayOf(o.told.resync))),
				},
				grounds: sample(small).flatMap((o) => groundsOf(o.told)),
			};
		});
	},
	explain: ({
		full,
		sized,
		bound,
		enoughBytes,
		kneeBytes,
		kneeSpares,
		table,
		bytesPerSecond,
		longestAwayMs,
	}) => {
		const what = `${counted(full, "resync was full", "resyncs were full")} only because the backlog did not reach back far enough`;
		if (enoughBytes === null) return `${what}; the logs given do not tell how many bytes were missed`;
		const most = bound === 1 ? "at most " : "";
		const would =
			sized === 1
				? `; ${most}${humanBytes(enoughBytes)} would have made ${full === 1 ? "it" : "one of them"} partial`
				: kneeBytes !== null && kneeSpares !== null && kneeBytes < enoughBytes
					? `; ${most}${humanBytes(kneeBytes)} would have made ${kneeSpares} of ${sized} partial, ${humanBytes(enoughBytes)} all (${table})`
					: `; ${most}${humanBytes(enoughBytes)} would have made ${allOf(sized)} partial (${table})`;
		const rate =
			bytesPerSecond === null ? "" : `; the primary wrote ${humanBytes(bytesPerSecond)}/s meanwhile`;
		const away =
			longestAwayMs === null || longestAwayMs < shortest
				? ""
				: `, the longest outage took ${humanDuration(longestAwayMs)}`;
		return `${what}${would}${rate}${away}`;
	},
	remedy: ({ enoughBytes, kneeBytes, kneeSpares, sized, bytesPerSecond, peakBytesPerSecond }) => {
		if (enoughBytes === null) {
			return [
				"Give the replica's log too: it tells how many bytes were missed. As a rule: repl-backlog-size = 2 × write rate × longest outage to survive.",
			];
		}
		const rate = peakBytesPerSecond ?? bytesPerSecond;
		const lasts =
			rate === null || rate === 0
				? ""
				: ` That lasts ${humanDuration((enoughBytes * 2 * 1000) / rate)} at ${humanBytes(rate)}/s.`;
		const cheaper =
			kneeBytes !== null && kneeBytes < enoughBytes
				? [
						`${configBytes(kneeBytes * 2)} already spares ${kneeSpares} of ${sized}; the rest costs ${humanBytes(enoughBytes * 2 - kneeBytes * 2)} more memory.`,
					]
				: [];
		return [
			`CONFIG SET repl-backlog-size ${configBytes(enoughBytes * 2)} on the primary and on every node that may become one (twice what was missed at worst).${lasts}`,
			...cheaper,
			"Up to 6.2 a change empties the backlog: make it while all replicas are connected.",
		];
	},
});

function overrunsByPrimary(story: Story, resyncs: readonly Resync[]): Map<string, Overrun[]> {
	const byPrimary = new Map<string, Overrun[]>();
	for (const link of linksOf(story, resyncs)) {
		for (const [i, told] of link.told.entries()) {
			const { cause, primary } = told.resync;
			if (cause.code !== "backlog-overrun" || primary === null) continue;
			pushTo(byPrimary, primary, { told, ...neededBy(told, link.told[i + 1]) });
		}
	}
	return byPrimary;
}

/**
 * What the backlog would have had to hold: the bytes missed, else, where only the primary's log is
 * given, no more than the replica had received by the time it asked again.
 */
function neededBy(told: Told, next: Told | undefined): { needed: number | null; bound: boolean } {
	const { missedBytes, neededBytes, neededAtMostBytes } = told.resync.cause.facts;
	if (typeof missedBytes === "number") return { needed: missedBytes, bound: false };
	if (typeof neededBytes === "number") return { needed: neededBytes, bound: false };
	if (typeof neededAtMostBytes === "number") return { needed: neededAtMostBytes, bound: true };
	const from = refusedOffset(told);
	const to = next === undefined || next.resync.primary !== told.resync.primary ? null : refusedOffset(next);
	return from !== null && to !== null && to > from
		? { needed: Number(to - from), bound: true }
		: { needed: null, bound: false };
}

/** The offset that the primary refused for lack of backlog. */
function refusedOffset({ episode }: Told): bigint | null {
	for (const { decision } of episode.sessions) {
		if (decision?.type === "psync.rejected.backlog") return decision.fields.offset ?? null;
	}
	return null;
}

/** The most that each primary's backlog has been seen to hold: what a partial resync was sent. */
function largestHeld(resyncs: readonly Resync[]): Map<string, number> {
	const held = new Map<string, number>();
	for (const { primary, bytes } of resyncs) {
		if (primary === null || bytes.sent === null) continue;
		held.set(primary, Math.max(held.get(primary) ?? 0, bytes.sent));
	}
	return held;
}

/** The size from which on more memory buys least: where the curve of spared resyncs bends most. */
function kneeOf(sizes: readonly number[]): { bytes: number; spares: number } | null {
	const [first] = sizes;
	const last = sizes.at(-1);
	if (first === undefined || last === undefined) return null;
	let best = { bytes: last, spares: sizes.length };
	let gain = 0;
	for (const [i, bytes] of sizes.entries()) {
		const above = (i + 1) / sizes.length - bytes / last;
		if (above > gain) {
			gain = above;
			best = { bytes, spares: i + 1 };
		}
	}
	return best;
}

/** How many would have been spared by which size: sizes double, and only those that spare more are listed. */
function tableOf(sizes: readonly number[]): string | null {
	const [first] = sizes;
	const last = sizes.at(-1);
	if (first === undefined || last === undefined) return null;
	const rows: string[] = [];
	let spared = 0;
	for (let size = 1024 ** 2; spared < sizes.length; size *= 2) {
		const before = spared;
		while (spared < sizes.length && (sizes[spared] as number) <= size) spared++;
		if (spared > before) rows.push(`${configBytes(size)}: ${spared}`);
	}
	return rows.join(", ");
}

/** A rate over less than a second tells of the moment, not of the load. */
const shortest = 1000;

function rateOf(resync: Resync): number | null {
	const { bytesPerSecond } = resync.cause.facts;
	return typeof bytesPerSecond === "number" && (awayOf(resync) ?? 0) >= shortest ? bytesPerSecond : null;
}

function awayOf({ cause }: Resync): number | null {
	const { awayMs } = cause.facts;
	return typeof awayMs === "number" ? awayMs : null;
}

function groundsOf({ episode }: Told): Ground[] {
	const refused = episode.sessions.find((s) => s.decision?.type === "psync.rejected.backlog");
	const tried = episode.outage?.tries.find((t) => t.granted !== null);
	const grounds: Ground[] = [];
	if (refused?.decision != null) grounds.push({ server: refused.server, event: refused.decision });
	if (tried?.ask != null) grounds.push({ server: tried.server, event: tried.ask });
	if (tried?.answer != null) grounds.push({ server: tried.server, event: tried.answer });
	return grounds;
}

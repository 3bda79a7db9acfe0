import type { Story } from "../../correlate/index.ts";
import { firstAt, pushTo } from "../../model/lists.ts";
import type { Resync } from "../../model/report.ts";
import type { Server, Try } from "../../model/story.ts";
import { humanDuration } from "../../model/units.ts";
import { allLinesOf } from "../../model/lines.ts";
import type { Ground } from "../case.ts";
import { iso } from "../evidence.ts";
import { defineFinding } from "./define.ts";
import { largest, sample, smallest, tally } from "./figures.ts";
import { tallied, times } from "./phrases.ts";
import { type Round, roundsOf } from "./rounds.ts";
import { stallsOf } from "./stalls.ts";
import { toldOf } from "./told.ts";

/** One link that was dropped for silence while somebody was busy. */
interface Early {
	readonly resync: number;
	readonly primary: string | null;
	readonly what: string;
	readonly at: number | null;
	/** For how long the other side had waited, in ms. */
	readonly waitedMs: number | null;
	/** How long the work took in all, where its end is seen, in ms. */
	readonly tookMs: number | null;
	readonly grounds: readonly Ground[];
}

/** Links were dropped for silence while the other side was only busy. */
export const replTimeoutTooShort = defineFinding({
	code: "repl-timeout-too-short",
	check: (story, resyncs) => {
		const byPrimary = new Map<string, Early[]>();
		for (const early of [
			...inTransfers(story, resyncs),
			...inLoads(story, resyncs),
			...inWork(story, resyncs),
		]) {
			pushTo(byPrimary, early.primary ?? "", early);
		}
		return [...byPrimary].map(([primary, all]) => {
			const took = largest(all.map((e) => e.tookMs));
			const waited = largest(all.map((e) => e.waitedMs));
			return {
				severity: "warning" as const,
				node: primary === "" ? null : primary,
				resyncs: all.map((e) => e.resync),
				facts: {
					timeouts: all.length,
					slow: tally(all.map((e) => e.what))[0]?.[0] ?? null,
					slowAll: tallied(tally(all.map((e) => e.what))),
					tookMs: took,
					waitedMs: waited,
					// The clock of repl-timeout starts again with each byte: no wait can be shorter than it.
					timeoutAtMostMs: smallest(all.map((e) => e.waitedMs)),
					neededMs: largest([took, waited]),
					first: iso(smallest(all.map((e) => e.at))),
					last: iso(largest(all.map((e) => e.at))),
				},
				grounds: sample(all).flatMap((e) => e.grounds),
			};
		});
	},
	explain: ({ timeouts, slow, slowAll, tookMs, waitedMs, timeoutAtMostMs }) => {
		const what = words[slow ?? ""] ?? "the other side was busy";
		const took =
			tookMs !== null
				? `; it took ${humanDuration(tookMs)}`
				: waitedMs !== null
					? `; it was given up after ${humanDuration(waitedMs)}`
					: "";
		const limit =
			timeoutAtMostMs === null ? "" : `; repl-timeout is ${humanDuration(timeoutAtMostMs)} or less`;
		const rest = slowAll.includes(",") ? ` (${slowAll})` : "";
		return `links were dropped for silence ${times(timeouts)} while ${what}${rest}${took}${limit}`;
	},
	remedy: ({ slow, neededMs, tookMs }) => {
		const value = neededMs === null ? null : Math.ceil((neededMs * 2) / 1000);
		const basis =
			tookMs === null
				? "twice the time after which it was given up; raise it further if it is still too short"
				: "twice what it took";
		return [
			value === null
				? "Raise repl-timeout on both sides beyond the longest snapshot, transfer and load."
				: `CONFIG SET repl-timeout ${value} on both sides (${basis}).`,
			...(slow !== null && causes[slow] !== undefined ? [causes[slow] as string] : []),
		];
	},
});

const words: Readonly<Record<string, string>> = {
	sync: "a full resync was under way",
	snapshot: "the primary was still making the snapshot",
	transfer: "the snapshot was on its way",
	load: "the replica was flushing or loading",
	script: "a slow script held up the event loop",
	disk: "the server waited for its disk",
	fork: "the primary was forking",
	watchdog: "the event loop was blocked",
};

const causes: Readonly<Record<string, string>> = {
	snapshot: "Make the snapshot quicker: a faster disk, or repl-diskless-sync yes.",
	load: "Up to 5.0 a replica is silent while it loads; an upgrade helps as much as a longer repl-timeout.",
	script: "Bound the script: SCRIPT KILL or FUNCTION KILL ends one that has written nothing.",
	disk: "Give the AOF a disk of its own, or appendfsync everysec with no-appendfsync-on-rewrite yes.",
	fork: "Shorten the fork: smaller instances, transparent huge pages off.",
};

/** Synchronisations that were given up on the way. */
function inTransfers(story: Story, resyncs: readonly Resync[]): Early[] {
	return toldOf(story, resyncs).flatMap((told) =>
		roundsOf(story, told)
			.filter((round) => round.failure?.why.code === "transfer-timeout" && inTransfer(round))
			.map((round): Early => {
				const { what, since } = phaseOf(story, round);
				return {
					resync: told.resync.id,
					primary: told.resync.primary,
					what,
					at: round.to,
					waitedMs: since === null || round.to === null ? null : round.to - since,
					tookMs: null,
					grounds: round.failure?.grounds ?? [],
				};
			}),
	);
}

/**
 * By the primary's log alone, silence after the snapshot was sent may be a replica that is gone; and
 * a replica whose primary has closed it for another reason may notice by its timeout only.
 */
function inTransfer({ tried, session, failure }: Round): boolean {
	if (tried === null)
		return failure?.grounds.some((g) => g.event.type === "replica.timeout-fullsync") === true;
	return session?.failure == null || session.failure.code === "transfer-timeout";
}

/** Which part of a synchronisation was under way when it ended, and since when. */
function phaseOf(story: Story, { tried, session, from }: Round): { what: string; since: number | null } {
	if (tried !== null) {
		const at = (event: Try["receiving"]): number | null =>
			event === null ? null : story.time(tried.server, event);
		if (tried.received !== null) return { what: "load", since: at(tried.received) };
		if (tried.receiving !== null) return { what: "transfer", since: at(tried.receiving) };
		// Where the log begins in the middle, nothing tells what was under way.
		if (tried.ask === null && tried.answer === null) return { what: "sync", since: null };
		return { what: "snapshot", since: at(tried.answer) ?? from };
	}
	if (session !== null && session.ask === session.failure?.event) return { what: "sync", since: null };
	if (session?.snapshotEnd == null) return { what: "snapshot", since: from };
	return { what: "transfer", since: story.time(session.server, session.snapshotEnd) };
}

/** Replicas that the primary dropped while their own logs show them loading. */
function inLoads(story: Story, resyncs: readonly Resync[]): Early[] {
	const dropped = timeoutsByReplica(story);
	if (dropped.size === 0) return [];
	const loaders = new Set(story.tries.filter((t) => t.received !== null).map((t) => t.server));
	// A replica whose address is masked in the paste can only be the one that is seen loading.
	const masked = loaders.size === 1 ? (dropped.get(null) ?? []) : [];
	return toldOf(story, resyncs).flatMap((told): Early[] => {
		const { outage } = told.episode;
		return (outage?.tries ?? []).flatMap((tried): Early[] => {
			if (tried.received === null || tried.outcome !== "full" || tried.end === null) return [];
			const from = story.time(tried.server, tried.received);
			const to = story.time(tried.server, tried.end);
			if (from === null || to === null) return [];
			const drops = dropped.get(tried.server) ?? masked;
			const drop = drops[firstAt(drops, (x) => x.at, from)];
			if (drop === undefined || drop.at > to) return [];
			return [
				{
					resync: told.resync.id,
					primary: drop.ground.server.id,
					what: "load",
					at: drop.at,
					waitedMs: drop.at - from,
					tookMs: to - from,
					grounds: [
						{ server: tried.server, event: tried.received },
						drop.ground,
						{ server: tried.server, event: tried.end },
					],
				},
			];
		});
	});
}

interface Drop {
	readonly at: number;
	readonly ground: Ground;
}

/** The primaries' complaints about silent replicas, by the replica where its log is given; null for masked names. */
function timeoutsByReplica(story: Story): Map<Server | null, Drop[]> {
	const drops = new Map<Server | null, Drop[]>();
	for (const server of story.servers) {
		for (const event of allLinesOf(server, "replica.timeout")) {
			const at = story.time(server, event);
			const peer = event.fields.replica ?? null;
			const replica = story.addresses.resolve(peer);
			if (at !== null && (replica !== null || peer === null || /[()<>*]|xx/i.test(peer)))
				pushTo(drops, replica, { at, ground: { server, event } });
		}
	}
	return drops;
}

/** Servers that fell silent while their own logs show what kept them busy. */
function inWork(story: Story, resyncs: readonly Resync[]): Early[] {
	return stallsOf(story, toldOf(story, resyncs)).flatMap((stall): Early[] =>
		stall.busy === null
			? []
			: [
					{
						resync: stall.told.resync.id,
						primary: stall.told.resync.primary,
						what: stall.busy.what,
						at: stall.from,
						waitedMs: null,
						tookMs: null,
						grounds: [stall.busy.ground, ...stall.grounds],
					},
				],
	);
}

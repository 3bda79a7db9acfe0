import type { Story } from "../../correlate/index.ts";
import { pushTo } from "../../model/lists.ts";
import { iso } from "../evidence.ts";
import { defineFinding } from "./define.ts";
import { discardsOf } from "./discards.ts";
import { sample, tally } from "./figures.ts";
import { allOf, listed, tallied } from "./phrases.ts";
import { type Promotion, promotionBefore, promotionsOf } from "./promotions.ts";
import { type Told, toldOf } from "./told.ts";

/** Causes that a change of primary brings by itself. */
const ofFailover: ReadonlySet<string> = new Set([
	"diverged-history",
	"history-rotated-out",
	"psync1-changed-primary",
	"restarted-as-primary",
]);
/** Causes that have to do with it when it was the change of primary that made the replica ask. */
const afterFailover: ReadonlySet<string> = new Set([
	"backlog-overrun",
	"no-backlog",
	"backlog-expired",
	"unknown-history",
	"replid-changed",
	"replica-lost-state",
]);
const changes: ReadonlySet<string> = new Set([
	"replicaof-command",
	"sentinel-command",
	"failover-command",
	"cluster-reconfiguration",
	"primary-promoted",
]);

/** A promotion after which nodes with a related history needed everything. */
export const failoverNeedsFullResync = defineFinding({
	code: "failover-needs-full-resync",
	check: (story, resyncs) => {
		const all = toldOf(story, resyncs);
		const harmless = new Set(
			discardsOf(story, all)
				.filter((d) => d.content === "heartbeat-only")
				.map((d) => d.told),
		);
		return [...afterEach(story, all)].flatMap(([promotion, told]) => {
			const full = told.filter((t) => t.resync.verdict !== "partial" && belongs(t));
			if (full.length === 0) return [];
			const partial = told.filter((t) => t.resync.cause.code === "continued-after-failover");
			const { server, event, shift, time } = promotion;
			return [
				{
					severity: "warning" as const,
					node: server.id,
					resyncs: full.map((t) => t.resync.id),
					facts: {
						promotedAt: iso(time),
						full: full.length,
						partial: partial.length,
						replicas: listed([...new Set(full.map((t) => t.resync.replica ?? "not named"))]),
						causes: tallied(tally(full.map((t) => t.resync.cause.code))),
						mainCause: tally(full.map((t) => t.resync.cause.code))[0]?.[0] ?? null,
						heartbeatOnly: full.filter((t) => harmless.has(t)).length,
						replid: shift?.fields.oldReplid ?? null,
						newReplid: shift?.fields.newReplid ?? null,
					},
					grounds: [
						{ server, event },
						...sample(full).flatMap(({ episode }) =>
							episode.sessions.slice(0, 1).map((s) => ({ server: s.server, event: s.decision ?? s.ask })),
						),
					],
				},
			];
		});
	},
	explain: ({ full, partial, replicas, causes, heartbeatOnly }) => {
		const of = full + partial;
		const all =
			of === full
				? full === 1
					? "the node that came over"
					: `${allOf(full)} nodes that came over`
				: `${full} of ${of} nodes that came over`;
		const harmless =
			heartbeatOnly === 0
				? ""
				: heartbeatOnly === full
					? "; no more than heartbeats stood between them and a partial resync"
					: `; for ${heartbeatOnly} of them no more than heartbeats stood between`;
		return `after its promotion ${all} needed a full resync (${replicas}): ${causes}${harmless}`;
	},
	remedy: ({ mainCause, heartbeatOnly, full }) => {
		switch (mainCause) {
			case "diverged-history":
				return heartbeatOnly === full
					? [
							"Hand over with FAILOVER (6.2+), CLUSTER FAILOVER or SENTINEL FAILOVER … COORDINATED (Valkey 9): they stop the old stream before the promotion. A larger backlog does not help.",
						]
					: [
							"The old side went on writing after the promotion: see data-discarded. min-replicas-to-write with min-replicas-max-lag stops it; FAILOVER and CLUSTER FAILOVER hand over without a fork.",
						];
			case "psync1-changed-primary":
				return ["Upgrade to 4.0 or later: before, no replication history survives a change of primary."];
			case "restarted-as-primary":
				return [
					"Let a former primary come back as a replica: write replicaof with the new primary into its configuration before it starts. It then continues from its RDB.",
				];
			case "history-rotated-out":
				return [
					"Keep all replicas connected between two failovers: a server knows its last two replication IDs only.",
				];
			case "backlog-overrun":
				return [
					"The new primary's backlog did not reach back far enough: see backlog-too-small, and let replicas finish a resync before the next failover.",
				];
			default:
				return [
					"Let every replica be online and level before a failover, and keep repl-backlog-ttl above the longest maintenance.",
				];
		}
	},
});

function belongs({ resync: { cause, trigger } }: Told): boolean {
	return ofFailover.has(cause.code) || (afterFailover.has(cause.code) && changes.has(trigger.code));
}

/** The resyncs that each promoted node answered after its promotion: the first one of every replica. */
function afterEach(story: Story, all: readonly Told[]): Map<Promotion, Told[]> {
	const promotions = promotionsOf(story);
	if (promotions.size === 0) return new Map();
	const first = new Map<Promotion, Set<string>>();
	const after = new Map<Promotion, Told[]>();
	for (const told of all) {
		const session = told.episode.sessions.find((s) => s.decided !== null);
		const { replica } = told.resync;
		if (session === undefined || replica === null) continue;
		const promotion = promotionBefore(promotions.get(session.server), session.at);
		if (promotion === null) continue;
		const seen = first.get(promotion);
		if (seen?.has(replica)) continue;
		if (seen === undefined) first.set(promotion, new Set([replica]));
		else seen.add(replica);
		pushTo(after, promotion, told);
	}
	return after;
}

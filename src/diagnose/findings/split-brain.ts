import type { Story } from "../../correlate/index.ts";
import { pushTo } from "../../model/lists.ts";
import type { Offset } from "../../model/report.ts";
import type { Session } from "../../model/story.ts";
import { exact, humanBytes, humanDuration, shortId } from "../../model/units.ts";
import type { Ground } from "../case.ts";
import { iso } from "../evidence.ts";
import { defineFinding } from "./define.ts";
import { type Discard, discardsOf } from "./discards.ts";
import { largest } from "./figures.ts";
import { type Promotion, promotionsOf } from "./promotions.ts";
import { type Told, toldOf } from "./told.ts";

/** Two nodes from one history that both acted as primary. */
interface Split {
	readonly replid: string | null;
	readonly forkOffset: Offset | null;
	/** The node that was promoted, and the one that went on (or was promoted too). */
	readonly promoted: string;
	readonly other: string;
	readonly how: "writes" | "replicas" | "promoted-twice";
	/** Bytes of the side that gave way. */
	readonly bytes: number | null;
	readonly from: number | null;
	readonly to: number | null;
	readonly resyncs: readonly number[];
	readonly grounds: readonly Ground[];
}

/** Clocks of two servers may be this far apart without any handshake telling, in ms. */
const leeway = 1000;

/** Two primaries extended one history. */
export const splitBrain = defineFinding({
	code: "split-brain",
	check: (story, resyncs) => {
		const all = toldOf(story, resyncs);
		const forks = new Map<string, Split[]>();
		for (const split of [...byWrites(story, all), ...byReplicas(story)]) {
			pushTo(forks, [split.replid, ...[split.promoted, split.other].sort()].join("\n"), split);
		}
		return [...forks.values()].map((splits) => {
			const one = splits[0] as Split;
			const times = splits.flatMap((s) => (s.to === null ? [] : [s.to]));
			const to = largest(times);
			return {
				severity: "critical" as const,
				node: one.other,
				resyncs: splits.flatMap((s) => s.resyncs),
				facts: {
					replid: one.replid,
					forkOffset: one.forkOffset,
					promoted: one.promoted,
					other: one.other,
					how: one.how,
					bytes: largest(splits.map((s) => s.bytes)),
					from: iso(one.from),
					to: iso(to),
					lastsMs: one.from === null || to === null || to < one.from ? null : to - one.from,
				},
				grounds: splits.flatMap((s) => s.grounds).slice(0, 12),
			};
		});
	},
	explain: ({ replid, forkOffset, promoted, other, how, bytes, lastsMs }) => {
		const history = replid === null ? "one history" : `history ${shortId(replid)}`;
		const fork = forkOffset === null ? "" : ` from offset ${forkOffset}`;
		const time = lastsMs === null ? "" : ` for ${humanDuration(lastsMs)}`;
		const proof =
			how === "writes"
				? `; the side that gave way had gone on for ${bytes === null ? "some" : humanBytes(bytes)} beyond that point`
				: how === "replicas"
					? "; both gave replicas their own continuation of it"
					: "; both were promoted from it and took replicas";
		return `${promoted} and ${other} were primary at the same time${time} and extended ${history}${fork} in two directions${proof}`;
	},
	remedy: ({ promoted, other, lastsMs, bytes }) => {
		const time = lastsMs === null ? " after the promotion" : ` in those ${humanDuration(lastsMs)}`;
		return [
			`Find out which of ${promoted} and ${other} clients wrote to${time}${bytes === null ? "" : `: ${humanBytes(bytes)} went to the side that lost`}.`,
			"min-replicas-to-write 1 with min-replicas-max-lag 10 makes a primary that is cut off from its replicas refuse writes.",
			"Give Sentinel a majority of at least three and a down-after-milliseconds above the longest pause; stop the old primary before REPLICAOF NO ONE by hand.",
		];
	},
});

/** One side asks to continue from beyond the fork: it went on as a primary after another was promoted. */
function byWrites(story: Story, all: readonly Told[]): Split[] {
	const discards = discardsOf(story, all).filter(({ content }) => content === "writes");
	if (discards.length === 0) return [];
	const primaries = primariesById(story);
	const followed = followedBefore(all);
	return discards.flatMap((discard): Split[] => {
		const { resync } = discard.told;
		const { promotion } = discard;
		if (resync.primary === null || resync.replica === null) return [];
		const wasPrimary =
			discard.side === "promoted-side" ||
			primaries.get(discard.replid ?? "")?.has(resync.replica) ||
			followed.get(discard.told)?.includes(resync.replica);
		// A sibling that was merely ahead of the promoted one when the primary died split nothing.
		if (!wasPrimary) return [];
		const promoted = discard.side === "promoted-side" ? resync.replica : resync.primary;
		const other = discard.side === "promoted-side" ? resync.primary : resync.replica;
		return [
			{
				replid: discard.replid,
				forkOffset: discard.forkOffset,
				promoted,
				other,
				how: "writes",
				bytes: discard.bytes,
				from: promotion?.time ?? null,
				to: demotedAt(story, discard),
				resyncs: [resync.id],
				grounds: discard.grounds,
			},
		];
	});
}

/** When the side that gave way was pointed to the other, else when it asked. */
function demotedAt(story: Story, { told }: Discard): number | null {
	const { outage } = told.episode;
	const pointing = outage?.pointings.find(
		(p) => p.event.type !== "replid.shifted" && p.event.type !== "role.promoted",
	);
	const at = outage == null || pointing === undefined ? null : story.time(outage.server, pointing.event);
	return at ?? told.askedAt;
}

/** Servers that were primary of each replication ID: they answered with it while in that role. */
function primariesById(story: Story): Map<string, Map<string, Session>> {
	const primaries = new Map<string, Map<string, Session>>();
	for (const session of story.sessions) {
		const replid = extended(session);
		if (replid === null || !actsAsPrimary(session)) continue;
		const of = primaries.get(replid);
		// The latest one: it tells how long the server went on.
		if (of === undefined) primaries.set(replid, new Map([[session.server.id, session]]));
		else of.set(session.server.id, session);
	}
	return primaries;
}

/** The history that a server continued for a replica. */
function extended({ tryOf, replid, decided }: Session): string | null {
	if (tryOf?.granted != null) return tryOf.granted.replid;
	if (decided !== "partial") return replid;
	return (
		tryOf?.changedId?.fields.replid ??
		(tryOf?.ask?.type === "psync.request" ? tryOf.ask.fields.replid : replid)
	);
}

function actsAsPrimary({ ask }: Session): boolean {
	return ask.role === "M" || ask.role === null;
}

/** For each resync, by which names its primary knows the node that it had followed itself until then. */
function followedBefore(all: readonly Told[]): Map<Told, readonly (string | null)[]> {
	const last = new Map<string, readonly (string | null)[]>();
	const before = new Map<Told, readonly (string | null)[]>();
	for (const told of all) {
		const { resync, episode } = told;
		if (resync.primary !== null) before.set(told, last.get(resync.primary) ?? []);
		if (resync.replica !== null && resync.onlineAt !== null)
			last.set(resync.replica, [resync.primary, episode.primaryAddress]);
	}
	return before;
}

/** Both sides served replicas after the fork: one as it was, the other under a new replication ID. */
function byReplicas(story: Story): Split[] {
	const byOldId = new Map<string, Promotion[]>();
	for (const own of promotionsOf(story).values()) {
		for (const promotion of own) {
			if (promotion.shift !== null) pushTo(byOldId, promotion.shift.fields.oldReplid, promotion);
		}
	}
	if (byOldId.size === 0) return [];
	const primaries = primariesById(story);
	return [...byOldId].flatMap(([replid, promotions]) =>
		promotions.flatMap((promotion, i): Split[] => {
			const { server, shift, time } = promotion;
			const mine = primaries.get(shift?.fields.newReplid ?? "")?.get(server.id);
			if (shift === null || time === null || mine === undefined) return [];
			const others: { session: Session; promotion: Promotion | null }[] = [];
			for (const [id, session] of primaries.get(replid) ?? []) {
				const at = story.time(session.server, session.ask);
				if (id !== server.id && at !== null && at > time + leeway && servesThird(session, mine))
					others.push({ session, promotion: null });
			}
			for (const twin of promotions.slice(i + 1)) {
				const session = primaries.get(twin.shift?.fields.newReplid ?? "")?.get(twin.server.id);
				if (twin.server !== server && session !== undefined) others.push({ session, promotion: twin });
			}
			return others.map(({ session, promotion: twin }) => ({
				replid,
				forkOffset: exact(shift.fields.secondReplOffset),
				promoted: server.id,
				other: session.server.id,
				how: twin === null ? ("replicas" as const) : ("promoted-twice" as const),
				bytes: null,
				from: twin?.time == null ? time : Math.max(time, twin.time),
				to: story.time(session.server, session.ask),
				resyncs: [],
				grounds: [
					{ server, event: shift },
					{ server, event: mine.decision ?? mine.ask },
					{ server: session.server, event: session.decision ?? session.ask },
					...(twin === null ? [] : [{ server: twin.server, event: twin.event }]),
				],
			}));
		}),
	);
}

/** The replica that came is a third one: the promoted node coming back ends a split, and makes none. */
function servesThird(session: Session, promoted: Session): boolean {
	return session.tryOf !== null && session.tryOf.server !== promoted.server;
}

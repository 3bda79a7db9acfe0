import { firstAt, pushTo } from "../../model/lists.ts";
import type { FailoverReturn, NodeId, ReachedOffset } from "../../model/report.ts";
import type { Sighting } from "../../model/snapshot.ts";
import type { Episode } from "../../model/story.ts";
import { exact } from "../../model/units.ts";
import { type Told, toldOf } from "../findings/told.ts";
import { type Draft, latest } from "./draft.ts";
import type { Scene } from "./scene.ts";

/** Clocks that handshakes tie together agree to this many ms. */
const sameTime = 50;
/** A promotion drops the node's own replicas, which ask again within this time (ms). */
const droppedBy = 60_000;

interface Entry {
	readonly told: Told;
	readonly asked: number;
	readonly replica: NodeId;
	/** Whom the replica had its data from before. */
	readonly before: NodeId | null;
}

/** A replica that lost its stream and had it again, or not, in the order of time. */
interface Move {
	readonly lost: number;
	/** Infinity where the logs end first. */
	readonly since: number;
	readonly primary: NodeId | null;
}

/** Which replicas came to a promoted node, and from where. */
export class Returns {
	readonly #byPrimary = new Map<NodeId, Entry[]>();
	readonly #moves = new Map<NodeId, Move[]>();
	readonly #followers = new Map<NodeId, Set<NodeId>>();
	readonly #seen = new Map<string, Sighting[]>();

	constructor(scene: Scene) {
		const last = new Map<NodeId, NodeId>();
		for (const told of toldOf(scene.story, scene.resyncs)) {
			const { replica, primary } = told.resync;
			const asked = told.askedAt ?? told.onlineAt;
			const lost = told.lostAt ?? asked;
			if (replica !== null && lost !== null) {
				pushTo(this.#moves, replica, { lost, since: told.onlineAt ?? Number.POSITIVE_INFINITY, primary });
			}
			if (replica === null || primary === null || asked === null) continue;
			pushTo(this.#byPrimary, primary, { told, asked, replica, before: last.get(replica) ?? null });
			if (told.onlineAt === null) continue;
			last.set(replica, primary);
			const followers = this.#followers.get(primary);
			if (followers === undefined) this.#followers.set(primary, new Set([replica]));
			else followers.add(replica);
		}
		for (const sighting of scene.story.snapshots.all) {
			if (sighting.figures.replid !== null) pushTo(this.#seen, sighting.figures.replid, sighting);
		}
		for (const entries of this.#byPrimary.values()) entries.sort((a, b) => a.asked - b.asked);
		for (const moves of this.#moves.values()) moves.sort((a, b) => a.since - b.since);
	}

	/** The nodes that became replicas of the promoted one, until the next change of its role (ms). */
	of(draft: Draft, promotedAt: number, until: number): { readonly replicas: FailoverReturn[]; readonly told: readonly Told[] } {
		const to = draft.to?.id;
		if (to === undefined) return { replicas: [], told: [] };
		const from = draft.from?.id ?? null;
		const pointed = new Map(draft.pointed.map((p) => [p.member.id, p]));
		const entries = this.#byPrimary.get(to) ?? [];
		const found = new Map<NodeId, FailoverReturn>();
		const told: Told[] = [];
		for (let i = firstAt(entries, (e) => e.asked, promotedAt - sameTime); i < entries.length; i++) {
			const entry = entries[i] as Entry;
			if (entry.asked >= until) break;
			if (found.has(entry.replica) || !isBehind(entry, draft, promotedAt)) continue;
			const role = this.#role(entry, draft, from, to, promotedAt, pointed.has(entry.replica));
			if (role === null) continue;
			const { resync } = entry.told;
			told.push(entry.told);
			found.set(entry.replica, {
				node: entry.replica,
				role,
				pointedAt: pointed.get(entry.replica)?.sentAt ?? null,
				resync: resync.id,
				verdict: resync.verdict,
				onlineAt: resync.onlineAt ?? pointed.get(entry.replica)?.doneAt ?? null,
			});
		}
		for (const { member, sentAt, doneAt } of draft.pointed) {
			if (found.has(member.id) || member.id === to) continue;
			found.set(member.id, { node: member.id, role: "replica", pointedAt: sentAt, resync: null, verdict: null, onlineAt: doneAt });
		}
		for (const node of this.#left(from, promotedAt, until)) {
			if (found.has(node) || node === to) continue;
			found.set(node, { node, role: "replica", pointedAt: null, resync: null, verdict: null, onlineAt: null });
		}
		return { replicas: [...found.values()], told };
	}

	#role({ told: { resync }, replica, before, asked }: Entry, draft: Draft, from: NodeId | null, to: NodeId, promotedAt: number, pointed: boolean): FailoverReturn["role"] | null {
		if (replica === from) return "old-primary";
		if (pointed || (before !== null && before === from)) return "replica";
		if (before === to) return asked - promotedAt <= droppedBy ? "sub-replica" : null;
		// Its log begins later, but it asks to continue what the old primary had begun.
		const old = draft.promotion?.shift?.fields.oldReplid;
		return before === null && old !== undefined && resync.request?.replid === old ? "replica" : null;
	}

	/** Replicas of the old primary that lost it and went elsewhere, or nowhere while the logs last. */
	#left(from: NodeId | null, promotedAt: number, until: number): NodeId[] {
		if (from === null) return [];
		return [...(this.#followers.get(from) ?? [])].filter((node) => {
			const moves = this.#moves.get(node) ?? [];
			const i = firstAt(moves, (m) => m.since, promotedAt);
			const next = moves[i];
			if (moves[i - 1]?.primary !== from || next === undefined) return false;
			return next.lost < until && (next.primary !== from || next.since === Number.POSITIVE_INFINITY);
		});
	}

	/** When a node follows somebody again after a time, in ms. */
	followsAfter(node: NodeId, time: number): number {
		const moves = this.#moves.get(node) ?? [];
		return moves[firstAt(moves, (m) => m.since, time + 1)]?.since ?? Number.POSITIVE_INFINITY;
	}

	/** How far other replicas of the old primary had come, the furthest first. */
	siblings(draft: Draft, told: readonly Told[], window: { readonly from: string | null; readonly to: string | null }): ReachedOffset[] {
		const reached = new Map<NodeId, { readonly offset: bigint; readonly by: ReachedOffset["by"] }>();
		const old = draft.promotion?.shift?.fields.oldReplid ?? null;
		const note = (node: NodeId, offset: bigint, by: ReachedOffset["by"]): void => {
			if (node === draft.to?.id || node === draft.from?.id) return;
			const known = reached.get(node);
			if (known === undefined || offset > known.offset) reached.set(node, { offset, by });
		};
		for (const { member, offset } of draft.ranks) note(member.id, offset, "rank");
		for (const { resync } of told) {
			if (old !== null && resync.replica !== null && resync.request?.replid === old) note(resync.replica, BigInt(resync.request.offset), "request");
		}
		if (old !== null && window.from !== null && window.to !== null) {
			for (const { node, offset } of this.#shown(old, Date.parse(window.from), Date.parse(window.to))) note(node, offset, "info");
		}
		return [...reached]
			.sort(([a, one], [b, other]) => (one.offset === other.offset ? (a < b ? -1 : 1) : one.offset > other.offset ? -1 : 1))
			.map(([node, { offset, by }]) => ({ node, offset: exact(offset), by }));
	}

	/** What replicas whose link was down told by INFO between the failure and the promotion. */
	#shown(replid: string, from: number, to: number): { node: NodeId; offset: bigint }[] {
		return (this.#seen.get(replid) ?? []).flatMap(({ node, time, figures: { offset, role, link } }) => {
			if (node === null || time === null || offset === null || role !== "replica" || link !== "down") return [];
			return time.at < from || time.at > to ? [] : [{ node: node.id, offset: offset + 1n }];
		});
	}
}

/** The promoted node's own log tells which requests it answered in its new role. */
function isBehind({ told: { episode }, asked }: Entry, { promotion }: Draft, promotedAt: number): boolean {
	const session = sessionOf(episode, promotion?.server.id);
	return session === undefined || promotion === null ? asked >= promotedAt - sameTime : session.at > promotion.at;
}

function sessionOf({ sessions }: Episode, server: NodeId | undefined): Episode["sessions"][number] | undefined {
	return sessions.find((s) => s.server.id === server);
}

/** When the last of the replicas was back; null while one is missing. The old primary is another matter. */
export function lastBack(replicas: readonly FailoverReturn[]): string | null {
	const own = replicas.filter((r) => r.role !== "old-primary");
	return own.length === 0 || own.some((r) => r.onlineAt === null) ? null : latest(own.map((r) => r.onlineAt));
}


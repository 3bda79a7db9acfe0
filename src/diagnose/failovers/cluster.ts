import type { EventOf } from "../../model/event.ts";
import { firstAt } from "../../model/lists.ts";
import type { FailoverFailure, FailoverVote } from "../../model/report.ts";
import type { Server } from "../../model/story.ts";
import { type ClusterNews, readClusterNews } from "./cluster-news.ts";
import { type ClusterAttempt, readClusterAttempts } from "./cluster-side.ts";
import { blank, type Draft, type Failure, lines, type Member } from "./draft.ts";
import type { Scene } from "./scene.ts";

/** The lines of a promotion follow the line that the election is won within this many events. */
const ownLines = 12;

/** Elections, CLUSTER FAILOVER and takeovers, by the candidates' logs, else by those of the voters. */
export function clusterFailovers(scene: Scene): Draft[] {
	const servers = scene.story.servers.filter((s) => s.cluster && !s.sentinel);
	if (servers.length === 0) return [];
	const news = readClusterNews(scene, servers);
	const attempts = servers.flatMap((server) => readClusterAttempts(server));
	const ranked = rankedOf(scene, attempts);
	const told = attempts.filter(isFailover).map((attempt) => draftOf(scene, news, ranked, attempt));
	return [...told, ...news.unknownCandidates(attempts).map((votes) => draftOfVotes(scene, news, votes))];
}

/** A replica that merely waits for its turn and sees another one win has tried nothing. */
function isFailover({ ordered, started, won, reason }: ClusterAttempt): boolean {
	return ordered !== null || started !== null || won !== null || (reason !== null && /Disconnected from/.test(reason.text));
}

function draftOf(scene: Scene, news: ClusterNews, ranked: readonly Ranked[], attempt: ClusterAttempt): Draft {
	const { server, ordered, started, won, delayed, takeover } = attempt;
	const from = scene.followed(server, attempt.at)?.member ?? null;
	const epoch = started?.fields.epoch ?? null;
	const promotion = won === null ? null : scene.promotionBetween(server, attempt.at, attempt.to + ownLines);
	if (promotion !== null) scene.claimed.add(promotion);
	const beganAt = scene.at(server, started ?? delayed ?? attempt.begin);
	const wonAt = scene.at(server, won);
	const endedAt = wonAt ?? scene.at(server, attempt.end ?? server.events[attempt.to - 1]);
	const failedIds = ordered === null ? news.failedBefore(server, attempt.at, scene.idsOf(from)) : [];
	const witnesses = failedIds.length === 0 ? [] : news.witnesses(failedIds, endedAt ?? beganAt, beganAt);
	const votes = epoch === null ? [] : news.votes(scene.idsOf(scene.memberOf(server)), server, epoch, endedAt);
	const failure = won === null ? failureOf(attempt, votes) : null;
	const open = won === null && attempt.end === null && attempt.reason === null;
	const requested = ordered === null ? [] : news.requestedBy(scene.idsOf(scene.memberOf(server)), scene.at(server, ordered));
	return {
		...blank,
		kind: ordered === null ? "cluster-election" : "cluster-failover",
		epoch,
		planned: ordered !== null,
		forced: takeover || ordered?.text.startsWith("Forced") === true,
		from: from ?? (failedIds[0] === undefined ? null : scene.clusterMember(failedIds[0])),
		to: scene.memberOf(server),
		outcome: won !== null ? "completed" : open ? "open" : "failed",
		failure: open ? null : failure,
		proof: won !== null ? (votes.length > 0 || takeover || requested.length > 0 ? "proven" : "supported") : (failure?.proof ?? "supported"),
		promotion,
		orderedAt: scene.at(server, ordered),
		beganAt,
		endedAt,
		witnesses,
		election:
			started === null && won === null ? null : takeover ? null : {
				startedAt: scene.at(server, started),
				candidates: [server.id],
				leader: won === null ? null : server.id,
				electedAt: wonAt,
				needed: attempt.count?.fields.needed ?? null,
				votes,
			},
		selectedAt: scene.at(server, started ?? delayed),
		ranks: ranksOf(scene, ranked, attempt, from),
		promotedAt: wonAt,
		grounds: [
			...lines(server, ordered, delayed, started, attempt.reason, attempt.count, won, attempt.end),
			...(promotion === null ? [] : lines(server, promotion.shift)),
			...requested,
			...news.groundsOf(failedIds, endedAt ?? beganAt).slice(0, 4),
			...news.voteGrounds(scene.idsOf(scene.memberOf(server)), epoch).slice(0, 4),
		],
	};
}

/** What one replica told of its data when it was ranked. */
interface Ranked {
	readonly attempt: ClusterAttempt;
	readonly time: number;
	readonly from: string | null;
	readonly offset: bigint;
}

function rankedOf(scene: Scene, attempts: readonly ClusterAttempt[]): Ranked[] {
	const ranked = attempts.flatMap((attempt): Ranked[] => {
		const { delayed, server, at } = attempt;
		const time = delayed === null ? null : scene.story.time(server, delayed);
		if (delayed === null || time === null) return [];
		return [{ attempt, time, from: scene.followed(server, at)?.member.id ?? null, offset: delayed.fields.offset }];
	});
	return ranked.sort((a, b) => a.time - b.time);
}

/** The replicas of the same primary that were ranked for one election. */
function ranksOf(scene: Scene, ranked: readonly Ranked[], { server, delayed }: ClusterAttempt, from: Member | null): Draft["ranks"] {
	const time = delayed === null ? null : scene.story.time(server, delayed);
	if (time === null || from === null) return [];
	const ranks: { member: Member; offset: bigint }[] = [];
	for (let i = firstAt(ranked, (r) => r.time, time - oneElection); i < ranked.length; i++) {
		const one = ranked[i] as Ranked;
		if (one.time > time + oneElection) break;
		// The first byte that it lacks, as requests and second IDs name it.
		if (one.from === from.id) ranks.push({ member: scene.memberOf(one.attempt.server), offset: one.offset + 1n });
	}
	return ranks;
}

/** Replicas of one primary rank themselves within cluster-node-timeout of each other (ms). */
const oneElection = 15_000;

function failureOf(attempt: ClusterAttempt, votes: readonly FailoverVote[]): Failure {
	const { end, reason, count } = attempt;
	const code: FailoverFailure =
		end?.type === "cluster.manual-failover" ? "manual-timeout"
		: end?.type === "cluster.election-reset" ? "election-reset"
		: end?.type === "cluster.became-replica" ? "not-elected"
		: reason !== null && /Disconnected from/.test(reason.text) ? "data-too-old"
		: attempt.started !== null ? "votes-missing"
		: "unable";
	const got = count?.fields.votes ?? (attempt.started === null ? null : votes.length);
	return {
		code,
		proof: end !== null || reason !== null ? "proven" : "inferred",
		line: (reason ?? end)?.text ?? null,
		votes: got,
		needed: count?.fields.needed ?? null,
	};
}

/** A candidate whose log is not given: who voted for it, and whether the others followed it. */
function draftOfVotes(scene: Scene, news: ClusterNews, granted: readonly { readonly server: Server; readonly event: EventOf<"cluster.vote-granted"> }[]): Draft {
	const first = granted[0] as (typeof granted)[number];
	const { clusterNode: id, epoch } = first.event.fields;
	const at = scene.at(first.server, first.event);
	const followers = news.followersOf(id, at);
	const demoted = followers[0] ?? null;
	const to = scene.clusterMember(id);
	const own = demoted === null ? null : scene.memberOf(demoted.server);
	const failedIds = own === null ? news.failedBeforeTime(first.server, at) : [];
	const completed = demoted !== null;
	return {
		...blank,
		kind: failedIds.length > 0 ? "cluster-election" : "cluster-failover",
		epoch,
		planned: failedIds.length > 0 ? false : null,
		from: own ?? (failedIds[0] === undefined ? null : scene.clusterMember(failedIds[0])),
		to,
		outcome: completed ? "completed" : "open",
		proof: completed ? "supported" : "unknown",
		beganAt: at,
		endedAt: scene.at(demoted?.server ?? first.server, demoted?.event ?? first.event),
		witnesses: failedIds.length === 0 ? [] : news.witnesses(failedIds, at, at),
		election: {
			startedAt: null,
			candidates: [to.id],
			leader: completed ? to.id : null,
			electedAt: null,
			needed: null,
			votes: granted.map(({ server, event }) => ({ voter: server.id, candidate: to.id, at: scene.at(server, event), countedAt: null, lateMs: null })),
		},
		grounds: [...granted.slice(0, 4), ...followers.slice(0, 2)],
		missing: [`the log of ${to.id}`],
	};
}

import type { EventOf } from "../../model/event.ts";
import type { DownWitness, FailoverFailure, FailoverVote } from "../../model/report.ts";
import type { Server } from "../../model/story.ts";
import type { Promotion } from "../findings/promotions.ts";
import { type ClusterAttempt, readClusterAttempts } from "./cluster-side.ts";
import { type ClusterNews, readClusterNews } from "./cluster-news.ts";
import { blank, type Draft, type Failure, lines, type Member, msBetween } from "./draft.ts";
import type { Scene } from "./scene.ts";

/** The lines of a promotion follow the line that the election is won within this many events. */
const ownLines = 12;
/** A vote and the decision on two clocks that little ties together (ms). */
const lateness = 10;

/** Elections, CLUSTER FAILOVER and takeovers, by the candidates' logs, else by those of the voters. */
export function clusterFailovers(scene: Scene): Draft[] {
	const servers = scene.story.servers.filter((s) => s.cluster && !s.sentinel);
	if (servers.length === 0) return [];
	const news = readClusterNews(scene, servers);
	const attempts = servers.flatMap((server) => readClusterAttempts(server));
	const told = attempts.filter(isFailover).map((attempt) => draftOf(scene, news, attempts, attempt));
	return [...told, ...news.unknownCandidates(attempts).map((votes) => draftOfVotes(scene, news, votes))];
}

/** A replica that merely waits for its turn and sees another one win has tried nothing. */
function isFailover({ ordered, started, won, reason }: ClusterAttempt): boolean {
	return ordered !== null || started !== null || won !== null || (reason !== null && /Disconnected from/.test(reason.text));
}

function draftOf(scene: Scene, news: ClusterNews, attempts: readonly ClusterAttempt[], attempt: ClusterAttempt): Draft {
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
		ranks: ranksOf(scene, attempts, attempt, from),
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

/** What every replica of the same primary told of its data when it was ranked. */
function ranksOf(scene: Scene, attempts: readonly ClusterAttempt[], attempt: ClusterAttempt, from: Member | null): Draft["ranks"] {
	const at = scene.at(attempt.server, attempt.delayed ?? attempt.begin);
	return attempts.flatMap((other) => {
		const { delayed, server } = other;
		if (delayed === null) return [];
		const near = Math.abs(msBetween(at, scene.at(server, delayed)) ?? Number.POSITIVE_INFINITY) <= oneElection;
		if (other !== attempt && (!near || from === null || scene.followed(server, other.at)?.member.id !== from.id)) return [];
		// The first byte that it lacks, as requests and second IDs name it.
		return [{ member: scene.memberOf(server), offset: delayed.fields.offset + 1n }];
	});
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
	const promotion: Promotion | null = null;
	return {
		...blank,
		kind: failedIds.length > 0 ? "cluster-election" : "cluster-failover",
		epoch,
		planned: failedIds.length > 0 ? false : null,
		from: own ?? (failedIds[0] === undefined ? null : scene.clusterMember(failedIds[0])),
		to,
		outcome: completed ? "completed" : "open",
		proof: completed ? "supported" : "unknown",
		promotion,
		beganAt: at,
		endedAt: scene.at(demoted?.server ?? first.server, demoted?.event ?? first.event),
		witnesses: failedIds.length === 0 ? [] : (news.witnesses(failedIds, at, at) as readonly DownWitness[]),
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

export { lateness };

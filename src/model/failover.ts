import type { Evidence, NodeId, Offset, Proof, Why } from "./answer.ts";

export const failoverKinds = ["sentinel", "cluster-election", "cluster-failover", "failover-command", "promotion"] as const;
/**
 * Who changed the primary: a Sentinel, an election of cluster nodes after a failure, CLUSTER FAILOVER,
 * the FAILOVER command, or somebody with REPLICAOF NO ONE.
 */
export type FailoverKind = (typeof failoverKinds)[number];

export const failoverFailures = [
	"not-elected", "no-good-replica", "replica-timeout", "primary-timeout", "votes-missing", "data-too-old",
	"election-reset", "manual-timeout", "aborted", "unable",
] as const;
/** Why a failover failed. */
export type FailoverFailure = (typeof failoverFailures)[number];

export const disagreements = [
	"different-targets", "concurrent", "split-vote", "tilt", "not-seen-down", "different-quorum", "vote-denied",
] as const;
/** In what those who decide did not agree. */
export type DisagreementCode = (typeof disagreements)[number];

/** A node that took the old primary for down. */
export interface DownWitness {
	readonly node: NodeId;
	/** sdown: a Sentinel's own view. fail-marked: it found the quorum; fail-received: another node told it. */
	readonly how: "sdown" | "fail-marked" | "fail-received";
	readonly at: string | null;
	/** When it held that enough others agree: +odown of a Sentinel, FAIL of a cluster node. */
	readonly agreedAt: string | null;
	/** Sentinels that agreed then, and how many were needed. */
	readonly votes: number | null;
	readonly quorum: number | null;
}

/** One vote for a leader (Sentinel) or for a new primary (cluster). */
export interface FailoverVote {
	readonly voter: NodeId;
	readonly candidate: NodeId;
	/** When the voter gave it, by its own log. */
	readonly at: string | null;
	/** When the candidate had read it, by its log. */
	readonly countedAt: string | null;
	/** Milliseconds by which it came after the decision; null for a vote in time, or of unknown time. */
	readonly lateMs: number | null;
}

/** How far one node's copy of the old primary's history reached. */
export interface ReachedOffset {
	readonly node: NodeId;
	/** The first byte of the history that it did not have. */
	readonly offset: Offset;
	/** shift: its own promotion. request: what it asked for next. rank: what it told for the election. info: INFO. */
	readonly by: "shift" | "request" | "rank" | "info";
}

/** A node that is a replica of the promoted one afterwards. */
export interface FailoverReturn {
	readonly node: NodeId;
	/** `sub-replica`: it followed the promoted node before. */
	readonly role: "replica" | "old-primary" | "sub-replica";
	/** When a Sentinel sent it REPLICAOF. */
	readonly pointedAt: string | null;
	/** Its resync in the report, and how that ended. */
	readonly resync: number | null;
	readonly verdict: "full" | "partial" | "failed" | "open" | null;
	/** Null when the logs do not show it coming back. */
	readonly onlineAt: string | null;
}

/** One change of primary, or one try at it. */
export interface Failover {
	/** 1, 2, 3 … in time order. */
	readonly id: number;
	readonly kind: FailoverKind;
	/** What Sentinels call the set of servers. */
	readonly name: string | null;
	/** Number of the vote. */
	readonly epoch: number | null;
	/** Ordered by a client, not begun because of a failure. */
	readonly planned: boolean | null;
	/** It did not wait for the replica to have everything: FORCE, TAKEOVER. */
	readonly forced: boolean;
	readonly from: NodeId | null;
	/** The node promoted, or chosen to be. */
	readonly to: NodeId | null;
	/** `open`: the logs end first. */
	readonly outcome: "completed" | "failed" | "open";
	readonly reason: Why<FailoverFailure> | null;
	/** How sure `from`, `to` and `outcome` are. */
	readonly proof: Proof;
	/** One sentence for people. */
	readonly text: string;
	/** First sign of it: the failure, else the order, else the first step. */
	readonly startedAt: string | null;
	/** When the old primary failed, by its own log's end or by the replicas that lost it. */
	readonly failedAt: string | null;
	readonly down: {
		readonly firstAt: string | null;
		/** When the first of them held that enough others agree. */
		readonly agreedAt: string | null;
		readonly votes: number | null;
		readonly quorum: number | null;
		readonly by: readonly DownWitness[];
	};
	/** Null where none is held or known. */
	readonly election: {
		readonly startedAt: string | null;
		readonly candidates: readonly NodeId[];
		/** The Sentinel that ran it; the candidate itself in a cluster. */
		readonly leader: NodeId | null;
		readonly electedAt: string | null;
		/** Votes that are enough, where a line tells. */
		readonly needed: number | null;
		readonly votes: readonly FailoverVote[];
	} | null;
	/** The choice of the new primary. */
	readonly selection: {
		readonly at: string | null;
		readonly offset: Offset | null;
		/** Other replicas of the old primary, the furthest first. */
		readonly siblings: readonly ReachedOffset[];
		/** Bytes by which the furthest of them had more; 0 when none had, null where none is known. */
		readonly behindBytes: number | null;
	};
	/** When the new primary took writes. */
	readonly promotedAt: string | null;
	/** When the first Sentinel gave clients the new address. */
	readonly announcedAt: string | null;
	readonly replicas: readonly FailoverReturn[];
	/** When the last of the replicas was back, the old primary not counted; null while one is missing. */
	readonly lastReplicaAt: string | null;
	readonly durations: {
		/** From `startedAt` to `promotedAt`. */
		readonly toWritableMs: number | null;
		/** From there to `lastReplicaAt`. */
		readonly toLastReplicaMs: number | null;
	};
	readonly disagreements: readonly {
		readonly code: DisagreementCode;
		readonly nodes: readonly NodeId[];
		readonly text: string;
	}[];
	readonly evidence: readonly Evidence[];
	/** What would raise the proof. */
	readonly missing: readonly string[];
}

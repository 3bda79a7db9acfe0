import type { Evidence, NodeId, Offset, Proof } from "./answer.ts";

export const historyOrigins = ["created", "shifted", "restored", "own", "foreign"] as const;
/**
 * How a replication history began. created: with a backlog, for the first replica. shifted: a promotion
 * carried an older one on under a new ID. restored: a primary that restarted carried on that of its RDB.
 * own: a server's own ID, no line shows since when. foreign: nothing in the logs shows who minted it.
 */
export type HistoryOrigin = (typeof historyOrigins)[number];

/** A server while it held a history. */
export interface HistoryFollower {
	readonly node: NodeId;
	readonly from: string | null;
	/** Null where it still held it when its log ends. */
	readonly to: string | null;
	/** minted, full (a full resync), partial (a partial one that told the ID), seen (it names it as its own). */
	readonly how: "minted" | "full" | "partial" | "seen";
}

/** One replication ID: a history of writes, and who shared it. */
export interface ReplicationHistory {
	readonly id: string;
	readonly origin: HistoryOrigin;
	/** Who minted it, and when; null where no line shows it. */
	readonly node: NodeId | null;
	readonly at: string | null;
	readonly proof: Proof;
	/** The history that it carries on, and its first byte that is no longer common; null for the first of a line. */
	readonly parent: { readonly id: string; readonly offset: Offset | null } | null;
	/** Histories that left this one, by the first byte that is no longer common. */
	readonly forks: readonly { readonly id: string; readonly node: NodeId; readonly offset: Offset; readonly at: string | null }[];
	readonly followers: readonly HistoryFollower[];
	/** Lowest and highest offset that any line names in it. */
	readonly offsets: { readonly from: Offset; readonly to: Offset } | null;
	readonly evidence: readonly Evidence[];
}

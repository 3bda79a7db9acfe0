import type { Proof, SnapshotClock } from "./report.ts";
import type { ProcessLife, Server } from "./story.ts";
import type { LogStream, Snapshot } from "./stream.ts";

/** One replica as a primary's INFO or ROLE lists it. */
export interface SeenReplica {
	/** "ip:port", the port being the one it listens on; null where it is cut off or masked. */
	readonly address: string | null;
	/** `online`, or a step of a full sync (`wait_bgsave`, `send_bulk` …); ROLE lists those online only. */
	readonly state: string | null;
	/** Last acknowledged offset in bytes. */
	readonly offset: bigint | null;
	/** Seconds since that acknowledgement; ROLE does not tell. */
	readonly lagSeconds: number | null;
	/** Second connection of a full sync (Valkey 8 dual channel): the same replica is listed twice. */
	readonly channel: boolean;
}

/** The replication backlog as INFO shows it. */
export interface SeenBacklog {
	readonly active: boolean | null;
	/** Configured bytes (`repl-backlog-size`). */
	readonly size: number | null;
	/** The oldest offset it holds. */
	readonly first: bigint | null;
	/** Bytes it holds; from 7.0 on some 16 KiB more than its size. */
	readonly held: number | null;
}

/** How often a server has decided which way, since it started or its counters were reset. */
export interface SyncCounters {
	readonly full: number | null;
	readonly partialOk: number | null;
	readonly partialErr: number | null;
}

/** What a snapshot shows of one server, whichever command it answers. What it does not show is null. */
export interface SnapshotFigures {
	readonly role: "primary" | "replica" | "sentinel" | null;
	readonly version: string | null;
	readonly runId: string | null;
	readonly pid: number | null;
	readonly port: number | null;
	readonly uptimeSeconds: number | null;
	/** Its replication ID; before 4.0 that of a primary is its run ID, and a replica does not tell. */
	readonly replid: string | null;
	/** Its former ID, null where it has none. */
	readonly replid2: string | null;
	/** The first offset that is no longer of the former ID's history. */
	readonly secondOffset: bigint | null;
	/** How far its data reaches: what a primary has written, what a replica has applied. */
	readonly offset: bigint | null;
	/** How far the stream has grown that it hands to replicas of its own: before 4.0 a replica counts it anew. */
	readonly served: bigint | null;
	/** Of a replica: "host:port" of its primary, as configured. */
	readonly primary: string | null;
	/** Of a replica: whether the stream of its primary flows. */
	readonly link: "up" | "down" | null;
	/** The state of the link in ROLE's words (`connected`, `sync` …), or null. */
	readonly linkState: string | null;
	/** Of a replica: seconds since the link went down; null while it is up or was never up. */
	readonly downSeconds: number | null;
	/** Of a replica: seconds since it last heard from its primary; null without a link. */
	readonly silentSeconds: number | null;
	/** Of a replica: whether a full sync is under way. */
	readonly syncing: boolean | null;
	readonly replicas: readonly SeenReplica[];
	/** `connected_slaves`, which counts more than `replicas` where the list is cut off. */
	readonly replicaCount: number | null;
	/** Names of the primaries that a Sentinel watches. */
	readonly watched: readonly string[];
	readonly backlog: SeenBacklog | null;
	readonly counters: SyncCounters | null;
	/** Bytes a second of replication stream at that moment as the server itself measures it (7.0+). */
	readonly streamRate: number | null;
}

export interface SnapshotTime {
	/** Milliseconds on the reference's clock. */
	readonly at: number;
	/** The truth lies within ± this (ms); null where the server's clock cannot be compared. */
	readonly bound: number | null;
	readonly by: SnapshotClock;
}

/** A server of which there are snapshots: one with a log, one that its peers name, or neither. */
export interface SnapshotNode {
	readonly id: string;
	readonly name: string;
	/** Null where no log of it is given. */
	readonly server: Server | null;
	/** "ip:port" as peers call it, the surest first. */
	readonly addresses: readonly string[];
	/** In the order of time, then of the inputs. */
	readonly sightings: readonly Sighting[];
}

/** A snapshot with the server that gave it and the time at which. */
export interface Sighting {
	readonly snapshot: Snapshot;
	readonly stream: LogStream;
	readonly figures: SnapshotFigures;
	/** Null where several servers could have given it. */
	readonly node: SnapshotNode | null;
	/** Those that could have given it where `node` is null. */
	readonly candidates: readonly SnapshotNode[];
	/** How sure the node is; `unknown` where there is none. */
	readonly proof: Proof;
	/** What the node was known by, in a few words each. */
	readonly by: readonly string[];
	/** The run of the server's process that gave it; null where its log does not show that one. */
	readonly life: ProcessLife | null;
	/** Set where the log of the node shows other processes only: in which words. */
	readonly stranger: string | null;
	readonly time: SnapshotTime | null;
	/** When it was taken by the server's own clock (UTC, ms), whether or not that can be set beside the logs. */
	readonly utc: number | null;
}

/** Milliseconds from one snapshot to another of the same server; null where they have no clock in common. */
export function between(from: Sighting, to: Sighting): number | null {
	if (from.time !== null && to.time !== null) return to.time.at - from.time.at;
	return from.utc === null || to.utc === null ? null : to.utc - from.utc;
}

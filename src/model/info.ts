import type { Evidence, NodeId, Problem, ReportSnapshot, Severity } from "./report.ts";

/*
 * What `rlog info` answers: plain data and a contract, like the report. It changes only by adding.
 * Times are ISO 8601 UTC with milliseconds, sizes bytes, durations milliseconds; missing is null.
 */

/** A value of INFO by its unit: numbers where a double holds them exactly, else decimal strings. */
export type FieldValue = string | number | boolean | { readonly [key: string]: string };

/** One reply of INFO or ROLE. */
export interface InfoSnapshot extends ReportSnapshot {
	/** 1, 2, 3 … in the order in which they are listed: node by node, in each by time. */
	readonly index: number;
	/** Sections of INFO that it holds. */
	readonly sections: readonly string[];
	/** When it was taken by the server's own clock; unlike `time` also where that cannot be set beside the logs. */
	readonly utc: string | null;
	readonly port: number | null;
	readonly uptimeMs: number | null;
	/** Of a replica: whether a full sync is under way. */
	readonly syncing: boolean | null;
	/** Of a replica: how long its link has been down; null while it is up, and where it was never up. */
	readonly downMs: number | null;
	/** Of a replica: how long it has heard nothing from its primary. */
	readonly silentMs: number | null;
	/** Every field as it stands in INFO, by section; empty for ROLE. */
	readonly fields: { readonly [section: string]: { readonly [field: string]: FieldValue } };
}

/** How a rate of writing is known. */
export type RateSource =
	/** Two offsets of known times, between snapshots or between a snapshot and a log. */
	| "offsets"
	/** `instantaneous_output_repl_kbps` or `instantaneous_input_repl_kbps` (7.0+): the last moments. */
	| "measured"
	/** What was written since the process started: its average. */
	| "average";

export interface Rate {
	readonly bytesPerSecond: number;
	readonly by: RateSource;
	/** How long a stretch it is the mean of; null for the server's own measure. */
	readonly ms: number | null;
}

export interface InfoNode {
	readonly id: NodeId;
	readonly name: string;
	/** "ip:port" as its peers call it. */
	readonly addresses: readonly string[];
	/** By its last snapshot that tells. */
	readonly role: "primary" | "replica" | "sentinel" | null;
	readonly version: string | null;
	/** Its replication stream, as fresh as its snapshots tell. */
	readonly rate: Rate | null;
	/** Its backlog by its last INFO: configured bytes, and how long an outage they cover at that rate. */
	readonly backlogBytes: number | null;
	readonly coversMs: number | null;
	/** `index` of its snapshots. */
	readonly snapshots: readonly number[];
}

/** One field that two snapshots of a node tell differently. */
export interface FieldChange {
	readonly field: string;
	readonly from: string | null;
	readonly to: string | null;
	/** How much a number grew, or null where it is none. */
	readonly by: number | null;
}

/** What changed between two snapshots of one node. */
export interface InfoChange {
	readonly node: NodeId;
	/** `index` of the two. */
	readonly from: number;
	readonly to: number;
	/** Time between them. */
	readonly ms: number | null;
	/** True when another process gave the second one: its counters began anew. */
	readonly restarted: boolean;
	/** How far its history grew, and the rate of that. */
	readonly bytes: number | null;
	readonly bytesPerSecond: number | null;
	readonly fields: readonly FieldChange[];
}

/** What a break of one replica's link would cost by the last snapshots. */
export interface Forecast {
	readonly replica: NodeId | null;
	/** "ip:port" as its primary lists it, or null where only its own snapshot tells of it. */
	readonly address: string | null;
	readonly primary: NodeId | null;
	/** "host:port" of its primary as the replica itself says, or null. */
	readonly primaryAddress: string | null;
	/** `index` of the snapshots it rests on. */
	readonly snapshots: readonly number[];
	readonly link: "up" | "down" | "syncing" | null;
	/** What a reconnect at that moment would be: null where nothing tells. */
	readonly verdict: "full" | "partial" | null;
	/** Why: a cause of the report, or what is missing to tell. */
	readonly reason: "within-backlog" | "backlog-overrun" | "no-backlog" | "foreign-history" | "sync-under-way" | "unknown";
	/** Bytes that the primary has written and the replica has not acknowledged. */
	readonly behindBytes: number | null;
	readonly backlogBytes: number | null;
	/** Bytes that the primary may still write before a reconnect needs a full sync. */
	readonly roomBytes: number | null;
	readonly rate: Rate | null;
	/** How long that lasts at the rate; null where it is not known, or where nothing is written. */
	readonly partialForMs: number | null;
	/** A backlog worth its memory, and how long it would hold at the rate. */
	readonly larger: { readonly bytes: number; readonly coversMs: number } | null;
	readonly text: string;
}

/** Something in a snapshot that is worth a look. */
export interface InfoNote {
	readonly severity: Severity;
	readonly node: NodeId | null;
	readonly text: string;
	/** The field it is read from. */
	readonly evidence: Evidence;
}

export interface InfoReport {
	readonly schemaVersion: 1;
	readonly generator: { readonly name: "rlog"; readonly version: string };
	/** Zone of the logs that were given too, in which times are shown: "+05:30", "UTC"; null where none tells. */
	readonly zone: string | null;
	readonly nodes: readonly InfoNode[];
	readonly snapshots: readonly InfoSnapshot[];
	readonly changes: readonly InfoChange[];
	readonly forecasts: readonly Forecast[];
	readonly notes: readonly InfoNote[];
	readonly problems: readonly Problem[];
	readonly summary: { readonly nodes: number; readonly snapshots: number; readonly text: string };
}

/**
 * The report: plain data, a contract with everyone who parses it. It changes only by adding.
 * Times are ISO 8601 UTC with milliseconds on the reference node's clock, after correction; sizes
 * are bytes, durations milliseconds; what is not known is null.
 */

import type { Evidence, Facts, NodeId, Offset, Why } from "./answer.ts";
import type { Failover } from "./failover.ts";
import type { Identity } from "./identity.ts";
import type { Ledger } from "./ledger.ts";
import type { ReplicationHistory } from "./lineage.ts";
import type { ReportSnapshot } from "./report-snapshot.ts";

export type { Evidence, Fact, Facts, NodeId, Offset, Proof, Why } from "./answer.ts";
export type * from "./failover.ts";
export type * from "./identity.ts";
export type { Ledger } from "./ledger.ts";
export type * from "./lineage.ts";
export type * from "./report-snapshot.ts";

export type Verdict = "full" | "partial" | "failed" | "open";
export type Severity = "info" | "warning" | "critical";
export type InputKind = "server-log" | "sentinel-log" | "info" | "role" | "events" | "mixed" | "unknown";
export type PhaseName = "down" | "handshake" | "snapshot" | "transfer" | "load";

export const fullCauses = [
	"first-sync", "replica-lost-state", "psync1-changed-primary", "standalone-history", "restarted-as-primary",
	"promoted-history", "foreign-history", "primary-restarted", "primary-rolled-back", "diverged-history",
	"history-rotated-out", "upstream-resynced", "backlog-expired", "backlog-overrun", "no-backlog",
	"replid-changed", "unknown-history", "tool-snapshot", "legacy-sync",
] as const;
export const partialCauses = ["within-backlog", "continued-after-failover", "primary-restored-history"] as const;
/** Why the first decision of an outage was full or partial. `unknown` where no decision is seen. */
export type CauseCode = (typeof fullCauses)[number] | (typeof partialCauses)[number] | "unknown";

export const triggers = [
	"replica-started", "replica-restarted", "primary-restarted", "replicaof-command", "sentinel-command",
	"failover-command", "cluster-reconfiguration", "primary-promoted", "upstream-resynced", "replica-timeout",
	"primary-timeout", "output-buffer-overrun", "link-closed", "unknown",
] as const;
/** Why the replica had to synchronise at all. */
export type TriggerCode = (typeof triggers)[number];

export const failureReasons = [
	"primary-unreachable", "auth-required", "primary-refused", "primary-loading", "upstream-down",
	"replicates-itself", "handshake-timeout", "snapshot-failed", "transfer-timeout",
	"connection-lost-in-transfer", "output-buffer-overrun", "replica-cannot-store", "replica-cannot-load",
	"protocol-error", "superseded", "unknown",
] as const;
/** Why one try to synchronise failed. */
export type FailureCode = (typeof failureReasons)[number];

export const findingCodes = [
	"full-resync-loop", "partial-resync-loop", "output-buffer-limit-too-small", "backlog-too-small",
	"repl-timeout-too-short", "link-flapping", "failover-needs-full-resync", "data-discarded", "dataset-lost",
	"split-brain", "no-primary", "rogue-primary", "server-stalled", "clock-stepped", "counters-disagree", "log-gap",
] as const;
export type FindingCode = (typeof findingCodes)[number];

export interface Input {
	readonly name: string;
	readonly kind: InputKind;
	/** What was stripped from its lines or mended in them ("docker-json", "cri", "markdown, hard-wrap" …), or null. */
	readonly wrapper: string | null;
	/** Its node, or null when it holds several or none. */
	readonly node: NodeId | null;
	readonly bytes: number;
	readonly lines: number;
	/** Typed events that the lines became: one pasted again is no other, and lines glued together are several. */
	readonly events: number;
	/** Lines that became events, or belong to a reply of INFO or ROLE. */
	readonly recognised: number;
	/** Lines that open like a known message but whose rest was not understood. */
	readonly unrecognised: number;
	/** All other lines: what has nothing to do with replication, other programs' lines, prose, blank lines. */
	readonly other: number;
	readonly from: string | null;
	readonly to: string | null;
}

export interface Life {
	readonly pid: number | null;
	readonly version: string | null;
	/** Null when the process was already running when the log begins. */
	readonly startedAt: string | null;
	readonly endedAt: string | null;
	readonly end: "shutdown" | "crash" | "killed" | "log-ends";
}

export interface HeldReplicationId {
	readonly id: string;
	readonly from: string | null;
	readonly to: string | null;
	/** started, created, shifted, adopted, continued, restored, changed, seen. */
	readonly how: string;
}

export interface Clock {
	/** True for the node on whose clock all times of the report are given. */
	readonly reference: boolean;
	/** How far the node's clock (as logged) is ahead of the reference, and how sure that is (±). */
	readonly offsetMs: number | null;
	readonly boundMs: number | null;
	/** Handshakes that the offset rests on. */
	readonly pairs: number;
	/** Zone of its log as far as known: "+05:30", "UTC". */
	readonly zone: string | null;
}

export interface ReportNode {
	readonly id: NodeId;
	readonly name: string;
	/** "ip:port" as its peers call it. */
	readonly addresses: readonly string[];
	readonly roles: readonly { readonly role: "primary" | "replica"; readonly from: string | null }[];
	readonly lives: readonly Life[];
	readonly replicationIds: readonly HeldReplicationId[];
	readonly clock: Clock;
}

export interface Position {
	readonly replid: string;
	readonly offset: Offset;
}

export interface Attempt {
	readonly askedAt: string | null;
	/** The primary that was asked. */
	readonly primary: NodeId | null;
	/** What it granted, whether or not that was ever finished; null when it never decided. */
	readonly decided: "full" | "partial" | null;
	readonly outcome: Verdict;
	readonly reason: Why<FailureCode> | null;
	/** Equal attempts in a row are one, counted. */
	readonly count: number;
}

export interface Phase {
	readonly name: PhaseName;
	readonly from: string;
	readonly to: string;
}

/** One outage of one replica's link, from its loss to the replica being online again. */
export interface Resync {
	readonly id: number;
	readonly primary: NodeId | null;
	readonly replica: NodeId | null;
	readonly verdict: Verdict;
	readonly lostAt: string | null;
	readonly askedAt: string | null;
	readonly decidedAt: string | null;
	readonly onlineAt: string | null;
	readonly cause: Why<CauseCode>;
	readonly trigger: Why<TriggerCode>;
	/** What the replica asked to continue. */
	readonly request: Position | null;
	/** Where it ended up. */
	readonly granted: Position | null;
	readonly primaryHad: {
		readonly replid: string | null;
		readonly replid2: string | null;
		readonly secondOffset: Offset | null;
		readonly firstOffset: Offset | null;
		readonly lastOffset: Offset | null;
	} | null;
	readonly bytes: { readonly missed: number | null; readonly sent: number | null; readonly snapshot: number | null };
	readonly phases: readonly Phase[];
	readonly attempts: readonly Attempt[];
	readonly remedy: readonly string[];
	readonly evidence: readonly Evidence[];
	/** What would raise the proof: "the log of 10.0.0.3 from 09:06:00 to 09:06:20". */
	readonly missing: readonly string[];
}

export interface Finding {
	readonly code: FindingCode;
	readonly severity: Severity;
	readonly node?: NodeId;
	readonly resyncs: readonly number[];
	readonly text: string;
	readonly facts: Facts;
	readonly remedy: readonly string[];
	readonly evidence: readonly Evidence[];
}

/** What could not be read or trusted: data, never a stack trace. */
export interface Problem {
	/** unreadable, empty, no-log, unrecognised, year-unknown, ambiguous-node … */
	readonly code: string;
	readonly input?: string;
	readonly line?: number;
	readonly text: string;
}

export interface Summary {
	/** Resyncs by verdict. */
	readonly full: number;
	readonly partial: number;
	readonly failed: number;
	readonly open: number;
	readonly from: string | null;
	readonly to: string | null;
	/** The answer in one sentence. */
	readonly text: string;
}

export interface Report {
	readonly schemaVersion: 1;
	readonly generator: { readonly name: "rlog"; readonly version: string };
	readonly inputs: readonly Input[];
	readonly nodes: readonly ReportNode[];
	readonly resyncs: readonly Resync[];
	readonly findings: readonly Finding[];
	readonly problems: readonly Problem[];
	readonly summary: Summary;
	/** Changes of primary, in the order of time. */
	readonly failovers: readonly Failover[];
	/** Replication IDs, the first of each line before those that left it. */
	readonly lineage: readonly ReplicationHistory[];
	readonly ledger: Ledger;
	/** Run IDs, and IDs of Sentinels and cluster nodes. */
	readonly identities: readonly Identity[];
	/** INFO and ROLE among the inputs, in the order of the inputs' names and of their lines. */
	readonly snapshots: readonly ReportSnapshot[];
}

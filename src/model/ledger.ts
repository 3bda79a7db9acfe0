import type { NodeId } from "./answer.ts";

/** What a number of resyncs cost. */
export interface Costs {
	/** Full resyncs that ended well, and full transfers that were begun and failed. */
	readonly fullResyncs: number;
	readonly failedTransfers: number;
	readonly partialResyncs: number;
	/** Bytes of the snapshots of known size, failed transfers included, and how many there are of each sort. */
	readonly snapshots: { readonly bytes: number; readonly known: number; readonly unknown: number };
	/** Bytes that partial resyncs took from backlogs, where a line tells. */
	readonly backlog: { readonly bytes: number; readonly known: number; readonly unknown: number };
	/** Replicas without their stream, all their times added; `unknown` outages have no known begin or end. */
	readonly withoutRedundancy: { readonly ms: number; readonly outages: number; readonly unknown: number };
	/** Memory copied while BGSAVEs for replicas ran, in MB as the servers print it (MiB). */
	readonly copyOnWrite: { readonly snapshots: number; readonly megabytes: number; readonly largest: number };
}

/** What all resyncs of the report cost together. */
export interface Ledger extends Costs {
	/** Each replica's own time without its stream, longest first. */
	readonly nodes: readonly { readonly node: NodeId; readonly ms: number; readonly outages: number; readonly unknown: number }[];
	/** Time in each phase, in the order of the phases; `resyncs` had a phase of known length. */
	readonly phases: readonly {
		readonly name: "down" | "handshake" | "snapshot" | "transfer" | "load";
		readonly ms: number;
		readonly resyncs: number;
	}[];
	/** By day on the reference's wall clock, when there is more than one; an outage counts where it begins. */
	readonly days: readonly (Costs & { readonly day: string })[];
}

import type { NodeId, Offset, Proof } from "./answer.ts";

/** How the time of a snapshot was found; see `ReportSnapshot.clock`. */
export type SnapshotClock =
	/** `server_time_usec` (6.2+): the server's own clock. */
	| "server-time"
	/** `lru_clock`: whole seconds of the server's clock. */
	| "lru-clock"
	/** `uptime_in_seconds`, and the line that shows the process starting. */
	| "uptime"
	/** What a wrapper stamped on it. */
	| "wrapper"
	/** The log lines above and below it. */
	| "log-lines"
	/** Its offset lies between offsets of known times. */
	| "offsets";

/** A reply of INFO or ROLE among the inputs: which node gave it, when, and its key figures. */
export interface ReportSnapshot {
	readonly input: string;
	/** Its first line. */
	readonly line: number;
	readonly kind: "info" | "role";
	/** Null where several nodes could have given it: then they are the `candidates`. */
	readonly node: NodeId | null;
	readonly candidates: readonly NodeId[];
	/** How sure the node is. */
	readonly proof: Proof;
	/** What the node was known by: "process 9989", "port 12880" … */
	readonly by: readonly string[];
	/** When it was taken, on the reference's clock, and how wrong that may be (±); null where nothing tells. */
	readonly time: string | null;
	readonly boundMs: number | null;
	readonly clock: SnapshotClock | null;
	readonly role: "primary" | "replica" | "sentinel" | null;
	readonly version: string | null;
	readonly runId: string | null;
	readonly pid: number | null;
	readonly replid: string | null;
	readonly replid2: string | null;
	readonly secondOffset: Offset | null;
	/** How far its data reaches: what a primary has written, what a replica has applied. */
	readonly offset: Offset | null;
	/** Of a replica: "host:port" of its primary, and whether the stream flows. */
	readonly primary: string | null;
	readonly link: "up" | "down" | null;
	/** Of a primary: its replicas as it lists them. */
	readonly replicas: readonly {
		readonly address: string | null;
		readonly state: string | null;
		readonly offset: Offset | null;
		readonly lagSeconds: number | null;
	}[];
	/** Bytes of its backlog: what is configured, its oldest offset, what it holds. */
	readonly backlog: {
		readonly active: boolean | null;
		readonly size: number | null;
		readonly firstOffset: Offset | null;
		readonly held: number | null;
	} | null;
	/** `sync_full`, `sync_partial_ok`, `sync_partial_err`. */
	readonly counters: {
		readonly full: number | null;
		readonly partialOk: number | null;
		readonly partialErr: number | null;
	} | null;
}

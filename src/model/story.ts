/**
 * The nouns between the log and the report: what the correlator makes of the events, and what the
 * rules of diagnosis ask.
 */
import type { EventOf, LogEvent, MessageType } from "./event.ts";
import type { FailureCode, Verdict } from "./report.ts";
import type { LogStream } from "./stream.ts";

/** One server, Sentinel or cluster node, as far as its own log tells. */
export interface Server {
	readonly id: string;
	readonly name: string;
	readonly streams: readonly LogStream[];
	/** Its events in the order in which they were logged, files joined. */
	readonly events: readonly LogEvent[];
	readonly lives: readonly ProcessLife[];
	/** Positions in `events` of each type of message, ascending: rules ask for few types in long logs. */
	readonly positions: ReadonlyMap<MessageType, Uint32Array>;
	readonly traits: LogTraits;
	/** Listening ports it has logged (`Running mode=…, port=`). */
	readonly ports: ReadonlySet<number>;
	readonly sentinel: boolean;
	readonly cluster: boolean;
}

/** What the lines of a log show anywhere: who looks for exceptions need not walk a million lines that have none. */
export interface LogTraits {
	/** Minutes east of UTC that the first line states which states any, but for the signal handler's; else null. */
	readonly zone: number | null;
	/** Whether the signal handler wrote a line. */
	readonly signals: boolean;
	/** Whether a wrapper stamped a time on a line. */
	readonly stamped: boolean;
	/** Whether a line's time lies more than a moment before that of the line above it, but for the signal handler's. */
	readonly goesBack: boolean;
	/** The longest time between two lines of which one follows the other, either way (ms); 0 where there is none. */
	readonly longestGap: number;
}

/** The zone that logs were written in, by the word of who gives them. */
export interface GivenZone {
	/** A node's name, address or input; null for all whose lines do not state a zone. */
	readonly node: string | null;
	/** Minutes east of UTC when the server's clock shows this time (ms). */
	readonly minutesAt: (local: number) => number;
}

/** One run of a server's process. */
export interface ProcessLife {
	readonly server: Server;
	readonly index: number;
	readonly pid: number | null;
	/** The line that shows the process starting, or null when it was running before the log begins. */
	readonly start: LogEvent | null;
	/** The line that shows it ending, or null. */
	readonly endEvent: LogEvent | null;
	readonly end: "shutdown" | "crash" | "killed" | "log-ends";
	readonly version: string | null;
	/** Position of its first and one past its last event in `server.events`. */
	readonly from: number;
	readonly to: number;
	/** Whether it loaded a data set from disk when it started, and from what. */
	readonly loaded: EventOf<"server.loaded"> | null;
}

/** A place in a replication history: its ID and a number of bytes since it began. */
export interface HistoryPosition {
	readonly replid: string;
	readonly offset: bigint;
}

/** One try of a replica to synchronise, by its own log: from the connection to its end. */
export interface Try {
	readonly server: Server;
	readonly life: ProcessLife;
	/** "host:port" it connected to, where a line tells. */
	target: string | null;
	/** Position of its first line in `server.events`. */
	readonly at: number;
	readonly begin: LogEvent;
	/** "Trying a partial resynchronization" or "not possible": what it asked. */
	ask: EventOf<"psync.request"> | EventOf<"psync.impossible.no-cached-primary"> | null;
	/** The line that tells the decision: full, partial, deferred, refused. */
	answer: LogEvent | null;
	decided: "full" | "partial" | null;
	granted: HistoryPosition | null;
	/** "Master replication ID changed to". */
	changedId: EventOf<"replid.primary-changed"> | null;
	receiving: LogEvent | null;
	received: LogEvent | null;
	loading: LogEvent | null;
	/** The last line of the try: success or failure. */
	end: LogEvent | null;
	outcome: Verdict;
	/** Lines that say why it failed, in order; the first decides. */
	failure: { code: FailureCode; event: LogEvent } | null;
	/** "sync started", where another line began the try. */
	started: LogEvent | null;
	/** Further lines of this try worth showing. */
	lines: readonly LogEvent[];
	/** The primary's side of the same handshake. */
	session: Session | null;
	/** How the two sides were joined: by replication ID and offset, or by order and time. */
	joinedBy: "key" | "time" | null;
}

/** One outage of a replica's link, by its own log. */
export interface Outage {
	readonly server: Server;
	/** Lines that show the link ending: lost, timed out, the process ended. */
	losses: readonly LogEvent[];
	/** Lines since the last time it was online that point the node to a primary, promote or demote it. */
	pointings: readonly Pointing[];
	tries: readonly Try[];
	/** Process starts in this outage. */
	starts: readonly ProcessLife[];
	/** The line at which the link was up again. */
	online: LogEvent | null;
	/** Set when the node became a primary instead. */
	promoted: LogEvent | null;
	/** True when the node was following a primary before. */
	readonly wasOnline: boolean;
}

/** A line that points a node to a primary, and its position in `server.events`. */
export interface Pointing {
	readonly event: LogEvent;
	readonly at: number;
}

/** Why a primary's log says a replica's connection ended. */
export interface Loss {
	readonly event: LogEvent;
	/** Position of the event in `server.events`. */
	readonly at: number;
	/** Position at which the connection was asked for, or null where the log does not show it. */
	readonly since: number | null;
	readonly reason: "timeout" | "output-buffer" | "promoted" | "resynced" | "closed" | "restart";
	/** The line that gives the reason, where it is another than `event`. */
	readonly because: LogEvent | null;
}

/** One synchronisation of one replica, by the primary's log. */
export interface Session {
	readonly server: Server;
	readonly life: ProcessLife;
	/** How the primary names the replica: "ip:port"; null in logs that do not say (2.6, early 2.8). */
	peer: string | null;
	readonly at: number;
	/** "asks for synchronization", or the first line of it where the log begins in the middle. */
	readonly ask: LogEvent;
	decision: LogEvent | null;
	decided: "full" | "partial" | null;
	/** Replication ID that the primary has after the decision, where the log tells. */
	replid: string | null;
	backlogCreated: EventOf<"backlog.created"> | null;
	/** "Warning: … offset that is greater than the master replication offset". */
	ahead: LogEvent | null;
	/** Further lines of it: BGSAVE and the like. */
	lines: readonly LogEvent[];
	/** Waits for another snapshot than the one that is being made. */
	waiting: boolean;
	snapshotBegin: LogEvent | null;
	snapshotEnd: LogEvent | null;
	online: LogEvent | null;
	failure: { code: FailureCode; event: LogEvent } | null;
	/** Uses a second connection (Redis 8 RDB channel, Valkey dual channel). */
	channel: boolean;
	/** Asked with SYNC, without PSYNC: a tool, or a replica before 2.8. */
	plainSync: boolean;
	/** How the replica's earlier connection ended, where this log tells. */
	lossBefore: Loss | null;
	/** How this connection ended. */
	loss: Loss | null;
	tryOf: Try | null;
}

/** One outage of one replica's link, with both sides' lines where both are given. */
export interface Episode {
	/** The replica's server, or null when its log is not given. */
	readonly replica: Server | null;
	/** The address by which the replica is known, where its log is not given. */
	readonly replicaAddress: string | null;
	readonly outage: Outage | null;
	/** The primary's sessions of this outage, in order. */
	readonly sessions: readonly Session[];
	/** The primary that answered (or was asked last), or null. */
	readonly primary: Server | null;
	readonly primaryAddress: string | null;
}

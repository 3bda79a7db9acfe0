import type { EventOf, LogEvent, MessageType } from "../../model/event.ts";
import type { Server } from "../../model/story.ts";
import { positionsOf } from "../../model/lines.ts";

/** One try of one cluster node to take its primary's place, by its own log. */
export interface ClusterAttempt {
	readonly server: Server;
	/** Position of its first line. */
	readonly at: number;
	readonly begin: LogEvent;
	/** CLUSTER FAILOVER, or Valkey's hand-over at shutdown. */
	ordered: LogEvent | null;
	/** TAKEOVER asks nobody. */
	takeover: boolean;
	delayed: EventOf<"cluster.election-delayed"> | null;
	started: EventOf<"cluster.election-started"> | null;
	won: LogEvent | null;
	/** "Currently unable to failover", the last one said. */
	reason: LogEvent | null;
	/** "Needed quorum: 2. Number of votes received so far: 1", the last one said. */
	count: EventOf<"cluster.cant-failover"> | null;
	/** The line that ended it without success. */
	end: LogEvent | null;
	/** Position behind its last line. */
	to: number;
}

const steps: readonly MessageType[] = [
	"cluster.manual-failover", "cluster.election-delayed", "cluster.election-started", "cluster.election-won",
	"cluster.cant-failover", "cluster.election-reset", "cluster.became-replica",
];

const orders = /^(?:Manual failover user|Forced failover user|Forced failover primary) request accepted/;
const takesOver = /^Taking over the (?:master|primary)/;
const expired = /Failover attempt expired/;

/** Reads the elections that a node stood in (cluster.c, clusterHandleSlaveFailover, clusterCommand). */
export function readClusterAttempts(server: Server): ClusterAttempt[] {
	return new ClusterReader(server).read();
}

class ClusterReader {
	readonly #server: Server;
	readonly #attempts: ClusterAttempt[] = [];
	#current: ClusterAttempt | null = null;

	constructor(server: Server) {
		this.#server = server;
	}

	read(): ClusterAttempt[] {
		const { events } = this.#server;
		for (const at of positionsOf(this.#server, 0, events.length, ...steps)) {
			this.#step(events[at] as LogEvent, at);
			const now = this.#current;
			if (now === null) continue;
			now.to = at + 1;
			if (now.won !== null || now.end !== null) this.#current = null;
		}
		return this.#attempts;
	}

	#step(event: LogEvent, at: number): void {
		const before = this.#current;
		switch (event.type) {
			case "cluster.manual-failover":
				this.#ordered(event, at);
				return;
			case "cluster.election-delayed":
				// A second schedule begins the next election.
				(before !== null && before.delayed === null && before.reason === null ? before : this.#begin(at)).delayed = event;
				return;
			case "cluster.election-started":
				(before !== null && before.started === null ? before : this.#begin(at)).started = event;
				return;
			case "cluster.election-won":
				(before ?? this.#begin(at)).won = event;
				return;
			case "cluster.cant-failover": {
				const attempt = before ?? this.#begin(at);
				if (event.fields.votes !== undefined) attempt.count = event;
				else if (expired.test(event.text)) attempt.end = event;
				else attempt.reason = event;
				return;
			}
			case "cluster.election-reset":
				if (before !== null) before.end = event;
				return;
			default:
				// Somebody else has become the primary.
				if (before?.started != null) before.end ??= event;
				else this.#current = null;
		}
	}

	#ordered(event: LogEvent, at: number): void {
		const before = this.#current;
		if (orders.test(event.text)) this.#begin(at).ordered = event;
		else if (takesOver.test(event.text)) {
			const attempt = this.#begin(at);
			attempt.ordered = event;
			attempt.won = event;
			attempt.takeover = true;
		} else if (/timed out/.test(event.text) && before?.ordered != null && before.won === null) before.end = event;
	}

	#begin(at: number): ClusterAttempt {
		const attempt: ClusterAttempt = {
			server: this.#server, at, begin: this.#server.events[at] as LogEvent, ordered: null, takeover: false, delayed: null,
			started: null, won: null, reason: null, count: null, end: null, to: at + 1,
		};
		this.#attempts.push(attempt);
		this.#current = attempt;
		return attempt;
	}
}

import type { EventOf, LogEvent, MessageType } from "../../model/event.ts";
import type { Server } from "../../model/story.ts";

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
	const positions = steps.flatMap((type) => server.positions.get(type) ?? []).sort((a, b) => a - b);
	const attempts: ClusterAttempt[] = [];
	let current: ClusterAttempt | null = null;
	const open = (at: number): ClusterAttempt => {
		if (current !== null) return current;
		const attempt: ClusterAttempt = {
			server, at, begin: server.events[at] as LogEvent, ordered: null, takeover: false, delayed: null, started: null, won: null,
			reason: null, count: null, end: null, to: at + 1,
		};
		attempts.push(attempt);
		current = attempt;
		return attempt;
	};
	const fresh = (at: number): ClusterAttempt => {
		current = null;
		return open(at);
	};
	for (const at of positions) {
		const event = server.events[at] as LogEvent;
		const before: ClusterAttempt | null = current;
		switch (event.type) {
			case "cluster.manual-failover":
				if (orders.test(event.text)) fresh(at).ordered = event;
				else if (takesOver.test(event.text)) {
					const attempt = fresh(at);
					attempt.ordered = attempt.won = event;
					attempt.takeover = true;
				} else if (/timed out/.test(event.text) && before !== null && before.ordered !== null && before.won === null) before.end = event;
				break;
			case "cluster.election-delayed":
				// A second schedule begins the next election.
				(before?.started == null ? open(at) : fresh(at)).delayed = event;
				break;
			case "cluster.election-started":
				(before?.started == null ? open(at) : fresh(at)).started = event;
				break;
			case "cluster.election-won":
				open(at).won = event;
				break;
			case "cluster.cant-failover": {
				const attempt = open(at);
				if (event.fields.votes !== undefined) attempt.count = event;
				else if (expired.test(event.text)) attempt.end = event;
				else attempt.reason = event;
				break;
			}
			case "cluster.election-reset":
				if (before !== null) before.end = event;
				break;
			default:
				// Somebody else has become the primary.
				if (before !== null && before.started !== null) before.end ??= event;
		}
		const now: ClusterAttempt | null = current;
		if (now === null) continue;
		now.to = at + 1;
		if (now.won !== null || now.end !== null) current = null;
	}
	return attempts;
}

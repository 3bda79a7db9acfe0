import type { LogEvent } from "../../model/event.ts";
import type { ProcessLife } from "../../model/story.ts";

/** One decision of a primary as its counters count it. */
export interface Decision {
	readonly event: LogEvent;
	/** What it adds to `sync_full`, `sync_partial_ok` and `sync_partial_err`. */
	readonly full: number;
	readonly partialOk: number;
	readonly partialErr: number;
}

/**
 * What one run of a primary decided by its log, in the units of its counters (replication.c,
 * syncCommand and masterTryPartialResynchronization; each is logged in one go). A full sync over two
 * connections is counted at its second one only; PSYNC of its main connection then counts as partial.
 */
export function decisionsOf({ server, from, to }: ProcessLife): Decision[] {
	const decisions: Decision[] = [];
	let asked: LogEvent | null = null;
	const add = (event: LogEvent, full: number, partialOk: number, partialErr: number): void => {
		decisions.push({ event, full, partialOk, partialErr });
		asked = null;
	};
	/** SYNC without a word of PSYNC: there is nothing to decide, and so no line. */
	const settle = (): void => {
		if (asked !== null) add(asked, 1, 0, 0);
	};
	for (let i = from; i < to; i++) {
		const event = server.events[i] as LogEvent;
		switch (event.type) {
			case "sync.requested":
				settle();
				asked = event;
				break;
			case "sync.requested.bad-offset":
				settle();
				break;
			case "fullresync.requested":
				add(event, 1, 0, 0);
				break;
			case "psync.rejected.replid-mismatch":
			case "psync.rejected.second-offset":
			case "psync.rejected.backlog":
				add(event, 1, 0, 1);
				break;
			case "psync.accepted":
				add(event, 0, 1, 0);
				break;
			case "channel.required": {
				// The replica is sent away to ask again on a second connection.
				const last = decisions.at(-1);
				if (last !== undefined && last.full > 0) decisions[decisions.length - 1] = { ...last, full: 0 };
				break;
			}
			default:
		}
	}
	settle();
	return decisions;
}

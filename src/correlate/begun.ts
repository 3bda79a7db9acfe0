import type { EventOf, LogEvent } from "../model/event.ts";
import { none } from "../model/lists.ts";
import type { Loss, Outage, Pointing, ProcessLife, Server, Session, Try } from "../model/story.ts";

/*
 * Tries, sessions and outages as they begin. Classes, and no field for what another one tells: there may be a
 * hundred thousand of each.
 */

/** A try of a replica of which the first line is read. */
export class BegunTry implements Try {
	readonly life: ProcessLife;
	target: string | null;
	readonly at: number;
	ask: Try["ask"] = null;
	answer: LogEvent | null = null;
	decided: Try["decided"] = null;
	granted: Try["granted"] = null;
	changedId: Try["changedId"] = null;
	receiving: LogEvent | null = null;
	received: LogEvent | null = null;
	loading: LogEvent | null = null;
	end: LogEvent | null = null;
	outcome: Try["outcome"] = "open";
	failure: Try["failure"] = null;
	started: LogEvent | null = null;
	lines: readonly LogEvent[] = none;
	session: Session | null = null;
	joinedBy: Try["joinedBy"] = null;

	constructor(life: ProcessLife, at: number, target: string | null) {
		this.life = life;
		this.at = at;
		this.target = target;
	}

	get server(): Server {
		return this.life.server;
	}

	get begin(): LogEvent {
		return this.life.server.events[this.at] as LogEvent;
	}
}

/** An outage that has just begun. */
export class BegunOutage implements Outage {
	readonly server: Server;
	readonly wasOnline: boolean;
	losses: readonly LogEvent[] = none;
	pointings: readonly Pointing[];
	tries: readonly Try[] = none;
	starts: readonly ProcessLife[];
	online: LogEvent | null = null;
	promoted: LogEvent | null = null;

	constructor(server: Server, pointings: readonly Pointing[], starts: readonly ProcessLife[], wasOnline: boolean) {
		this.server = server;
		this.pointings = pointings;
		this.starts = starts;
		this.wasOnline = wasOnline;
	}
}

/** A primary's session of which the first line is read. */
export class BegunSession implements Session {
	readonly life: ProcessLife;
	peer: string | null;
	readonly at: number;
	decision: LogEvent | null = null;
	decided: Session["decided"] = null;
	replid: string | null = null;
	backlogCreated: EventOf<"backlog.created"> | null = null;
	ahead: LogEvent | null = null;
	lines: readonly LogEvent[] = none;
	waiting = false;
	snapshotBegin: LogEvent | null = null;
	snapshotEnd: LogEvent | null = null;
	online: LogEvent | null = null;
	failure: Session["failure"] = null;
	channel = false;
	plainSync = false;
	lossBefore: Loss | null;
	loss: Loss | null = null;
	tryOf: Try | null = null;

	constructor(life: ProcessLife, at: number, peer: string | null, lossBefore: Loss | null) {
		this.life = life;
		this.at = at;
		this.peer = peer;
		this.lossBefore = lossBefore;
	}

	get server(): Server {
		return this.life.server;
	}

	get ask(): LogEvent {
		return this.life.server.events[this.at] as LogEvent;
	}
}

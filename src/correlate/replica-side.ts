import { addressOf } from "../model/address.ts";
import type { LogEvent, MessageType } from "../model/event.ts";
import { added, none } from "../model/lists.ts";
import type { FailureCode } from "../model/report.ts";
import type { Outage, Pointing, ProcessLife, Server, Try } from "../model/story.ts";
import { BegunOutage, BegunTry } from "./begun.ts";
import { replicaFailure } from "./failures.ts";

/** Lines that point a node to a primary, or announce that it will be. */
const pointingTypes: ReadonlySet<MessageType> = new Set<MessageType>([
	"role.replicaof", "cached-primary.synthesized", "failover.requested", "failover.synced", "failover.forced",
	"failover.aborted", "cluster.became-replica", "cluster.sub-replica", "cluster.lost-last-slot",
	"cluster.replica-migration", "cluster.reset", "cluster.manual-failover",
]);
/** Of those, the ones that make a node a replica although nothing was heard of a link before. */
const demotionTypes: ReadonlySet<MessageType> = new Set<MessageType>([
	"role.replicaof", "cached-primary.synthesized", "cluster.became-replica", "cluster.sub-replica",
	"cluster.lost-last-slot", "cluster.replica-migration",
]);
/** Steps of a try that are worth keeping as evidence, and have no place of their own in it. */
const stepTypes: ReadonlySet<MessageType> = new Set<MessageType>([
	"cached-primary.discarded", "cached-primary.saved", "transfer.receiving", "transfer.receiving-streamed", "sync.fallback",
]);

/**
 * Reads the replica's side of a server's log: its outages, and its tries to synchronise in each.
 * The server logs the steps of one link only, in order, so that a small machine follows it
 * (replication.c: syncWithMaster, replicationCron, replicationHandleMasterDisconnection).
 */
export function readOutages(server: Server): Outage[] {
	return new ReplicaReader(server).read();
}

/** Whom the last command of some told a replica to ask; null where none did, or its address is gone. */
export function pointedTo(pointings: readonly Pointing[]): string | null {
	const event = pointings.findLast((p) => p.event.type === "role.replicaof")?.event;
	return event?.type === "role.replicaof" ? addressOf(event.fields) : null;
}

class ReplicaReader {
	readonly #server: Server;
	readonly #outages: Outage[] = [];
	#life!: ProcessLife;
	#outage: Outage | undefined;
	#try: Try | undefined;
	/** Whether the try has got further than to its first line. */
	#stepped = false;
	/** Whether the node follows a primary, as far as the log has told. */
	#online = false;
	/** Pointings and process starts since the link was last up, which may belong to the next outage. */
	#pointings: readonly Pointing[] = none;
	#starts: readonly ProcessLife[] = none;
	#justPromoted: LogEvent | undefined;
	#timeout: LogEvent | undefined;
	#lastTarget: string | null = null;

	constructor(server: Server) {
		this.#server = server;
	}

	read(): Outage[] {
		for (const life of this.#server.lives) {
			this.#life = life;
			this.#startLife(life);
			for (let i = life.from; i < life.to; i++) {
				const event = this.#server.events[i] as LogEvent;
				// Lines of a forked child belong to the primary's side. Of the first line the process may be cut off.
				if (event.pid === null || life.pid === null || event.pid === life.pid || i === 0) this.#step(event, i);
			}
		}
		this.#finishTry();
		// The link is gone with that line, also where a paste ends there.
		if (this.#timeout !== undefined && this.#outage === undefined) this.#open(true);
		return this.#outages;
	}

	#startLife(life: ProcessLife): void {
		if (life.index === 0) {
			if (life.start !== null) this.#starts = added(this.#starts, life);
			return;
		}
		const previous = this.#server.lives[life.index - 1] as ProcessLife;
		const granted = this.#try?.decided === "full";
		this.#failTry(granted ? "connection-lost-in-transfer" : "unknown", previous.endEvent ?? life.start);
		if (this.#online) {
			const outage = this.#open();
			if (previous.endEvent !== null) outage.losses = added(outage.losses, previous.endEvent);
		}
		this.#pointings = none;
		this.#starts = added(this.#starts, life);
		if (this.#outage !== undefined) this.#outage.starts = added(this.#outage.starts, life);
		this.#justPromoted = undefined;
		this.#timeout = undefined;
	}

	#step(event: LogEvent, at: number): void {
		if (pointingTypes.has(event.type)) {
			this.#point(event, at);
			return;
		}
		switch (event.type) {
			case "link.primary-timeout":
				this.#timeout = event;
				if (this.#try !== undefined) this.#note(this.#try, event);
				return;
			case "link.primary-lost":
				this.#lost(event);
				return;
			case "cached-primary.saved":
				// Only of a link that was up is anything cached; 2.8.0 to 2.8.3 print no other line when it is lost.
				if (this.#try === undefined ? (this.#outage?.losses.length ?? 0) === 0 : this.#try.decided !== null) this.#lost(event);
				else this.#progress(event, at);
				return;
			case "replid.shifted":
			case "role.promoted":
			case "cluster.election-won":
				this.#promoted(event, at);
				return;
			case "cached-primary.discarded":
				// Only a node that is a primary from here on drops the state of its primary in that role (replicationUnsetMaster).
				if (event.role === "M" && this.#outage?.wasOnline && this.#outage.tries.length === 0) this.#promoted(event, at);
				else this.#progress(event, at);
				return;
			case "link.connecting":
			case "link.reconnecting":
			case "link.reconnecting-after-failure": {
				this.#begin(event, at, addressOf(event.fields));
				return;
			}
			case "sync.started":
				if (this.#try === undefined || this.#stepped || !isConnecting(this.#try.begin)) this.#begin(event, at, null);
				else {
					this.#try.started = event;
					this.#stepped = true;
				}
				return;
			case "psync.request":
			case "psync.impossible.no-cached-primary": {
				const current = this.#try;
				const asked = current?.ask != null && current.ask.type !== event.type;
				const open = current === undefined || current.answer !== null || asked ? this.#begin(event, at, null) : current;
				if (open.ask !== null) this.#note(open, open.ask);
				open.ask = event;
				this.#stepped = true;
				return;
			}
			default:
				this.#progress(event, at);
		}
	}

	#progress(event: LogEvent, at: number): void {
		const current = this.#try ?? (startsInTheMiddle.has(event.type) ? this.#begin(event, at, null) : undefined);
		if (current === undefined) return;
		if (stepTypes.has(event.type)) this.#note(current, event);
		switch (event.type) {
			case "fullresync.granted":
				this.#answer(current, event, "full");
				current.granted = event.fields;
				return;
			case "channel.initialize":
				this.#answer(current, event, "full");
				return;
			case "dualchannel.main-psync-request":
				if (event.fields.offset !== undefined) {
					current.granted = { replid: event.fields.replid, offset: event.fields.offset - 1n };
				}
				return;
			case "psync.continued":
				this.#answer(current, event, "partial");
				return;
			case "replid.primary-changed":
				current.changedId = event;
				this.#note(current, event);
				return;
			case "sync.partial.done":
				current.answer ??= event;
				current.decided = "partial";
				current.outcome = "partial";
				this.#up(event);
				return;
			case "transfer.receiving":
			case "transfer.receiving-streamed":
				current.receiving = event;
				current.decided ??= "full";
				// Whatever was said to PSYNC, SYNC was granted then.
				current.failure = null;
				return;
			case "load.flush":
			case "load.start":
				current.received ??= event;
				if (event.type === "load.start") current.loading = event;
				return;
			case "load.done":
				current.decided ??= "full";
				current.outcome = "full";
				this.#up(event);
				return;
			default: {
				const failure = replicaFailure(event);
				if (failure !== undefined || event.type === "psync.error-reply") this.#note(current, event);
				if (failure === undefined) return;
				// "Timeout connecting" is also said while the first PING is not answered (replication.c, replicationCron).
				const connected = event.type === "link.connect-timeout" && this.#wasConnected(current, at);
				// The first complaint tells the reason; "Failed trying to load" only repeats it.
				current.failure ??= { code: connected ? "handshake-timeout" : failure.code, event };
				if (failure.ends) this.#failTry(current.failure.code, event);
			}
		}
	}

	#answer(current: Try, event: LogEvent, decided: "full" | "partial"): void {
		if (current.answer !== null) this.#note(current, current.answer);
		current.answer = event;
		current.decided = decided;
		this.#stepped = true;
	}

	#wasConnected({ at }: Try, to: number): boolean {
		for (let i = at; i < to; i++) if (this.#server.events[i]?.type === "link.connected") return true;
		return false;
	}

	#begin(event: LogEvent, at: number, target: string | null): Try {
		const named = target ?? pointedTo(this.#pointings) ?? this.#lastTarget;
		// Mostly the same one again: one text for all tries.
		const known = named === this.#lastTarget ? this.#lastTarget : named;
		const current = this.#try;
		this.#finishTry();
		if (current?.outcome === "open") {
			// Overtaken without a word of its own: from 6.2 on REPLICAOF is logged after the try it starts.
			current.outcome = "failed";
			current.end = event;
			if (target !== null && current.target !== null && target !== current.target) {
				current.failure = { code: "superseded", event };
			}
		}
		const outage = this.#open();
		const begun = new BegunTry(this.#life, at, known);
		this.#lastTarget = known;
		this.#try = begun;
		this.#stepped = false;
		outage.tries = added(outage.tries, begun);
		return begun;
	}

	/** Ends a try that something else has overtaken. */
	#finishTry(): void {
		const current = this.#try;
		if (current === undefined) return;
		if (current.outcome === "open" && current.decided === "partial") {
			current.outcome = "partial";
			this.#up(current.answer as LogEvent);
		} else if (current.outcome === "open" && current.failure !== null) {
			this.#failTry(current.failure.code, current.failure.event);
		}
		this.#try = undefined;
	}

	#failTry(code: FailureCode, event: LogEvent | null): void {
		const current = this.#try;
		if (current === undefined) return;
		if (current.outcome === "open" && current.decided === "partial") {
			this.#finishTry();
			return;
		}
		current.outcome = "failed";
		current.end = event;
		if (event !== null) current.failure ??= { code, event };
		this.#try = undefined;
	}

	#up(event: LogEvent): void {
		const current = this.#try;
		if (current !== undefined) current.end = event;
		if (this.#outage !== undefined) this.#outage.online = event;
		this.#outage = undefined;
		this.#try = undefined;
		this.#online = true;
		this.#pointings = none;
		this.#starts = none;
		this.#timeout = undefined;
		this.#justPromoted = undefined;
	}

	#open(wasOnline = this.#online): Outage {
		if (this.#outage !== undefined) return this.#outage;
		const timeout = this.#timeout;
		const outage = new BegunOutage(this.#server, copyOf(this.#pointings), copyOf(this.#starts), wasOnline || timeout !== undefined);
		if (timeout !== undefined) outage.losses = added(outage.losses, timeout);
		this.#timeout = undefined;
		this.#outage = outage;
		this.#online = false;
		this.#outages.push(outage);
		return outage;
	}

	#lost(event: LogEvent): void {
		// A promotion loses its link on purpose; up to 5.0 the new ID is printed first.
		if (this.#justPromoted !== undefined) return;
		if (this.#try !== undefined) {
			const { decided, loading, receiving } = this.#try;
			if (decided === "partial") this.#finishTry();
			else if (decided === "full" && (loading ?? receiving) !== null) {
				// Only a link that is up is lost in these words, so the load was done: its line is missing.
				this.#try.outcome = "full";
				this.#up((loading ?? receiving) as LogEvent);
			} else {
				this.#note(this.#try, event);
				return;
			}
		}
		const outage = this.#open(true);
		if (this.#timeout !== undefined) outage.losses = added(outage.losses, this.#timeout);
		outage.losses = added(outage.losses, event);
		this.#timeout = undefined;
	}

	#promoted(event: LogEvent, at: number): void {
		this.#failTry("superseded", event);
		this.#justPromoted = event;
		const outage = this.#outage;
		if (outage !== undefined) {
			outage.promoted = event;
			// A link that was lost by the hand-over itself is no outage: nobody failed to synchronise.
			const tried = outage.tries.some((t) => t.outcome === "failed" && t.failure?.code !== "superseded");
			if (!tried) this.#outages.splice(this.#outages.lastIndexOf(outage), 1);
		}
		this.#outage = undefined;
		this.#online = false;
		this.#timeout = undefined;
		this.#pointings = [{ event, at }];
		this.#starts = none;
	}

	#point(event: LogEvent, at: number): void {
		if (demotionTypes.has(event.type)) this.#justPromoted = undefined;
		this.#pointings = added(this.#pointings, { event, at });
		if (this.#outage !== undefined) this.#outage.pointings = added(this.#outage.pointings, { event, at });
		if (event.type === "role.replicaof") {
			const target = addressOf(event.fields);
			const current = this.#try;
			// From 6.2 on the command is logged after the try that it started.
			if (current !== undefined && target !== null && current.target !== target) this.#failTry("superseded", event);
			this.#lastTarget = target;
		}
		if (demotionTypes.has(event.type)) this.#open();
	}

	#note(tried: Try, line: LogEvent): void {
		tried.lines = added(tried.lines, line);
		this.#stepped = true;
	}
}

/** Steps with which a pasted or rotated log may begin, without the lines before. */
const startsInTheMiddle: ReadonlySet<MessageType> = new Set<MessageType>([
	"fullresync.granted", "psync.continued", "sync.partial.done", "channel.initialize", "transfer.receiving",
	"transfer.receiving-streamed", "load.done", "link.connect-failed", "link.socket-error", "handshake.ping-error",
	"handshake.auth-failed", "psync.deferred", "psync.reply-unexpected", "psync.error-reply", "transfer.io-error",
	"transfer.timeout", "transfer.primary-aborted", "load.failed",
]);

/** What goes on growing is not shared. */
const copyOf = <T>(list: readonly T[]): readonly T[] => (list.length === 0 ? none : [...list]);

function isConnecting(event: LogEvent): boolean {
	return (
		event.type === "link.connecting" ||
		event.type === "link.reconnecting" ||
		event.type === "link.reconnecting-after-failure"
	);
}

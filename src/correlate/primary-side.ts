import type { EventOf, LogEvent, MessageType } from "../model/event.ts";
import { added } from "../model/lists.ts";
import type { Loss, ProcessLife, Server, Session } from "../model/story.ts";
import { BegunSession } from "./begun.ts";
import { primaryFailure } from "./failures.ts";
import { isTool } from "./join/keys.ts";

/** What a primary's log tells: the synchronisations it granted, per replica in order. */
export interface PrimarySide {
	readonly sessions: readonly Session[];
	/** Connections that ended after the last session, by peer: an outage that the log does not see the end of. */
	readonly openLosses: ReadonlyMap<string, Loss>;
}

/** Key for a replica that the primary does not name (2.6, early 2.8). */
const unnamed = "";

/**
 * Reads the primary's side of a server's log (replication.c: syncCommand,
 * masterTryPartialResynchronization, startBgsaveForReplication, updateSlavesWaitingBgsave).
 */
export function readSessions(server: Server): PrimarySide {
	return new PrimaryReader(server).read();
}

const snapshotSteps: ReadonlySet<MessageType> = new Set<MessageType>([
	"bgsave.start", "bgsave.attached", "bgsave.wait-next", "bgsave.delayed-diskless", "bgsave.delayed-child",
	"rdb.bgsave-started", "rdb.transfer-started", "rdb.bgsave-ok", "rdb.transfer-ok", "rdb.bgsave-error",
	"rdb.bgsave-signal", "diskless.pipe-done", "bgsave.killed-last-replica", "rdb.save-error", "rdb.cow",
]);
const waits: ReadonlySet<MessageType> = new Set<MessageType>([
	"bgsave.wait-next", "bgsave.delayed-diskless", "bgsave.delayed-child",
]);
/** How long before the end of a connection its reason may have been logged, in milliseconds. */
const lossReasonWindow = 30_000;
/** What one command does is logged within this time (ms). */
const sameInstant = 100;
/** Whoever is synchronised has acknowledged something by then, in seconds. */
const acknowledged = 10;
/** How many events around a lost connection are searched for the reason. */
const neighbours = 16;
const promotions: ReadonlySet<MessageType> = new Set<MessageType>(["role.promoted", "replid.shifted"]);
const resyncs: ReadonlySet<MessageType> = new Set<MessageType>([
	"fullresync.granted", "load.flush", "load.start", "replid.primary-changed",
]);

class PrimaryReader {
	readonly #server: Server;
	readonly #sessions: Session[] = [];
	#life!: ProcessLife;
	/** The session of each replica whose connection is up or still in its handshake. */
	readonly #current = new Map<string, Session>();
	readonly #losses = new Map<string, Loss>();
	/** The session that asked last and has no decision yet: some verdict lines name nobody. */
	#asking: Session | undefined;
	/** Lines that announce why a connection will end, by peer where they name it. */
	readonly #timeouts = new Map<string, LogEvent>();
	#killed: EventOf<"client.output-buffer">[] = [];
	/** Whether it ever did what makes a server drop its replicas. */
	readonly #changes: boolean;

	constructor(server: Server) {
		this.#server = server;
		this.#changes = [...promotions, ...resyncs].some((type) => server.positions.has(type));
	}

	read(): PrimarySide {
		for (const life of this.#server.lives) {
			this.#life = life;
			if (life.index > 0) this.#restart(life);
			for (let i = life.from; i < life.to; i++) this.#step(this.#server.events[i] as LogEvent, i);
		}
		return { sessions: this.#sessions, openLosses: this.#losses };
	}

	/** A process that ends takes its connections with it, mostly without a line. */
	#restart(life: ProcessLife): void {
		const previous = this.#server.lives[life.index - 1] as ProcessLife;
		const event = previous.endEvent ?? life.start;
		for (const [peer, session] of this.#current) {
			// Whoever had left before the restart keeps the reason for which it left.
			if (event === null || session.loss !== null) continue;
			const loss: Loss = { event, at: life.from, since: session.at, reason: "restart", because: life.start };
			session.loss = loss;
			this.#losses.set(peer, loss);
		}
		this.#current.clear();
		this.#asking = undefined;
		this.#killed = [];
		this.#timeouts.clear();
	}

	#step(event: LogEvent, at: number): void {
		switch (event.type) {
			case "sync.requested":
			case "sync.requested.bad-offset":
				this.#ask(event, at);
				return;
			case "psync.rejected.replid-mismatch": {
				const session = this.#decide(event, at, undefined, "full");
				if (session !== undefined) session.replid = event.fields.myReplid;
				return;
			}
			case "psync.rejected.second-offset":
				this.#decide(event, at, undefined, "full");
				return;
			case "psync.rejected.ahead": {
				const session = this.#named(event.fields.replica);
				if (session !== undefined) session.ahead = event;
				return;
			}
			case "psync.rejected.backlog":
				this.#decide(event, at, event.fields.replica, "full");
				return;
			case "fullresync.requested":
				this.#decide(event, at, event.fields.replica, "full");
				return;
			case "psync.accepted":
				this.#decide(event, at, event.fields.replica, "partial");
				return;
			case "backlog.created": {
				const session = this.#sessions.at(-1);
				if (session !== undefined && session.loss === null && session.online === null) {
					session.backlogCreated = event;
					session.replid = event.fields.replid;
					session.lines = added(session.lines, event);
				}
				return;
			}
			case "channel.required": {
				const session = this.#named(event.fields.replica);
				if (session !== undefined) session.channel = true;
				return;
			}
			case "dualchannel.endoffset-sent":
				return;
			case "replica.online": {
				const session = this.#namedOrBegun(at, event.fields.replica);
				session.decided ??= "full";
				setOnline(session, event);
				return;
			}
			case "replica.rdb-only-done": {
				const session = this.#named(event.fields.replica);
				if (session !== undefined) setOnline(session, event);
				return;
			}
			case "replica.timeout":
			case "replica.timeout-fullsync": {
				const { replica } = event.fields;
				const peer = replica ?? unnamed;
				this.#timeouts.set(peer, event);
				if (event.type === "replica.timeout" || replica === undefined) return;
				const session = this.#namedOrBegun(at, replica);
				session.decided ??= "full";
				session.failure ??= { code: "transfer-timeout", event };
				return;
			}
			case "client.output-buffer":
				if (isReplicaClient(event.fields.client)) this.#outputBuffer(event);
				return;
			case "replica.lost":
				this.#lost(event, at);
				return;
			default:
				this.#snapshot(event, at);
		}
	}

	#ask(event: EventOf<"sync.requested"> | EventOf<"sync.requested.bad-offset">, at: number): void {
		const peer = event.fields.replica ?? null;
		const key = peer ?? unnamed;
		const current = this.#current.get(key);
		// The second connection of an RDB channel, and Valkey's third request on its main channel,
		// belong to the synchronisation under way.
		if (current?.channel === true && current.online === null && current.loss === null) {
			current.lines = added(current.lines, event);
			return;
		}
		if (current !== undefined && current.loss === null) this.#close(current, event, { event, at, since: current.at, reason: "closed", because: null });
		this.#asking = this.#begin(at, peer, this.#losses.get(key) ?? current?.loss ?? null);
	}

	#begin(at: number, peer: string | null, lossBefore: Loss | null): Session {
		const session = new BegunSession(this.#life, at, peer, lossBefore);
		const key = peer ?? unnamed;
		this.#losses.delete(key);
		this.#current.set(key, session);
		this.#sessions.push(session);
		return session;
	}

	#named(peer: string | undefined): Session | undefined {
		const known = this.#current.get(peer ?? unnamed);
		if (known !== undefined || peer === undefined) return known;
		// A log that begins behind "asks for …" gives the verdict of somebody whose name comes later.
		const nameless = this.#current.get(unnamed);
		if (nameless === undefined || nameless.peer !== null || nameless.online !== null) return undefined;
		nameless.peer = peer;
		this.#current.delete(unnamed);
		this.#current.set(peer, nameless);
		return nameless;
	}

	/** The session a line belongs to; begun with that line where the log does not show the question. */
	#namedOrBegun(at: number, peer: string | undefined): Session {
		return this.#named(peer) ?? this.#begin(at, peer ?? null, null);
	}

	#decide(event: LogEvent, at: number, peer: string | undefined, decided: "full" | "partial"): Session | undefined {
		const asking = this.#asking;
		let session = peer === undefined ? (asking ?? this.#begin(at, null, null)) : this.#namedOrBegun(at, peer);
		if (session.decided !== null) {
			// The verdict lines of an RDB channel come twice; any other second verdict answers a lost question.
			if (session.channel || peer === undefined || session.loss === null) return undefined;
			session = this.#begin(at, peer, session.loss);
		}
		session.decided = decided;
		session.decision = event;
		if (decided === "partial") session.online = event;
		if (session === asking) this.#asking = undefined;
		return session;
	}

	#snapshot(event: LogEvent, at: number): void {
		if (event.type === "bgsave.start") {
			if (this.#asking !== undefined) {
				// A request without a verdict line was SYNC, not PSYNC.
				this.#asking.plainSync = true;
				this.#asking.decided = "full";
				this.#asking.decision ??= this.#asking.ask;
				this.#asking = undefined;
			} else if (this.#sessions.length === 0) {
				// The log begins behind the question of whoever it is for.
				this.#begin(at, null, null).decided = "full";
			}
		}
		const failure = primaryFailure(event);
		if (failure === undefined && !snapshotSteps.has(event.type)) return;
		for (const session of this.#current.values()) {
			if (!isWaiting(session)) continue;
			session.lines = added(session.lines, event);
			if (waits.has(event.type) && session.snapshotBegin === null) session.waiting = true;
			if (event.type === "bgsave.start") session.waiting = false;
			// The child that ends now makes somebody else's snapshot.
			if (session.waiting) continue;
			if (failure !== undefined) session.failure ??= { code: failure, event };
			if (event.type === "rdb.bgsave-started" || event.type === "rdb.transfer-started") session.snapshotBegin ??= event;
			if (event.type === "rdb.bgsave-ok" || event.type === "rdb.transfer-ok") session.snapshotEnd ??= event;
			if (event.type === "rdb.bgsave-error" || event.type === "rdb.bgsave-signal") {
				session.failure ??= { code: "snapshot-failed", event };
			}
		}
	}

	#outputBuffer(event: EventOf<"client.output-buffer">): void {
		// "closed for overcoming …" follows the loss that it explains (networking.c, freeClient before serverLog).
		const gone = [...this.#losses].filter(([peer, loss]) => loss.reason === "closed" && near(loss.event, event, sameInstant) && isHostOf(peer, event));
		const [peer, loss] = gone.at(-1) ?? [];
		if (event.text.includes(" closed for overcoming ") && peer !== undefined && loss !== undefined) {
			const known: Loss = { ...loss, reason: "output-buffer", because: event };
			const session = this.#current.get(peer) ?? this.#cutShort(known, peer);
			if (session !== undefined && (session.loss === loss || session.loss === null)) {
				if (session.decided === "full" && session.online === null) session.failure ??= { code: "output-buffer-overrun", event };
				session.loss = known;
			}
			this.#losses.set(peer, known);
			return;
		}
		this.#killed.push(event);
		const waiting = [...this.#current.values()].filter(isWaiting);
		const host = /\baddr=(\S+):\d+/.exec(event.fields.client)?.[1];
		const session = waiting.find((s) => s.peer?.slice(0, s.peer.lastIndexOf(":")) === host) ?? waiting[0];
		if (session !== undefined && /cmd=(?:psync|sync|replconf)/.test(event.fields.client)) {
			session.failure ??= { code: "output-buffer-overrun", event };
		}
	}

	#lost(event: EventOf<"replica.lost">, at: number): void {
		if (event.fields.channel !== undefined) return;
		const peer = event.fields.replica ?? unnamed;
		let key = peer;
		if (!this.#current.has(peer)) {
			// "client id #9": the address was gone already. Only one can be meant when one is left.
			const alive = [...this.#current.entries()].filter(([, s]) => s.loss === null);
			const only = alive[0];
			if (!peer.startsWith("client id") || alive.length !== 1 || only === undefined) {
				const loss = this.#reason(event, peer, at);
				const cut = this.#cutShort(loss, peer);
				if (cut !== undefined) this.#close(cut, event, loss);
				this.#losses.set(peer, loss);
				return;
			}
			key = only[0];
		}
		const session = this.#current.get(key) as Session;
		const loss = this.#reason(event, key, at);
		this.#close(session, event, loss);
		this.#losses.set(key, loss);
	}

	/**
	 * The full synchronisation that a closed connection was in, where the log does not show its question. A replica that
	 * is up acknowledges each second (REPLCONF ACK): one whose last command is the question itself has not got that far.
	 */
	#cutShort({ because, at }: Loss, peer: string): Session | undefined {
		if (because?.type !== "client.output-buffer") return undefined;
		const { client } = because.fields;
		const age = Number(/\bage=(\d+)/.exec(client)?.[1] ?? 0);
		if (!/\bcmd=psync\b/.test(client) || age < acknowledged) return undefined;
		const nameless = this.#current.get(unnamed);
		const known = nameless?.peer === null && nameless.failure?.event === because ? this.#named(peer) : undefined;
		const session = known ?? this.#begin(at, peer, null);
		session.decided = "full";
		session.failure ??= { code: "output-buffer-overrun", event: because };
		return session;
	}

	#close(session: Session, event: LogEvent, loss: Loss): void {
		session.loss = loss;
		// A tool hangs up when it has what it came for: only a dead child means that it did not.
		if (isTool(session) && session.snapshotBegin !== null && session.failure === null) session.online ??= event;
		if (this.#asking === session) this.#asking = undefined;
	}

	#reason(event: LogEvent, peer: string, at: number): Loss {
		const since = this.#current.get(peer)?.at ?? null;
		const timeout = this.#timeouts.get(peer);
		if (timeout !== undefined && near(timeout, event)) {
			this.#timeouts.delete(peer);
			return { event, at, since, reason: "timeout", because: timeout };
		}
		const killed = this.#killed.findIndex((k) => near(k, event) && isHostOf(peer, k));
		if (killed >= 0) {
			const because = this.#killed.splice(killed, 1)[0] ?? null;
			return { event, at, since, reason: "output-buffer", because };
		}
		// A server drops its replicas when it is promoted or takes a full resync, so that they ask again:
		// the lines of that stand around this one, before or after it depending on the version. Whoever
		// asked after them was not dropped by them.
		let because: LogEvent | null = null;
		let nearest = neighbours + 1;
		const last = this.#changes ? Math.min(this.#life.to, at + neighbours) : 0;
		for (let i = Math.max(this.#life.from, at - neighbours, (since ?? -1) + 1); i < last; i++) {
			const change = this.#server.events[i] as LogEvent;
			// Who asks again was dropped by what came before.
			if (i > at && change.type === "sync.requested" && change.fields.replica === peer) break;
			if (!promotions.has(change.type) && !resyncs.has(change.type)) continue;
			if (Math.abs(i - at) >= nearest || !near(change, event, sameInstant)) continue;
			because = change;
			nearest = Math.abs(i - at);
		}
		if (because !== null) return { event, at, since, reason: promotions.has(because.type) ? "promoted" : "resynced", because };
		return { event, at, since, reason: "closed", because: null };
	}
}

/** Whether a full synchronisation was granted and has not ended. */
const isWaiting = (s: Session): boolean => s.decided === "full" && s.online === null && s.loss === null;

/** The last such line counts; one that was logged before stays among the session's lines. */
function setOnline(session: Session, event: LogEvent): void {
	if (session.online?.type === "replica.online") session.lines = added(session.lines, session.online);
	session.online = event;
}

/** Whether a closed client's line may be about this peer: its port is that of its connection, not the one it listens on. */
function isHostOf(peer: string, killed: EventOf<"client.output-buffer">): boolean {
	const host = peer.slice(0, Math.max(0, peer.lastIndexOf(":")));
	return host === "" || killed.fields.client.includes(`addr=${host}:`);
}

function near(a: LogEvent, b: LogEvent, window = lossReasonWindow): boolean {
	return a.time === null || b.time === null || Math.abs(a.time - b.time) <= window;
}

/** Whether a CLIENT LIST line is that of a replica (flag S), not of an ordinary or pub/sub client. */
export function isReplicaClient(client: string): boolean {
	const flags = /\bflags=(\S+)/.exec(client)?.[1];
	return flags?.includes("S") ?? false;
}

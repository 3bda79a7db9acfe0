import type { LogEvent } from "../model/event.ts";
import type { Server, Session, Try } from "../model/story.ts";

/** How a server came by a replication ID. */
export type HowHeld =
	| "created" // "Replication backlog created, my new replication IDs are"
	| "shifted" // promoted: minted a new ID, the old one became its second
	| "second" // its second ID, still good for partial resyncs up to an offset
	| "adopted" // full resync: took over the primary's ID
	| "continued" // partial resync that told a new ID
	| "own" // minted when the process started: synthesised a cached primary from it
	| "granted" // gave it to a replica
	| "seen"; // printed among its own IDs, or asked with it

/** One server holding one replication ID, from one of its events on. */
export interface HeldId {
	readonly server: Server;
	readonly replid: string;
	readonly how: HowHeld;
	readonly event: LogEvent;
	/** Position of the event in `server.events`. */
	readonly at: number;
}

const unset = /^0*$/;

/** Who held which replication ID when, by everybody's log (replication.c: changeReplicationId, shiftReplicationId). */
export class Histories {
	readonly #byId = new Map<string, HeldId[]>();
	readonly #byServer = new Map<Server, HeldId[]>();

	constructor(servers: readonly Server[], tries: readonly Try[], sessions: readonly Session[]) {
		for (const server of servers) this.#read(server);
		for (const tried of tries) this.#fromTry(tried);
		for (const session of sessions) this.#fromSession(session);
		for (const list of this.#byServer.values()) list.sort((a, b) => a.at - b.at);
	}

	/** Everybody who held the ID, in no order of time. */
	holders(replid: string): readonly HeldId[] {
		return this.#byId.get(replid) ?? [];
	}

	/** What one server held, in the order of its log. */
	of(server: Server): readonly HeldId[] {
		return this.#byServer.get(server) ?? [];
	}

	/** When a server last held an ID before a position of its log, or undefined. */
	lastHeld(server: Server, replid: string, before: number): HeldId | undefined {
		return this.holders(replid).findLast((h) => h.server === server && h.at <= before);
	}

	#add(server: Server, replid: string, how: HowHeld, event: LogEvent, at: number): void {
		if (unset.test(replid)) return;
		const held: HeldId = { server, replid, how, event, at };
		push(this.#byId, replid, held);
		push(this.#byServer, server, held);
	}

	#read(server: Server): void {
		for (const [at, event] of server.events.entries()) {
			switch (event.type) {
				case "backlog.created":
					this.#add(server, event.fields.replid, "created", event, at);
					break;
				case "replid.shifted":
					this.#add(server, event.fields.oldReplid, "second", event, at);
					this.#add(server, event.fields.newReplid, "shifted", event, at);
					break;
				case "fullresync.granted":
					this.#add(server, event.fields.replid, "adopted", event, at);
					break;
				case "dualchannel.main-psync-request":
					this.#add(server, event.fields.replid, "adopted", event, at);
					break;
				case "replid.primary-changed":
					this.#add(server, event.fields.replid, "continued", event, at);
					break;
				case "psync.rejected.replid-mismatch":
					this.#add(server, event.fields.myReplid, "seen", event, at);
					if (event.fields.myReplid2 !== undefined) this.#add(server, event.fields.myReplid2, "second", event, at);
					break;
				default:
			}
		}
	}

	/** What a replica asks with, it holds. */
	#fromTry(tried: Try): void {
		if (tried.ask?.type !== "psync.request") return;
		const { replid } = tried.ask.fields;
		const known = this.lastHeld(tried.server, replid, tried.at + 8);
		if (known === undefined) this.#add(tried.server, replid, "seen", tried.ask, tried.at);
	}

	/** What a primary grants or continues, it holds: the replica's log says what that was. */
	#fromSession(session: Session): void {
		const tried = session.tryOf;
		if (tried === null) return;
		if (tried.granted !== null) this.#add(session.server, tried.granted.replid, "granted", session.ask, session.at);
		if (tried.decided === "partial" && tried.ask?.type === "psync.request") {
			const now = tried.changedId?.fields.replid;
			this.#add(session.server, tried.ask.fields.replid, now === undefined ? "granted" : "second", session.ask, session.at);
			if (now !== undefined) this.#add(session.server, now, "granted", session.ask, session.at);
		}
	}
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
	const list = map.get(key);
	if (list === undefined) map.set(key, [value]);
	else list.push(value);
}

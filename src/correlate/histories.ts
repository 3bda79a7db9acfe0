import type { EventOf, LogEvent, MessageType } from "../model/event.ts";
import { firstAfter, pushTo } from "../model/lists.ts";
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
	event: LogEvent;
	/** Position of the event in `server.events`. */
	at: number;
}

const unset = /^0*$/;

/** Who held which replication ID when, by everybody's log (replication.c: changeReplicationId, shiftReplicationId). */
export class Histories {
	readonly #byId = new Map<string, HeldId[]>();
	readonly #byServer = new Map<Server, HeldId[]>();
	readonly #byBoth = new Map<Server, Map<string, HeldId[]>>();

	constructor(servers: readonly Server[], tries: readonly Try[], sessions: readonly Session[]) {
		for (const server of servers) this.#read(server);
		for (const tried of tries) this.#fromTry(tried);
		for (const session of sessions) this.#fromSession(session);
		for (const list of this.#byServer.values()) list.sort((a, b) => a.at - b.at);
		for (const ofServer of this.#byBoth.values()) for (const list of ofServer.values()) list.sort((a, b) => a.at - b.at);
	}

	/** Everybody who held the ID, in no order of time. */
	holders(replid: string): readonly HeldId[] {
		return this.#byId.get(replid) ?? [];
	}

	/** What one server held, in the order of its log. */
	of(server: Server): readonly HeldId[] {
		return this.#byServer.get(server) ?? [];
	}

	/** What one server held of one ID, in the order of its log. */
	ofBoth(server: Server, replid: string): readonly HeldId[] {
		return this.#byBoth.get(server)?.get(replid) ?? [];
	}

	/** When a server last held an ID before or at a position of its log, or undefined. */
	lastHeld(server: Server, replid: string, before: number): HeldId | undefined {
		const list = this.ofBoth(server, replid);
		return list[firstAfter(list, (h) => h.at, before) - 1];
	}

	/** What a server came to hold in a part of its log. */
	between(server: Server, from: number, to: number): readonly HeldId[] {
		const list = this.of(server);
		return list.slice(firstAfter(list, (h) => h.at, from - 1), firstAfter(list, (h) => h.at, to - 1));
	}

	/** The last change of some kind before a position. */
	lastOf(server: Server, before: number, ...hows: HowHeld[]): HeldId | undefined {
		const list = this.of(server);
		for (let i = firstAfter(list, (h) => h.at, before - 1) - 1; i >= 0; i--) {
			const held = list[i] as HeldId;
			if (hows.includes(held.how)) return held;
		}
		return undefined;
	}

	#add(server: Server, replid: string, how: HowHeld, event: LogEvent, at: number): void {
		if (unset.test(replid)) return;
		const held: HeldId = { server, replid, how, event, at };
		pushTo(this.#byId, replid, held);
		pushTo(this.#byServer, server, held);
		let both = this.#byBoth.get(server);
		if (both === undefined) this.#byBoth.set(server, (both = new Map()));
		pushTo(both, replid, held);
	}

	#read(server: Server): void {
		const each = <T extends MessageType>(type: T, note: (event: EventOf<T>, at: number) => void): void => {
			for (const at of server.positions.get(type) ?? []) note(server.events[at] as EventOf<T>, at);
		};
		each("backlog.created", (event, at) => this.#add(server, event.fields.replid, "created", event, at));
		each("replid.shifted", (event, at) => {
			this.#add(server, event.fields.oldReplid, "second", event, at);
			this.#add(server, event.fields.newReplid, "shifted", event, at);
		});
		each("fullresync.granted", (event, at) => this.#add(server, event.fields.replid, "adopted", event, at));
		each("dualchannel.main-psync-request", (event, at) => this.#add(server, event.fields.replid, "adopted", event, at));
		each("replid.primary-changed", (event, at) => this.#add(server, event.fields.replid, "continued", event, at));
		each("psync.rejected.replid-mismatch", (event, at) => {
			this.#seen(server, event.fields.myReplid, "seen", event, at);
			if (event.fields.myReplid2 !== undefined) this.#seen(server, event.fields.myReplid2, "second", event, at);
		});
	}

	/** Notes what is merely confirmed; of many confirmations in a row the first and the last are kept. */
	#seen(server: Server, replid: string, how: HowHeld, event: LogEvent, at: number): void {
		if (unset.test(replid)) return;
		const list = this.ofBoth(server, replid);
		const last = list.at(-1);
		const before = list.at(-2);
		if (last !== undefined && before !== undefined && last.how === how && before.how === how && last.at < at) {
			last.event = event;
			last.at = at;
			return;
		}
		this.#add(server, replid, how, event, at);
	}

	/** What a replica asks with, it holds. */
	#fromTry(tried: Try): void {
		if (tried.ask?.type !== "psync.request") return;
		const { replid } = tried.ask.fields;
		if (this.lastHeld(tried.server, replid, tried.at + 8) === undefined) this.#add(tried.server, replid, "seen", tried.ask, tried.at);
	}

	/** What a primary grants or continues, it holds: the replica's log says what that was. */
	#fromSession(session: Session): void {
		const tried = session.tryOf;
		if (tried === null) return;
		const { server, ask, at } = session;
		if (tried.granted !== null) this.#seen(server, tried.granted.replid, "granted", ask, at);
		if (tried.decided === "partial" && tried.ask?.type === "psync.request") {
			const now = tried.changedId?.fields.replid;
			this.#seen(server, tried.ask.fields.replid, now === undefined ? "granted" : "second", ask, at);
			if (now !== undefined) this.#seen(server, now, "granted", ask, at);
		}
	}
}

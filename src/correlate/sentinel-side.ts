import type { EventOf, LogEvent, MessageType } from "../model/event.ts";
import type { Server } from "../model/story.ts";

/** What Sentinel's `%@` names: a primary, or a replica or Sentinel of one (sentinel.c, sentinelEvent). */
export interface Instance {
	/** Name of the set of servers ("mymaster"). */
	readonly set: string;
	/** "ip:port" of the primary as it is known at that time. */
	readonly primary: string;
	/** "ip:port" of what is meant itself. */
	readonly address: string;
	/** A Sentinel's ID, from 3.2 on; else as `address`. */
	readonly id: string;
}

/** "master NAME IP PORT", or "KIND ID IP PORT @ NAME IP PORT". */
export function readInstance(text: string): Instance {
	const [, id = "", ip = "", port = "", , set, primaryIp, primaryPort] = text.split(" ");
	const address = `${ip}:${port}`;
	if (set === undefined) return { set: id, primary: address, address, id: address };
	return { set, primary: `${primaryIp}:${primaryPort}`, address, id };
}

/** One try of one Sentinel to fail over, by its own log. */
export interface SentinelAttempt {
	readonly server: Server;
	readonly set: string;
	readonly old: string;
	/** Null before 2.8, and where the log begins in the middle of it. */
	readonly epoch: number | null;
	/** SENTINEL FAILOVER, which asks nobody whether the primary is down. */
	readonly ordered: LogEvent | null;
	readonly begin: LogEvent;
	/** Position of the first line. */
	readonly at: number;
	elected: LogEvent | null;
	selected: EventOf<"sentinel.selected"> | null;
	/** REPLICAOF NO ONE is about to be sent; it is sent before the next one. */
	sending: LogEvent | null;
	sent: LogEvent | null;
	promoted: LogEvent | null;
	/** By replica's address: when it was pointed to the new primary, and when its link was up. */
	readonly pointed: Map<string, { sent: LogEvent | null; done: LogEvent | null }>;
	abort: LogEvent | null;
	/** +failover-end or +failover-end-for-timeout. */
	end: LogEvent | null;
}

/** A time in which one Sentinel took a primary for down. */
export interface SentinelWatch {
	readonly set: string;
	readonly primary: string;
	readonly at: number;
	readonly sdown: LogEvent;
	odown: EventOf<"sentinel.odown"> | null;
	/** Position of the line that ended it, or Infinity. */
	to: number;
}

/** A new address of a primary, as one Sentinel adopted it. */
export interface SentinelSwitch {
	readonly set: string;
	readonly old: string;
	readonly to: string;
	readonly event: LogEvent;
	readonly at: number;
	readonly epoch: number | null;
	/** The Sentinel whose configuration it adopted; null for its own failover. */
	readonly from: { readonly id: string; readonly event: LogEvent } | null;
}

/** What one Sentinel's log tells of failovers. */
export interface SentinelSide {
	readonly server: Server;
	/** Its own ID, where a line tells. */
	readonly id: string | null;
	readonly attempts: readonly SentinelAttempt[];
	readonly watches: readonly SentinelWatch[];
	readonly votes: readonly { readonly leader: string; readonly epoch: number; readonly event: LogEvent }[];
	/** Votes of others that it was told. */
	readonly told: readonly { readonly voter: string; readonly leader: string; readonly epoch: number; readonly event: LogEvent }[];
	readonly switches: readonly SentinelSwitch[];
	/** Epochs in the order of the log: from that position on. */
	readonly epochs: readonly { readonly epoch: number; readonly at: number; readonly event: LogEvent }[];
	readonly tilts: readonly { readonly from: LogEvent; to: LogEvent | null }[];
	/** Other Sentinels, by ID or address, with the address. */
	readonly known: ReadonlyMap<string, string>;
}

/** Reads one Sentinel's log (sentinel.c: sentinelHandleRedisInstance, sentinelFailoverStateMachine). */
export function readSentinel(server: Server): SentinelSide {
	return new SentinelReader(server).read();
}

const sides = new WeakMap<Server, SentinelSide>();

/** The same for all Sentinels of a story; each log is read once. */
export function sentinelSides(servers: readonly Server[]): SentinelSide[] {
	return servers.filter((s) => s.sentinel).map((server) => {
		let side = sides.get(server);
		if (side === undefined) sides.set(server, (side = readSentinel(server)));
		return side;
	});
}

/** An event of one of some types. */
type EventIn<T extends MessageType> = { [K in T]: EventOf<K> }[T];
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

class SentinelReader {
	readonly #server: Server;
	#id: string | null = null;
	readonly #attempts: SentinelAttempt[] = [];
	readonly #watches: SentinelWatch[] = [];
	readonly #votes: { leader: string; epoch: number; event: LogEvent }[] = [];
	readonly #told: { voter: string; leader: string; epoch: number; event: LogEvent }[] = [];
	readonly #switches: SentinelSwitch[] = [];
	readonly #epochs: { epoch: number; at: number; event: LogEvent }[] = [];
	readonly #tilts: Mutable<SentinelSide["tilts"][number]>[] = [];
	readonly #known = new Map<string, string>();
	/** By set: the try that is on, the order for it, the watch that is on, the configuration just adopted. */
	readonly #current = new Map<string, SentinelAttempt>();
	readonly #ordered = new Map<string, LogEvent>();
	readonly #down = new Map<string, SentinelWatch>();
	readonly #adopted = new Map<string, { id: string; event: LogEvent }>();
	#trying: SentinelAttempt | null = null;

	constructor(server: Server) {
		this.#server = server;
	}

	read(): SentinelSide {
		for (const [at, event] of this.#server.events.entries()) this.#step(event, at);
		return {
			server: this.#server, id: this.#id, attempts: this.#attempts, watches: this.#watches, votes: this.#votes,
			told: this.#told, switches: this.#switches, epochs: this.#epochs, tilts: this.#tilts, known: this.#known,
		};
	}

	get #epoch(): number | null {
		return this.#epochs.at(-1)?.epoch ?? null;
	}

	#enter(epoch: number, event: LogEvent, at: number): void {
		if (this.#epoch === null || epoch > this.#epoch) this.#epochs.push({ epoch, at, event });
	}

	#step(event: LogEvent, at: number): void {
		switch (event.type) {
			case "sentinel.id":
				this.#id = event.fields.id;
				return;
			case "sentinel.new-epoch":
				this.#enter(event.fields.epoch, event, at);
				return;
			case "sentinel.vote": {
				const { leader, epoch } = event.fields;
				this.#enter(epoch, event, at);
				this.#votes.push({ leader, epoch, event });
				// Who asks to be elected gives the first vote to itself.
				if (this.#trying?.epoch === epoch) this.#id ??= leader;
				this.#trying = null;
				return;
			}
			case "sentinel.voted":
				this.#told.push({ voter: event.fields.sentinel, leader: event.fields.leader, epoch: event.fields.epoch, event });
				return;
			case "sentinel.user-failover":
				this.#ordered.set(event.fields.name, event);
				return;
			case "sentinel.tilt":
				this.#tilts.push({ from: event, to: null });
				return;
			case "sentinel.tilt-exit": {
				const last = this.#tilts.at(-1);
				if (last !== undefined) last.to ??= event;
				return;
			}
			case "sentinel.sentinel-detected": {
				const { id, address } = readInstance(event.fields.instance);
				this.#known.set(id, address);
				return;
			}
			case "sentinel.config-update": {
				const { set, id, address } = readInstance(event.fields.instance);
				this.#known.set(id, address);
				this.#adopted.set(set, { id, event });
				return;
			}
			case "sentinel.switch-master":
				this.#switch(event, at);
				return;
			case "sentinel.sdown":
			case "sentinel.sdown-cleared":
			case "sentinel.odown":
			case "sentinel.odown-cleared":
				if (event.fields.instance.startsWith("master ")) this.#health(event, at);
				return;
			default:
				this.#failover(event, at);
		}
	}

	#health(event: EventIn<"sentinel.sdown" | "sentinel.sdown-cleared" | "sentinel.odown" | "sentinel.odown-cleared">, at: number): void {
		const { set, primary } = readInstance(event.fields.instance);
		const open = this.#down.get(set);
		if (event.type === "sentinel.sdown" || (event.type === "sentinel.odown" && open === undefined)) {
			const watch: SentinelWatch = { set, primary, at, sdown: event, odown: null, to: Number.POSITIVE_INFINITY };
			this.#watches.push(watch);
			this.#down.set(set, watch);
			if (event.type === "sentinel.odown") watch.odown = event;
		} else if (event.type === "sentinel.odown" && open !== undefined) {
			open.odown ??= event;
		} else if (event.type === "sentinel.sdown-cleared" && open !== undefined) {
			open.to = at;
			this.#down.delete(set);
		}
	}

	#failover(event: LogEvent, at: number): void {
		switch (event.type) {
			case "sentinel.try-failover":
				this.#trying = this.#begin(event, at, this.#epoch);
				return;
			case "sentinel.elected-leader":
				this.#open(event, at).elected = event;
				return;
			case "sentinel.selected":
				this.#open(event, at).selected = event;
				return;
			case "sentinel.failover-state-send-noone":
				this.#open(event, at).sending = event;
				return;
			case "sentinel.failover-state-wait-promotion":
				this.#open(event, at).sent = event;
				return;
			case "sentinel.promoted":
				this.#open(event, at).promoted = event;
				return;
			case "sentinel.reconf-sent":
			case "sentinel.reconf-sent-be":
				this.#pointed(event, at).sent ??= event;
				return;
			case "sentinel.reconf-done":
				this.#pointed(event, at).done = event;
				return;
			case "sentinel.failover-abort": {
				this.#open(event, at).abort = event;
				this.#current.delete(readInstance(event.fields.instance).set);
				return;
			}
			case "sentinel.failover-end":
			case "sentinel.failover-end-timeout":
				this.#open(event, at).end = event;
				return;
			default:
		}
	}

	#open(event: LogEvent & { readonly fields: { readonly instance: string } }, at: number): SentinelAttempt {
		return this.#current.get(readInstance(event.fields.instance).set) ?? this.#begin(event, at, null);
	}

	#begin(event: LogEvent & { readonly fields: { readonly instance: string } }, at: number, epoch: number | null): SentinelAttempt {
		const { set, primary } = readInstance(event.fields.instance);
		const attempt: SentinelAttempt = {
			server: this.#server, set, old: primary, epoch, ordered: this.#ordered.get(set) ?? null, begin: event, at, elected: null,
			selected: null, sending: null, sent: null, promoted: null, pointed: new Map(), abort: null, end: null,
		};
		this.#ordered.delete(set);
		this.#attempts.push(attempt);
		this.#current.set(set, attempt);
		return attempt;
	}

	#pointed(event: LogEvent & { readonly fields: { readonly instance: string } }, at: number): { sent: LogEvent | null; done: LogEvent | null } {
		const { pointed } = this.#open(event, at);
		const { address } = readInstance(event.fields.instance);
		let one = pointed.get(address);
		if (one === undefined) pointed.set(address, (one = { sent: null, done: null }));
		return one;
	}

	#switch(event: EventOf<"sentinel.switch-master">, at: number): void {
		const { name: set, oldIp, oldPort, newIp, newPort } = event.fields;
		const down = this.#down.get(set);
		if (down !== undefined) down.to = at;
		this.#switches.push({
			set, old: `${oldIp}:${oldPort}`, to: `${newIp}:${newPort}`, event, at, epoch: this.#epoch,
			from: this.#adopted.get(set) ?? null,
		});
		this.#down.delete(set);
		this.#adopted.delete(set);
		this.#current.delete(set);
	}
}

/** Which Sentinel is meant by an ID or an address. */
export class SentinelIds {
	readonly #servers = new Map<string, Server>();
	readonly #addresses = new Map<string, string>();

	constructor(sides: readonly SentinelSide[]) {
		for (const { known } of sides) {
			for (const [id, address] of known) {
				this.#addresses.set(id, address);
			}
		}
		const byPort = new Map<number, Server | null>();
		for (const { server, id } of sides) {
			if (id !== null) this.#servers.set(id, server);
			for (const port of server.ports) byPort.set(port, byPort.has(port) ? null : server);
		}
		const absent = absentAddresses(sides);
		for (const [id, address] of this.#addresses) {
			const server =
				this.#servers.get(id) ?? byPort.get(Number(address.slice(address.lastIndexOf(":") + 1))) ?? absent.get(address);
			if (server == null) continue;
			this.#servers.set(id, server);
			this.#servers.set(address, server);
		}
	}

	/** Null when the log of that Sentinel is not given. */
	server(handle: string): Server | null {
		return this.#servers.get(handle) ?? null;
	}

	/** "ip:port", where any Sentinel tells it. */
	address(handle: string): string | null {
		return this.#addresses.get(handle) ?? null;
	}

	/** What to call it: the node, else its address, else its ID. */
	name(handle: string): string {
		return this.server(handle)?.id ?? this.#addresses.get(handle) ?? handle;
	}
}

/** Sentinels list all others but never themselves: the one address that a log lacks is its own. */
function absentAddresses(sides: readonly SentinelSide[]): Map<string, Server | null> {
	const all = new Set(sides.flatMap(({ known }) => [...known.values()]));
	const absent = new Map<string, Server | null>();
	for (const { server, known } of sides) {
		const own = new Set(known.values());
		const [only, ...more] = [...all].filter((address) => !own.has(address));
		if (only !== undefined && more.length === 0) absent.set(only, absent.has(only) ? null : server);
	}
	return absent;
}

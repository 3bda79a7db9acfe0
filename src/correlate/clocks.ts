import type { LogEvent } from "../model/event.ts";
import type { Server, Session, Try } from "../model/story.ts";
import { zoneMinutes } from "../model/units.ts";
import { Bounds } from "./bounds.ts";
import { handshakeBounds } from "./join.ts";
import { boundsOf, type JointMoment, newsOfServers, votesOfSentinels } from "./joint-moments.ts";
import { findStep, type JumpBack, jumpsBack, LogOrder } from "./log-order.ts";
import { commandSlack, type SentinelCommand } from "./sentinels.ts";
import { type Bound, type Skew, skewAt, unmeasured, withJumps } from "./skew.ts";
import { type ZoneWords, zoneByLog } from "./zones.ts";

/** How far a server's clock is ahead of the reference. */
export interface ClockOffset {
	/** Milliseconds, at the beginning of its log. */
	readonly offset: number;
	/** The truth lies within offset ± bound (ms). */
	readonly bound: number;
	/** Handshakes that it rests on. */
	readonly pairs: number;
	/** Parts per million that it gains on the clock it was compared with; 0 where one offset fits all. */
	readonly driftPpm: number;
}

/** A clock that was set while its server ran. */
export interface ClockStep {
	readonly server: Server;
	/** The line at which it was set, else the first handshake after it; a position in `server.events`. */
	readonly order: number;
	/** How far the clock was set forward (ms); negative for backward. */
	readonly by: number;
	/** The server whose clock it was compared with. */
	readonly against: Server;
}

interface Placed {
	/** The server whose clock this one was compared with; null for the reference and for strangers. */
	readonly parent: Server | null;
	readonly skew: Skew | null;
	readonly offset: ClockOffset;
}

/** What a time of one server goes through to be one of the reference. */
interface Way {
	/** How its own log shows that it was set. */
	readonly own: Skew | null;
	/** Its clock against the one that it was compared with, that one's against the next. */
	readonly skews: readonly Skew[];
	readonly shift: number;
	/** Whether the line tells more than the time. */
	readonly stepped: boolean;
}

function converted({ own, skews, shift }: Way, time: number, order: number | undefined): number {
	let at = own === null ? time : time - skewAt(own, time, order);
	for (let i = 0; i < skews.length; i++) at -= skewAt(skews[i] as Skew, at, i === 0 ? order : undefined);
	return Math.round(at - shift);
}

/**
 * The clocks of all servers against one reference. A PSYNC handshake is an NTP packet in disguise:
 * the replica's question is logged before, its answer after, the primary's "asks for
 * synchronization", so replica minus primary lies between the two differences.
 */
export class Clocks {
	readonly reference: Server | null;
	/** Minutes east of UTC of the reference's log, where any log tells; null when none does. */
	readonly referenceZone: number | null;
	readonly steps: readonly ClockStep[];
	readonly #placed = new Map<Server, Placed>();
	readonly #shift: number;
	readonly #strangers = new Map<Server, number>();
	readonly #words: ZoneWords | undefined;
	readonly #order = new LogOrder();
	readonly #own = new Map<Server, Skew>();
	readonly #jumps: ReadonlyMap<Server, readonly JumpBack[]>;
	readonly #ways = new Map<Server, Way>();

	constructor(
		servers: readonly Server[],
		tries: readonly Try[],
		sessions: readonly Session[],
		commands: readonly SentinelCommand[] = [],
		/** Zones that snapshots show, by server, minutes east of UTC. */
		shown: ReadonlyMap<Server, number> = new Map(),
		/** What the user says of zones. */
		words?: ZoneWords,
	) {
		this.#words = words;
		this.#jumps = new Map(servers.map((server) => [server, jumpsBack(server)]));
		const edges = collect(tries, commands, this.#order);
		const handshaken = edges.size > 0 ? chooseReference(servers, edges, sessions, (server) => this.jumpsOf(server).length > 0) : null;
		addMoments(edges, votesOfSentinels(servers), this.#order);
		// What has an order only must not be held against what is certain: it would look like a clock that was set.
		const parts = partsOf(edges);
		addMoments(edges, newsOfServers(servers).filter(({ server, other }) => parts(server) !== parts(other)), this.#order);
		this.reference = handshaken ?? chooseReference(servers, edges, sessions, (server) => this.jumpsOf(server).length > 0);
		const steps: ClockStep[] = [];
		if (this.reference !== null) this.#spread(this.reference, edges, steps);
		for (const server of servers) this.#placeAlone(server, edges);
		this.steps = steps;
		this.referenceZone = this.#findZone(servers, shown);
		this.#shift = (this.referenceZone ?? 0) * 60_000;
	}

	/** Lines of a server's log from which on its clock was set back. */
	jumpsOf(server: Server): readonly JumpBack[] {
		return this.#jumps.get(server) ?? [];
	}

	/** Null when no handshake ties the server to the reference. */
	of(server: Server): ClockOffset | null {
		return this.#placed.get(server)?.offset ?? null;
	}

	/** Minutes east of UTC of the server's log; null when nothing tells. */
	zone(server: Server): number | null {
		const offset = this.of(server);
		const all = server === this.reference || offset === null ? this.#words?.others.get(server) : undefined;
		const own = this.#words?.named.get(server) ?? all ?? zoneByLog(server);
		if (own !== null) return own;
		if (this.referenceZone === null || offset === null) return null;
		return this.referenceZone + zoneMinutes(offset.offset);
	}

	/** The event's time in UTC, as far as zones are known, on the reference's clock; null when it has none. */
	time(server: Server, event: LogEvent): number | null {
		// The signal handler prints UTC among lines of local time: its neighbours tell its place better.
		if (event.time === null || event.signal) return null;
		const way = this.#wayFrom(server);
		// Only a clock that was set needs to know at which line.
		return converted(way, event.time, way.stepped ? this.#order.of(server, event) : undefined);
	}

	/** A time of a server's own clock on the reference's clock. */
	convert(server: Server, time: number): number {
		return converted(this.#wayFrom(server), time, undefined);
	}

	/** Each server's times are asked for a hundred thousand times: what they go through is put together once. */
	#wayFrom(server: Server): Way {
		let way = this.#ways.get(server);
		if (way === undefined) {
			const own = this.#own.get(server) ?? null;
			const first = this.#placed.get(server);
			const skews: Skew[] = [];
			for (let placed = first; placed !== undefined; placed = placed.parent === null ? undefined : this.#placed.get(placed.parent)) {
				if (placed.skew !== null) skews.push(placed.skew);
			}
			const stepped = own !== null || (first?.skew?.stretches.length ?? 0) > 1;
			way = { own, skews, shift: first === undefined ? this.#shiftOf(server) : this.#shift, stepped };
			this.#ways.set(server, way);
		}
		return way;
	}

	/** A clock that nothing ties to the reference is right as far as its zone is known. */
	#shiftOf(stranger: Server): number {
		let shift = this.#strangers.get(stranger);
		if (shift === undefined) {
			const own = this.referenceZone === null ? null : stampsAreUtc(stranger) ? 0 : this.zone(stranger);
			this.#strangers.set(stranger, (shift = own === null ? this.#shift : own * 60_000));
		}
		return shift;
	}

	/** What nothing else measures goes on at least where its own log goes back. */
	#placeAlone(server: Server, edges: Edges): void {
		const alone = server === this.reference ? edges.get(server) === undefined : !this.#placed.has(server);
		const jumps = alone ? this.jumpsOf(server) : [];
		if (jumps.length > 0) this.#own.set(server, withJumps(unmeasured, { first: Number.NEGATIVE_INFINITY, last: Number.NEGATIVE_INFINITY }, jumps));
	}

	#spread(reference: Server, edges: Edges, steps: ClockStep[]): void {
		this.#placed.set(reference, { parent: null, skew: null, offset: { offset: 0, bound: 0, pairs: 0, driftPpm: 0 } });
		const queue: Server[] = [reference];
		for (let server = queue.shift(); server !== undefined; server = queue.shift()) {
			const here = (this.#placed.get(server) as Placed).offset;
			const next = [...(edges.get(server)?.entries() ?? [])].map(([other, bounds]) => ({
				other,
				bounds,
				skew: bounds.fit((after, upTo, by) => findStep(other, after, upTo, by)),
			}));
			// Tightest first, so that a server reached two ways is placed by the better one.
			next.sort((a, b) => (a.skew.stretches[0]?.bound ?? 0) - (b.skew.stretches[0]?.bound ?? 0));
			for (const { other, skew, bounds } of next) {
				if (this.#placed.has(other)) continue;
				const first = skew.stretches[0];
				if (first === undefined) continue;
				const jumps = this.jumpsOf(other);
				this.#placed.set(other, {
					parent: server,
					skew: jumps.length === 0 ? skew : withJumps(skew, bounds, jumps),
					offset: {
						offset: here.offset + first.offset,
						bound: here.bound + skew.stretches.reduce((most, { bound }) => Math.max(most, bound), 0),
						pairs: skew.count,
						driftPpm: first.slope * 1e6,
					},
				});
				for (const [i, stretch] of skew.stretches.entries()) {
					const before = skew.stretches[i - 1];
					if (before !== undefined) {
						steps.push({ server: other, order: stretch.order, by: Math.round(stretch.offset - before.offset), against: server });
					}
				}
				queue.push(other);
			}
		}
	}

	/** The zone of the reference: the user's word, snapshots, its own log, else another log's and the difference to it. */
	#findZone(servers: readonly Server[], shown: ReadonlyMap<Server, number>): number | null {
		const { reference } = this;
		const words = this.#words;
		if (reference === null) return null;
		for (const zoneOf of [
			(s: Server) => words?.named.get(s) ?? null,
			(s: Server) => (s === reference ? (words?.others.get(s) ?? null) : null),
			(s: Server) => shown.get(s) ?? null,
			zoneByLog,
		]) {
			const own = zoneOf(reference);
			if (own !== null) return stampsAreUtc(reference) ? 0 : own;
			for (const server of servers) {
				const zone = zoneOf(server);
				const offset = this.of(server);
				if (zone === null || offset === null) continue;
				return (stampsAreUtc(server) ? 0 : zone) - zoneMinutes(offset.offset);
			}
		}
		return null;
	}
}

/** Logs whose lines state their zone are read as UTC already. */
function stampsAreUtc(server: Server): boolean {
	return server.events.find((e) => e.time !== null && !e.signal)?.zone != null;
}

/** For each server, what the handshakes with each other server allow: the other's clock minus this one's. */
type Edges = Map<Server, Map<Server, Bounds>>;

function addBound(edges: Edges, server: Server, other: Server, bound: Bound): void {
	let of = edges.get(server);
	if (of === undefined) edges.set(server, (of = new Map()));
	let bounds = of.get(other);
	if (bounds === undefined) of.set(other, (bounds = new Bounds()));
	bounds.add(bound);
}

function addMoments(edges: Edges, moments: readonly JointMoment[], places: LogOrder): void {
	for (const moment of moments) {
		const bounds = boundsOf(moment, places);
		if (bounds === undefined) continue;
		addBound(edges, moment.server, moment.other, bounds.there);
		addBound(edges, moment.other, moment.server, bounds.back);
	}
}

/** Servers whose clocks are tied together, by any one of them. */
function partsOf(edges: Edges): (server: Server) => Server {
	const part = new Map<Server, Server>();
	for (const first of edges.keys()) {
		if (part.has(first)) continue;
		const queue = [first];
		for (let server = queue.pop(); server !== undefined; server = queue.pop()) {
			if (part.has(server)) continue;
			part.set(server, first);
			queue.push(...(edges.get(server)?.keys() ?? []));
		}
	}
	return (server) => part.get(server) ?? server;
}

function collect(tries: readonly Try[], commands: readonly SentinelCommand[], places: LogOrder): Edges {
	const edges: Edges = new Map();
	const add = (server: Server, other: Server, bound: Bound): void => addBound(edges, server, other, bound);
	for (const tried of tries) {
		const lines = handshakeBounds(tried);
		if (lines === undefined || tried.session === null) continue;
		const { before, between, after } = lines;
		if (before.time === null || between.time === null || after.time === null) continue;
		// A server stamps its lines once a cycle of its event loop, rounded to what it prints.
		const slack = Math.max(before.precision, between.precision, after.precision);
		const low = before.time - between.time - slack;
		const high = after.time - between.time + slack;
		if (low > high) continue;
		add(tried.session.server, tried.server, { at: before.time, order: tried.at, low, high });
		add(tried.server, tried.session.server, { at: between.time, order: tried.session.at, low: -high, high: -low });
	}
	for (const { sentinel, sent, server, received } of commands) {
		if (sent.time === null || received.time === null) continue;
		const low = received.time - sent.time - commandSlack;
		const high = received.time - sent.time + commandSlack;
		add(sentinel, server, { at: received.time, order: places.of(server, received), low, high });
		add(server, sentinel, { at: sent.time, order: places.of(sentinel, sent), low: -high, high: -low });
	}
	return edges;
}

/** The server with most handshakes; among equals the one that answers them: primaries are asked about first. */
function chooseReference(
	servers: readonly Server[],
	edges: Edges,
	sessions: readonly Session[],
	wasSetBack: (server: Server) => boolean,
): Server | null {
	const answered = new Map<Server, number>();
	for (const { server } of sessions) answered.set(server, (answered.get(server) ?? 0) + 1);
	const weight = (server: Server): number => {
		let sum = 0;
		for (const bounds of edges.get(server)?.values() ?? []) sum += bounds.count;
		return sum;
	};
	const ranked = servers.map((server) => ({
		server, weight: weight(server), answered: answered.get(server) ?? 0, back: wasSetBack(server),
	}));
	ranked.sort(
		// A clock that was set back measures nothing.
		(a, b) => Number(a.weight === 0) - Number(b.weight === 0) || Number(a.back) - Number(b.back) || b.weight - a.weight || b.answered - a.answered || Number(a.server.sentinel) - Number(b.server.sentinel),
	);
	return ranked[0]?.server ?? null;
}

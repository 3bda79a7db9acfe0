import type { LogEvent } from "../model/event.ts";
import type { Server, Session, Try } from "../model/story.ts";
import { handshakeBounds } from "./join.ts";

/** How far a server's clock is ahead of the reference, in milliseconds. */
export interface ClockOffset {
	readonly offset: number;
	/** The truth lies within offset ± bound. */
	readonly bound: number;
	/** Handshakes that it rests on. */
	readonly pairs: number;
}

interface Bounds {
	low: number;
	high: number;
	count: number;
	readonly middles: number[];
	contradicting: boolean;
}

/**
 * The clocks of all servers against one reference. A PSYNC handshake is an NTP packet in disguise:
 * the replica's question is logged before, its answer after, the primary's "asks for
 * synchronization", so replica minus primary lies between the two differences.
 */
export class Clocks {
	readonly reference: Server | null;
	readonly #offsets = new Map<Server, ClockOffset>();

	constructor(servers: readonly Server[], tries: readonly Try[], sessions: readonly Session[]) {
		const edges = new Map<Server, Map<Server, Bounds>>();
		for (const tried of tries) {
			const bounds = handshakeBounds(tried);
			if (bounds === undefined || tried.session === null) continue;
			const { before, between, after } = bounds;
			if (before.time === null || between.time === null || after.time === null) continue;
			const slack = Math.max(before.precision, between.precision, after.precision);
			note(edges, tried.server, tried.session.server, before.time - between.time - slack, after.time - between.time + slack);
		}
		this.reference = chooseReference(servers, edges, sessions);
		if (this.reference !== null) this.#spread(this.reference, edges);
	}

	/** Null when no handshake ties the server to the reference. */
	of(server: Server): ClockOffset | null {
		return this.#offsets.get(server) ?? null;
	}

	/** The event's time on the reference's clock, in ms; null when it has none. */
	time(server: Server, event: LogEvent): number | null {
		// The signal handler prints UTC among lines of local time.
		if (event.time === null || event.signal) return null;
		return event.time - Math.round(this.#offsets.get(server)?.offset ?? 0);
	}

	#spread(reference: Server, edges: ReadonlyMap<Server, ReadonlyMap<Server, Bounds>>): void {
		this.#offsets.set(reference, { offset: 0, bound: 0, pairs: 0 });
		const queue: Server[] = [reference];
		for (let server = queue.shift(); server !== undefined; server = queue.shift()) {
			const here = this.#offsets.get(server) as ClockOffset;
			// Tightest first, so that a server reached two ways is placed by the better one.
			const next = [...(edges.get(server)?.entries() ?? [])].sort((a, b) => width(a[1]) - width(b[1]));
			for (const [other, bounds] of next) {
				if (this.#offsets.has(other)) continue;
				const { middle, half } = settle(bounds);
				this.#offsets.set(other, {
					offset: here.offset + middle,
					bound: here.bound + half,
					pairs: bounds.count,
				});
				queue.push(other);
			}
		}
	}
}

function note(edges: Map<Server, Map<Server, Bounds>>, replica: Server, primary: Server, low: number, high: number): void {
	add(edges, primary, replica, low, high);
	add(edges, replica, primary, -high, -low);
}

/** Records that `other` minus `server` lies between low and high. */
function add(edges: Map<Server, Map<Server, Bounds>>, server: Server, other: Server, low: number, high: number): void {
	let of = edges.get(server);
	if (of === undefined) edges.set(server, (of = new Map()));
	const bounds = of.get(other);
	if (bounds === undefined) {
		of.set(other, { low, high, count: 1, middles: [(low + high) / 2], contradicting: false });
		return;
	}
	bounds.count++;
	bounds.middles.push((low + high) / 2);
	if (low > bounds.high || high < bounds.low) bounds.contradicting = true;
	else {
		bounds.low = Math.max(bounds.low, low);
		bounds.high = Math.min(bounds.high, high);
	}
}

const width = (bounds: Bounds): number => settle(bounds).half;

function settle(bounds: Bounds): { middle: number; half: number } {
	if (!bounds.contradicting) return { middle: (bounds.low + bounds.high) / 2, half: (bounds.high - bounds.low) / 2 };
	const sorted = [...bounds.middles].sort((a, b) => a - b);
	const middle = sorted[sorted.length >> 1] as number;
	return { middle, half: Math.max(middle - (sorted[0] as number), (sorted.at(-1) as number) - middle) };
}

/** The server with most handshakes; among equals the one that answers them: primaries are asked about first. */
function chooseReference(
	servers: readonly Server[],
	edges: ReadonlyMap<Server, ReadonlyMap<Server, Bounds>>,
	sessions: readonly Session[],
): Server | null {
	const answered = new Map<Server, number>();
	for (const { server } of sessions) answered.set(server, (answered.get(server) ?? 0) + 1);
	const weight = (server: Server): number => {
		let sum = 0;
		for (const bounds of edges.get(server)?.values() ?? []) sum += bounds.count;
		return sum;
	};
	const ranked = servers.map((server) => ({ server, weight: weight(server), answered: answered.get(server) ?? 0 }));
	ranked.sort((a, b) => b.weight - a.weight || b.answered - a.answered || Number(a.server.sentinel) - Number(b.server.sentinel));
	return ranked[0]?.server ?? null;
}

import type { Story } from "../../correlate/index.ts";
import type { LogEvent, MessageType } from "../../model/event.ts";
import { firstAt, self } from "../../model/lists.ts";
import type { Server } from "../../model/story.ts";
import { allLinesOf } from "../../model/lines.ts";
import type { Ground } from "../case.ts";
import type { Told } from "./told.ts";

/** A server that was there but did not answer: neither restarted nor unreachable. */
export interface Stall {
	readonly told: Told;
	/** The server that stood still; null when both did, with their host. */
	readonly server: Server | null;
	/** By what name its peers know it, where its own log is not given. */
	readonly address: string | null;
	/** When its peer gave it up, and when it moved again; ms. */
	readonly from: number;
	readonly to: number;
	/** What its log shows it busy with, or null. */
	readonly busy: { readonly what: Busy; readonly ground: Ground } | null;
	readonly grounds: readonly Ground[];
}

export type Busy = "script" | "disk" | "fork" | "watchdog";

/** Less silence than this is a slow network, in ms. */
const shortest = 1000;
/** Whoever moves again may log a few lines before the one that tells it, in ms. */
const wakes = 100;
/** What made a server silent began at most a default repl-timeout before its peer gave up, in ms. */
const before = 60_000;
/** Lines of a handshake. */
const handshake = 12;

/** Before a fork, and after it. */
const asks = ["bgsave.start", "server.autosave"] as const;
const forks = ["rdb.bgsave-started", "rdb.transfer-started"] as const;
const work: ReadonlyMap<MessageType, Busy> = new Map<MessageType, Busy>([
	["stall.slow-script", "script"],
	["stall.aof-fsync", "disk"],
	["stall.aof-write-error", "disk"],
	["crash.watchdog", "watchdog"],
]);

/** The timeouts after which the silent side turned out to have been there all the time. */
export function stallsOf(story: Story, all: readonly Told[]): Stall[] {
	const tilts = tiltsOf(story);
	const busy = new BusyTimes(story);
	const moves = new Moves(story);
	return all.flatMap((told): Stall[] => {
		const stall =
			bothStalled(story, told, tilts) ?? replicaStalled(story, told, moves) ?? primaryStalled(story, told, moves);
		return stall === null
			? []
			: [
					{
						...stall,
						busy: stall.server === null ? null : busy.at(stall.server, stall.from - before, stall.to),
					},
				];
	});
}

type Silent = Omit<Stall, "busy">;

/**
 * A Sentinel found that time had jumped as the link broke. That both ends give up in the same instant tells
 * nothing: with one repl-timeout on both sides a cut cable does that too.
 */
function bothStalled(story: Story, told: Told, tilts: readonly Ground[]): Silent | null {
	const { trigger } = told.resync;
	if (!trigger.code.endsWith("-timeout") || told.lostAt === null) return null;
	const lostAt = told.lostAt;
	const tilt = tilts.find(
		(t) => Math.abs((story.time(t.server, t.event) ?? Number.NaN) - lostAt) <= shortest,
	);
	if (tilt === undefined) return null;
	const { outage, sessions } = told.episode;
	const session = sessions[0];
	const grounds: Ground[] = [tilt];
	if (outage != null && outage.losses[0] !== undefined)
		grounds.push({ server: outage.server, event: outage.losses[0] });
	if (session?.lossBefore?.reason === "timeout")
		grounds.push({ server: session.server, event: session.lossBefore.because ?? session.lossBefore.event });
	return { told, server: null, address: null, from: lostAt, to: told.onlineAt ?? lostAt, grounds };
}

/** The primary dropped it, and it noticed only much later: it had not looked at its sockets. */
function replicaStalled(story: Story, told: Told, moves: Moves): Silent | null {
	if (told.resync.trigger.code !== "replica-timeout") return null;
	const { outage, sessions } = told.episode;
	const session = sessions[0];
	const loss = session?.lossBefore;
	const noticed = outage?.losses.find((e) => e.type === "link.primary-lost");
	if (outage == null || session === undefined || loss == null || noticed === undefined) return null;
	if (outage.losses.some((e) => e.type === "link.primary-timeout") || outage.starts.some((s) => s.index > 0))
		return null;
	const from = story.time(session.server, loss.event);
	const to = story.time(outage.server, noticed);
	if (from === null || to === null || to - from < shortest || moves.between(outage.server, from, to)) return null;
	const grounds: Ground[] = [
		{ server: session.server, event: loss.because ?? loss.event },
		{ server: outage.server, event: noticed },
	];
	return { told, server: outage.server, address: told.resync.replica, from, to, grounds };
}

/** The replica dropped it, could connect again, but got no answer for a while. */
function primaryStalled(story: Story, told: Told, moves: Moves): Silent | null {
	if (told.resync.trigger.code !== "primary-timeout") return null;
	const { outage, primary } = told.episode;
	const timeout = outage?.losses.find((e) => e.type === "link.primary-timeout");
	if (outage == null || timeout === undefined) return null;
	const { server } = outage;
	const last = outage.tries.findLast((t) => t.outcome !== "failed") ?? outage.tries.at(-1);
	if (last === undefined || outage.tries.some((t) => t.failure?.code === "primary-unreachable")) return null;
	const shake = handshakeOf(server, last.at);
	const begin = story.time(server, shake.connected ?? last.begin);
	const answered = shake.answered ?? last.ask;
	const to = answered === null ? null : story.time(server, answered);
	const from = story.time(server, timeout);
	if (begin === null || to === null || from === null) return null;
	const silent = outage.tries.filter((t) => t.failure?.code === "handshake-timeout");
	if (to - begin < shortest && silent.length === 0) return null;
	const grounds: Ground[] = [
		{ server, event: timeout },
		...silent.slice(0, 2).flatMap((t) => (t.failure === null ? [] : [{ server, event: t.failure.event }])),
	];
	if (shake.connected !== null) grounds.push({ server, event: shake.connected });
	if (answered !== null) grounds.push({ server, event: answered });
	const session = last.session;
	if (moves.between(session?.server ?? null, from, to)) return null;
	if (session?.lossBefore != null) grounds.push({ server: session.server, event: session.lossBefore.event });
	return { told, server: session?.server ?? primary, address: told.resync.primary, from, to, grounds };
}

/** The connection being made and the answer to the first PING, in the lines after a try's first. */
function handshakeOf(server: Server, at: number): { connected: LogEvent | null; answered: LogEvent | null } {
	const lines = server.events.slice(at, at + handshake);
	return {
		connected: lines.find((e) => e.type === "link.connected") ?? null,
		answered: lines.find((e) => e.type === "handshake.ping-ok") ?? null,
	};
}

function tiltsOf(story: Story): Ground[] {
	return story.servers
		.filter((s) => s.sentinel)
		.flatMap((server) => [...allLinesOf(server, "sentinel.tilt")].map((event) => ({ server, event })));
}

/** Lines that show what kept a server busy, by server in the order of time. */
class BusyTimes {
	readonly #story: Story;
	readonly #of = new Map<Server, readonly { at: number; what: Busy; event: LogEvent }[]>();

	constructor(story: Story) {
		this.#story = story;
	}

	/** The first such line between two times. */
	at(server: Server, from: number, to: number): Stall["busy"] {
		const lines = this.#lines(server);
		const line = lines[firstAt(lines, (x) => x.at, from)];
		return line === undefined || line.at > to
			? null
			: { what: line.what, ground: { server, event: line.event } };
	}

	#lines(server: Server): readonly { at: number; what: Busy; event: LogEvent }[] {
		const known = this.#of.get(server);
		if (known !== undefined) return known;
		let asked: number | null = null;
		const lines: { at: number; what: Busy; event: LogEvent }[] = [];
		for (const event of allLinesOf(server, ...asks, ...forks, ...work.keys())) {
			const at = this.#story.time(server, event);
			if (at === null) continue;
			if (event.type === "bgsave.start" || event.type === "server.autosave") asked = at;
			const forked = event.type === "rdb.bgsave-started" || event.type === "rdb.transfer-started";
			// The event loop stands still while the process is copied: the two lines enclose the fork.
			const what =
				forked && asked !== null && at - asked >= shortest ? ("fork" as const) : work.get(event.type);
			if (forked) asked = null;
			if (what !== undefined) lines.push({ at, what, event });
		}
		lines.sort((a, b) => a.at - b.at);
		this.#of.set(server, lines);
		return lines;
	}
}

/** When servers logged something: while one does, it does not stand still, and the path to it did not relay. */
class Moves {
	readonly #story: Story;
	readonly #of = new Map<Server, Float64Array>();

	constructor(story: Story) {
		this.#story = story;
	}

	/** Whether the server logged something after the first time and well before the second one. */
	between(server: Server | null, from: number, to: number): boolean {
		if (server === null) return false;
		const times = this.#times(server);
		const next = times[firstAt(times, self, from + 1)];
		return next !== undefined && next < to - wakes;
	}

	#times(server: Server): Float64Array {
		const known = this.#of.get(server);
		if (known !== undefined) return known;
		const times = new Float64Array(server.events.length);
		let count = 0;
		for (const event of server.events) {
			// A child goes on while its parent stands still.
			const at = event.role === "C" ? null : this.#story.time(server, event);
			if (at !== null) times[count++] = at;
		}
		const sorted = times.subarray(0, count).sort();
		this.#of.set(server, sorted);
		return sorted;
	}
}

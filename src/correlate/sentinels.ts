import type { EventOf, LogEvent } from "../model/event.ts";
import type { Server } from "../model/story.ts";
import { quarterHour, withoutZones } from "../model/units.ts";
import { portOf } from "./join/addresses.ts";
import { densest } from "./join/pairs.ts";
import { sentinelSides } from "./sentinel-side.ts";

/*
 * A Sentinel logs the command that it has just sent, and the server logs it as it arrives: the same
 * moment on two clocks. That ties Sentinels to the servers' clocks, and tells who gave a command
 * where the server's own log does not (2.8 prints no client, newer ones redact its name).
 */

/** A command that a Sentinel sent and a server carried out. */
export interface SentinelCommand {
	readonly sentinel: Server;
	readonly sent: LogEvent;
	readonly server: Server;
	readonly received: LogEvent;
}

/** The network and one turn of both event loops lie between the two lines (ms). */
export const commandSlack = 250;

type Sent = EventOf<
	"sentinel.reconf-sent" | "sentinel.convert-to-replica" | "sentinel.fix-replica-config" | "sentinel.failover-state-wait-promotion"
>;

/** Joins what Sentinels sent with what servers received. */
export function joinSentinels(servers: readonly Server[], addressesOf: (server: Server) => readonly string[]): SentinelCommand[] {
	const commands: SentinelCommand[] = [];
	for (const { server: sentinel, id } of sentinelSides(servers)) {
		const sent = sentinel.events.filter(isSent);
		for (const server of servers) {
			if (server.sentinel || sent.length === 0) continue;
			const own = sent.filter((s) => isAbout(s, server, addressesOf(server)));
			const received = server.events.filter((event) => isReceived(event) && mayBeOf(event, id));
			commands.push(...match(sentinel, own, server, received));
		}
	}
	return commands;
}

function isSent(event: LogEvent): event is Extract<LogEvent, Sent> {
	switch (event.type) {
		case "sentinel.reconf-sent":
		case "sentinel.convert-to-replica":
		case "sentinel.fix-replica-config":
		case "sentinel.failover-state-wait-promotion":
			return true;
		default:
			return false;
	}
}

/** "slave 10.0.0.2:6379 10.0.0.2 6379 @ mymaster 10.0.0.1 6379": is the server meant? */
function isAbout(sent: { readonly fields: { readonly instance: string } }, server: Server, addresses: readonly string[]): boolean {
	const [, , ip, port] = sent.fields.instance.split(" ");
	if (addresses.includes(`${ip}:${port}`)) return true;
	return addresses.length === 0 ? server.ports.has(Number(port)) : addresses.some((a) => portOf(a) === Number(port) && isLoopback(a) && isLoopback(`${ip}:`));
}

function isLoopback(address: string): boolean {
	return /^(?:127\.|localhost:|\[?::1\]?:)/.test(address);
}

function isReceived(event: LogEvent): event is EventOf<"role.replicaof"> | EventOf<"role.promoted"> {
	if (event.type !== "role.replicaof" && event.type !== "role.promoted") return false;
	// A client with another name is not Sentinel; no name, or a redacted one, may be.
	const name = /\bname=(\S*)/.exec(event.fields.client ?? "")?.[1] ?? "";
	return name === "" || name.startsWith("sentinel-") || name.includes("redacted");
}

/** A connection of Sentinel carries the first digits of its ID (sentinel.c, sentinelSetClientName). */
function mayBeOf(event: LogEvent, id: string | null): boolean {
	const name = /\bname=sentinel-([0-9a-f]{8})-/.exec(event.text)?.[1];
	return name === undefined || id === null || id.startsWith(name);
}

function fits(sent: LogEvent, received: LogEvent): boolean {
	return (sent.type === "sentinel.failover-state-wait-promotion") === (received.type === "role.promoted");
}

interface Timed<E extends LogEvent> {
	readonly event: E;
	readonly time: number;
}

function timed<E extends LogEvent>(events: readonly E[]): Timed<E>[] {
	const found = events.flatMap((event) => (event.time === null ? [] : [{ event, time: event.time }]));
	return found.sort((a, b) => a.time - b.time);
}

function match(sentinel: Server, sent: readonly LogEvent[], server: Server, received: readonly LogEvent[]): SentinelCommand[] {
	const asked = timed(sent);
	const done = timed(received);
	const guess = guessDelta(asked, done);
	if (guess === undefined) return [];
	const named = received.some((r) => /\bname=sentinel-/.test(r.text));
	// Without a Sentinel's name only clocks that agree, but for their zones, make it more than a coincidence.
	const zones = Math.abs(withoutZones(guess));
	if (!named && zones > 2000) return [];
	const near = pairsNear(asked, done, guess).sort((a, b) => a.far - b.far);
	const used = new Set<LogEvent>();
	const commands: SentinelCommand[] = [];
	for (const { s, r } of near) {
		if (used.has(s) || used.has(r)) continue;
		used.add(s).add(r);
		commands.push({ sentinel, sent: s, server, received: r });
	}
	return commands;
}

/** Lines of each side of which all pairs are looked at. */
const votesPerPair = 400;
/** Zones lie within this many quarters of an hour of each other. */
const farthest = 14 * 4 * 2;

/** The difference of the clocks at which most commands meet: any that the first lines suggest, or one of zones alone. */
function guessDelta(asked: readonly Timed<LogEvent>[], done: readonly Timed<LogEvent>[]): number | undefined {
	const differences: number[] = [];
	for (const s of asked.slice(0, votesPerPair)) {
		for (const r of done.slice(0, votesPerPair)) if (fits(s.event, r.event)) differences.push(r.time - s.time);
	}
	const all = asked.length <= votesPerPair && done.length <= votesPerPair;
	if (all) return differences.length === 0 ? undefined : densest(differences);
	// Of equally good ones the least difference: a failover that comes back every day fits many.
	const guesses = differences.length === 0 ? [] : [densest(differences)];
	for (let i = -farthest; i <= farthest; i++) guesses.push(i * quarterHour);
	guesses.sort((a, b) => Math.abs(a) - Math.abs(b));
	let best: number | undefined;
	let most = 0;
	for (const guess of guesses) {
		const meeting = pairsNear(asked, done, guess);
		if (meeting.length <= most) continue;
		most = meeting.length;
		best = densest(meeting.map(({ difference }) => difference));
	}
	return best;
}

/** What was sent and what was received at the same time, if the clocks differ by so much. */
function pairsNear(
	asked: readonly Timed<LogEvent>[],
	done: readonly Timed<LogEvent>[],
	guess: number,
): { readonly s: LogEvent; readonly r: LogEvent; readonly difference: number; readonly far: number }[] {
	const pairs: { s: LogEvent; r: LogEvent; difference: number; far: number }[] = [];
	let low = 0;
	for (const s of asked) {
		while (low < done.length && (done[low] as Timed<LogEvent>).time < s.time + guess - commandSlack) low++;
		for (let i = low; i < done.length; i++) {
			const r = done[i] as Timed<LogEvent>;
			if (r.time > s.time + guess + commandSlack) break;
			const difference = r.time - s.time;
			if (fits(s.event, r.event)) pairs.push({ s: s.event, r: r.event, difference, far: Math.abs(difference - guess) });
		}
	}
	return pairs;
}

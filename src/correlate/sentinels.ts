import type { EventOf, LogEvent } from "../model/event.ts";
import type { Server } from "../model/story.ts";
import { densest, portOf } from "./join.ts";

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
	for (const sentinel of servers) {
		if (!sentinel.sentinel) continue;
		const sent = sentinel.events.filter(isSent);
		for (const server of servers) {
			if (server.sentinel || sent.length === 0) continue;
			const own = sent.filter((s) => isAbout(s, server, addressesOf(server)));
			const received = server.events.filter(isReceived);
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

function fits(sent: LogEvent, received: LogEvent): boolean {
	return (sent.type === "sentinel.failover-state-wait-promotion") === (received.type === "role.promoted");
}

function match(sentinel: Server, sent: readonly LogEvent[], server: Server, received: readonly LogEvent[]): SentinelCommand[] {
	const pairs = sent.flatMap((s) => received.filter((r) => fits(s, r) && s.time !== null && r.time !== null).map((r) => ({ s, r })));
	if (pairs.length === 0) return [];
	const difference = ({ s, r }: { s: LogEvent; r: LogEvent }): number => (r.time as number) - (s.time as number);
	const guess = densest(pairs.map(difference));
	const named = pairs.some(({ r }) => /\bname=sentinel-/.test(r.text));
	// Without a Sentinel's name only clocks that agree, but for their zones, make it more than a coincidence.
	const zones = Math.abs(guess - Math.round(guess / 900_000) * 900_000);
	if (!named && zones > 2000) return [];
	const used = new Set<LogEvent>();
	const commands: SentinelCommand[] = [];
	for (const pair of [...pairs].sort((a, b) => Math.abs(difference(a) - guess) - Math.abs(difference(b) - guess))) {
		if (Math.abs(difference(pair) - guess) > commandSlack || used.has(pair.s) || used.has(pair.r)) continue;
		used.add(pair.s).add(pair.r);
		commands.push({ sentinel, sent: pair.s, server, received: pair.r });
	}
	return commands;
}

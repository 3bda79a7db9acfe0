import type { MessageType } from "../model/event.ts";
import type { GivenZone, Server } from "../model/story.ts";
import { baseName } from "./identity.ts";

/** The signal handler's second and the next ordinary line lie no further apart (ms): one cron cycle, rounded. */
const signalWindow = 30_000;
const consequences: ReadonlySet<MessageType> = new Set<MessageType>([
	"server.shutdown-requested", "server.exit", "server.final-save", "rdb.bgsave-signal", "rdb.transfer-signal",
	"server.shutdown-wait",
]);
const known = new WeakMap<Server, number | null>();

/**
 * Minutes east of UTC of one log, by what that log alone shows: stamps that state it, a line of the
 * signal handler (UTC) beside an ordinary one (local time), or a wrapper's own stamp beside the
 * server's. Null when nothing tells.
 */
export function zoneByLog(server: Server): number | null {
	let zone = known.get(server);
	if (zone === undefined) known.set(server, (zone = find(server)));
	return zone;
}

function find(server: Server): number | null {
	const { zone, signals, stamped } = server.traits;
	return zone ?? (signals ? bySignal(server) : null) ?? (stamped ? byWrapper(server) : null);
}

/** A line of the signal handler carries UTC seconds; the main process's next line the local time of the same moment. */
function bySignal(server: Server): number | null {
	const { events } = server;
	for (const [i, signal] of events.entries()) {
		if (!signal.signal || signal.time === null) continue;
		// Only what the signal itself leads to is certain to follow at once; a log may be idle for an hour.
		const next = events.slice(i + 1, i + 6).find((e) => !e.signal && consequences.has(e.type));
		if (next === undefined || next.time === null || next.zone !== null) continue;
		const minutes = roundZone(next.time - signal.time, signalWindow);
		if (minutes !== null) return minutes;
	}
	return null;
}

/** Container runtimes and journals stamp lines in UTC within moments of the server's own stamp. */
function byWrapper(server: Server): number | null {
	const votes = new Map<number, number>();
	let counted = 0;
	for (const event of server.events) {
		if (event.outerTime === null || event.time === null || event.signal || event.zone !== null) continue;
		const minutes = roundZone(event.time - event.outerTime, 120_000);
		if (minutes !== null) votes.set(minutes, (votes.get(minutes) ?? 0) + 1);
		if (++counted >= 200) break;
	}
	const best = [...votes].sort((a, b) => b[1] - a[1])[0];
	return best !== undefined && best[1] * 2 > counted ? best[0] : null;
}

/** The zone that a difference amounts to, or null when it is no quarter of an hour or none on earth. */
function roundZone(ms: number, tolerance: number): number | null {
	const minutes = Math.round(ms / 900_000) * 15;
	return Math.abs(ms - minutes * 60_000) <= tolerance && Math.abs(minutes) <= 14 * 60 ? minutes : null;
}

/** What the user says of the servers' zones, minutes east of UTC. */
export interface ZoneWords {
	/** Of the servers that are named. */
	readonly named: ReadonlyMap<Server, number>;
	/** Of all others whose lines do not state a zone. */
	readonly others: ReadonlyMap<Server, number>;
}

/** Finds who is meant. What a log's own lines state is not overruled. */
export function zoneWords(
	given: readonly GivenZone[],
	servers: readonly Server[],
	addressesOf: (server: Server) => readonly string[],
): ZoneWords {
	const named = new Map<Server, number>();
	const others = new Map<Server, number>();
	for (const server of servers) {
		const first = server.events.find((e) => e.time !== null && !e.signal);
		if (first?.time == null || first.zone !== null) continue;
		const inputs = server.streams.flatMap(({ input }) => [input, baseName(input)]);
		const names = new Set([server.id, server.name, ...addressesOf(server), ...inputs]);
		for (const { node, minutesAt } of given) {
			if (node === null) others.set(server, minutesAt(first.time));
			else if (names.has(node)) named.set(server, minutesAt(first.time));
		}
	}
	return { named, others };
}

/** "+05:30", "UTC". */
export function zoneText(minutes: number): string {
	if (minutes === 0) return "UTC";
	const abs = Math.abs(minutes);
	return `${minutes < 0 ? "-" : "+"}${String(Math.floor(abs / 60)).padStart(2, "0")}:${String(abs % 60).padStart(2, "0")}`;
}


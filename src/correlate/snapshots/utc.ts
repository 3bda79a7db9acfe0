import type { InfoDump } from "../../../grammars/info.ts";
import type { SnapshotClock } from "../../model/report.ts";

/** When a snapshot was taken, by the server's own clock in UTC. */
export interface UtcTime {
	/** Milliseconds since 1970. */
	readonly ms: number;
	/** Uncertainty in ms. */
	readonly bound: number;
	readonly by: SnapshotClock;
}

/** `lru_clock` counts seconds in 24 bits (server.h: LRU_BITS, LRU_CLOCK_RESOLUTION), so it turns over in 194 days. */
const lruTurn = 2 ** 24;

/**
 * The time that INFO tells. Since 6.2 it says so itself (`server_time_usec`). Before, `lru_clock` is
 * the time but for whole turns of 194 days, and the turn follows from the last save: it lies between
 * the start of the process, when the server takes the time as that of a first save, and now.
 */
export function utcOf({ values: v }: InfoDump): UtcTime | null {
	if (v.serverTimeUsec !== undefined) return { ms: Math.floor(v.serverTimeUsec / 1000), bound: 1, by: "server-time" };
	const { lruClock, rdbLastSaveTime: saved, uptimeInSeconds: uptime } = v;
	// Early servers counted tens of seconds.
	if (!/^(?:2\.8\.2\d|[3-9]\.|\d\d+\.)/.test(v.redisVersion ?? "")) return null;
	if (lruClock === undefined || saved === undefined || uptime === undefined || saved <= 0 || lruClock >= lruTurn) return null;
	const passed = (((lruClock - saved) % lruTurn) + lruTurn) % lruTurn;
	// The cached clocks of one dump may be a second apart.
	const now = lruTurn - passed <= 2 ? saved - (lruTurn - passed) : saved + passed;
	if (now > saved + uptime + 2 || uptime >= lruTurn) return null;
	return { ms: now * 1000, bound: 1000, by: "lru-clock" };
}

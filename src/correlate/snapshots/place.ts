import type { SnapshotTime } from "../../model/snapshot.ts";
import type { ProcessLife, Server } from "../../model/story.ts";
import { zoneMinutes } from "../../model/units.ts";
import type { Clocks } from "../clocks.ts";
import { zoneByLog } from "../zones.ts";
import type { Identified } from "./identify.ts";
import { restOf, startWindow } from "./starts.ts";
import type { Reading } from "./subject.ts";

/** Lines that are no further apart than this tell when what stands between them was printed (ms). */
const nearLines = 600_000;

/** The run of the process that gave a snapshot. */
export function lifeOf({ figures, utc }: Reading, server: Server): ProcessLife | null {
	const { pid, uptimeSeconds } = figures;
	const named = pid === null ? server.lives : server.lives.filter((life) => life.pid === null || life.pid === pid);
	if (named.length === 0) return null;
	if (utc !== null && uptimeSeconds !== null) {
		// In containers each run has the same number, so the start must fit too.
		const started = utc.ms - uptimeSeconds * 1000;
		const fitting = named.find((life) => life.start?.time != null && restOf(life.start.time - started) !== null);
		if (fitting !== undefined) return fitting;
		const unseen = named.filter((life) => life.start === null);
		if (pid === null || pid < 100) return unseen[0] ?? null;
	}
	return pid === null ? (named.length === 1 ? (named[0] as ProcessLife) : null) : (named.at(-1) ?? null);
}

/**
 * Minutes east of UTC of logs that do not tell, by the snapshots of their servers: they print UTC
 * (`server_time_usec`), and the log shows in local time when the same process started.
 */
export function zonesBySnapshots(found: readonly Identified[]): Map<Server, number> {
	const zones = new Map<Server, number>();
	for (const { subject, unit, proof } of found) {
		const server = subject?.server;
		if (server == null || zones.has(server) || proof === "inferred" || zoneByLog(server) !== null) continue;
		for (const reading of unit.readings) {
			const start = lifeOf(reading, server)?.start;
			const { utc, figures } = reading;
			if (start?.time == null || start.signal || utc === null || figures.uptimeSeconds === null) continue;
			const difference = start.time - (utc.ms - figures.uptimeSeconds * 1000);
			if (restOf(difference) === null) continue;
			zones.set(server, zoneMinutes(difference));
			break;
		}
	}
	return zones;
}

/** When a snapshot was taken, on the reference's clock. */
export function timeOf(reading: Reading, server: Server | null, life: ProcessLife | null, clocks: Clocks): SnapshotTime | null {
	return (
		(server === null ? byOwnClock(reading, clocks) : byServer(reading, server, life, clocks)) ??
		byWrapper(reading, server, clocks) ??
		(server === null ? null : byLines(reading, server, clocks))
	);
}

/** Of a server without a log: its clock cannot be compared, so it is taken for right. */
function byOwnClock({ utc }: Reading, clocks: Clocks): SnapshotTime | null {
	if (utc === null || !isUtc(clocks)) return null;
	return { at: utc.ms, bound: clocks.reference === null ? utc.bound : null, by: utc.by };
}

/** Whether the report's times are UTC: without any zone they are some wall clock's. */
function isUtc({ reference, referenceZone }: Clocks): boolean {
	return reference === null || referenceZone !== null;
}

function byServer({ utc, figures }: Reading, server: Server, life: ProcessLife | null, clocks: Clocks): SnapshotTime | null {
	const { uptimeSeconds } = figures;
	const start = life?.start?.time ?? null;
	const expected = start === null || uptimeSeconds === null ? null : start + uptimeSeconds * 1000;
	const bound = clocks.of(server)?.bound ?? 0;
	if (utc !== null) {
		const zone = zoneOf(server, clocks);
		const local = zone === null ? null : utc.ms + zone * 60_000;
		// A log without years, or a clock that was set, is another matter than the server's clock now.
		if (local !== null && (expected === null || Math.abs(local - expected) <= startWindow)) {
			return { at: clocks.convert(server, local), bound: utc.bound + bound, by: utc.by };
		}
		if (expected !== null) {
			const rest = restOf(expected - utc.ms);
			if (rest !== null) return { at: clocks.convert(server, Math.round(expected - rest)), bound: utc.bound + bound, by: utc.by };
		}
	}
	return expected === null ? null : { at: clocks.convert(server, expected), bound: 1000 + bound, by: "uptime" };
}

/** Minutes that the times of the server's log are ahead of UTC, or null. */
function zoneOf(server: Server, clocks: Clocks): number | null {
	const stated = server.events.find((e) => e.time !== null && !e.signal)?.zone != null;
	return stated ? 0 : clocks.zone(server);
}

function byWrapper({ snapshot: { outerTime } }: Reading, server: Server | null, clocks: Clocks): SnapshotTime | null {
	if (outerTime === null || !isUtc(clocks)) return null;
	if (server === null) return { at: outerTime, bound: clocks.reference === null ? 1000 : null, by: "wrapper" };
	const zone = zoneOf(server, clocks);
	return zone === null ? null : { at: clocks.convert(server, outerTime + zone * 60_000), bound: 1000, by: "wrapper" };
}

/** Between the lines that stand above and below it in its own text. */
function byLines({ snapshot, stream }: Reading, server: Server, clocks: Clocks): SnapshotTime | null {
	if (!server.streams.includes(stream)) return null;
	const above = stream.events.findLast((e) => e.place.line < snapshot.place.line && e.time !== null && !e.signal);
	const below = stream.events.find((e) => e.place.line > snapshot.lastLine && e.time !== null && !e.signal);
	if (above?.time == null || below?.time == null || below.time < above.time || below.time - above.time > nearLines) return null;
	const middle = (above.time + below.time) / 2;
	return { at: clocks.convert(server, Math.round(middle)), bound: Math.ceil((below.time - above.time) / 2), by: "log-lines" };
}

import type { Evidence } from "../model/report.ts";
import type { Sighting } from "../model/snapshot.ts";
import type { Case } from "./case.ts";
import { lastContact } from "./contact.ts";
import { seenLine } from "./seen.ts";

/** What INFO tells of a primary's backlog at one of its decisions. */
export interface BacklogFigures {
	/** Configured bytes (`repl-backlog-size`). */
	readonly size: number;
	/** The oldest and the newest offset that it held; null where no snapshot was close enough to tell. */
	readonly first: bigint | null;
	readonly last: bigint | null;
	/** Its replication ID then. */
	readonly replid: string | null;
	/** How long after the decision INFO was taken, in ms; negative before it, null when nothing tells. */
	readonly sampledMs: number | null;
	/** The lines of INFO that say so. */
	readonly seen: readonly Evidence[];
}

/** Shorter stretches give no rate worth the name (ms). */
const shortest = 1000;

/**
 * What is known of the primary's backlog when it decided: by the INFO of its process that is nearest
 * in time, else by that of another run of the same server, which tells its configuration.
 */
export function backlogOf(c: Case): BacklogFigures | null {
	const decided = decidedAt(c);
	const [best] = sightingsOf(c)
		.filter(({ figures }) => figures.backlog?.size != null)
		.map((sighting) => ({ sighting, far: farness(sighting, decided), own: isOfProcess(c, sighting) }))
		.sort((a, b) => Number(b.own) - Number(a.own) || a.far - b.far);
	const seen = best?.sighting.figures.backlog;
	if (best === undefined || seen?.size == null) return null;
	const { figures, time } = best.sighting;
	const size = seen.size;
	const sampledMs = time === null || decided === null ? null : time.at - decided;
	const close = best.own && isOfHistory(c, best.sighting) && overlaps(c, figures.offset, size);
	return {
		size,
		first: close ? seen.first : null,
		last: close && seen.first !== null ? figures.offset : null,
		replid: figures.replid,
		sampledMs,
		seen: [seenLine(best.sighting, "repl_backlog_size")].filter((line) => line !== null),
	};
}

/**
 * How far the primary's history reached soon after its decision, by INFO or ROLE: no less than when it
 * decided. For servers that log no offset there (Redis 8 over its RDB channel).
 */
export function offsetAfter(c: Case): bigint | null {
	const decided = decidedAt(c);
	if (decided === null) return null;
	const after = sightingsOf(c).find(
		(s) => s.time !== null && s.time.at >= decided && isOfProcess(c, s) && isOfHistory(c, s) && s.figures.offset !== null,
	);
	return after?.figures.offset ?? null;
}

/** Bytes a second that the primary wrote around its decision, by offsets of known times; null when none tell. */
export function writeRate(c: Case): number | null {
	const replid = c.grantedId ?? c.requestedId;
	const decided = decidedAt(c);
	if (replid === null || decided === null) return null;
	const { growth } = c.story.snapshots;
	const marks = growth.marks(replid);
	const begin = Math.max(0, growth.after(replid, lastContact(c)?.from ?? decided) - 1);
	const from = marks[begin];
	if (from === undefined) return null;
	let to: typeof from | undefined;
	// The first one behind the decision ends the stretch; where there is none, the last one before it.
	for (let i = begin + 1; i < marks.length && (to === undefined || to.at < decided); i++) {
		const mark = marks[i];
		if (mark !== undefined && mark.at - from.at >= shortest && mark.offset >= from.offset) to = mark;
	}
	return to === undefined ? null : (Number(to.offset - from.offset) * 1000) / (to.at - from.at);
}

/** How long an outage a backlog covers at a rate, in ms; null without writes. */
export function covers(bytes: number | null, bytesPerSecond: number | null): number | null {
	return bytes === null || bytesPerSecond === null || bytesPerSecond <= 0 ? null : Math.round((bytes * 1000) / bytesPerSecond);
}

function sightingsOf(c: Case): readonly Sighting[] {
	return c.story.snapshots.of(c.primary, c.tried?.target ?? c.episode.primaryAddress);
}

function decidedAt(c: Case): number | null {
	if (c.session?.decision != null) return c.time(c.session.server, c.session.decision);
	return c.tried?.answer == null ? null : c.time(c.tried.server, c.tried.answer);
}

const farness = ({ time }: Sighting, decided: number | null): number =>
	time === null || decided === null ? Number.MAX_SAFE_INTEGER : Math.abs(time.at - decided);

/** Whether a snapshot is of the process that decided; where no log shows one, uptime tells. */
function isOfProcess(c: Case, { life, figures, time }: Sighting): boolean {
	if (c.primaryLife !== null) return life === c.primaryLife;
	const decided = decidedAt(c);
	if (decided === null || time === null || figures.uptimeSeconds === null) return false;
	return time.at - figures.uptimeSeconds * 1000 <= decided;
}

function isOfHistory(c: Case, { figures: { replid } }: Sighting): boolean {
	// A primary alone logs no ID where it knows the one that was asked for.
	if (replid === null || (c.grantedId === null && c.requestedId === null)) return true;
	return replid === c.grantedId || replid === c.requestedId;
}

/** Whether what the backlog holds at an offset and at the decision is partly the same. */
function overlaps(c: Case, offset: bigint | null, size: number): boolean {
	const then = c.granted?.offset ?? c.request?.offset ?? null;
	if (offset === null || then === null) return false;
	const grown = offset - then;
	return (grown < 0n ? -grown : grown) <= BigInt(size);
}

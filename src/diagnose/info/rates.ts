import type { Snapshots } from "../../correlate/snapshots.ts";
import type { Rate } from "../../model/info.ts";
import { between, type Sighting, type SnapshotNode } from "../../model/snapshot.ts";

/** Snapshots that are closer together give no rate worth the name (ms). */
const shortest = 1000;
/** An average since the start says something of now only after a while (ms). */
const longEnough = 60_000;

/** How fast the history that a node writes or follows grows, as freshly as its snapshots tell. */
export function rateOf(node: SnapshotNode, snapshots: Snapshots): Rate | null {
	return betweenOwn(node) ?? followed(node, snapshots) ?? measured(node) ?? betweenMarks(node, snapshots) ?? average(node);
}

/** Of a replica: the rate of its primary, where that one's snapshots tell better than a moment's measure. */
function followed(node: SnapshotNode, snapshots: Snapshots): Rate | null {
	const last = node.sightings.findLast(({ figures }) => figures.replid !== null);
	if (last?.figures.role !== "replica" || last.figures.primary === null) return null;
	const primary = snapshots.node(null, last.figures.primary);
	const its = primary?.sightings.findLast(({ figures }) => figures.replid !== null);
	if (primary == null || primary === node || its === undefined || !sameHistory(its, last)) return null;
	return betweenOwn(primary) ?? measured(primary);
}

/** Between its last two snapshots of one process and one history that are far enough apart. */
function betweenOwn({ sightings }: SnapshotNode): Rate | null {
	const usable = sightings.filter(({ figures }) => figures.offset !== null);
	const last = usable.at(-1);
	if (last === undefined) return null;
	const before = usable.findLast((s) => passed(s, last) >= shortest && sameHistory(s, last) && offset(s) <= offset(last));
	return before === undefined ? null : rate(offset(last) - offset(before), passed(before, last), "offsets");
}

/** Bytes and ms from one snapshot to a later one of the same node; null where they tell of two histories. */
export function growth(from: Sighting, to: Sighting): { readonly bytes: number; readonly ms: number | null } | null {
	if (from.figures.offset === null || to.figures.offset === null || !sameHistory(from, to)) return null;
	const bytes = Number(offset(to) - offset(from));
	return bytes < 0 ? null : { bytes, ms: between(from, to) };
}

function measured({ sightings }: SnapshotNode): Rate | null {
	const last = sightings.findLast(({ figures }) => figures.streamRate !== null)?.figures.streamRate;
	return last == null ? null : { bytesPerSecond: Math.round(last * 10) / 10, by: "measured", ms: null };
}

/** Between the last offset of its history that a log or another node's snapshot tells, and its own. */
function betweenMarks({ sightings }: SnapshotNode, { growth: known }: Snapshots): Rate | null {
	const last = sightings.findLast(({ figures }) => figures.offset !== null);
	if (last?.time?.bound == null || last.figures.replid === null) return null;
	const at = last.time.at;
	const before = known.marks(last.figures.replid).findLast((m) => at - m.at >= shortest && m.offset <= offset(last));
	return before === undefined ? null : rate(offset(last) - before.offset, at - before.at, "offsets");
}

/** What was written since the process started: only where its history began with it. */
function average({ sightings }: SnapshotNode): Rate | null {
	const last = sightings.findLast(({ figures }) => figures.offset !== null);
	if (last === undefined || last.figures.uptimeSeconds === null) return null;
	const { role, replid2, uptimeSeconds } = last.figures;
	const ms = uptimeSeconds * 1000;
	return role === "primary" && replid2 === null && ms >= longEnough ? rate(offset(last), ms, "average") : null;
}

function rate(bytes: bigint, ms: number, by: Rate["by"]): Rate {
	return { bytesPerSecond: Math.round((Number(bytes) * 10_000) / ms) / 10, by, ms };
}

const offset = ({ figures }: Sighting): bigint => figures.offset ?? 0n;
const passed = (from: Sighting, to: Sighting): number => between(from, to) ?? 0;

/** Whether offsets of two snapshots count from the same beginning. */
function sameHistory({ figures: a }: Sighting, { figures: b }: Sighting): boolean {
	if (a.runId !== null && b.runId !== null && a.runId !== b.runId && a.replid !== b.replid) return false;
	// Without an ID, a replica whose stream does not flow may count something else by the next time.
	if (a.replid === null || b.replid === null) return a.role === b.role && (a.role !== "replica" || (a.link === "up" && b.link === "up"));
	return a.replid === b.replid || b.replid2 === a.replid;
}

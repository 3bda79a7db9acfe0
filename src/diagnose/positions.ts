import type { Offset, Position, Resync } from "../model/report.ts";
import type { HistoryPosition, Try } from "../model/story.ts";
import { exact } from "../model/units.ts";
import type { Case } from "./case.ts";
import { backlogOf } from "./figures.ts";

/** A position as the report shows it. */
export function positionOf(position: HistoryPosition | null): Position | null {
	return position === null || position.replid === "" ? null : { replid: position.replid, offset: exact(position.offset) };
}

const number = (value: bigint | null | undefined): Offset | null => (value == null ? null : exact(value));

const nothing = { replid: null, replid2: null, secondOffset: null, firstOffset: null, lastOffset: null };

/** What the primary had to offer when it decided. */
export function primaryHadOf(c: Case): Resync["primaryHad"] {
	return withFigures(c, primaryHad(c));
}

function primaryHad(c: Case): Resync["primaryHad"] {
	const decision = c.decision;
	switch (decision?.type) {
		case "psync.rejected.replid-mismatch":
			return { ...nothing, replid: decision.fields.myReplid, replid2: known(decision.fields.myReplid2) };
		case "psync.rejected.second-offset":
			return { ...nothing, replid2: c.requestedId, secondOffset: number(decision.fields.secondReplOffset) };
		case "psync.rejected.backlog":
			return {
				...nothing,
				replid: decision.fields.replid ?? (c.granted?.replid === c.requestedId ? c.requestedId : null),
				firstOffset: number(decision.fields.backlogFirst),
				lastOffset: number(decision.fields.backlogLast),
			};
		default:
			return null;
	}
}

/** Where an INFO of about that time shows what the backlog held; the cause's `sampledMs` says how much later. */
function withFigures(c: Case, had: Resync["primaryHad"]): Resync["primaryHad"] {
	const known = c.decision?.type === "psync.rejected.backlog" || c.decision?.type === "psync.accepted";
	const same = c.requestedId !== null && c.requestedId === c.grantedId;
	if (!(known || same) || (had !== null && had.firstOffset !== null)) return had;
	const seen = backlogOf(c);
	if (seen === null || seen.first === null) return had;
	const own = { replid: seen.replid ?? c.grantedId ?? c.requestedId, replid2: null, secondOffset: null };
	return { ...(had ?? own), firstOffset: number(seen.first), lastOffset: number(seen.last) };
}

function known(replid: string | undefined): string | null {
	return replid === undefined || /^0+$/.test(replid) ? null : replid;
}

const noBytes: Resync["bytes"] = { missed: null, sent: null, snapshot: null };

/** Bytes that were missed, sent from the backlog, and sent as a snapshot. */
export function bytesOf(c: Case, last: Try | null): Resync["bytes"] {
	let missed: number | null = null;
	const request = c.request;
	const granted = c.granted;
	if (request !== null && granted !== null && request.replid === granted.replid) {
		const bytes = Number(granted.offset + 1n - request.offset);
		// A backlog of petabytes there is not: offsets so far apart are not of one history.
		if (Number.isSafeInteger(bytes)) missed = bytes;
	}
	const sent = c.decision?.type === "psync.accepted" ? c.decision.fields.bytes : null;
	const snapshot = last?.receiving?.type === "transfer.receiving" ? last.receiving.fields.bytes : null;
	return missed === null && sent === null && snapshot === null ? noBytes : { missed, sent, snapshot };
}

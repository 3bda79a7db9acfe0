import { bootRole } from "../correlate/servers.ts";
import { isTool } from "../correlate/join/keys.ts";
import { linesOf } from "../model/lines.ts";
import { previousSession, type Case, type Ground } from "./case.ts";
import type { Proof } from "../model/report.ts";

/**
 * A request that was refused because the primary does not know its replication ID: by the
 * primary's own line, else by the other ID that it granted. Null when the refusal was another.
 */
export function refusedById(c: Case): string | null {
	if (c.decided !== "full" || c.offeredNothing) return null;
	const id = c.requestedId;
	if (id === null) return null;
	const decision = c.decision;
	if (decision !== null) return decision.type === "psync.rejected.replid-mismatch" ? id : null;
	return c.tried?.granted != null && c.tried.granted.replid !== id ? id : null;
}

/** The lines of a refusal by ID that every rule about it rests on. */
export function refusalGrounds(c: Case): (Ground | null)[] {
	const { session, tried } = c;
	return [
		session !== null && c.decision !== null ? { server: session.server, event: c.decision } : null,
		tried?.ask ? { server: tried.server, event: tried.ask } : null,
		tried?.answer ? { server: tried.server, event: tried.answer } : null,
	];
}

/** Proven when both logs carry the same key, supported when one does. */
export function bothSides(c: Case): Proof {
	return c.tried !== null && c.session !== null ? "proven" : "supported";
}

/** Whether the replica minted the ID itself when its process started, and when it was told to replicate. */
export function ownHistory(c: Case, replid: string): Ground | null {
	const { tried, replica } = c;
	if (tried === null || replica === null) return null;
	const held = c.story.histories.ofBoth(replica, replid).filter((h) => h.at < tried.at + 8);
	// Adopted, shifted or created IDs have a line of their own.
	if (held.some((h) => h.how !== "seen")) return null;
	const synthesized = [...linesOf(replica, tried.life.from, tried.at + 8, "cached-primary.synthesized")].at(-1);
	if (synthesized === undefined) return null;
	// Who served replicas in this life shared the history that it offers now.
	const before = previousSession(c.story.sessionsOf(replica), tried);
	if (before !== undefined && before.life === tried.life && !isTool(before)) return null;
	// During start the cached primary is made of the RDB's ID, which is an older history.
	return bootRole(tried.life, tried.begin) === "replica" ? null : { server: replica, event: synthesized };
}

import type { Session } from "../model/story.ts";
import type { Case } from "./case.ts";

/**
 * How long the replica was without its stream before it asked, in milliseconds on the corrected
 * clock: from the end of its link as its own log shows it, else as the primary's does.
 */
export function lastContact(c: Case): { from: number; to: number; ms: number } | null {
	const asked =
		c.tried !== null
			? c.time(c.tried.server, c.tried.ask ?? c.tried.begin)
			: c.session !== null
				? c.time(c.session.server, c.session.ask)
				: null;
	if (asked === null) return null;
	const from = firstLoss(c, c.session);
	if (from === null) return null;
	return from > asked ? null : { from, to: asked, ms: asked - from };
}

/** When the link ended: by the replica's log and by that of the primary of a session, whichever is earlier. */
export function firstLoss(c: Case, session: Session | null): number | null {
	const { outage } = c;
	let first: number | null = null;
	const note = (at: number | null): void => {
		if (at !== null && (first === null || at < first)) first = at;
	};
	if (outage !== null) for (const loss of outage.losses) note(c.time(outage.server, loss));
	const loss = session?.lossBefore ?? null;
	if (session !== null && loss !== null) note(c.time(session.server, loss.event));
	return first;
}

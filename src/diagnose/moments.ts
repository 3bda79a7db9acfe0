import type { Case } from "./case.ts";
import { firstLoss } from "./contact.ts";

/** The four moments of an outage, each with its place among them. */
export const moments = { lostAt: 0, askedAt: 1, decidedAt: 2, onlineAt: 3 } as const;
export const momentsOfEach = Object.keys(moments).length;

/** When the link was lost, asked for, decided and up again, in ms on the reference's clock; null where no line tells. */
export function momentsOf(c: Case): readonly (number | null)[] {
	return [lostAt(c), askedAt(c), decidedAt(c), onlineAt(c)];
}

/** When the link ended: by the replica's log, else by the primary's; in ms on the reference's clock. */
export function lostAt(c: Case): number | null {
	return firstLoss(c, c.session ?? c.episode.sessions[0] ?? null);
}

/** When it first asked what was decided. */
function askedAt(c: Case): number | null {
	if (c.tried !== null) return c.time(c.tried.server, c.tried.ask ?? c.tried.begin);
	const begun = c.outage?.tries[0];
	if (begun !== undefined) return c.time(begun.server, begun.ask ?? begun.begin);
	const session = c.episode.sessions[0];
	return session === undefined ? null : c.time(session.server, session.ask);
}

function decidedAt(c: Case): number | null {
	const told = c.session?.decision ? c.time(c.session.server, c.session.decision) : null;
	// A primary logs "accepted" after its answer is on the way: the replica may have read it before.
	const read = c.tried?.answer ? c.time(c.tried.server, c.tried.answer) : null;
	const decided = told === null || read === null ? (told ?? read) : Math.min(told, read);
	// The two clocks are known to a millisecond or so: no answer before its question.
	const asked = c.tried !== null ? c.time(c.tried.server, c.tried.ask ?? c.tried.begin) : null;
	return decided === null || asked === null ? decided : Math.max(decided, asked);
}

function onlineAt(c: Case): number | null {
	if (c.outage !== null) return c.outage.online === null ? null : c.time(c.outage.server, c.outage.online);
	const last = c.episode.sessions.at(-1);
	return last?.online ? c.time(last.server, last.online) : null;
}

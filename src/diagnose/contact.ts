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
	const times: number[] = [];
	for (const loss of c.outage?.losses ?? []) {
		const at = c.outage === null ? null : c.time(c.outage.server, loss);
		if (at !== null) times.push(at);
	}
	const loss = c.session?.lossBefore;
	if (loss && c.session) {
		const at = c.time(c.session.server, loss.event);
		if (at !== null) times.push(at);
	}
	if (times.length === 0) return null;
	const from = Math.min(...times);
	return from > asked ? null : { from, to: asked, ms: asked - from };
}

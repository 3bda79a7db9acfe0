import { humanDuration, shortId } from "../../model/units.ts";
import type { Case, Ground } from "../case.ts";
import { refusalGrounds } from "../refusal.ts";
import { defineCause } from "../rule.ts";

/** A replica asks again each second: one that asks a primary this soon after its start was mostly waiting for it (ms). */
const soon = 10_000;

/** The primary's start just before it was asked, where its log begins with it. */
function startedBefore(c: Case): { readonly ms: number; readonly ground: Ground } | null {
	const { session } = c;
	const start = session?.life.index === 0 ? session.life.start : null;
	if (session === null || start === null) return null;
	const [from, asked] = [c.time(session.server, start), c.time(session.server, session.ask)];
	if (from === null || asked === null || asked - from > soon) return null;
	return { ms: asked - from, ground: { server: session.server, event: start } };
}

/** The history offered is unknown to the primary, and the logs given cannot tell why. */
export const unknownHistory = defineCause({
	code: "unknown-history",
	check: (c) => {
		if (c.decided !== "full" || c.offeredNothing) return undefined;
		const refused = c.requestedId !== null || c.decision !== null || c.request !== null;
		if (!refused) return undefined;
		const missing =
			c.session === null
				? [`the log of the primary${c.tried?.target == null ? "" : ` ${c.tried.target}`}: its verdict line says which IDs it had`]
				: c.tried === null
					? [`the log of the replica${c.session.peer === null ? "" : ` ${c.session.peer}`}: it tells where it got this history`]
					: ["older logs of both: they would show who began this history"];
		const start = startedBefore(c);
		return {
			proof: "unknown",
			facts: { replid: c.requestedId, ...(start === null ? {} : { startedMsBefore: start.ms }) },
			grounds: [...refusalGrounds(c), start?.ground],
			missing: start === null ? missing : [...missing, "the log of the primary before its start"],
		};
	},
	explain: ({ replid, startedMsBefore }) =>
		replid === null
			? "the replica's request to continue was refused, and the logs given do not tell why"
			: `the history it offered (${shortId(replid)}) is not the primary's, and the logs given do not tell why` +
				(startedMsBefore === undefined ? "" : `; the primary had started ${humanDuration(startedMsBefore)} before, which may be the reason`),
	remedy: () => [],
});

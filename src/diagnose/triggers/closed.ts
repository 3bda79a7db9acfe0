import { defineTrigger } from "../rule.ts";

/** Closed, and nobody logged a reason (network, CLIENT KILL). */
export const linkClosed = defineTrigger({
	code: "link-closed",
	check: (c) => {
		const own = c.outage?.losses[0] ?? null;
		const theirs = c.loss;
		if (own === null && theirs === null) return undefined;
		return {
			proof: own !== null && theirs !== null ? "proven" : "supported",
			facts: {},
			grounds: [
				own && c.outage && { server: c.outage.server, event: own },
				theirs && c.session && { server: c.session.server, event: theirs.event },
			],
		};
	},
	explain: () => "the link was closed, and nobody logged a reason (network, CLIENT KILL, proxy)",
});

/** The logs do not reach back that far. */
export const unknownTrigger = defineTrigger({
	code: "unknown",
	check: (c) => ({
		proof: "unknown",
		facts: c.outage?.pointings.some((p) => p.event.type === "cached-primary.synthesized") === true ? { demoted: 1 } : {},
		grounds: [],
		missing: [c.outage === null ? "the replica's own log" : "an earlier part of the replica's log"],
	}),
	explain: ({ demoted }) =>
		demoted === 1 ? "it was a primary until then; the logs given do not show who made it a replica" : "the logs given do not show how its link ended",
});

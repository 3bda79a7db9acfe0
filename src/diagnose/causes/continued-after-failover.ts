import { exact, shortId } from "../../model/units.ts";
import { defineCause } from "../rule.ts";

/** Partial: matched the secondary ID, or the new primary shares the past. */
export const continuedAfterFailover = defineCause({
	code: "continued-after-failover",
	check: (c) => {
		if (c.decided !== "partial") return undefined;
		const changed = c.tried?.changedId ?? null;
		const request = c.tried?.ask?.type === "psync.request" ? c.tried.ask.fields.replid : null;
		const shifted =
			c.session === null
				? undefined
				: c.story.histories.lastOf(c.session.server, c.session.at, "shifted", "adopted", "continued");
		const matches = shifted?.event.type === "replid.shifted" && request !== null && shifted.event.fields.oldReplid === request;
		// From 4.0 on the replica always logs the new ID when its own was the primary's second one.
		if (changed === null && (!matches || c.tried?.answer != null)) return undefined;
		const accepted = c.decision?.type === "psync.accepted" ? c.decision : null;
		const forkOffset = shifted?.event.type === "replid.shifted" ? shifted.event.fields.secondReplOffset : null;
		return {
			proof: matches && changed !== null ? "proven" : "supported",
			facts: {
				replid: request, newReplid: changed?.fields.replid ?? shifted?.replid ?? null,
				forkOffset: forkOffset === null ? null : exact(forkOffset),
				sentBytes: accepted?.fields.bytes ?? null,
			},
			grounds: [
				changed && c.tried && { server: c.tried.server, event: changed },
				!shifted || !matches || !c.session ? null : { server: c.session.server, event: shifted.event },
				accepted && c.session && { server: c.session.server, event: accepted },
				c.tried?.ask && { server: c.tried.server, event: c.tried.ask },
			],
		};
	},
	explain: ({ replid, newReplid, forkOffset }) =>
		`the new primary shares its past: ${replid === null ? "the old ID" : shortId(replid)} is its second ID${forkOffset === null ? "" : `, valid up to ${forkOffset}`}, now ${newReplid === null ? "replaced" : shortId(newReplid)}`,
	remedy: () => [],
});

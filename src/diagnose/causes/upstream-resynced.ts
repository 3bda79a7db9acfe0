import { shortId } from "../../model/units.ts";
import { bothSides, refusalGrounds, refusedById } from "../refusal.ts";
import { defineCause } from "../rule.ts";

/** The primary asked is itself a replica that took a full resync and so changed history. */
export const upstreamResynced = defineCause({
	code: "upstream-resynced",
	check: (c) => {
		const id = refusedById(c);
		const decision = c.decision;
		if (c.session === null || c.decided !== "full" || c.offeredNothing) return undefined;
		const { server, at, life } = c.session;
		const adopted = c.story.histories.of(server).findLast((h) => h.how === "adopted" && h.at < at && h.at >= life.from);
		if (adopted === undefined) return undefined;
		const event = adopted.event;
		if (id !== null) {
			const held = c.primaryHeld(id);
			if (held === undefined || held.at >= adopted.at || adopted.replid === id) return undefined;
		} else {
			// The same ID again, but the middle node's backlog was freed by its own full resync.
			if (decision?.type !== "psync.rejected.backlog" || c.session.lossBefore?.reason !== "resynced") return undefined;
		}
		return {
			proof: bothSides(c),
			facts: { replid: id, newReplid: adopted.replid },
			grounds: [{ server, event }, ...refusalGrounds(c)],
		};
	},
	explain: ({ replid, newReplid }) =>
		replid === null
			? "its primary is itself a replica and had just taken a full resync, which empties its backlog"
			: `its primary is itself a replica, had just taken a full resync and so moved from ${shortId(replid)} to ${shortId(newReplid)}`,
	remedy: () => ["Look at the full resync of its primary: what avoids that one avoids this one too."],
});

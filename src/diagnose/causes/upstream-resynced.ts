import type { LogEvent } from "../../model/event.ts";
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
		const last = c.story.histories.lastOf(server, at, "adopted");
		const adopted = last !== undefined && last.at >= life.from ? last : undefined;
		const loss = c.session.lossBefore;
		let event: LogEvent | undefined;
		if (id !== null) {
			const held = c.primaryHeld(id);
			if (adopted === undefined || held === undefined || held.at >= adopted.at || adopted.replid === id) return undefined;
			event = adopted.event;
		} else {
			// The same ID again, but the middle node's backlog was emptied by its own full resync, since
			// this replica was last connected. An RDB channel does not log what it was granted.
			if (decision?.type !== "psync.rejected.backlog" || loss === null) return undefined;
			const dropped = loss.reason === "resynced" && loss.because?.type !== "replid.primary-changed";
			event = dropped ? (loss.because ?? undefined) : adopted !== undefined && adopted.at > loss.at ? adopted.event : undefined;
		}
		if (event === undefined) return undefined;
		return {
			proof: bothSides(c),
			facts: { replid: id, newReplid: adopted?.replid ?? null },
			grounds: [{ server, event }, ...refusalGrounds(c)],
		};
	},
	explain: ({ replid, newReplid }) =>
		replid === null
			? "its primary is itself a replica and had just taken a full resync, which empties its backlog"
			: `its primary is itself a replica, had just taken a full resync and so moved from ${shortId(replid)} to ${newReplid === null ? "another history" : shortId(newReplid)}`,
	remedy: () => ["Look at the full resync of its primary: what avoids that one avoids this one too."],
});

import { isTool } from "../../correlate/join/keys.ts";
import { exact, shortId } from "../../model/units.ts";
import { type Case, previousSession } from "../case.ts";
import { bothSides, refusalGrounds, refusedById } from "../refusal.ts";
import { defineCause } from "../rule.ts";

function sharedSince(c: Case, at: number): boolean {
	if (c.replica === null || c.tried === null) return false;
	const last = previousSession(c.story.sessionsOf(c.replica), c.tried);
	return last !== undefined && last.at > at && !isTool(last);
}

/** It was promoted after sharing history, and came back to a primary that never saw its new ID. */
export const promotedHistory = defineCause({
	code: "promoted-history",
	check: (c) => {
		const id = refusedById(c);
		if (id === null || c.replica === null) return undefined;
		const minted = c.story.histories.ofBoth(c.replica, id).findLast((h) => h.how === "shifted");
		if (minted?.event.type !== "replid.shifted") return undefined;
		// It shared the new history with others meanwhile: the log of the primary must tell what that knows.
		if (c.session === null && sharedSince(c, minted.at)) return undefined;
		const fork = minted.event.fields.secondReplOffset;
		const offset = c.request?.offset ?? null;
		const beyond = offset === null ? null : offset - fork;
		return {
			proof: bothSides(c),
			facts: {
				replid: id, forkedFrom: minted.event.fields.oldReplid, forkOffset: exact(fork),
				bytesBeyondFork: beyond === null ? null : exact(beyond),
			},
			grounds: [...refusalGrounds(c), { server: c.replica, event: minted.event }],
		};
	},
	explain: ({ replid, forkedFrom, bytesBeyondFork }) =>
		`it had been promoted and began ${shortId(replid)}, forked from ${shortId(forkedFrom)}; the primary never saw that history` +
		(typeof bytesBeyondFork === "number" && bytesBeyondFork > 0 ? ` (${bytesBeyondFork} bytes of its own are discarded)` : ""),
	remedy: ({ bytesBeyondFork }) => [
		"Avoid REPLICAOF NO ONE on a replica that is to come back; point the other nodes to it instead, they can continue its history.",
		...(typeof bytesBeyondFork === "number" && bytesBeyondFork > 0
			? ["Check whether clients wrote to it while it was a primary: those writes are gone."]
			: []),
	],
});

import { shortId } from "../../model/units.ts";
import { bothSides, refusalGrounds, refusedById } from "../refusal.ts";
import { defineCause } from "../rule.ts";

/** It came from another primary with another history. */
export const foreignHistory = defineCause({
	code: "foreign-history",
	check: (c) => {
		const id = refusedById(c);
		if (id === null || c.tried === null || c.session === null || c.replica === null) return undefined;
		const { server } = c.session;
		if (c.primaryHeld(id) !== undefined) return undefined;
		const source = c.story.histories
			.holders(id)
			.find((h) => h.server !== c.replica && h.server !== server && (h.how === "created" || h.how === "shifted" || h.how === "granted"));
		const adopted = c.story.histories.ofBoth(c.replica, id).findLast((h) => h.how === "adopted" || h.how === "continued");
		const known = server.lives[0]?.start !== null;
		if (source === undefined && !(adopted !== undefined && known)) return undefined;
		return {
			proof: source !== undefined ? bothSides(c) : "supported",
			facts: { replid: id, from: source?.server.name ?? null },
			grounds: [
				...refusalGrounds(c),
				source && { server: source.server, event: source.event },
				adopted && { server: c.replica, event: adopted.event },
			],
		};
	},
	explain: ({ replid, from }) =>
		`it came from another primary${from === null ? "" : ` (${from})`} with the history ${shortId(replid)}, which this one never shared`,
	remedy: () => ["Expected when a replica moves to an unrelated primary. If it was not meant to, check who pointed it there (REPLICAOF, Sentinel, DNS, a virtual IP)."],
});

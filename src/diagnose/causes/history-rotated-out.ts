import { shortId } from "../../model/units.ts";
import { bothSides, refusalGrounds, refusedById } from "../refusal.ts";
import { defineCause } from "../rule.ts";

/** The primary's ID moved on twice, the replica still offers the one before: only one is kept. */
export const historyRotatedOut = defineCause({
	code: "history-rotated-out",
	check: (c) => {
		const id = refusedById(c);
		if (id === null || c.session === null) return undefined;
		const { server, at, life } = c.session;
		const held = c.primaryHeld(id);
		if (held === undefined || held.at < life.from) return undefined;
		const later = c.story.histories.between(server, held.at + 1, at).filter((h) => h.replid !== id);
		const shifts = later.filter((h) => h.how === "shifted" || h.how === "continued");
		if (new Set(shifts.map((h) => h.replid)).size < 2) return undefined;
		return {
			proof: bothSides(c),
			facts: { replid: id, changes: new Set(shifts.map((h) => h.replid)).size },
			grounds: [...refusalGrounds(c), ...shifts.slice(-2).map((h) => ({ server, event: h.event }))],
		};
	},
	explain: ({ replid, changes }) =>
		`it still offered ${shortId(replid)}, but the primary's history has changed its ID ${changes} times since, and only one older ID is kept`,
	remedy: () => ["Bring all replicas back between two failovers; no setting keeps more than one older ID."],
});

import { shortId } from "../../model/units.ts";
import { bothSides, ownHistory, refusalGrounds, refusedById } from "../refusal.ts";
import { defineCause } from "../rule.ts";

/** A former member restarted as a primary, minting a new ID, and was then told to replicate. */
export const restartedAsPrimary = defineCause({
	code: "restarted-as-primary",
	check: (c) => {
		const id = refusedById(c);
		const life = c.replicaLife;
		if (id === null || life === null || life.index === 0 || life.start === null || c.replica === null) return undefined;
		const own = ownHistory(c, id);
		if (own === null) return undefined;
		const member =
			(c.story.histories.of(c.replica)[0]?.at ?? life.from) < life.from ||
			(c.story.sessionsOf(c.replica)[0]?.life.index ?? life.index) < life.index;
		if (!member) return undefined;
		return {
			proof: bothSides(c),
			facts: { replid: id },
			grounds: [...refusalGrounds(c), { server: c.replica, event: life.start }, own],
		};
	},
	explain: ({ replid }) =>
		`it restarted as a primary and so began a new history (${shortId(replid)}); only then was it told to replicate`,
	remedy: () => [
		"Start a demoted node as a replica (replicaof <new primary> in its configuration): it then asks with the ID of its RDB and can continue.",
	],
});

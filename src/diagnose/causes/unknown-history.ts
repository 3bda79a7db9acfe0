import { shortId } from "../../model/units.ts";
import { refusalGrounds } from "../refusal.ts";
import { defineCause } from "../rule.ts";

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
		return {
			proof: "unknown",
			facts: { replid: c.requestedId },
			grounds: refusalGrounds(c),
			missing,
		};
	},
	explain: ({ replid }) =>
		replid === null
			? "the replica's request to continue was refused, and the logs given do not tell why"
			: `the history it offered (${shortId(replid)}) is not the primary's, and the logs given do not tell why`,
	remedy: () => [],
});

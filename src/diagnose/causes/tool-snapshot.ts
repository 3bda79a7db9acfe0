import { isTool } from "../../correlate/join/keys.ts";
import { defineCause } from "../rule.ts";

/** No replica at all: a backup or migration tool took a snapshot. */
export const toolSnapshot = defineCause({
	code: "tool-snapshot",
	check: (c) => {
		if (c.session === null || c.tried !== null || c.decided !== "full" || !isTool(c.session)) return undefined;
		const { server, ask, online, loss } = c.session;
		return {
			proof: "proven",
			facts: { peer: c.session.peer },
			grounds: [
				{ server, event: ask },
				online && { server, event: online },
				loss && { server, event: loss.event },
			],
		};
	},
	explain: ({ peer }) => `no replica: ${peer} never told a listening port; a backup or migration tool took a snapshot`,
	remedy: () => ["Run such tools against a replica: each snapshot costs the primary a fork."],
});

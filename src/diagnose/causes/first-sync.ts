import { defineCause } from "../rule.ts";

/** The replica had no history to offer, and none is known from before. */
export const firstSync = defineCause({
	code: "first-sync",
	check: (c) => {
		if (c.decided !== "full" || !c.offeredNothing) return undefined;
		const start = c.replicaLife?.start ?? null;
		const bothSides = c.tried !== null && c.session !== null;
		const syncedBefore = c.syncedBefore !== null ? 1 : 0;
		return {
			proof: syncedBefore || start === null ? "inferred" : bothSides ? "proven" : "supported",
			facts: { syncedBefore },
			grounds: [
				c.tried?.ask && { server: c.tried.server, event: c.tried.ask },
				c.decision && c.session && { server: c.session.server, event: c.decision },
				start && c.replica && { server: c.replica, event: start },
			],
			missing: syncedBefore || c.tried === null ? ["the replica's own log: it tells whether it restarted or was pointed elsewhere"] : [],
		};
	},
	explain: ({ syncedBefore }) =>
		syncedBefore
			? "the replica asked without a history, although it had synchronised before: it restarted without one, or (before 4.0) was pointed elsewhere in between"
			: "first synchronisation: the replica had no history to continue",
	remedy: ({ syncedBefore }) =>
		syncedBefore ? ["Look into the replica's log at this time for a restart or a SLAVEOF."] : [],
});

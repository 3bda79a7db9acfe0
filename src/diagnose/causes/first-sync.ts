import { defineCause } from "../rule.ts";

/** The replica had no history to offer, and none is known from before. */
export const firstSync = defineCause({
	code: "first-sync",
	check: (c) => {
		if (c.decided !== "full" || !c.offeredNothing) return undefined;
		const start = c.replicaLife?.start ?? null;
		const bothSides = c.tried !== null && c.session !== null;
		const syncedBefore = c.syncedBefore !== null ? 1 : 0;
		// A link that had just ended is told by the primary alone, and began before its log or named nobody.
		const linked = c.tried === null && syncedBefore === 0 ? c.loss : null;
		return {
			proof: syncedBefore || linked !== null || start === null ? "inferred" : bothSides ? "proven" : "supported",
			facts: { syncedBefore, linkedBefore: linked === null ? 0 : 1 },
			grounds: [
				c.tried?.ask && { server: c.tried.server, event: c.tried.ask },
				c.decision && c.session && { server: c.session.server, event: c.decision },
				start && c.replica && { server: c.replica, event: start },
				linked && c.session && { server: c.session.server, event: linked.event },
			],
			missing: syncedBefore || c.tried === null ? ["the replica's own log: it tells whether it restarted or was pointed elsewhere"] : [],
		};
	},
	explain: ({ syncedBefore, linkedBefore }) =>
		linkedBefore
			? "the replica asked without a history, although a link to it had just ended: its last full resync failed, it restarted, or (before 4.0) it was pointed elsewhere in between"
			: syncedBefore
			? "the replica asked without a history, although it had synchronised before: it restarted without one, or (before 4.0) was pointed elsewhere in between"
			: "first synchronisation: the replica had no history to continue",
	remedy: ({ syncedBefore, linkedBefore }) =>
		syncedBefore || linkedBefore ? ["Look into the replica's log at this time for a restart or a SLAVEOF."] : [],
});

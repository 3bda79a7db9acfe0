import { versionOf } from "../../correlate/servers.ts";
import { defineCause } from "../rule.ts";

/** Before 4.0 no history survives a change of primary, nor a primary's demotion. */
export const psync1ChangedPrimary = defineCause({
	code: "psync1-changed-primary",
	check: (c) => {
		const life = c.replicaLife;
		if (c.decided !== "full" || !c.offeredNothing || life === null || c.replica === null || c.outage === null) return undefined;
		if (!c.psync1) return undefined;
		const command = c.outage.pointings.findLast((p) => p.event.type === "role.replicaof" && p.at >= life.from)?.event;
		if (command === undefined) return undefined;
		const served = (c.story.sessionsOf(c.replica)[0]?.at ?? Number.POSITIVE_INFINITY) < (c.tried?.at ?? 0);
		if (c.syncedBefore === null && !served) return undefined;
		return {
			proof: c.session !== null ? "proven" : "supported",
			facts: { version: versionOf(life), wasPrimary: c.syncedBefore === null ? 1 : 0 },
			grounds: [
				{ server: c.replica, event: command },
				c.tried?.ask && { server: c.replica, event: c.tried.ask },
				c.session && c.decision && { server: c.session.server, event: c.decision },
			],
		};
	},
	explain: ({ version, wasPrimary }) =>
		wasPrimary
			? `it was a primary before, and ${version ?? "a version before 4.0"} cannot continue a history after a change of role`
			: `it was pointed to another primary, and ${version ?? "a version before 4.0"} drops its history with every SLAVEOF`,
	remedy: () => ["Upgrade to 4.0 or later: PSYNC2 lets replicas follow a new primary without a full resync."],
});

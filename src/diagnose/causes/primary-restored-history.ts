import { bootRole } from "../../correlate/servers.ts";
import { defineCause } from "../rule.ts";

/** Partial although the primary restarted: from 7.0 on it restores its ID and offset from the RDB. */
export const primaryRestoredHistory = defineCause({
	code: "primary-restored-history",
	check: (c) => {
		if (c.decided !== "partial" || c.session === null) return undefined;
		const { session } = c;
		const { life, server } = session;
		if (life.index === 0 || life.start === null) return undefined;
		// What comes up as a replica goes on with its primary's history, and restores none of its own.
		if (bootRole(life, null) === "replica") return undefined;
		// Its connection before this one was to the process before, or none is known.
		// A peer that only came afterwards did not lose this primary by the restart.
		const first =
			c.tried === null
				? session.lossBefore?.reason === "restart"
				: session.lossBefore === null || session.lossBefore.at <= life.from;
		const shifted = (c.story.histories.lastOf(server, session.at, "shifted", "adopted")?.at ?? -1) >= life.from;
		// A replica that only now learns the new ID had not talked to this life of the primary before.
		const learns = c.tried === null || c.tried.changedId !== null || session.lossBefore?.reason === "restart";
		if (!first || shifted || !learns) return undefined;
		return {
			proof: c.tried !== null ? "proven" : "supported",
			facts: { sentBytes: session.decision?.type === "psync.accepted" ? session.decision.fields.bytes : null },
			grounds: [
				session.decision && { server, event: session.decision },
				{ server, event: life.start },
				life.loaded && { server, event: life.loaded },
				c.tried?.changedId && { server: c.tried.server, event: c.tried.changedId },
				c.tried?.ask && { server: c.tried.server, event: c.tried.ask },
			],
		};
	},
	explain: () => "the primary restarted and restored its replication ID and offset from its RDB, so the replica could continue",
	remedy: () => [],
});

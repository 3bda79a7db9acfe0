import { exact, humanBytes } from "../../model/units.ts";
import { idleGrowth, usualSentinels } from "../heartbeat.ts";
import { bothSides } from "../refusal.ts";
import { defineCause } from "../rule.ts";
import { pointedBy } from "../triggers/pointed.ts";

/** Replica and new primary share a past, but the replica went beyond the fork. */
export const divergedHistory = defineCause({
	code: "diverged-history",
	check: (c) => {
		const { session } = c;
		const decision = session?.decision;
		if (session == null || decision?.type !== "psync.rejected.second-offset") return undefined;
		const beyond = decision.fields.requestedOffset - decision.fields.secondReplOffset;
		const shifted = c.story.histories.lastOf(session.server, session.at, "shifted");
		const replid = c.requestedId;
		const since = shifted === undefined ? null : c.time(session.server, shifted.event);
		const asked = c.time(session.server, session.ask);
		const seconds = since === null || asked === null ? 0 : Math.max(0, asked - since) / 1000;
		const watching = c.story.servers.filter((s) => s.sentinel).length;
		const sentinels = watching > 0 ? watching : pointedBy(c)?.how === "sentinel" ? usualSentinels : 0;
		return {
			proof: bothSides(c),
			facts: {
				replid, forkOffset: exact(decision.fields.secondReplOffset), bytesBeyondFork: exact(beyond),
				detail: beyond <= BigInt(Math.round(idleGrowth(seconds, sentinels))) ? "second-offset/heartbeat-only" : "second-offset/old-primary-ahead",
			},
			grounds: [
				{ server: session.server, event: decision },
				c.tried?.ask && { server: c.tried.server, event: c.tried.ask },
				shifted && { server: session.server, event: shifted.event },
				c.tried?.answer && { server: c.tried.server, event: c.tried.answer },
			],
		};
	},
	explain: ({ bytesBeyondFork, detail }) =>
		`both share a past, but it had gone ${typeof bytesBeyondFork === "number" ? humanBytes(bytesBeyondFork) : `${bytesBeyondFork} bytes`} beyond the point where the new primary took over` +
		(detail === "second-offset/heartbeat-only" ? " (no more than heartbeats amount to)" : "; those bytes are discarded"),
	remedy: ({ detail }) =>
		detail === "second-offset/heartbeat-only"
			? ["Use FAILOVER (6.2+), CLUSTER FAILOVER or SENTINEL FAILOVER … COORDINATED (Valkey 9): they stop the old stream first. A larger backlog does not help."]
			: [
					"Check what clients wrote to the old side after the failover: it is gone from this node.",
					"min-replicas-to-write and min-replicas-max-lag stop a cut-off primary from taking writes; FAILOVER or CLUSTER FAILOVER hand over without loss.",
				],
});

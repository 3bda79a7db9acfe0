import { bootRole, isPsync1, versionOf } from "../../correlate/servers.ts";
import type { ProcessLife, Session, Try } from "../../model/story.ts";
import { lastBefore, linesOf } from "../../model/lines.ts";
import { defineCause } from "../rule.ts";

/** It had synchronised before, but came back without the replication ID and offset. */
export const replicaLostState = defineCause<{ detail: string; loaded: string | null; version: string | null }>({
	code: "replica-lost-state",
	check: (c) => {
		if (c.decided !== "full" || !c.offeredNothing) return undefined;
		const life = c.replicaLife;
		if (life === null) {
			// Only the primary's log: from 4.0 on nothing but a lost state makes a known replica ask so.
			if (c.psync1 || c.syncedBefore === null || c.primaryLife === null || versionOf(c.primaryLife) === null) return undefined;
			return {
				proof: "supported",
				facts: { detail: "seen-by-primary", loaded: null, version: null },
				grounds: [c.session && c.decision && { server: c.session.server, event: c.decision }],
				missing: ["the replica's own log: it tells what became of its state"],
			};
		}
		const version = versionOf(life);
		// A restart after the question cannot be why it was asked so.
		const restarted = c.outage?.starts.findLast((s) => s.index > 0 && s.index <= life.index) ?? null;
		if (restarted !== null && c.replica !== null) {
			// What was granted but never loaded is no state to lose.
			const held = c.story.histories.lastOf(c.replica, restarted.from, "created", "shifted", "continued", "granted") !== undefined;
			const before = c.syncedBefore !== null || held || served(c.story.sessionsOf(c.replica), restarted);
			if (!before) return undefined;
			const loaded = restarted.loaded;
			const aof = loaded !== null && /append only file/.test(loaded.text);
			const detail = isPsync1(version)
				? "replica-restart/pre-psync2"
				: aof
					? "replica-restart/aof-enabled"
					: loaded === null
						? "replica-restart/no-rdb"
						: "replica-restart/rdb-without-metadata";
			// Logs of 2.x do not show a role: who asks late may have served as a primary meanwhile.
			const late = bootRole(restarted, c.tried?.begin ?? null) !== "replica" && !soonAfter(restarted, c.tried);
			return {
				proof: late ? "inferred" : c.session !== null ? "proven" : "supported",
				facts: { detail, loaded: loaded === null ? null : aof ? "aof" : "rdb", version },
				grounds: [
					c.tried?.ask && { server: c.replica, event: c.tried.ask },
					restarted.start && { server: c.replica, event: restarted.start },
					loaded && { server: c.replica, event: loaded },
					c.session && c.decision && { server: c.session.server, event: c.decision },
				],
			};
		}
		if (c.syncedBefore === null || c.psync1 || c.tried === null || c.replica === null) return undefined;
		// The same process, yet nothing cached: the link ended in a state that cannot be continued.
		const from = c.syncedBefore.outage?.tries.at(-1)?.at ?? life.from;
		const corrupt = [...linesOf(c.replica, from, c.tried.at, "stream.protocol-error", "stream.protocol-corruption")].at(-1);
		const failed = [...linesOf(c.replica, from, c.tried.at, "load.failed", "psync.reply-unexpected", "psync.error-reply")].at(-1);
		const detail = corrupt
			? "cached-primary-lost/protocol-error"
			: failed?.type === "load.failed"
				? "cached-primary-lost/previous-fullsync-failed"
				: failed
					? "cached-primary-lost/psync-error-reply"
					: "cached-primary-lost";
		return {
			proof: "supported",
			facts: { detail, loaded: null, version },
			grounds: [
				c.tried.ask && { server: c.replica, event: c.tried.ask },
				corrupt && { server: c.replica, event: corrupt },
				failed && { server: c.replica, event: failed },
			],
		};
	},
	explain: ({ detail, version }) => {
		switch (detail) {
			case "replica-restart/pre-psync2":
				return `the replica restarted, and ${version ?? "a version before 4.0"} keeps the replication ID in memory only`;
			case "replica-restart/aof-enabled":
				return "the replica restarted and loaded its AOF, which holds no replication ID and offset";
			case "replica-restart/no-rdb":
				return "the replica restarted without an RDB file, and so without its replication ID and offset";
			case "replica-restart/rdb-without-metadata":
				return "the replica restarted from an RDB file that held no replication ID and offset it could use";
			case "cached-primary-lost/protocol-error":
				return "the replica discarded its cached primary after a protocol error on the link";
			case "cached-primary-lost/previous-fullsync-failed":
				return "an earlier full resync failed while loading, and with it the cached primary was gone";
			case "cached-primary-lost/psync-error-reply":
				return "the primary answered an earlier PSYNC with an error, and the replica discarded its cached primary";
			case "seen-by-primary":
				return "the replica had synchronised before but asked without a history: it lost its state, most likely by a restart";
			default:
				return "the replica had synchronised before in this run, but no longer held a cached primary";
		}
	},
	remedy: ({ detail }) => {
		switch (detail) {
			case "replica-restart/pre-psync2":
				return ["Upgrade to 4.0 or later: from then on a replica restarts with the ID and offset of its RDB."];
			case "replica-restart/aof-enabled":
				return [
					"A replica that loads an AOF cannot continue: restart it without AOF (appendonly no, with an RDB saved at shutdown), or accept one full resync per restart.",
				];
			case "replica-restart/no-rdb":
				return ["Let the replica save an RDB when it stops: set save points on it, or stop it with SHUTDOWN SAVE."];
			case "replica-restart/rdb-without-metadata":
				return ["Stop the replica with SHUTDOWN SAVE while its link is up, so that the RDB holds ID and offset."];
			case "cached-primary-lost/psync-error-reply":
				return ["Set masterauth (and masteruser) before the primary's password changes; from 7.0 on such an error costs no state."];
			case "cached-primary-lost/protocol-error":
				return ["Look for what corrupts the stream between the two: proxy, TLS offload, network card, or a bug of this version."];
			default:
				return [];
		}
	},
});

/** A process that comes up as a replica connects at its first cron, once it has loaded its data. */
function soonAfter(life: ProcessLife, tried: Try | null): boolean {
	const ready = lastBefore(life.server, life.to, "server.ready");
	const at = (ready !== undefined && ready.at >= life.from ? ready.event : life.start)?.time;
	return at != null && tried?.begin.time != null && tried.begin.time - at < 3000;
}

/** Whether anybody had synchronised from the node in an earlier life: it was part of a history as a primary. */
function served(sessions: readonly Session[], life: ProcessLife): boolean {
	// In the order of the log, so that the first one tells.
	const first = sessions[0];
	return first !== undefined && first.life.index < life.index;
}

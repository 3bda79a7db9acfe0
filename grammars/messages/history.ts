import { message } from "../message.ts";

/** What a partial resync rests on: replication IDs, the backlog and the cached primary. */
export const history = [
	message("replid.shifted", {
		emitter: "both",
		weight: "cause",
		means:
			"A replica became a primary: its ID is now the second one, valid up to the offset given, and a new ID begins. Its own replicas are disconnected on purpose (replication.c, shiftReplicationId).",
		wordings: [
			["4.0+", "Setting secondary replication ID to {oldReplid:ReplId}, valid up to offset: {secondReplOffset:Offset}. New replication ID is {newReplid:ReplId}"],
		],
		samples: [
			"19833:M 21 Nov 2026 20:39:20.592 * Setting secondary replication ID to 01d5206e5372d3679b6c49ff2027141e4b59b7e6, valid up to offset: 15. New replication ID is e6c534670cedc948e7d61e1005a3f7f500e13f02",
		],
	}),
	message("replid.debug-changed", {
		emitter: "primary",
		weight: "cause",
		means:
			"Somebody ran DEBUG CHANGE-REPL-ID: a new ID, no second one, and a mismatch for every replica that reconnects (debug.c, debugCommand).",
		wordings: [["4.0.6+", "Changing replication IDs after receiving DEBUG change-repl-id"]],
		samples: ["16736:M 21 Nov 20:33:19.957 # Changing replication IDs after receiving DEBUG change-repl-id"],
	}),
	message("backlog.created", {
		emitter: "primary",
		weight: "cause",
		means:
			"The first replica came while there was no backlog. The primary allocates one, draws a new replication ID and clears the second, so whoever still holds the old ID fits no more; before 6.0.4 this leaves no line (replication.c, createReplicationBacklogIfNeeded).",
		wordings: [
			["6.0.4+", "Replication backlog created, my new replication IDs are '{replid:ReplId}' and '{replid2:ReplId}'"],
		],
		samples: [
			"19781:M 21 Nov 2026 20:39:00.510 * Replication backlog created, my new replication IDs are '26eb5db6b3e7df34cde8d7707421eea12f556468' and '0000000000000000000000000000000000000000'",
		],
	}),
	message("backlog.freed", {
		emitter: "primary",
		weight: "cause",
		means:
			"The last replica has been gone for repl-backlog-ttl and the backlog is released. Since 4.0 the replication ID changes at the same moment, and the second one is cleared (replication.c, replicationCron).",
		wordings: [
			["2.8 to 4.0", "Replication backlog freed after {seconds:Seconds} seconds without connected slaves."],
			["5.0+", "Replication backlog freed after {seconds:Seconds} seconds without connected replicas."],
		],
		samples: [
			"16736:M 21 Nov 20:33:16.810 * Replication backlog freed after 1 seconds without connected slaves.",
			"18578:M 21 Nov 2026 20:34:56.208 * Replication backlog freed after 1 seconds without connected replicas.",
		],
	}),
	message("backlog.dump", {
		emitter: "both",
		weight: "context",
		means:
			"Goes with a critical error reply: the last bytes of the backlog, or the notice that hide-user-data-from-log keeps them out (replication.c, showLatestBacklog).",
		wordings: [
			["6.0.2+", "Latest backlog is: '{data:Text}'"],
			["redis-7.4+", "hide-user-data-from-log is on, skip logging backlog content to avoid spilling PII."],
			["valkey-8.0+", "hide-user-data-from-log is on, skip logging backlog content to avoid spilling user data."],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # Latest backlog is: '*1\\r\\n$4\\r\\nPING\\r\\n*3\\r\\n$3\\r\\nSET\\r\\n$1\\r\\nk\\r\\n$1\\r\\nv\\r\\n'",
		],
	}),
	message("cached-primary.saved", {
		emitter: "replica",
		weight: "cause",
		means:
			"After the loss of the link the replica keeps the state of its primary and can ask to continue (replication.c, replicationCacheMaster).",
		wordings: [
			["redis-2.8+, valkey-7.2", "Caching the disconnected master state."],
			["valkey-8.0+", "Caching the disconnected primary state."],
		],
		samples: [
			"19833:M 21 Nov 2026 20:39:20.592 * Caching the disconnected master state.",
			"20007:M 21 Nov 2026 20:40:41.829 * Caching the disconnected primary state.",
		],
	}),
	message("cached-primary.discarded", {
		emitter: "replica",
		weight: "cause",
		means:
			"The replica gives up the state it had kept of its primary. Up to 6.2 a full resync or an unusable answer does so at once; since 7.0 it waits until the new data set is loaded. A promotion does so in any version (replication.c, replicationDiscardCachedMaster).",
		wordings: [
			["redis-2.8+, valkey-7.2", "Discarding previously cached master state."],
			["valkey-8.0+", "Discarding previously cached primary state."],
		],
		samples: [
			"19833:S 21 Nov 2026 20:39:14.534 * Discarding previously cached master state.",
			"20007:S 21 Nov 2026 20:40:36.809 * Discarding previously cached primary state.",
		],
	}),
	message("cached-primary.synthesized", {
		emitter: "replica",
		weight: "cause",
		means:
			"A primary that turns into a replica, or a replica that starts from an RDB with replication metadata, takes its own ID and offset for a cached primary: its next request asks to continue them (replication.c, replicationCacheMasterUsingMyself).",
		wordings: [
			["4.0", "Before turning into a slave, using my master parameters to synthesize a cached master: I may be able to synchronize with the new master with just a partial transfer."],
			["5.0", "Before turning into a replica, using my master parameters to synthesize a cached master: I may be able to synchronize with the new master with just a partial transfer."],
			["redis-6.0+, valkey-7.2", "Before turning into a replica, using my own master parameters to synthesize a cached master: I may be able to synchronize with the new master with just a partial transfer."],
			["valkey-8.0+", "Before turning into a replica, using my own primary parameters to synthesize a cached primary: I may be able to synchronize with the new primary with just a partial transfer."],
			["KeyDB 6.3", "Cached master recovered from RDB for {host:Host}:{port:Int}"],
		],
		samples: [
			"18002:S 21 Nov 20:34:00.315 * Before turning into a slave, using my master parameters to synthesize a cached master: I may be able to synchronize with the new master with just a partial transfer.",
			"4142:S 21 Nov 2026 20:27:08.761 * Before turning into a replica, using my master parameters to synthesize a cached master: I may be able to synchronize with the new master with just a partial transfer.",
			"19833:S 21 Nov 2026 20:39:14.530 * Before turning into a replica, using my own master parameters to synthesize a cached master: I may be able to synchronize with the new master with just a partial transfer.",
			"20007:S 21 Nov 2026 20:40:35.806 * Before turning into a replica, using my own primary parameters to synthesize a cached primary: I may be able to synchronize with the new primary with just a partial transfer.",
			"4242:4250:S 21 Nov 2026 10:00:00.000 * Cached master recovered from RDB for 10.20.0.11:6379",
		],
	}),
	message("cached-primary.resurrect-error", {
		emitter: "replica",
		weight: "cause",
		means:
			"The partial resync was granted, but the event loop refused a handler for the revived connection, which is closed and tried again (replication.c, replicationResurrectCachedMaster).",
		wordings: [
			["redis-2.8+, valkey-7.2", "Error resurrecting the cached master, impossible to add the readable handler: {error:Text}"],
			["valkey-8.0+", "Error resurrecting the cached primary, impossible to add the readable handler: {error:Text}"],
			["redis-2.8+, valkey-7.2", "Error resurrecting the cached master, impossible to add the writable handler: {error:Text}"],
			["valkey-8.0+", "Error resurrecting the cached primary, impossible to add the writable handler: {error:Text}"],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # Error resurrecting the cached master, impossible to add the readable handler: Numerical result out of range",
		],
	}),
	message("psync.meaningful-offset", {
		emitter: "both",
		weight: "cause",
		means:
			"Redis 6.0.0 to 6.0.3 takes trailing PINGs off its offset when it changes role; both offsets and their distance are given (replication.c, adjustMeaningfulReplOffset).",
		wordings: [
			["6.0 to 6.0.3", "Using the meaningful offset {meaningfulOffset:Offset} instead of {offset:Offset} to exclude the final PINGs ({delta:Bytes} bytes difference)"],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 * Using the meaningful offset 2716 instead of 2730 to exclude the final PINGs (14 bytes difference)",
		],
	}),
] as const;

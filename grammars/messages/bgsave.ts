import { message } from "../message.ts";

/** The snapshot that a primary makes for its replicas, from the plan to the replica being online. */
export const bgsave = [
	message("bgsave.start", {
		emitter: "primary",
		weight: "progress",
		means:
			"A snapshot for waiting replicas begins. The target says whether it goes to a file or straight to the sockets; newer servers add the kind of channel (replication.c, startBgsaveForReplication).",
		wordings: [
			["2.6 to 2.8.17", "Starting BGSAVE for SYNC"],
			["redis-2.8.18+, valkey-7.2", "Starting BGSAVE for SYNC with target: {target:Text}"],
			["redis-8.0+", "Starting BGSAVE for SYNC with target: {target:Text} ({channel:Word})"],
			["valkey-8.0+", "Starting BGSAVE for SYNC with target: {target:Text} using: {channel:Text}"],
		],
		samples: [
			"19781:M 21 Nov 2026 20:39:00.510 * Starting BGSAVE for SYNC with target: replicas sockets",
			"10382:M 21 Nov 2026 20:30:04.667 * Starting BGSAVE for SYNC with target: replicas sockets (rdb-channel)",
			"19943:M 21 Nov 2026 20:40:21.753 * Starting BGSAVE for SYNC with target: replicas sockets using: normal sync",
		],
	}),
	message("bgsave.attached", {
		emitter: "primary",
		weight: "progress",
		means:
			"A snapshot for another replica is on its way to disk, and this replica can share it (replication.c, syncCommand).",
		wordings: [["2.6+", "Waiting for end of BGSAVE for SYNC"]],
		samples: ["[1468] 21 Nov 20:25:21.854 * Waiting for end of BGSAVE for SYNC"],
	}),
	message("bgsave.wait-next", {
		emitter: "primary",
		weight: "cause",
		means:
			"A snapshot runs that this replica cannot share, because of its target or of what the two replicas are able to read. It waits for the next one (replication.c, syncCommand).",
		wordings: [
			["2.6 to 3.2.1", "Waiting for next BGSAVE for SYNC"],
			["3.2.2 to 4.0", "Can't attach the slave to the current BGSAVE. Waiting for next BGSAVE for SYNC"],
			["5.0+", "Can't attach the replica to the current BGSAVE. Waiting for next BGSAVE for SYNC"],
			["3.2.2+", "Current BGSAVE has socket target. Waiting for next BGSAVE for SYNC"],
		],
		samples: [
			"18654:M 21 Nov 2026 20:35:43.447 * Can't attach the replica to the current BGSAVE. Waiting for next BGSAVE for SYNC",
			"18928:M 21 Nov 2026 20:37:10.628 * Current BGSAVE has socket target. Waiting for next BGSAVE for SYNC",
		],
	}),
	message("bgsave.delayed-diskless", {
		emitter: "primary",
		weight: "progress",
		means:
			"A diskless snapshot is held back for repl-diskless-sync-delay so that more replicas can join it (replication.c, syncCommand).",
		wordings: [
			["2.8.18 to 3.2.1", "Delay next BGSAVE for SYNC"],
			["3.2.2+", "Delay next BGSAVE for diskless SYNC"],
		],
		samples: ["3064:M 21 Nov 20:26:26.601 * Delay next BGSAVE for diskless SYNC"],
	}),
	message("bgsave.delayed-child", {
		emitter: "primary",
		weight: "cause",
		means:
			"Another child (AOF rewrite, module, slot migration) is at work, and the snapshot for replicas waits for its end (replication.c, syncCommand).",
		wordings: [
			["3.2.2 to 5.0", "No BGSAVE in progress, but an AOF rewrite is active. BGSAVE for replication delayed"],
			["6.0+", "No BGSAVE in progress, but another BG operation is active. BGSAVE for replication delayed"],
		],
		samples: [
			"4242:M 21 Nov 10:00:00.000 * No BGSAVE in progress, but an AOF rewrite is active. BGSAVE for replication delayed",
		],
	}),
	message("bgsave.no-repl-info", {
		emitter: "primary",
		weight: "cause",
		means:
			"A replica with neither a connected nor a cached primary should make a snapshot and cannot name its history. Its own replica has to come back later (replication.c, startBgsaveForReplication).",
		wordings: [
			["4.0.2+", "BGSAVE for replication: replication information not available, can't generate the RDB file right now. Try later."],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # BGSAVE for replication: replication information not available, can't generate the RDB file right now. Try later.",
		],
	}),
	message("bgsave.failed", {
		emitter: "primary",
		weight: "cause",
		means:
			"The snapshot for replicas could not be started; those that wait get an error and are disconnected. The line before it has the reason (replication.c, startBgsaveForReplication).",
		wordings: [
			["2.8.22+", "BGSAVE for replication failed"],
			["2.6 to 3.0.3", "Replication failed, can't BGSAVE"],
			["2.6 to 3.0.3", "SYNC failed. BGSAVE failed"],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # BGSAVE for replication failed",
			"[4242] 21 Nov 10:00:00.000 * Replication failed, can't BGSAVE",
		],
	}),
	message("bgsave.child-error", {
		emitter: "primary",
		weight: "cause",
		means:
			"The snapshot child failed or was killed while this replica waited, and the replica's connection is closed. One line for each of them (replication.c, updateSlavesWaitingBgsave).",
		wordings: [["2.6+", "SYNC failed. BGSAVE child returned an error"]],
		samples: ["18654:M 21 Nov 2026 20:35:33.248 # SYNC failed. BGSAVE child returned an error"],
	}),
	message("bgsave.open-failed", {
		emitter: "primary",
		weight: "cause",
		means:
			"The finished RDB file could not be opened or examined in order to be sent (replication.c, updateSlavesWaitingBgsave).",
		wordings: [
			["redis-2.6+, valkey-7.2 to 8.0", "SYNC failed. Can't open/stat DB after BGSAVE: {error:Text}"],
			["valkey-8.1+", "SYNC failed. Can't open DB after BGSAVE: {error:Text}"],
			["valkey-8.1+", "SYNC failed. Can't stat DB after BGSAVE: {error:Text}"],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # SYNC failed. Can't open/stat DB after BGSAVE: No such file or directory",
			"4242:M 21 Nov 2026 10:00:00.000 # SYNC failed. Can't stat DB after BGSAVE: No such file or directory",
		],
	}),
	message("bgsave.killed-last-replica", {
		emitter: "primary",
		weight: "cause",
		means:
			"The last replica that the snapshot was made for is gone, so the child is stopped (replication.c, rdbPipeReadHandler).",
		wordings: [
			["valkey-8.1+", "Background saving, persistence disabled, last replica dropped, killing fork child."],
			["6.0+", "Diskless rdb transfer, last replica dropped, killing fork child."],
		],
		samples: [
			"18928:M 21 Nov 2026 20:37:12.150 # Diskless rdb transfer, last replica dropped, killing fork child.",
		],
	}),
	message("bgsave.streamed", {
		emitter: "primary",
		weight: "progress",
		means:
			"The diskless snapshot has gone out to this replica in full; the stream of commands waits for its first acknowledgement (replication.c, updateSlavesWaitingBgsave).",
		wordings: [
			["2.8.18 to 4.0", "Streamed RDB transfer with slave {replica:Peer} succeeded (socket). Waiting for REPLCONF ACK from slave to enable streaming"],
			["5.0 to 7.0", "Streamed RDB transfer with replica {replica:Peer} succeeded (socket). Waiting for REPLCONF ACK from slave to enable streaming"],
			["7.2+", "Streamed RDB transfer with replica {replica:Peer} succeeded (socket). Waiting for REPLCONF ACK from replica to enable streaming"],
			// The address is gone in pastes.
			["2.8.18 to 4.0, in pastes", "Streamed RDB transfer with slave succeeded (socket). Waiting for REPLCONF ACK from slave to enable streaming"],
			["5.0 to 7.0, in pastes", "Streamed RDB transfer with replica succeeded (socket). Waiting for REPLCONF ACK from slave to enable streaming"],
			["7.2+, in pastes", "Streamed RDB transfer with replica succeeded (socket). Waiting for REPLCONF ACK from replica to enable streaming"],
		],
		samples: [
			"7089:M 21 Nov 2026 20:28:35.953 * Streamed RDB transfer with replica 127.0.0.1:12251 succeeded (socket). Waiting for REPLCONF ACK from slave to enable streaming",
			"19781:M 21 Nov 2026 20:39:00.517 * Streamed RDB transfer with replica 127.0.0.1:22304 succeeded (socket). Waiting for REPLCONF ACK from replica to enable streaming",
		],
	}),
	message("replica.online", {
		emitter: "primary",
		weight: "progress",
		means:
			"The replica now counts as online: its last RDB byte was written, or, for a diskless snapshot, it acknowledged (up to 6.2) or the child ended (since 7.0). It may still be loading. A partial resync does not print it (replication.c, putSlaveOnline).",
		wordings: [
			["2.6 to 2.8.17", "Synchronization with slave succeeded"],
			["2.8.18 to 4.0", "Synchronization with slave {replica:Peer} succeeded"],
			["5.0+", "Synchronization with replica {replica:Peer} succeeded"],
			// The address is gone in pastes.
			["5.0+, in pastes", "Synchronization with replica succeeded"],
		],
		samples: [
			"16682:M 21 Nov 20:33:10.371 * Synchronization with slave 127.0.0.1:22102 succeeded",
			"19781:M 21 Nov 2026 20:39:00.517 * Synchronization with replica 127.0.0.1:22304 succeeded",
		],
	}),
	message("replica.rdb-only-done", {
		emitter: "primary",
		weight: "progress",
		means:
			"A client that wanted nothing but an RDB has it: redis-cli --rdb, a backup tool, or the RDB connection of a dual-channel sync (replication.c, replicaPutOnline).",
		wordings: [
			["6.2 to 7.0.0", "Close the connection with replica {replica:Peer} as RDB transfer is complete"],
			["7.0.15+", "RDB transfer completed, rdb only replica ({replica:Peer}) should be disconnected asap"],
		],
		samples: [
			"18760:M 21 Nov 2026 20:35:51.741 * Close the connection with replica 127.0.0.1:<unknown-replica-port> as RDB transfer is complete",
			"13190:M 21 Nov 2026 20:10:05.753 * RDB transfer completed, rdb only replica (127.0.0.1:22002) should be disconnected asap",
		],
	}),
	message("rdb.sync-file-removed", {
		emitter: "both",
		weight: "context",
		means:
			"With rdb-del-sync-files and no persistence the RDB of the sync is deleted, and with it the metadata that a restart could continue from (replication.c, removeRDBUsedToSyncReplicas).",
		wordings: [
			["6.0+", "Removing the RDB file used to feed replicas in a persistence-less instance"],
			["redis-6.0+, valkey-7.2", "Removing the RDB file obtained from the master. This replica has persistence disabled"],
			["valkey-8.0+", "Removing the RDB file obtained from the primary. This replica has persistence disabled"],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 * Removing the RDB file used to feed replicas in a persistence-less instance",
		],
	}),
] as const;

import { message } from "../message.ts";

/** What replica and primary say to each other between the connect and PSYNC. */
export const handshake = [
	message("handshake.ping-ok", {
		emitter: "replica",
		weight: "progress",
		means:
			"The primary answered PING, be it with an error that only asks for credentials (replication.c, syncWithMaster).",
		wordings: [
			["redis-2.6+, valkey-7.2", "Master replied to PING, replication can continue..."],
			["valkey-8.0+", "Primary replied to PING, replication can continue..."],
		],
		samples: [
			"19833:S 21 Nov 2026 20:39:14.531 * Master replied to PING, replication can continue...",
			"20007:S 21 Nov 2026 20:40:35.808 * Primary replied to PING, replication can continue...",
		],
	}),
	message("handshake.ping-error", {
		emitter: "replica",
		weight: "cause",
		means:
			"The primary refuses PING: it loads, runs a script, is in protected mode, has no client to spare, or cannot save (-MISCONF). PSYNC is never reached, and the primary prints nothing (replication.c, syncWithMaster).",
		wordings: [
			["redis-2.6.11+, valkey-7.2", "Error reply to PING from master: '{reply:Text}'"],
			["valkey-8.0+", "Error reply to PING from primary: '{reply:Text}'"],
			["2.6 to 2.6.10", "Unexpected reply to PING from master."],
		],
		samples: [
			"18594:S 21 Nov 2026 20:35:33.249 # Error reply to PING from master: '-MISCONF Redis is configured to save RDB snapshots, but it is currently not able to persist on disk. Commands that may modify the data set are disabled, because this instance is configured to report errors during writes if RDB snapshotting fails (stop-wri'",
			"14411:S 21 Nov 2026 20:31:55.811 # Error reply to PING from primary: '-LOADING Valkey is loading the dataset in memory'",
		],
	}),
	message("handshake.ping-read-error", {
		emitter: "replica",
		weight: "cause",
		means: "Up to 3.0: the answer to PING could not be read (replication.c, syncWithMaster).",
		wordings: [["2.6 to 3.0.3", "I/O error reading PING reply from master: {error:Text}"]],
		samples: ["[4242] 21 Nov 10:00:00.000 # I/O error reading PING reply from master: Connection timed out"],
	}),
	message("handshake.auth-failed", {
		emitter: "replica",
		weight: "cause",
		means: "The primary does not accept the user or password of the replica (replication.c, syncWithMaster).",
		wordings: [
			["redis-2.6+, valkey-7.2", "Unable to AUTH to MASTER: {reply:Text}"],
			["redis-8.0+", "Unable to AUTH to master: {reply:Text}"],
			["valkey-8.0", "Unable to AUTH to Primary: {reply:Text}"],
			["valkey-8.0+", "Unable to AUTH to PRIMARY: {reply:Text}"],
			["valkey-8.1+", "Dual channel replication: Unable to AUTH to Primary: {reply:Text}"],
		],
		samples: [
			"16841:S 21 Nov 20:33:51.113 # Unable to AUTH to MASTER: -ERR invalid password",
			"13970:S 21 Nov 2026 20:32:17.054 # Unable to AUTH to PRIMARY: -WRONGPASS invalid username-password pair or user is disabled.",
		],
	}),
	message("handshake.noncritical", {
		emitter: "replica",
		weight: "context",
		means:
			"The primary does not take an optional REPLCONF; it may be older, a proxy, or bound by an ACL. The handshake goes on without that option (replication.c, syncWithMaster).",
		wordings: [
			["2.6", "(non critical): Master does not understand REPLCONF listening-port: {reply:Text}"],
			["redis-2.8+, valkey-7.2", "(Non critical) Master does not understand REPLCONF listening-port: {reply:Text}"],
			["valkey-8.0+", "(Non critical) Primary does not understand REPLCONF listening-port: {reply:Text}"],
			["redis-3.2.2+, valkey-7.2", "(Non critical) Master does not understand REPLCONF ip-address: {reply:Text}"],
			["valkey-8.0+", "(Non critical) Primary does not understand REPLCONF ip-address: {reply:Text}"],
			["redis-2.8.22+, valkey-7.2", "(Non critical) Master does not understand REPLCONF capa: {reply:Text}"],
			["valkey-8.0+", "(Non critical) Primary does not understand REPLCONF capa: {reply:Text}"],
			["valkey-8.0+", "(Non critical) Primary does not understand REPLCONF VERSION: {reply:Text}"],
			["valkey-9.0+", "(Non critical) Primary does not understand REPLCONF SET-CLUSTER-NODE-ID: {reply:Text}"],
			["redis-8.6", "(Non critical) Master does not understand REPLCONF rdb-no-compress: {reply:Text}"],
			["redis-8.8+", "(Non critical) Master does not understand REPLCONF rdb-no-compress/checksum: {reply:Text}"],
		],
		samples: [
			"16841:S 21 Nov 20:33:49.109 * (Non critical) Master does not understand REPLCONF listening-port: -NOAUTH Authentication required.",
			"13970:S 21 Nov 2026 20:32:14.277 * (Non critical) Primary does not understand REPLCONF listening-port: -NOAUTH Authentication required.",
			"13970:S 21 Nov 2026 20:32:14.277 * (Non critical) Primary does not understand REPLCONF capa: -NOAUTH Authentication required.",
			"13970:S 21 Nov 2026 20:32:14.277 * (Non critical) Primary does not understand REPLCONF VERSION: -NOAUTH Authentication required.",
		],
	}),
	message("handshake.write-error", {
		emitter: "replica",
		weight: "cause",
		means: "A command of the handshake could not be written to the socket (replication.c, syncWithMaster).",
		wordings: [
			["redis-2.8.22+, valkey-7.2", "Sending command to master in replication handshake: {error:Text}"],
			["valkey-8.0+", "Sending command to primary in replication handshake: {error:Text}"],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # Sending command to master in replication handshake: Writing to master: Broken pipe",
		],
	}),
	message("handshake.sync-write-error", {
		emitter: "replica",
		weight: "cause",
		means:
			"SYNC, or the request on the RDB connection of a sync over two channels, could not be written to the socket (replication.c, syncWithMaster).",
		wordings: [
			["redis-2.6+, valkey-7.2", "I/O error writing to MASTER: {error:Text}"],
			["redis-8.0+", "I/O error writing to Master: {error:Text}"],
			["valkey-8.0", "I/O error writing to Primary: {error:Text}"],
			["valkey-8.0+", "I/O error writing to PRIMARY: {error:Text}"],
			["valkey-8.1+", "Dual channel replication: I/O error writing to Primary: {error:Text}"],
		],
		samples: ["4242:S 21 Nov 2026 10:00:00.000 # I/O error writing to MASTER: Broken pipe"],
	}),
	message("handshake.no-response", {
		emitter: "replica",
		weight: "cause",
		means:
			"An answer to PING, AUTH or REPLCONF could not be read; the attempt is dropped and repeated (replication.c, syncWithMaster).",
		wordings: [
			["redis-7.0.15+, valkey-7.2", "Master did not respond to command during SYNC handshake"],
			["valkey-8.0 to 8.1", "Primary did not respond to command during SYNC handshake"],
		],
		samples: [
			"10667:S 21 Nov 2026 20:30:18.251 # Master did not respond to command during SYNC handshake",
			"14311:S 21 Nov 2026 20:31:52.831 # Primary did not respond to command during SYNC handshake",
		],
	}),
	message("handshake.state-error", {
		emitter: "replica",
		weight: "context",
		means: "Internal error: the handshake is in a state it should not be in (replication.c, syncWithMaster).",
		wordings: [
			["2.8.22 to 8.0, valkey-7.2", "syncWithMaster(): state machine error, state should be RECEIVE_PSYNC but is {state:Int}"],
			["valkey-8.0+", "syncWithPrimary(): state machine error, state should be RECEIVE_PSYNC but is {state:Int}"],
			["redis-8.2+", "syncWithMaster(): state machine error, state should be RECEIVE_PSYNC_REPLY but is {state:Int}"],
		],
		samples: [
			"[4242] 21 Nov 10:00:00.000 # syncWithMaster(): state machine error, state should be RECEIVE_PSYNC but is 12",
		],
	}),
	message("handshake.event-error", {
		emitter: "replica",
		weight: "cause",
		means:
			"The event loop refused the read handler for the connection to the primary (replication.c, syncWithMaster).",
		wordings: [
			["2.6 to 5.0", "Can't create readable event for SYNC"],
			["2.6.8+", "Can't create readable event for SYNC: {error:Text} ({conn:Word})"],
			["valkey-8.1+", "Dual channel replication: Can't create readable event for SYNC: {error:Text} ({conn:Word})"],
			["valkey-9.0+", "Can't create readable event for Bio SYNC: {error:Text} ({conn:Word})"],
		],
		samples: [
			"[4242] 21 Nov 10:00:00.000 # Can't create readable event for SYNC",
			"4242:S 21 Nov 2026 10:00:00.000 # Can't create readable event for Bio SYNC: Numerical result out of range (fd=12)",
		],
	}),
] as const;

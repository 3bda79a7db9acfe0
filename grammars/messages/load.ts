import { message } from "../message.ts";

/** The replica loads the snapshot it received, and what becomes of its data. */
export const load = [
	message("load.flush", {
		emitter: "replica",
		weight: "progress",
		means:
			"The old data set goes. Up to Redis 7.4 and Valkey 9.0 this comes before the line about loading, in Redis 8 after it, in Valkey 9.1 as soon as the header of the RDB has been checked (replication.c, readSyncBulkPayload).",
		wordings: [
			["2.8.3 to 4.0", "MASTER <-> SLAVE sync: Flushing old data"],
			["redis-5.0+, valkey-7.2", "MASTER <-> REPLICA sync: Flushing old data"],
			["valkey-8.0 to 9.0", "PRIMARY <-> REPLICA sync: Flushing old data"],
			["valkey-9.1+", "RDB signature and version check passed. Flushing old data"],
		],
		samples: [
			"16691:S 21 Nov 20:33:10.371 * MASTER <-> SLAVE sync: Flushing old data",
			"19833:S 21 Nov 2026 20:39:14.534 * MASTER <-> REPLICA sync: Flushing old data",
			"14330:S 21 Nov 2026 20:31:52.808 * PRIMARY <-> REPLICA sync: Flushing old data",
			"20007:S 21 Nov 2026 20:40:36.809 * RDB signature and version check passed. Flushing old data",
		],
	}),
	message("load.start", {
		emitter: "replica",
		weight: "progress",
		means:
			"The replica begins to load the snapshot, which for a load from the socket is also when the bytes travel (replication.c, readSyncBulkPayload).",
		wordings: [
			["2.6 to 4.0", "MASTER <-> SLAVE sync: Loading DB in memory"],
			["redis-5.0+, valkey-7.2", "MASTER <-> REPLICA sync: Loading DB in memory"],
			["valkey-8.0+", "PRIMARY <-> REPLICA sync: Loading DB in memory"],
		],
		samples: [
			"16691:S 21 Nov 20:33:10.371 * MASTER <-> SLAVE sync: Loading DB in memory",
			"19833:S 21 Nov 2026 20:39:14.534 * MASTER <-> REPLICA sync: Loading DB in memory",
			"20007:S 21 Nov 2026 20:40:36.809 * PRIMARY <-> REPLICA sync: Loading DB in memory",
		],
	}),
	message("load.done", {
		emitter: "replica",
		weight: "verdict",
		means:
			"The full resync is complete: the data is loaded, and ID and offset of the primary are adopted. Over two channels the buffered commands may still have to be applied (replication.c, readSyncBulkPayload).",
		wordings: [
			["2.6 to 4.0", "MASTER <-> SLAVE sync: Finished with success"],
			["redis-5.0+, valkey-7.2", "MASTER <-> REPLICA sync: Finished with success"],
			["valkey-8.0+", "PRIMARY <-> REPLICA sync: Finished with success"],
		],
		samples: [
			"16691:S 21 Nov 20:33:10.372 * MASTER <-> SLAVE sync: Finished with success",
			"19833:S 21 Nov 2026 20:39:14.535 * MASTER <-> REPLICA sync: Finished with success",
			"20007:S 21 Nov 2026 20:40:36.810 * PRIMARY <-> REPLICA sync: Finished with success",
		],
	}),
	message("load.failed", {
		emitter: "replica",
		weight: "cause",
		means:
			"The snapshot was received but could not be loaded. The line before it has the reason (replication.c, readSyncBulkPayload).",
		wordings: [
			["2.6 to 6.2", "Failed trying to load the MASTER synchronization DB from disk"],
			["7.0", "Failed trying to load the MASTER synchronization DB from disk: {error:Text}"],
			["redis-7.2+, valkey-7.2", "Failed trying to load the MASTER synchronization DB from disk, check server logs."],
			["valkey-8.0+", "Failed trying to load the PRIMARY synchronization DB from disk, check server logs."],
			["6.0 to 6.2", "Failed trying to load the MASTER synchronization DB from socket"],
			["6.0.20, 7.0", "Failed trying to load the MASTER synchronization DB from socket: {error:Text}"],
			["redis-7.2+, valkey-7.2", "Failed trying to load the MASTER synchronization DB from socket, check server logs."],
			["valkey-8.0+", "Failed trying to load the PRIMARY synchronization DB from socket, check server logs."],
			["valkey-9.0+", "Failed to load RDB"],
		],
		samples: [
			"4163:S 21 Nov 2026 20:27:10.415 # Failed trying to load the MASTER synchronization DB from disk",
			"8980:S 21 Nov 2026 20:29:19.324 # Failed trying to load the MASTER synchronization DB from disk: Invalid argument",
			"10506:S 21 Nov 2026 20:30:07.708 # Failed trying to load the MASTER synchronization DB from disk, check server logs.",
		],
	}),
	message("load.eof-broken", {
		emitter: "replica",
		weight: "cause",
		means:
			"The mark behind a streamed snapshot is wrong: the stream is damaged, or something got into it (replication.c, readSyncBulkPayload).",
		wordings: [["6.0+", "Replication stream EOF marker is broken"]],
		samples: ["4242:S 21 Nov 2026 10:00:00.000 # Replication stream EOF marker is broken"],
	}),
	message("load.discard-half", {
		emitter: "replica",
		weight: "cause",
		means:
			"How a failed load ends: the new part is thrown away, or the old data set stays (replication.c, readSyncBulkPayload).",
		wordings: [
			["valkey-8.0+", "PRIMARY <-> REPLICA sync: Discarding the half-loaded data"],
			["redis-7.0+, valkey-7.2", "MASTER <-> REPLICA sync: Discarding temporary DB in background"],
			["valkey-8.0+", "PRIMARY <-> REPLICA sync: Discarding temporary DB in background"],
			["valkey-9.1+", "PRIMARY <-> REPLICA sync: Skipping flush, no new data was loaded."],
			["valkey-9.1+", "PRIMARY <-> REPLICA sync: RDB version or signature incompatible, old data preserved"],
		],
		samples: ["4242:S 21 Nov 2026 10:00:00.000 * PRIMARY <-> REPLICA sync: Discarding the half-loaded data"],
	}),
	message("load.swap", {
		emitter: "replica",
		weight: "progress",
		means:
			"With repl-diskless-load swapdb the loaded data set takes the place of the old one, which is freed in the background (replication.c, readSyncBulkPayload).",
		wordings: [
			["redis-7.0+, valkey-7.2", "MASTER <-> REPLICA sync: Swapping active DB with loaded DB"],
			["valkey-8.0+", "PRIMARY <-> REPLICA sync: Swapping active DB with loaded DB"],
			["redis-7.0+, valkey-7.2", "MASTER <-> REPLICA sync: Discarding old DB in background"],
			["valkey-8.0+", "PRIMARY <-> REPLICA sync: Discarding old DB in background"],
		],
		samples: ["4242:S 21 Nov 2026 10:00:00.000 * MASTER <-> REPLICA sync: Swapping active DB with loaded DB"],
	}),
	message("load.skip-diskless", {
		emitter: "replica",
		weight: "context",
		means:
			"A loaded module forbids loading straight from the socket, so the snapshot is stored first (replication.c, useDisklessLoad).",
		wordings: [
			["6.0+", "Skipping diskless-load because there are modules that don't handle read errors."],
			["7.0+", "Skipping diskless-load because there are modules that are not aware of async replication."],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # Skipping diskless-load because there are modules that don't handle read errors.",
		],
	}),
	message("load.aof-restart", {
		emitter: "replica",
		weight: "context",
		means:
			"The AOF is switched on again after a full resync or a promotion. Valkey 9.1 can take the received RDB as its base; otherwise a rewrite follows (replication.c, readSyncBulkPayload).",
		wordings: [
			["redis-8.0+", "MASTER <-> REPLICA sync: Starting AOF after a successful sync"],
			["redis-8.0+", "Restarting AOF after becoming master"],
			["valkey-9.1+", "Reused RDB file from primary sync as AOF base file: {file:Text}"],
		],
		samples: [
			"12596:S 21 Nov 2026 20:31:13.382 * MASTER <-> REPLICA sync: Starting AOF after a successful sync",
			"16074:S 21 Nov 2026 20:32:50.775 * Reused RDB file from primary sync as AOF base file: appendonly.aof.2.base.rdb",
		],
	}),
	message("load.aof-restart-failed", {
		emitter: "replica",
		weight: "cause",
		means:
			"The AOF could not be switched on again after a full resync. When it fails too often the server exits (replication.c, restartAOFAfterSYNC).",
		wordings: [
			["2.6 to 2.6.9", "Failed enabling the AOF after successful master synchrnization! Trying it again in one second."],
			["2.6.10 to 7.4, valkey-7.2", "Failed enabling the AOF after successful master synchronization! Trying it again in one second."],
			["valkey-8.0+", "Failed enabling the AOF after successful primary synchronization! Trying it again in one second."],
			["redis-8.0+", "Failed to enable AOF! Trying it again in one second."],
			["2.6 to 4.0", "FATAL: this slave instance finished the synchronization with its master, but the AOF can't be turned on. Exiting now."],
			["5.0 to 7.4, valkey-7.2", "FATAL: this replica instance finished the synchronization with its master, but the AOF can't be turned on. Exiting now."],
			["valkey-8.0+", "FATAL: this replica instance finished the synchronization with its primary, but the AOF can't be turned on. Exiting now."],
			["redis-8.0+", "FATAL: AOF can't be turned on. Exiting now."],
		],
		samples: [
			"[4242] 21 Nov 10:00:00.000 # Failed enabling the AOF after successful master synchrnization! Trying it again in one second.",
			"4242:S 21 Nov 2026 10:00:00.000 # FATAL: AOF can't be turned on. Exiting now.",
		],
	}),
] as const;

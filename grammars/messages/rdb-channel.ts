import { message } from "../message.ts";

/** Full resyncs over two connections: what both kinds have in common, and the rdb channel of Redis 8. */
export const rdbChannel = [
	message("channel.required", {
		emitter: "primary",
		weight: "verdict",
		means:
			"The primary has just refused to continue, and grants the full resync over two connections. The next requests of this replica are part of it (replication.c, syncCommand).",
		wordings: [
			["redis-8.0+", "Replica {replica:Peer} is capable of rdb channel synchronization, and partial sync isn't possible. Full sync will continue with dedicated rdb channel."],
			["valkey-8.0", "Replica {replica:Peer} is capable of dual channel synchronization, and partial sync isn't possible. Full sync will continue with dedicated RDB channel."],
			["valkey-8.1+", "Dual channel replication: Replica {replica:Peer} is capable of dual channel synchronization, and partial sync isn't possible. Full sync will continue with dedicated RDB channel."],
		],
		samples: [
			"10382:M 21 Nov 2026 20:30:04.667 * Replica 127.0.0.1:22102 is capable of rdb channel synchronization, and partial sync isn't possible. Full sync will continue with dedicated rdb channel.",
			"14738:M 21 Nov 2026 20:32:05.450 * Replica 127.0.0.1:14891 is capable of dual channel synchronization, and partial sync isn't possible. Full sync will continue with dedicated RDB channel.",
			"13190:M 21 Nov 2026 20:10:05.715 * Dual channel replication: Replica 127.0.0.1:22002 is capable of dual channel synchronization, and partial sync isn't possible. Full sync will continue with dedicated RDB channel.",
		],
	}),
	message("channel.initialize", {
		emitter: "replica",
		weight: "verdict",
		means:
			"The replica is granted a full resync with a connection of its own for the RDB. The usual line with ID and offset will not come (replication.c, slaveTryPartialResynchronization).",
		wordings: [
			["redis-8.0+, valkey-8.0", "PSYNC is not possible, initialize RDB channel."],
			["valkey-8.1+", "Dual channel replication: PSYNC is not possible, initialize RDB channel."],
		],
		samples: [
			"10392:S 21 Nov 2026 20:30:04.667 * PSYNC is not possible, initialize RDB channel.",
			"13201:S 21 Nov 2026 20:10:05.715 * Dual channel replication: PSYNC is not possible, initialize RDB channel.",
		],
	}),
	message("channel.buffer-limit", {
		emitter: "replica",
		weight: "cause",
		means:
			"The replica's local buffer for the stream is full. From here on the rest piles up on the primary (replication.c, bufferReplData).",
		wordings: [
			["redis-8.0+", "Replication buffer limit has been reached ({limit:Bytes} bytes), stopped buffering replication stream. Further accumulation may occur on master side."],
			["valkey-8.0", "Replication buffer limit reached, stopping buffering."],
			["valkey-8.1 to 9.0", "Dual channel replication: Replication buffer limit reached, stopping buffering."],
			["valkey-9.1+", "Dual channel replication: Replication buffer limit reached ({limit:Bytes} bytes), stopping buffering. Further accumulation will occur on primary side."],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 * Replication buffer limit has been reached (268435456 bytes), stopped buffering replication stream. Further accumulation may occur on master side.",
		],
	}),
	message("channel.streamed", {
		emitter: "replica",
		weight: "progress",
		means:
			"The commands buffered during the load are applied: the full resync over two connections is complete (replication.c, rdbChannelStreamReplDataToDb).",
		wordings: [
			["redis-8.0+", "MASTER <-> REPLICA sync: Successfully streamed replication buffer into the db ({bytes:Bytes} bytes in total)"],
			["valkey-8.0", "Successfully streamed replication data into memory"],
			["valkey-8.1+", "Dual channel replication: Successfully streamed replication data into memory"],
		],
		samples: [
			"10392:S 21 Nov 2026 20:30:04.672 * MASTER <-> REPLICA sync: Successfully streamed replication buffer into the db (0 bytes in total)",
			"14742:S 21 Nov 2026 20:32:05.463 * Successfully streamed replication data into memory",
			"13201:S 21 Nov 2026 20:10:06.727 * Dual channel replication: Successfully streamed replication data into memory",
		],
	}),
	message("channel.stream-failed", {
		emitter: "replica",
		weight: "cause",
		means:
			"The connection to the primary went away, or could not be revived, while the buffered commands were applied (replication.c, rdbChannelStreamReplDataToDb).",
		wordings: [
			["redis-8.0+", "Master client was freed while streaming accumulated replication data to db."],
			["valkey-8.0", "Failed to stream local replication buffer into memory"],
			["valkey-8.1+", "Dual channel replication: Failed to stream local replication buffer into memory"],
			["redis-8.0+", "Can't create readable event for master client: {error:Text}"],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # Master client was freed while streaming accumulated replication data to db.",
		],
	}),
	message("channel.capability-ignored", {
		emitter: "primary",
		weight: "context",
		means:
			"The replica is able to use two connections, but with diskless sync off the primary serves it over one (replication.c, replconfCommand).",
		wordings: [["valkey-9.1+", "Dual channel capability ignored: repl-diskless-sync disabled"]],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 * Dual channel capability ignored: repl-diskless-sync disabled",
		],
	}),
	message("rdbchannel.bad-syntax", {
		emitter: "replica",
		weight: "cause",
		means:
			"The answer that grants an rdb-channel sync could not be parsed (replication.c, slaveTryPartialResynchronization).",
		wordings: [["redis-8.0+", "Master replied with wrong +RDBCHANNELSYNC syntax: {reply:Text}"]],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # Master replied with wrong +RDBCHANNELSYNC syntax: +RDBCHANNELSYNC",
		],
	}),
	message("rdbchannel.deliver-start", {
		emitter: "primary",
		weight: "progress",
		means:
			"The snapshot has begun, and the main connection of the replica gets the stream of commands beside it (replication.c, replicationSetupSlaveForFullResync).",
		wordings: [["redis-8.0+", "Starting to deliver RDB and replication stream to replica: {replica:Peer}"]],
		samples: [
			"10382:M 21 Nov 2026 20:30:04.667 * Starting to deliver RDB and replication stream to replica: 127.0.0.1:22102",
		],
	}),
	message("rdbchannel.no-main-channel", {
		emitter: "primary",
		weight: "cause",
		means:
			"When the snapshot began the main connection of the replica was gone: this sync cannot succeed (replication.c, replicationSetupSlaveForFullResync).",
		wordings: [
			["redis-8.0+", "Starting to deliver RDB to replica {replica:Peer} but it has no associated main channel"],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # Starting to deliver RDB to replica 10.20.0.12:6380 but it has no associated main channel",
		],
	}),
	message("rdbchannel.receive-start", {
		emitter: "replica",
		weight: "progress",
		means:
			"The replica read +FULLRESYNC on the rdb channel: snapshot and stream come side by side. It stands in for the line with ID and offset (replication.c, rdbChannelHandleFullresyncReply).",
		wordings: [["redis-8.0+", "Starting to receive RDB and replication stream in parallel."]],
		samples: [
			"10392:S 21 Nov 2026 20:30:04.668 * Starting to receive RDB and replication stream in parallel.",
		],
	}),
	message("rdbchannel.handshake-error", {
		emitter: "replica",
		weight: "cause",
		means:
			"The second connection failed in its handshake; the wording tells at which step (replication.c, rdbChannelFullSyncWithMaster).",
		wordings: [
			["redis-8.0+", "Error sending AUTH to master in rdb channel replication handshake: {error:Text}"],
			["redis-8.0+", "Error sending REPLCONF command to master in rdb channel handshake: {error:Text}"],
			["redis-8.0+", "Master did not respond to auth command during rdb channel handshake"],
			["redis-8.0+", "Master did not respond to replconf command during rdb channel handshake"],
			["redis-8.0+", "Master replied error to replconf: {error:Text}"],
			["redis-8.0+", "Received unexpected psync reply: {error:Text}"],
			["redis-8.0+", "Error condition on socket for rdb channel replication: {error:Text}"],
			["redis-8.0+", "Can't set read handler for main channel: {error:Text}"],
			["redis-8.0+", "Can't create readable event for rdb channel connection: {error:Text} ({conn:Word})"],
			["redis-8.0+", "rdb channel sync failed with error: {error:Text}"],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # Error sending AUTH to master in rdb channel replication handshake: Writing to master: Broken pipe",
		],
	}),
	message("rdbchannel.empty-reply", {
		emitter: "replica",
		weight: "context",
		means:
			"A newline that keeps the rdb channel alive, at debug level (replication.c, rdbChannelHandleFullresyncReply).",
		wordings: [["redis-8.0+", "Received empty psync reply"]],
		samples: ["4242:S 21 Nov 2026 10:00:00.000 . Received empty psync reply"],
	}),
	message("rdbchannel.main-error", {
		emitter: "replica",
		weight: "cause",
		means:
			"The main connection failed while the snapshot was being received or loaded (replication.c, rdbChannelReadIntoBuf).",
		wordings: [["redis-8.0+", "Main channel error while reading from master: {error:Text}"]],
		samples: ["10671:S 21 Nov 2026 20:30:50.204 # Main channel error while reading from master: Success"],
	}),
	message("rdbchannel.stream-start", {
		emitter: "replica",
		weight: "progress",
		means:
			"The snapshot is loaded, and the buffered commands are about to be applied (replication.c, rdbChannelStreamReplDataToDb).",
		wordings: [
			["redis-8.0+", "MASTER <-> REPLICA sync: Starting to stream replication buffer into the db ({bytes:Bytes} bytes)."],
		],
		samples: [
			"10392:S 21 Nov 2026 20:30:04.672 * MASTER <-> REPLICA sync: Starting to stream replication buffer into the db (0 bytes).",
		],
	}),
	message("rdbchannel.aborted", {
		emitter: "replica",
		weight: "cause",
		means:
			"The rdb-channel sync is given up. A load from disk that already runs goes on to its end, and a PSYNC from there follows (replication.c, rdbChannelAbort).",
		wordings: [
			["redis-8.0+", "Aborting rdb channel sync"],
			["redis-8.0+", "Aborting rdb channel sync while loading the RDB."],
			["redis-8.0+", "After loading RDB, replica will try psync with master."],
		],
		samples: ["10671:S 21 Nov 2026 20:30:50.204 * Aborting rdb channel sync"],
	}),
] as const;

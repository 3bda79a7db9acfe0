import { message } from "../message.ts";

/** Full resyncs over two connections: the dual channel of Valkey 8.0 and later. */
export const dualChannel = [
	message("dualchannel.endoffset-sent", {
		emitter: "primary",
		weight: "progress",
		means:
			"Just before the fork the primary tells the replica at which offset the snapshot ends, and which client the RDB connection is (replication.c, sendCurrentOffsetToReplica).",
		wordings: [
			["valkey-8.0", "Sending to replica {replica:Peer} RDB end offset {offset:Offset} and client-id {clientId:Int}"],
			["valkey-8.1+", "Dual channel replication: Sending to replica {replica:Peer} RDB end offset {offset:Offset} and client-id {clientId:Int}"],
		],
		samples: [
			"14738:M 21 Nov 2026 20:32:05.451 * Sending to replica 127.0.0.1:14891 RDB end offset 0 and client-id 6",
			"13190:M 21 Nov 2026 20:10:05.715 * Dual channel replication: Sending to replica 127.0.0.1:22002 RDB end offset 0 and client-id 6",
		],
	}),
	message("dualchannel.main-psync-request", {
		emitter: "replica",
		weight: "progress",
		means:
			"The main connection asks to continue from the end of the snapshot. That is a step of a full resync, not a partial one (replication.c, replicaTryPartialResynchronization).",
		wordings: [
			["valkey-8.0", "Trying a partial resynchronization using main channel (request {replid:ReplId}:{offset:Offset})."],
			["valkey-8.1+", "Dual channel replication: Trying a partial resynchronization using main channel (request {replid:ReplId}:{offset:Offset})."],
			// The offset as people mask it in pastes.
			["valkey-8.0", "Trying a partial resynchronization using main channel (request {replid:ReplId}:{maskedOffset:Word})."],
			["valkey-8.1+", "Dual channel replication: Trying a partial resynchronization using main channel (request {replid:ReplId}:{maskedOffset:Word})."],
		],
		samples: [
			"14742:S 21 Nov 2026 20:32:05.451 * Trying a partial resynchronization using main channel (request 53692246f94f4c678f85f9564a4d1e4cba7abac5:1).",
			"13201:S 21 Nov 2026 20:10:05.718 * Dual channel replication: Trying a partial resynchronization using main channel (request 8032ed7576a1a629a566408530f36da43e557892:1).",
		],
	}),
	message("dualchannel.main-psync-ok", {
		emitter: "replica",
		weight: "progress",
		means:
			"The main connection was accepted, during the load or after it. That is a step of a full resync, not a partial one (replication.c, dualChannelReplMainConnRecvPsyncReply).",
		wordings: [
			["valkey-8.0", "Primary <-> REPLICA sync: Primary accepted a Partial Resynchronization{suffix:Text}"],
			["valkey-8.1+", "Dual channel replication: PRIMARY <-> REPLICA sync: Primary accepted a Partial Resynchronization{suffix:Text}"],
		],
		samples: [
			"14742:S 21 Nov 2026 20:32:05.451 * Primary <-> REPLICA sync: Primary accepted a Partial Resynchronization, RDB load in background.",
			"13201:S 21 Nov 2026 20:10:05.718 * Dual channel replication: PRIMARY <-> REPLICA sync: Primary accepted a Partial Resynchronization.",
		],
	}),
	message("dualchannel.rdb-disconnected", {
		emitter: "primary",
		weight: "progress",
		means:
			"The RDB connection of the replica is closed, as it should be at the end of a transfer (networking.c, freeClient).",
		wordings: [
			["valkey-8.0", "Replica {replica:Peer} rdb channel disconnected."],
			["valkey-8.1+", "Dual channel replication: Replica {replica:Peer} rdb channel disconnected."],
		],
		samples: [
			"14738:M 21 Nov 2026 20:32:05.463 * Replica 127.0.0.1:14891 rdb channel disconnected.",
			"13190:M 21 Nov 2026 20:10:05.753 * Dual channel replication: Replica 127.0.0.1:22002 rdb channel disconnected.",
		],
	}),
	message("dualchannel.grace", {
		emitter: "primary",
		weight: "cause",
		means:
			"The RDB connection closed before the main one asked to continue. The primary holds the place in its backlog for a grace period and then lets it go (networking.c, freeClientsInAsyncFreeQueue).",
		wordings: [
			["valkey-8.0", "Postpone RDB client id={clientId:Int} ({replica:Peer}) free for {seconds:Seconds} seconds"],
			["valkey-8.1+", "Dual channel replication: Postpone RDB client id={clientId:Int} ({replica:Peer}) free for {seconds:Seconds} seconds"],
			["valkey-8.0", "Replica main channel failed to establish PSYNC within the grace period ({seconds:Seconds} seconds). Freeing RDB client {clientId:Int}."],
			["valkey-8.1+", "Dual channel replication: Replica main channel failed to establish PSYNC within the grace period ({seconds:Seconds} seconds). Freeing RDB client {clientId:Int}."],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 - Postpone RDB client id=57 (10.20.0.12:6380) free for 60 seconds",
			"4242:M 21 Nov 2026 10:00:00.000 * Dual channel replication: Replica main channel failed to establish PSYNC within the grace period (60 seconds). Freeing RDB client 57.",
		],
	}),
	message("dualchannel.aborted", {
		emitter: "replica",
		weight: "cause",
		means:
			"The dual-channel sync is given up; the longer wordings give the result of PSYNC on the main connection (replication.c, replicationAbortDualChannelSyncTransfer).",
		wordings: [
			["valkey-8.0", "Aborting dual channel sync"],
			["valkey-8.1+", "Dual channel replication: Aborting dual channel sync"],
			["valkey-8.0", "Aborting dual channel sync. Write error."],
			["valkey-8.1+", "Dual channel replication: Aborting dual channel sync. Write error."],
			["valkey-8.0", "Aborting dual channel sync. Main channel psync result {result:Int}"],
			["valkey-8.1+", "Dual channel replication: Aborting dual channel sync. Main channel psync result {result:Int} {reason:Text}"],
			["valkey-8.0.3+", "Dual channel sync failed with error {reason:Text}"],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 * Aborting dual channel sync",
			"4242:S 21 Nov 2026 10:00:00.000 # Dual channel replication: Aborting dual channel sync. Main channel psync result 5 PSYNC_TRY_LATER",
		],
	}),
	message("dualchannel.handshake-error", {
		emitter: "replica",
		weight: "cause",
		means:
			"The RDB connection failed in its handshake, or the main one when it came back; the wording tells at which step (replication.c, dualChannelFullSyncWithPrimary).",
		wordings: [
			["valkey-8.0", "Error condition on socket for dual channel replication: {error:Text}"],
			["valkey-8.1+", "Dual channel replication: Error condition on socket for dual channel replication: {error:Text}"],
			["valkey-8.0", "Sending command to primary in dual channel replication handshake: {error:Text}"],
			["valkey-8.1+", "Dual channel replication: Sending command to primary in dual channel replication handshake: {error:Text}"],
			["valkey-8.0", "Primary did not respond to auth command during SYNC handshake"],
			["valkey-8.1+", "Dual channel replication: Primary did not respond to auth command during SYNC handshake"],
			["valkey-8.0", "Primary did not respond to replconf command during SYNC handshake"],
			["valkey-8.1+", "Dual channel replication: Primary did not respond to replconf command during SYNC handshake"],
			["valkey-9.1+", "Dual channel replication: Primary did not respond to REPLCONF ip-address command during SYNC handshake"],
			["valkey-9.1+", "Dual channel replication: Primary rejected REPLCONF ip-address: {error:Text}"],
			["valkey-8.0", "Server does not support sync with offset, dual channel sync approach cannot be used: {error:Text}"],
			["valkey-8.1+", "Dual channel replication: Server does not support sync with offset, dual channel sync approach cannot be used: {error:Text}"],
			["valkey-8.0", "Received unexpected $ENDOFF response: {error:Text}"],
			["valkey-8.1+", "Dual channel replication: Received unexpected $ENDOFF response: {error:Text}"],
			["valkey-8.0", "Primary does not understand REPLCONF identify: {error:Text}"],
			["valkey-8.1+", "Dual channel replication: Primary does not understand REPLCONF identify: {error:Text}"],
			["valkey-8.0", "Error while setting readable handler: {error:Text}"],
			["valkey-8.1+", "Dual channel replication: Error while setting readable handler: {error:Text}"],
			["valkey-8.0", "Can't clear main connection handler: {error:Text} ({conn:Word})"],
			["valkey-8.1+", "Dual channel replication: Can't clear main connection handler: {error:Text} ({conn:Word})"],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # Error condition on socket for dual channel replication: Connection refused",
		],
	}),
	message("dualchannel.provisional-closed", {
		emitter: "replica",
		weight: "cause",
		means:
			"During the load of the RDB the main connection went away, and the load is aborted. The reason is usually on the primary (replication.c, readIntoReplDataBlock).",
		wordings: [
			["valkey-8.0", "Provisional primary closed connection"],
			["valkey-8.1+", "Dual channel replication: Provisional primary closed connection"],
			["valkey-8.0 to 8.0.1", "Error reading from primary: {error:Text}"],
		],
		samples: ["4242:S 21 Nov 2026 10:00:00.000 - Provisional primary closed connection"],
	}),
	message("dualchannel.debug", {
		emitter: "both",
		weight: "context",
		means:
			"Book-keeping about which RDB connection belongs to which main one, at debug level (replication.c, addRdbReplicaToPsyncWait).",
		wordings: [
			["valkey-8.0", "Add rdb replica {replica:Peer} to waiting psync, with cid {clientId:Int}, {tracking:Text}"],
			["valkey-8.1+", "Dual channel replication: Add rdb replica {replica:Peer} to waiting psync, with cid {clientId:Int}, {tracking:Text}"],
			["valkey-8.0", "Attach replica rdb client {clientId:Int} to repl buf block"],
			["valkey-8.1+", "Dual channel replication: Attach replica rdb client {clientId:Int} to repl buf block"],
			["valkey-8.0", "Remove psync waiting replica {replica:Peer} with cid {clientId:Int}, repl buffer block {tracking:Text}"],
			["valkey-8.1+", "Dual channel replication: Remove psync waiting replica {replica:Peer} with cid {clientId:Int}, repl buffer block {tracking:Text}"],
			["valkey-8.0", "Remove psync waiting replica {replica:Peer} with cid {clientId:Int} from replicas rax."],
			["valkey-8.1+", "Dual channel replication: Remove psync waiting replica {replica:Peer} with cid {clientId:Int} from replicas rax."],
			["valkey-8.0", "Received first reply from primary using rdb connection."],
			["valkey-8.1+", "Dual channel replication: Received first reply from primary using rdb connection."],
			["valkey-8.0", "Received empty $ENDOFF response"],
			["valkey-8.1+", "Dual channel replication: Received empty $ENDOFF response"],
			["valkey-8.0", "Dual channel sync - psync established after rdb load"],
			["valkey-8.1+", "Dual channel replication: Psync established after rdb load"],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 . Add rdb replica 10.20.0.12:6380 to waiting psync, with cid 57, tracking repl-backlog tail",
			"4242:M 21 Nov 2026 10:00:00.000 . Dual channel replication: Attach replica rdb client 57 to repl buf block",
		],
	}),
] as const;

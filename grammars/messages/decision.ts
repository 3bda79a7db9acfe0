import { message } from "../message.ts";

/** The primary's side of PSYNC: who asks, and whether the history can be continued. */
export const decision = [
	message("sync.requested", {
		emitter: "primary",
		weight: "progress",
		means:
			"A SYNC or PSYNC command of this replica passed the first checks, and a resync begins on the primary. A sync over two channels prints it again for the second connection, Valkey once more for the main one (replication.c, syncCommand).",
		wordings: [
			["2.6", "Slave ask for synchronization"],
			["2.8 to 2.8.17", "Slave asks for synchronization"],
			["2.8.18 to 4.0", "Slave {replica:Peer} asks for synchronization"],
			["5.0+", "Replica {replica:Peer} asks for synchronization"],
			// The address is gone in pastes, here and below.
			["5.0+, in pastes", "Replica asks for synchronization"],
		],
		samples: [
			"16682:M 21 Nov 20:33:10.331 * Slave 127.0.0.1:22102 asks for synchronization",
			"19781:M 21 Nov 2026 20:39:00.510 * Replica 127.0.0.1:22304 asks for synchronization",
			"18760:M 21 Nov 2026 20:35:51.671 * Replica 127.0.0.1:<unknown-replica-port> asks for synchronization",
		],
	}),
	message("sync.requested.bad-offset", {
		emitter: "primary",
		weight: "cause",
		means:
			"The offset argument of PSYNC is no number. The client gets an error and no sync starts; no server sends such a thing (replication.c, syncCommand).",
		wordings: [["6.2.14+", "Replica {replica:Peer} asks for synchronization but with a wrong offset"]],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # Replica 10.20.0.12:6380 asks for synchronization but with a wrong offset",
		],
	}),
	message("psync.accepted", {
		emitter: "primary",
		weight: "verdict",
		means:
			"The primary continues the replica's history from its backlog: a partial resync. In a Valkey dual-channel sync the main channel prints it too, and there it belongs to a full resync (replication.c, masterTryPartialResynchronization).",
		wordings: [
			["2.8 to 2.8.17", "Partial resynchronization request accepted. Sending {bytes:Bytes} bytes of backlog starting from offset {offset:Offset}."],
			["2.8.18+", "Partial resynchronization request from {replica:Peer} accepted. Sending {bytes:Bytes} bytes of backlog starting from offset {offset:Offset}."],
			["2.8.18+, in pastes", "Partial resynchronization request from accepted. Sending {bytes:Bytes} bytes of backlog starting from offset {offset:Offset}."],
		],
		samples: [
			"19833:M 21 Nov 2026 20:39:20.632 * Partial resynchronization request from 127.0.0.1:22304 accepted. Sending 0 bytes of backlog starting from offset 15.",
			"19625:M 21 Nov 2026 20:38:25.965 * Partial resynchronization request from 127.0.0.1:22202 accepted. Sending 291 bytes of backlog starting from offset 708.",
		],
	}),
	message("psync.rejected.replid-mismatch", {
		emitter: "primary",
		weight: "verdict",
		means:
			"The ID asked for is neither the primary's current replication ID nor its second one: another history, hence a full resync. A second ID of forty zeros means that there is none (replication.c, masterTryPartialResynchronization).",
		wordings: [
			["2.8", "Partial resynchronization not accepted: Runid mismatch (Client asked for '{requestedReplid:ReplId}', I'm '{myReplid:ReplId}')"],
			["3.0 to 3.2", "Partial resynchronization not accepted: Runid mismatch (Client asked for runid '{requestedReplid:ReplId}', my runid is '{myReplid:ReplId}')"],
			["4.0", "Partial resynchronization not accepted: Replication ID mismatch (Slave asked for '{requestedReplid:ReplId}', my replication IDs are '{myReplid:ReplId}' and '{myReplid2:ReplId}')"],
			["5.0+", "Partial resynchronization not accepted: Replication ID mismatch (Replica asked for '{requestedReplid:ReplId}', my replication IDs are '{myReplid:ReplId}' and '{myReplid2:ReplId}')"],
		],
		samples: [
			"[23750] 21 Nov 20:16:32.096 * Partial resynchronization not accepted: Runid mismatch (Client asked for '5a5f0107db1cd59dc4ba9422c615b645fd713508', I'm '4bb549fdf6f0170efe7c3391c9d349ff9aa255fb')",
			"16736:M 21 Nov 20:33:13.335 * Partial resynchronization not accepted: Replication ID mismatch (Slave asked for '02ec95bec1b51982610304b25be5d7595cdf66ae', my replication IDs are 'ef6a1a0234a0709956e9ccb8d678970737f9fcea' and '0000000000000000000000000000000000000000')",
			"19781:M 21 Nov 2026 20:39:00.510 * Partial resynchronization not accepted: Replication ID mismatch (Replica asked for '63f63534e57ed3ca00b9328252caebcd9a423436', my replication IDs are 'bc8e091629cdc0f2c072a20e98edf1e8d36750a5' and '0000000000000000000000000000000000000000')",
		],
	}),
	message("psync.rejected.second-offset", {
		emitter: "primary",
		weight: "verdict",
		means:
			"The ID asked for is the primary's former one, but the replica went on in that history past the point where the primary left it. A full resync drops what lies beyond (replication.c, masterTryPartialResynchronization).",
		wordings: [
			["4.0+", "Partial resynchronization not accepted: Requested offset for second ID was {requestedOffset:Offset}, but I can reply up to {secondReplOffset:Offset}"],
		],
		samples: [
			"18855:M 21 Nov 2026 20:36:18.597 * Partial resynchronization not accepted: Requested offset for second ID was 55, but I can reply up to 1",
			"21614:M 21 Nov 2026 20:15:29.338 * Partial resynchronization not accepted: Requested offset for second ID was 62059, but I can reply up to 61975",
		],
	}),
	message("psync.rejected.backlog", {
		emitter: "primary",
		weight: "verdict",
		means:
			"The history fits, but the backlog does not hold the offset asked for, or there is no backlog: a full resync. Valkey 9.1 adds the ID and, where a backlog exists, the range it can serve (replication.c, masterTryPartialResynchronization).",
		wordings: [
			["2.8 to 2.8.17", "Unable to partial resync with the slave for lack of backlog (Slave request was: {offset:Offset})."],
			["2.8.18 to 4.0", "Unable to partial resync with slave {replica:Peer} for lack of backlog (Slave request was: {offset:Offset})."],
			["2.8.18 to 4.0, in pastes", "Unable to partial resync with slave for lack of backlog (Slave request was: {offset:Offset})."],
			["redis-5.0+, valkey-7.2 to 9.0", "Unable to partial resync with replica {replica:Peer} for lack of backlog (Replica request was: {offset:Offset})."],
			["redis-5.0+, valkey-7.2 to 9.0, in pastes", "Unable to partial resync with replica for lack of backlog (Replica request was: {offset:Offset})."],
			["valkey-9.1+", "Unable to partial resync with replica {replica:Peer} for lack of backlog (Replica request was: {replid:ReplId}:{offset:Offset})."],
			["valkey-9.1+", "Unable to partial resync with replica {replica:Peer} for lack of backlog (Replica request was {replid:ReplId}:{offset:Offset}, and I can only reply with the range [{backlogFirst:Offset}, {backlogLast:Offset}])."],
		],
		samples: [
			"16736:M 21 Nov 20:33:22.654 * Unable to partial resync with slave 127.0.0.1:22102 for lack of backlog (Slave request was: 1).",
			"18578:M 21 Nov 2026 20:35:01.074 * Unable to partial resync with replica 127.0.0.1:22102 for lack of backlog (Replica request was: 1).",
			"13776:M 21 Nov 2026 20:31:50.043 * Unable to partial resync with replica 127.0.0.1:22102 for lack of backlog (Replica request was 068c2decc805f8855fdc96bca5f7952036923dd7:79, and I can only reply with the range [11976719, 12000501]).",
		],
	}),
	message("psync.rejected.ahead", {
		emitter: "primary",
		weight: "cause",
		means:
			"Second line of a rejection for lack of backlog, when the offset asked for lies beyond the primary's own: the primary may have gone back in time. Without any backlog a replica that misses nothing looks the same (replication.c, masterTryPartialResynchronization).",
		wordings: [
			["2.8 to 2.8.17", "Warning: slave tried to PSYNC with an offset that is greater than the master replication offset."],
			["2.8.18 to 4.0", "Warning: slave {replica:Peer} tried to PSYNC with an offset that is greater than the master replication offset."],
			["redis-5.0+, valkey-7.2", "Warning: replica {replica:Peer} tried to PSYNC with an offset that is greater than the master replication offset."],
			["redis-5.0+, valkey-7.2, in pastes", "Warning: replica tried to PSYNC with an offset that is greater than the master replication offset."],
			["valkey-8.0 to 9.0", "Warning: replica {replica:Peer} tried to PSYNC with an offset that is greater than the primary replication offset."],
			["valkey-9.1+", "Warning: replica {replica:Peer} tried to PSYNC with an offset ({offset:Offset}) that is greater than the primary replication offset ({primaryOffset:Offset})"],
		],
		samples: [
			"[24148] 21 Nov 20:16:46.556 # Warning: slave 127.0.0.1:22004 tried to PSYNC with an offset that is greater than the master replication offset.",
		],
	}),
	message("fullresync.requested", {
		emitter: "primary",
		weight: "verdict",
		means:
			"The replica sent ? for an ID, so there was nothing to decide: a full resync. Redis 8 marks the request on the second connection of an rdb-channel sync (replication.c, masterTryPartialResynchronization).",
		wordings: [
			["2.8 to 2.8.17", "Full resync requested by slave."],
			["2.8.18 to 4.0", "Full resync requested by slave {replica:Peer}"],
			["2.8.18 to 4.0, in pastes", "Full resync requested by slave"],
			["5.0+", "Full resync requested by replica {replica:Peer}"],
			["5.0+, in pastes", "Full resync requested by replica"],
			["redis-8.0+", "Full resync requested by replica {replica:Peer} ({channel:Word})"],
			// The server prints the bracketed words by "%s": whatever else stands there.
			["redis-8.0+", "Full resync requested by replica {replica:Peer} {channel:Word}"],
		],
		samples: [
			"16682:M 21 Nov 20:33:10.331 * Full resync requested by slave 127.0.0.1:22102",
			"19943:M 21 Nov 2026 20:40:21.753 * Full resync requested by replica 127.0.0.1:22305",
			"10382:M 21 Nov 2026 20:30:04.667 * Full resync requested by replica 127.0.0.1:22102 (rdb-channel)",
		],
	}),
	message("psync.backlog-debug", {
		emitter: "primary",
		weight: "context",
		means:
			"The arithmetic behind an accepted request, at debug level: size and first byte of the backlog, its history, and what is skipped (replication.c, addReplyReplicationBacklog).",
		wordings: [
			["2.8 to 4.0", "[PSYNC] Slave request offset: {value:Offset}"],
			["5.0+", "[PSYNC] Replica request offset: {value:Offset}"],
			["2.8+", "[PSYNC] Backlog history len is zero"],
			["2.8+", "[PSYNC] Backlog size: {value:Offset}"],
			["2.8+", "[PSYNC] First byte: {value:Offset}"],
			["2.8+", "[PSYNC] History len: {value:Offset}"],
			["2.8 to 6.2", "[PSYNC] Current index: {value:Offset}"],
			["2.8+", "[PSYNC] Skipping: {value:Offset}"],
			["2.8 to 6.2", "[PSYNC] Index of first byte: {value:Offset}"],
			["2.8 to 6.2", "[PSYNC] Reply total length: {value:Offset}"],
			["2.8 to 6.2", "[PSYNC] addReply() length: {value:Offset}"],
		],
		samples: [
			"[1460] 21 Nov 20:25:22.818 . [PSYNC] Slave request offset: 2",
			"[1460] 21 Nov 20:25:22.818 . [PSYNC] Backlog size: 1048576",
			"[1460] 21 Nov 20:25:22.818 . [PSYNC] Skipping: 0",
			"[1460] 21 Nov 20:25:22.818 . [PSYNC] addReply() length: 14",
		],
	}),
] as const;

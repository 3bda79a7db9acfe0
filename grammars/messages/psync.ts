import { message } from "../message.ts";

/** The PSYNC question of a replica, and what it reads in the primary's answer. */
export const psync = [
	message("psync.request", {
		emitter: "replica",
		weight: "verdict",
		means:
			"The replica holds a cached primary and asks to continue that history. The offset is that of the next byte it has to get (replication.c, slaveTryPartialResynchronization).",
		wordings: [
			["2.8+", "Trying a partial resynchronization (request {replid:ReplId}:{offset:Offset})."],
			// The offset as people mask it in pastes.
			["2.8+", "Trying a partial resynchronization (request {replid:ReplId}:{maskedOffset:Word})."],
			// Cut short by hand.
			["2.8+, in pastes", "Trying a partial resynchronization (request {replid:ReplId}..."],
		],
		samples: [
			"19833:S 21 Nov 2026 20:39:14.531 * Trying a partial resynchronization (request 71bb64b4a135f1aaa0075825493e78f2642880b1:1).",
		],
	}),
	message("psync.impossible.no-cached-primary", {
		emitter: "replica",
		weight: "verdict",
		means:
			"The replica has no history to offer and sends PSYNC ? -1. The full resync that follows is its own choice, whatever the backlog of the primary holds (replication.c, slaveTryPartialResynchronization).",
		wordings: [
			["redis-2.8+, valkey-7.2", "Partial resynchronization not possible (no cached master)"],
			["valkey-8.0+", "Partial resynchronization not possible (no cached primary)"],
		],
		samples: [
			"21886:S 21 Nov 2026 20:52:59.498 * Partial resynchronization not possible (no cached master)",
			"19973:S 21 Nov 2026 20:40:21.757 * Partial resynchronization not possible (no cached primary)",
		],
	}),
	message("psync.send-failed", {
		emitter: "replica",
		weight: "cause",
		means:
			"The PSYNC command could not be written to the socket, and the handshake starts over (replication.c, slaveTryPartialResynchronization).",
		wordings: [
			["redis-2.8.22+, valkey-7.2", "Unable to send PSYNC to master: {error:Text}"],
			["valkey-8.0+", "Unable to send PSYNC to primary: {error:Text}"],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # Unable to send PSYNC to master: Connection reset by peer",
			"4242:S 21 Nov 2026 10:00:00.000 # Unable to send PSYNC to primary: Connection reset by peer",
		],
	}),
	message("psync.reply-missing", {
		emitter: "replica",
		weight: "cause",
		means:
			"No answer to PSYNC arrived before the read gave up or the connection ended. Nothing is decided: the cached primary stays, and the replica tries again (replication.c, slaveTryPartialResynchronization).",
		wordings: [
			["redis-7.0.15+, valkey-7.2", "Master did not reply to PSYNC, will try later"],
			["valkey-8.0+", "Primary did not reply to PSYNC, will try later"],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # Master did not reply to PSYNC, will try later",
			"4242:S 21 Nov 2026 10:00:00.000 # Primary did not reply to PSYNC, will try later",
		],
	}),
	message("psync.failed-read", {
		emitter: "replica",
		weight: "cause",
		means:
			"Reading an answer of the handshake failed, and the text says how: a timeout, a reset, the end of the stream (replication.c, receiveSynchronousResponse).",
		wordings: [["7.0.15+", "Failed to read response from the server: {error:Text}"]],
		samples: [
			"19983:S 21 Nov 2026 20:40:27.766 # Failed to read response from the server: Connection reset by peer",
		],
	}),
	message("psync.deferred", {
		emitter: "replica",
		weight: "verdict",
		means:
			"The primary cannot answer now (-NOMASTERLINK or -LOADING). That is no verdict: the state of the primary stays cached, and the replica asks again (replication.c, slaveTryPartialResynchronization).",
		wordings: [
			["redis-4.0+, valkey-7.2", "Master is currently unable to PSYNC but should be in the future: {reply:Text}"],
			["valkey-8.0+", "Primary is currently unable to PSYNC but should be in the future: {reply:Text}"],
		],
		samples: [
			"18165:S 21 Nov 20:34:01.059 * Master is currently unable to PSYNC but should be in the future: -NOMASTERLINK Can't SYNC while not connected with my master",
			"14524:S 21 Nov 2026 20:31:59.003 * Primary is currently unable to PSYNC but should be in the future: -NOMASTERLINK Can't SYNC while not connected with my master",
		],
	}),
	message("psync.continued", {
		emitter: "replica",
		weight: "verdict",
		means:
			"The replica read +CONTINUE and goes on from the state it had cached: a partial resync (replication.c, slaveTryPartialResynchronization).",
		wordings: [
			["redis-2.8+, valkey-7.2", "Successful partial resynchronization with master."],
			["valkey-8.0+", "Successful partial resynchronization with primary."],
		],
		samples: [
			"19833:S 21 Nov 2026 20:39:25.605 * Successful partial resynchronization with master.",
			"19963:S 21 Nov 2026 20:40:46.844 * Successful partial resynchronization with primary.",
		],
	}),
	message("sync.partial.done", {
		emitter: "replica",
		weight: "verdict",
		means:
			"Second line of a partial resync on the replica: the handshake has taken note of +CONTINUE (replication.c, syncWithMaster).",
		wordings: [
			["2.8 to 4.0", "MASTER <-> SLAVE sync: Master accepted a Partial Resynchronization."],
			["redis-5.0+, valkey-7.2", "MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization."],
			["valkey-8.0+", "PRIMARY <-> REPLICA sync: Primary accepted a Partial Resynchronization."],
		],
		samples: [
			"16841:S 21 Nov 20:33:33.077 * MASTER <-> SLAVE sync: Master accepted a Partial Resynchronization.",
			"19833:S 21 Nov 2026 20:39:25.605 * MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization.",
			"19963:S 21 Nov 2026 20:40:46.844 * PRIMARY <-> REPLICA sync: Primary accepted a Partial Resynchronization.",
		],
	}),
	message("replid.primary-changed", {
		emitter: "replica",
		weight: "cause",
		means:
			"+CONTINUE named another replication ID than the one asked for. The replica adopts it, keeps the former as its second ID and drops its own replicas; a failover or a restart of the primary lies in between (replication.c, slaveTryPartialResynchronization).",
		wordings: [
			["redis-4.0+, valkey-7.2", "Master replication ID changed to {replid:ReplId}"],
			["valkey-8.0+", "Primary replication ID changed to {replid:ReplId}"],
		],
		samples: [
			"19833:S 21 Nov 2026 20:39:25.605 * Master replication ID changed to f65740350b18c98dbbcd223b679e6ac41ac62290",
			"19963:S 21 Nov 2026 20:40:46.844 * Primary replication ID changed to 02f98e128e9ef8d7ed44b5c293e79d025b5e16e3",
		],
	}),
	message("fullresync.granted", {
		emitter: "replica",
		weight: "verdict",
		means:
			"The replica read +FULLRESYNC: the ID of the history it will receive, and the offset at which the snapshot was taken. A sync over two channels does not print it, nor does the fallback to SYNC (replication.c, slaveTryPartialResynchronization).",
		wordings: [
			["redis-2.8+, valkey-7.2", "Full resync from master: {replid:ReplId}:{offset:Offset}"],
			["valkey-8.0+", "Full resync from primary: {replid:ReplId}:{offset:Offset}"],
		],
		samples: [
			"19833:S 21 Nov 2026 20:39:14.533 * Full resync from master: 01d5206e5372d3679b6c49ff2027141e4b59b7e6:0",
			"20007:S 21 Nov 2026 20:40:35.809 * Full resync from primary: 959b07c5469aee5b662de9230cd34bc3a10f3910:14",
		],
	}),
	message("fullresync.bad-syntax", {
		emitter: "replica",
		weight: "cause",
		means:
			"The +FULLRESYNC answer held no whole replication ID. The replica blanks the ID it would have kept, so its next request cannot be continued either (replication.c, slaveTryPartialResynchronization).",
		wordings: [
			["redis-2.8+, valkey-7.2", "Master replied with wrong +FULLRESYNC syntax."],
			["valkey-8.0+", "Primary replied with wrong +FULLRESYNC syntax."],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # Master replied with wrong +FULLRESYNC syntax.",
			"4242:S 21 Nov 2026 10:00:00.000 # Primary replied with wrong +FULLRESYNC syntax.",
		],
	}),
	message("psync.reply-unexpected", {
		emitter: "replica",
		weight: "cause",
		means:
			"The answer to PSYNC is none that the replica knows, and SYNC comes next. Before 7.0 the cached primary is lost as well (replication.c, slaveTryPartialResynchronization).",
		wordings: [
			["redis-2.8+, valkey-7.2", "Unexpected reply to PSYNC from master: {reply:Text}"],
			["valkey-8.0+", "Unexpected reply to PSYNC from primary: {reply:Text}"],
		],
		samples: [
			"16841:S 21 Nov 20:33:49.109 # Unexpected reply to PSYNC from master: -NOAUTH Authentication required.",
			"13970:S 21 Nov 2026 20:32:14.277 # Unexpected reply to PSYNC from primary: -NOAUTH Authentication required.",
		],
	}),
	message("psync.error-reply", {
		emitter: "replica",
		weight: "cause",
		means:
			"The primary answered PSYNC with an -ERR, and SYNC comes next. Before 7.0 the cached primary is lost as well (replication.c, slaveTryPartialResynchronization).",
		wordings: [
			["redis-2.8+, valkey-7.2", "Master does not support PSYNC or is in error state (reply: {reply:Text})"],
			["valkey-8.0+", "Primary does not support PSYNC or is in error state (reply: {reply:Text})"],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 * Master does not support PSYNC or is in error state (reply: -ERR unknown command 'PSYNC')",
			"4242:S 21 Nov 2026 10:00:00.000 * Primary does not support PSYNC or is in error state (reply: -ERR unknown command 'PSYNC')",
		],
	}),
	message("sync.fallback", {
		emitter: "replica",
		weight: "verdict",
		means:
			"The replica sends the old SYNC command over the same connection: a full resync without ID and offset, which leaves nothing to continue from later (replication.c, syncWithMaster).",
		wordings: [["2.8+", "Retrying with SYNC..."]],
		samples: ["16841:S 21 Nov 20:33:49.109 * Retrying with SYNC..."],
	}),
] as const;

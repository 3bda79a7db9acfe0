import type { LogEvent } from "../model/event.ts";
import type { FailureCode } from "../model/report.ts";

/** What an error reply of the primary means for the try (server.c, processCommand; replication.c, syncCommand). */
export function replyFailure(reply: string): FailureCode {
	if (/NOAUTH|WRONGPASS|NOPERM|DENIED|invalid password|not permitted|without any password|requires authentication/i.test(reply)) {
		return "auth-required";
	}
	if (/LOADING/.test(reply)) return "primary-loading";
	if (/while failing over/i.test(reply)) return "primary-refused";
	if (/NOMASTERLINK|not connected with my (?:master|primary)|MASTERDOWN/i.test(reply)) return "upstream-down";
	if (/MISCONF|max number of clients|BUSY|READONLY|OOM/i.test(reply)) return "primary-refused";
	if (/BGSAVE failed|replication can't continue/i.test(reply)) return "snapshot-failed";
	return "protocol-error";
}

/** What a replica says in place of an answer when its connection breaks (replication.c, sendCommand). */
const ownError = /^-?(?:Reading|Writing) (?:from|to) (?:master|primary): /i;

/**
 * Why a try failed, by a line of the replica's own log; undefined for a line that is no failure.
 * `ends` tells whether the try is over with this line, or a later one only repeats it.
 */
export function replicaFailure(event: LogEvent): { code: FailureCode; ends: boolean } | undefined {
	switch (event.type) {
		case "link.connect-failed":
		case "link.socket-error":
		case "link.connect-timeout":
			return { code: "primary-unreachable", ends: true };
		case "handshake.ping-error": {
			const { reply = "" } = event.fields;
			// Up to 6.0 what went wrong with the connection is told as if the primary had answered it.
			if (!ownError.test(reply)) return { code: replyFailure(reply), ends: true };
			return { code: /timed? ?out/i.test(reply) ? "handshake-timeout" : "primary-unreachable", ends: true };
		}
		case "handshake.auth-failed":
			return { code: "auth-required", ends: true };
		case "handshake.ping-read-error":
		case "handshake.no-response":
		case "handshake.write-error":
			// Nobody stands behind a connection that breaks with the first command; Windows reports a refusal so.
			return { code: /timed? ?out/i.test(event.text) ? "handshake-timeout" : "primary-unreachable", ends: true };
		case "handshake.sync-write-error":
		case "psync.send-failed":
		case "psync.reply-missing":
			return { code: "handshake-timeout", ends: true };
		case "psync.failed-read":
			return { code: "handshake-timeout", ends: false };
		case "psync.deferred":
			return { code: replyFailure(event.fields.reply), ends: true };
		case "psync.reply-unexpected":
		case "psync.error-reply": {
			const { reply } = event.fields;
			// A primary before 2.8 does not know the command: SYNC comes next, and nothing has failed.
			if (/unknown command/i.test(reply)) return undefined;
			return { code: ownError.test(reply) ? "handshake-timeout" : replyFailure(reply), ends: false };
		}
		case "fullresync.bad-syntax":
		case "transfer.bad-protocol":
		case "rdbchannel.bad-syntax":
		case "load.eof-broken":
			return { code: "protocol-error", ends: true };
		case "transfer.primary-aborted":
			return { code: replyFailure(event.fields.error), ends: true };
		case "transfer.timeout":
			return { code: "transfer-timeout", ends: true };
		case "transfer.io-error":
		case "transfer.count-read-error":
		case "rdbchannel.main-error":
		case "dualchannel.provisional-closed":
			return { code: "connection-lost-in-transfer", ends: true };
		case "transfer.file-write-error":
		case "transfer.file-open-error":
		case "transfer.file-truncate-error":
		case "transfer.file-fsync-error":
		case "transfer.file-rename-error":
			return { code: "replica-cannot-store", ends: true };
		case "rdb.load.bad-version":
		case "rdb.load.bad-signature":
		case "rdb.load.checksum":
		case "rdb.load.short-read":
		case "rdb.load.other-error":
		case "rdb.load.corrupt":
			return { code: "replica-cannot-load", ends: false };
		case "load.failed":
		case "load.aof-restart-failed":
			return { code: "replica-cannot-load", ends: true };
		case "rdbchannel.handshake-error":
		case "dualchannel.handshake-error":
		case "channel.stream-failed":
		case "rdbchannel.aborted":
		case "dualchannel.aborted":
		case "bio.failed":
			return { code: "connection-lost-in-transfer", ends: false };
		case "link.primary-timeout":
			return { code: "transfer-timeout", ends: false };
		default:
			return undefined;
	}
}

/** Why a synchronisation failed, by a line of the primary's log. */
export function primaryFailure(event: LogEvent): FailureCode | undefined {
	switch (event.type) {
		case "bgsave.failed":
		case "bgsave.child-error":
		case "bgsave.open-failed":
		case "bgsave.no-repl-info":
		case "fork.failed":
		case "rdb.transfer-error":
		case "rdb.transfer-signal":
			return "snapshot-failed";
		case "sendbulk.preamble-write-error":
		case "sendbulk.write-error":
		case "diskless.write-error":
		case "diskless.child-transfer-failed":
			return "connection-lost-in-transfer";
		case "sendbulk.read-error":
		case "sendbulk.lseek-error":
		case "diskless.pipe-read-error":
			return "snapshot-failed";
		case "replica.timeout-fullsync":
			return "transfer-timeout";
		case "client.output-buffer":
			return "output-buffer-overrun";
		case "dualchannel.grace":
			return "handshake-timeout";
		default:
			return undefined;
	}
}

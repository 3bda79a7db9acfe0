import { addressOf } from "../../../model/address.ts";
import { duration, size } from "../../human.ts";
import {
	asLogged,
	bad,
	because,
	clientOf,
	good,
	type Phrases,
	position,
	shortId,
	step,
	story,
	warn,
} from "./phrase.ts";

/** What a replica does: asks, receives, loads; and loses its link. */
export const replicaPhrases: Phrases<"psync" | "link" | "handshake" | "transfer" | "load"> = {
	"psync.request": story(
		({ replid, offset, maskedOffset }) => `asks to continue ${position(replid, offset ?? maskedOffset)}`,
	),
	"psync.impossible.no-cached-primary": story(() => "asks for all: it has no history to offer"),
	"psync.send-failed": bad(({ error }) => `could not send PSYNC: ${error}`),
	"psync.reply-missing": bad(() => "no answer to PSYNC"),
	"psync.failed-read": bad(({ error }) => `answer to PSYNC lost: ${error}`),
	"psync.deferred": warn(({ reply }) => `put off: ${reply}`),
	"psync.continued": good(() => "PARTIAL resync: continues"),
	"sync.partial.done": step(() => "partial resync accepted, online"),
	"replid.primary-changed": story(({ replid }) => `its primary's ID is now ${shortId(replid)}`),
	"fullresync.granted": warn(({ replid, offset }) => `FULL resync from ${position(replid, offset)}`),
	"fullresync.bad-syntax": bad(() => "the answer to PSYNC makes no sense"),
	"psync.reply-unexpected": bad(({ reply }) => `unexpected answer to PSYNC: ${reply}`),
	"psync.error-reply": bad(({ reply }) => `PSYNC refused: ${reply}`),
	"sync.fallback": warn(() => "falls back to SYNC"),

	"link.connecting": step((at, peer) => `connects to ${peer(addressOf(at))}`),
	"link.reconnecting": step((at, peer) => `reconnects to ${peer(addressOf(at))}`),
	"link.reconnecting-after-failure": step(
		(at, peer) => `tries ${peer(addressOf(at))} again`,
	),
	"sync.started": step(() => "begins to synchronise"),
	"link.connect-failed": bad(({ error }) => `cannot connect: ${error}`),
	"link.socket-error": bad(({ error }) => `cannot connect: ${error}`),
	"link.connected": step(() => "connected"),
	"link.connect-timeout": bad(() => "connecting timed out"),
	"link.primary-timeout": bad(() => "gives its primary up: no data, no PING"),
	"link.primary-lost": bad(() => "LOST its primary"),
	"replica.lost": warn(
		({ replica, channel }, peer) =>
			`lost ${replica === undefined ? "a replica" : peer(replica)}${because(channel?.replace(/[()]/g, "").trim())}`,
	),
	"replica.timeout": bad(
		({ replica }, peer) => `drops ${replica === undefined ? "a replica" : peer(replica)}: no acknowledgement`,
	),
	"replica.timeout-fullsync": bad(({ replica }, peer) => `drops ${peer(replica)} in its full sync: too slow`),
	"stream.protocol-corruption": bad(() => "replication stream corrupt: drops the link and its history"),
	"stream.protocol-error": bad(({ error }) => `protocol error${because(error)}`),

	"handshake.ping-ok": step(() => "its primary answers"),
	"handshake.ping-error": bad(({ reply }) => `its primary refuses: ${reply ?? "unexpected reply to PING"}`),
	"handshake.ping-read-error": bad(({ error }) => `no answer to PING: ${error}`),
	"handshake.auth-failed": bad(({ reply }) => `cannot log in at its primary: ${reply}`),
	"handshake.noncritical": asLogged,
	"handshake.write-error": bad(({ error }) => `handshake broken: ${error}`),
	"handshake.sync-write-error": bad(({ error }) => `handshake broken: ${error}`),
	"handshake.no-response": bad(() => "its primary fell silent in the handshake"),
	"handshake.state-error": asLogged,
	"handshake.event-error": bad(({ error }) => `cannot go on with the handshake${because(error)}`),

	"transfer.count-read-error": bad(({ error }) => `the snapshot did not come: ${error}`),
	"transfer.primary-aborted": bad(({ error }) => `its primary gave the transfer up: ${error}`),
	"transfer.bad-protocol": bad(({ received }) => `what came is no snapshot${because(received)}`),
	"transfer.receiving": story(({ bytes }) => `receives ${size(bytes)}`),
	"transfer.receiving-streamed": story(() => "receives the snapshot as a stream"),
	"transfer.timeout": bad(() => "the transfer timed out"),
	"transfer.io-error": bad(({ error }) => `the transfer broke: ${error}`),
	"transfer.file-open-error": bad(({ error }) => `cannot store the snapshot: ${error}`),
	"transfer.file-write-error": bad(({ error }) => `cannot store the snapshot: ${error}`),
	"transfer.file-truncate-error": bad(({ error }) => `cannot store the snapshot: ${error}`),
	"transfer.file-fsync-error": bad(({ error }) => `cannot store the snapshot: ${error}`),
	"transfer.file-rename-error": bad(({ error }) => `cannot store the snapshot: ${error}`),
	"transfer.kill-local-child": step(({ childPid }) => `kills its own save (pid ${childPid}) to load`),
	"bio.start": asLogged,
	"bio.done": asLogged,
	"bio.failed": bad(() => undefined),
	"bio.aborted": bad(() => undefined),

	"load.flush": story(() => "discards its old data"),
	"load.start": step(() => "loads the snapshot"),
	"load.done": good(() => "loaded, ONLINE"),
	"load.failed": bad(({ error }) => `cannot load the snapshot${because(error)}`),
	"load.eof-broken": bad(() => "the snapshot's end is broken"),
	"load.discard-half": bad(() => "gives up the half-loaded snapshot"),
	"load.swap": step(() => "swaps the new data in"),
	"load.skip-diskless": asLogged,
	"load.aof-restart": asLogged,
	"load.aof-restart-failed": bad(() => "cannot start its AOF again"),
};

/** The newer ways to send a snapshot beside the stream, and what ends clients. */
export const channelPhrases: Phrases<"rdbChannel" | "dualChannel" | "client"> = {
	"channel.required": warn(({ replica }, peer) => `FULL resync for ${peer(replica)}, on two channels`),
	"channel.initialize": warn(() => "FULL resync, on two channels"),
	"channel.buffer-limit": bad(
		({ limit }) => `its buffer for the stream is full${limit === undefined ? "" : `: ${size(limit)}`}`,
	),
	"channel.streamed": step(
		({ bytes }) => `buffered stream applied${bytes === undefined ? "" : `: ${size(bytes)}`}`,
	),
	"channel.stream-failed": bad(({ error }) => `could not apply the buffered stream${because(error)}`),
	"channel.capability-ignored": asLogged,
	"rdbchannel.bad-syntax": bad(({ reply }) => `the answer makes no sense: ${reply}`),
	"rdbchannel.deliver-start": step(({ replica }, peer) => `sends snapshot and stream to ${peer(replica)}`),
	"rdbchannel.no-main-channel": bad(({ replica }, peer) => `${peer(replica)} has no main channel`),
	"rdbchannel.receive-start": story(() => "receives snapshot and stream in parallel"),
	"rdbchannel.handshake-error": bad(({ error }) => `second channel failed${because(error)}`),
	"rdbchannel.empty-reply": asLogged,
	"rdbchannel.main-error": bad(({ error }) => `main channel broke: ${error}`),
	"rdbchannel.stream-start": step(({ bytes }) => `applies ${size(bytes)} of buffered stream`),
	"rdbchannel.aborted": bad(() => undefined),
	"dualchannel.endoffset-sent": step(
		({ replica, offset }, peer) => `tells ${peer(replica)} where its snapshot ends: ${offset}`,
	),
	"dualchannel.main-psync-request": step(
		({ replid, offset, maskedOffset }) =>
			`main channel: asks to continue ${position(replid, offset ?? maskedOffset)}`,
	),
	"dualchannel.main-psync-ok": step(() => "main channel: accepted"),
	"dualchannel.rdb-disconnected": step(
		({ replica }, peer) => `${peer(replica)} is done with the snapshot channel`,
	),
	"dualchannel.grace": asLogged,
	"dualchannel.aborted": bad(({ reason }) => `two-channel sync given up${because(reason)}`),
	"dualchannel.handshake-error": bad(({ error }) => `second channel failed${because(error)}`),
	"dualchannel.provisional-closed": bad(({ error }) => `its primary closed the connection${because(error)}`),
	"dualchannel.debug": asLogged,

	"client.output-buffer": bad(
		({ client }, peer) => `closes ${clientOf(client, peer)}: output buffer over its limit`,
	),
	"client.query-buffer": bad(
		({ client }, peer) => `closes ${clientOf(client, peer)}: query buffer over its limit`,
	),
	"client.write-error": asLogged,
	"client.read-error": asLogged,
	"client.closed": asLogged,
	"client.evicted": asLogged,
	"client.invalid-use": asLogged,
	"repl.critical-error-reply": bad(
		({ from, to, command, error }) => `this ${from} sends its ${to} an error after ${command}: ${error}`,
	),
	"conn.accept-error": asLogged,
};

/** A stall, and what the disk does. */
export const stallPhrases: Phrases<"stall"> = {
	"stall.slow-script": bad(({ ms }) => `a script has been running for ${duration(ms)}`),
	"stall.aof-fsync": bad(() => "the disk is busy: AOF fsync takes too long"),
	"stall.aof-write-error": bad(({ error }) => `cannot write its AOF${because(error)}`),
	"aof.rewrite-started": asLogged,
	"aof.rewrite-done": asLogged,
	"aof.scheduled": asLogged,
	"aof.fork-failed": bad(({ error }) => `cannot fork to rewrite its AOF: ${error}`),
	"aof.load-truncated": warn(({ file }) => `its AOF is cut off${because(file)}`),
};

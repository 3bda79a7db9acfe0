import { duration, size } from "../../human.ts";
import {
	asLogged,
	bad,
	because,
	good,
	type Peer,
	type Phrases,
	shortId,
	step,
	story,
	warn,
} from "./phrase.ts";

const who = (replica: string | undefined, peer: Peer): string =>
	replica === undefined ? "a replica" : peer(replica);

/** What a primary does: decides, makes the snapshot, sends it; and what becomes of its history. */
export const primaryPhrases: Phrases<"decision" | "history" | "bgsave" | "delivery"> = {
	"sync.requested": story(({ replica }, peer) => `${who(replica, peer)} asks to synchronise`),
	"sync.requested.bad-offset": bad(({ replica }, peer) => `${peer(replica)} asks with a wrong offset`),
	"psync.accepted": good(
		({ replica, bytes, offset }, peer) => `PARTIAL for ${who(replica, peer)}: ${size(bytes)} from ${offset}`,
	),
	"psync.rejected.replid-mismatch": warn(({ requestedReplid, myReplid, myReplid2 }) => {
		const second = myReplid2 === undefined || /^0*$/.test(myReplid2) ? "" : ` and ${shortId(myReplid2)}`;
		return `no partial: asked for ${shortId(requestedReplid)}, has ${shortId(myReplid)}${second}`;
	}),
	"psync.rejected.second-offset": warn(
		({ requestedOffset, secondReplOffset }) =>
			`no partial: asked for ${requestedOffset} of its second ID, which ends at ${secondReplOffset}`,
	),
	"psync.rejected.backlog": warn(({ replica, offset, backlogFirst, backlogLast }, peer) => {
		const range = backlogFirst === undefined ? "" : `, holds ${backlogFirst}–${backlogLast}`;
		return `no partial for ${who(replica, peer)}: ${offset} has left the backlog${range}`;
	}),
	"psync.rejected.ahead": bad(
		({ replica, offset, primaryOffset }, peer) =>
			`${who(replica, peer)} is ahead of it: asked for ${offset ?? "more"}, has ${primaryOffset ?? "less"}`,
	),
	"fullresync.requested": warn(({ replica }, peer) => `FULL resync for ${who(replica, peer)}`),
	"psync.backlog-debug": asLogged,

	"replid.shifted": warn(
		({ oldReplid, secondReplOffset, newReplid }) =>
			`its ID is now ${shortId(newReplid)}; ${shortId(oldReplid)} ends at ${secondReplOffset}`,
	),
	"replid.debug-changed": warn(() => "its ID was changed by DEBUG"),
	"backlog.created": story(({ replid }) => `begins a backlog for ${shortId(replid)}`),
	"backlog.freed": warn(({ seconds }) => `frees its backlog: ${duration(seconds * 1000)} without replicas`),
	"backlog.dump": asLogged,
	"cached-primary.saved": step(() => "keeps its place in the history"),
	"cached-primary.discarded": step(() => "forgets its place in the old history"),
	"cached-primary.synthesized": step(
		({ host, port }) =>
			`takes its own history for its place${host === undefined ? "" : ` (from the RDB, for ${host}:${port})`}`,
	),
	"cached-primary.resurrect-error": bad(({ error }) => `cannot go on from where it was: ${error}`),
	"psync.meaningful-offset": step(({ delta }) => `leaves ${size(delta)} of final PINGs out`),

	"bgsave.start": step(({ target }) => `makes a snapshot${target === undefined ? "" : because(target)}`),
	"bgsave.attached": step(() => "joins a save in progress"),
	"bgsave.wait-next": step(() => "waits for the next save"),
	"bgsave.delayed-diskless": step(() => "waits for more replicas before it saves"),
	"bgsave.delayed-child": warn(() => "cannot save yet: another child is at work"),
	"bgsave.no-repl-info": bad(() => "cannot make a snapshot now"),
	"bgsave.failed": bad(() => "the snapshot FAILED"),
	"bgsave.child-error": bad(() => "the snapshot FAILED in its child"),
	"bgsave.open-failed": bad(({ error }) => `cannot open the snapshot: ${error}`),
	"bgsave.killed-last-replica": warn(() => "stops the snapshot: nobody waits for it"),
	"bgsave.streamed": step(({ replica }, peer) => `snapshot streamed to ${peer(replica)}`),
	"replica.online": good(({ replica }, peer) => `snapshot sent to ${who(replica, peer)}`),
	"replica.rdb-only-done": story(
		({ replica }, peer) => `snapshot sent to ${peer(replica)}, which wanted no more`,
	),
	"rdb.sync-file-removed": asLogged,

	"sendbulk.preamble-write-error": bad(({ error }) => `sending the snapshot failed: ${error}`),
	"sendbulk.read-error": bad(({ error }) => `sending the snapshot failed: ${error}`),
	"sendbulk.write-error": bad(({ error }) => `sending the snapshot failed: ${error}`),
	"sendbulk.lseek-error": bad(
		({ error, replica }, peer) => `sending the snapshot to ${peer(replica)} failed: ${error}`,
	),
	"sendbulk.register-error": bad(({ error }) => `sending the snapshot failed: ${error}`),
	"diskless.pipe-done": step(({ count }) => `snapshot piped; replicas still there: ${count}`),
	"diskless.pipe-read-error": bad(({ error }) => `sending the snapshot failed: ${error}`),
	"diskless.write-error": bad(({ error }) => `sending the snapshot failed: ${error}`),
	"diskless.child-transfer-ok": step(({ replica }, peer) => `snapshot streamed to ${peer(replica)}`),
	"diskless.child-transfer-failed": bad(
		({ replica, error }, peer) => `sending the snapshot to ${peer(replica)} failed: ${error}`,
	),
};

/** Saving and loading. */
export const persistencePhrases: Phrases<"rdbSave" | "rdbLoad"> = {
	"rdb.bgsave-started": step(
		({ childPid }) => `save started${childPid === undefined ? "" : ` (pid ${childPid})`}`,
	),
	"rdb.bgsave-ok": step(() => "save done"),
	"rdb.bgsave-error": bad(() => "the save FAILED"),
	"rdb.bgsave-signal": bad(({ signal }) => `the save was killed by signal ${signal}`),
	"rdb.transfer-started": step(
		({ childPid }) => `streaming started${childPid === undefined ? "" : ` (pid ${childPid})`}`,
	),
	"rdb.transfer-ok": step(() => "streaming done"),
	"rdb.transfer-error": bad(() => "streaming FAILED"),
	"rdb.transfer-signal": bad(({ signal }) => `streaming was killed by signal ${signal}`),
	"fork.failed": bad(({ error }) => `cannot fork: ${error}`),
	"rdb.child-killed": warn(
		({ childPid }) => `kills its save${childPid === undefined ? "" : ` (pid ${childPid})`}`,
	),
	"rdb.saved": step(() => "written to disk"),
	"rdb.save-error": bad(({ error }) => (error === undefined ? undefined : `cannot save: ${error}`)),
	"rdb.cow": asLogged,
	"rdb.done-saving": asLogged,
	"rdb.save-version-incompatible": bad(() => undefined),
	"rdb.bgsave-cancelled": warn(() => undefined),
	"child.parent-gone": asLogged,
	"module.fork": asLogged,
	"rdb.load.version": asLogged,
	"rdb.load.age": asLogged,
	"rdb.load.memory": asLogged,
	"rdb.load.aof-tail": asLogged,
	"rdb.load.done": step(({ loaded }) => `keys loaded: ${loaded.toLocaleString("en-US")}`),
	"rdb.load.info-field": asLogged,
	"rdb.load.skip-empty": asLogged,
	"rdb.load.bad-version": bad(() => undefined),
	"rdb.load.bad-signature": bad(({ signature }) => `what it loads is no RDB${because(signature)}`),
	"rdb.load.checksum": bad(() => "the RDB's checksum is wrong"),
	"rdb.load.checksum-skipped": asLogged,
	"rdb.load.short-read": bad(() => "the RDB ends too soon"),
	"rdb.load.corrupt": bad(({ reason }) => `the RDB is corrupt: ${reason}`),
	"rdb.load.other-error": bad(() => undefined),
	"rdb.load.terminating": bad(() => "ends: its data cannot be loaded"),
};

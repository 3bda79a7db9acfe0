import { message } from "../message.ts";

/** Children that write an RDB, for replicas or for the disk. */
export const rdbSave = [
	message("rdb.bgsave-started", {
		emitter: "both",
		weight: "progress",
		means:
			"A child was forked that saves an RDB to disk, for replicas, for a save point or by command (rdb.c, rdbSaveBackground).",
		wordings: [
			["2.6+", "Background saving started by pid {childPid:Int}"],
			["KeyDB 6.3", "Background saving started"],
		],
		samples: [
			"16682:M 21 Nov 20:33:10.331 * Background saving started by pid 16698",
			"4242:4250:M 21 Nov 2026 10:00:00.000 * Background saving started",
		],
	}),
	message("rdb.bgsave-ok", {
		emitter: "both",
		weight: "progress",
		means:
			"The child that saved to disk ended well; replicas that wait for the file are served now (rdb.c, backgroundSaveDoneHandler).",
		wordings: [["2.6+", "Background saving terminated with success"]],
		samples: ["16682:M 21 Nov 20:33:10.370 * Background saving terminated with success"],
	}),
	message("rdb.bgsave-error", {
		emitter: "both",
		weight: "cause",
		means: "The child that saved to disk ended with an error (rdb.c, backgroundSaveDoneHandler).",
		wordings: [["2.6+", "Background saving error"]],
		samples: ["[1361] 21 Nov 20:25:17.105 # Background saving error"],
	}),
	message("rdb.bgsave-signal", {
		emitter: "both",
		weight: "cause",
		means:
			"The child that saved to disk was killed by a signal. 9 points to the OOM killer or an operator; 10 is how the server itself stops its child (rdb.c, backgroundSaveDoneHandler).",
		wordings: [["2.6+", "Background saving terminated by signal {signal:Int}"]],
		samples: ["18654:M 21 Nov 2026 20:35:33.248 # Background saving terminated by signal 9"],
	}),
	message("rdb.transfer-started", {
		emitter: "primary",
		weight: "progress",
		means:
			"A child was forked for a diskless transfer. Newer servers add whether it writes to the replica's socket or through a pipe (rdb.c, rdbSaveToSlavesSockets).",
		wordings: [
			["2.8.18 to 7.4, valkey-7.2", "Background RDB transfer started by pid {childPid:Int}"],
			["redis-8.0+, valkey-8.0+", "Background RDB transfer started by pid {childPid:Int} to {path:Text}"],
			["valkey-8.1+", "Background RDB transfer started by pid {childPid:Int} to {path:Text} while {checksum:Text}"],
		],
		samples: [
			"19781:M 21 Nov 2026 20:39:00.511 * Background RDB transfer started by pid 19830",
			"10382:M 21 Nov 2026 20:30:04.668 * Background RDB transfer started by pid 10399 to replica socket",
		],
	}),
	message("rdb.transfer-ok", {
		emitter: "primary",
		weight: "progress",
		means:
			"The child of a diskless transfer ended well. That says nothing about whether the replicas could load it (rdb.c, backgroundSaveDoneHandlerSocket).",
		wordings: [["2.8.18+", "Background RDB transfer terminated with success"]],
		samples: ["19781:M 21 Nov 2026 20:39:00.517 * Background RDB transfer terminated with success"],
	}),
	message("rdb.transfer-error", {
		emitter: "primary",
		weight: "cause",
		means: "The child of a diskless transfer ended with an error (rdb.c, backgroundSaveDoneHandlerSocket).",
		wordings: [
			["redis-2.8.18+, valkey-7.2", "Background transfer error"],
			["valkey-8.0+", "Background RDB transfer error"],
		],
		samples: ["11675:M 21 Nov 2026 20:31:03.337 # Background transfer error"],
	}),
	message("rdb.transfer-signal", {
		emitter: "primary",
		weight: "cause",
		means:
			"The child of a diskless transfer was killed by a signal, with the same meanings as for a child that saves to disk (rdb.c, backgroundSaveDoneHandlerSocket).",
		wordings: [
			["redis-2.8.18+, valkey-7.2", "Background transfer terminated by signal {signal:Int}"],
			["valkey-8.0+", "Background RDB transfer terminated by signal {signal:Int}"],
		],
		samples: [
			"18928:M 21 Nov 2026 20:36:59.107 # Background transfer terminated by signal 9",
			"14982:M 21 Nov 2026 20:32:22.835 # Background RDB transfer terminated by signal 9",
		],
	}),
	message("fork.failed", {
		emitter: "both",
		weight: "cause",
		means:
			"The fork for a snapshot failed: too little memory to promise, or another child in the way (rdb.c, rdbSaveBackground).",
		wordings: [["2.6+", "Can't save in background: fork: {error:Text}"]],
		samples: ["4242:M 21 Nov 2026 10:00:00.000 # Can't save in background: fork: Cannot allocate memory"],
	}),
	message("rdb.child-killed", {
		emitter: "both",
		weight: "cause",
		means:
			"The server stops its RDB child on purpose; the line about SIGUSR1 is the child's own (server.c, sigKillChildHandler).",
		wordings: [
			["valkey-9.0+", "Killing running RDB child: {childPid:Int}"],
			["6.0+", "Received SIGUSR1 in child, exiting now."],
		],
		samples: [
			"14982:M 21 Nov 2026 20:32:30.858 * Killing running RDB child: 15344",
			"18704:signal-handler (1795293339) Received SIGUSR1 in child, exiting now.",
		],
	}),
	message("rdb.saved", {
		emitter: "both",
		weight: "progress",
		means:
			"An RDB was written in full, by a child or, on SAVE and SHUTDOWN, by the server itself. After SHUTDOWN it holds the last replication ID and offset (rdb.c, rdbSave).",
		wordings: [["2.6+", "DB saved on disk"]],
		samples: ["19833:S 21 Nov 2026 20:39:30.609 * DB saved on disk"],
	}),
	message("rdb.save-error", {
		emitter: "both",
		weight: "cause",
		means: "Saving the RDB failed in one of its steps: open, write, flush or rename (rdb.c, rdbSave).",
		wordings: [
			["2.6 to 3.0", "Failed opening .rdb for saving: {error:Text}"],
			["3.2 to 6.2", "Failed opening the RDB file {file:Text} (in server root dir {cwd:Text}) for saving: {error:Text}"],
			["7.0+", "Failed opening the temp RDB file {file:Text} (in server root dir {cwd:Text}) for saving: {error:Text}"],
			["2.6 to 7.0.0", "Write error saving DB on disk: {error:Text}"],
			["7.0.15", "Write error saving DB on disk({operation:Word}): {error:Text}"],
			["7.2+", "Write error while saving DB to the disk({operation:Word}): {error:Text}"],
			["2.6 to 3.0", "Error moving temp DB file on the final destination: {error:Text}"],
			["3.2+", "Error moving temp DB file {tmpfile:Text} on the final destination {file:Text} (in server root dir {cwd:Text}): {error:Text}"],
			["7.2+", "Failed to fsync directory while saving DB: {error:Text}"],
		],
		samples: [
			"[1367] 21 Nov 20:25:17.039 # Failed opening .rdb for saving: No such file or directory",
			"3097:C 21 Nov 20:26:28.290 # Failed opening the RDB file dump.rdb (in server root dir unknown) for saving: No such file or directory",
			"9050:C 21 Nov 2026 20:29:20.206 # Failed opening the temp RDB file temp-9050.rdb (in server root dir unknown) for saving: No such file or directory",
		],
	}),
	message("rdb.cow", {
		emitter: "child",
		weight: "context",
		means:
			"How much memory a child copied, because the parent went on writing (childinfo.c, sendChildInfoGeneric).",
		wordings: [
			["2.6.5 to 6.2", "{purpose:Text}: {cowMb:Int} MB of memory used by copy-on-write"],
			["7.0+", "Fork CoW for {purpose:Text}: current {cowMb:Int} MB, peak {peakMb:Int} MB, average {avgMb:Int} MB"],
		],
		samples: [
			"16698:C 21 Nov 20:33:10.334 * RDB: 0 MB of memory used by copy-on-write",
			"19830:C 21 Nov 2026 20:39:00.513 * Fork CoW for RDB: current 0 MB, peak 0 MB, average 0 MB",
		],
	}),
	message("rdb.done-saving", {
		emitter: "both",
		weight: "context",
		means: "The RDB is serialised, with the number of its keys and bytes (rdb.c, rdbSaveRio).",
		wordings: [
			["redis-8.4+", "BGSAVE done, {keys:Int} keys saved, {skipped:Int} keys skipped, {bytes:Bytes} bytes written."],
		],
		samples: [
			"10399:C 21 Nov 2026 20:30:04.669 * BGSAVE done, 200 keys saved, 0 keys skipped, 7404 bytes written.",
		],
	}),
	message("rdb.save-version-incompatible", {
		emitter: "child",
		weight: "cause",
		means:
			"Valkey 9.1 writes the snapshot in the older version that the replica reads, and something in the data cannot be told in it. The resync fails until that is gone or the replica is upgraded (rdb.c, rdbSaveKeyValuePair).",
		wordings: [
			["valkey-9.1.2+", "Can't store key (db {db:Int}) in RDB version {version:Int}"],
			["valkey-9.1+", "Can't store key '{key:Text}' (db {db:Int}) in RDB version {version:Int}"],
			["valkey-9.1+", "Can't store slot migrations in RDB version {version:Int}"],
		],
		samples: [
			"4242:C 21 Nov 2026 10:00:00.000 # Can't store key (db 0) in RDB version 11",
			"4242:C 21 Nov 2026 10:00:00.000 # Can't store key 'user:1000' (db 0) in RDB version 11",
		],
	}),
	message("rdb.bgsave-cancelled", {
		emitter: "both",
		weight: "cause",
		means:
			"A client cancelled a snapshot, or had one scheduled. Replicas attached to a cancelled snapshot lose it (rdb.c, bgsaveCommand).",
		wordings: [
			["valkey-8.1+", "Background saving will be aborted due to user request"],
			["valkey-8.1+", "Scheduled background saving will be cancelled due to user request"],
			["valkey-8.1+", "Background saving scheduled due to user request"],
			["valkey-8.1+", "Background saving scheduled to run after transaction execution"],
		],
		samples: ["4242:M 21 Nov 2026 10:00:00.000 * Background saving will be aborted due to user request"],
	}),
	message("child.parent-gone", {
		emitter: "child",
		weight: "cause",
		means:
			"A child is done and finds the pipe to its parent broken: the parent has died. Until then the orphan kept the sockets of replicas open (childinfo.c, sendChildInfoGeneric).",
		wordings: [["6.2.14+", "Child failed reporting info to parent, exiting. {error:Text}"]],
		samples: [
			"18759:C 21 Nov 2026 20:35:50.360 # Child failed reporting info to parent, exiting. Broken pipe",
		],
	}),
	message("module.fork", {
		emitter: "both",
		weight: "context",
		means: "A module runs a child of its own, and a snapshot has to wait for it (module.c, RM_Fork).",
		wordings: [
			["6.0+", "Module fork started pid: {childPid:Int}"],
			["6.0+", "Module fork exited pid: {childPid:Int}, retcode: {exitcode:Int}, bysignal: {signal:Int}"],
			["6.0+", "Can't fork for module: {error:Text}"],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 - Module fork started pid: 20719",
			"4242:M 21 Nov 2026 10:00:00.000 # Can't fork for module: Cannot allocate memory",
		],
	}),
] as const;

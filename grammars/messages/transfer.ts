import { message } from "../message.ts";

/** The replica receives the snapshot and stores it. */
export const transfer = [
	message("transfer.count-read-error", {
		emitter: "replica",
		weight: "cause",
		means:
			"The line that announces the snapshot could not be read: the primary closed the connection or stalled before the first byte (replication.c, readSyncBulkPayload).",
		wordings: [
			["redis-2.6+, valkey-7.2", "I/O error reading bulk count from MASTER: {error:Text}"],
			["valkey-8.0+", "I/O error reading bulk count from PRIMARY: {error:Text}"],
		],
		samples: [
			"18594:S 21 Nov 2026 20:35:33.249 # I/O error reading bulk count from MASTER: Operation now in progress",
			"15629:S 21 Nov 2026 20:32:42.227 # I/O error reading bulk count from PRIMARY: Connection reset by peer",
		],
	}),
	message("transfer.primary-aborted", {
		emitter: "replica",
		weight: "cause",
		means: "In place of the snapshot the primary sent an error (replication.c, readSyncBulkPayload).",
		wordings: [
			["redis-2.6+, valkey-7.2", "MASTER aborted replication with an error: {error:Text}"],
			["valkey-8.0+", "PRIMARY aborted replication with an error: {error:Text}"],
		],
		samples: [
			"16841:S 21 Nov 20:33:49.109 # MASTER aborted replication with an error: NOAUTH Authentication required.",
			"13970:S 21 Nov 2026 20:32:14.278 # PRIMARY aborted replication with an error: NOAUTH Authentication required.",
		],
	}),
	message("transfer.bad-protocol", {
		emitter: "replica",
		weight: "cause",
		means:
			"What should announce the snapshot does not begin with a dollar sign: a wrong address, or an answer that came late (replication.c, readSyncBulkPayload).",
		wordings: [
			["2.6", "Bad protocol from MASTER, the first byte is not '$', are you sure the host and port are right?"],
			["redis-2.8+, valkey-7.2", "Bad protocol from MASTER, the first byte is not '$' (we received '{received:Text}'), are you sure the host and port are right?"],
			["valkey-8.0+", "Bad protocol from PRIMARY, the first byte is not '$' (we received '{received:Text}'), are you sure the host and port are right?"],
		],
		samples: [
			"3050:S 21 Nov 20:26:27.372 # Bad protocol from MASTER, the first byte is not '$' (we received '+OK'), are you sure the host and port are right?",
		],
	}),
	message("transfer.receiving", {
		emitter: "replica",
		weight: "progress",
		means:
			"A snapshot of known size begins to arrive. The target says whether it is stored first or parsed as it comes (replication.c, readSyncBulkPayload).",
		wordings: [
			["2.6 to 4.0", "MASTER <-> SLAVE sync: receiving {bytes:Bytes} bytes from master"],
			["5.0", "MASTER <-> REPLICA sync: receiving {bytes:Bytes} bytes from master"],
			["redis-6.0+, valkey-7.2", "MASTER <-> REPLICA sync: receiving {bytes:Bytes} bytes from master {target:Text}"],
			["valkey-8.0+", "PRIMARY <-> REPLICA sync: receiving {bytes:Bytes} bytes from primary {target:Text}"],
			["valkey-9.0+", "Replica bio thread: PRIMARY <-> REPLICA sync: receiving {bytes:Bytes} bytes from primary {target:Text}"],
		],
		samples: [
			"16691:S 21 Nov 20:33:10.371 * MASTER <-> SLAVE sync: receiving 7362 bytes from master",
			"3928:S 21 Nov 2026 20:27:02.739 * MASTER <-> REPLICA sync: receiving 5872 bytes from master",
			"18564:S 21 Nov 2026 20:34:49.766 * MASTER <-> REPLICA sync: receiving 7362 bytes from master to disk",
			"14330:S 21 Nov 2026 20:31:52.807 * PRIMARY <-> REPLICA sync: receiving 5868 bytes from primary to disk",
		],
	}),
	message("transfer.receiving-streamed", {
		emitter: "replica",
		weight: "progress",
		means:
			"A diskless snapshot begins to arrive; its size is not known in advance (replication.c, readSyncBulkPayload).",
		wordings: [
			["2.8.18 to 4.0", "MASTER <-> SLAVE sync: receiving streamed RDB from master"],
			["5.0", "MASTER <-> REPLICA sync: receiving streamed RDB from master"],
			["redis-6.0+, valkey-7.2", "MASTER <-> REPLICA sync: receiving streamed RDB from master with EOF {target:Text}"],
			["valkey-8.0+", "PRIMARY <-> REPLICA sync: receiving streamed RDB from primary with EOF {target:Text}"],
			["valkey-9.0+", "Replica bio thread: PRIMARY <-> REPLICA sync: receiving streamed RDB from primary with EOF {target:Text}"],
		],
		samples: [
			"3068:S 21 Nov 20:26:29.572 * MASTER <-> SLAVE sync: receiving streamed RDB from master",
			"4180:S 21 Nov 2026 20:27:12.564 * MASTER <-> REPLICA sync: receiving streamed RDB from master",
			"14562:S 21 Nov 2026 20:32:03.900 * PRIMARY <-> REPLICA sync: receiving streamed RDB from primary with EOF to disk",
			"20007:S 21 Nov 2026 20:40:35.810 * Replica bio thread: PRIMARY <-> REPLICA sync: receiving streamed RDB from primary with EOF to disk",
		],
	}),
	message("transfer.timeout", {
		emitter: "replica",
		weight: "cause",
		means:
			"No byte of the snapshot came for repl-timeout, and the replica gives the transfer up (replication.c, replicationCron).",
		wordings: [
			["redis-2.6+, valkey-7.2", "Timeout receiving bulk data from MASTER... If the problem persists try to set the 'repl-timeout' parameter in redis.conf to a larger value."],
			["valkey-8.0+", "Timeout receiving bulk data from PRIMARY... If the problem persists try to set the 'repl-timeout' parameter in valkey.conf to a larger value."],
			["KeyDB", "Timeout receiving bulk data from MASTER... If the problem persists try to set the 'repl-timeout' parameter in keydb.conf to a larger value."],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # Timeout receiving bulk data from MASTER... If the problem persists try to set the 'repl-timeout' parameter in redis.conf to a larger value.",
			"4242:S 21 Nov 2026 10:00:00.000 # Timeout receiving bulk data from PRIMARY... If the problem persists try to set the 'repl-timeout' parameter in valkey.conf to a larger value.",
			"4242:4250:S 21 Nov 2026 10:00:00.000 # Timeout receiving bulk data from MASTER... If the problem persists try to set the 'repl-timeout' parameter in keydb.conf to a larger value.",
		],
	}),
	message("transfer.io-error", {
		emitter: "replica",
		weight: "cause",
		means:
			"The connection ended while the snapshot was arriving. The reason is on the primary, if anywhere (replication.c, readSyncBulkPayload).",
		wordings: [
			["redis-2.6+, valkey-7.2", "I/O error trying to sync with MASTER: {error:Text}"],
			["valkey-8.0 to 8.1", "I/O error trying to sync with PRIMARY: {error:Text}"],
			["valkey-9.0+", "Replica bio thread: I/O error trying to sync with PRIMARY: {error:Text}"],
		],
		samples: [
			"18870:S 21 Nov 2026 20:36:59.107 # I/O error trying to sync with MASTER: connection lost",
			"13970:S 21 Nov 2026 20:32:22.835 # Replica bio thread: I/O error trying to sync with PRIMARY: connection lost",
		],
	}),
	message("transfer.file-open-error", {
		emitter: "replica",
		weight: "cause",
		means:
			"The replica could not create a temporary file for the snapshot, in several attempts (replication.c, syncWithMaster).",
		wordings: [
			["2.6 to 4.0", "Opening the temp file needed for MASTER <-> SLAVE synchronization: {error:Text}"],
			["redis-5.0+, valkey-7.2", "Opening the temp file needed for MASTER <-> REPLICA synchronization: {error:Text}"],
			["valkey-8.0+", "Opening the temp file needed for PRIMARY <-> REPLICA synchronization: {error:Text}"],
		],
		samples: [
			"[1354] 21 Nov 20:25:22.758 # Opening the temp file needed for MASTER <-> SLAVE synchronization: No such file or directory",
			"4126:S 21 Nov 2026 20:27:14.118 # Opening the temp file needed for MASTER <-> REPLICA synchronization: No such file or directory",
			"14509:S 21 Nov 2026 20:32:03.545 # Opening the temp file needed for PRIMARY <-> REPLICA synchronization: No such file or directory",
		],
	}),
	message("transfer.file-write-error", {
		emitter: "replica",
		weight: "cause",
		means: "The replica could not write the snapshot to its disk (replication.c, readSyncBulkPayload).",
		wordings: [
			["2.6 to 4.0", "Write error or short write writing to the DB dump file needed for MASTER <-> SLAVE synchronization: {error:Text}"],
			["redis-5.0+, valkey-7.2", "Write error or short write writing to the DB dump file needed for MASTER <-> REPLICA synchronization: {error:Text}"],
			["valkey-8.0 to 8.1", "Write error or short write writing to the DB dump file needed for PRIMARY <-> REPLICA synchronization: {error:Text}"],
			["valkey-9.0+", "Replica bio thread: Write error or short write writing to the DB dump file needed for PRIMARY <-> REPLICA synchronization: {error:Text}"],
		],
		samples: [
			"[4242] 21 Nov 10:00:00.000 # Write error or short write writing to the DB dump file needed for MASTER <-> SLAVE synchronization: No space left on device",
			"4242:S 21 Nov 2026 10:00:00.000 # Replica bio thread: Write error or short write writing to the DB dump file needed for PRIMARY <-> REPLICA synchronization: No space left on device",
		],
	}),
	message("transfer.file-truncate-error", {
		emitter: "replica",
		weight: "cause",
		means:
			"The replica could not cut the end mark off the file it had stored (replication.c, readSyncBulkPayload).",
		wordings: [
			["redis-2.8.18+, valkey-7.2", "Error truncating the RDB file received from the master for SYNC: {error:Text}"],
			["valkey-8.0 to 8.1", "Error truncating the RDB file received from the primary for SYNC: {error:Text}"],
			["valkey-9.0+", "Replica bio thread: Error truncating the RDB file received from the primary for SYNC: {error:Text}"],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # Error truncating the RDB file received from the master for SYNC: Input/output error",
		],
	}),
	message("transfer.file-fsync-error", {
		emitter: "replica",
		weight: "cause",
		means:
			"The replica could not flush the stored snapshot or its directory to disk (replication.c, readSyncBulkPayload).",
		wordings: [
			["redis-5.0.10+, valkey-7.2", "Failed trying to sync the temp DB to disk in MASTER <-> REPLICA synchronization: {error:Text}"],
			["valkey-8.0+", "Failed trying to sync the temp DB to disk in PRIMARY <-> REPLICA synchronization: {error:Text}"],
			["redis-7.0.15+, valkey-7.2", "Failed trying to sync DB directory {file:Text} in MASTER <-> REPLICA synchronization: {error:Text}"],
			["valkey-8.0+", "Failed trying to sync DB directory {file:Text} in PRIMARY <-> REPLICA synchronization: {error:Text}"],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # Failed trying to sync the temp DB to disk in MASTER <-> REPLICA synchronization: Input/output error",
		],
	}),
	message("transfer.file-rename-error", {
		emitter: "replica",
		weight: "cause",
		means:
			"The replica could not give the stored snapshot its final name (replication.c, readSyncBulkPayload).",
		wordings: [
			["2.6 to 4.0", "Failed trying to rename the temp DB into {file:Text} in MASTER <-> SLAVE synchronization: {error:Text}"],
			["redis-5.0+, valkey-7.2", "Failed trying to rename the temp DB into {file:Text} in MASTER <-> REPLICA synchronization: {error:Text}"],
			["valkey-8.0+", "Failed trying to rename the temp DB into {file:Text} in PRIMARY <-> REPLICA synchronization: {error:Text}"],
		],
		samples: [
			"[4242] 21 Nov 10:00:00.000 # Failed trying to rename the temp DB into dump.rdb in MASTER <-> SLAVE synchronization: Permission denied",
		],
	}),
	message("transfer.kill-local-child", {
		emitter: "replica",
		weight: "context",
		means:
			"The replica stops a snapshot child of its own before it loads the data of the primary (replication.c, readSyncBulkPayload).",
		wordings: [
			["redis-4.0.12+, valkey-7.2", "Replica is about to load the RDB file received from the master, but there is a pending RDB child running. Killing process {childPid:Int} and removing its temp file to avoid any race"],
			["valkey-8.0+", "Replica is about to load the RDB file received from the primary, but there is a pending RDB child running. Killing process {childPid:Int} and removing its temp file to avoid any race"],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 * Replica is about to load the RDB file received from the master, but there is a pending RDB child running. Killing process 20719 and removing its temp file to avoid any race",
		],
	}),
	message("bio.start", {
		emitter: "replica",
		weight: "progress",
		means:
			"Since Valkey 9.0 a background thread downloads the snapshot to disk (replication.c, receiveRDBinBioThread).",
		wordings: [["valkey-9.0+", "Replica main thread creating Bio thread to save RDB to disk"]],
		samples: [
			"20007:S 21 Nov 2026 20:40:35.810 * Replica main thread creating Bio thread to save RDB to disk",
		],
	}),
	message("bio.done", {
		emitter: "replica",
		weight: "progress",
		means:
			"The background thread has the whole snapshot, and the main thread takes over to load it (replication.c, handleBioThreadFinishedRDBDownload).",
		wordings: [
			["valkey-9.0+", "Replica bio thread: Done downloading RDB"],
			["valkey-9.0+", "Replica main thread detected RDB download completion in Bio thread"],
			["valkey-9.0+", "Loading the RDB and finalizing primary-replica sync..."],
		],
		samples: [
			"20007:S 21 Nov 2026 20:40:35.810 * Replica bio thread: Done downloading RDB",
			"20007:S 21 Nov 2026 20:40:36.809 * Replica main thread detected RDB download completion in Bio thread",
			"20007:S 21 Nov 2026 20:40:36.809 * Loading the RDB and finalizing primary-replica sync...",
		],
	}),
	message("bio.failed", {
		emitter: "replica",
		weight: "cause",
		means:
			"The background thread could not download the snapshot; the line before it has the reason (replication.c, replicaReceiveRDBFromPrimaryToDisk).",
		wordings: [
			["valkey-9.0+", "Replica bio thread: Error downloading RDB"],
			["valkey-9.0+", "Replica bio thread: Error reading sync metadata"],
			["valkey-9.0+", "Replica bio thread: Error reading sync payload"],
			["valkey-9.0+", "Replica main thread detected RDB download failure in Bio thread"],
			["valkey-9.0+", "Failed to read sync metadata"],
		],
		samples: [
			"13970:S 21 Nov 2026 20:32:14.278 # Replica bio thread: Error downloading RDB",
			"13970:S 21 Nov 2026 20:32:14.278 # Replica bio thread: Error reading sync metadata",
			"13970:S 21 Nov 2026 20:32:22.835 # Replica bio thread: Error reading sync payload",
			"13970:S 21 Nov 2026 20:32:15.046 # Replica main thread detected RDB download failure in Bio thread",
		],
	}),
	message("bio.aborted", {
		emitter: "replica",
		weight: "cause",
		means:
			"The main thread called the download off, for instance after a timeout or on REPLICAOF (replication.c, replicaReceiveRDBFromPrimaryToDisk).",
		wordings: [
			["valkey-9.0+", "Replica bio thread: Main thread asked to abort the save while Bio thread is reading the sync metadata"],
			["valkey-9.0+", "Replica bio thread: Main thread asked to abort the save while Bio thread is reading the sync payload"],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # Replica bio thread: Main thread asked to abort the save while Bio thread is reading the sync metadata",
		],
	}),
] as const;

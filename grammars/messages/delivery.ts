import { message } from "../message.ts";

/** The primary sends the snapshot, from a file or straight from its child. */
export const delivery = [
	message("sendbulk.preamble-write-error", {
		emitter: "primary",
		weight: "cause",
		means:
			"The length that goes before the RDB could not be written to the replica's socket (replication.c, sendBulkToSlave).",
		wordings: [
			["2.8.18 to 4.0", "Write error sending RDB preamble to slave: {error:Text}"],
			["5.0+", "Write error sending RDB preamble to replica: {error:Text}"],
		],
		samples: ["[4242] 21 Nov 10:00:00.000 - Write error sending RDB preamble to slave: Broken pipe"],
	}),
	message("sendbulk.read-error", {
		emitter: "primary",
		weight: "cause",
		means:
			"The primary failed to read the RDB file it was sending; a premature end means that the file was cut meanwhile (replication.c, sendBulkToSlave).",
		wordings: [
			["2.6 to 4.0", "Read error sending DB to slave: {error:Text}"],
			["5.0+", "Read error sending DB to replica: {error:Text}"],
		],
		samples: ["[4242] 21 Nov 10:00:00.000 # Read error sending DB to slave: premature EOF"],
	}),
	message("sendbulk.write-error", {
		emitter: "primary",
		weight: "cause",
		means:
			"RDB bytes could not be written to the replica's socket, which the replica or the network has closed (replication.c, sendBulkToSlave).",
		wordings: [
			["2.6 to 4.0", "Write error sending DB to slave: {error:Text}"],
			["5.0+", "Write error sending DB to replica: {error:Text}"],
			["6.0.4", "Sendfile error sending DB to replica: {error:Text}"],
		],
		samples: ["[4242] 21 Nov 10:00:00.000 - Write error sending DB to slave: Broken pipe"],
	}),
	message("sendbulk.lseek-error", {
		emitter: "primary",
		weight: "cause",
		means: "The primary could not move to the next piece of the RDB file (replication.c, sendBulkToSlave).",
		wordings: [
			["redis-8.2+", "Failed to lseek the RDB file to offset {offset:Offset} for replica {replica:Peer}: {error:Text}"],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # Failed to lseek the RDB file to offset 4183927 for replica 10.20.0.12:6380: Invalid argument",
		],
	}),
	message("sendbulk.register-error", {
		emitter: "primary",
		weight: "cause",
		means:
			"The event loop refused the write handler of a replica about to go online (replication.c, putSlaveOnline).",
		wordings: [
			["2.8.6 to 4.0", "Unable to register writable event for slave bulk transfer: {error:Text}"],
			["5.0 to 6.2", "Unable to register writable event for replica bulk transfer: {error:Text}"],
		],
		samples: [
			"[4242] 21 Nov 10:00:00.000 # Unable to register writable event for slave bulk transfer: Numerical result out of range",
		],
	}),
	message("diskless.pipe-done", {
		emitter: "primary",
		weight: "progress",
		means:
			"All that the snapshot child wrote has been forwarded. The count tells how many replicas are left, none when they all went away (replication.c, rdbPipeReadHandler).",
		wordings: [["6.0+", "Diskless rdb transfer, done reading from pipe, {count:Int} replicas still up."]],
		samples: [
			"19781:M 21 Nov 2026 20:39:00.513 * Diskless rdb transfer, done reading from pipe, 1 replicas still up.",
		],
	}),
	message("diskless.pipe-read-error", {
		emitter: "primary",
		weight: "cause",
		means:
			"The parent failed to read from its snapshot child. Every replica of the transfer is dropped and the child is killed (replication.c, rdbPipeReadHandler).",
		wordings: [["6.0+", "Diskless rdb transfer, read error sending DB to replicas: {error:Text}"]],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # Diskless rdb transfer, read error sending DB to replicas: Input/output error",
		],
	}),
	message("diskless.write-error", {
		emitter: "primary",
		weight: "cause",
		means:
			"Forwarding the snapshot to one replica failed, and that replica is dropped (replication.c, rdbPipeReadHandler).",
		wordings: [["6.0+", "Diskless rdb transfer, write error sending DB to replica: {error:Text}"]],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # Diskless rdb transfer, write error sending DB to replica: Connection reset by peer",
		],
	}),
	message("diskless.child-transfer-ok", {
		emitter: "primary",
		weight: "progress",
		means:
			"Up to 5.0 the child writes to the sockets itself: here it reports that this replica's socket took everything (rdb.c, backgroundSaveDoneHandlerSocket).",
		wordings: [["2.8.18 to 5.0", "Slave {replica:Peer} correctly received the streamed RDB file."]],
		samples: ["[4242] 21 Nov 10:00:00.000 # Slave 10.20.0.12:6380 correctly received the streamed RDB file."],
	}),
	message("diskless.child-transfer-failed", {
		emitter: "primary",
		weight: "cause",
		means:
			"Up to 5.0 the child writes to the sockets itself: here it reports that this replica's socket failed (rdb.c, backgroundSaveDoneHandlerSocket).",
		wordings: [
			["2.8.18 to 5.0", "Closing slave {replica:Peer}: child->slave RDB transfer failed: {error:Text}"],
		],
		samples: [
			"[4242] 21 Nov 10:00:00.000 # Closing slave 10.20.0.12:6380: child->slave RDB transfer failed: Broken pipe",
		],
	}),
] as const;

import { message } from "../message.ts";

/** What holds up the event loop or the disk: slow scripts and the AOF. */
export const stall = [
	message("stall.slow-script", {
		emitter: "both",
		weight: "cause",
		means:
			"A script holds the event loop for longer than allowed. No PING and no acknowledgement goes out meanwhile, and the links may time out (script.c, scriptInterrupt).",
		wordings: [
			["2.6 to 5.0", "Lua slow script detected: still in execution after {ms:Millis} milliseconds. You can try killing the script using the SCRIPT KILL command."],
			["6.0 to 6.2", "Lua slow script detected: still in execution after {ms:Millis} milliseconds. You can try killing the script using the SCRIPT KILL command. Script SHA1 is: {sha1:Word}"],
			["7.0 to 7.0.0", "Slow script detected: still in execution after {ms:Millis} milliseconds. You can try killing the script using the {killCommand:Text} command."],
			["7.0.15+", "Slow script detected: still in execution after {ms:Millis} milliseconds. You can try killing the script using the {killCommand:Text} command. Script name is: {name:Text}."],
		],
		samples: [
			"[4242] 21 Nov 10:00:00.000 # Lua slow script detected: still in execution after 5000 milliseconds. You can try killing the script using the SCRIPT KILL command.",
			"4242:M 21 Nov 2026 10:00:00.000 # Slow script detected: still in execution after 5000 milliseconds. You can try killing the script using the SCRIPT KILL command. Script name is: 3f9c1b7a52d84e60917ab3c4f5d6e7081927a3bc.",
		],
	}),
	message("stall.aof-fsync", {
		emitter: "both",
		weight: "cause",
		means:
			"The disk does not keep up with the AOF, and the main thread may block on it (aof.c, flushAppendOnlyFile).",
		wordings: [
			["redis-2.6+, valkey-7.2", "Asynchronous AOF fsync is taking too long (disk is busy?). Writing the AOF buffer without waiting for fsync to complete, this may slow down Redis."],
			["valkey-8.0+", "Asynchronous AOF fsync is taking too long (disk is busy?). Writing the AOF buffer without waiting for fsync to complete, this may slow down the server."],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 * Asynchronous AOF fsync is taking too long (disk is busy?). Writing the AOF buffer without waiting for fsync to complete, this may slow down Redis.",
		],
	}),
	message("stall.aof-write-error", {
		emitter: "both",
		weight: "cause",
		means:
			"The AOF could not be written or flushed. With appendfsync always the process exits (aof.c, flushAppendOnlyFile).",
		wordings: [
			["2.8.6+", "Error writing to the AOF file: {error:Text}"],
			["2.8.6+", "Short write while writing to the AOF file: (nwritten={bytes:Bytes}, expected={expected:Bytes})"],
			["2.8.6+", "Can't recover from AOF write error when the AOF fsync policy is 'always'. Exiting..."],
			["6.2+", "Can't persist AOF for fsync error when the AOF fsync policy is 'always': {error:Text}. Exiting..."],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # Error writing to the AOF file: No space left on device",
			"4242:M 21 Nov 2026 10:00:00.000 # Short write while writing to the AOF file: (nwritten=1024, expected=4096)",
		],
	}),
	message("aof.rewrite-started", {
		emitter: "both",
		weight: "context",
		means:
			"A child was forked that rewrites the AOF; a snapshot for replicas waits for it (aof.c, rewriteAppendOnlyFileBackground).",
		wordings: [["2.6+", "Background append only file rewriting started by pid {childPid:Int}"]],
		samples: ["16841:S 21 Nov 20:33:56.968 * Background append only file rewriting started by pid 18137"],
	}),
	message("aof.rewrite-done", {
		emitter: "both",
		weight: "context",
		means:
			"The AOF rewrite ended, well or not, and a delayed snapshot may start (aof.c, backgroundRewriteDoneHandler).",
		wordings: [
			["2.6+", "Background AOF rewrite finished successfully"],
			["2.6+", "Background AOF rewrite terminated with success"],
			["2.6+", "Background AOF rewrite terminated with error"],
			["2.6+", "Background AOF rewrite terminated by signal {signal:Int}"],
		],
		samples: [
			"16841:S 21 Nov 20:33:57.026 * Background AOF rewrite finished successfully",
			"16841:S 21 Nov 20:33:57.026 * Background AOF rewrite terminated with success",
		],
	}),
	message("aof.scheduled", {
		emitter: "both",
		weight: "context",
		means:
			"An AOF rewrite begins because of growth, or is put off until the running child ends (server.c, serverCron).",
		wordings: [
			["6.0+", "AOF was enabled but there is already another background operation. An AOF background was scheduled to start when possible."],
			["3.2.2 to 5.0", "AOF was enabled but there is already a child process saving an RDB file on disk. An AOF background was scheduled to start when possible."],
			["2.6+", "Starting automatic rewriting of AOF on {percent:Int}% growth"],
			// The same line behind a pipeline that took "% g" for a conversion.
			["2.6+", "Starting automatic rewriting of AOF on {percent:Int}%{rest:Text}"],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # AOF was enabled but there is already another background operation. An AOF background was scheduled to start when possible.",
		],
	}),
	message("aof.fork-failed", {
		emitter: "both",
		weight: "cause",
		means: "The fork for an AOF rewrite failed, mostly for memory (aof.c, rewriteAppendOnlyFileBackground).",
		wordings: [["2.6+", "Can't rewrite append only file in background: fork: {error:Text}"]],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # Can't rewrite append only file in background: fork: Cannot allocate memory",
		],
	}),
	message("aof.load-truncated", {
		emitter: "both",
		weight: "cause",
		means:
			"The AOF ends in the middle of a command: the last process did not stop in order, and its last writes are cut off (aof.c, loadSingleAppendOnlyFile).",
		wordings: [
			["2.8.15 to 6.2", "!!! Warning: short read while loading the AOF file !!!"],
			["7.0+", "!!! Warning: short read while loading the AOF file {file:Text}!!!"],
			["2.8.16 to 6.2", "!!! Truncating the AOF at offset {offset:Offset} !!!"],
			["7.0+", "!!! Truncating the AOF {file:Text} at offset {offset:Offset} !!!"],
			["redis-8.4+", "!!! Truncating the AOF {file:Text} at offset {offset:Offset} (remaining {remaining:Bytes}) !!!"],
		],
		samples: [
			"[4242] 21 Nov 10:00:00.000 # !!! Warning: short read while loading the AOF file !!!",
			"4242:M 21 Nov 2026 10:00:00.000 # !!! Truncating the AOF appendonly.aof.2.incr.aof at offset 4183927 (remaining 37) !!!",
		],
	}),
] as const;

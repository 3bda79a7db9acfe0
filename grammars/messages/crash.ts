import { message } from "../message.ts";

/** The disorderly end of a process. */
export const crash = [
	message("server.oom", {
		emitter: "both",
		weight: "lifecycle",
		means: "The allocator got no memory, and the process aborts (server.c, redisOutOfMemoryHandler).",
		wordings: [["2.6+", "Out Of Memory allocating {bytes:Bytes} bytes!"]],
		samples: ["4242:M 21 Nov 2026 10:00:00.000 # Out Of Memory allocating 536870928 bytes!"],
	}),
	message("crash.bug-report", {
		emitter: "both",
		weight: "lifecycle",
		means:
			"Start or end of a crash report; all that stands between is one crash. Since 2.8.18 the first has no front (debug.c, bugReportStart).",
		wordings: [
			["2.6+", "=== {serverName:Word} BUG REPORT START: Cut & paste starting from here ==="],
			["2.6+", "=== {serverName:Word} BUG REPORT END. Make sure to include from START to END. ==="],
		],
		samples: [
			"=== REDIS BUG REPORT START: Cut & paste starting from here ===",
			"=== REDIS BUG REPORT END. Make sure to include from START to END. ===",
		],
	}),
	message("crash.signal", {
		emitter: "both",
		weight: "lifecycle",
		means:
			"The process died of a fatal signal: an unplanned restart follows, and the replication ID is lost (debug.c, sigsegvHandler).",
		wordings: [
			["2.6 to 6.0.8", "Redis {version:Word} crashed by signal: {signal:Int}"],
			["redis-6.0.9+", "Redis {version:Word} crashed by signal: {signal:Int}, si_code: {siCode:Int}"],
			["valkey-7.2+", "valkey {version:Word} crashed by signal: {signal:Int}, si_code: {siCode:Int}"],
			["KeyDB 5.3 to 6.0", "KeyDB {version:Word} crashed by signal: {signal:Int}"],
			["KeyDB 6.2+", "KeyDB {version:Word} crashed by signal: {signal:Int}, si_code: {siCode:Int}"],
		],
		samples: [
			"[4242] 21 Nov 10:00:00.000 # Redis 2.8.24 crashed by signal: 11",
			"4242:M 21 Nov 2026 10:00:00.000 # Redis 7.2.4 crashed by signal: 11, si_code: 1",
			"4242:4250:M 21 Nov 2026 10:00:00.000 # KeyDB 6.0.16 crashed by signal: 11",
			"4242:4250:M 21 Nov 2026 10:00:00.000 # KeyDB 6.3.4 crashed by signal: 11, si_code: 1",
		],
	}),
	message("crash.assert", {
		emitter: "both",
		weight: "lifecycle",
		means: "An assertion failed, and the process died (debug.c, _serverAssert).",
		wordings: [
			["2.6 to 7.2, valkey-7.2", "=== ASSERTION FAILED ==="],
			["redis-7.4+, valkey-8.0+", "=== {recursive:Text}ASSERTION FAILED ==="],
		],
		samples: ["[4242] 21 Nov 10:00:00.000 # === ASSERTION FAILED ==="],
	}),
	message("crash.panic", {
		emitter: "both",
		weight: "lifecycle",
		means: "The server met a state it cannot go on from, and died (debug.c, _serverPanic).",
		wordings: [["2.6+", "Guru Meditation: {message:Text} #{file:Word}:{sourceLine:Int}"]],
		samples: ["4242:M 21 Nov 2026 10:00:00.000 # Guru Meditation: Unknown object type #rdb.c:1230"],
	}),
	message("crash.killed-by", {
		emitter: "both",
		weight: "lifecycle",
		means: "Another process sent the fatal signal (debug.c, sigsegvHandler).",
		wordings: [["6.0.9+", "Killed by PID: {killerPid:Int}, UID: {uid:Int}"]],
		samples: ["4242:M 21 Nov 2026 10:00:00.000 # Killed by PID: 1, UID: 0"],
	}),
	message("crash.watchdog", {
		emitter: "both",
		weight: "cause",
		means:
			"The software watchdog found the event loop blocked for longer than its period. It must have been switched on (debug.c, sigalrmSignalHandler).",
		wordings: [["2.6+", "--- WATCHDOG TIMER EXPIRED ---"]],
		samples: ["4242:M 21 Nov 2026 10:00:00.000 # --- WATCHDOG TIMER EXPIRED ---"],
	}),
] as const;

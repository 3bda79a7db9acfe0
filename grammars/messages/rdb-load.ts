import { message } from "../message.ts";

/** Loading an RDB, at start or in a full resync. */
export const rdbLoad = [
	message("rdb.load.version", {
		emitter: "both",
		weight: "context",
		means:
			"Which server wrote the RDB that is being loaded, at start or in a full resync (rdb.c, rdbLoadRioWithLoadingCtx).",
		wordings: [
			["redis-6.0+", "Loading RDB produced by version {version:Word}"],
			["valkey-7.2+", "Loading RDB produced by Redis version {version:Word}"],
			["valkey-7.2", "Loading RDB produced by valkey version {version:Word}"],
			["valkey-8.0+", "Loading RDB produced by Valkey version {version:Word}"],
		],
		samples: [
			"19833:S 21 Nov 2026 20:39:14.535 * Loading RDB produced by version 7.2.4",
			"20007:S 21 Nov 2026 20:40:36.810 * Loading RDB produced by Valkey version 9.1.2",
		],
	}),
	message("rdb.load.age", {
		emitter: "both",
		weight: "cause",
		means:
			"How old the RDB is by this host's clock: at start the staleness of its data and replication ID, in a full resync the time since the snapshot began (rdb.c, rdbLoadRio).",
		wordings: [["6.0+", "RDB age {seconds:Seconds} seconds"]],
		samples: ["19833:S 21 Nov 2026 20:39:14.535 * RDB age 0 seconds"],
	}),
	message("rdb.load.memory", {
		emitter: "both",
		weight: "context",
		means: "How much memory the server used when it wrote the RDB (rdb.c, rdbLoadRio).",
		wordings: [["6.0+", "RDB memory usage when created {mb:Float} Mb"]],
		samples: ["19833:S 21 Nov 2026 20:39:14.535 * RDB memory usage when created 1.79 Mb"],
	}),
	message("rdb.load.aof-tail", {
		emitter: "both",
		weight: "context",
		means:
			"The RDB is the base or the preamble of an AOF, whose replication metadata is not used (rdb.c, rdbLoadRioWithLoadingCtx).",
		wordings: [
			["6.0+", "RDB has an AOF tail"],
			["7.0+", "RDB is base AOF"],
			["4.0 to 6.2", "Reading RDB preamble from AOF file..."],
			["7.0+", "Reading RDB base file on AOF loading..."],
		],
		samples: [
			"18789:S 21 Nov 2026 20:35:55.298 * RDB has an AOF tail",
			"19255:S 21 Nov 2026 20:37:22.180 * RDB is base AOF",
			"18789:S 21 Nov 2026 20:35:55.298 * Reading RDB preamble from AOF file...",
			"19255:S 21 Nov 2026 20:37:22.180 * Reading RDB base file on AOF loading...",
		],
	}),
	message("rdb.load.done", {
		emitter: "both",
		weight: "progress",
		means:
			"The RDB is loaded, with the number of keys taken in and left out (rdb.c, rdbLoadRioWithLoadingCtx).",
		wordings: [
			["redis-6.2.14+, valkey-7.2 to 9.0", "Done loading RDB, keys loaded: {loaded:Int}, keys expired: {expired:Int}."],
			["redis-6.2.14+, valkey-7.2 to 9.0", "Done loading RDB, keys loaded: {loaded:Int}, keys expired: {expired:Int}, empty keys skipped: {empty:Int}."],
			["valkey-9.1+", "Done loading RDB, keys loaded: {loaded:Int}, keys expired: {expired:Int}, all fields expired hashes: {expiredHashes:Int}."],
			["valkey-9.1+", "Done loading RDB, keys loaded: {loaded:Int}, keys expired: {expired:Int}, empty keys skipped: {empty:Int}, all fields expired hashes: {expiredHashes:Int}."],
		],
		samples: [
			"19833:S 21 Nov 2026 20:39:14.535 * Done loading RDB, keys loaded: 0, keys expired: 0.",
			"20007:S 21 Nov 2026 20:40:36.810 * Done loading RDB, keys loaded: 0, keys expired: 0, all fields expired hashes: 0.",
		],
	}),
	message("rdb.load.info-field", {
		emitter: "both",
		weight: "context",
		means: "An informative field of the RDB, printed as it is read (rdb.c, rdbLoad).",
		wordings: [
			["3.2+", "RDB '{name:Text}': {value:Text}"],
			["KeyDB 6.3", "RDB contains information on {count:Int} masters"],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 * RDB '%build': nightly",
			"4242:4250:S 21 Nov 2026 10:00:00.000 * RDB contains information on 2 masters",
		],
	}),
	message("rdb.load.skip-empty", {
		emitter: "both",
		weight: "context",
		means: "A key without elements was left out (rdb.c, rdbLoadRioWithLoadingCtx).",
		wordings: [
			["6.2.14+", "rdbLoadObject skipping empty key: {key:Text}"],
			["valkey-9.1.2+", "rdbLoadObject skipping empty key"],
		],
		samples: ["4242:S 21 Nov 2026 10:00:00.000 # rdbLoadObject skipping empty key: user:1000"],
	}),
	message("rdb.load.bad-version", {
		emitter: "both",
		weight: "cause",
		means:
			"The RDB has a format that this server does not know; it is older than the one that wrote it, or of another family. A full resync between the two never succeeds (rdb.c, rdbLoadRioWithLoadingCtx).",
		wordings: [
			["2.6+", "Can't handle RDB format version {version:Int}"],
			["valkey-9.0+", "Can't handle foreign type or opcode {opcode:Int} in RDB with version {version:Int}"],
		],
		samples: ["4242:S 21 Nov 2026 10:00:00.000 # Can't handle RDB format version 12"],
	}),
	message("rdb.load.bad-signature", {
		emitter: "both",
		weight: "cause",
		means: "What is being loaded does not begin like an RDB (rdb.c, rdbLoadRioWithLoadingCtx).",
		wordings: [
			["redis-2.6+, valkey-7.2 to 9.0", "Wrong signature trying to load DB from file"],
			["valkey-9.1+", "Wrong signature trying to load DB from file: {signature:Text}"],
		],
		samples: ["4163:S 21 Nov 2026 20:27:10.415 # Wrong signature trying to load DB from file"],
	}),
	message("rdb.load.checksum", {
		emitter: "both",
		weight: "cause",
		means: "The checksum at the end of the RDB does not fit its content (rdb.c, rdbLoadRio).",
		wordings: [
			["2.6 to 5.0", "Wrong RDB checksum. Aborting now."],
			["6.0+", "Wrong RDB checksum expected: ({expected:Hex}) but got ({got:Hex}). Aborting now."],
		],
		samples: [
			"[4242] 21 Nov 10:00:00.000 # Wrong RDB checksum. Aborting now.",
			"4242:S 21 Nov 2026 10:00:00.000 # Wrong RDB checksum expected: (8f1c2b7d90aa34e6) but got (0). Aborting now.",
		],
	}),
	message("rdb.load.checksum-skipped", {
		emitter: "both",
		weight: "context",
		means: "The RDB carries no checksum, so none is verified (rdb.c, rdbLoadRioWithLoadingCtx).",
		wordings: [
			["2.6+", "RDB file was saved with checksum disabled: no check performed."],
			["valkey-8.1+", "RDB file was saved with checksum disabled: skipped checksum for this transfer"],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # RDB file was saved with checksum disabled: no check performed.",
		],
	}),
	message("rdb.load.short-read", {
		emitter: "both",
		weight: "cause",
		means:
			"The RDB ends too early, or holds what this server cannot read. From a socket that is a lost connection, from disk a damaged file (rdb.c, rdbLoadRioWithLoadingCtx).",
		wordings: [
			["2.6+", "Short read or OOM loading DB. Unrecoverable error, aborting now."],
			["valkey-9.0+", "Unknown type or opcode when loading DB. Unrecoverable error, aborting now."],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # Short read or OOM loading DB. Unrecoverable error, aborting now.",
		],
	}),
	message("rdb.load.corrupt", {
		emitter: "both",
		weight: "cause",
		means:
			"The RDB is damaged or cut short, with the place in the file and in the source. Read from a file it ends the process; read from a socket it ends only the sync (rdb.c, rdbReportError).",
		wordings: [
			["3.2.2 to 5.0", "Internal error in RDB reading function at rdb.c:{sourceLine:Int} -> {reason:Text}"],
			["6.0+", "Internal error in RDB reading offset {offset:Offset}, function at rdb.c:{sourceLine:Int} -> {reason:Text}"],
			["6.0+", "Internal error in RDB reading offset {offset:Offset}, function at rdb.c:{sourceLine:Int} -> {reason:Text}. Failure loading rdb format from socket, assuming connection error, resuming operation."],
			["6.2+", "Internal error in RDB reading offset {offset:Offset}, function at rdb.c:{sourceLine:Int} -> {reason:Text}. Failure loading rdb format"],
		],
		samples: [
			"4242:S 21 Nov 10:00:00.000 # Internal error in RDB reading function at rdb.c:2311 -> Unexpected EOF reading RDB file",
			"4242:S 21 Nov 2026 10:00:00.000 # Internal error in RDB reading offset 1052672, function at rdb.c:2311 -> Unexpected EOF reading RDB file. Failure loading rdb format from socket, assuming connection error, resuming operation.",
		],
	}),
	message("rdb.load.other-error", {
		emitter: "both",
		weight: "cause",
		means:
			"The RDB needs what this server does not have: a module, more databases, a function library; or it contradicts itself (rdb.c, rdbLoadRioWithLoadingCtx).",
		wordings: [
			["4.0 to 6.2.1", "The RDB file contains module data I can't load: no matching module '{name:Text}'"],
			["5.0+", "The RDB file contains AUX module data I can't load: no matching module '{name:Text}'"],
			["5.0.6+", "The RDB file contains module AUX data, but the module '{name:Text}' doesn't seem to support it."],
			["5.0.6+", "The RDB file contains module AUX data for the module type '{name:Text}', that the responsible module is not able to load. Check for modules log above for additional clues."],
			["5.0.6+", "The RDB file contains module AUX data for the module '{name:Text}' that is not terminated by the proper module value EOF marker"],
			["2.6+", "FATAL: Data file was created with a {serverName:Word} server configured to handle more than {databases:Int} databases. Exiting"],
			["7.0+", "Failed loading library, {error:Text}"],
			["7.0+", "Failed creating function, {error:Text}"],
			["6.0+", "RDB has duplicated key '{key:Text}' in DB {db:Int}"],
			["valkey-9.1.2+", "RDB has duplicated key in DB {db:Int}"],
			["7.2+", "Fatal error: can't open the RDB file {file:Text} for reading: {error:Text}"],
		],
		samples: [
			"4242:S 21 Nov 10:00:00.000 # The RDB file contains module data I can't load: no matching module 'ReJSON-RL'",
			"4242:S 21 Nov 2026 10:00:00.000 # Failed creating function, Library 'stats' already exists",
		],
	}),
	message("rdb.load.terminating", {
		emitter: "both",
		weight: "lifecycle",
		means: "The process exits because the RDB cannot be read (rdb.c, rdbReportError).",
		wordings: [["6.0+", "Terminating server after rdb file reading failure."]],
		samples: ["4242:S 21 Nov 2026 10:00:00.000 # Terminating server after rdb file reading failure."],
	}),
] as const;

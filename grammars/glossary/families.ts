import { section } from "./entry.ts";

export const keyspace = section("Keyspace", {
	dbN: {
		unit: "pairs",
		means:
			"One database: its keys, how many of them expire, and their average time to live (avg_ttl, milliseconds). Empty databases are left out.",
		worry:
			"The keys of a replica differ much from those of its primary, or fall to 0: it was flushed or the wrong data was loaded.",
	},
});

export const keysizes = section("Keysizes", {
	"dbN_distrib_*": {
		unit: "pairs",
		means: "How many keys of one type have which size, in steps of powers of two.",
		since: "Redis 8.0",
	},
});

export const commandstats = section("Commandstats", {
	"cmdstat_*": {
		unit: "pairs",
		means:
			"One command: calls, time in all (usec) and a call (usec_per_call) in microseconds, calls turned away before they ran (rejected_calls, 6.2) and calls that failed (failed_calls, 6.2).",
		worry:
			"For psync, replconf, replicaof and flushall: more calls than you expect. For any command: usec_per_call in the tens of thousands, which stalls everything else.",
	},
});

export const errorstats = section("Errorstats", {
	"errorstat_*": {
		unit: "pairs",
		means: "How many replies began with one error word (ERR, NOAUTH, MISCONF …).",
		worry:
			"NOMASTERLINK, LOADING, MISCONF, NOAUTH, NOPERM or MASTERDOWN rises: replicas may be among those turned away.",
		since: "6.2",
	},
});

export const latencystats = section("Latencystats", {
	"latency_percentiles_usec_*": {
		unit: "pairs",
		means:
			"How long one command took, in microseconds: half of its calls at most p50, 99 of 100 at most p99.",
		worry: "p99 is in the hundreds of thousands: such a call stalls the server.",
		since: "7.0",
	},
});

export const modules = section("Modules", {
	module: {
		unit: "pairs",
		means: "One loaded module: name, version, and which modules use it.",
		worry:
			"Primary and replica load different modules: a replica without the module cannot load the snapshot. A module nobody installed is a sign of a break-in.",
	},
});

export const engines = section("Scripting Engines", {
	engines_count: { unit: "count", means: "Scripting engines available, Lua included.", since: "Valkey 9" },
	engines_total_used_memory: { unit: "bytes", means: "Memory of all scripting engines.", since: "Valkey 9" },
	engines_total_memory_overhead: {
		unit: "bytes",
		means: "Memory the server needs to manage them.",
		since: "Valkey 9",
	},
	engine_N: { unit: "pairs", means: "One scripting engine: name, module and memory.", since: "Valkey 9" },
});

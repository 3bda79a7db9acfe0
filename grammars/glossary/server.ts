import { section } from "./entry.ts";

export const server = section("Server", {
	redis_version: {
		unit: "version",
		means:
			"Version of the server. Valkey goes on printing 7.2.4 here for old clients: look at valkey_version.",
		worry: "Primary and replica differ: a replica cannot load the snapshot of a much newer primary.",
	},
	valkey_version: { unit: "version", means: "The real version of a Valkey server.", since: "Valkey" },
	server_name: { unit: "word", means: "`valkey` on a Valkey server.", since: "Valkey" },
	valkey_release_stage: {
		unit: "word",
		means: "Whether this is a release candidate (`rc1`) or a final release (`ga`).",
		since: "Valkey 8.1",
	},
	redis_git_sha1: {
		unit: "id",
		means: "The commit the server was built from; zeros when built outside git.",
	},
	redis_git_dirty: { unit: "flag", means: "1 when the source had local changes at build time." },
	redis_build_id: { unit: "id", means: "A hash of the build." },
	redis_mode: { unit: "word", means: "`standalone`, `cluster` or `sentinel`.", since: "2.8" },
	server_mode: {
		unit: "word",
		means: "Valkey's name of redis_mode: `standalone`, `cluster` or `sentinel`.",
		since: "Valkey 8.0",
	},
	os: {
		unit: "text",
		means: "Operating system, kernel and machine type; managed services print their own name.",
	},
	arch_bits: {
		unit: "bits",
		means: "32 or 64: the word size the server was built for.",
		worry: "It is 32 and the data grows past 3 GB.",
	},
	monotonic_clock: {
		unit: "text",
		means: "Which clock measures durations; unlike the wall clock it never jumps.",
		since: "6.2",
	},
	multiplexing_api: { unit: "word", means: "How the server waits for many sockets: epoll, kqueue, select …" },
	atomicvar_api: { unit: "word", means: "How threads share counters in this build." },
	gcc_version: {
		unit: "version",
		means: "The compiler the server was built with; 0.0.0 when it was not GCC.",
	},
	process_id: {
		unit: "number",
		means:
			"PID of the server. Log lines begin with it, so it ties a dump to a log; inside a container it is usually 1.",
		worry: "It differs between two dumps of one node: the server was restarted in between.",
	},
	process_supervised: {
		unit: "word",
		means: "Which supervisor the server reports to: upstart, systemd, unknown or no.",
		since: "6.2",
	},
	run_id: {
		unit: "id",
		means:
			"Random ID of this run of the process, drawn anew at every start. Before 4.0 it was also the ID of the replication history.",
		worry: "It differs between two dumps of one node: the server was restarted in between.",
	},
	tcp_port: {
		unit: "port",
		means: "The port the server listens on (the TLS port when there is no plain one).",
	},
	server_time_usec: {
		unit: "unix-microseconds",
		means: "The clock of this machine when the dump was made.",
		worry: "Dumps made together differ by more than a moment: the clocks disagree, and so do the logs.",
		since: "6.2",
	},
	uptime_in_seconds: {
		unit: "seconds",
		means: "How long this process has been running.",
		worry:
			"It is shorter than you expect: the server was restarted. A primary that restarts loses its history unless it could restore it from the RDB.",
	},
	uptime_in_days: { unit: "days", means: "uptime_in_seconds in whole days." },
	hz: { unit: "hertz", means: "How often the background work runs in a second, at the moment." },
	configured_hz: {
		unit: "hertz",
		means: "The `hz` of the configuration; dynamic-hz may raise the real one.",
		since: "5.0",
	},
	clients_hz: {
		unit: "hertz",
		means: "How often the server looks after its clients in a second.",
		since: "Valkey 8.1",
	},
	lru_clock: { unit: "number", means: "The clock that ages keys for eviction." },
	executable: { unit: "text", means: "Path of the server program." },
	config_file: {
		unit: "text",
		means: "Path of the configuration file; empty when the server was started without one.",
		worry:
			"It is empty or not the file you edited: settings live in memory only and are gone after a restart.",
	},
	io_threads_active: {
		unit: "flag",
		means: "1 while more threads than the main one read and write sockets.",
		since: "6.0",
	},
	availability_zone: {
		unit: "text",
		means: "The zone set in the configuration, for clients that prefer a near node.",
		since: "Valkey 8.0",
	},
	shutdown_in_milliseconds: {
		unit: "milliseconds",
		means: "How long a shutdown under way still waits for replicas to catch up. Printed only then.",
		worry: "It is there at all: the server is about to go.",
		since: "7.0",
	},
	listenerN: {
		unit: "pairs",
		means: "One thing the server listens on: its kind, addresses and port.",
		since: "7.2",
	},
	vm_enabled: {
		unit: "flag",
		means: "Whether the old virtual memory (values swapped to a file) is on. Gone since 2.6.",
	},
});

import { message } from "../message.ts";

/** The start of a process, and what it says about itself while it runs. */
export const lifecycle = [
	message("server.starting", {
		emitter: "both",
		weight: "lifecycle",
		means:
			"First line of a process (since 4.0). Run ID and replication ID begin anew here, the latter unless it is restored. Its role letter is C, except since Valkey 8.1 (server.c, main).",
		wordings: [
			["redis-4.0+", "oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo"],
			["valkey-7.2+", "oO0OoO0OoO0Oo Valkey is starting oO0OoO0OoO0Oo"],
			["KeyDB", "oO0OoO0OoO0Oo KeyDB is starting oO0OoO0OoO0Oo"],
		],
		samples: [
			"19781:C 21 Nov 2026 20:38:58.144 * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo",
			"19943:M 21 Nov 2026 20:40:19.363 * oO0OoO0OoO0Oo Valkey is starting oO0OoO0OoO0Oo",
			"4242:4242:C 21 Nov 2026 10:00:00.000 # oO0OoO0OoO0Oo KeyDB is starting oO0OoO0OoO0Oo",
		],
	}),
	message("server.version", {
		emitter: "both",
		weight: "lifecycle",
		means: "Second line of a process (since 4.0), with the exact version (server.c, main).",
		wordings: [
			["redis-4.0+", "Redis version={version:Word}, bits={bits:Int}, commit={commit:Word}, modified={modified:Int}, pid={serverPid:Int}, just started"],
			["valkey-7.2+", "Valkey version={version:Word}, bits={bits:Int}, commit={commit:Word}, modified={modified:Int}, pid={serverPid:Int}, just started"],
			["KeyDB", "KeyDB version={version:Word}, bits={bits:Int}, commit={commit:Word}, modified={modified:Int}, pid={serverPid:Int}, just started"],
		],
		samples: [
			"19781:C 21 Nov 2026 20:38:58.144 * Redis version=7.2.4, bits=64, commit=00000000, modified=0, pid=19781, just started",
			"19943:M 21 Nov 2026 20:40:19.363 * Valkey version=9.1.2, bits=64, commit=00000000, modified=1, pid=19943, just started",
			"4242:4242:C 21 Nov 2026 10:00:00.000 # KeyDB version=6.3.4, bits=64, commit=00000000, modified=0, pid=4242, just started",
		],
	}),
	message("server.version-legacy", {
		emitter: "both",
		weight: "lifecycle",
		means: "Start line of 2.6 to 3.2, with the exact version (redis.c, main).",
		wordings: [
			["2.6 to 3.2", "Server started, Redis version {version:Word}"],
			["2.8.18 to 3.2", "Redis {version:Word} ({sha1:Word}/{dirty:Int}) {bits:Word} bit, {mode:Text} mode, port {port:Int}, pid {serverPid:Int} ready to start."],
		],
		samples: ["[23110] 21 Nov 20:16:19.842 # Server started, Redis version 2.8.24"],
	}),
	message("server.mode", {
		emitter: "both",
		weight: "lifecycle",
		means: "Mode and port of a process that starts, printed in place of the logo (server.c, redisAsciiArt).",
		wordings: [["4.0+", "Running mode={mode:Word}, port={port:Int}."]],
		samples: ["19781:M 21 Nov 2026 20:38:58.145 * Running mode=cluster, port=22301."],
	}),
	message("server.config-loaded", {
		emitter: "both",
		weight: "lifecycle",
		means: "Configuration file and arguments are read (server.c, main).",
		wordings: [["4.0+", "Configuration loaded"]],
		samples: ["19781:C 21 Nov 2026 20:38:58.144 * Configuration loaded"],
	}),
	message("server.no-config", {
		emitter: "both",
		weight: "lifecycle",
		means:
			"The process runs without a configuration file, so a role given at run time does not survive a restart (server.c, main).",
		wordings: [
			["redis-2.6+, valkey-7.2 to 9.0", "Warning: no config file specified, using the default config. In order to specify a config file use {program:Text} /path/to/{serverName:Word}.conf"],
			["valkey-9.1+", "Warning: No config file specified, using the default config. In order to specify a config file use {program:Text} /path/to/valkey.conf"],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf",
		],
	}),
	message("server.startup-misc", {
		emitter: "both",
		weight: "context",
		means:
			"Remarks on the environment at start: clock, authentication, kernel settings that make forks slow (server.c, main).",
		wordings: [
			["6.2+", "monotonic clock: {clkMsg:Text}"],
			["redis-8.6+", "WARNING: Redis does not require authentication and is not protected by network restrictions. Redis will accept connections from any IP address on any network interface."],
			["redis-8.6+", "WARNING: Redis does not require authentication. Redis will accept connections from any IP address on the configured network interface."],
			["redis-8.6+", "WARNING: Redis does not require authentication. Redis will accept connections from any local client."],
			["2.8.18 to 6.0.7", "WARNING you have Transparent Huge Pages (THP) support enabled in your kernel. This will create latency and memory usage issues with Redis. To fix this issue run the command 'echo never > /sys/kernel/mm/transparent_hugepage/enabled' as root, and add it to your /etc/rc.local in order to retain the setting after a reboot. Redis must be restarted after THP is disabled."],
			["6.0.8 to 7.0.0", "WARNING you have Transparent Huge Pages (THP) support enabled in your kernel. This will create latency and memory usage issues with Redis. To fix this issue run the command 'echo madvise > /sys/kernel/mm/transparent_hugepage/enabled' as root, and add it to your /etc/rc.local in order to retain the setting after a reboot. Redis must be restarted after THP is disabled (set to 'madvise' or 'never')."],
			["2.8+", "WARNING: The TCP backlog setting of {setting:Int} cannot be enforced because /proc/sys/net/core/somaxconn is set to the lower value of {maximum:Int}."],
		],
		samples: [
			"19781:M 21 Nov 2026 20:38:58.145 * monotonic clock: POSIX clock_gettime",
			"11522:M 21 Nov 2026 20:30:36.169 # WARNING: Redis does not require authentication and is not protected by network restrictions. Redis will accept connections from any IP address on any network interface.",
			"10382:M 21 Nov 2026 20:30:04.617 # WARNING: Redis does not require authentication. Redis will accept connections from any local client.",
			"16682:M 21 Nov 20:33:10.269 # WARNING you have Transparent Huge Pages (THP) support enabled in your kernel. This will create latency and memory usage issues with Redis. To fix this issue run the command 'echo never > /sys/kernel/mm/transparent_hugepage/enabled' as root, and add it to your /etc/rc.local in order to retain the setting after a reboot. Redis must be restarted after THP is disabled.",
		],
	}),
	message("server.system-warning", {
		emitter: "both",
		weight: "context",
		means:
			"A check of the system at start found something, most often that memory overcommit is off and a fork may fail (server.c, linuxMemoryWarnings).",
		wordings: [
			["2.6 to 7.0.0", "WARNING overcommit_memory is set to 0! Background save may fail under low memory condition. To fix this issue add 'vm.overcommit_memory = 1' to /etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect."],
			["7.0.15+", "WARNING {detail:Text}"],
		],
		samples: [
			"16682:M 21 Nov 20:33:10.269 # WARNING overcommit_memory is set to 0! Background save may fail under low memory condition. To fix this issue add 'vm.overcommit_memory = 1' to /etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect.",
			"19781:C 21 Nov 2026 20:38:58.144 # WARNING Memory overcommit must be enabled! Without it, a background save or replication may fail under low memory condition. To fix this issue add 'vm.overcommit_memory = 1' to /etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect.",
		],
	}),
	message("server.initialized", {
		emitter: "both",
		weight: "lifecycle",
		means: "Initialisation is done, and the data set is loaded next (server.c, main).",
		wordings: [["4.0+", "Server initialized"]],
		samples: ["19781:M 21 Nov 2026 20:38:58.147 * Server initialized"],
	}),
	message("server.loaded", {
		emitter: "both",
		weight: "lifecycle",
		means:
			"The data set is loaded at start. From disk means an RDB, whose replication metadata can be continued from (by a replica since 4.0, by a primary since 7.0); an append only file has none (server.c, loadDataFromDisk).",
		wordings: [
			["2.6+", "DB loaded from disk: {seconds:Float} seconds"],
			["2.6+", "DB loaded from append only file: {seconds:Float} seconds"],
		],
		samples: [
			"21897:M 21 Nov 2026 20:53:00.860 * DB loaded from disk: 0.001 seconds",
			"18165:S 21 Nov 20:33:59.053 * DB loaded from append only file: 0.009 seconds",
		],
	}),
	message("server.load-failed", {
		emitter: "both",
		weight: "lifecycle",
		means: "The data set could not be loaded at start, and the process exits (server.c, loadDataFromDisk).",
		wordings: [
			["2.6.12 to 7.0", "Fatal error loading the DB: {error:Text}. Exiting."],
			["2.6 to 2.6.11", "Fatal error loading the DB. Exiting."],
			["7.2+", "Fatal error loading the DB, check server logs. Exiting."],
		],
		samples: [
			"[4242] 21 Nov 10:00:00.000 # Fatal error loading the DB: Permission denied. Exiting.",
			"4242:M 21 Nov 2026 10:00:00.000 # Fatal error loading the DB, check server logs. Exiting.",
		],
	}),
	message("server.ready", {
		emitter: "both",
		weight: "lifecycle",
		means:
			"The process accepts connections: the end of a start. Since 7.2 there is one line for each kind of listener (server.c, main).",
		wordings: [
			["2.6 to 3.2", "The server is now ready to accept connections on port {where:Word}"],
			["2.6 to 7.0", "The server is now ready to accept connections at {where:Text}"],
			["4.0 to 7.0", "Ready to accept connections"],
			["7.2+", "Ready to accept connections {where:Text}"],
		],
		samples: [
			"[23110] 21 Nov 20:16:19.842 * The server is now ready to accept connections on port 22001",
			"16682:M 21 Nov 20:33:10.269 * Ready to accept connections",
			"19781:M 21 Nov 2026 20:38:58.147 * Ready to accept connections tcp",
		],
	}),
	message("server.autosave", {
		emitter: "both",
		weight: "context",
		means:
			"A save point is reached, and an ordinary snapshot begins; a replica that comes now may have to wait for it (server.c, serverCron).",
		wordings: [["2.6+", "{changes:Int} changes in {seconds:Seconds} seconds. Saving..."]],
		samples: ["4242:M 21 Nov 2026 10:00:00.000 * 10000 changes in 60 seconds. Saving..."],
	}),
	message("server.misconf-replica", {
		emitter: "replica",
		weight: "context",
		means:
			"The replica executes the stream although it cannot write to its disk (replica-ignore-disk-write-errors) (server.c, processCommand).",
		wordings: [["7.0+", "Replica is applying a command even though it is unable to write to disk."]],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # Replica is applying a command even though it is unable to write to disk.",
		],
	}),
	message("server.repl-blocked-trim", {
		emitter: "replica",
		weight: "cause",
		means:
			"The replica holds back the stream until a trim of migrated slots is done. A link lost meanwhile is not cached (server.c, processCommand).",
		wordings: [
			["redis-8.4+", "Master is sending command for slot {slot:Int}. There is an trim job in progress for this slot. This replica cannot process this command right now. Blocking master client until trim job is done."],
			["redis-8.4+", "Unblocking master client after active trim is completed"],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # Master is sending command for slot 866. There is an trim job in progress for this slot. This replica cannot process this command right now. Blocking master client until trim job is done.",
		],
	}),
	message("module.loaded", {
		emitter: "both",
		weight: "context",
		means:
			"A module was loaded, by configuration or by MODULE LOAD. Behind a full resync from a strange primary it is how servers are taken over (module.c, moduleLoad).",
		wordings: [["4.0+", "Module '{name:Text}' loaded from {path:Text}"]],
		samples: ["4242:M 21 Nov 2026 10:00:00.000 * Module 'timeseries' loaded from /opt/modules/timeseries.so"],
	}),
	message("module.load-failed", {
		emitter: "both",
		weight: "context",
		means:
			"A module could not be loaded: no such file, or none that fits this server. Behind a link to a strange primary it is a take-over that failed (module.c, moduleLoad).",
		wordings: [["4.0+", "Module {path:Text} failed to load: {error:Text}"]],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # Module /opt/modules/graph.so failed to load: /opt/modules/graph.so: cannot open shared object file: No such file or directory",
		],
	}),
] as const;

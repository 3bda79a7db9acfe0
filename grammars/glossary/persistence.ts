import { section } from "./entry.ts";

export const persistence = section("Persistence", {
	loading: {
		unit: "flag",
		means: "1 while the server reads its data from disk, or a replica the snapshot of its primary.",
		worry:
			"It is 1 for minutes: clients and replicas are turned away with -LOADING, and a liveness probe may kill the server half-way.",
	},
	async_loading: {
		unit: "flag",
		means:
			"1 while a replica loads a snapshot beside its old data and still answers from the old data (repl-diskless-load swapdb).",
		since: "7.0",
	},
	loading_start_time: { unit: "unix-seconds", means: "When the load under way began." },
	loading_total_bytes: { unit: "bytes", means: "Size of the file being loaded; 0 when it is streamed." },
	loading_rdb_used_mem: {
		unit: "bytes",
		means: "Memory the server that wrote the snapshot used; stands in for a size nobody knows.",
	},
	loading_loaded_bytes: { unit: "bytes", means: "How much of it has been loaded." },
	loading_loaded_perc: { unit: "percent", means: "How much of it has been loaded, in percent." },
	loading_eta_seconds: {
		unit: "seconds",
		means: "How long the load will still take, guessed from its pace so far.",
	},
	current_cow_peak: {
		unit: "bytes",
		means: "The most memory that the child process now saving had to copy because the parent kept writing.",
		since: "7.0",
	},
	current_cow_size: {
		unit: "bytes",
		means: "Memory copied so far for the child process now saving.",
		worry:
			"Together with used_memory_rss it nears the memory of the machine: the kernel may kill the server.",
		since: "6.2",
	},
	current_cow_size_age: { unit: "seconds", means: "How old current_cow_size is.", since: "6.2" },
	current_fork_perc: { unit: "percent", means: "How far the child process has come.", since: "6.2" },
	current_save_keys_processed: { unit: "count", means: "Keys the child process has written.", since: "6.2" },
	current_save_keys_total: {
		unit: "count",
		means: "Keys there were when the child process started.",
		since: "6.2",
	},
	rdb_changes_since_last_save: {
		unit: "count",
		means: "Writes since the last good RDB save: what a crash would lose without AOF.",
		worry: "It is high on a primary without AOF.",
	},
	rdb_bgsave_in_progress: {
		unit: "flag",
		means:
			"1 while a child process writes a snapshot, be it for a save point, BGSAVE or a replica's full sync.",
		worry: "It stays 1 for hours: the child hangs, and no replica can sync until it ends.",
	},
	rdb_last_save_time: {
		unit: "unix-seconds",
		means: "When the last good RDB save ended (the start of the server if there was none).",
	},
	rdb_last_bgsave_status: {
		unit: "status",
		means: "Whether the last background save worked.",
		worry:
			"It is `err`: the disk is full, fork failed, or the child was killed. By default the server then also refuses writes and the PINGs of replicas (-MISCONF).",
	},
	rdb_last_bgsave_time_sec: {
		unit: "seconds",
		means: "How long the last background save took. -1 before the first.",
		worry:
			"It is longer than the backlog and the replica output buffer can bridge: every full sync ends in another.",
	},
	rdb_current_bgsave_time_sec: {
		unit: "seconds",
		means: "How long the save under way has been running. -1 when there is none.",
	},
	rdb_saves: { unit: "count", means: "RDB saves since the server started.", since: "7.0" },
	rdb_saves_consecutive_failures: {
		unit: "count",
		means: "RDB saves that have failed in a row.",
		worry: "It is above 0.",
		since: "Redis 8.4",
	},
	rdb_last_cow_size: {
		unit: "bytes",
		means: "Memory that had to be copied during the last RDB save.",
		worry: "It nears used_memory: saves nearly double the memory needed.",
		since: "4.0",
	},
	rdb_last_load_keys_expired: {
		unit: "count",
		means: "Keys dropped as expired during the last load of an RDB.",
		since: "7.0",
	},
	rdb_last_load_keys_loaded: {
		unit: "count",
		means: "Keys read during the last load of an RDB.",
		since: "7.0",
	},
	aof_enabled: {
		unit: "flag",
		means:
			"1 when the append-only file is on. A server that restarts with AOF forgets its replication history, since the AOF does not hold it.",
		worry: "It is 1 and restarts cause full syncs although an RDB with the history lies beside it.",
	},
	aof_rewrite_in_progress: { unit: "flag", means: "1 while a child process rewrites the append-only file." },
	aof_rewrite_scheduled: { unit: "flag", means: "1 when a rewrite waits for the RDB save under way." },
	aof_last_rewrite_time_sec: {
		unit: "seconds",
		means: "How long the last rewrite took. -1 before the first.",
	},
	aof_current_rewrite_time_sec: {
		unit: "seconds",
		means: "How long the rewrite under way has been running. -1 when there is none.",
	},
	aof_last_bgrewrite_status: {
		unit: "status",
		means: "Whether the last rewrite worked.",
		worry: "It is `err`: the file grows without bound.",
	},
	aof_rewrites: { unit: "count", means: "Rewrites since the server started.", since: "7.0" },
	aof_rewrites_consecutive_failures: {
		unit: "count",
		means: "Rewrites that have failed in a row.",
		worry: "It is above 0.",
		since: "7.0",
	},
	aof_last_write_status: {
		unit: "status",
		means: "Whether the last write to the append-only file worked.",
		worry: "It is `err`: the disk is full or failing, and the server refuses writes.",
	},
	aof_last_cow_size: {
		unit: "bytes",
		means: "Memory that had to be copied during the last rewrite.",
		since: "4.0",
	},
	aof_current_size: { unit: "bytes", means: "Size of the append-only file." },
	aof_base_size: { unit: "bytes", means: "Its size after the last rewrite or at start." },
	aof_pending_rewrite: { unit: "flag", means: "1 when a rewrite waits for the RDB save under way." },
	aof_buffer_length: { unit: "bytes", means: "Writes not yet handed to the append-only file." },
	aof_rewrite_buffer_length: {
		unit: "bytes",
		means: "Writes kept aside for the rewrite under way. Gone since 7.0.",
	},
	aof_pending_bio_fsync: { unit: "count", means: "Flushes to disk waiting in the background." },
	aof_delayed_fsync: {
		unit: "count",
		means: "How often a write had to wait because the disk was still busy with the flush before.",
		worry: "It rises: the disk is too slow, the server stalls, and stalls break replication links.",
	},
	module_fork_in_progress: { unit: "flag", means: "1 while a child process of a module runs.", since: "6.0" },
	module_fork_last_cow_size: {
		unit: "bytes",
		means: "Memory that had to be copied during a module's last child process.",
		since: "6.0",
	},
	slot_migration_fork_in_progress: {
		unit: "flag",
		means: "1 while a child process sends slots to another node.",
		since: "Valkey 9",
	},
	changes_since_last_save: { unit: "count", means: "Old name of rdb_changes_since_last_save, up to 2.4." },
	bgsave_in_progress: { unit: "flag", means: "Old name of rdb_bgsave_in_progress, up to 2.4." },
	last_save_time: { unit: "unix-seconds", means: "Old name of rdb_last_save_time, up to 2.4." },
	bgrewriteaof_in_progress: { unit: "flag", means: "Old name of aof_rewrite_in_progress, up to 2.4." },
});

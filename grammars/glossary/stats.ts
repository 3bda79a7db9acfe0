import { section } from "./entry.ts";

/** Most counters begin at 0 with the process and after CONFIG RESETSTAT. */
export const stats = section("Stats", {
	total_connections_received: {
		unit: "count",
		means: "Connections accepted so far.",
		worry: "It grows by hundreds a second: clients, or a replica in a loop, connect again and again.",
	},
	total_commands_processed: {
		unit: "count",
		means: "Commands executed so far, on a replica those of the stream too.",
	},
	instantaneous_ops_per_sec: { unit: "per-second", means: "Commands executed in the last moments." },
	total_net_input_bytes: { unit: "bytes", means: "Bytes received so far, replication included." },
	total_net_output_bytes: { unit: "bytes", means: "Bytes sent so far, replication included." },
	total_net_repl_input_bytes: {
		unit: "bytes",
		means: "Bytes received from the primary: snapshots and stream.",
		since: "7.0",
	},
	total_net_repl_output_bytes: {
		unit: "bytes",
		means: "Bytes sent to replicas: snapshots and stream.",
		worry: "It jumps by the size of the data set: that was a full sync.",
		since: "7.0",
	},
	instantaneous_input_kbps: { unit: "kib-per-second", means: "Bytes received in the last moments." },
	instantaneous_output_kbps: { unit: "kib-per-second", means: "Bytes sent in the last moments." },
	instantaneous_input_repl_kbps: {
		unit: "kib-per-second",
		means: "Bytes received from the primary in the last moments.",
		since: "7.0",
	},
	instantaneous_output_repl_kbps: {
		unit: "kib-per-second",
		means: "Bytes sent to replicas in the last moments.",
		worry: "Times the length of an outage it is what the backlog must hold for each replica.",
		since: "7.0",
	},
	rejected_connections: {
		unit: "count",
		means: "Connections turned away because maxclients was reached.",
		worry: "It is above 0: a replica may have been among them.",
	},
	sync_full: {
		unit: "count",
		means: "Full syncs this server has granted to replicas.",
		worry: "It is higher than the number of replicas and rises: replicas copy everything again and again.",
		since: "2.8",
	},
	sync_partial_ok: {
		unit: "count",
		means:
			"Requests to continue that this server granted. Valkey's dual-channel sync counts here too, although it is a full sync.",
		since: "2.8",
	},
	sync_partial_err: {
		unit: "count",
		means:
			"Requests to continue that this server could not grant, each followed by a full sync. A replica that knows no history does not count.",
		worry: "It rises: the backlog is too small or the history has changed.",
		since: "2.8",
	},
	expired_subkeys: { unit: "count", means: "Fields of hashes that expired.", since: "Redis 7.4" },
	expired_subkeys_active: {
		unit: "count",
		means: "Those of them that the server removed on its own, without an access.",
	},
	expired_fields: { unit: "count", means: "Fields of hashes that expired.", since: "Valkey 9" },
	expired_keys: { unit: "count", means: "Keys that expired so far." },
	expired_keys_active: {
		unit: "count",
		means: "Those of them that the server removed on its own, without an access.",
	},
	expired_stale_perc: {
		unit: "percent",
		means: "Estimated share of keys that have expired but are still there.",
		worry: "It is above 10: removal does not keep up.",
	},
	expired_keys_with_volatile_items_stale_perc: {
		unit: "percent",
		means: "The same estimate for keys whose fields expire.",
		since: "Valkey 9",
	},
	expired_time_cap_reached_count: {
		unit: "count",
		means: "How often removing expired keys was cut short for lack of time.",
	},
	expire_cycle_cpu_milliseconds: {
		unit: "milliseconds",
		means: "Time spent on removing expired keys.",
		since: "6.0",
	},
	evicted_keys: {
		unit: "count",
		means: "Keys removed because maxmemory was reached.",
		worry: "It rises on a server that is no cache: data is being lost.",
	},
	evicted_clients: {
		unit: "count",
		means:
			"Clients cut off because all of them together used too much memory (maxmemory-clients). Replicas are spared.",
		worry: "It is above 0.",
		since: "7.0",
	},
	evicted_scripts: {
		unit: "count",
		means: "EVAL scripts dropped to make room.",
		since: "Redis 7.4, Valkey 8.0",
	},
	total_eviction_exceeded_time: {
		unit: "milliseconds",
		means: "Time spent above maxmemory so far.",
		since: "7.0",
	},
	current_eviction_exceeded_time: {
		unit: "milliseconds",
		means: "Time since used_memory last rose above maxmemory; 0 when it is below.",
		worry: "It is above 0 for long: eviction does not keep up.",
		since: "7.0",
	},
	keyspace_hits: { unit: "count", means: "Look-ups that found their key." },
	keyspace_misses: { unit: "count", means: "Look-ups that found nothing." },
	pubsub_channels: { unit: "count", means: "Channels somebody listens to; Sentinels count." },
	pubsub_patterns: { unit: "count", means: "Channel patterns somebody listens to." },
	pubsubshard_channels: { unit: "count", means: "Shard channels somebody listens to.", since: "7.0" },
	latest_fork_usec: {
		unit: "microseconds",
		means: "How long the last fork held up the server. Every full sync forks, and so does every save.",
		worry:
			"It is above 1,000,000: the server stood still for a second. Huge pages and large data sets make it long.",
	},
	total_forks: { unit: "count", means: "Forks since the start.", since: "6.2" },
	migrate_cached_sockets: { unit: "count", means: "Open connections to targets of MIGRATE.", since: "3.0" },
	slave_expires_tracked_keys: {
		unit: "count",
		means: "On a writable replica: expiring keys that were written on the replica itself.",
		worry: "It is above 0: somebody writes to the replica.",
		since: "4.0",
	},
	active_defrag_hits: { unit: "count", means: "Values moved by defragmentation.", since: "4.0" },
	active_defrag_misses: {
		unit: "count",
		means: "Values looked at by defragmentation and left in place.",
		since: "4.0",
	},
	active_defrag_key_hits: { unit: "count", means: "Keys of which some part was moved.", since: "4.0" },
	active_defrag_key_misses: { unit: "count", means: "Keys that were left as they were.", since: "4.0" },
	total_active_defrag_time: {
		unit: "milliseconds",
		means: "Time spent above the fragmentation limit.",
		since: "7.0",
	},
	current_active_defrag_time: {
		unit: "milliseconds",
		means: "Time since the fragmentation limit was last passed; 0 below it.",
		since: "7.0",
	},
	tracking_total_keys: { unit: "count", means: "Keys remembered for client-side caching.", since: "6.0" },
	tracking_total_items: {
		unit: "count",
		means: "Pairs of key and client remembered for client-side caching.",
		since: "6.0",
	},
	tracking_total_prefixes: {
		unit: "count",
		means: "Key prefixes clients have asked to hear of.",
		since: "6.0",
	},
	unexpected_error_replies: {
		unit: "count",
		means: "Errors where none may be: while applying the primary's stream or loading the AOF.",
		worry:
			"It is above 0: primary and replica differ in data, version or modules. The log has a line marked CRITICAL.",
		since: "6.0",
	},
	total_error_replies: { unit: "count", means: "Replies that were errors.", since: "6.2" },
	dump_payload_sanitizations: {
		unit: "count",
		means: "Payloads that were checked in depth before they were taken in.",
		since: "6.2",
	},
	total_reads_processed: { unit: "count", means: "Reads from sockets.", since: "6.0" },
	total_writes_processed: { unit: "count", means: "Writes to sockets.", since: "6.0" },
	io_threaded_reads_processed: { unit: "count", means: "Reads done by I/O threads.", since: "6.0" },
	io_threaded_writes_processed: { unit: "count", means: "Writes done by I/O threads.", since: "6.0" },
	io_threaded_freed_objects: { unit: "count", means: "Objects freed by I/O threads.", since: "Valkey 8.0" },
	io_threaded_accept_processed: {
		unit: "count",
		means: "Connections accepted by I/O threads.",
		since: "Valkey 8.1",
	},
	io_threaded_poll_processed: {
		unit: "count",
		means: "Waits for socket events done by I/O threads.",
		since: "Valkey 8.0",
	},
	io_threaded_total_prefetch_batches: {
		unit: "count",
		means: "Batches of commands whose keys were fetched ahead.",
	},
	io_threaded_total_prefetch_entries: { unit: "count", means: "Keys that were fetched ahead." },
	client_query_buffer_limit_disconnections: {
		unit: "count",
		means: "Clients cut off because their request was too large (client-query-buffer-limit).",
		worry: "It rises: some client sends huge requests.",
		since: "Redis 7.4, Valkey 8.0",
	},
	client_output_buffer_limit_disconnections: {
		unit: "count",
		means:
			"Clients cut off because too much waited to be sent to them (client-output-buffer-limit). Replicas count.",
		worry:
			"It rises while replicas drop: the replica limit is too low for the write rate during a full sync.",
		since: "Redis 7.4, Valkey 8.0",
	},
	reply_buffer_shrinks: {
		unit: "count",
		means: "Times a client's reply buffer was made smaller.",
		since: "7.0",
	},
	reply_buffer_expands: {
		unit: "count",
		means: "Times a client's reply buffer was made larger.",
		since: "7.0",
	},
	eventloop_cycles: { unit: "count", means: "Rounds of the main loop.", since: "7.2" },
	eventloop_duration_sum: { unit: "microseconds", means: "Time spent in those rounds.", since: "7.2" },
	eventloop_duration_cmd_sum: { unit: "microseconds", means: "Time spent on commands.", since: "7.2" },
	instantaneous_eventloop_cycles_per_sec: {
		unit: "per-second",
		means: "Rounds of the main loop in the last moments.",
		since: "7.2",
	},
	instantaneous_eventloop_duration_usec: {
		unit: "microseconds",
		means: "Average length of a round in the last moments.",
		worry: "It is above 100,000: the server answers, and pings its replicas, late.",
		since: "7.2",
	},
	acl_access_denied_auth: {
		unit: "count",
		means: "Failed log-ins.",
		worry: "It rises: a wrong masterauth shows here on the primary.",
		since: "7.2",
	},
	acl_access_denied_cmd: {
		unit: "count",
		means: "Commands refused because the user may not run them.",
		worry: "It rises: a replica's user needs psync, replconf and ping.",
		since: "7.2",
	},
	acl_access_denied_key: {
		unit: "count",
		means: "Commands refused because the user may not touch the key.",
		since: "7.2",
	},
	acl_access_denied_channel: {
		unit: "count",
		means: "Commands refused because the user may not use the channel.",
		since: "7.2",
	},
	acl_access_denied_db: {
		unit: "count",
		means: "Commands refused because the user may not use the database.",
		since: "Valkey 9.1",
	},
	acl_access_denied_tls_cert: { unit: "count", means: "Log-ins by TLS certificate that were refused." },
	total_net_cluster_slot_import_bytes: {
		unit: "bytes",
		means: "Bytes received for slots taken from other nodes.",
		since: "Valkey 9",
	},
	total_net_cluster_slot_export_bytes: {
		unit: "bytes",
		means: "Bytes sent for slots given to other nodes.",
		since: "Valkey 9",
	},
});

/** Printed by INFO DEBUG only. */
export const debug = section("Debug", {
	eventloop_duration_aof_sum: {
		unit: "microseconds",
		means: "Time the main loop spent on the append-only file.",
		since: "7.2",
	},
	eventloop_duration_cron_sum: {
		unit: "microseconds",
		means: "Time the main loop spent on background work.",
		since: "7.2",
	},
	eventloop_duration_max: {
		unit: "microseconds",
		means: "The longest round of the main loop.",
		worry: "It is above a second: the server stood still that long.",
		since: "7.2",
	},
	eventloop_cmd_per_cycle_max: { unit: "count", means: "The most commands run in one round.", since: "7.2" },
});

export const tls = section("TLS", {
	tls_server_cert_serial: {
		unit: "id",
		means: "Serial number of the server's certificate, or `none`.",
		since: "Valkey 9.1",
	},
	tls_server_cert_expires_in_seconds: {
		unit: "seconds",
		means: "How long the server's certificate is still valid; 0 without one.",
		worry: "It nears 0: replicas and clients will fail to connect.",
		since: "Valkey 9.1",
	},
	tls_client_cert_serial: {
		unit: "id",
		means: "Serial number of the certificate the server shows when it connects to others.",
		since: "Valkey 9.1",
	},
	tls_client_cert_expires_in_seconds: {
		unit: "seconds",
		means: "How long that certificate is still valid; 0 without one.",
		worry: "It nears 0: this server's link to its primary will fail.",
		since: "Valkey 9.1",
	},
	tls_ca_cert_serial: {
		unit: "id",
		means: "Serial number of the authority's certificate, or `none`.",
		since: "Valkey 9.1",
	},
	tls_ca_cert_expires_in_seconds: {
		unit: "seconds",
		means: "How long the authority's certificate is still valid; 0 without one.",
		worry: "It nears 0: nobody's certificate will be accepted.",
		since: "Valkey 9.1",
	},
});

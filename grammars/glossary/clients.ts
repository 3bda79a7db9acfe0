import { section } from "./entry.ts";

export const clients = section("Clients", {
	connected_clients: {
		unit: "count",
		means: "Open client connections, replicas not counted.",
		worry: "It nears maxclients: then replicas cannot connect either.",
	},
	cluster_connections: { unit: "count", means: "Sockets of the cluster bus, roughly.", since: "6.2" },
	maxclients: {
		unit: "count",
		means: "The most connections the server accepts, replicas and cluster bus included.",
		since: "6.2",
	},
	client_longest_output_list: {
		unit: "count",
		means:
			"Entries in the longest queue of replies waiting for one client. Replaced by client_recent_max_output_buffer in 5.0.",
		worry: "It is in the thousands: somebody, often a replica, reads too slowly.",
	},
	client_biggest_input_buf: {
		unit: "bytes",
		means:
			"The largest pile of unread requests of one client. Replaced by client_recent_max_input_buffer in 5.0.",
	},
	client_recent_max_input_buffer: {
		unit: "bytes",
		means: "The largest pile of unread requests one client had lately.",
		worry: "It nears client-query-buffer-limit.",
		since: "5.0",
	},
	client_recent_max_output_buffer: {
		unit: "bytes",
		means: "The largest pile of replies that waited for one client lately; replicas count.",
		worry:
			"It nears a limit of client-output-buffer-limit: the client will be cut off, and a cut-off replica often needs a full sync.",
		since: "5.0",
	},
	blocked_clients: { unit: "count", means: "Clients waiting in a blocking command such as BLPOP or WAIT." },
	tracking_clients: { unit: "count", means: "Clients that use client-side caching.", since: "6.0" },
	pubsub_clients: {
		unit: "count",
		means: "Clients subscribed to a channel.",
		since: "Redis 7.4, Valkey 8.0",
	},
	watching_clients: {
		unit: "count",
		means: "Clients with a WATCH in force.",
		since: "Redis 7.4, Valkey 8.0",
	},
	clients_in_timeout_table: {
		unit: "count",
		means: "Blocked clients whose wait has a time limit.",
		since: "6.0",
	},
	total_watched_keys: { unit: "count", means: "Keys under WATCH.", since: "Redis 7.4, Valkey 8.0" },
	total_blocking_keys: { unit: "count", means: "Keys that some client waits for.", since: "7.2" },
	total_blocking_keys_on_nokey: {
		unit: "count",
		means: "Keys whose waiting clients also want to hear of their deletion.",
		since: "7.2",
	},
	paused_reason: {
		unit: "word",
		means: "Why clients are paused at the moment, or `none`.",
		since: "Valkey 8.1",
	},
	paused_actions: {
		unit: "word",
		means: "What is paused: writes only, or everything; `none` as a rule.",
		worry: "Writes stay paused after a failover that should be over.",
		since: "Valkey 8.1",
	},
	paused_timeout_milliseconds: {
		unit: "milliseconds",
		means: "How long the pause still lasts.",
		since: "Valkey 8.1",
	},
});

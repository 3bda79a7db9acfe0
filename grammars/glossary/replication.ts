import { section } from "./entry.ts";

export const replication = section("Replication", {
	role: {
		unit: "word",
		means:
			"`master` when the server copies nobody, `slave` when it copies another server. The words stay the same in every version; a `slave` may well have replicas of its own. KeyDB also says `active-replica`.",
		worry:
			"Two nodes that should form a pair both say `master`, or every node says `slave`: nobody takes writes.",
	},
	master_host: {
		unit: "host",
		means: "The primary this replica was told to copy, as it was written in the command or the file.",
		worry: "It names the node itself, an old address, or a name that resolves differently on this machine.",
	},
	master_port: { unit: "port", means: "The port of the primary this replica was told to copy." },
	master_link_status: {
		unit: "word",
		means:
			"`up` once the first copy is loaded and the stream of writes flows, `down` in every other state, a full sync under way included.",
		worry: "It is `down` for longer than one full sync takes.",
	},
	master_last_io_seconds_ago: {
		unit: "seconds",
		means: "Time since the replica last heard anything from its primary. -1 without a link.",
		worry:
			"It comes near repl-timeout (60 s by default), or stays above repl-ping-replica-period (10 s): the primary is silent or stalled.",
	},
	master_sync_in_progress: {
		unit: "flag",
		means: "1 while the replica is receiving the snapshot of a full sync.",
		worry: "Every dump says 1: the full sync does not end or starts again and again.",
	},
	master_sync_total_bytes: {
		unit: "bytes",
		means:
			"Size of the snapshot that is being received; 0 when the primary streams it diskless, because nobody knows the size then.",
		since: "6.2",
	},
	master_sync_read_bytes: {
		unit: "bytes",
		means: "How much of the snapshot has arrived.",
		worry: "It falls back to a small number between two dumps: the transfer began anew.",
		since: "6.2",
	},
	master_sync_left_bytes: {
		unit: "bytes",
		means:
			"Total minus received bytes of the snapshot. Meaningless and often negative when the size is unknown; old versions also let it overflow 32 bits.",
	},
	master_sync_perc: {
		unit: "percent",
		means: "How much of the snapshot has arrived, in percent; 0 or an estimate when its size is unknown.",
		since: "6.2",
	},
	master_sync_last_io_seconds_ago: {
		unit: "seconds",
		means: "Time since the last bytes of the snapshot arrived.",
		worry: "It nears repl-timeout: the transfer hangs and will be given up.",
	},
	master_link_down_since_seconds: {
		unit: "seconds",
		means:
			"How long the link has been down. A number as large as the clock (about 1.7 thousand million) or -1 means it was never up since the process started.",
		worry: "It is longer than the primary's backlog lasts: the reconnect will be a full sync.",
	},
	master_link_up_since_seconds: {
		unit: "seconds",
		means: "How long the link has been up without a break.",
		worry: "It is short although the process is old: the link broke lately.",
		since: "Redis 8.2",
	},
	master_current_sync_attempts: {
		unit: "count",
		means: "Tries to get in sync since the link was last lost.",
		worry: "It is above 1 and rises: each try fails.",
		since: "Redis 8.2",
	},
	master_total_sync_attempts: {
		unit: "count",
		means: "Tries to get in sync with a primary, all together.",
		worry: "It rises while nobody restarts anything.",
		since: "Redis 8.2",
	},
	total_disconnect_time_sec: {
		unit: "seconds",
		means: "Time without a link to the primary, all breaks together.",
		worry: "It grows between two dumps.",
		since: "Redis 8.2",
	},
	master_client_io_thread: {
		unit: "number",
		means: "The I/O thread that serves the link to the primary; 0 is the main thread.",
		since: "Redis 8.6",
	},
	slave_read_repl_offset: {
		unit: "offset",
		means: "How far the replica has read the primary's stream; bytes read but not yet executed count.",
		worry: "It runs far ahead of slave_repl_offset: the replica is too busy to apply what it receives.",
	},
	slave_repl_offset: {
		unit: "offset",
		means:
			"How far the replica has applied the primary's stream. After a broken link it asks for the byte that follows.",
		worry: "It falls behind master_repl_offset of the primary by more than the backlog holds.",
		since: "2.8",
	},
	replica_full_sync_buffer_size: {
		unit: "bytes",
		means:
			"New writes that the replica keeps aside while it loads a snapshot that came over a channel of its own.",
		worry: "It nears replica-full-sync-buffer-limit.",
		since: "Redis 8.0",
	},
	replica_full_sync_buffer_peak: {
		unit: "bytes",
		means: "The most that replica_full_sync_buffer_size has been.",
		since: "Redis 8.0",
	},
	replicas_repl_buffer_size: {
		unit: "bytes",
		means: "New writes that a replica keeps aside while it loads a snapshot over dual-channel sync.",
		worry: "It nears the replica's output buffer limit, which bounds this buffer too.",
		since: "Valkey 8.0",
	},
	replicas_repl_buffer_peak: {
		unit: "bytes",
		means: "The most that replicas_repl_buffer_size has been.",
		since: "Valkey 8.0",
	},
	replicas_waiting_psync: {
		unit: "count",
		means:
			"Replicas that fetch their snapshot over a channel of their own and have not yet asked for the stream behind it.",
		worry: "It stays above 0 when no full sync is running.",
		since: "Valkey 8.0",
	},
	slave_priority: {
		unit: "number",
		means: "Rank at a Sentinel failover: the lowest is promoted first, 0 never.",
		worry: "It is 0 on every replica: Sentinel has nobody to promote.",
	},
	slave_read_only: {
		unit: "flag",
		means: "1 when the replica refuses writes of ordinary clients.",
		worry:
			"It is 0: writes made on the replica itself make its data differ from the primary's and are lost at the next full sync.",
	},
	replica_announced: {
		unit: "flag",
		means: "1 when Sentinel may tell clients of this replica.",
		since: "6.2",
	},
	connected_slaves: {
		unit: "count",
		means: "Replicas connected to this server, those in the middle of a full sync included.",
		worry: "It is lower than the number of replicas you run.",
	},
	min_slaves_good_slaves: {
		unit: "count",
		means:
			"Replicas that are online and answered within min-replicas-max-lag; printed only where min-replicas-to-write is set.",
		worry: "It is below min-replicas-to-write: the primary refuses writes.",
		since: "2.8",
	},
	slaveN: {
		unit: "pairs",
		means:
			"One connected replica: address, state, last acknowledged offset (bytes) and lag (seconds since that acknowledgement). `wait_bgsave`, `send_bulk`, `send_bulk_and_stream`, `bg_transfer` and `rdb_transmitted` are steps of a full sync, `online` follows the stream. 2.6 prints `ip,port,state` only.",
		worry:
			"The state is not `online`, the lag is above 1 s (acknowledgements come every second), or the offset falls behind master_repl_offset.",
	},
	master_failover_state: {
		unit: "word",
		means: "Where the FAILOVER command stands: `no-failover`, `waiting-for-sync` or `failover-in-progress`.",
		worry:
			"It is not `no-failover` and nobody is failing over; replicas that ask to sync are turned away meanwhile.",
		since: "6.2",
	},
	master_replid: {
		unit: "id",
		means: "ID of the history this server's data belongs to. A replica and its primary have the same one.",
		worry:
			"It differs between a primary and its replica, or changed without a promotion: the next sync with it is full.",
		since: "4.0",
	},
	master_replid2: {
		unit: "id",
		means:
			"ID of the history the server followed before its last promotion or change of primary; all zeros when there is none. Replicas that still know only this ID can continue up to second_repl_offset.",
		worry: "It is all zeros right after a failover: the other replicas must sync in full.",
		since: "4.0",
	},
	second_repl_offset: {
		unit: "offset",
		means:
			"The first offset at which the history of master_replid2 was left; requests for it are granted up to here. -1 when there is none.",
		worry:
			"A node that was ahead of it at the failover has writes of its own: they are dropped by a full sync.",
		since: "4.0",
	},
	master_repl_offset: {
		unit: "offset",
		means:
			"Bytes of the replication stream so far: written on a primary, received on a replica. 0 or frozen as long as a primary never had a replica.",
		worry:
			"Its growth a second times the length of an outage is what the backlog must hold; more than repl_backlog_size means a full sync.",
		since: "2.8",
	},
	master_repl_meaningful_offset: {
		unit: "offset",
		means: "The offset without the pings at the end. Tried in a few releases only and then taken out.",
		worry: "Those releases had bugs in exactly this: upgrade.",
		since: "6.0.0 (until 6.0.3)",
	},
	repl_backlog_active: {
		unit: "flag",
		means:
			"1 when the server keeps a backlog. A primary creates it for its first replica and frees it repl-backlog-ttl after the last one left.",
		worry: "It is 0 on a node that replicas should come back to: they must sync in full.",
		since: "2.8",
	},
	repl_backlog_size: {
		unit: "bytes",
		means:
			"Configured size of the backlog (repl-backlog-size). The long-time default is 1 MB; newer Valkey starts with 10 MB.",
		worry:
			"It is less than the bytes written during the longest outage a replica should survive without a full sync.",
		since: "2.8",
	},
	repl_backlog_first_byte_offset: {
		unit: "offset",
		means:
			"The oldest offset the backlog still holds. A replica that asks for an older one gets a full sync.",
		worry: "It has overtaken the offset of a replica that is away.",
		since: "2.8",
	},
	repl_backlog_histlen: {
		unit: "bytes",
		means:
			"How much stream the backlog holds now. From 7.0 it may exceed repl_backlog_size by some 16 KB blocks.",
		worry: "It is small on a fresh primary: a replica that was away longer than that cannot continue.",
		since: "2.8",
	},
	master_global_link_status: {
		unit: "word",
		means: "KeyDB with several primaries: `up` when the links to all of them are up.",
		worry: "It is `down`.",
		since: "KeyDB",
	},
	connected_masters: {
		unit: "count",
		means: "KeyDB with several primaries: how many of them are connected.",
		worry: "It is lower than the number of primaries configured.",
		since: "KeyDB",
	},
	"master_N_*": {
		unit: "text",
		means:
			"KeyDB with several primaries: the fields of the second and later ones (`master_1_host`, `master_1_link_status` …).",
		worry: "As for the field without the number.",
		since: "KeyDB",
	},
});

import type { TriggerCode } from "../../model/report.ts";
import type { Words } from "./page.ts";

/** Why a replica had to synchronise at all. */
export const triggerWords: Readonly<Record<TriggerCode, Words>> = {
	"replica-started": {
		title: "the replica's process started",
		means: "The first known life of this process came up as a replica and connected to its primary.",
		proof: "The replica's start lines, right before it connects.",
		remedy: "Nothing.",
		live: "INFO server on the replica: uptime_in_seconds.",
	},
	"replica-restarted": {
		title: "the replica's process restarted",
		means: "The node had run before; its process ended and came back as a replica.",
		proof:
			"An earlier life of the node in the logs, then start lines. Where no shutdown is logged before them, it crashed or was killed.",
		remedy:
			"If it was not intended: look for a crash report, the kernel's out-of-memory killer, or a liveness probe that kills it while it loads.",
		live: "INFO server on the replica: uptime_in_seconds, run_id.",
	},
	"primary-restarted": {
		title: "the primary's process restarted",
		means:
			"The primary's process ended and came back, and the replica reconnected. Refused connections meanwhile are failed tries of the same outage.",
		proof: "The primary's end or start lines between the loss of the link and the request.",
		remedy: "Fail over before restarting a primary on purpose; otherwise find why it ended.",
		live: "INFO server on the primary: uptime_in_seconds, run_id.",
	},
	"replicaof-command": {
		title: "a client sent REPLICAOF",
		means: "A client told the server with REPLICAOF or SLAVEOF to follow this primary.",
		proof:
			"The replica logs the command as enabled by a user request, with the client that sent it (Valkey hides the client's name by default).",
		remedy: "Nothing if it was intended. The logged client's address says who it was.",
		live: "INFO replication: master_host. INFO commandstats: cmdstat_replicaof, cmdstat_slaveof.",
	},
	"sentinel-command": {
		title: "Sentinel pointed it there",
		means:
			"A Sentinel sent the REPLICAOF: after a failover, or because the replica followed the wrong primary.",
		proof:
			"The client's name in the replica's log is a Sentinel's, or the Sentinel's own log shows that it reconfigured the replica then.",
		remedy:
			"Ask why Sentinel acted: its log shows +sdown, +odown and +switch-master. Too short a down-after-milliseconds fails over on mere stalls.",
		live: "SENTINEL REPLICAS <name>; CLIENT LIST on the replica: sentinel-…-cmd.",
	},
	"failover-command": {
		title: "FAILOVER handed the role over",
		means:
			"The FAILOVER command on the old primary made a replica the primary, and the old primary its replica.",
		proof:
			"The failover lines in the old primary's log, and the promotion by a failover request in the new one's.",
		remedy: "Nothing: both sides wait until they are level, so the resync should be partial.",
		live: "INFO replication: master_failover_state while it runs.",
	},
	"cluster-reconfiguration": {
		title: "the cluster changed who follows whom",
		means: "CLUSTER REPLICATE, CLUSTER FAILOVER or an election gave the node another primary.",
		proof: "The election or reconfiguration lines in the node's log.",
		remedy:
			"If nobody asked for it: look for why the old primary was marked as failing (stall, network), and whether cluster-node-timeout is too short.",
		live: "CLUSTER NODES; INFO cluster; cluster_stats_messages in CLUSTER INFO.",
	},
	"primary-promoted": {
		title: "its primary was promoted",
		means:
			"The primary had been a replica itself and was promoted. It drops its replicas then, so that they reconnect and learn the new replication ID.",
		proof: "The primary's promotion at the moment in which the link was lost.",
		remedy: "Nothing: the resync that follows should be partial.",
		live: "INFO replication: role and master_replid2 of the primary.",
	},
	"upstream-resynced": {
		title: "its primary took a full resync itself",
		means:
			"The server it follows is a replica too, and was synchronised in full by its own primary. It drops its replicas then.",
		proof: "The middle node's own full resync at the moment in which the link was lost.",
		remedy: "Explain the middle node's resync first.",
		live: "INFO replication on the middle node: master_sync_in_progress, connected_slaves.",
	},
	"replica-timeout": {
		title: "the primary dropped a silent replica",
		means:
			"The primary heard no acknowledgement from the replica for repl-timeout seconds and closed the link. The replica was stalled, or the network swallowed its packets.",
		proof: "The primary logs that it disconnects a timed-out replica.",
		remedy:
			"Find what stalled the replica (a slow command or script, loading, swapping, a paused host or process), or what is wrong with the network. Raise repl-timeout only if such pauses are accepted.",
		live: "INFO replication on the primary: lag in the slave lines; LATENCY LATEST and SLOWLOG GET on the replica.",
	},
	"primary-timeout": {
		title: "the replica dropped a silent primary",
		means:
			"The replica received neither data nor PING from the primary for repl-timeout seconds and closed the link. The primary was stalled, or the network swallowed its packets.",
		proof: "The replica logs that the primary timed out.",
		remedy:
			"Find what stalled the primary (a slow command or script, fork, disk, swapping, a paused host), or what is wrong with the network. repl-ping-replica-period must be well below repl-timeout.",
		live: "INFO replication on the replica: master_last_io_seconds_ago; LATENCY LATEST and SLOWLOG GET on the primary.",
	},
	"output-buffer-overrun": {
		title: "the primary closed it for its output buffer",
		means:
			"The primary had more waiting for the replica than client-output-buffer-limit allows, and closed the link: the replica, or the network to it, was slower than the writes.",
		proof: "The primary logs that the client is closed for overcoming the output buffer limits.",
		remedy:
			"Raise client-output-buffer-limit for replicas above write rate × duration of a synchronisation, and the backlog with it, or find what makes the replica slow.",
		live: "CLIENT LIST on the primary: omem of the flags=S client; INFO stats: client_output_buffer_limit_disconnections.",
	},
	"link-closed": {
		title: "the link closed and nobody logged why",
		means:
			"The connection ended without a word on either side: the network, a firewall or proxy, or CLIENT KILL, none of which is logged.",
		proof: "The loss on one or both sides, and no reason near it.",
		remedy:
			"Look outside of the servers: connection tracking, load balancers, idle timeouts, an operator's script. With loglevel verbose the server names the socket's error.",
		live: "INFO replication on the replica: master_link_status; from Redis 8.2 on total_disconnect_time_sec.",
	},
	unknown: {
		title: "before these logs begin",
		means: "The logs do not reach back to what broke the link.",
		proof: "None.",
		remedy: "Give the earlier, rotated files.",
		live: "Nothing on a running server tells the past.",
	},
};

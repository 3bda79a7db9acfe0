import type { fullCauses } from "../../model/report.ts";
import type { Words } from "./page.ts";

/** Why a resync was full. */
export const causeWords: Readonly<Record<(typeof fullCauses)[number] | "unknown", Words>> = {
	"first-sync": {
		title: "first synchronisation",
		means:
			"The replica had never followed a primary, so it had no replication ID and offset to offer and asked for everything. A new replica has to do this once.",
		proof:
			"The replica says that a partial resynchronisation is not possible because it has no cached primary, and no earlier life of that node is in the logs; the primary says that a full resync was requested.",
		remedy:
			"Nothing: it is how a replica begins. To make it cheap, attach replicas one after another, or raise repl-diskless-sync-delay so that several share one snapshot.",
		live: "INFO stats on the primary: sync_full rises and sync_partial_err does not.",
	},
	"replica-lost-state": {
		title: "the replica lost its replication state",
		means:
			"The replica had synchronised before, but its process came back without the replication ID and offset. They are kept in the RDB file only, and only from Redis 4.0 on: without an RDB, with AOF, or with an RDB that was written while it had no primary, they are gone.",
		proof:
			"An earlier life of the node followed a primary; then the process starts; then it says that it has no cached primary.",
		remedy:
			"Let replicas save an RDB when they stop: keep a save line (or run SHUTDOWN SAVE), stop them while their link is up, and keep rdb-del-sync-files off. With AOF a restarted replica always resynchronises in full: restart it seldom, and promote another one first.",
		live: "On the replica before it stops: CONFIG GET save, INFO persistence (aof_enabled, rdb_last_save_time), INFO replication (master_link_status:up).",
	},
	"psync1-changed-primary": {
		title: "history does not survive a change of primary before 4.0",
		means:
			"Before Redis 4.0 a history belongs to one process: its name is the primary's run ID. SLAVEOF to another server, or the demotion of a primary, throws it away, and the next synchronisation is full.",
		proof:
			"The version is below 4.0, the node shared a history before, and it was pointed elsewhere just before it said that it has no cached primary.",
		remedy:
			"Upgrade to 4.0 or later: replication IDs then survive failovers. Until then plan every failover for a full resync of every replica.",
		live: "INFO server: redis_version. INFO replication has no master_replid field before 4.0.",
	},
	"standalone-history": {
		title: "it offered a history of its own that nobody shares",
		means:
			"The server had run as a primary of its own and was then told to replicate. It turns its own history into a request, usually for offset 1; the primary has never heard of that ID and sends everything.",
		proof:
			"The replica says that it uses its own parameters to make up a cached primary and asks with an ID that it began itself; the primary finds that the replication ID does not match.",
		remedy:
			"Nothing for a new server: it is a first synchronisation in other words. To skip the detour, start it with replicaof in its configuration. If it held data of its own, that data has been replaced.",
		live: "INFO replication on both before REPLICAOF: master_replid differs, and master_replid2 of neither names the other.",
	},
	"restarted-as-primary": {
		title: "a former member came back as a primary first",
		means:
			"A server that used to belong to this history restarted as a primary. That gave it a new replication ID. Told to replicate a moment later (by Sentinel, the cluster or an operator), it asked with the new ID, which nobody knows.",
		proof:
			"Earlier life in the shared history, a start in the primary's role, then REPLICAOF, then a request with an ID made up at that start, which the primary does not know.",
		remedy:
			"Start a former primary as a replica: put replicaof with the new primary into its configuration before it starts. It then asks with the ID from its RDB, which the new primary still accepts as its secondary one.",
		live: "INFO replication right after its start: role:master and a master_replid that differs from the one in the cluster.",
	},
	"promoted-history": {
		title: "it was promoted and came back with a history of its own",
		means:
			"The replica was made a primary (REPLICAOF NO ONE, a failover) after sharing the history, which began a new replication ID, and was then pointed back to its old primary, which never saw that ID. Whatever it wrote meanwhile is discarded.",
		proof:
			"The replica logs that it sets its secondary replication ID and names the new one; its next request carries the new ID; the primary does not know it.",
		remedy:
			"Do not promote a replica that is to return. If a promotion was not intended, look for two primaries at one time. Move roles with FAILOVER or CLUSTER FAILOVER, where the old primary follows the new one.",
		live: "INFO replication on the replica before it returns: master_replid2 is the primary's ID, second_repl_offset says where they parted.",
	},
	"foreign-history": {
		title: "it came from another primary's history",
		means:
			"The replica followed a primary with an unrelated data set before. Its replication ID means nothing to the new primary, so everything is sent and the old data is replaced.",
		proof:
			"The ID in the request belongs to another node of the logs, or to an earlier primary of this replica.",
		remedy:
			"Expected when a replica is moved on purpose. Otherwise look for a DNS name or virtual address that changed its target, or a REPLICAOF that went to the wrong server.",
		live: "INFO replication: master_host and master_port of the replica, master_replid on both sides.",
	},
	"primary-restarted": {
		title: "the primary restarted and forgot its replication ID",
		means:
			"The primary's process ended and came back with a new replication ID. Before Redis 7.0 every restart does that. From 7.0 on the ID survives if the primary loads an RDB file that knows it; with AOF, or without an RDB, it does not.",
		proof:
			"The primary starts between the last contact and the request, and its replication IDs differ from those before.",
		remedy:
			"Fail over before restarting a primary. From 7.0 on let it stop with SHUTDOWN SAVE and load the RDB. If it came back empty, see the finding dataset-lost: its replicas have followed it.",
		live: "INFO server: uptime_in_seconds and run_id of the primary. INFO replication: master_replid before and after.",
	},
	"primary-rolled-back": {
		title: "the primary came back older than its replica",
		means:
			"The primary restarted from an RDB file that is older than what it had already sent. The replica is ahead of it: what lies between was lost on the primary, and now on the replica too.",
		proof:
			"The primary restored its replication ID from the RDB at its start, and refused the replica's offset as beyond what it can answer for.",
		remedy:
			"Writes were lost: find out which (the offsets tell how many bytes). Stop primaries cleanly, fail over instead of restarting in place, and save often enough or use AOF with fsync.",
		live: "INFO replication right after the restart: second_repl_offset of the primary is below slave_repl_offset of its replicas. INFO persistence: rdb_last_save_time.",
	},
	"diverged-history": {
		title: "it went beyond the point where the histories part",
		means:
			"Replica and new primary share a past, but the replica received or wrote more of it than the new primary had when it was promoted. Those bytes exist on one side only, so the replica has to start over. A single PING from the old primary is enough.",
		proof:
			"The primary says which offset was asked for its second ID and up to which it can answer; the difference is what is discarded.",
		remedy:
			"If it is some hundred bytes of heartbeat, no user data was lost: use FAILOVER, CLUSTER FAILOVER or a coordinated Sentinel failover, which wait until both are level. If it is more, writes were discarded: min-replicas-to-write limits that. A larger backlog does not help.",
		live: "INFO replication on the new primary: master_replid2 and second_repl_offset; on the replica: slave_repl_offset is higher.",
	},
	"history-rotated-out": {
		title: "the history it knows is two failovers old",
		means:
			"A primary remembers one earlier replication ID besides its own. The replica was away while the ID moved on twice or more, so it asks with one that has been forgotten.",
		proof: "Both changes of the ID are in the logs, and the request carries the ID from before them.",
		remedy:
			"Bring every replica back before the next failover. There is no setting: only one secondary ID is kept.",
		live: "INFO replication on the primary: neither master_replid nor master_replid2 is the replica's master_replid.",
	},
	"upstream-resynced": {
		title: "the replica it follows took a full resync itself",
		means:
			"In a chain, the server in the middle received a full resync from its own primary. That replaced its history and its backlog, so everything below it has to start over as well.",
		proof: "The middle node logs its own full resync, or a change of its replication ID, just before.",
		remedy:
			"Explain the middle node's resync first: this one follows from it. Fewer levels of replicas mean fewer such cascades.",
		live: "INFO stats on the middle node: sync_full there rises right after it has loaded; INFO replication: its master_replid changed.",
	},
	"backlog-expired": {
		title: "the primary freed its backlog for want of replicas",
		means:
			"No replica was connected for repl-backlog-ttl seconds (an hour by default), so the primary freed its backlog. From 4.0 on it also takes a new replication ID then, since it can no longer answer for the old one.",
		proof:
			"The primary logs that the replication backlog was freed after so many seconds without connected replicas, between the loss of the link and the request.",
		remedy:
			"Set repl-backlog-ttl above the longest maintenance that should end in a partial resync, or to 0 to keep the backlog for good: it costs repl-backlog-size bytes of memory.",
		live: "CONFIG GET repl-backlog-ttl; INFO replication on the primary: connected_slaves:0, then repl_backlog_active:0 and a new master_replid.",
	},
	"backlog-overrun": {
		title: "the bytes wanted had left the backlog",
		means:
			"The history is the same, but while the replica was away the primary wrote more than its backlog holds, so the first bytes the replica needs are overwritten.",
		proof:
			"The primary says that it cannot resync partially for lack of backlog; or the ID of the request equals the one granted, and the offsets show how many bytes were written meanwhile.",
		remedy:
			"Make repl-backlog-size larger than write rate × longest outage, with room to spare (twice). The default of 1 MiB (10 MiB from Valkey 8.0) lasts for seconds on a busy server. If the link was lost to the output buffer limit, that limit has to grow as well.",
		live: "INFO replication on the primary: repl_backlog_size, repl_backlog_first_byte_offset, repl_backlog_histlen; master_repl_offset sampled twice gives the write rate.",
	},
	"no-backlog": {
		title: "the primary held no backlog",
		means:
			"The history is the same, but the primary had no backlog to answer from: it has just restarted, has had no replica since, or is itself a replica that has just been synchronised in full.",
		proof:
			"The primary's answer names no range that it could send, or its log shows that no backlog was created before the request.",
		remedy:
			"Let the primary (or the middle node) have a replica attached before it is needed. After a restart this full resync is due once.",
		live: "INFO replication on the primary: repl_backlog_active:0.",
	},
	"replid-changed": {
		title: "the primary's replication ID changed",
		means:
			"The primary took a new replication ID while it ran: by DEBUG CHANGE-REPL-ID, or with no reason logged. Replicas that ask with the old one start over.",
		proof:
			"The command's own line in the primary's log, or two different IDs within one life of the process.",
		remedy: "Find who ran the command: it is for tests, and for forcing full resyncs on purpose.",
		live: "INFO replication on the primary: master_replid before and after; ACL LOG and the command's statistics (INFO commandstats) for DEBUG.",
	},
	"unknown-history": {
		title: "the primary does not know the history, and the logs do not tell why",
		means:
			"The replica offered a replication ID that the primary refused as unknown. What became of that history happened on a node, or at a time, whose log was not given.",
		proof: "The refusal alone: a replication ID that does not match.",
		remedy:
			"Give the file that is named as missing: the primary's log from before the outage, or the log of the server that the replica followed before.",
		live: "INFO replication on all nodes: look for the asked ID in master_replid and master_replid2.",
	},
	"tool-snapshot": {
		title: "a tool took a snapshot",
		means:
			"What asked was no replica but a backup or migration tool (redis-cli --rdb, for example): it takes one snapshot and leaves. It costs the primary a fork and a transfer.",
		proof:
			"The primary cannot name its port, gives no verdict on any offset, and the connection ends after the transfer.",
		remedy: "Run such tools against a replica, at a quiet hour.",
		live: "CLIENT LIST on the primary while it runs: flags=S without a listening port; INFO stats: sync_full rises.",
	},
	"legacy-sync": {
		title: "it synchronised with SYNC",
		means:
			"The replica used SYNC, which always sends everything: because it is older than 2.8, because it is a tool, or because its PSYNC was answered with an error and it fell back.",
		proof:
			"The replica says that it retries with SYNC, or the primary starts a snapshot without any verdict on a PSYNC.",
		remedy:
			"Upgrade what is older than 2.8, and connect directly: a proxy that does not know PSYNC does this too. If an error came first, that error is the thing to mend.",
		live: "INFO commandstats on the primary: cmdstat_sync beside cmdstat_psync.",
	},
	unknown: {
		title: "not to be told from these logs",
		means:
			"Either no decision is in the logs, or it fits no known cause. rlog does not guess: what would tell is listed as missing.",
		proof: "None.",
		remedy:
			"Give the missing logs. If both sides' logs are there and the answer is still unknown, report the lines: it is a gap in rlog.",
		live: "INFO stats on the primary: sync_full, sync_partial_ok and sync_partial_err count what was decided.",
	},
};

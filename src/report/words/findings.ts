import type { FindingCode } from "../../model/report.ts";
import type { Words } from "./page.ts";

/** What spans several resyncs, or needs an alarm. */
export const findingWords: Readonly<Record<FindingCode, Words>> = {
	"full-resync-loop": {
		title: "full resyncs follow each other without an end",
		means:
			"The same replica is synchronised in full again and again: each round ends in the fault that begins the next one. It costs the primary a fork and the network a data set each time.",
		proof:
			"Several full resyncs, or failed tries for one, of one link with the same cause at a steady period.",
		remedy:
			"Mend what ends each round, not the replica: usually client-output-buffer-limit for replicas, repl-timeout or the backlog. Until then REPLICAOF NO ONE on the replica relieves the primary.",
		live: "INFO stats on the primary: sync_full keeps rising.",
	},
	"partial-resync-loop": {
		title: "the link breaks as soon as it stands",
		means:
			"The replica continues its history, loses the link at once, and continues again. Each round looks innocent.",
		proof: "Many partial resyncs of one link in short order.",
		remedy:
			"Look for what closes the connection: TLS, a proxy, one very large command, two replicas behind one address.",
		live: "INFO stats on the primary: sync_partial_ok keeps rising.",
	},
	"output-buffer-limit-too-small": {
		title: "client-output-buffer-limit for replicas is too small",
		means:
			"The primary closed replicas because more was waiting for them than the limit allows. The hard limit acts at once, the soft one after it has been exceeded for its seconds.",
		proof: "The primary's lines on closed clients, with the memory that was waiting (omem).",
		remedy:
			"Set client-output-buffer-limit replica (slave before 5.0) above write rate × duration of a synchronisation, and repl-backlog-size no smaller than needed after such a loss.",
		live: "CONFIG GET client-output-buffer-limit; CLIENT LIST: omem of flags=S clients.",
	},
	"backlog-too-small": {
		title: "repl-backlog-size is too small for these outages",
		means:
			"Resyncs were full only because the backlog did not reach back far enough. With a larger one they would have been partial.",
		proof:
			"Same replication ID in request and answer, and offsets that tell how many bytes had been written meanwhile.",
		remedy:
			"Set repl-backlog-size to the size named in the finding; it can be changed at run time (up to 6.2 that empties the backlog, so do it while all replicas are connected).",
		live: "INFO replication on the primary: repl_backlog_size; master_repl_offset sampled twice gives the write rate.",
	},
	"repl-timeout-too-short": {
		title: "repl-timeout is shorter than what happens here",
		means:
			"Links were dropped for silence while the other side was only busy: making, flushing or loading a snapshot, or stalled for less than anyone would mind.",
		proof: "Timeouts that coincide with such work.",
		remedy:
			"Raise repl-timeout above the longest of these phases, and keep repl-ping-replica-period well below it.",
		live: "CONFIG GET repl-timeout; INFO replication: lag on the primary, master_last_io_seconds_ago on the replica.",
	},
	"link-flapping": {
		title: "the link breaks often",
		means:
			"One replica's link was lost several times in a short while, without a fault that the servers logged.",
		proof: "Several outages of one link close to each other.",
		remedy:
			"Look at the network between the two: idle timeouts, connection tracking, a saturated interface; and for scripts that kill clients.",
		live: "INFO replication on the replica: master_link_status; connection errors of the host (ss -ti, netstat -s).",
	},
	"failover-needs-full-resync": {
		title: "failovers here end in full resyncs",
		means: "After a change of primary, replicas had to take everything, although the histories are related.",
		proof:
			"A promotion, and full resyncs with the new primary for which diverged, rotated or lost history is the cause.",
		remedy:
			"As the causes say: replicas up and level before the failover, FAILOVER or a coordinated Sentinel failover, former primaries started as replicas, 4.0 or later everywhere.",
		live: "INFO replication on the new primary: second_repl_offset; INFO stats: sync_full and sync_partial_ok right after a failover.",
	},
	"data-discarded": {
		title: "bytes that one side had were thrown away",
		means:
			"A node held a piece of history beyond the point where another took over. Its full resync discarded that piece. Some hundred bytes are usually heartbeats; more means writes that clients were told had succeeded.",
		proof:
			"The offset that was asked for and the one up to which the new primary could answer, or a node's own writes between promotion and return.",
		remedy:
			"If writes were lost: recover them from the discarded side's RDB or AOF, if one is left. min-replicas-to-write with min-replicas-max-lag, or WAIT, bounds the loss of the next time.",
		live: "INFO replication on both before the old side returns: master_repl_offset against second_repl_offset.",
	},
	"dataset-lost": {
		title: "the primary came back empty or older, and its replicas followed",
		means:
			"A primary restarted without its data set (or with an older one) and stayed primary. Its replicas took over that state by full resync.",
		proof:
			"A start of the primary without a load of its data, or with an older snapshot, and full resyncs after it.",
		remedy:
			"Restore from a backup or from a node that has not resynchronised yet: stop it before it does. Do not let a primary without persistence restart on its own; let Sentinel or the cluster promote a replica first.",
		live: "INFO keyspace on all nodes; INFO persistence on the primary: rdb_last_save_time.",
	},
	"split-brain": {
		title: "two primaries extended one history",
		means:
			"For a while two nodes that come from one history both acted as primary. What was written to the side that lost is discarded when it returns.",
		proof: "Two lives in the primary's role over the same stretch of one replication ID.",
		remedy:
			"Find which side clients wrote to in that time. min-replicas-to-write stops a cut-off primary from accepting writes; Sentinels need a majority and sound timeouts.",
		live: "INFO replication on all nodes: more than one role:master with a common master_replid or master_replid2.",
	},
	"no-primary": {
		title: "no node is the primary",
		means:
			"Every node replicates from another, in a circle, or a node replicates from itself. Nothing can be written and nobody is synchronised.",
		proof: "Who follows whom in the logs, and answers that the one asked has no link of its own.",
		remedy:
			"Choose the node with the highest offset and make it the primary with REPLICAOF NO ONE; point the others to it. Then find what configured the circle.",
		live: "INFO replication on all nodes: role:slave everywhere; master_host of each.",
	},
	"rogue-primary": {
		title: "a stranger made it replicate from a foreign server",
		means:
			"The server was told by an unknown client to replicate from an address that is none of yours, or received from it what no server sends. This is a known attack: it replaces the data set or loads a module to run code.",
		proof:
			"REPLICAOF by an unknown client, a replication ID that is no hexadecimal, a snapshot with a wrong signature, or MODULE LOAD after it.",
		remedy:
			"Treat the host as compromised: take it off the network, keep the logs, restore from a backup. Never expose the port; require a password, limit REPLICAOF, CONFIG and MODULE by ACL.",
		live: "INFO replication: master_host; MODULE LIST; CONFIG GET dir and dbfilename; ACL LOG.",
	},
	"server-stalled": {
		title: "a server stood still",
		means:
			"Both sides lost each other though nobody restarted, or a log stands still while others go on: the process or its host was paused, swapping, or held up by one slow operation.",
		proof: "A silence in one log that covers the timeouts in the others.",
		remedy:
			"Look for slow commands and scripts, fork of a large data set, disk waits (AOF fsync), swapping, live migration of the virtual machine, a suspended process.",
		live: "LATENCY LATEST, LATENCY DOCTOR, SLOWLOG GET; INFO stats: latest_fork_usec; redis-cli --intrinsic-latency on that host.",
	},
	"clock-stepped": {
		title: "a clock was stepped",
		means:
			"One node's clock jumped: its log goes backwards, or its distance to the others changes. Times around the jump are less sure.",
		proof:
			"Times that go backwards in one log, or handshakes that allow no single distance between two clocks.",
		remedy:
			"Let NTP slew instead of step. Sentinel goes into TILT on such jumps and does nothing for half a minute.",
		live: "redis-cli TIME on all nodes at one moment; chronyc tracking on the hosts.",
	},
	"counters-disagree": {
		title: "INFO counts other resyncs than the logs show",
		means:
			"The counters of an INFO dump say that more, or fewer, resyncs were decided than the given logs tell of.",
		proof:
			"sync_full, sync_partial_ok or sync_partial_err against the decisions in the logs of the same life of that process.",
		remedy:
			"If the counters are higher, logs are missing: rotated files, or a loglevel above notice. If they are lower, the process restarted or the counters were reset meanwhile.",
		live: "INFO stats on the primary, and CONFIG GET loglevel.",
	},
	"log-gap": {
		title: "a log has a gap",
		means:
			"Lines are missing in one log: it starts in the middle of things, pauses while others tell of this node, or breaks off.",
		proof: "What the other nodes tell of it in that time.",
		remedy:
			"Give the rotated files. For the future: keep rotated files, and leave loglevel at notice: warning hides most of what matters here.",
		live: "CONFIG GET logfile and loglevel.",
	},
};

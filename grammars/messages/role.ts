import { message } from "../message.ts";

/** Changes of role that a command brings about, and the FAILOVER command. */
export const role = [
	message("role.replicaof", {
		emitter: "both",
		weight: "lifecycle",
		means:
			"REPLICAOF or SLAVEOF with an address was executed, and the client line tells by whom; Sentinel's connections are named sentinel-<id>-cmd. On 2.8 to 3.2 a full resync is certain to follow (replication.c, replicaofCommand).",
		wordings: [
			["2.6 to 3.0.3", "SLAVE OF {host:Host}:{port:Int} enabled (user request)"],
			["2.8.22 to 4.0", "SLAVE OF {host:Host}:{port:Int} enabled (user request from '{client:Client}')"],
			["5.0+", "REPLICAOF {host:Host}:{port:Int} enabled (user request from '{client:Client}')"],
			// The address is gone in pastes.
			["2.6 to 3.0.3, in pastes", "SLAVE OF enabled (user request)"],
			["2.8.22 to 4.0, in pastes", "SLAVE OF enabled (user request from '{client:Client}')"],
			["5.0+, in pastes", "REPLICAOF enabled (user request from '{client:Client}')"],
		],
		samples: [
			"18002:S 21 Nov 20:34:00.315 * SLAVE OF 127.0.0.1:1 enabled (user request from 'id=18 addr=127.0.0.1:59102 fd=8 name= age=0 idle=0 flags=N db=0 sub=0 psub=0 multi=-1 qbuf=0 qbuf-free=32768 obl=0 oll=0 omem=0 events=r cmd=slaveof')",
			"21897:S 21 Nov 2026 20:53:01.215 * REPLICAOF 127.0.0.1:22502 enabled (user request from 'id=4 addr=127.0.0.1:42558 laddr=127.0.0.1:22501 fd=7 name= age=0 idle=0 flags=N db=0 sub=0 psub=0 ssub=0 multi=-1 qbuf=45 qbuf-free=16341 argv-mem=23 multi-mem=0 rbs=16392 rbp=16392 obl=0 oll=0 omem=0 tot-mem=33607 events=r cmd=replicaof user=default redir=-1 resp=2 lib-name= lib-ver=')",
		],
	}),
	message("role.replicaof-noop", {
		emitter: "replica",
		weight: "lifecycle",
		means:
			"REPLICAOF named the primary that is already configured, so nothing happens (replication.c, replicaofCommand).",
		wordings: [
			["2.6 to 4.0", "SLAVE OF would result into synchronization with the master we are already connected with. No operation performed."],
			["redis-5.0+, valkey-7.2", "REPLICAOF would result into synchronization with the master we are already connected with. No operation performed."],
			["valkey-8.0+", "REPLICAOF would result into synchronization with the primary we are already connected with. No operation performed."],
		],
		samples: [
			"[4242] 21 Nov 10:00:00.000 * SLAVE OF would result into synchronization with the master we are already connected with. No operation performed.",
			"4242:S 21 Nov 2026 10:00:00.000 * REPLICAOF would result into synchronization with the primary we are already connected with. No operation performed.",
		],
	}),
	message("role.promoted", {
		emitter: "both",
		weight: "lifecycle",
		means:
			"REPLICAOF NO ONE, or the PSYNC of a FAILOVER, turned this replica into a primary (replication.c, replicaofCommand).",
		wordings: [
			["2.6 to 3.0.3", "MASTER MODE enabled (user request)"],
			["redis-2.8.22+, valkey-7.2", "MASTER MODE enabled (user request from '{client:Client}')"],
			["valkey-8.0+", "PRIMARY MODE enabled (user request from '{client:Client}')"],
			["redis-6.2+, valkey-7.2", "MASTER MODE enabled (failover request from '{client:Client}')"],
			["valkey-8.0+", "PRIMARY MODE enabled (failover request from '{client:Client}')"],
		],
		samples: [
			"21897:M 21 Nov 2026 20:53:02.815 * MASTER MODE enabled (user request from 'id=8 addr=127.0.0.1:42566 laddr=127.0.0.1:22501 fd=7 name= age=0 idle=0 flags=N db=0 sub=0 psub=0 ssub=0 multi=-1 qbuf=36 qbuf-free=16350 argv-mem=14 multi-mem=0 rbs=16392 rbp=16392 obl=0 oll=0 omem=0 tot-mem=33598 events=r cmd=replicaof user=default redir=-1 resp=2 lib-name= lib-ver=')",
			"15781:M 21 Nov 2026 20:33:00.435 * PRIMARY MODE enabled (user request from 'id=13 addr=127.0.0.1:48968 laddr=127.0.0.1:22101 fd=10 name=*redacted* user=*redacted* lib-name= lib-ver=')",
			"18760:M 21 Nov 2026 20:36:00.200 * MASTER MODE enabled (failover request from 'id=12 addr=127.0.0.1:39645 laddr=127.0.0.1:22101 fd=8 name= age=0 idle=0 flags=N db=0 sub=0 psub=0 multi=-1 qbuf=83 qbuf-free=32687 argv-mem=54 obl=0 oll=0 omem=0 tot-mem=49870 events=r cmd=psync user=default redir=-1')",
			"15781:M 21 Nov 2026 20:32:54.728 * PRIMARY MODE enabled (failover request from 'id=10 addr=127.0.0.1:51742 laddr=127.0.0.1:22101 fd=9 name=*redacted* user=*redacted* lib-name= lib-ver=')",
		],
	}),
	message("failover.requested", {
		emitter: "primary",
		weight: "lifecycle",
		means:
			"The FAILOVER command is accepted; writes stop until the target has everything (replication.c, failoverCommand).",
		wordings: [
			["6.2+", "FAILOVER requested to {host:Host}:{port:Int}."],
			["6.2+", "FAILOVER requested to any replica."],
		],
		samples: [
			"18789:M 21 Nov 2026 20:36:00.199 * FAILOVER requested to 127.0.0.1:22101.",
			"18760:M 21 Nov 2026 20:35:57.495 * FAILOVER requested to any replica.",
		],
	}),
	message("failover.synced", {
		emitter: "primary",
		weight: "lifecycle",
		means:
			"The target of FAILOVER has acknowledged everything, and this primary becomes its replica (replication.c, updateFailoverStatus).",
		wordings: [["6.2+", "Failover target {host:Host}:{port:Int} is synced, failing over."]],
		samples: ["18760:M 21 Nov 2026 20:35:57.495 * Failover target 127.0.0.1:22102 is synced, failing over."],
	}),
	message("failover.forced", {
		emitter: "primary",
		weight: "cause",
		means:
			"FAILOVER with FORCE ran into its timeout and proceeds although the target may lack data (replication.c, updateFailoverStatus).",
		wordings: [["6.2+", "FAILOVER to {host:Host}:{port:Int} time out exceeded, failing over."]],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 * FAILOVER to 10.20.0.12:6380 time out exceeded, failing over.",
		],
	}),
	message("failover.aborted", {
		emitter: "primary",
		weight: "lifecycle",
		means:
			"FAILOVER is off: by hand, by timeout, by a write error, or because the target refused the request. A node that had already stepped down is primary again, under a new ID (replication.c, abortFailover).",
		wordings: [
			["6.2+", "FAILOVER to {host:Host}:{port:Int} aborted: {reason:Text}"],
			["6.2+", "FAILOVER to any replica aborted: {reason:Text}"],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 * FAILOVER to 10.20.0.12:6380 aborted: Replica never caught up before timeout",
		],
	}),
	message("failover.psync-request", {
		emitter: "replica",
		weight: "lifecycle",
		means:
			"The primary that hands over asks this replica to take its place. A partial resync of the former primary is expected next (replication.c, syncCommand).",
		wordings: [["6.2+", "Failover request received for replid {replid:ReplId}."]],
		samples: [
			"18760:S 21 Nov 2026 20:36:00.200 # Failover request received for replid f1a7e5216f624611fabe8f3ebefb55d911ba667d.",
		],
	}),
	message("config.rewrite", {
		emitter: "both",
		weight: "context",
		means:
			"CONFIG REWRITE ran, as Sentinel does after each REPLICAOF. When it fails the server comes back from a restart in its former role (config.c, configCommand).",
		wordings: [
			["2.8.7+", "CONFIG REWRITE executed with success."],
			["2.8.6+", "CONFIG REWRITE failed: {error:Text}"],
		],
		samples: ["22567:S 21 Nov 20:56:22.846 # CONFIG REWRITE executed with success."],
	}),
] as const;

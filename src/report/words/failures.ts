import type { FailureCode } from "../../model/report.ts";
import type { Words } from "./page.ts";

/** Why a try to synchronise failed. */
export const failureWords: Readonly<Record<FailureCode, Words>> = {
	"primary-unreachable": {
		title: "the primary could not be reached",
		means: "No connection came about: refused, no route, name not found, or no answer in time.",
		proof: "The replica's line on the failed connect, with the system's reason.",
		remedy:
			"Check that the primary runs and listens on that address (bind, port, TLS), and the way to it: DNS, firewall, a service without endpoints.",
		live: "From the replica's host: redis-cli -h <primary> -p <port> PING. INFO replication on the replica: master_link_down_since_seconds.",
	},
	"auth-required": {
		title: "the primary wants other credentials",
		means: "The primary refused the replica's password or user, or is in protected mode.",
		proof: "NOAUTH, WRONGPASS, NOPERM or DENIED in the replica's log.",
		remedy:
			"Set masterauth (and masteruser, whose ACL needs +psync +replconf +ping) on the replica to what the primary expects. When a password changes, change it on the replicas first.",
		live: "ACL LOG on the primary; CONFIG GET masterauth on the replica.",
	},
	"primary-refused": {
		title: "the primary refused for now",
		means:
			"The primary answered with an error that is not about credentials: a failed snapshot stops its writes (MISCONF), too many clients, a script that blocks it, or a failover under way.",
		proof: "The error in the replica's log.",
		remedy:
			"As the error says. For MISCONF free disk space and run BGSAVE: replicas stay out until a snapshot succeeds. For maxclients raise it or find who holds the connections.",
		live: "INFO persistence on the primary: rdb_last_bgsave_status; INFO clients: connected_clients, maxclients.",
	},
	"primary-loading": {
		title: "the primary was loading its data",
		means:
			"The primary had just started and was reading its data set from disk; it serves no replica until that is done.",
		proof: "LOADING in the replica's log.",
		remedy: "Wait: the replica tries again. If it takes long, fail over before restarting a primary.",
		live: "INFO persistence on the primary: loading, loading_eta_seconds.",
	},
	"upstream-down": {
		title: "the primary is a replica without a link of its own",
		means:
			"The server that was asked is itself a replica and has lost its primary, so it serves no replicas.",
		proof: "NOMASTERLINK, or that it cannot sync while not connected with its master, in the replica's log.",
		remedy:
			"Mend the link of the server in the middle. If every node says this, none is a primary: see the finding no-primary.",
		live: "INFO replication on the server that was asked: role:slave, master_link_status:down.",
	},
	"replicates-itself": {
		title: "it was told to replicate from itself",
		means:
			"The address given as its primary leads back to the server itself, directly or through a proxy or service name.",
		proof:
			"The target is one of the node's own addresses, or both ends of the connection are the same server.",
		remedy:
			"Point it to another address, or make it a primary with REPLICAOF NO ONE. In Kubernetes look for a service name that selects the pod itself.",
		live: "INFO replication: master_host; INFO server: tcp_port; CLIENT LIST: addr and laddr.",
	},
	"handshake-timeout": {
		title: "the primary did not answer in the handshake",
		means:
			"The connection stood, but an answer to PING, AUTH, REPLCONF or PSYNC did not come in time: the primary was stalled, or something between accepts connections without serving them.",
		proof: "A timeout in the replica's log between connecting and the decision.",
		remedy: "Find what stalled the primary, or the proxy between.",
		live: "redis-cli --latency against the primary; LATENCY LATEST there.",
	},
	"snapshot-failed": {
		title: "the primary could not make the snapshot",
		means: "The child process that writes the RDB could not be started, failed, or was killed.",
		proof: "The primary's lines on fork, on writing the RDB, or on a signal that ended the child.",
		remedy:
			"For fork: vm.overcommit_memory=1 and memory to spare. For writing: disk space and permissions in dir, or repl-diskless-sync yes. For signal 9: the out-of-memory killer.",
		live: "INFO persistence on the primary: rdb_last_bgsave_status; INFO stats: latest_fork_usec; the kernel's log.",
	},
	"transfer-timeout": {
		title: "the transfer stood still",
		means: "During the transfer one side heard nothing from the other for repl-timeout seconds.",
		proof:
			"The replica's timeout while receiving the snapshot, or the primary's disconnection of a timed-out replica in full sync.",
		remedy:
			"Raise repl-timeout above the longest silence of a full sync (making, flushing and loading a large snapshot), or find what stalls it: disk, network.",
		live: "INFO replication on the replica: master_sync_in_progress, master_sync_last_io_seconds_ago.",
	},
	"connection-lost-in-transfer": {
		title: "the connection broke during the transfer",
		means:
			"The link ended while the snapshot was made or sent, and the other side logged no reason of its own.",
		proof: "The replica's input/output error while synchronising.",
		remedy:
			"Look at the primary's log for that moment: its end, a crash, an output buffer. If there is nothing, look at the network.",
		live: "INFO replication on the replica: master_sync_in_progress falls back to 0 without success.",
	},
	"output-buffer-overrun": {
		title: "the output buffer overflowed during the transfer",
		means:
			"While the snapshot was made and sent, new writes piled up for the replica beyond client-output-buffer-limit, and the primary closed the link. The next try meets the same limit.",
		proof:
			"The primary closes the client for overcoming the output buffer limits between the start of the snapshot and the replica being online.",
		remedy:
			"Raise client-output-buffer-limit for replicas above write rate × duration of the transfer; or make it faster (diskless, a faster network). RDB channel (Redis 8) and dual channel (Valkey 8) keep these writes on the replica instead.",
		live: "CLIENT LIST on the primary during the transfer: omem of the flags=S client.",
	},
	"replica-cannot-store": {
		title: "the replica could not store the snapshot",
		means:
			"The replica could not write the received snapshot to disk: no space, no such folder, or no permission.",
		proof: "The replica's error on opening or writing its temporary file, or on renaming it.",
		remedy: "Make room or set permissions in its dir, or set repl-diskless-load so that no file is needed.",
		live: "CONFIG GET dir on the replica; df and ls -ld of it on that host.",
	},
	"replica-cannot-load": {
		title: "the replica could not load the snapshot",
		means:
			"The snapshot arrived but could not be read: a newer format than the replica knows, a wrong signature or checksum, or data of a module that it has not loaded.",
		proof: "The replica's error while loading.",
		remedy:
			"For a newer format upgrade the replicas before the primary. For a module load the same one. A wrong signature from an unknown primary is an alarm: see rogue-primary.",
		live: "INFO server on both: redis_version (and valkey_version); MODULE LIST on both.",
	},
	"protocol-error": {
		title: "an answer that makes no sense",
		means:
			"What came back is not what the replication protocol allows there: a proxy, a wrong port, damage on the way, or an incompatible server.",
		proof: "The replica's line with the unexpected answer.",
		remedy:
			"Connect directly and check the port: a proxy, a TLS port without TLS, or another program answers.",
		live: "redis-cli -h <primary> -p <port> PING from the replica's host.",
	},
	superseded: {
		title: "it was pointed elsewhere meanwhile",
		means: "Before the try came to an end the replica was told to follow another primary, or none.",
		proof: "A REPLICAOF, promotion or reconfiguration in the replica's log during the try.",
		remedy: "Nothing, unless it happens again and again: then two operators, Sentinels or scripts disagree.",
		live: "INFO commandstats on the replica: cmdstat_replicaof, cmdstat_slaveof.",
	},
	unknown: {
		title: "the logs do not tell why",
		means: "The try did not succeed, and no line says why.",
		proof: "None.",
		remedy: "Give the log of the other side for that time.",
		live: "INFO replication on the replica: master_link_status and master_link_down_since_seconds.",
	},
};

import { message } from "../message.ts";

/** The connection between a replica and its primary: made, broken, timed out. */
export const link = [
	message("link.connecting", {
		emitter: "replica",
		weight: "progress",
		means:
			"An attempt to reach the primary begins: once a second while there is no link, since 6.2 also right after REPLICAOF (replication.c, replicationCron).",
		wordings: [
			["2.6 to 2.6.16", "Connecting to MASTER..."],
			["redis-2.6.17+, valkey-7.2", "Connecting to MASTER {host:Host}:{port:Int}"],
			["valkey-8.0+", "Connecting to PRIMARY {host:Host}:{port:Int}"],
			// The address, or all of it but the port, is gone in pastes.
			["redis-2.6.17+, valkey-7.2, in pastes", "Connecting to MASTER"],
			["redis-2.6.17+, valkey-7.2, in pastes", "Connecting to MASTER :{port:Int}"],
			["valkey-8.0+, in pastes", "Connecting to PRIMARY"],
			["valkey-8.0+, in pastes", "Connecting to PRIMARY :{port:Int}"],
		],
		samples: [
			"19833:S 21 Nov 2026 20:39:14.530 * Connecting to MASTER 127.0.0.1:22304",
			"20007:S 21 Nov 2026 20:40:35.806 * Connecting to PRIMARY 127.0.0.1:22305",
		],
	}),
	message("link.reconnecting", {
		emitter: "replica",
		weight: "progress",
		means:
			"Since 6.2 a standing link that broke is tried again at once (replication.c, replicationHandleMasterDisconnection).",
		wordings: [
			["redis-6.2+, valkey-7.2", "Reconnecting to MASTER {host:Host}:{port:Int}"],
			["valkey-8.0+", "Reconnecting to PRIMARY {host:Host}:{port:Int}"],
			// The address is gone in pastes.
			["redis-6.2+, valkey-7.2, in pastes", "Reconnecting to MASTER"],
			["valkey-8.0+, in pastes", "Reconnecting to PRIMARY"],
		],
		samples: [
			"19805:S 21 Nov 2026 20:39:06.521 * Reconnecting to MASTER 127.0.0.1:22301",
			"19983:S 21 Nov 2026 20:40:27.766 * Reconnecting to PRIMARY 127.0.0.1:22301",
		],
	}),
	message("link.reconnecting-after-failure", {
		emitter: "replica",
		weight: "progress",
		means:
			"Since 6.2 a handshake or transfer that was given up is tried again at once; the line before it says what went wrong (replication.c, cancelReplicationHandshake).",
		wordings: [
			["redis-6.2+, valkey-7.2", "Reconnecting to MASTER {host:Host}:{port:Int} after failure"],
			["valkey-8.0+", "Reconnecting to PRIMARY {host:Host}:{port:Int} after failure"],
			["redis-6.2+, valkey-7.2, in pastes", "Reconnecting to MASTER after failure"],
			["valkey-8.0+, in pastes", "Reconnecting to PRIMARY after failure"],
		],
		samples: [
			"18594:S 21 Nov 2026 20:35:26.679 * Reconnecting to MASTER 127.0.0.1:22101 after failure",
			"13970:S 21 Nov 2026 20:32:07.018 * Reconnecting to PRIMARY 127.0.0.1:22101 after failure",
		],
	}),
	message("sync.started", {
		emitter: "replica",
		weight: "progress",
		means: "A non-blocking connect to the primary is under way (replication.c, connectWithMaster).",
		wordings: [
			["2.2", "MASTER <-> SLAVE sync started: SYNC sent"],
			["2.6 to 4.0", "MASTER <-> SLAVE sync started"],
			["redis-5.0+, valkey-7.2", "MASTER <-> REPLICA sync started"],
			["valkey-8.0+", "PRIMARY <-> REPLICA sync started"],
		],
		samples: [
			"[18002] 21 Nov 20:34:00.778 * MASTER <-> SLAVE sync started: SYNC sent",
			"18002:S 21 Nov 20:34:00.778 * MASTER <-> SLAVE sync started",
			"19833:S 21 Nov 2026 20:39:14.530 * MASTER <-> REPLICA sync started",
			"20007:S 21 Nov 2026 20:40:35.806 * PRIMARY <-> REPLICA sync started",
		],
	}),
	message("link.connect-failed", {
		emitter: "replica",
		weight: "cause",
		means:
			"The connect could not even be begun. With the name of the primary in lower case it is the second connection of a sync over two channels (replication.c, connectWithMaster).",
		wordings: [
			["redis-2.6+, valkey-7.2", "Unable to connect to MASTER: {error:Text}"],
			["redis-8.0+", "Unable to connect to master: {error:Text}"],
			["valkey-8.0", "Unable to connect to Primary: {error:Text}"],
			["valkey-8.0+", "Unable to connect to PRIMARY: {error:Text}"],
			["valkey-8.1+", "Dual channel replication: Unable to connect to Primary: {error:Text}"],
		],
		samples: ["4242:S 21 Nov 2026 10:00:00.000 # Unable to connect to MASTER: Network is unreachable"],
	}),
	message("link.socket-error", {
		emitter: "replica",
		weight: "cause",
		means:
			"The connect ended in an error such as refused, unreachable or timed out. The cached primary is kept (replication.c, syncWithMaster).",
		wordings: [["2.6+", "Error condition on socket for SYNC: {error:Text}"]],
		samples: ["19805:S 21 Nov 2026 20:39:06.521 # Error condition on socket for SYNC: Connection refused"],
	}),
	message("link.connected", {
		emitter: "replica",
		weight: "progress",
		means: "The connection stands, TLS included, and PING goes out (replication.c, syncWithMaster).",
		wordings: [["2.6+", "Non blocking connect for SYNC fired the event."]],
		samples: ["19833:S 21 Nov 2026 20:39:14.531 * Non blocking connect for SYNC fired the event."],
	}),
	message("link.connect-timeout", {
		emitter: "replica",
		weight: "cause",
		means:
			"Connect and handshake made no progress for repl-timeout: a host that does not answer, a firewall, or a primary whose event loop stands still (replication.c, replicationCron).",
		wordings: [
			["redis-2.6+, valkey-7.2", "Timeout connecting to the MASTER..."],
			["valkey-8.0+", "Timeout connecting to the PRIMARY..."],
		],
		samples: [
			"16841:S 21 Nov 20:33:41.091 # Timeout connecting to the MASTER...",
			"13970:S 21 Nov 2026 20:32:07.018 # Timeout connecting to the PRIMARY...",
		],
	}),
	message("link.primary-timeout", {
		emitter: "replica",
		weight: "cause",
		means:
			"Nothing came over the established link for repl-timeout, and the replica closes it (replication.c, replicationCron).",
		wordings: [
			["2.6", "MASTER time out: no data nor PING received..."],
			["redis-2.8+, valkey-7.2", "MASTER timeout: no data nor PING received..."],
			["valkey-8.0+", "PRIMARY timeout: no data nor PING received..."],
		],
		samples: [
			"16841:S 21 Nov 20:33:37.083 # MASTER timeout: no data nor PING received...",
			"13970:S 21 Nov 2026 20:32:03.008 # PRIMARY timeout: no data nor PING received...",
		],
	}),
	message("link.primary-lost", {
		emitter: "replica",
		weight: "cause",
		means:
			"The replica's connection to its primary is freed, for whatever reason. A partial resync remains possible only if the next line says that the state was cached. Missing in 2.8.0 to 2.8.3 (networking.c, freeClient).",
		wordings: [
			["redis-2.8.4+, valkey-7.2", "Connection with master lost."],
			["valkey-8.0+", "Connection with primary lost."],
		],
		samples: [
			"19833:M 21 Nov 2026 20:39:20.592 * Connection with master lost.",
			"20007:M 21 Nov 2026 20:40:41.829 * Connection with primary lost.",
		],
	}),
	message("replica.lost", {
		emitter: "primary",
		weight: "cause",
		means:
			"A connection from a replica is freed, for whatever reason: a failure, a deliberate disconnection by this node, or the regular end of an rdb channel (networking.c, freeClient).",
		wordings: [
			["2.8.4 to 4.0", "Connection with slave {replica:Peer} lost."],
			["5.0+", "Connection with replica {replica:Peer} lost."],
			// The address is gone in pastes.
			["2.8.4 to 4.0, in pastes", "Connection with slave lost."],
			["5.0+, in pastes", "Connection with replica lost."],
			["redis-8.0+", "Connection with replica ({channel:Word}) {replica:Peer} lost."],
			// The server prints " (rdbchannel)" or nothing by "%s": whatever else stands there.
			["redis-8.0+", "Connection with replica{channel:Word} {replica:Peer} lost."],
		],
		samples: [
			"[23110] 21 Nov 20:16:21.455 # Connection with slave 127.0.0.1:22002 lost.",
			"19833:M 21 Nov 2026 20:39:25.600 * Connection with replica 127.0.0.1:22304 lost.",
			"10382:M 21 Nov 2026 20:30:04.672 * Connection with replica (rdbchannel) 127.0.0.1:22102 lost.",
			"19625:M 21 Nov 2026 20:38:47.013 * Connection with replica client id #9 lost.",
		],
	}),
	message("replica.timeout", {
		emitter: "primary",
		weight: "cause",
		means:
			"An online replica has not acknowledged anything for repl-timeout, and the primary closes the connection (replication.c, replicationCron).",
		wordings: [
			["2.8 to 4.0", "Disconnecting timedout slave: {replica:Peer}"],
			["5.0 to 6.2.1", "Disconnecting timedout replica: {replica:Peer}"],
			["6.0.20+", "Disconnecting timedout replica (streaming sync): {replica:Peer}"],
			// The address is gone in pastes.
			["2.8 to 4.0, in pastes", "Disconnecting timedout slave:"],
			["5.0 to 6.2.1, in pastes", "Disconnecting timedout replica:"],
			["6.0.20+, in pastes", "Disconnecting timedout replica (streaming sync):"],
		],
		samples: [
			"16736:M 21 Nov 20:33:30.841 # Disconnecting timedout slave: 127.0.0.1:22102",
			"3635:M 21 Nov 2026 20:26:55.456 # Disconnecting timedout replica: 127.0.0.1:11071",
			"18578:M 21 Nov 2026 20:35:08.253 # Disconnecting timedout replica (streaming sync): 127.0.0.1:22102",
		],
	}),
	message("replica.timeout-fullsync", {
		emitter: "primary",
		weight: "cause",
		means:
			"A replica took no byte of a diskless snapshot for repl-timeout, and the primary gives it up (replication.c, replicationCron).",
		wordings: [
			["6.0.20+", "Disconnecting timedout replica (full sync): {replica:Peer}"],
			["6.0.20+, in pastes", "Disconnecting timedout replica (full sync):"],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # Disconnecting timedout replica (full sync): 10.20.0.12:6380",
		],
	}),
	message("stream.protocol-corruption", {
		emitter: "replica",
		weight: "cause",
		means:
			"Something other than a RESP array came down the replication stream. The link is closed and the state of the primary is not kept, so the next resync is a full one (networking.c, processInlineBuffer).",
		wordings: [
			["redis-6.0.4+, valkey-7.2", "WARNING: Receiving inline protocol from master, master stream corruption? Closing the master connection and discarding the cached master."],
			["valkey-8.0+", "WARNING: Receiving inline protocol from primary, primary stream corruption? Closing the primary connection and discarding the cached primary."],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # WARNING: Receiving inline protocol from master, master stream corruption? Closing the master connection and discarding the cached master.",
			"4242:S 21 Nov 2026 10:00:00.000 # WARNING: Receiving inline protocol from primary, primary stream corruption? Closing the primary connection and discarding the cached primary.",
		],
	}),
	message("stream.protocol-error", {
		emitter: "replica",
		weight: "cause",
		means:
			"A client broke the protocol. With flags=M in its line the client is the primary, whose state is then not kept (networking.c, setProtocolError).",
		wordings: [
			["redis-4.0+, valkey-7.2 to 8.0", "Protocol error ({error:Text}) from client: {client:Client}. {query:Text}"],
			["valkey-8.1+", "Protocol error ({error:Text}) from client: {client:Client}. Query buffer: {query:Text}"],
			["2.6 to 3.2", "Protocol error from client: {client:Client}"],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 - Protocol error (expected $) from client: id=9 addr=10.20.0.11:6379 laddr=10.20.0.12:50116 fd=12 name= age=912 idle=0 flags=M db=0 sub=0 psub=0 ssub=0 multi=-1 qbuf=16384 qbuf-free=0 argv-mem=0 multi-mem=0 rbs=1024 rbp=0 obl=0 oll=0 omem=0 tot-mem=37760 events=r cmd=set user=default redir=-1 resp=2 lib-name= lib-ver=. Query buffer during protocol error: 'set k v'",
			"[4242] 21 Nov 10:00:00.000 - Protocol error from client: id=9 addr=10.20.0.11:6379 laddr=10.20.0.12:50116 fd=12 name= age=912 idle=0 flags=M db=0 sub=0 psub=0 ssub=0 multi=-1 qbuf=16384 qbuf-free=0 argv-mem=0 multi-mem=0 rbs=1024 rbp=0 obl=0 oll=0 omem=0 tot-mem=37760 events=r cmd=set user=default redir=-1 resp=2 lib-name= lib-ver=",
		],
	}),
] as const;

import { message } from "../message.ts";

/** Connections in general, as far as a replica or a primary may be at the other end. */
export const client = [
	message("client.output-buffer", {
		emitter: "primary",
		weight: "cause",
		means:
			"A client's output buffer passed its limit, and the client is closed. With flags=S it is a replica that could not keep up (networking.c, closeClientOnOutputBufferLimitReached).",
		wordings: [
			["2.6+", "Client {client:Client} scheduled to be closed ASAP for overcoming of output buffer limits."],
			["6.2.4+", "Client {client:Client} closed for overcoming of output buffer limits."],
		],
		samples: [
			"16736:M 21 Nov 20:33:23.968 # Client id=14 addr=127.0.0.1:35681 fd=7 name= age=1 idle=0 flags=S db=0 sub=0 psub=0 multi=-1 qbuf=0 qbuf-free=0 obl=56 oll=1 omem=1000029 events=r cmd=replconf scheduled to be closed ASAP for overcoming of output buffer limits.",
		],
	}),
	message("client.query-buffer", {
		emitter: "both",
		weight: "cause",
		means:
			"A client sent more than client-query-buffer-limit and is closed. With flags=M it is the primary, and the replica loses its link (networking.c, handleQbLimitReached).",
		wordings: [
			["2.6+", "Closing client that reached max query buffer length: {client:Client} (qbuf initial bytes: {qbuf:Text})"],
			["valkey-9.1.2+", "Closing client that reached max query buffer length: {client:Client}"],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # Closing client that reached max query buffer length: id=9 addr=10.20.0.11:6379 laddr=10.20.0.12:50116 fd=12 name= age=912 idle=0 flags=M db=0 sub=0 psub=0 ssub=0 multi=-1 qbuf=16384 qbuf-free=0 argv-mem=0 multi-mem=0 rbs=1024 rbp=0 obl=0 oll=0 omem=0 tot-mem=37760 events=r cmd=set user=default redir=-1 resp=2 lib-name= lib-ver= (qbuf initial bytes: \"*3\\r\\n$3\\r\\nSET\\r\\n$8\\r\\nuser:100\\r\\n$1073741\")",
		],
	}),
	message("client.write-error", {
		emitter: "both",
		weight: "context",
		means: "Writing to some client failed; printed at verbose level only (networking.c, writeToClient).",
		wordings: [["2.6+", "Error writing to client: {error:Text}"]],
		samples: ["4242:M 21 Nov 2026 10:00:00.000 - Error writing to client: Broken pipe"],
	}),
	message("client.read-error", {
		emitter: "both",
		weight: "context",
		means:
			"Reading from some client failed; printed at verbose level only (networking.c, readQueryFromClient).",
		wordings: [["2.6+", "Reading from client: {error:Text}"]],
		samples: ["4242:M 21 Nov 2026 10:00:00.000 - Reading from client: Connection reset by peer"],
	}),
	message("client.closed", {
		emitter: "both",
		weight: "context",
		means:
			"Some client closed its end; printed at verbose level only. Since 7.0 the client is named (networking.c, readQueryFromClient).",
		wordings: [
			["2.6 to 6.2", "Client closed connection"],
			["7.0+", "Client closed connection {client:Client}"],
		],
		samples: [
			"[1460] 21 Nov 20:25:21.812 - Client closed connection",
			"9373:M 21 Nov 2026 20:29:25.485 - Client closed connection id=3 addr=127.0.0.1:52254 laddr=127.0.0.1:12870 fd=8 name= age=0 idle=0 flags=N db=0 sub=0 psub=0 ssub=0 multi=-1 qbuf=0 qbuf-free=16386 argv-mem=0 multi-mem=0 rbs=16392 rbp=16392 obl=0 oll=0 omem=0 tot-mem=33528 events=r cmd=ping user=default redir=-1 resp=2",
		],
	}),
	message("client.evicted", {
		emitter: "both",
		weight: "context",
		means:
			"The limit maxmemory-clients is exceeded and an ordinary client is closed. Replicas and the primary are exempt (networking.c, evictClients).",
		wordings: [
			["7.0+", "Evicting client: {client:Client}"],
			["7.0+", "Over client maxmemory after evicting all evictable clients"],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 * Evicting client: id=31 addr=10.20.0.40:52710 laddr=10.20.0.11:6379 fd=19 name=admin age=3 idle=0 flags=N db=0 sub=0 psub=0 ssub=0 multi=-1 qbuf=26 qbuf-free=20448 argv-mem=10 multi-mem=0 rbs=1024 rbp=0 obl=0 oll=0 omem=0 tot-mem=22298 events=r cmd=replicaof user=default redir=-1 resp=2 lib-name= lib-ver=",
		],
	}),
	message("client.invalid-use", {
		emitter: "both",
		weight: "context",
		means:
			"A client did what its kind of connection is not meant for, and is disconnected (networking.c, logInvalidUseAndFreeClientAsync).",
		wordings: [
			["7.0+", "Replica generated a reply to command '{command:Text}', disconnecting it: {client:Client}"],
			["7.0+", "{reason:Text}, disconnecting it: {client:Client}"],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # Replica generated a reply to command 'get', disconnecting it: id=57 addr=10.20.0.12:41874 laddr=10.20.0.11:6379 fd=11 name= age=384 idle=0 flags=S db=0 sub=0 psub=0 ssub=0 multi=-1 qbuf=0 qbuf-free=0 argv-mem=0 multi-mem=0 rbs=1024 rbp=0 obl=0 oll=5121 omem=104857640 tot-mem=104859440 events=r cmd=psync user=default redir=-1 resp=2 lib-name= lib-ver=",
		],
	}),
	message("repl.critical-error-reply", {
		emitter: "both",
		weight: "cause",
		means:
			"A command of the replication stream was answered with an error: the two sides differ in data or in version (networking.c, afterErrorReply).",
		wordings: [
			["4.0.9+", "== CRITICAL == This {from:Word} is sending an error to its {to:Word}: '{error:Text}' after processing the command '{command:Text}'"],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # == CRITICAL == This replica is sending an error to its master: '-WRONGTYPE Operation against a key holding the wrong kind of value' after processing the command 'lpush'",
		],
	}),
	message("conn.accept-error", {
		emitter: "primary",
		weight: "context",
		means:
			"An incoming connection failed in accept or in its TLS handshake (networking.c, acceptCommonHandler).",
		wordings: [
			["6.0 to 7.0", "Error accepting a client connection: {error:Text}"],
			["6.0 to 7.0", "Error accepting a client connection: {error:Text} (conn: {conn:Word})"],
			["7.2+", "Error accepting a client connection: {error:Text} (addr={addr:Peer} laddr={laddr:Peer})"],
			["2.6+", "Accepting client connection: {error:Text}"],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # Error accepting a client connection: error:1408F10B:SSL routines:ssl3_get_record:wrong version number",
			"4242:M 21 Nov 2026 10:00:00.000 # Error accepting a client connection: error:1408F10B:SSL routines:ssl3_get_record:wrong version number (addr=10.20.0.12:41874 laddr=10.20.0.11:6379)",
		],
	}),
] as const;

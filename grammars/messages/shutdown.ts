import { message } from "../message.ts";

/** The orderly end of a process. */
export const shutdown = [
	message("server.signal", {
		emitter: "both",
		weight: "lifecycle",
		means:
			"The signal handler took a request to stop. Its line has its own front: seconds since 1970 in UTC, and no level (server.c, sigShutdownHandler).",
		wordings: [
			["2.6 to 2.8.13", "Received SIGTERM, scheduling shutdown..."],
			["2.8.14+", "Received SIGTERM scheduling shutdown..."],
			["2.8.14+", "Received SIGINT scheduling shutdown..."],
			["2.8.14+", "Received shutdown signal, scheduling shutdown..."],
			["5.0.5 to 6.2", "Received shutdown signal during loading, exiting now."],
			["7.0+", "Received shutdown signal during loading, scheduling shutdown."],
			["2.8.14+", "You insist... exiting now."],
		],
		samples: ["19833:signal-handler (1795293570) Received SIGTERM scheduling shutdown..."],
	}),
	message("server.shutdown-requested", {
		emitter: "both",
		weight: "lifecycle",
		means:
			"The server begins to shut down, by command or after a signal. Valkey 8.0 names the client (server.c, prepareForShutdown).",
		wordings: [
			["2.6+", "User requested shutdown..."],
			["valkey-8.0+", "User requested shutdown... (user request from '{client:Client}')"],
		],
		samples: [
			"19833:S 21 Nov 2026 20:39:30.607 * User requested shutdown...",
			"14330:S 21 Nov 2026 20:31:52.818 * User requested shutdown... (user request from 'id=8 addr=127.0.0.1:56042 laddr=127.0.0.1:14681 fd=11 name=*redacted* age=0 idle=0 flags=b db=0 sub=0 psub=0 ssub=0 multi=-1 watch=0 qbuf=0 qbuf-free=0 argv-mem=12 multi-mem=0 rbs=16392 rbp=16392 obl=0 oll=0 omem=0 tot-mem=17324 events=r cmd=shutdown user=*redacted* redir=-1 resp=2 lib-name= lib-ver= tot-net-in=28 tot-net-out=0 tot-cmds=0')",
		],
	}),
	message("server.shutdown-wait", {
		emitter: "primary",
		weight: "lifecycle",
		means:
			"Before it exits the primary pauses writes and waits for lagging replicas, up to shutdown-timeout (server.c, prepareForShutdown).",
		wordings: [["7.0+", "Waiting for replicas before shutting down."]],
		samples: ["21470:M 21 Nov 2026 20:15:21.836 * Waiting for replicas before shutting down."],
	}),
	message("server.shutdown-lagging", {
		emitter: "primary",
		weight: "cause",
		means:
			"A replica had not acknowledged everything at the exit of its primary; the number is the bytes it may lack (server.c, finishShutdown).",
		wordings: [
			["7.0+", "Lagging replica {replica:Peer} reported offset {behind:Bytes} behind master, lag={lag:Seconds}, state={state:Word}."],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # Lagging replica 10.20.0.12:6380 reported offset 14728 behind master, lag=3, state=online.",
		],
	}),
	message("server.shutdown-sync", {
		emitter: "primary",
		weight: "lifecycle",
		means: "How many replicas had everything when the primary exited (server.c, finishShutdown).",
		wordings: [["7.0+", "{inSync:Int} of {total:Int} replicas are in sync when shutting down."]],
		samples: ["19789:M 21 Nov 2026 20:39:30.655 * 1 of 1 replicas are in sync when shutting down."],
	}),
	message("server.shutdown-aborted", {
		emitter: "both",
		weight: "lifecycle",
		means:
			"The shutdown does not take place, by command or because saving failed (server.c, finishShutdown).",
		wordings: [
			["7.0+", "Shutdown manually aborted."],
			["7.0+", "Errors trying to shut down the server. Check the logs for more information."],
			["2.6+", "Error trying to save the DB, can't exit."],
			["2.8.12+", "Writing initial AOF, can't exit."],
			["2.6+", "SIGTERM received but errors trying to shut down the server, check the logs for more information"],
		],
		samples: ["4242:M 21 Nov 2026 10:00:00.000 * Shutdown manually aborted."],
	}),
	message("server.shutdown-kill-child", {
		emitter: "both",
		weight: "cause",
		means:
			"The snapshot child that ran at the shutdown is killed, and replicas in a full resync lose it (server.c, finishShutdown).",
		wordings: [["2.6+", "There is a child saving an .rdb. Killing it!"]],
		samples: ["4242:M 21 Nov 2026 10:00:00.000 # There is a child saving an .rdb. Killing it!"],
	}),
	message("server.final-save", {
		emitter: "both",
		weight: "lifecycle",
		means:
			"An RDB is saved before the exit. It carries replication ID and offset, so the restarted server can be continued (server.c, finishShutdown).",
		wordings: [["2.6+", "Saving the final RDB snapshot before exiting."]],
		samples: ["19833:S 21 Nov 2026 20:39:30.607 * Saving the final RDB snapshot before exiting."],
	}),
	message("server.exit", {
		emitter: "both",
		weight: "lifecycle",
		means: "The process exits cleanly, and every link drops (server.c, finishShutdown).",
		wordings: [["2.6+", "{name:Word} is now ready to exit, bye bye..."]],
		samples: [
			"[23110] 21 Nov 20:16:31.065 # Redis is now ready to exit, bye bye...",
			"20007:M 21 Nov 2026 20:40:51.895 # Valkey is now ready to exit, bye bye...",
		],
	}),
	message("replica.write-pause-shutdown", {
		emitter: "cluster",
		weight: "lifecycle",
		means:
			"SHUTDOWN SAFE met a voting primary of a cluster: refused, or carried out all the same (server.c, finishShutdown).",
		wordings: [
			["valkey-9.0+", "This is a voting primary. Shutting down may cause the cluster to go down. Can't exit."],
			["valkey-9.0+", "This is a voting primary. Shutting down may cause the cluster to go down. Exit anyway."],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # This is a voting primary. Shutting down may cause the cluster to go down. Can't exit.",
		],
	}),
] as const;

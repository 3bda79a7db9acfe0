import { message } from "../message.ts";

/** Sentinel: what it monitors, what it takes for down, and what it puts right. */
export const sentinel = [
	message("sentinel.sdown", {
		emitter: "sentinel",
		weight: "cause",
		means:
			"An instance gave this Sentinel no valid answer for down-after-milliseconds (sentinel.c, sentinelCheckSubjectivelyDown).",
		wordings: [["2.6+", "+sdown {instance:Instance}"]],
		samples: ["19636:X 21 Nov 2026 20:38:24.863 # +sdown master mymaster 127.0.0.1 22201"],
	}),
	message("sentinel.sdown-cleared", {
		emitter: "sentinel",
		weight: "cause",
		means: "The instance answers this Sentinel again (sentinel.c, sentinelCheckSubjectivelyDown).",
		wordings: [["2.6+", "-sdown {instance:Instance}"]],
		samples: [
			"19636:X 21 Nov 2026 20:38:31.408 # -sdown slave 127.0.0.1:22201 127.0.0.1 22201 @ mymaster 127.0.0.1 22203",
		],
	}),
	message("sentinel.odown", {
		emitter: "sentinel",
		weight: "cause",
		means:
			"Enough Sentinels agree that the primary is down, and a failover may start (sentinel.c, sentinelCheckObjectivelyDown).",
		wordings: [["2.6+", "+odown {instance:Instance} #quorum {votes:Int}/{quorum:Int}"]],
		samples: ["19636:X 21 Nov 2026 20:38:24.863 # +odown master mymaster 127.0.0.1 22201 #quorum 1/1"],
	}),
	message("sentinel.odown-cleared", {
		emitter: "sentinel",
		weight: "cause",
		means:
			"The Sentinels no longer agree that the primary is down (sentinel.c, sentinelCheckObjectivelyDown).",
		wordings: [["2.6+", "-odown {instance:Instance}"]],
		samples: ["[1406] 21 Nov 20:25:26.444 # -odown master mymaster 127.0.0.1 10190"],
	}),
	message("sentinel.convert-to-replica", {
		emitter: "sentinel",
		weight: "cause",
		means:
			"An instance that should be a replica says it is a primary, as an old primary does on its return, and is sent REPLICAOF (sentinel.c, sentinelRefreshInstanceInfo).",
		wordings: [["2.8+", "+convert-to-slave {instance:Instance}"]],
		samples: [
			"19636:X 21 Nov 2026 20:38:41.377 * +convert-to-slave slave 127.0.0.1:22201 127.0.0.1 22201 @ mymaster 127.0.0.1 22203",
		],
	}),
	message("sentinel.fix-replica-config", {
		emitter: "sentinel",
		weight: "cause",
		means:
			"A replica follows the wrong primary and is sent REPLICAOF (sentinel.c, sentinelRefreshInstanceInfo).",
		wordings: [["2.8+", "+fix-slave-config {instance:Instance}"]],
		samples: [
			"4242:X 21 Nov 2026 10:00:00.000 * +fix-slave-config slave 10.20.0.12:6380 10.20.0.12 6380 @ mymaster 10.20.0.11 6379",
		],
	}),
	message("sentinel.reboot", {
		emitter: "sentinel",
		weight: "cause",
		means: "The run ID of an instance changed: it was restarted (sentinel.c, sentinelRefreshInstanceInfo).",
		wordings: [["2.6+", "+reboot {instance:Instance}"]],
		samples: ["4242:X 21 Nov 2026 10:00:00.000 * +reboot master mymaster 10.20.0.11 6379"],
	}),
	message("sentinel.role-change", {
		emitter: "sentinel",
		weight: "cause",
		means:
			"An instance reports another role than before, as configured (+) or against it (-); verbose level (sentinel.c, sentinelRefreshInstanceInfo).",
		wordings: [
			["2.8.7+", "+role-change {instance:Instance} new reported role is {reportedRole:Word}"],
			["2.8.7+", "-role-change {instance:Instance} new reported role is {reportedRole:Word}"],
		],
		samples: [
			"4242:X 21 Nov 2026 10:00:00.000 - +role-change slave 10.20.0.12:6380 10.20.0.12 6380 @ mymaster 10.20.0.11 6379 new reported role is master",
		],
	}),
	message("sentinel.tilt", {
		emitter: "sentinel",
		weight: "cause",
		means:
			"The clock of this Sentinel jumped, or its process stood still: it watches but does not act (sentinel.c, sentinelCheckTiltCondition).",
		wordings: [["2.6+", "+tilt #tilt mode entered"]],
		samples: ["4242:X 21 Nov 2026 10:00:00.000 # +tilt #tilt mode entered"],
	}),
	message("sentinel.tilt-exit", {
		emitter: "sentinel",
		weight: "context",
		means:
			"The clock has been steady for half a minute, and the Sentinel acts again (sentinel.c, sentinelHandleRedisInstance).",
		wordings: [["2.6+", "-tilt #tilt mode exited"]],
		samples: ["4242:X 21 Nov 2026 10:00:00.000 # -tilt #tilt mode exited"],
	}),
	message("sentinel.user-failover", {
		emitter: "sentinel",
		weight: "lifecycle",
		means:
			"SENTINEL FAILOVER was called: a planned failover without a vote on whether the primary is down (sentinel.c, sentinelCommand).",
		wordings: [["2.8+", "Executing user requested FAILOVER of '{name:Text}'"]],
		samples: ["19636:X 21 Nov 2026 20:38:45.860 * Executing user requested FAILOVER of 'mymaster'"],
	}),
	message("sentinel.next-delay", {
		emitter: "sentinel",
		weight: "context",
		means:
			"An attempt not long ago keeps this Sentinel from starting another failover until the time given (sentinel.c, sentinelStartFailoverIfNeeded).",
		wordings: [["2.8.10+", "Next failover delay: I will not start a failover before {until:Text}"]],
		samples: [
			"[1400] 21 Nov 20:25:24.284 # Next failover delay: I will not start a failover before Sat Nov 21 20:25:40 2026",
		],
	}),
	message("sentinel.config-update", {
		emitter: "sentinel",
		weight: "context",
		means:
			"Another Sentinel knows a newer configuration, and this one adopts it (sentinel.c, sentinelProcessHelloMessage).",
		wordings: [["2.8.10+", "+config-update-from {instance:Instance}"]],
		samples: [
			"[1400] 21 Nov 20:25:25.417 # +config-update-from sentinel 127.0.0.1:10195 127.0.0.1 10195 @ mymaster 127.0.0.1 10190",
		],
	}),
	message("sentinel.reset-master", {
		emitter: "sentinel",
		weight: "context",
		means:
			"SENTINEL RESET: what is known about the primary's replicas and Sentinels is forgotten (sentinel.c, sentinelResetMaster).",
		wordings: [["2.6+", "+reset-master {instance:Instance}"]],
		samples: ["4242:X 21 Nov 2026 10:00:00.000 # +reset-master master mymaster 10.20.0.11 6379"],
	}),
	message("sentinel.replica-detected", {
		emitter: "sentinel",
		weight: "context",
		means: "A replica was found in the primary's INFO (sentinel.c, sentinelRefreshInstanceInfo).",
		wordings: [["2.6+", "+slave {instance:Instance}"]],
		samples: [
			"19636:X 21 Nov 2026 20:38:10.805 * +slave slave 127.0.0.1:22202 127.0.0.1 22202 @ mymaster 127.0.0.1 22201",
		],
	}),
	message("sentinel.sentinel-detected", {
		emitter: "sentinel",
		weight: "context",
		means: "Another Sentinel was discovered (sentinel.c, sentinelProcessHelloMessage).",
		wordings: [["2.6+", "+sentinel {instance:Instance}"]],
		samples: [
			"[1400] 21 Nov 20:25:20.142 * +sentinel sentinel 127.0.0.1:10194 127.0.0.1 10194 @ mymaster 127.0.0.1 10190",
		],
	}),
	message("sentinel.monitor", {
		emitter: "sentinel",
		weight: "context",
		means: "A primary is monitored from now on, with its quorum (sentinel.c, sentinelCommand).",
		wordings: [["2.8.7+", "+monitor {instance:Instance} quorum {quorum:Int}"]],
		samples: ["19636:X 21 Nov 2026 20:38:10.803 # +monitor master mymaster 127.0.0.1 22201 quorum 1"],
	}),
	message("sentinel.unmonitor", {
		emitter: "sentinel",
		weight: "context",
		means: "SENTINEL REMOVE: a primary is no longer monitored (sentinel.c, sentinelCommand).",
		wordings: [["2.8.7+", "-monitor {instance:Instance}"]],
		samples: ["4242:X 21 Nov 2026 10:00:00.000 # -monitor master mymaster 10.20.0.11 6379"],
	}),
	message("sentinel.link", {
		emitter: "sentinel",
		weight: "context",
		means:
			"The Sentinel's own connection to an instance failed; debug level (sentinel.c, sentinelReconnectInstance).",
		wordings: [
			["2.6+", "-cmd-link-reconnection {instance:Instance} #{error:Text}"],
			["2.6+", "-pubsub-link-reconnection {instance:Instance} #{error:Text}"],
		],
		samples: [
			"4242:X 21 Nov 2026 10:00:00.000 . -cmd-link-reconnection slave 10.20.0.12:6380 10.20.0.12 6380 @ mymaster 10.20.0.11 6379 #Connection refused",
		],
	}),
	message("sentinel.id", {
		emitter: "sentinel",
		weight: "lifecycle",
		means: "The ID of this Sentinel, at start (sentinel.c, sentinelIsRunning).",
		wordings: [
			["3.2+", "Sentinel ID is {id:ReplId}"],
			["2.8 to 3.0", "Sentinel runid is {id:ReplId}"],
		],
		samples: [
			"19636:X 21 Nov 2026 20:38:10.803 * Sentinel ID is 8de9b8e77bc9c7fbca8778072301a2e561a41ac1",
			"[1400] 21 Nov 20:25:18.078 # Sentinel runid is 65ea987c683883a8c4872b2c753e4ec5e10cfbbf",
		],
	}),
	message("sentinel.config-error", {
		emitter: "sentinel",
		weight: "context",
		means: "The state file was written, or could not be (sentinel.c, sentinelFlushConfig).",
		wordings: [
			["2.8 to 2.8.7", "WARNING: Senitnel was not able to save the new configuration on disk!!!: {error:Text}"],
			["2.8.8+", "WARNING: Sentinel was not able to save the new configuration on disk!!!: {error:Text}"],
			["7.0+", "Sentinel new configuration saved on disk"],
		],
		samples: ["19636:X 21 Nov 2026 20:38:10.803 * Sentinel new configuration saved on disk"],
	}),
	message("sentinel.misc", {
		emitter: "sentinel",
		weight: "context",
		means: "Scripts, SENTINEL SET, and changes of other Sentinels' addresses (sentinel.c).",
		wordings: [
			["2.6+", "-script-error {script:Word} {signal:Int} {exitcode:Int}"],
			["2.6+", "+script-child {childPid:Int}"],
			["2.6+", "-script-child {childPid:Int} {exitcode:Int} {signal:Int}"],
			["2.6+", "-script-timeout {script:Word} {childPid:Int}"],
			["2.6 to 3.0", "-dup-sentinel {instance:Instance} #duplicate of {ip:Host}:{port:Int} or {sentinelId:ReplId}"],
			["2.8.7+", "+set {instance:Instance} {option:Word} {value:Word}"],
			["3.2+", "+sentinel-address-update {instance:Instance} {count:Int} additional matching instances"],
			["3.2+", "+sentinel-address-switch {instance:Instance} ip {ip:Host} port {port:Int} for {sentinelId:ReplId}"],
			["3.2+", "+sentinel-invalid-addr {instance:Instance}"],
			["5.0+", "+set {instance:Instance} {option:Word} {value:Word} {value2:Text}"],
			["5.0+", "+set {instance:Instance} {option:Word}"],
		],
		samples: [
			"4242:X 21 Nov 2026 10:00:00.000 # -script-error /usr/local/bin/notify.sh 0 1",
			"4242:X 21 Nov 2026 10:00:00.000 . +script-child 20719",
			"4242:X 21 Nov 2026 10:00:00.000 # +set master mymaster 10.20.0.11 6379 down-after-milliseconds 5000",
		],
	}),
	message("sentinel.legacy-2.6", {
		emitter: "sentinel",
		weight: "context",
		means: "Events of the first Sentinel (2.6), which later versions replaced (sentinel.c).",
		wordings: [
			["2.6", "+redirect-to-master {name:Word} {oldIp:Host} {oldPort:Int} {newIp:Host} {newPort:Int}"],
			["2.6", "-slave-restart-as-master {instance:Instance} #removing it from the attached slaves"],
			["2.6", "-failover-abort-race {instance:Instance}"],
			["2.6", "+failover-detected {instance:Instance}"],
			["2.6", "+failover-triggered {instance:Instance}"],
			["2.6", "+failover-state-wait-start {instance:Instance} #starting in {ms:Millis} milliseconds"],
			["2.6", "+failover-takedown {instance:Instance}"],
			["2.6", "-failover-abort-master-is-back {instance:Instance}"],
			["2.6", "-promotion-timeout {instance:Instance}"],
			["2.6", "-slave-reconf-undo {instance:Instance}"],
			["2.6", "-failover-abort-x-sdown {instance:Instance}"],
			["2.6.13 to 2.6.17", "+demote-old-slave {instance:Instance}"],
			["2.6.13 to 2.6.17", "-demote-flag-cleared {instance:Instance}"],
		],
		samples: [
			"[4242] 21 Nov 10:00:00.000 # +redirect-to-master mymaster 10.20.0.11 6379 10.20.0.12 6380",
			"[4242] 21 Nov 10:00:00.000 # +failover-state-wait-start slave 10.20.0.12:6380 10.20.0.12 6380 @ mymaster 10.20.0.11 6379 #starting in 5000 milliseconds",
		],
	}),
] as const;

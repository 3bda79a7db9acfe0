import { message } from "../message.ts";

/** Sentinel: a failover from the vote to the last replica. */
export const sentinelFailover = [
	message("sentinel.new-epoch", {
		emitter: "sentinel",
		weight: "context",
		means: "A new configuration epoch, the number of a failover (sentinel.c).",
		wordings: [["2.8+", "+new-epoch {epoch:Int}"]],
		samples: ["19636:X 21 Nov 2026 20:38:24.863 # +new-epoch 1"],
	}),
	message("sentinel.try-failover", {
		emitter: "sentinel",
		weight: "lifecycle",
		means:
			"This Sentinel wants to run a failover and asks to be elected (sentinel.c, sentinelStartFailover).",
		wordings: [["2.8+", "+try-failover {instance:Instance}"]],
		samples: ["19636:X 21 Nov 2026 20:38:24.863 # +try-failover master mymaster 127.0.0.1 22201"],
	}),
	message("sentinel.vote", {
		emitter: "sentinel",
		weight: "context",
		means: "The vote of this Sentinel for the leader of an epoch (sentinel.c, sentinelVoteLeader).",
		wordings: [["2.8+", "+vote-for-leader {leader:ReplId} {epoch:Int}"]],
		samples: [
			"19636:X 21 Nov 2026 20:38:24.864 # +vote-for-leader 8de9b8e77bc9c7fbca8778072301a2e561a41ac1 1",
		],
	}),
	message("sentinel.voted", {
		emitter: "sentinel",
		weight: "context",
		means: "The vote of another Sentinel was received (sentinel.c, sentinelReceiveIsMasterDownReply).",
		wordings: [["2.8.2+", "{sentinel:Word} voted for {leader:ReplId} {epoch:Int}"]],
		samples: [
			"[1406] 21 Nov 20:25:24.249 # 127.0.0.1:10194 voted for f14190713bb1421f2cee2e2c7ad6f7dc2032ed1f 1",
		],
	}),
	message("sentinel.elected-leader", {
		emitter: "sentinel",
		weight: "lifecycle",
		means: "This Sentinel is elected and runs the failover (sentinel.c, sentinelFailoverWaitStart).",
		wordings: [["2.8+", "+elected-leader {instance:Instance}"]],
		samples: ["19636:X 21 Nov 2026 20:38:24.864 # +elected-leader master mymaster 127.0.0.1 22201"],
	}),
	message("sentinel.failover-state-select", {
		emitter: "sentinel",
		weight: "progress",
		means: "The replica to be promoted is being chosen (sentinel.c, sentinelFailoverWaitStart).",
		wordings: [["2.6+", "+failover-state-select-slave {instance:Instance}"]],
		samples: [
			"19636:X 21 Nov 2026 20:38:24.864 # +failover-state-select-slave master mymaster 127.0.0.1 22201",
		],
	}),
	message("sentinel.selected", {
		emitter: "sentinel",
		weight: "lifecycle",
		means: "The replica chosen for promotion (sentinel.c, sentinelFailoverSelectSlave).",
		wordings: [["2.6+", "+selected-slave {instance:Instance}"]],
		samples: [
			"19636:X 21 Nov 2026 20:38:24.955 # +selected-slave slave 127.0.0.1:22203 127.0.0.1 22203 @ mymaster 127.0.0.1 22201",
		],
	}),
	message("sentinel.failover-state-send-noone", {
		emitter: "sentinel",
		weight: "progress",
		means:
			"REPLICAOF NO ONE is about to be sent to the chosen replica (sentinel.c, sentinelFailoverSelectSlave).",
		wordings: [["2.6+", "+failover-state-send-slaveof-noone {instance:Instance}"]],
		samples: [
			"19636:X 21 Nov 2026 20:38:24.955 * +failover-state-send-slaveof-noone slave 127.0.0.1:22203 127.0.0.1 22203 @ mymaster 127.0.0.1 22201",
		],
	}),
	message("sentinel.failover-state-wait-promotion", {
		emitter: "sentinel",
		weight: "progress",
		means:
			"REPLICAOF NO ONE is sent, and the Sentinel waits for the new role to be reported (sentinel.c, sentinelFailoverSendSlaveOfNoOne).",
		wordings: [["2.6+", "+failover-state-wait-promotion {instance:Instance}"]],
		samples: [
			"19636:X 21 Nov 2026 20:38:25.055 * +failover-state-wait-promotion slave 127.0.0.1:22203 127.0.0.1 22203 @ mymaster 127.0.0.1 22201",
		],
	}),
	message("sentinel.promoted", {
		emitter: "sentinel",
		weight: "lifecycle",
		means:
			"The chosen replica reports that it is a primary. Its own log has the change somewhat earlier (sentinel.c, sentinelRefreshInstanceInfo).",
		wordings: [["2.6+", "+promoted-slave {instance:Instance}"]],
		samples: [
			"19636:X 21 Nov 2026 20:38:25.898 # +promoted-slave slave 127.0.0.1:22203 127.0.0.1 22203 @ mymaster 127.0.0.1 22201",
		],
	}),
	message("sentinel.failover-state-reconf", {
		emitter: "sentinel",
		weight: "progress",
		means:
			"The other replicas are pointed to the new primary, parallel-syncs at a time (sentinel.c, sentinelRefreshInstanceInfo).",
		wordings: [["2.6+", "+failover-state-reconf-slaves {instance:Instance}"]],
		samples: [
			"19636:X 21 Nov 2026 20:38:25.898 # +failover-state-reconf-slaves master mymaster 127.0.0.1 22201",
		],
	}),
	message("sentinel.reconf-sent", {
		emitter: "sentinel",
		weight: "progress",
		means:
			"REPLICAOF was sent to a replica, whose own line follows (sentinel.c, sentinelFailoverReconfNextSlave).",
		wordings: [["2.6+", "+slave-reconf-sent {instance:Instance}"]],
		samples: [
			"19636:X 21 Nov 2026 20:38:25.964 * +slave-reconf-sent slave 127.0.0.1:22202 127.0.0.1 22202 @ mymaster 127.0.0.1 22201",
		],
	}),
	message("sentinel.reconf-inprog", {
		emitter: "sentinel",
		weight: "progress",
		means:
			"The replica names the new primary but has no link yet: its resync is on (sentinel.c, sentinelRefreshInstanceInfo).",
		wordings: [["2.6+", "+slave-reconf-inprog {instance:Instance}"]],
		samples: [
			"19636:X 21 Nov 2026 20:38:26.977 * +slave-reconf-inprog slave 127.0.0.1:22202 127.0.0.1 22202 @ mymaster 127.0.0.1 22201",
		],
	}),
	message("sentinel.reconf-done", {
		emitter: "sentinel",
		weight: "progress",
		means:
			"The replica reports its link to the new primary as up: its resync is over (sentinel.c, sentinelRefreshInstanceInfo).",
		wordings: [["2.6+", "+slave-reconf-done {instance:Instance}"]],
		samples: [
			"19636:X 21 Nov 2026 20:38:26.977 * +slave-reconf-done slave 127.0.0.1:22202 127.0.0.1 22202 @ mymaster 127.0.0.1 22201",
		],
	}),
	message("sentinel.reconf-sent-timeout", {
		emitter: "sentinel",
		weight: "cause",
		means: "The replica did not react to REPLICAOF in time (sentinel.c, sentinelFailoverReconfNextSlave).",
		wordings: [["2.6+", "-slave-reconf-sent-timeout {instance:Instance}"]],
		samples: [
			"4242:X 21 Nov 2026 10:00:00.000 * -slave-reconf-sent-timeout slave 10.20.0.12:6380 10.20.0.12 6380 @ mymaster 10.20.0.11 6379",
		],
	}),
	message("sentinel.reconf-sent-be", {
		emitter: "sentinel",
		weight: "progress",
		means:
			"The failover ran out of time, and the replicas left over are sent REPLICAOF without waiting (sentinel.c, sentinelFailoverDetectEnd).",
		wordings: [["2.6+", "+slave-reconf-sent-be {instance:Instance}"]],
		samples: [
			"4242:X 21 Nov 2026 10:00:00.000 * +slave-reconf-sent-be slave 10.20.0.12:6380 10.20.0.12 6380 @ mymaster 10.20.0.11 6379",
		],
	}),
	message("sentinel.failover-end", {
		emitter: "sentinel",
		weight: "lifecycle",
		means: "All replicas follow the new primary (sentinel.c, sentinelFailoverDetectEnd).",
		wordings: [["2.6+", "+failover-end {instance:Instance}"]],
		samples: ["19636:X 21 Nov 2026 20:38:27.077 # +failover-end master mymaster 127.0.0.1 22201"],
	}),
	message("sentinel.failover-end-timeout", {
		emitter: "sentinel",
		weight: "cause",
		means:
			"The failover was ended by failover-timeout; some replicas may not be in sync yet (sentinel.c, sentinelFailoverDetectEnd).",
		wordings: [["2.6+", "+failover-end-for-timeout {instance:Instance}"]],
		samples: ["4242:X 21 Nov 2026 10:00:00.000 # +failover-end-for-timeout master mymaster 10.20.0.11 6379"],
	}),
	message("sentinel.switch-master", {
		emitter: "sentinel",
		weight: "lifecycle",
		means:
			"The address under which the primary is known changed, which is what clients go by (sentinel.c, sentinelFailoverSwitchToPromotedSlave).",
		wordings: [["2.6+", "+switch-master {name:Word} {oldIp:Host} {oldPort:Int} {newIp:Host} {newPort:Int}"]],
		samples: [
			"19636:X 21 Nov 2026 20:38:27.077 # +switch-master mymaster 127.0.0.1 22201 127.0.0.1 22203",
			"19636:X 21 Nov 2026 20:38:27.077 # +switch-master mymaster 127.0.0.1 22201 127.0.0.1 22203",
		],
	}),
	message("sentinel.failover-abort", {
		emitter: "sentinel",
		weight: "cause",
		means: "No failover took place: not elected, no usable replica, or no answer from it (sentinel.c).",
		wordings: [
			["2.8+", "-failover-abort-not-elected {instance:Instance}"],
			["2.6+", "-failover-abort-no-good-slave {instance:Instance}"],
			["2.8+", "-failover-abort-slave-timeout {instance:Instance}"],
			["valkey-9.0+", "-failover-abort-master-timeout {instance:Instance}"],
		],
		samples: [
			"4242:X 21 Nov 2026 10:00:00.000 # -failover-abort-not-elected master mymaster 10.20.0.11 6379",
		],
	}),
] as const;

import { message } from "../message.ts";

/** Cluster: the election of a new primary. */
export const clusterElection = [
	message("cluster.cant-failover", {
		emitter: "cluster",
		weight: "cause",
		means:
			"Why this replica does not start an election or does not win it, and how many votes it has. Disconnected for too long means that its data is too old by cluster-replica-validity-factor (cluster.c, clusterLogCantFailover).",
		wordings: [
			["3.0+", "Currently unable to failover: {reason:Text}"],
			["7.2+", "Needed quorum: {needed:Int}. Number of votes received so far: {votes:Int}"],
		],
		samples: [
			"19833:S 21 Nov 2026 20:39:20.592 * Currently unable to failover: Waiting for votes, but majority still not reached.",
			"19833:S 21 Nov 2026 20:39:20.592 * Needed quorum: 2. Number of votes received so far: 1",
		],
	}),
	message("cluster.election-delayed", {
		emitter: "cluster",
		weight: "progress",
		means:
			"An election is scheduled, later for a replica with less data (rank 0 is the best). The offset is this replica's own and can be held against that of the others (cluster.c, clusterHandleSlaveFailover).",
		wordings: [
			["redis-3.0+, valkey-7.2 to 8.0", "Start of election delayed for {ms:Millis} milliseconds (rank #{rank:Int}, offset {offset:Offset})."],
			["valkey-8.1+", "Start of election delayed for {ms:Millis} milliseconds (rank #{rank:Int}, primary rank #{primaryRank:Int}, offset {offset:Offset})."],
		],
		samples: [
			"19833:S 21 Nov 2026 20:39:20.590 * Start of election delayed for 0 milliseconds (rank #0, offset 14).",
			"20007:S 21 Nov 2026 20:40:41.827 * Start of election delayed for 0 milliseconds (rank #0, primary rank #0, offset 28).",
		],
	}),
	message("cluster.election-rank", {
		emitter: "cluster",
		weight: "progress",
		means:
			"The rank, and with it the delay of the election, was computed again (cluster.c, clusterHandleSlaveFailover).",
		wordings: [
			["3.0 to 4.0", "Slave rank updated to #{rank:Int}, added {ms:Millis} milliseconds of delay."],
			["5.0+", "Replica rank updated to #{rank:Int}, added {ms:Millis} milliseconds of delay."],
			["valkey-8.1+", "Failed primary rank updated to #{rank:Int}, added {ms:Millis} milliseconds of delay."],
			["valkey-9.1+", "This is the best ranked replica and can initiate the election immediately."],
			["valkey-9.1+", "Myself become the best ranked replica, initiate the election immediately."],
		],
		samples: [
			"19983:S 21 Nov 2026 20:40:30.479 * This is the best ranked replica and can initiate the election immediately.",
		],
	}),
	message("cluster.election-started", {
		emitter: "cluster",
		weight: "lifecycle",
		means: "The replica asks for votes (cluster.c, clusterHandleSlaveFailover).",
		wordings: [
			["redis-3.0+, valkey-7.2 to 8.0.4", "Starting a failover election for epoch {epoch:Int}."],
			["valkey-8.0.5+", "Starting a failover election for epoch {epoch:Int}, node config epoch is {configEpoch:Int}"],
		],
		samples: [
			"19833:S 21 Nov 2026 20:39:20.590 * Starting a failover election for epoch 8.",
			"20007:S 21 Nov 2026 20:40:41.827 * Starting a failover election for epoch 8, node config epoch is 7",
		],
	}),
	message("cluster.election-won", {
		emitter: "cluster",
		weight: "lifecycle",
		means:
			"The replica has its votes and becomes a primary; a new replication ID follows (cluster.c, clusterHandleSlaveFailover).",
		wordings: [
			["redis-3.0+, valkey-7.2", "Failover election won: I'm the new master."],
			["valkey-8.0+", "Failover election won: I'm the new primary."],
		],
		samples: [
			"19833:S 21 Nov 2026 20:39:20.592 * Failover election won: I'm the new master.",
			"20007:S 21 Nov 2026 20:40:41.829 * Failover election won: I'm the new primary.",
		],
	}),
	message("cluster.election-reset", {
		emitter: "cluster",
		weight: "cause",
		means:
			"The running election can no longer be won, or a manual failover takes its place, so it starts over (cluster_legacy.c, clusterProcessPacket).",
		wordings: [
			["valkey-8.0.5+", "Failover election in progress for epoch {epoch:Int}, but received a claim from node {clusterNode:NodeId} ({nodeName:Text}) with an equal or higher epoch {claimEpoch:Int}. Resetting the election since we cannot win an election in the past."],
			["valkey-8.0.5+", "Failover election in progress for epoch {epoch:Int}, but received a new manual failover. Resetting the election."],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # Failover election in progress for epoch 7, but received a claim from node 3f9c1b7a52d84e60917ab3c4f5d6e7081927a3bc () with an equal or higher epoch 8. Resetting the election since we cannot win an election in the past.",
		],
	}),
	message("cluster.epoch-set", {
		emitter: "cluster",
		weight: "context",
		means:
			"The configuration epoch of this node was raised, after a failover or to settle a collision (cluster.c, clusterHandleSlaveFailover).",
		wordings: [
			["3.0+", "configEpoch set to {epoch:Int} after successful failover"],
			["3.0+", "New configEpoch set to {epoch:Int}"],
			["3.0 to 7.0", "WARNING: configEpoch collision with node {clusterNode:NodeId}. configEpoch set to {epoch:Int}"],
			["redis-7.2+, valkey-7.2", "WARNING: configEpoch collision with node {clusterNode:NodeId} ({nodeName:Text}). configEpoch set to {epoch:Int}"],
			["valkey-8.0+", "configEpoch collision with node {clusterNode:NodeId} ({nodeName:Text}). configEpoch set to {epoch:Int}"],
		],
		samples: [
			"19833:S 21 Nov 2026 20:39:20.592 * configEpoch set to 8 after successful failover",
			"19805:S 21 Nov 2026 20:39:25.600 * New configEpoch set to 9",
			"14705:M 21 Nov 2026 20:32:04.797 * configEpoch collision with node c8662bea7cf2b29a82a1faade2060ea5f9f0c955 (). configEpoch set to 1",
		],
	}),
	message("cluster.vote-granted", {
		emitter: "cluster",
		weight: "context",
		means: "This primary gives its vote to a replica (cluster.c, clusterSendFailoverAuthIfNeeded).",
		wordings: [
			["3.0 to 7.0", "Failover auth granted to {clusterNode:NodeId} for epoch {epoch:Int}"],
			["7.2+", "Failover auth granted to {clusterNode:NodeId} ({name:Text}) for epoch {epoch:Int}"],
		],
		samples: [
			"3159:M 21 Nov 20:26:36.642 # Failover auth granted to ce9e985f1e8a5b8c375a3113ae15c92f6aabfdf7 for epoch 4",
			"19789:M 21 Nov 2026 20:39:09.774 * Failover auth granted to f138332ac0773c4236903fc5fee6a32b0c784315 () for epoch 7",
		],
	}),
	message("cluster.vote-denied", {
		emitter: "cluster",
		weight: "context",
		means: "This primary refuses its vote, and says why (cluster.c, clusterSendFailoverAuthIfNeeded).",
		wordings: [
			["3.0 to 7.0", "Failover auth denied to {clusterNode:NodeId}: reqEpoch ({requestEpoch:Int}) < curEpoch({epoch:Int})"],
			["3.0 to 7.0", "Failover auth denied to {clusterNode:NodeId}: already voted for epoch {epoch:Int}"],
			["3.0 to 7.0", "Failover auth denied to {clusterNode:NodeId}: it is a master node"],
			["3.0 to 7.0", "Failover auth denied to {clusterNode:NodeId}: I don't know its master"],
			["3.0 to 7.0", "Failover auth denied to {clusterNode:NodeId}: its master is up"],
			["3.0 to 7.0", "Failover auth denied to {clusterNode:NodeId}: can't vote about this master before {ms:Millis} milliseconds"],
			["3.0 to 7.0", "Failover auth denied to {clusterNode:NodeId}: slot {slot:Int} epoch ({epoch:Int}) > reqEpoch ({requestConfigEpoch:Int})"],
			["7.2+", "Failover auth denied to {clusterNode:NodeId} ({nodeName:Text}): reqEpoch ({requestEpoch:Int}) < curEpoch({epoch:Int})"],
			["7.2+", "Failover auth denied to {clusterNode:NodeId} ({nodeName:Text}): already voted for epoch {epoch:Int}"],
			["redis-7.2+, valkey-7.2", "Failover auth denied to {clusterNode:NodeId} ({nodeName:Text}): it is a master node"],
			["redis-7.2+, valkey-7.2", "Failover auth denied to {clusterNode:NodeId} ({nodeName:Text}): I don't know its master"],
			["redis-7.2+, valkey-7.2", "Failover auth denied to {clusterNode:NodeId} ({nodeName:Text}): its master is up"],
			["redis-7.2+, valkey-7.2", "Failover auth denied to {clusterNode:NodeId} {nodeName:Text}: can't vote about this master before {ms:Millis} milliseconds"],
			["valkey-8.0", "Failover auth denied to {clusterNode:NodeId} {nodeName:Text}: can't vote about this primary before {ms:Millis} milliseconds"],
			["redis-7.2+, valkey-7.2 to 8.0.4", "Failover auth denied to {clusterNode:NodeId} ({nodeName:Text}): slot {slot:Int} epoch ({epoch:Int}) > reqEpoch ({requestConfigEpoch:Int})"],
			["valkey-8.0+", "Failover auth denied to {clusterNode:NodeId} ({nodeName:Text}) for epoch {requestEpoch:Int}: it is a primary node"],
			["valkey-8.0+", "Failover auth denied to {clusterNode:NodeId} ({nodeName:Text}) for epoch {requestEpoch:Int}: I don't know its primary"],
			["valkey-8.0+", "Failover auth denied to {clusterNode:NodeId} ({nodeName:Text}) for epoch {requestEpoch:Int}: its primary is up"],
			["valkey-8.0.5+", "Failover auth denied to {clusterNode:NodeId} ({nodeName:Text}): slot {slot:Int} epoch ({epoch:Int}) > reqConfigEpoch ({requestConfigEpoch:Int})"],
			["valkey-9.1+", "Failover auth denied to {clusterNode:NodeId} ({nodeName:Text}): it is not safe to vote in this moment)"],
		],
		samples: [
			"4242:M 21 Nov 10:00:00.000 # Failover auth denied to 3f9c1b7a52d84e60917ab3c4f5d6e7081927a3bc: reqEpoch (6) < curEpoch(7)",
			"4242:M 21 Nov 2026 10:00:00.000 # Failover auth denied to 3f9c1b7a52d84e60917ab3c4f5d6e7081927a3bc (): reqEpoch (6) < curEpoch(7)",
			"4242:M 21 Nov 2026 10:00:00.000 # Failover auth denied to 3f9c1b7a52d84e60917ab3c4f5d6e7081927a3bc : can't vote about this master before 5000 milliseconds",
		],
	}),
] as const;

import { message } from "../message.ts";

/** Cluster bus: which nodes are there, reachable, and under which address. */
export const cluster = [
	message("cluster.myself", {
		emitter: "cluster",
		weight: "context",
		means:
			"The node tells its own ID at start, which is what other nodes call it in their logs (cluster.c, clusterLoadConfig).",
		wordings: [
			["3.0+", "Node configuration loaded, I'm {clusterNode:NodeId}"],
			["3.0+", "No cluster configuration found, I'm {clusterNode:NodeId}"],
		],
		samples: [
			"19833:M 21 Nov 2026 20:39:14.529 * Node configuration loaded, I'm fc0dd957a57e6067644ba32cac11ac3ec14bf5fe",
			"19781:M 21 Nov 2026 20:38:58.146 * No cluster configuration found, I'm fc0dd957a57e6067644ba32cac11ac3ec14bf5fe",
		],
	}),
	message("cluster.state", {
		emitter: "cluster",
		weight: "cause",
		means: "The cluster is usable, or no longer, in the view of this node (cluster.c, clusterUpdateState).",
		wordings: [["3.0+", "Cluster state changed: {state:Word}"]],
		samples: ["19781:M 21 Nov 2026 20:39:00.157 * Cluster state changed: ok"],
	}),
	message("cluster.down-reason", {
		emitter: "cluster",
		weight: "context",
		means: "Why this node takes the cluster for down (cluster_legacy.c, clusterLogFailReason).",
		wordings: [["valkey-8.1+", "Cluster is currently down: {reason:Text}"]],
		samples: [
			"19953:M 21 Nov 2026 20:40:30.479 # Cluster is currently down: At least one hash slot is not served by any available node. Please check the 'cluster-require-full-coverage' configuration.",
		],
	}),
	message("cluster.pfail", {
		emitter: "cluster",
		weight: "context",
		means:
			"No PONG from a node for cluster-node-timeout. Redis and Valkey 7.2 print it at debug level only (cluster.c, clusterCron).",
		wordings: [
			["redis-3.0+, valkey-7.2", "*** NODE {clusterNode:NodeId} possibly failing"],
			["valkey-8.0+", "NODE {clusterNode:NodeId} ({name:Text}) possibly failing."],
		],
		samples: [
			"19973:S 21 Nov 2026 20:40:30.144 * NODE ef29ba75c6e8487faeef4157f23acd5662c3c8e3 (127.0.0.1:22301) possibly failing.",
		],
	}),
	message("cluster.reported-fail", {
		emitter: "cluster",
		weight: "context",
		means:
			"Another node gossips that a third one is gone, or is back (cluster.c, clusterProcessGossipSection).",
		wordings: [
			["3.0 to 7.0", "Node {reporter:NodeId} reported node {clusterNode:NodeId} as not reachable."],
			["7.2+", "Node {reporter:NodeId} ({reporterName:Text}) reported node {clusterNode:NodeId} ({nodeName:Text}) as not reachable."],
			["3.0 to 7.0", "Node {reporter:NodeId} reported node {clusterNode:NodeId} is back online."],
			["7.2+", "Node {reporter:NodeId} ({reporterName:Text}) reported node {clusterNode:NodeId} ({nodeName:Text}) is back online."],
		],
		samples: [
			"4242:M 21 Nov 10:00:00.000 - Node c04d7e19a8356b2f4d10e9c7b8a6f5d4312e0f9a reported node 3f9c1b7a52d84e60917ab3c4f5d6e7081927a3bc as not reachable.",
		],
	}),
	message("cluster.fail-marked", {
		emitter: "cluster",
		weight: "cause",
		means:
			"Enough primaries agree that the node is gone, and it is flagged as failed. For a primary with slots a failover begins (cluster.c, markNodeAsFailingIfNeeded).",
		wordings: [
			["3.0 to 7.0", "Marking node {clusterNode:NodeId} as failing (quorum reached)."],
			["7.2+", "Marking node {clusterNode:NodeId} ({name:Text}) as failing (quorum reached)."],
		],
		samples: [
			"19797:M 21 Nov 2026 20:39:09.148 * Marking node fc0dd957a57e6067644ba32cac11ac3ec14bf5fe () as failing (quorum reached).",
		],
	}),
	message("cluster.fail-received", {
		emitter: "cluster",
		weight: "cause",
		means: "Another node announced the failure of a third one (cluster.c, clusterProcessPacket).",
		wordings: [
			["3.0 to 7.0", "FAIL message received from {from:NodeId} about {clusterNode:NodeId}"],
			["7.2+", "FAIL message received from {from:NodeId} ({fromName:Text}) about {clusterNode:NodeId} ({name:Text})"],
		],
		samples: [
			"19789:M 21 Nov 2026 20:39:09.150 * FAIL message received from d726f5f02674e3ff54242e588c84673105d08456 () about fc0dd957a57e6067644ba32cac11ac3ec14bf5fe ()",
		],
	}),
	message("cluster.fail-cleared", {
		emitter: "cluster",
		weight: "cause",
		means: "A node flagged as failed answers again (cluster.c, clearNodeFailureIfNeeded).",
		wordings: [
			["3.0 to 7.0", "Clear FAIL state for node {clusterNode:NodeId}: {kind:Text} is reachable again."],
			["redis-7.2+, valkey-7.2", "Clear FAIL state for node {clusterNode:NodeId} ({name:Text}):{kind:Text} is reachable again."],
			["valkey-8.0+", "Clear FAIL state for node {clusterNode:NodeId} ({name:Text}): {kind:Text} is reachable again."],
			["3.0 to 7.0", "Clear FAIL state for node {clusterNode:NodeId}: is reachable again and nobody is serving its slots after some time."],
			["7.2+", "Clear FAIL state for node {clusterNode:NodeId} ({name:Text}): is reachable again and nobody is serving its slots after some time."],
		],
		samples: [
			"19789:M 21 Nov 2026 20:39:14.580 * Clear FAIL state for node fc0dd957a57e6067644ba32cac11ac3ec14bf5fe ():master without slots is reachable again.",
			"19953:M 21 Nov 2026 20:40:35.834 * Clear FAIL state for node ef29ba75c6e8487faeef4157f23acd5662c3c8e3 (127.0.0.1:22301): replica is reachable again.",
		],
	}),
	message("cluster.address-updated", {
		emitter: "cluster",
		weight: "cause",
		means:
			"A node has a new address. If it is the primary of this one, the replica drops its link and connects there, without any fault of the network (cluster.c, nodeUpdateAddressIfNeeded).",
		wordings: [
			["3.0 to 7.0", "Address updated for node {clusterNode:NodeId}, now {ip:Host}:{port:Int}"],
			["7.2+", "Address updated for node {clusterNode:NodeId} ({nodeName:Text}), now {ip:Host}:{port:Int}"],
			["3.0+", "IP address for this node updated to {ip:Host}"],
		],
		samples: ["19781:M 21 Nov 2026 20:38:58.520 * IP address for this node updated to 127.0.0.1"],
	}),
	message("cluster.bus-link-freed", {
		emitter: "cluster",
		weight: "context",
		means:
			"The send buffer of a cluster bus link passed cluster-link-sendbuf-limit, and the link is closed (cluster.c, freeClusterLinkOnBufferLimitReached).",
		wordings: [
			["redis-7.0+, valkey-7.2 to 9.0", "Freeing cluster link({direction:Word} node {clusterNode:NodeId}, used memory: {bytes:Bytes}) due to exceeding send buffer memory limit."],
			["valkey-9.1+", "Freeing cluster link({direction:Word} node {clusterNode:NodeId} ({nodeName:Text}), used memory: {bytes:Bytes}) due to exceeding send buffer memory limit."],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 # Freeing cluster link(to node 3f9c1b7a52d84e60917ab3c4f5d6e7081927a3bc, used memory: 67108880) due to exceeding send buffer memory limit.",
		],
	}),
	message("cluster.misc", {
		emitter: "cluster",
		weight: "context",
		means:
			"Traffic of the cluster bus while nodes meet and agree on a topology (cluster_legacy.c, clusterProcessPacket).",
		wordings: [
			["valkey-9.0+", "Mismatch in topology information for sender node {clusterNode:NodeId} ({nodeName:Text}) in shard {shard:NodeId}"],
			["valkey-8.1+", "Cluster meet {host:Host}:{port:Int} (user request from '{client:Client}')."],
			["valkey-7.2.6+", "Successfully completed handshake with {clusterNode:NodeId} ({nodeName:Text})"],
			["3.0+", "configEpoch set to {epoch:Int} via CLUSTER SET-CONFIG-EPOCH"],
		],
		samples: [
			"19943:M 21 Nov 2026 20:40:20.361 * Mismatch in topology information for sender node 9d6292f016bcf9fd1edd750ce4a7891c062bb550 (127.0.0.1:22302) in shard d13cf84ec6cf8c70aaf61ceb1fa6d6c9f0c88d4b",
			"19953:M 21 Nov 2026 20:40:19.737 * Cluster meet 127.0.0.1:22301 (user request from 'id=4 addr=127.0.0.1:58796 laddr=127.0.0.1:22302 fd=11 name=*redacted* user=*redacted* lib-name= lib-ver=').",
			"19953:M 21 Nov 2026 20:40:19.801 * Successfully completed handshake with ef29ba75c6e8487faeef4157f23acd5662c3c8e3 (127.0.0.1:22301)",
			"19781:M 21 Nov 2026 20:38:58.503 * configEpoch set to 1 via CLUSTER SET-CONFIG-EPOCH",
		],
	}),
] as const;

import { message } from "../message.ts";

/** Cluster: nodes that change their role or their shard. */
export const clusterRole = [
	message("cluster.manual-failover", {
		emitter: "cluster",
		weight: "lifecycle",
		means:
			"Steps of CLUSTER FAILOVER on both sides, and of the failover that Valkey 9 does by itself at shutdown. FORCE and TAKEOVER may lose data (cluster.c, clusterCommand).",
		wordings: [
			["3.0 to 4.0", "Manual failover requested by slave {clusterNode:NodeId}."],
			["5.0 to 7.0", "Manual failover requested by replica {clusterNode:NodeId}."],
			["7.2+", "Manual failover requested by replica {clusterNode:NodeId} ({nodeName:Text})."],
			["redis-3.0+, valkey-7.2", "Received replication offset for paused master manual failover: {offset:Offset}"],
			["valkey-8.0+", "Received replication offset for paused primary manual failover: {offset:Offset}"],
			["redis-3.0+, valkey-7.2", "All master replication stream processed, manual failover can start."],
			["valkey-8.0+", "All primary replication stream processed, manual failover can start."],
			["3.0+", "Manual failover timed out."],
			["redis-3.0+, valkey-7.2", "Taking over the master (user request)."],
			["valkey-8.0+", "Taking over the primary (user request from '{client:Client}')."],
			["redis-3.0+, valkey-7.2", "Forced failover user request accepted."],
			["valkey-8.0+", "Forced failover user request accepted (user request from '{client:Client}')."],
			["redis-3.0+, valkey-7.2", "Manual failover user request accepted."],
			["valkey-8.0+", "Manual failover user request accepted (user request from '{client:Client}')."],
			["valkey-9.0+", "Forced failover primary request accepted (primary request from '{client:Client}')."],
			["valkey-9.0+", "Perform auto failover to replica {clusterNode:NodeId} on shutdown."],
			["valkey-9.0+", "Unable to perform auto failover on shutdown since there are legacy replicas."],
			["valkey-9.0+", "Unable to find a replica to perform the auto failover on shutdown."],
			["valkey-9.0+", "Stop replication and turning myself into empty primary (request from '{client:Client}')."],
		],
		samples: [
			"3159:M 21 Nov 20:26:36.351 # Manual failover requested by slave ce9e985f1e8a5b8c375a3113ae15c92f6aabfdf7.",
			"19833:S 21 Nov 2026 20:39:20.590 * Received replication offset for paused master manual failover: 14",
			"19805:S 21 Nov 2026 20:39:25.600 * Taking over the master (user request).",
			"20007:S 21 Nov 2026 20:40:41.827 * Manual failover user request accepted (user request from 'id=6 addr=127.0.0.1:51654 laddr=127.0.0.1:22301 fd=18 name=*redacted* user=*redacted* lib-name= lib-ver=').",
		],
	}),
	message("cluster.became-replica", {
		emitter: "cluster",
		weight: "lifecycle",
		means:
			"Another primary serves the slots of this node now, or CLUSTER REPLICATE was called: the node becomes a replica (cluster.c, clusterUpdateSlotsConfigWith).",
		wordings: [
			["3.0 to 7.0", "Configuration change detected. Reconfiguring myself as a replica of {clusterNode:NodeId}"],
			["redis-7.2+, valkey-7.2", "Configuration change detected. Reconfiguring myself as a replica of {clusterNode:NodeId} ({name:Text})"],
			["valkey-8.0+", "Configuration change detected. Reconfiguring myself as a replica of node {clusterNode:NodeId} ({name:Text}) in shard {shard:NodeId}"],
		],
		samples: [
			"3159:M 21 Nov 20:26:36.645 # Configuration change detected. Reconfiguring myself as a replica of ce9e985f1e8a5b8c375a3113ae15c92f6aabfdf7",
			"19833:M 21 Nov 2026 20:39:14.530 * Configuration change detected. Reconfiguring myself as a replica of f138332ac0773c4236903fc5fee6a32b0c784315 ()",
			"20007:M 21 Nov 2026 20:40:35.805 * Configuration change detected. Reconfiguring myself as a replica of node cbb79af3272f94031c64b24708cbbb995820b334 (127.0.0.1:22305) in shard d55445645f97dc15d8e77afbdac06330d12298f2",
		],
	}),
	message("cluster.sub-replica", {
		emitter: "cluster",
		weight: "lifecycle",
		means:
			"The primary of this replica became a replica itself, so this one moves on to the primary behind it (cluster.c, clusterUpdateSlotsConfigWith).",
		wordings: [
			["7.0", "I'm a sub-replica! Reconfiguring myself as a replica of grandmaster {clusterNode:NodeId}"],
			["redis-7.2+, valkey-7.2", "I'm a sub-replica! Reconfiguring myself as a replica of grandmaster {clusterNode:NodeId} ({nodeName:Text})"],
			["valkey-8.0+", "I'm a sub-replica! Reconfiguring myself as a replica of {newPrimary:NodeId} from {oldPrimary:NodeId}"],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # I'm a sub-replica! Reconfiguring myself as a replica of grandmaster 3f9c1b7a52d84e60917ab3c4f5d6e7081927a3bc",
		],
	}),
	message("cluster.lost-last-slot", {
		emitter: "cluster",
		weight: "lifecycle",
		means:
			"The last slot of this primary went elsewhere: it follows the new owner or stays without data. Joining another shard takes a full resync (cluster_legacy.c, clusterCommandSetSlot).",
		wordings: [
			["valkey-8.0+", "Lost my last slot during slot migration. Reconfiguring myself as a replica of {clusterNode:NodeId} ({name:Text}) in shard {shard:NodeId}"],
			["valkey-8.0+", "My last slot was migrated to node {clusterNode:NodeId} ({name:Text}) in shard {shard:NodeId}. I am now an empty primary."],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 * Lost my last slot during slot migration. Reconfiguring myself as a replica of 3f9c1b7a52d84e60917ab3c4f5d6e7081927a3bc () in shard 8d2e6f4b1a7093c5d8e2f6b4a1c709355e8d2f6b",
		],
	}),
	message("cluster.replica-migration", {
		emitter: "cluster",
		weight: "cause",
		means:
			"A replica moves to a primary that has none. The data set is another one, so a full resync is certain (cluster.c, clusterHandleSlaveMigration).",
		wordings: [
			["redis-3.0+, valkey-7.2", "Migrating to orphaned master {clusterNode:NodeId}"],
			["valkey-8.0+", "Migrating to orphaned primary {clusterNode:NodeId} ({name:Text}) in shard {shard:NodeId}"],
		],
		samples: [
			"4242:S 21 Nov 2026 10:00:00.000 # Migrating to orphaned master 3f9c1b7a52d84e60917ab3c4f5d6e7081927a3bc",
			"4242:S 21 Nov 2026 10:00:00.000 * Migrating to orphaned primary 3f9c1b7a52d84e60917ab3c4f5d6e7081927a3bc () in shard 8d2e6f4b1a7093c5d8e2f6b4a1c709355e8d2f6b",
		],
	}),
	message("cluster.failover-observed", {
		emitter: "cluster",
		weight: "lifecycle",
		means:
			"The role of another node changed, as seen over the bus: it dates a failover from the side (cluster_legacy.c, clusterProcessPacket).",
		wordings: [
			["redis-7.4+", "A failover occurred in shard {shard:NodeId}; node {oldPrimary:NodeId} ({oldPrimaryName:Text}) lost {slots:Int} slot(s) to node {newPrimary:NodeId} ({newPrimaryName:Text}) with a config epoch of {epoch:Int}"],
			["valkey-8.0 to 8.1", "A failover occurred in shard {shard:NodeId}; node {oldPrimary:NodeId} ({oldPrimaryName:Text}) failed over to node {newPrimary:NodeId} ({newPrimaryName:Text}) with a config epoch of {epoch:Int}"],
			["valkey-9.0+", "A failover occurred in shard {shard:NodeId}; node {oldPrimary:NodeId} ({oldPrimaryName:Text}) lost {slots:Int} slot(s) and failed over to node {newPrimary:NodeId} ({newPrimaryName:Text}) with a config epoch of {epoch:Int}"],
			["valkey-8.1+", "Setting myself to primary in shard {shard:NodeId} after failover; my old primary is {oldPrimary:NodeId} ({oldPrimaryName:Text})"],
			["valkey-9.0+", "Reconfiguring node {clusterNode:NodeId} ({nodeName:Text}) as primary for shard {shard:NodeId}"],
			["valkey-8.0+", "Node {clusterNode:NodeId} ({nodeName:Text}) is now a replica of node {primary:NodeId} ({primaryName:Text}) in shard {shard:NodeId}"],
			["redis-7.4+", "Node {clusterNode:NodeId} ({nodeName:Text}) is no longer master of shard {shard:NodeId}; removed all {slots:Int} slot(s) it used to own"],
			["valkey-8.0+", "Node {clusterNode:NodeId} ({nodeName:Text}) is no longer primary of shard {shard:NodeId}; removed all {slots:Int} slot(s) it used to own"],
			["redis-7.4+, valkey-8.0+", "Node {clusterNode:NodeId} ({nodeName:Text}) is now part of shard {shard:NodeId}"],
		],
		samples: [
			"11933:M 21 Nov 2026 20:30:53.366 * A failover occurred in shard 457e70cf461a2f7c9750096a75a4a20b0772856b; node e8282ddf72a1da5d96f49683bb6d1324a6753877 () lost 5461 slot(s) to node 40bd7b695c95ca721881d8af56003725668bad2f () with a config epoch of 4",
			"20007:S 21 Nov 2026 20:40:41.829 * Setting myself to primary in shard d55445645f97dc15d8e77afbdac06330d12298f2 after failover; my old primary is cbb79af3272f94031c64b24708cbbb995820b334 (127.0.0.1:22305)",
			"11928:M 21 Nov 2026 20:30:51.217 * Node 40bd7b695c95ca721881d8af56003725668bad2f () is no longer master of shard e15e9dfaad591b5c3c6ec6bfcc6444e131da7fdd; removed all 0 slot(s) it used to own",
			"19943:M 21 Nov 2026 20:40:21.743 * Node a83d4d9da2c3a5904a66a145b237995c2a7c8761 (127.0.0.1:22304) is now part of shard 7a9d5023fd02478627e32fc5c0578a3679366a43",
		],
	}),
	message("cluster.reset", {
		emitter: "cluster",
		weight: "lifecycle",
		means:
			"CLUSTER RESET: the node forgets the cluster, and a replica is turned into a primary without data (cluster.c, clusterReset).",
		wordings: [
			["3.2+", "Node hard reset, now I'm {clusterNode:NodeId}"],
			["3.0+", "configEpoch set to 0 via CLUSTER RESET HARD"],
			["valkey-8.1+", "Cluster reset (user request from '{client:Client}')."],
			["valkey-9.1+", "Moving myself to a new shard {shard:NodeId}."],
		],
		samples: [
			"4242:M 21 Nov 2026 10:00:00.000 * Node hard reset, now I'm 3f9c1b7a52d84e60917ab3c4f5d6e7081927a3bc",
		],
	}),
] as const;

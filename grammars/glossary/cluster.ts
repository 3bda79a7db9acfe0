import { section } from "./entry.ts";

export const cluster = section("Cluster", {
	cluster_enabled: { unit: "flag", means: "1 when the server runs in cluster mode.", since: "3.0" },
	cluster_state: {
		unit: "word",
		means:
			"From CLUSTER INFO: `ok` when this node serves queries, `fail` when slots are missing or it sees no majority.",
		worry: "It is `fail`.",
	},
	cluster_slots_assigned: {
		unit: "count",
		means: "From CLUSTER INFO: slots that have an owner; 16384 when the cluster is whole.",
		worry: "It is below 16384.",
	},
	cluster_slots_ok: { unit: "count", means: "From CLUSTER INFO: slots whose owner is reachable." },
	cluster_slots_pfail: {
		unit: "count",
		means: "From CLUSTER INFO: slots whose owner this node alone cannot reach.",
		worry: "It is above 0.",
	},
	cluster_slots_fail: {
		unit: "count",
		means: "From CLUSTER INFO: slots whose owner the majority holds for dead.",
		worry: "It is above 0.",
	},
	cluster_known_nodes: {
		unit: "count",
		means: "From CLUSTER INFO: nodes this node knows, unreachable ones included.",
	},
	cluster_size: { unit: "count", means: "From CLUSTER INFO: primaries that own slots." },
	cluster_current_epoch: {
		unit: "number",
		means: "From CLUSTER INFO: the highest election number seen in the cluster.",
		worry: "It rises often: failovers follow one another.",
	},
	cluster_my_epoch: {
		unit: "number",
		means: "From CLUSTER INFO: the election number under which this node's primary owns its slots.",
	},
	cluster_stats_messages_sent: {
		unit: "count",
		means: "From CLUSTER INFO: messages sent over the cluster bus.",
	},
	cluster_stats_messages_received: {
		unit: "count",
		means: "From CLUSTER INFO: messages received over the cluster bus.",
	},
	"cluster_stats_messages_*": {
		unit: "count",
		means: "From CLUSTER INFO: messages of one kind sent or received over the cluster bus.",
	},
	total_cluster_links_buffer_limit_exceeded: {
		unit: "count",
		means: "From CLUSTER INFO: links of the cluster bus that were freed because too much waited to be sent.",
		worry: "It is above 0.",
		since: "7.0",
	},
});

import { addressOf } from "../../model/address.ts";
import { defineTrigger } from "../rule.ts";
import { pointedBy } from "./pointed.ts";

/** REPLICAOF or SLAVEOF by a client. */
export const replicaofCommand = defineTrigger({
	code: "replicaof-command",
	check: (c) => {
		const pointed = pointedBy(c);
		if (pointed?.how !== "command") return undefined;
		const { event } = pointed.ground;
		const target = event.type === "role.replicaof" ? addressOf(event.fields) : null;
		return { proof: "proven", facts: { target, client: clientAddress(pointed.client) }, grounds: [pointed.ground] };
	},
	explain: ({ target, client }) => `a client${client === null ? "" : ` (${client})`} told it to replicate ${target ?? "another server"}`,
});

/** The same from a Sentinel's connection. */
export const sentinelCommand = defineTrigger({
	code: "sentinel-command",
	check: (c) => {
		const pointed = pointedBy(c);
		if (pointed?.how !== "sentinel") return undefined;
		const { event } = pointed.ground;
		const target = event.type === "role.replicaof" ? addressOf(event.fields) : null;
		return { proof: "proven", facts: { target }, grounds: [pointed.ground, pointed.witness] };
	},
	explain: ({ target }) => `Sentinel pointed it to ${target ?? "another server"}`,
});

/** FAILOVER on the old primary. */
export const failoverCommand = defineTrigger({
	code: "failover-command",
	check: (c) => {
		const pointed = pointedBy(c);
		if (pointed?.how !== "failover") return undefined;
		return {
			proof: "proven",
			facts: { forced: pointed.ground.event.type === "failover.forced" ? 1 : 0 },
			grounds: [pointed.ground],
		};
	},
	explain: ({ forced }) =>
		forced ? "the FAILOVER command, after its timeout, without waiting for the replica" : "the FAILOVER command handed its role to the replica",
});

/** CLUSTER REPLICATE, CLUSTER FAILOVER, an election. */
export const clusterReconfiguration = defineTrigger({
	code: "cluster-reconfiguration",
	check: (c) => {
		const pointed = pointedBy(c);
		if (pointed?.how !== "cluster") return undefined;
		return {
			proof: pointed.ground.event.type.startsWith("cluster.") ? "proven" : "inferred",
			facts: { target: c.tried?.target ?? null },
			grounds: [pointed.ground],
		};
	},
	explain: ({ target }) => `the cluster was reconfigured: it became a replica${target === null ? "" : ` of ${target}`}`,
});

function clientAddress(client: string | null): string | null {
	return client === null ? null : (/\baddr=(\S+)/.exec(client)?.[1] ?? null);
}

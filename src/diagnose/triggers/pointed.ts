import { bootRole } from "../../correlate/servers.ts";
import { addressOf } from "../../model/address.ts";
import type { LogEvent } from "../../model/event.ts";
import type { Case, Ground } from "../case.ts";

/** How a node was told whom to follow. */
export interface Pointing {
	readonly how: "command" | "sentinel" | "failover" | "cluster";
	readonly ground: Ground;
	/** The client that gave the command, as the server logged it. */
	readonly client: string | null;
	/** A line of somebody else that shows it too: Sentinel's own log. */
	readonly witness: Ground | null;
}

/**
 * The last line in this outage that pointed the replica to the primary which decided, after its last start.
 * Where none has decided yet, to the one that was asked last.
 */
export function pointedBy(c: Case): Pointing | null {
	const { outage } = c;
	if (outage === null) return null;
	const tried = c.tried ?? outage.tries.at(-1) ?? null;
	const { server } = outage;
	const life = tried?.life ?? server.lives.at(-1);
	const inLife = outage.pointings.filter((p) => p.at >= (life?.from ?? 0));
	// It may have been sent on to others before or since.
	const event = inLife.findLast((p) => isTo(p.event, tried?.target ?? null))?.event;
	if (event?.type === "role.replicaof") {
		const client = event.fields.client ?? null;
		const witness = sentinelWitness(c, event);
		const bySentinel = (client !== null && /\bname=sentinel-/.test(client)) || witness !== null;
		return { how: bySentinel ? "sentinel" : "command", ground: { server, event }, client, witness };
	}
	const failover = inLife.findLast((p) => p.event.type === "failover.synced" || p.event.type === "failover.forced");
	if (failover !== undefined) return { how: "failover", ground: { server, event: failover.event }, client: null, witness: null };
	const cluster = inLife.findLast(
		(p) => p.event.type === "cluster.became-replica" || p.event.type === "cluster.sub-replica" || p.event.type === "cluster.lost-last-slot" || p.event.type === "cluster.replica-migration",
	);
	if (cluster !== undefined) return { how: "cluster", ground: { server, event: cluster.event }, client: null, witness: null };
	// CLUSTER REPLICATE prints nothing of its own: a cluster node that served as a primary and now asks.
	// REPLICAOF is refused there.
	if (!server.cluster || outage.wasOnline || tried === null) return null;
	const synthesized = inLife.findLast((p) => p.event.type === "cached-primary.synthesized");
	if (synthesized === undefined && bootRole(tried.life, tried.begin) !== "primary") return null;
	return { how: "cluster", ground: { server, event: synthesized?.event ?? tried.begin }, client: null, witness: null };
}

function isTo(event: LogEvent, target: string | null): boolean {
	if (event.type !== "role.replicaof") return false;
	const told = addressOf(event.fields);
	return target === null || told === null || target === told;
}

/** A Sentinel's own log says that it sent this very command. */
function sentinelWitness(c: Case, command: LogEvent): Ground | null {
	const found = c.story.sentinelCommands.find(({ received }) => received === command);
	return found === undefined ? null : { server: found.sentinel, event: found.sent };
}

import type { Expected } from "../harness/expected.ts";
import type { LiveNode } from "../harness/node.ts";
import type { Random } from "./random.ts";
import type { Town } from "./town.ts";

/** What a fault brings about. */
export interface Outcome {
	/** The outages it causes, each replica's in order. */
	readonly expected: readonly Expected[];
	/** Replicas of which it cannot be foreseen what happens: only the counters are held against rlog. */
	readonly loose?: readonly LiveNode[];
	/** What was done, with names. */
	readonly done: string;
}

/** One thing that can go wrong. */
export interface Fault {
	readonly name: string;
	/** How often it is chosen, against the others. */
	readonly weight: number;
	/** The nodes it can befall as things stand. */
	readonly targets: (town: Town) => readonly LiveNode[];
	/** Does it, and returns when nothing more needs doing; the servers may still be at work. */
	readonly run: (town: Town, target: LiveNode, random: Random) => Promise<Outcome>;
}

/** What may be told of tries while a node is away: whether it comes to one is a matter of milliseconds. */
export const away = ["primary-unreachable", "handshake-timeout", "upstream-down", "primary-loading"] as const;

/** Those below a node that continued under a new ID: each drops its replicas, so that they learn it. */
export function learning(town: Town, node: LiveNode): Expected[] {
	return town.children(node).flatMap((child): Expected[] => [
		{
			replica: child.name, primary: node.name, verdict: "partial", cause: "continued-after-failover",
			trigger: ["link-closed", "upstream-resynced"], mayFail: away,
		},
		...learning(town, child),
	]);
}

/** Those below a node that took a full resync: it drops them, and its backlog is gone. */
export function reloading(town: Town, node: LiveNode): Expected[] {
	return town.children(node).flatMap((child): Expected[] => [
		{
			replica: child.name, primary: node.name, verdict: "full", cause: "upstream-resynced",
			trigger: "upstream-resynced", mayFail: away,
		},
		...reloading(town, child),
	]);
}

import type { TriggerCode } from "../../model/report.ts";
import type { AnyRule } from "../rule.ts";
import { clusterReconfiguration, failoverCommand, replicaofCommand, sentinelCommand } from "./commands.ts";
import { linkClosed, unknownTrigger } from "./closed.ts";
import { primaryPromoted, primaryRestarted, upstreamResynced } from "./primary.ts";
import { replicaRestarted, replicaStarted } from "./replica.ts";
import { outputBufferOverrun, primaryTimeout, replicaTimeout } from "./timeouts.ts";

/**
 * The triggers in the order in which they are tried. Who pointed the replica to the primary that
 * answered comes before why its old link broke; a process that started comes before what its
 * connections went through.
 */
export const triggers: readonly AnyRule<TriggerCode>[] = Object.freeze([
	failoverCommand,
	sentinelCommand,
	replicaofCommand,
	clusterReconfiguration,
	replicaRestarted,
	replicaStarted,
	primaryRestarted,
	outputBufferOverrun,
	replicaTimeout,
	primaryTimeout,
	primaryPromoted,
	upstreamResynced,
	linkClosed,
	unknownTrigger,
]);

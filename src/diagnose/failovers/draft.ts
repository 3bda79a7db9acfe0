import type { LogEvent } from "../../model/event.ts";
import type { DisagreementCode, Failover, FailoverFailure, FailoverKind, FailoverVote, NodeId, Proof } from "../../model/report.ts";
import type { Server } from "../../model/story.ts";
import type { Ground } from "../case.ts";
import type { Promotion } from "../findings/promotions.ts";

/** A node of the report, with its log where that is given. */
export interface Member {
	readonly id: NodeId;
	readonly server: Server | null;
}

/** Why a failover failed, before it is put in words. */
export interface Failure {
	readonly code: FailoverFailure;
	readonly proof: Proof;
	/** The server's own words. */
	readonly line: string | null;
	readonly votes: number | null;
	readonly needed: number | null;
}

/**
 * A change of primary as the logs of those who made it tell: Sentinels, the candidates of a cluster,
 * the servers themselves. Times are those of the report (ISO 8601), which sort as text.
 */
export interface Draft {
	readonly kind: FailoverKind;
	readonly name: string | null;
	readonly epoch: number | null;
	readonly planned: boolean | null;
	readonly forced: boolean;
	readonly from: Member | null;
	readonly to: Member | null;
	readonly outcome: Failover["outcome"];
	readonly failure: Failure | null;
	readonly proof: Proof;
	/** The new primary's own line. */
	readonly promotion: Promotion | null;
	/** When a client ordered it. */
	readonly orderedAt: string | null;
	/** Its first own step: the try, the election, the command. */
	readonly beganAt: string | null;
	/** When the last step of it was logged, for a failed one. */
	readonly endedAt: string | null;
	readonly witnesses: Failover["down"]["by"];
	readonly election: Omit<NonNullable<Failover["election"]>, "votes"> & { readonly votes: readonly FailoverVote[] } | null;
	readonly selectedAt: string | null;
	/** What candidates told of their own data (cluster). */
	readonly ranks: readonly { readonly member: Member; readonly offset: bigint }[];
	readonly promotedAt: string | null;
	readonly announcedAt: string | null;
	/** Replicas that a Sentinel pointed to the new primary, and saw there. */
	readonly pointed: readonly { readonly member: Member; readonly sentAt: string | null; readonly doneAt: string | null }[];
	readonly disagreements: readonly { readonly code: DisagreementCode; readonly nodes: readonly NodeId[]; readonly text: string }[];
	readonly grounds: readonly (Ground | null | undefined)[];
	readonly missing: readonly string[];
}

/** What a draft has where nothing is known. */
export const blank = {
	name: null, epoch: null, planned: null, forced: false, from: null, to: null, failure: null, promotion: null, orderedAt: null, beganAt: null,
	endedAt: null, witnesses: [], election: null, selectedAt: null, ranks: [], promotedAt: null, announcedAt: null, pointed: [],
	disagreements: [], missing: [],
} as const satisfies Partial<Draft>;

/** The earliest of some times, those unknown left out. */
export function earliest(times: readonly (string | null | undefined)[]): string | null {
	let first: string | null = null;
	for (const time of times) if (time != null && (first === null || time < first)) first = time;
	return first;
}

export function latest(times: readonly (string | null | undefined)[]): string | null {
	let last: string | null = null;
	for (const time of times) if (time != null && (last === null || time > last)) last = time;
	return last;
}

export function msBetween(from: string | null, to: string | null): number | null {
	return from === null || to === null ? null : Date.parse(to) - Date.parse(from);
}

/** Lines of one server as grounds. */
export function lines(server: Server, ...events: readonly (LogEvent | null | undefined)[]): Ground[] {
	return events.flatMap((event) => (event == null ? [] : [{ server, event }]));
}

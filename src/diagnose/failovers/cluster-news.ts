import type { EventOf, LogEvent } from "../../model/event.ts";
import { firstAt, pushTo } from "../../model/lists.ts";
import type { DownWitness, FailoverVote } from "../../model/report.ts";
import type { Server } from "../../model/story.ts";
import { positionsOf } from "../../model/lines.ts";
import type { Ground } from "../case.ts";
import type { ClusterAttempt } from "./cluster-side.ts";
import { msBetween } from "./draft.ts";
import type { Scene } from "./scene.ts";

/** A node that was flagged as failed, by one node's log. */
interface Fail {
	readonly server: Server;
	readonly event: LogEvent;
	readonly at: number;
	readonly time: string;
	readonly about: string;
	readonly how: "fail-marked" | "fail-received";
	/** Position of the line that cleared it, or Infinity. */
	to: number;
}

interface Grant {
	readonly server: Server;
	readonly event: EventOf<"cluster.vote-granted">;
}

/** A failover follows FAIL within this time (ms): cluster-node-timeout twice, and the delays of the election. */
const sameFailure = 120_000;
/** A node follows the winner of a vote within this time (ms). */
const soon = 10_000;
/** A vote may be printed after the decision by two clocks that agree (ms). */
const lateness = 10;

/** What cluster nodes tell of others: who failed, who got whose vote, who followed whom. */
export class ClusterNews {
	readonly #scene: Scene;
	/** By node ID that failed, then by who says so, in the order of that log. */
	readonly #fails = new Map<string, Map<Server, Fail[]>>();
	readonly #ofServer = new Map<Server, Fail[]>();
	readonly #grants = new Map<string, Grant[]>();
	readonly #follows = new Map<string, (Ground & { readonly time: string })[]>();
	readonly #requests = new Map<string, (Ground & { readonly time: string })[]>();

	constructor(scene: Scene, servers: readonly Server[]) {
		this.#scene = scene;
		for (const server of servers) this.#read(server);
		for (const list of [...this.#follows.values(), ...this.#requests.values()]) list.sort((a, b) => (a.time < b.time ? -1 : 1));
	}

	/** IDs of the primary that had failed in the view of a node: of those wanted, else the last one that it heard of. */
	failedBefore(server: Server, position: number, wanted: readonly string[]): readonly string[] {
		const known = wanted.filter((id) => this.#fails.get(id)?.has(server));
		if (known.length > 0 || wanted.length > 0) return known;
		const own = this.#ofServer.get(server) ?? [];
		const last = own[firstAt(own, (f) => f.at, position) - 1];
		return last !== undefined && last.to > position ? [last.about] : [];
	}

	failedBeforeTime(server: Server, time: string | null): readonly string[] {
		const last = this.#ofServer.get(server)?.findLast((f) => time !== null && f.time <= time);
		const before = last === undefined ? null : msBetween(last.time, time);
		return last !== undefined && before !== null && before <= sameFailure ? [last.about] : [];
	}

	/** Who flagged one of the IDs as failed when, for the failover that ended at a time. */
	witnesses(ids: readonly string[], endedAt: string | null, beganAt: string | null): DownWitness[] {
		const witnesses = this.#about(ids, endedAt, beganAt).map(
			({ server, how, time }): DownWitness => ({ node: server.id, how, at: time, agreedAt: time, votes: null, quorum: null }),
		);
		return witnesses.sort((a, b) => ((a.at ?? "") < (b.at ?? "") ? -1 : 1));
	}

	groundsOf(ids: readonly string[], endedAt: string | null): Ground[] {
		const fails = this.#about(ids, endedAt, null);
		return fails.sort((a, b) => (a.how === b.how ? (a.time < b.time ? -1 : 1) : a.how === "fail-marked" ? -1 : 1));
	}

	#about(ids: readonly string[], endedAt: string | null, beganAt: string | null): Fail[] {
		if (endedAt === null) return [];
		const fails: Fail[] = [];
		for (const id of ids) {
			for (const own of this.#fails.get(id)?.values() ?? []) {
				const last = own[firstAt(own, (f) => Date.parse(f.time), Date.parse(endedAt) + 1) - 1];
				if (last !== undefined && (msBetween(last.time, beganAt ?? endedAt) ?? 0) <= sameFailure) fails.push(last);
			}
		}
		return fails;
	}

	/** Votes for a candidate in an epoch. */
	votes(ids: readonly string[], candidate: Server, epoch: number, decidedAt: string | null): FailoverVote[] {
		return this.#granted(ids, epoch).map(({ server, event }) => {
			const at = this.#scene.at(server, event);
			const late = msBetween(decidedAt, at);
			return { voter: server.id, candidate: candidate.id, at, countedAt: null, lateMs: late !== null && late > lateness ? late : null };
		});
	}

	voteGrounds(ids: readonly string[], epoch: number | null): Ground[] {
		return epoch === null ? [] : this.#granted(ids, epoch);
	}

	#granted(ids: readonly string[], epoch: number): Grant[] {
		return ids.flatMap((id) => this.#grants.get(`${id} ${epoch}`) ?? []);
	}

	/** Votes for nodes without a log of their own. */
	unknownCandidates(attempts: readonly ClusterAttempt[]): readonly (readonly Grant[])[] {
		const epochs = new Set(attempts.map(({ started }) => started?.fields.epoch));
		return [...this.#grants.values()].filter(([first]) => {
			if (first === undefined) return false;
			const { clusterNode, epoch } = first.event.fields;
			return !this.#scene.clusterIds.has(clusterNode) && !epochs.has(epoch);
		});
	}

	/** Nodes that became replicas of a node soon after a time. */
	followersOf(id: string, time: string | null): readonly Ground[] {
		return near(this.#follows.get(id), time, soon);
	}

	/** The primary's line that one of the IDs asked it for a manual failover. */
	requestedBy(ids: readonly string[], time: string | null): readonly Ground[] {
		return ids.flatMap((id) => near(this.#requests.get(id), time, soon)).slice(0, 1);
	}

	#read(server: Server): void {
		const { events, positions } = server;
		const types = ["cluster.fail-marked", "cluster.fail-received", "cluster.fail-cleared"] as const;
		const open = new Map<string, Fail>();
		for (const at of positionsOf(server, 0, events.length, ...types)) {
			const event = events[at] as EventOf<(typeof types)[number]>;
			const about = event.fields.clusterNode;
			const time = this.#scene.at(server, event as LogEvent);
			if (event.type === "cluster.fail-cleared") {
				const fail = open.get(about);
				if (fail !== undefined) fail.to = at;
				open.delete(about);
				continue;
			}
			// Told twice, it is still the same failure.
			if (time === null || open.has(about)) continue;
			const how = event.type === "cluster.fail-marked" ? "fail-marked" : "fail-received";
			const fail: Fail = { server, event: event as LogEvent, at, time, about, how, to: Number.POSITIVE_INFINITY };
			open.set(about, fail);
			pushTo(this.#ofServer, server, fail);
			let of = this.#fails.get(about);
			if (of === undefined) this.#fails.set(about, (of = new Map()));
			pushTo(of, server, fail);
		}
		for (const at of positions.get("cluster.vote-granted") ?? []) {
			const event = events[at] as EventOf<"cluster.vote-granted">;
			pushTo(this.#grants, `${event.fields.clusterNode} ${event.fields.epoch}`, { server, event });
		}
		for (const at of positions.get("cluster.became-replica") ?? []) {
			const event = events[at] as EventOf<"cluster.became-replica">;
			const time = this.#scene.at(server, event);
			if (time !== null) pushTo(this.#follows, event.fields.clusterNode, { server, event, time });
		}
		for (const at of positions.get("cluster.manual-failover") ?? []) {
			const event = events[at] as EventOf<"cluster.manual-failover">;
			const time = this.#scene.at(server, event);
			if (event.fields.clusterNode !== undefined && /^Manual failover requested by/.test(event.text) && time !== null) {
				pushTo(this.#requests, event.fields.clusterNode, { server, event, time });
			}
		}
	}
}

export function readClusterNews(scene: Scene, servers: readonly Server[]): ClusterNews {
	return new ClusterNews(scene, servers);
}

/** Lines from a little before a time until some time after it. */
function near<T extends { readonly time: string }>(lines: readonly T[] | undefined, time: string | null, within: number): T[] {
	if (lines === undefined || time === null) return [];
	const from = firstAt(lines, (l) => Date.parse(l.time), Date.parse(time) - 1000);
	const to = firstAt(lines, (l) => Date.parse(l.time), Date.parse(time) + within);
	return lines.slice(from, to);
}

import type { LogEvent } from "../model/event.ts";
import { allLinesOf } from "../model/lines.ts";
import { pushTo } from "../model/lists.ts";
import type { Server } from "../model/story.ts";
import type { LogOrder } from "./log-order.ts";
import { type SentinelAttempt, SentinelIds, type SentinelSide, sentinelSides } from "./sentinel-side.ts";
import type { Bound } from "./skew.ts";

/*
 * Votes tie clocks together that no handshake does: who asks for a vote logs that before, and that it
 * has the answer after, the voter logs its vote. News that spread without an answer (a new
 * configuration of Sentinel, FAIL, a cluster vote) have an order only, and are mostly quick: what is
 * certain of them is used where nothing better is there.
 */

/** Two lines of two logs: the other one came at most `early` ms before and at most `late` ms after this one. */
export interface JointMoment {
	readonly server: Server;
	readonly event: LogEvent;
	readonly other: Server;
	readonly otherEvent: LogEvent;
	readonly early: number;
	readonly late: number;
}

/** A Sentinel publishes its configuration every two seconds, and at once when it has changed (ms). */
const gossip = 2500;
/** Messages of the cluster bus are sent at once and read in the next turn of the event loop (ms). */
const bus = 500;

/** Votes of Sentinels: the question before, the answer after. */
export function votesOfSentinels(servers: readonly Server[]): JointMoment[] {
	const sides = sentinelSides(servers);
	const ids = new SentinelIds(sides);
	const votes = votesByLeader(sides);
	return sides.flatMap((side) =>
		side.attempts.flatMap((attempt): JointMoment[] => {
			if (side.id === null || attempt.epoch === null) return [];
			const { id, told, known } = side;
			const answers = told.filter((t) => t.leader === id && t.epoch === attempt.epoch);
			const voters = (votes.get(keyOf(id, attempt.epoch)) ?? []).filter((v) => v.server !== side.server);
			return voters.flatMap((vote): JointMoment[] => {
				const own = answers.find((t) => ids.server(t.voter) === vote.server);
				// Where names are not enough, the last answer of all Sentinels is behind each vote.
				const answer = own ?? (answers.length === known.size ? answers.at(-1) : undefined);
				return answer === undefined ? [] : between(attempt.begin, answer.event, side.server, vote);
			});
		}),
	);
}

interface Line {
	readonly server: Server;
	readonly event: LogEvent;
}

function votesByLeader(sides: readonly SentinelSide[]): Map<string, Line[]> {
	const votes = new Map<string, Line[]>();
	for (const { server, votes: own } of sides) {
		for (const { leader, epoch, event } of own) pushTo(votes, keyOf(leader, epoch), { server, event });
	}
	return votes;
}

const keyOf = (leader: string, epoch: number): string => `${leader} ${epoch}`;

/** The other's line lies between two lines of one log. */
function between(before: LogEvent, after: LogEvent, server: Server, other: Line): JointMoment[] {
	if (before.time === null || after.time === null || other.event.time === null || after.time < before.time) return [];
	const slack = Math.max(before.precision, after.precision, other.event.precision);
	return [{ server, event: before, other: other.server, otherEvent: other.event, early: slack, late: after.time - before.time + slack }];
}

/** One line that is certain to come before another one, most likely within `prompt` ms. */
interface Order {
	readonly before: Line;
	readonly after: Line;
	readonly prompt: number;
}

/**
 * What only has an order, as one moment a pair of servers: the least delayed message tells most, and
 * where messages went both ways nothing has to be assumed.
 */
export function newsOfServers(servers: readonly Server[]): JointMoment[] {
	const pairs = new Map<string, { first: Server; second: Server; there?: Order; back?: Order }>();
	for (const order of [...newsOfSentinels(servers), ...newsOfCluster(servers)]) {
		const { before, after } = order;
		if (before.server === after.server || before.event.time === null || after.event.time === null) continue;
		const [first, second] = before.server.id < after.server.id ? [before.server, after.server] : [after.server, before.server];
		const key = `${first.id}\n${second.id}`;
		let pair = pairs.get(key);
		if (pair === undefined) pairs.set(key, (pair = { first, second }));
		const way = before.server === first ? "there" : "back";
		const known = pair[way];
		if (known === undefined || lag(order) < lag(known)) pair[way] = order;
	}
	return [...pairs.values()].flatMap(({ there, back }) => {
		if (there !== undefined && back !== undefined) return bothWays(there, back);
		const only = there ?? back;
		return only === undefined ? [] : [oneWay(only)];
	});
}

/** By the two clocks as logged; the true delay is within. */
const lag = ({ before, after }: Order): number => (after.event.time as number) - (before.event.time as number);
const slackOf = ({ before, after }: Order): number => Math.max(before.event.precision, after.event.precision);

function oneWay(order: Order): JointMoment {
	const { before, after, prompt } = order;
	// As much to the other side: no delay at all is the likeliest, and the middle is what times are corrected by.
	return { server: before.server, event: before.event, other: after.server, otherEvent: after.event, early: prompt, late: prompt };
}

/** The sum of both delays as logged is that of the true ones: the difference of the clocks cancels out. */
function bothWays(there: Order, back: Order): JointMoment[] {
	const sum = lag(there) + lag(back);
	// Clocks that were set or drifted between the two allow no such sum.
	if (sum < -slackOf(there)) return [oneWay(there)];
	return [{ ...oneWay(there), early: slackOf(there), late: sum + slackOf(back) }];
}

/** Who leads a failover knows of the promotion before the others adopt its configuration. */
function newsOfSentinels(servers: readonly Server[]): Order[] {
	const sides = sentinelSides(servers);
	const led = new Map<string, SentinelAttempt>();
	for (const { attempts } of sides) {
		for (const attempt of attempts) {
			if (attempt.promoted !== null && attempt.epoch !== null) led.set(`${attempt.set} ${attempt.epoch}`, attempt);
		}
	}
	return sides.flatMap(({ server, switches }) =>
		switches.flatMap(({ set, epoch, from }): Order[] => {
			const attempt = led.get(`${set} ${epoch}`);
			if (from === null || attempt?.promoted == null) return [];
			return [{ before: { server: attempt.server, event: attempt.promoted }, after: { server, event: from.event }, prompt: gossip }];
		}),
	);
}

/** A vote comes after the election began, and FAIL after somebody has marked the node. */
function newsOfCluster(servers: readonly Server[]): Order[] {
	const nodes = servers.filter((s) => s.cluster);
	const ids = clusterIds(nodes);
	const started = new Map<string, Line>();
	const marked = new Map<string, Line[]>();
	for (const server of nodes) {
		for (const event of allLinesOf(server, "cluster.election-started")) started.set(`${server.id} ${event.fields.epoch}`, { server, event });
		for (const event of allLinesOf(server, "cluster.fail-marked")) pushTo(marked, `${server.id} ${event.fields.clusterNode}`, { server, event });
	}
	return nodes.flatMap((server): Order[] => {
		const votes = [...allLinesOf(server, "cluster.vote-granted")].flatMap((event): Order[] => {
			const candidate = ids.get(event.fields.clusterNode);
			const before = candidate === undefined ? undefined : started.get(`${candidate.id} ${event.fields.epoch}`);
			return before === undefined ? [] : [{ before, after: { server, event }, prompt: bus }];
		});
		const heard = new Map<string, Line[]>();
		for (const event of allLinesOf(server, "cluster.fail-received")) {
			const reporter = ids.get(event.fields.from);
			if (reporter !== undefined) pushTo(heard, `${reporter.id} ${event.fields.clusterNode}`, { server, event });
		}
		const news = [...heard].flatMap(([key, after]): Order[] => {
			const before = marked.get(key) ?? [];
			// A node may fail again and again: only a single mark is certainly the one meant.
			const [mark, line] = [before[0], after[0]];
			if (mark === undefined || line === undefined || before.length > 1 || after.length > 1) return [];
			return [{ before: mark, after: line, prompt: bus }];
		});
		return [...votes, ...news];
	});
}

/** The server behind each cluster node ID, by what it logs at its start. */
export function clusterIds(servers: readonly Server[]): Map<string, Server> {
	const ids = new Map<string, Server>();
	for (const server of servers) {
		for (const event of allLinesOf(server, "cluster.myself")) ids.set(event.fields.clusterNode, server);
	}
	return ids;
}

/** The bound that a moment sets to the difference of the two clocks, either way. */
export function boundsOf({ server, event, other, otherEvent, early, late }: JointMoment, places: LogOrder): { there: Bound; back: Bound } | undefined {
	if (event.time === null || otherEvent.time === null) return undefined;
	const low = otherEvent.time - event.time - late;
	const high = otherEvent.time - event.time + early;
	return {
		there: { at: otherEvent.time, order: places.of(other, otherEvent), low, high },
		back: { at: event.time, order: places.of(server, event), low: -high, high: -low },
	};
}

import type { LogEvent } from "../model/event.ts";
import { added, groupBy, none, pushTo } from "../model/lists.ts";
import type { Episode, GivenZone, Outage, Server, Session, Try } from "../model/story.ts";
import type { LogStream } from "../model/stream.ts";
import { Clocks } from "./clocks.ts";
import { Histories } from "./histories.ts";
import { Addresses, compare, findServers, isUncovered } from "./identity.ts";
import { isTool } from "./join/keys.ts";
import { joinHandshakes } from "./join.ts";
import { readSessions } from "./primary-side.ts";
import { pointedTo, readOutages } from "./replica-side.ts";
import { joinSentinels, type SentinelCommand } from "./sentinels.ts";
import { identify, Snapshots, zonesBySnapshots } from "./snapshots.ts";
import { zoneWords } from "./zones.ts";

/** An event's time on the reference's clock, in ms, or null. */
export type Time = (server: Server, event: LogEvent) => number | null;

/** What all the logs tell together. */
export interface Story {
	readonly servers: readonly Server[];
	readonly clocks: Clocks;
	readonly histories: Histories;
	readonly addresses: Addresses;
	/** In the order of the corrected clock. */
	readonly episodes: readonly Episode[];
	readonly sessions: readonly Session[];
	readonly tries: readonly Try[];
	/** Commands that a Sentinel sent, as both logs show them. */
	readonly sentinelCommands: readonly SentinelCommand[];
	/** The INFO and ROLE replies among the inputs. */
	readonly snapshots: Snapshots;
	/** The event's time on the reference's clock, in ms, or null. */
	readonly time: Time;
	/** The sessions that one server granted, in the order of its log. */
	readonly sessionsOf: (server: Server) => readonly Session[];
	/** The tries of one replica that one primary answered, in order. */
	readonly triesOfPair: (replica: Server | null, primary: Server | null) => readonly Try[];
}

/** Puts the events of all logs together to one story. `zones` are the zones of logs by the word of who gives them. */
export function correlate(streams: readonly LogStream[], zones: readonly GivenZone[] = []): Story {
	const servers = findServers(streams);
	const data = servers.filter((s) => !s.sentinel);
	const outages = data.flatMap((s) => readOutages(s));
	const sessions = data.flatMap((s) => readSessions(s).sessions);
	const tries = outages.flatMap((o) => o.tries);
	joinHandshakes(tries, sessions);
	const addresses = new Addresses(servers, tries, sessions);
	const sentinelCommands = joinSentinels(servers, (server) => addresses.of(server));
	const histories = new Histories(data, tries, sessions);
	const facts = { servers, tries, sessions, histories, addresses };
	const identified = identify(streams, facts);
	const words = zones.length === 0 ? undefined : zoneWords(zones, servers, (server) => addresses.of(server));
	const clocks = new Clocks(servers, tries, sessions, sentinelCommands, zonesBySnapshots(identified), words);
	const snapshots = new Snapshots(identified, facts, clocks);
	const time: Time = (server, event) => clocks.time(server, event);
	const episodes = outages.map((outage) => fromOutage(outage, addresses));
	for (const episode of fromSessions(sessions, addresses, time)) episodes.push(episode);
	return { servers, clocks, histories, addresses, episodes: inTime(episodes, time), sessions, tries, sentinelCommands, snapshots, time, triesOfPair: byPair(tries), sessionsOf: byServer(sessions) };
}

function inTime(episodes: readonly Episode[], time: Time): Episode[] {
	const times = Float64Array.from(episodes, (episode) => firstTime(episode, time) ?? Number.NEGATIVE_INFINITY);
	const at = (i: number): number => times[i] as number;
	const ofNumber = (i: number): Episode => episodes[i] as Episode;
	const order = episodes.map((_, i) => i);
	// Two of no time at all have no difference: the name tells, as with equal times.
	order.sort((a, b) => at(a) - at(b) || compare(nameOf(ofNumber(a)), nameOf(ofNumber(b))));
	return order.map(ofNumber);
}

/** Indices are made when the first one asks: most logs tell of nothing for which they are needed. */
function byServer(sessions: readonly Session[]): Story["sessionsOf"] {
	let servers: Map<Server, Session[]> | undefined;
	return (server) => (servers ??= groupBy(sessions, (session) => session.server)).get(server) ?? none;
}

function byPair(tries: readonly Try[]): Story["triesOfPair"] {
	let pairs: Map<Server, Map<Server, Try[]>> | undefined;
	return (replica, primary) => {
		if (replica === null || primary === null) return none;
		return (pairs ??= pairsOf(tries)).get(replica)?.get(primary) ?? none;
	};
}

function pairsOf(tries: readonly Try[]): Map<Server, Map<Server, Try[]>> {
	const pairs = new Map<Server, Map<Server, Try[]>>();
	for (const tried of tries) {
		if (tried.session === null) continue;
		let ofReplica = pairs.get(tried.server);
		if (ofReplica === undefined) pairs.set(tried.server, (ofReplica = new Map()));
		pushTo(ofReplica, tried.session.server, tried);
	}
	return pairs;
}

const nameOf = (episode: Episode): string => episode.replica?.id ?? episode.replicaAddress ?? "";

function fromOutage(outage: Outage, addresses: Addresses): Episode {
	const last = outage.tries.findLast((t) => t.decided !== null) ?? outage.tries.at(-1);
	let sessions: readonly Session[] = none;
	for (const tried of outage.tries) if (tried.session !== null) sessions = added(sessions, tried.session);
	// Where its log ends before it asked, it was told whom to ask.
	const target = last === undefined ? pointedTo(outage.pointings) : last.target;
	return {
		replica: outage.server,
		replicaAddress: sessions[0]?.peer ?? null,
		outage,
		sessions,
		primary: last?.session?.server ?? addresses.resolve(target, false, outage.server),
		primaryAddress: target,
	};
}

/** Outages that only a primary's log shows: the replica's own is not given, or begins later. */
function fromSessions(
	sessions: readonly Session[],
	addresses: Addresses,
	time: Time,
): Episode[] {
	const episodes: Episode[] = [];
	const open = new Map<string, Session[]>();
	for (const session of sessions) {
		if (session.tryOf !== null) continue;
		const replica = session.peer === null ? null : addresses.resolve(session.peer, false, session.server);
		if (!isUncovered(session, replica, time)) continue;
		const key = `${session.server.id}\n${session.peer}`;
		const before = open.get(key);
		const last = before?.at(-1);
		if (before !== undefined && last !== undefined) {
			settle(last, session);
			// A synchronisation that failed and was asked again is one outage.
			if (last.online === null) {
				before.push(session);
				continue;
			}
		}
		const group = [session];
		open.set(key, group);
		episodes.push({
			replica,
			replicaAddress: isTool(session) ? null : session.peer,
			outage: null,
			sessions: group,
			primary: session.server,
			primaryAddress: addresses.of(session.server)[0] ?? null,
		});
	}
	return episodes;
}

/**
 * What a replica asks next tells whether its last synchronisation was ever finished: the primary
 * only knows that it sent everything.
 */
function settle(last: Session, next: Session): void {
	const { loss } = last;
	if (last.decided !== "full" || loss === null) return;
	if (last.online === null) {
		// A transfer may end without a word; who then asks to continue it has loaded it.
		if (continuesGrant(last, next)) last.online = loss.event;
		return;
	}
	const again =
		next.decision?.type === "fullresync.requested" ||
		(next.decision?.type === "psync.rejected.replid-mismatch" &&
			last.decision?.type === "psync.rejected.replid-mismatch" &&
			next.decision.fields.requestedReplid === last.decision.fields.requestedReplid);
	// A socket that is reset with data unread has lost its address when the primary logs it.
	const reset = /client id #\d/.test(loss.event.text);
	if (!again || !(reset || loss.reason === "timeout" || loss.reason === "output-buffer")) return;
	last.online = null;
	last.failure ??=
		loss.reason === "output-buffer"
			? { code: "output-buffer-overrun", event: loss.because ?? loss.event }
			: loss.reason === "timeout"
				? { code: "transfer-timeout", event: loss.because ?? loss.event }
				: { code: "connection-lost-in-transfer", event: loss.event };
}

/** Whether a request can only come from a replica that has adopted the history which it was granted before. */
function continuesGrant(last: Session, next: Session): boolean {
	const decision = next.decision;
	switch (decision?.type) {
		case "psync.accepted":
			return true;
		case "psync.rejected.replid-mismatch":
			return last.replid !== null && decision.fields.requestedReplid === last.replid && asksOtherThan(last, decision.fields.requestedReplid);
		case "psync.rejected.backlog":
			// From 7.0 on a failed transfer leaves the old request as it was.
			return last.decision?.type !== "psync.rejected.backlog" || last.decision.fields.offset !== decision.fields.offset;
		default:
			return false;
	}
}

function asksOtherThan(last: Session, replid: string): boolean {
	return last.decision?.type !== "psync.rejected.replid-mismatch" || last.decision.fields.requestedReplid !== replid;
}

/** When an episode shows first: the loss of the link, else the first question. */
export function firstTime({ outage, sessions }: Episode, time: Time): number | null {
	if (outage !== null) {
		for (const event of outage.losses) {
			const at = time(outage.server, event);
			if (at !== null) return at;
		}
		for (const tried of outage.tries) {
			const at = time(outage.server, tried.begin);
			if (at !== null) return at;
		}
	}
	for (const session of sessions) {
		const at = time(session.server, session.ask);
		if (at !== null) return at;
	}
	return null;
}

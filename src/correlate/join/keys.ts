import { groupBy } from "../../model/lists.ts";
import type { FailureCode } from "../../model/report.ts";
import type { Session, Try } from "../../model/story.ts";
import { withoutZones } from "../../model/units.ts";
import { type Candidate, deltaAt, difference, link, type May, type Pair, type Pairs } from "./pairs.ts";

/** The keys under which the replica's side of a handshake can be found. */
export function keysOfTry(tried: Try): string[] {
	const keys: string[] = [];
	const ask = tried.ask;
	if (ask?.type === "psync.request") {
		const { replid, offset } = ask.fields;
		if (tried.decided === "partial") keys.push(`accepted ${offset}`);
		else if (tried.decided === "full" || tried.decided === null) {
			keys.push(`mismatch ${replid}`, `second ${offset}`, `backlog ${offset}`);
		}
	}
	if (tried.granted !== null) keys.push(`granted ${tried.granted.replid}`);
	return keys;
}

export function keysOfSession(session: Session): string[] {
	const keys: string[] = [];
	const decision = session.decision;
	switch (decision?.type) {
		case "psync.accepted":
			keys.push(`accepted ${decision.fields.offset}`);
			break;
		case "psync.rejected.replid-mismatch":
			keys.push(`mismatch ${decision.fields.requestedReplid}`);
			break;
		case "psync.rejected.second-offset":
			keys.push(`second ${decision.fields.requestedOffset}`);
			break;
		case "psync.rejected.backlog":
			keys.push(`backlog ${decision.fields.offset}`);
			break;
		default:
	}
	if (session.backlogCreated !== null) keys.push(`granted ${session.backlogCreated.fields.replid}`);
	return keys;
}

export function sharesKey(tried: Try, session: Session): boolean {
	const keys = keysOfSession(session);
	return keysOfTry(tried).some((key) => keys.includes(key));
}

/** What one side says that the other must not contradict. */
export function compatible(tried: Try, session: Session): boolean {
	const decision = session.decision;
	if (tried.decided !== null && session.decided !== null && tried.decided !== session.decided) return false;
	if (tried.failure !== null && neverAsked.has(tried.failure.code)) return false;
	const ask = tried.ask;
	switch (decision?.type) {
		case "psync.accepted":
			return ask === null || (ask.type === "psync.request" && ask.fields.offset === decision.fields.offset);
		case "psync.rejected.replid-mismatch":
			return ask === null || (ask.type === "psync.request" && ask.fields.replid === decision.fields.requestedReplid);
		case "psync.rejected.second-offset":
			return ask === null || (ask.type === "psync.request" && ask.fields.offset === decision.fields.requestedOffset);
		case "psync.rejected.backlog":
			return ask === null || (ask.type === "psync.request" && ask.fields.offset === decision.fields.offset);
		case "fullresync.requested":
			if (ask !== null && ask.type !== "psync.impossible.no-cached-primary") return false;
			break;
		default:
	}
	if (tried.granted !== null && session.backlogCreated !== null) {
		return tried.granted.replid === session.backlogCreated.fields.replid;
	}
	return true;
}

/** Failures before the primary logs that anybody asked. */
const neverAsked: ReadonlySet<FailureCode> = new Set<FailureCode>([
	"primary-unreachable", "auth-required", "primary-refused", "primary-loading", "upstream-down", "replicates-itself",
]);

/**
 * A backup or migration tool: it never tells its listening port, and has no history to continue. A
 * replica whose REPLCONF was refused (a password set meanwhile) has no port either.
 */
export function isTool(session: Session): boolean {
	if (session.peer === null || !/<unknown-(?:replica|slave)-port>$/.test(session.peer)) return false;
	return session.plainSync || session.decision === null || session.decision.type === "fullresync.requested";
}

/** With more than this many lines of one key, the order of time tells them apart more cheaply. */
const few = 8;

/** Free handshakes by their keys. */
function freeByKey(tries: readonly Try[], sessions: readonly Session[]): { key: string; asked: Try[]; answered: Session[] }[] {
	const sessionsByKey = groupBy(sessions.flatMap((s) => (s.tryOf === null ? keysOfSession(s).map((key) => ({ key, s })) : [])), (x) => x.key);
	const triesByKey = groupBy(tries.flatMap((t) => (t.session === null ? keysOfTry(t).map((key) => ({ key, t })) : [])), (x) => x.key);
	return [...triesByKey].flatMap(([key, asked]) => {
		const answered = sessionsByKey.get(key);
		return answered === undefined ? [] : [{ key, asked: asked.map((x) => x.t), answered: answered.map((x) => x.s) }];
	});
}

/** Joins what is the only one of its key on both sides, in all logs. */
export function joinUnique(tries: readonly Try[], sessions: readonly Session[], pairs: Pairs, may: May): void {
	for (const { key, asked, answered } of freeByKey(tries, sessions)) {
		const [t, s] = [asked[0], answered[0]];
		if (asked.length !== 1 || answered.length !== 1 || t === undefined || s === undefined || t.server === s.server) continue;
		// Whoever was granted an ID shares it with many that printed nothing.
		if (key.startsWith("granted ") || !compatible(t, s) || !may(t, s)) continue;
		link(pairs.of(t.server, s.server), t, s);
	}
}

/** Joins what both sides print and nothing else of the same two servers does: what suits the clocks best first. */
export function joinByKey(tries: readonly Try[], sessions: readonly Session[], pairs: Pairs, may: May): void {
	const fits: May = (t, s) => compatible(t, s) && may(t, s);
	const candidates: Candidate[] = [];
	const free = groupBy(sessions.filter((s) => s.tryOf === null), (s) => s.server);
	for (const { key, asked, answered } of freeByKey(tries, sessions)) {
		const byPrimary = groupBy(answered, (s) => s.server);
		for (const [replica, ofReplica] of groupBy(asked, (t) => t.server)) {
			for (const [primary, ofPrimary] of byPrimary) {
				if (replica === primary || ofReplica.length > few || ofPrimary.length > few) continue;
				const fitting = ofReplica.flatMap((t) => ofPrimary.filter((s) => fits(t, s)).map((s) => ({ t, s })));
				const only = fitting[0];
				if (fitting.length !== 1 || only === undefined) continue;
				// Many are granted the ID that one session printed: it tells only where nothing else fits.
				if (key.startsWith("granted ") && free.get(primary)?.some((s) => s !== only.s && fits(only.t, s))) continue;
				candidates.push({ tried: only.t, session: only.s, far: strangeness(pairs.of(replica, primary), only.t, only.s) });
			}
		}
	}
	candidates.sort((a, b) => a.far - b.far);
	for (const { tried, session } of candidates) link(pairs.of(tried.server, session.server), tried, session);
}

/** How far two clocks would be from what other handshakes of the pair show, or from a difference of zones alone (ms). */
function strangeness(pair: Pair, tried: Try, session: Session): number {
	const delta = difference(tried, session);
	if (delta === undefined) return Number.POSITIVE_INFINITY;
	pair.deltas.sort((a, b) => a.at - b.at);
	const expected = deltaAt(pair, tried.at);
	return Math.abs(expected === undefined ? withoutZones(delta) : delta - expected);
}

import { groupBy, pushTo } from "../../model/lists.ts";
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

/** Whether a key of one side is one of the other's. */
export function sharesKey(tried: Try, session: Session): boolean {
	const { ask, decided, granted } = tried;
	if (granted !== null && granted.replid === session.backlogCreated?.fields.replid) return true;
	if (ask?.type !== "psync.request") return false;
	const { decision } = session;
	switch (decision?.type) {
		case "psync.accepted":
			return decided === "partial" && ask.fields.offset === decision.fields.offset;
		case "psync.rejected.replid-mismatch":
			return decided !== "partial" && ask.fields.replid === decision.fields.requestedReplid;
		case "psync.rejected.second-offset":
			return decided !== "partial" && ask.fields.offset === decision.fields.requestedOffset;
		case "psync.rejected.backlog":
			return decided !== "partial" && ask.fields.offset === decision.fields.offset;
		default:
			return false;
	}
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
function freeByKey(tries: readonly Try[], sessions: readonly Session[]): Map<string, { readonly asked: Try[]; readonly answered: Session[] }> {
	const sessionsByKey = new Map<string, Session[]>();
	for (const s of sessions) if (s.tryOf === null) for (const key of keysOfSession(s)) pushTo(sessionsByKey, key, s);
	const free = new Map<string, { readonly asked: Try[]; readonly answered: Session[] }>();
	// Mostly nothing is left, or only one side is given.
	if (sessionsByKey.size === 0) return free;
	for (const t of tries) {
		if (t.session !== null) continue;
		for (const key of keysOfTry(t)) {
			const known = free.get(key);
			const answered = known === undefined ? sessionsByKey.get(key) : undefined;
			if (known !== undefined) known.asked.push(t);
			else if (answered !== undefined) free.set(key, { asked: [t], answered });
		}
	}
	return free;
}

/** Joins what is the only one of its key on both sides, in all logs. */
export function joinUnique(tries: readonly Try[], sessions: readonly Session[], pairs: Pairs, may: May): void {
	for (const [key, { asked, answered }] of freeByKey(tries, sessions)) {
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
	const byKey = freeByKey(tries, sessions);
	if (byKey.size === 0) return;
	const free = groupBy(sessions.filter((s) => s.tryOf === null), (s) => s.server);
	for (const [key, { asked, answered }] of byKey) {
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

import { groupBy, pushTo } from "../../model/lists.ts";
import type { FailureCode } from "../../model/report.ts";
import type { Session, Try } from "../../model/story.ts";
import { withoutZones } from "../../model/units.ts";
import { type Candidate, deltaAt, difference, link, type May, type Pair, type Pairs } from "./pairs.ts";

/** What both sides print of a decision: an offset, or a replication ID. */
type Kind = "accepted" | "mismatch" | "second" | "backlog" | "granted";
type Value = string | bigint | undefined;
type Note = (kind: Kind, value: Value) => void;

/** The keys under which the replica's side of a handshake can be found. */
function eachKeyOfTry({ ask, decided, granted }: Try, note: Note): void {
	if (ask?.type === "psync.request") {
		const { replid, offset } = ask.fields;
		if (decided === "partial") note("accepted", offset);
		else {
			note("mismatch", replid);
			note("second", offset);
			note("backlog", offset);
		}
	}
	if (granted !== null) note("granted", granted.replid);
}

function eachKeyOfSession({ decision, backlogCreated }: Session, note: Note): void {
	switch (decision?.type) {
		case "psync.accepted":
			note("accepted", decision.fields.offset);
			break;
		case "psync.rejected.replid-mismatch":
			note("mismatch", decision.fields.requestedReplid);
			break;
		case "psync.rejected.second-offset":
			note("second", decision.fields.requestedOffset);
			break;
		case "psync.rejected.backlog":
			note("backlog", decision.fields.offset);
			break;
		default:
	}
	if (backlogCreated !== null) note("granted", backlogCreated.fields.replid);
}

/** The keys as texts. */
export function keysOfTry(tried: Try): string[] {
	const keys: string[] = [];
	eachKeyOfTry(tried, (kind, value) => keys.push(`${kind} ${value}`));
	return keys;
}

export function keysOfSession(session: Session): string[] {
	const keys: string[] = [];
	eachKeyOfSession(session, (kind, value) => keys.push(`${kind} ${value}`));
	return keys;
}

/** Whether a key of one side is one of the other's. */
export function sharesKey(tried: Try, session: Session): boolean {
	let shared = false;
	eachKeyOfSession(session, (kind, value) => {
		eachKeyOfTry(tried, (own, ownValue) => {
			shared ||= own === kind && ownValue === value;
		});
	});
	return shared;
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

/** Free handshakes of one key. */
interface Free {
	readonly kind: Kind;
	readonly asked: Try[];
	readonly answered: readonly Session[];
}

/** Items by key. */
type ByKey<T> = Readonly<Record<Kind, Map<Value, T>>>;

const byKey = <T>(): ByKey<T> => ({
	accepted: new Map(), mismatch: new Map(), second: new Map(), backlog: new Map(), granted: new Map(),
});

/** Free handshakes by their keys, in the order in which they were asked for. */
function freeByKey(tries: readonly Try[], sessions: readonly Session[]): readonly Free[] {
	const sessionsByKey = byKey<Session[]>();
	let some = false;
	for (const s of sessions) {
		if (s.tryOf !== null) continue;
		eachKeyOfSession(s, (kind, value) => {
			pushTo(sessionsByKey[kind], value, s);
			some = true;
		});
	}
	const free: Free[] = [];
	// Mostly nothing is left, or only one side is given.
	if (!some) return free;
	const known = byKey<Free>();
	for (const t of tries) {
		if (t.session !== null) continue;
		eachKeyOfTry(t, (kind, value) => {
			const before = known[kind].get(value);
			if (before !== undefined) {
				before.asked.push(t);
				return;
			}
			const answered = sessionsByKey[kind].get(value);
			if (answered === undefined) return;
			const one: Free = { kind, asked: [t], answered };
			known[kind].set(value, one);
			free.push(one);
		});
	}
	return free;
}

/** Joins what is the only one of its key on both sides, in all logs. */
export function joinUnique(tries: readonly Try[], sessions: readonly Session[], pairs: Pairs, may: May): void {
	for (const { kind, asked, answered } of freeByKey(tries, sessions)) {
		const [t, s] = [asked[0], answered[0]];
		if (asked.length !== 1 || answered.length !== 1 || t === undefined || s === undefined || t.server === s.server) continue;
		// Whoever was granted an ID shares it with many that printed nothing.
		if (kind === "granted" || !compatible(t, s) || !may(t, s)) continue;
		link(pairs.of(t.server, s.server), t, s);
	}
}

/** Joins what both sides print and nothing else of the same two servers does: what suits the clocks best first. */
export function joinByKey(tries: readonly Try[], sessions: readonly Session[], pairs: Pairs, may: May): void {
	const fits: May = (t, s) => compatible(t, s) && may(t, s);
	const candidates: Candidate[] = [];
	const keyed = freeByKey(tries, sessions);
	if (keyed.length === 0) return;
	const free = groupBy(sessions.filter((s) => s.tryOf === null), (s) => s.server);
	for (const { kind, asked, answered } of keyed) {
		const byPrimary = groupBy(answered, (s) => s.server);
		for (const [replica, ofReplica] of groupBy(asked, (t) => t.server)) {
			for (const [primary, ofPrimary] of byPrimary) {
				if (replica === primary || ofReplica.length > few || ofPrimary.length > few) continue;
				const fitting = ofReplica.flatMap((t) => ofPrimary.filter((s) => fits(t, s)).map((s) => ({ t, s })));
				const only = fitting[0];
				if (fitting.length !== 1 || only === undefined) continue;
				// Many are granted the ID that one session printed: it tells only where nothing else fits.
				if (kind === "granted" && free.get(primary)?.some((s) => s !== only.s && fits(only.t, s))) continue;
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

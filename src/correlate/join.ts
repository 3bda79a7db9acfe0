import type { LogEvent } from "../model/event.ts";
import type { FailureCode } from "../model/report.ts";
import type { Server, Session, Try } from "../model/story.ts";

/*
 * The two sides of one handshake are found by what both logs print: the replication ID and the
 * offset that were asked for or granted, and the addresses. Clocks are not trusted: two nodes may
 * be hours apart. Only what prints no key (a first synchronisation before 6.0.4) is joined by the
 * difference of clocks that the keyed handshakes of the same pair have shown, or, where there are
 * none, by the difference that fits most of them.
 */

/** Within this time (ms) two handshakes of a pair show the same clock difference, but for the network. */
const narrow = 60;
/** Clocks are believed to drift or step by no more than this between two handshakes (ms). */
const clockWindow = 3000;
const votesPerPair = 400;

/** When the replica asked, by its own clock. */
export function askTime(tried: Try): number | null {
	return (tried.ask ?? tried.begin).time;
}

/** Port of an "ip:port" as text, or undefined. */
export function portOf(address: string | null): number | undefined {
	const port = address?.slice(address.lastIndexOf(":") + 1);
	return port !== undefined && /^\d{1,5}$/.test(port) ? Number(port) : undefined;
}

/** Which peers of which primary are known to be which replica, by the handshakes joined so far. */
type Ties = ReadonlyMap<string, ReadonlySet<Server>>;

/** Whether the addresses that both sides print allow that this replica asked this primary. */
function portsAgree(replica: Server, primary: Server, tried: Try, session: Session, ties?: Ties): boolean | undefined {
	// A key has tied this peer's address to the replica before: it announces another address than its own.
	const tied = ties?.get(`${primary.id}\n${session.peer}`)?.has(replica) === true;
	const peer = tied ? undefined : portOf(session.peer);
	const target = portOf(tried.target);
	let known = tied;
	if (peer !== undefined && replica.ports.size > 0) {
		if (!replica.ports.has(peer)) return false;
		known = true;
	}
	if (target !== undefined && primary.ports.size > 0) {
		if (!primary.ports.has(target)) return false;
		known = true;
	}
	return known ? true : undefined;
}

/** The keys under which the replica's side of a handshake can be found. */
function keysOfTry(tried: Try): string[] {
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

function keysOfSession(session: Session): string[] {
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

/** What one side says that the other must not contradict. */
function compatible(tried: Try, session: Session): boolean {
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

interface Pair {
	readonly replica: Server;
	readonly primary: Server;
	/**
	 * Replica's clock minus primary's in ms, of the handshakes joined so far, by position in the replica's
	 * log: a clock that is set back makes its times ambiguous, its log goes on.
	 */
	readonly deltas: { readonly at: number; readonly delta: number }[];
}

class Pairs {
	readonly #pairs = new Map<string, Pair>();

	of(replica: Server, primary: Server): Pair {
		const key = `${replica.id}\n${primary.id}`;
		let pair = this.#pairs.get(key);
		if (pair === undefined) this.#pairs.set(key, (pair = { replica, primary, deltas: [] }));
		return pair;
	}
}

/** Fills in `Try.session` and `Session.tryOf` for every handshake of which both sides are given. */
export function joinHandshakes(tries: readonly Try[], sessions: readonly Session[]): void {
	const pairs = new Pairs();
	joinUnique(tries, sessions, pairs);
	joinByKey(tries, sessions, pairs, (agree) => agree !== false);
	joinByTimes(tries, sessions, pairs);
	// Translated ports contradict what the nodes log of themselves: a key outweighs that for a node
	// that would stay alone otherwise.
	const joined = new Set(tries.filter((t) => t.session !== null).map((t) => t.server));
	const alone = tries.filter((t) => !joined.has(t.server));
	if (alone.length > 0) {
		joinByKey(alone, sessions, pairs, (agree) => agree === false);
		joinTranslated(alone, sessions, pairs);
		const ties = peerAddresses(alone);
		joinByKey(alone, sessions, pairs, (agree) => agree !== false, ties);
		joinByTimes(alone, sessions, pairs, ties);
	}
	for (const tried of tries) {
		if (tried.session !== null && sharesKey(tried, tried.session)) tried.joinedBy = "key";
	}
}

interface Candidate {
	readonly tried: Try;
	readonly session: Session;
	/** How far the two clocks' difference would be from what is expected of the pair (ms). */
	readonly far: number;
}

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
function joinUnique(tries: readonly Try[], sessions: readonly Session[], pairs: Pairs): void {
	for (const { key, asked, answered } of freeByKey(tries, sessions)) {
		const [t, s] = [asked[0], answered[0]];
		if (asked.length !== 1 || answered.length !== 1 || t === undefined || s === undefined || t.server === s.server) continue;
		// Whoever was granted an ID shares it with many that printed nothing.
		if (key.startsWith("granted ") || !compatible(t, s) || portsAgree(t.server, s.server, t, s) === false) continue;
		link(pairs.of(t.server, s.server), t, s);
	}
}

/**
 * Joins what both sides print and nothing else of the same two servers does. Siblings that lost one
 * primary ask others with the same ID and offset: addresses tell them apart, then the clocks.
 */
function joinByKey(
	tries: readonly Try[],
	sessions: readonly Session[],
	pairs: Pairs,
	allowed: (portsAgree: boolean | undefined) => boolean,
	ties?: Ties,
): void {
	const may = (t: Try, s: Session): boolean => compatible(t, s) && allowed(portsAgree(t.server, s.server, t, s, ties));
	const candidates: Candidate[] = [];
	for (const { key, asked, answered } of freeByKey(tries, sessions)) {
		const byPrimary = groupBy(answered, (s) => s.server);
		for (const [replica, ofReplica] of groupBy(asked, (t) => t.server)) {
			for (const [primary, ofPrimary] of byPrimary) {
				if (replica === primary || ofReplica.length > few || ofPrimary.length > few) continue;
				const fitting = ofReplica.flatMap((t) => ofPrimary.filter((s) => may(t, s)).map((s) => ({ t, s })));
				const only = fitting[0];
				if (fitting.length !== 1 || only === undefined) continue;
				// Many are granted the ID that one session printed: it tells only where nothing else fits.
				if (key.startsWith("granted ") && sessions.some((s) => s !== only.s && s.server === primary && s.tryOf === null && may(only.t, s))) continue;
				candidates.push({ tried: only.t, session: only.s, far: strangeness(pairs.of(replica, primary), only.t, only.s) });
			}
		}
	}
	candidates.sort((a, b) => a.far - b.far);
	const known = new KnownAddresses(tries);
	const contradicted = candidates.filter(({ tried, session }) => !known.allow(tried, session));
	for (const { tried, session } of candidates) {
		if (known.allow(tried, session)) link(pairs.of(tried.server, session.server), tried, session);
	}
	for (const { tried, session } of contradicted) link(pairs.of(tried.server, session.server), tried, session);
}

/** How far two clocks would be from what other handshakes of the pair show, or from a difference of zones alone (ms). */
function strangeness(pair: Pair, tried: Try, session: Session): number {
	const delta = difference(tried, session);
	if (delta === undefined) return Number.POSITIVE_INFINITY;
	pair.deltas.sort((a, b) => a.at - b.at);
	const expected = deltaAt(pair, tried.at) ?? Math.round(delta / quarterHour) * quarterHour;
	return Math.abs(delta - expected);
}

/** Time zones differ by multiples of this (ms). */
const quarterHour = 900_000;

/** Who is behind an address, by the handshakes joined so far. Addresses move, so that this only prefers. */
class KnownAddresses {
	readonly #peers: ReadonlyMap<string, ReadonlySet<Server>>;
	readonly #targets = new Map<string, Set<Server>>();

	constructor(tries: readonly Try[]) {
		this.#peers = peerAddresses(tries);
		for (const { target, session } of tries) {
			if (target === null || session === null) continue;
			const of = this.#targets.get(target) ?? new Set();
			this.#targets.set(target, of.add(session.server));
		}
	}

	/** Whether neither the replica's nor the primary's address is known for another server only. */
	allow(tried: Try, session: Session): boolean {
		const target = tried.target === null ? undefined : this.#targets.get(tried.target);
		return mayBe(session, tried.server, this.#peers) && (target === undefined || target.has(session.server));
	}
}

/** With more than this many lines of one key, the order of time tells them apart more cheaply. */
const few = 8;

function link(pair: Pair, tried: Try, session: Session): void {
	if (tried.session !== null || session.tryOf !== null) return;
	tried.session = session;
	tried.joinedBy = "time";
	session.tryOf = tried;
	const delta = difference(tried, session);
	if (delta !== undefined) pair.deltas.push({ at: tried.at, delta });
}

function sharesKey(tried: Try, session: Session): boolean {
	const keys = keysOfSession(session);
	return keysOfTry(tried).some((key) => keys.includes(key));
}

/** Replica's clock minus the primary's, by the two lines that are closest in a handshake. */
function difference(tried: Try, session: Session): number | undefined {
	const asked = askTime(tried);
	return asked === null || session.ask.time === null ? undefined : asked - session.ask.time;
}

/** The value around which most of the numbers lie closely; the smallest of equals. */
export function densest(numbers: readonly number[]): number {
	if (numbers.length === 0) return 0;
	const sorted = [...numbers].sort((a, b) => a - b);
	let best = sorted[0] as number;
	let most = 0;
	let low = 0;
	for (let high = 0; high < sorted.length; high++) {
		while ((sorted[high] as number) - (sorted[low] as number) > narrow) low++;
		const middle = sorted[(low + high) >> 1] as number;
		const count = high - low + 1;
		if (count > most || (count === most && Math.abs(middle) < Math.abs(best))) {
			most = count;
			best = middle;
		}
	}
	return best;
}

/** The clock difference of a pair at a position of the replica's log, by its nearest joined handshake. */
function deltaAt(pair: Pair, at: number): number | undefined {
	const { deltas } = pair;
	if (deltas.length === 0) return undefined;
	let low = 0;
	let high = deltas.length - 1;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((deltas[middle] as { at: number }).at < at) low = middle + 1;
		else high = middle;
	}
	const after = deltas[low] as { at: number; delta: number };
	const before = deltas[low - 1];
	return before !== undefined && at - before.at < after.at - at ? before.delta : after.delta;
}

/** Joins what has no key of its own by the difference of the clocks: what fits closely first, in all pairs. */
function joinByTimes(tries: readonly Try[], sessions: readonly Session[], pairs: Pairs, ties?: Ties): void {
	const freeTries = groupBy(tries.filter((t) => t.session === null && (t.ask !== null || t.answer !== null || t.receiving !== null)), (t) => t.server);
	const freeSessions = groupBy(sessions.filter((s) => s.tryOf === null && !isTool(s)), (s) => s.server);
	const addresses = peerAddresses(tries);
	const timings: Timing[] = [];
	for (const [replica, ofReplica] of freeTries) {
		for (const [primary, ofPrimary] of freeSessions) {
			if (replica === primary) continue;
			const possible = ofPrimary.filter((s) => mayBe(s, replica, addresses));
			if (possible.length > 0) timings.push(new Timing(pairs.of(replica, primary), ofReplica, possible, false, ties));
		}
	}
	const known = new KnownAddresses(tries);
	for (const allow of [(t: Try, s: Session) => known.allow(t, s), () => true]) {
		for (const window of [narrow, clockWindow]) linkClosest(timings, window, allow);
	}
}

/** Two servers that print a common key are a pair behind a proxy, whatever ports they print. */
function joinTranslated(tries: readonly Try[], sessions: readonly Session[], pairs: Pairs): void {
	const primaries = new Map<string, Server>();
	for (const session of sessions) for (const key of keysOfSession(session)) primaries.set(key, session.server);
	for (const [replica, ofReplica] of groupBy(tries.filter((t) => t.session === null), (t) => t.server)) {
		const keys = ofReplica.flatMap(keysOfTry).filter((key) => /^(?:mismatch|granted) /.test(key));
		const primary = keys.map((key) => primaries.get(key)).find((server) => server !== undefined && server !== replica);
		if (primary === undefined) continue;
		const free = sessions.filter((s) => s.server === primary && s.tryOf === null && !isTool(s));
		const timing = new Timing(pairs.of(replica, primary), ofReplica, free, true);
		for (const window of [narrow, clockWindow]) linkClosest([timing], window, () => true);
	}
}

/** Which peers of which primary are known to be which replica, from the handshakes joined by key. */
function peerAddresses(tries: readonly Try[]): Map<string, Set<Server>> {
	const known = new Map<string, Set<Server>>();
	for (const { server, session } of tries) {
		if (session === null || session.peer === null) continue;
		const key = `${session.server.id}\n${session.peer}`;
		const set = known.get(key) ?? new Set();
		known.set(key, set.add(server));
	}
	return known;
}

function mayBe(session: Session, replica: Server, addresses: ReadonlyMap<string, ReadonlySet<Server>>): boolean {
	const known = addresses.get(`${session.server.id}\n${session.peer}`);
	return known === undefined || known.has(replica);
}

/** What two servers may have had with each other, by their clocks. */
class Timing {
	readonly pair: Pair;
	readonly #tries: readonly Try[];
	readonly #byTime: readonly Session[];
	readonly #guess: number | undefined;
	readonly #fits: (t: Try, s: Session) => boolean;

	constructor(pair: Pair, tries: readonly Try[], sessions: readonly Session[], translated: boolean, ties?: Ties) {
		this.pair = pair;
		this.#tries = tries;
		this.#fits = (t, s) => compatible(t, s) && (translated || portsAgree(t.server, s.server, t, s, ties) !== false);
		this.#guess = pair.deltas.length === 0 ? guessDelta(tries, sessions, this.#fits) : 0;
		this.#byTime = sessions.filter((s) => s.ask.time !== null).sort((a, b) => (a.ask.time as number) - (b.ask.time as number));
	}

	/** Free handshakes whose sides are no farther apart than the window (ms), once the clocks are corrected. */
	near(window: number): Candidate[] {
		const found: Candidate[] = [];
		if (this.#guess === undefined) return found;
		this.pair.deltas.sort((a, b) => a.at - b.at);
		for (const tried of this.#tries) {
			const at = askTime(tried);
			if (at === null || tried.session !== null) continue;
			const expected = at - (deltaAt(this.pair, tried.at) ?? this.#guess);
			for (let i = lowerBound(this.#byTime, expected - window); i < this.#byTime.length; i++) {
				const session = this.#byTime[i] as Session;
				const far = Math.abs((session.ask.time as number) - expected);
				if ((session.ask.time as number) > expected + window) break;
				if (session.tryOf === null && this.#fits(tried, session)) found.push({ tried, session, far });
			}
		}
		return found;
	}
}

/** Joins the closest first. */
function linkClosest(timings: readonly Timing[], window: number, allow: (t: Try, s: Session) => boolean): void {
	const near = timings.flatMap((timing) => timing.near(window).map((candidate) => ({ pair: timing.pair, ...candidate })));
	near.sort((a, b) => a.far - b.far);
	for (const { pair, tried, session } of near) if (allow(tried, session)) link(pair, tried, session);
}

/** Where no handshake of a pair stands out, the clock difference that fits most of them. */
function guessDelta(tries: readonly Try[], sessions: readonly Session[], fits: (t: Try, s: Session) => boolean): number | undefined {
	const deltas: number[] = [];
	let agreed = false;
	for (const t of tries.slice(0, votesPerPair)) {
		for (const s of sessions.slice(0, votesPerPair)) {
			if (!fits(t, s)) continue;
			const delta = difference(t, s);
			if (delta === undefined) continue;
			agreed ||= portsAgree(t.server, s.server, t, s) === true || sharesKey(t, s);
			deltas.push(delta);
		}
	}
	if (deltas.length === 0) return undefined;
	const guess = densest(deltas);
	// Nothing but a coincidence of times would tie these logs together.
	return agreed || Math.abs(guess) <= clockWindow ? guess : undefined;
}

function lowerBound(sessions: readonly Session[], time: number): number {
	let low = 0;
	let high = sessions.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (((sessions[middle] as Session).ask.time as number) < time) low = middle + 1;
		else high = middle;
	}
	return low;
}

/**
 * A backup or migration tool: it never tells its listening port, and has no history to continue. A
 * replica whose REPLCONF was refused (a password set meanwhile) has no port either.
 */
export function isTool(session: Session): boolean {
	if (session.peer === null || !/<unknown-(?:replica|slave)-port>$/.test(session.peer)) return false;
	return session.plainSync || session.decision === null || session.decision.type === "fullresync.requested";
}

function groupBy<K, V>(values: readonly V[], key: (value: V) => K): Map<K, V[]> {
	const groups = new Map<K, V[]>();
	for (const value of values) {
		const k = key(value);
		const list = groups.get(k);
		if (list === undefined) groups.set(k, [value]);
		else list.push(value);
	}
	return groups;
}

/** The lines of both sides whose order is certain: question, its arrival, answer. */
export function handshakeBounds(tried: Try): { before: LogEvent; between: LogEvent; after: LogEvent } | undefined {
	if (tried.session === null || tried.ask === null || tried.answer === null) return undefined;
	return { before: tried.ask, between: tried.session.ask, after: tried.answer };
}

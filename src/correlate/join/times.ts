import { firstAt, groupBy } from "../../model/lists.ts";
import type { Server, Session, Try } from "../../model/story.ts";
import { portsAgree } from "./addresses.ts";
import { compatible, isTool, keysOfSession, keysOfTry, sharesKey } from "./keys.ts";
import { askTime, type Candidate, clockWindow, deltaAt, densest, difference, link, type May, narrow, type Pair, type Pairs } from "./pairs.ts";

const votesPerPair = 400;

/** What two servers may have had with each other, by their clocks. */
class Timing {
	readonly pair: Pair;
	readonly #tries: readonly Try[];
	readonly #byTime: readonly Session[];
	readonly #guess: number | undefined;
	readonly #fits: May;

	constructor(pair: Pair, tries: readonly Try[], sessions: readonly Session[], may: May) {
		this.pair = pair;
		this.#tries = tries;
		this.#fits = (t, s) => compatible(t, s) && may(t, s);
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
			for (let i = firstAt(this.#byTime, (s) => s.ask.time as number, expected - window); i < this.#byTime.length; i++) {
				const session = this.#byTime[i] as Session;
				const far = Math.abs((session.ask.time as number) - expected);
				if ((session.ask.time as number) > expected + window) break;
				if (session.tryOf === null && this.#fits(tried, session)) found.push({ tried, session, far });
			}
		}
		return found;
	}
}

/** Joins what has no key of its own by the difference of the clocks: what fits closely first, in all pairs. */
export function joinByTimes(tries: readonly Try[], sessions: readonly Session[], pairs: Pairs, may: May): void {
	const freeTries = groupBy(tries.filter((t) => t.session === null && (t.ask !== null || t.answer !== null || t.receiving !== null)), (t) => t.server);
	const freeSessions = groupBy(sessions.filter((s) => s.tryOf === null && !isTool(s)), (s) => s.server);
	const timings: Timing[] = [];
	for (const [replica, ofReplica] of freeTries) {
		for (const [primary, ofPrimary] of freeSessions) {
			if (replica !== primary) timings.push(new Timing(pairs.of(replica, primary), ofReplica, ofPrimary, may));
		}
	}
	for (const window of [narrow, clockWindow]) linkClosest(timings, window);
}

/** Joins the closest first. */
function linkClosest(timings: readonly Timing[], window: number): void {
	const near = timings.flatMap((timing) => timing.near(window).map((candidate) => ({ pair: timing.pair, ...candidate })));
	near.sort((a, b) => a.far - b.far);
	for (const { pair, tried, session } of near) link(pair, tried, session);
}

/** Two servers that print a common key are a pair behind a proxy, whatever ports they print. */
export function joinTranslated(tries: readonly Try[], sessions: readonly Session[], pairs: Pairs): void {
	const primaries = new Map<string, Server>();
	for (const session of sessions) for (const key of keysOfSession(session)) primaries.set(key, session.server);
	for (const [replica, ofReplica] of groupBy(tries.filter((t) => t.session === null), (t) => t.server)) {
		const keys = ofReplica.flatMap(keysOfTry).filter((key) => /^(?:mismatch|granted) /.test(key));
		const primary = keys.map((key) => primaries.get(key)).find((server) => server !== undefined && server !== replica);
		if (primary === undefined) continue;
		const free = sessions.filter((s) => s.server === primary && s.tryOf === null && !isTool(s));
		const timing = new Timing(pairs.of(replica, primary), ofReplica, free, () => true);
		for (const window of [narrow, clockWindow]) linkClosest([timing], window);
	}
}

/** Where no handshake of a pair stands out, the clock difference that fits most of them. */
function guessDelta(tries: readonly Try[], sessions: readonly Session[], fits: May): number | undefined {
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

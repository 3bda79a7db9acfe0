import type { LogEvent } from "../model/event.ts";
import type { Server, Session, Try } from "../model/story.ts";
import { KnownAddresses, mayBe, peerAddresses, portsAgree, type Ties } from "./join/addresses.ts";
import { joinByKey, joinUnique, sharesKey } from "./join/keys.ts";
import { type May, Pairs, showsQuestion } from "./join/pairs.ts";
import { joinByTimes, joinTranslated } from "./join/times.ts";

/*
 * The two sides of one handshake are found by what both logs print: the replication ID and the
 * offset that were asked for or granted, and the addresses. Clocks are not trusted: two nodes may
 * be hours apart. Only what prints no key (a first synchronisation before 6.0.4) is joined by the
 * difference of clocks that the keyed handshakes of the same pair have shown, or, where there are
 * none, by the difference that fits most of them.
 */

/** Fills in `Try.session` and `Session.tryOf` for every handshake of which both sides are given. */
export function joinHandshakes(tries: readonly Try[], sessions: readonly Session[]): void {
	const pairs = new Pairs();
	const ports = (ties?: Ties): May => (t, s) => portsAgree(t.server, s.server, t, s, ties) !== false;
	joinUnique(tries, sessions, pairs, ports());
	// Siblings that lost one primary ask others with the same ID and offset: addresses tell them apart.
	const known = (): May => {
		// Found when the first one asks: mostly the keys have left nothing to join.
		let addresses: KnownAddresses | undefined;
		return (t, s) => {
			addresses ??= new KnownAddresses(tries);
			return addresses.allow(t, s) && portsAgree(t.server, s.server, t, s) !== false;
		};
	};
	joinByKey(tries, sessions, pairs, known());
	joinByTimes(tries, sessions, pairs, known());
	// Addresses move from one server to another: then keys outweigh them.
	joinByKey(tries, sessions, pairs, ports());
	let peers: Ties | undefined;
	joinByTimes(tries, sessions, pairs, (t, s) => mayBe(s, t.server, (peers ??= peerAddresses(tries))) && ports()(t, s));
	// Translated ports contradict what the nodes log of themselves: a key outweighs that for a node
	// that would stay alone otherwise.
	const joined = new Set<Server>();
	for (const tried of tries) if (tried.session !== null) joined.add(tried.server);
	const alone = sessions.length === 0 ? [] : tries.filter((t) => !joined.has(t.server));
	if (alone.length > 0) {
		joinByKey(alone, sessions, pairs, (t, s) => portsAgree(t.server, s.server, t, s) === false);
		joinTranslated(alone, sessions, pairs);
		const ties = peerAddresses(alone);
		joinByKey(alone, sessions, pairs, ports(ties));
		joinByTimes(alone, sessions, pairs, (t, s) => mayBe(s, t.server, ties) && ports(ties)(t, s));
	}
	for (const tried of tries) {
		if (tried.session !== null && sharesKey(tried, tried.session)) tried.joinedBy = "key";
	}
}

/** The lines of both sides whose order is certain: question, its arrival, answer. */
export function handshakeBounds(tried: Try): { before: LogEvent; between: LogEvent; after: LogEvent } | undefined {
	if (tried.session === null || tried.ask === null || tried.answer === null || !showsQuestion(tried.session)) return undefined;
	return { before: tried.ask, between: tried.session.ask, after: tried.answer };
}

import { firstAt } from "../../model/lists.ts";
import type { Server, Session, Try } from "../../model/story.ts";

/** Within this time (ms) two handshakes of a pair show the same clock difference, but for the network. */
export const narrow = 60;

/** Clocks are believed to drift or step by no more than this between two handshakes (ms). */
export const clockWindow = 3000;

/** Whether a handshake's two sides may be one, by what is known of ports and addresses. */
export type May = (tried: Try, session: Session) => boolean;

export interface Candidate {
	readonly tried: Try;
	readonly session: Session;
	/** How far the two clocks' difference would be from what is expected of the pair (ms). */
	readonly far: number;
}

export interface Pair {
	readonly replica: Server;
	readonly primary: Server;
	/**
	 * Replica's clock minus primary's in ms, of the handshakes joined so far, by position in the replica's
	 * log: a clock that is set back makes its times ambiguous, its log goes on.
	 */
	readonly deltas: { readonly at: number; readonly delta: number }[];
}

export class Pairs {
	readonly #pairs = new Map<string, Pair>();

	of(replica: Server, primary: Server): Pair {
		const key = `${replica.id}\n${primary.id}`;
		let pair = this.#pairs.get(key);
		if (pair === undefined) this.#pairs.set(key, (pair = { replica, primary, deltas: [] }));
		return pair;
	}
}

export function link(pair: Pair, tried: Try, session: Session): void {
	if (tried.session !== null || session.tryOf !== null) return;
	tried.session = session;
	tried.joinedBy = "time";
	session.tryOf = tried;
	const delta = difference(tried, session);
	if (delta !== undefined) pair.deltas.push({ at: tried.at, delta });
}

/** When the replica asked, by its own clock. */
export function askTime(tried: Try): number | null {
	return (tried.ask ?? tried.begin).time;
}

/** Replica's clock minus the primary's, by the two lines that are closest in a handshake. */
export function difference(tried: Try, session: Session): number | undefined {
	const asked = askTime(tried);
	return asked === null || session.ask.time === null || !showsQuestion(session) ? undefined : asked - session.ask.time;
}

/** The clock difference of a pair at a position of the replica's log, by its nearest joined handshake. */
export function deltaAt(pair: Pair, at: number): number | undefined {
	const { deltas } = pair;
	if (deltas.length === 0) return undefined;
	const low = Math.min(firstAt(deltas, (d) => d.at, at), deltas.length - 1);
	const after = deltas[low] as { at: number; delta: number };
	const before = deltas[low - 1];
	return before !== undefined && at - before.at < after.at - at ? before.delta : after.delta;
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

/** Whether the log shows the replica's question arrive or being decided; of a session that began before it only the end is there. */
export function showsQuestion({ ask }: Session): boolean {
	return ask.type.startsWith("sync.requested") || ask.type.startsWith("psync.") || ask.type.startsWith("fullresync.requested");
}

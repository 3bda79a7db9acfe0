import type { LogEvent } from "../model/event.ts";
import { added, none } from "../model/lists.ts";
import type { Phase, PhaseName } from "../model/report.ts";
import type { Outage, Session, Try } from "../model/story.ts";
import type { Case } from "./case.ts";
import { iso } from "./evidence.ts";

/** One phase and when it begins (ms on the reference's clock); null where no line shows it. */
type Mark = readonly [name: PhaseName, from: number | null];

/**
 * The course of an outage: no link, the handshake of the try that ended it, the wait for a snapshot
 * (and for the BGSAVE before it), its transfer, its load. Phases follow each other without a gap;
 * where the line between two of them is missing neither is told.
 */
export function phasesOf(c: Case, lost: number | null): readonly Phase[] {
	return stretchesOf(c, lost).map(({ name, from, to }) => ({ name, from: iso(from) as string, to: iso(to) as string }));
}

/** One phase, in ms on the reference's clock. */
export interface Stretch {
	readonly name: PhaseName;
	readonly from: number;
	readonly to: number;
}

/** The same in numbers. */
export function stretchesOf(c: Case, lost: number | null): readonly Stretch[] {
	if (c.outage === null) {
		const session = c.episode.sessions.at(-1);
		return session === undefined ? none : cut(...marksOfSession(c, session, lost));
	}
	const tried = c.outage.tries.at(-1);
	if (tried === undefined || tried.outcome === "failed") return without(c, c.outage, lost);
	return cut(...marksOfTry(c, tried, lost));
}

/** Nothing came of the tries: the link was down until the node was promoted, or as far as its log shows. */
function without(c: Case, outage: Outage, lost: number | null): readonly Stretch[] {
	const last = outage.promoted ?? outage.tries.at(-1)?.end;
	return last == null ? none : cut([["down", lost]], c.time(outage.server, last));
}

/** By the replica's log: what its last try went through. */
function marksOfTry(c: Case, tried: Try, lost: number | null): [Mark[], number | null] {
	const at = (event: LogEvent | null): number | null => (event === null ? null : c.time(tried.server, event));
	const first = c.outage?.tries[0];
	// A node that was never linked is without its stream from its first try on.
	const down = lost ?? (first === undefined || first === tried ? null : at(first.begin));
	const begun: Mark[] = [["down", down], ["handshake", at(tried.begin)]];
	const end = tried.outcome === "open" ? null : at(tried.end);
	if (tried.decided !== "full") return [begun, tried.decided === null ? null : end];
	// A primary that waits (for replicas to join, for another BGSAVE) answers only when the snapshot begins.
	return [[...begun, ["snapshot", at(tried.ask ?? tried.answer)], ["transfer", at(tried.receiving)], ["load", at(tried.received)]], end];
}

/** By the primary's log alone, which does not see the load. */
function marksOfSession(c: Case, session: Session, lost: number | null): [Mark[], number | null] {
	const at = (event: LogEvent | null): number | null => (event === null ? null : c.time(session.server, event));
	const first = c.episode.sessions[0];
	const down = lost ?? (first === undefined || first === session ? null : at(first.ask));
	const begun: Mark[] = [["down", down], ["handshake", at(session.ask)]];
	if (session.decided !== "full") return [begun, at(session.online)];
	// A snapshot that goes straight to the socket is sent while it is made.
	const streamed = session.snapshotEnd?.type === "rdb.transfer-ok" || session.snapshotBegin?.type === "rdb.transfer-started";
	const sent = streamed ? session.snapshotBegin : session.snapshotEnd;
	return [[...begun, ["snapshot", at(session.decision)], ["transfer", at(sent)]], at(session.online)];
}

function cut(marks: readonly Mark[], end: number | null): readonly Stretch[] {
	let phases: readonly Stretch[] = none;
	for (const [i, [name, from]] of marks.entries()) {
		const next = marks[i + 1];
		const to = next === undefined ? end : next[1];
		if (from === null || to === null || to < from) continue;
		phases = added(phases, { name, from, to });
	}
	return phases;
}

import type { ProcessLife } from "../../model/story.ts";
import type { Case } from "../case.ts";
import { defineTrigger } from "../rule.ts";

/** The primary's process ended and came back; refused connections in between are failed tries. */
export const primaryRestarted = defineTrigger({
	code: "primary-restarted",
	check: (c) => {
		const { session } = c;
		const ended = session === null ? endedUnder(c) : null;
		if (ended !== null) {
			return {
				proof: ended.before.endEvent !== null ? "proven" : "supported",
				facts: { end: ended.before.end },
				grounds: [
					ended.before.endEvent && { server: ended.before.server, event: ended.before.endEvent },
					ended.after.start && { server: ended.after.server, event: ended.after.start },
					...(c.outage?.losses.map((event) => ({ server: c.outage?.server ?? ended.before.server, event })) ?? []),
				],
			};
		}
		if (session === null || session.life.start === null || session.life.index === 0) return undefined;
		const loss = c.loss;
		if (loss?.reason !== "restart" && !restartedWhileAway(c)) return undefined;
		return {
			proof: c.tried !== null ? "proven" : "supported",
			facts: { end: session.server.lives[session.life.index - 1]?.end ?? null },
			grounds: [
				{ server: session.server, event: session.life.start },
				loss && { server: session.server, event: loss.event },
				...(c.outage?.losses.map((event) => ({ server: c.outage?.server ?? session.server, event })) ?? []),
			],
		};
	},
	explain: ({ end }) =>
		end === "shutdown" ? "the primary was shut down and started again" : end === "crash" ? "the primary crashed and started again" : "the primary's process was replaced by a new one",
});

/** Where nobody answered before the end: the primary's process that ended as the link did, and the next one. */
function endedUnder(c: Case): { before: ProcessLife; after: ProcessLife } | null {
	const { outage, primary } = c;
	const loss = outage?.losses[0];
	const lost = outage == null || loss === undefined ? null : c.time(outage.server, loss);
	if (lost === null || outage == null || primary === null || !outage.wasOnline) return null;
	for (const after of primary.lives) {
		const before = primary.lives[after.index - 1];
		if (before === undefined || after.start === null) continue;
		// A new process warns of the host's settings before it says that it starts.
		const last = primary.events.slice(before.from, after.from).findLast((e) => e.pid === before.pid);
		if (last === undefined) continue;
		const [end, start] = [c.time(primary, last), c.time(primary, after.start)];
		if (end !== null && start !== null && end <= lost + sameEnd && start >= lost - sameEnd) return { before, after };
	}
	return null;
}

/** A process's last line and its peer's notice of its end are no farther apart than this (ms). */
const sameEnd = 500;

/** The replica followed this primary, lost it, and the primary's start lies between the loss and the question. */
function restartedWhileAway(c: Case): boolean {
	const { session, outage, tried } = c;
	const start = session?.life.start;
	if (session == null || outage === null || tried === null || start == null) return false;
	const lost = outage.losses[0];
	if (lost === undefined || c.loss !== null) return false;
	const started = c.time(session.server, start);
	const ended = c.time(outage.server, lost);
	return started !== null && ended !== null && started >= ended - 500;
}

/** Its primary was itself a replica, was promoted and dropped its replicas so that they learn the new ID. */
export const primaryPromoted = defineTrigger({
	code: "primary-promoted",
	check: (c) => {
		const loss = c.loss;
		if (c.session === null || loss?.reason !== "promoted") return undefined;
		const { server } = c.session;
		return {
			proof: "proven",
			facts: {},
			grounds: [loss.because && { server, event: loss.because }, { server, event: loss.event }],
		};
	},
	explain: () => "its primary was itself a replica, was promoted and dropped its replicas so that they learn the new ID",
});

/** Its primary took a full resync and dropped its replicas. */
export const upstreamResynced = defineTrigger({
	code: "upstream-resynced",
	check: (c) => {
		const loss = c.loss;
		if (c.session === null || loss?.reason !== "resynced") return undefined;
		const { server } = c.session;
		return {
			proof: "proven",
			facts: { kind: loss.because?.type === "replid.primary-changed" ? "partial" : "full" },
			grounds: [loss.because && { server, event: loss.because }, { server, event: loss.event }],
		};
	},
	explain: ({ kind }) =>
		kind === "partial"
			? "its primary is itself a replica, learnt a new replication ID by a partial resync and dropped its replicas so that they learn it too"
			: "its primary is itself a replica, took a full resync and dropped its replicas",
});

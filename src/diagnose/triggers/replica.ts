import type { Case } from "../case.ts";
import { defineTrigger } from "../rule.ts";

/** The node's process restarted and came up as a replica, whatever it was before. */
export const replicaRestarted = defineTrigger({
	code: "replica-restarted",
	check: (c) => {
		const life = lastStart(c);
		if (life === null || life.index === 0) return undefined;
		const previous = life.server.lives[life.index - 1];
		return {
			proof: "proven",
			facts: { end: previous?.end ?? null },
			grounds: [
				life.start && { server: life.server, event: life.start },
				previous?.endEvent && { server: life.server, event: previous.endEvent },
			],
		};
	},
	explain: ({ end }) =>
		end === "shutdown" ? "the replica was shut down and started again" : end === "crash" ? "the replica crashed and started again" : "the replica's process was replaced by a new one, without a last line",
});

/** First known life of a process that came up as a replica. */
export const replicaStarted = defineTrigger({
	code: "replica-started",
	check: (c) => {
		const life = lastStart(c);
		if (life === null || life.index > 0 || c.outage?.wasOnline === true) return undefined;
		return { proof: "proven", facts: {}, grounds: [life.start && { server: life.server, event: life.start }] };
	},
	explain: () => "the replica started",
});

/** The process start in this outage after which the replica asked, if it came up as a replica. */
function lastStart(c: Case) {
	const life = c.outage?.starts.findLast((s) => s.start !== null && (c.tried === null || s.index <= c.tried.life.index)) ?? null;
	return life;
}

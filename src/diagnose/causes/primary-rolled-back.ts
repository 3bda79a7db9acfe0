import { exact, humanBytes } from "../../model/units.ts";
import { bothSides } from "../refusal.ts";
import type { Case } from "../case.ts";
import { defineCause } from "../rule.ts";

/** The primary came back from a snapshot older than what the replica has. */
export const primaryRolledBack = defineCause({
	code: "primary-rolled-back",
	check: (c) => {
		const { session } = c;
		if (session === null || c.decided !== "full") return undefined;
		const decision = session.decision;
		const { life, server } = session;
		const shifted = (c.story.histories.lastOf(server, session.at, "shifted")?.at ?? -1) >= life.from;
		let ahead: bigint | null = null;
		if (decision?.type === "psync.rejected.second-offset" && life.index > 0 && life.start !== null && !shifted) {
			ahead = decision.fields.requestedOffset - decision.fields.secondReplOffset;
		} else if (session.ahead !== null && decision?.type === "psync.rejected.backlog" && sameIdGranted(c)) {
			const primaryOffset = session.ahead.type === "psync.rejected.ahead" ? session.ahead.fields.primaryOffset : undefined;
			ahead = primaryOffset === undefined ? null : decision.fields.offset - primaryOffset - 1n;
			if (life.index === 0) return undefined;
		} else return undefined;
		return {
			proof: bothSides(c) === "proven" ? "proven" : "supported",
			facts: { bytesLost: ahead === null ? null : exact(ahead) },
			grounds: [
				decision && { server, event: decision },
				session.ahead && { server, event: session.ahead },
				life.start && { server, event: life.start },
				life.loaded && { server, event: life.loaded },
				c.tried?.ask && { server: c.tried.server, event: c.tried.ask },
			],
		};
	},
	explain: ({ bytesLost }) =>
		"the primary restarted from a snapshot older than what the replica already had" +
		(typeof bytesLost === "number" ? `: ${humanBytes(bytesLost)} of the history are lost on both` : ""),
	remedy: () => [
		"Treat it as data loss: the replica held newer data and was rolled back. Fail over to a replica instead of restarting a crashed primary in place.",
		"Stop primaries with SHUTDOWN SAVE.",
	],
});

function sameIdGranted(c: Case): boolean {
	return c.tried?.granted != null && c.tried.granted.replid === c.requestedId;
}

import { lastBefore } from "../../model/lines.ts";
import { previousSession } from "../case.ts";
import { defineCause } from "../rule.ts";

/** Same history, but the primary held no backlog at all. */
export const noBacklog = defineCause({
	code: "no-backlog",
	check: (c) => {
		const decision = c.decision;
		if (c.decided !== "full" || decision?.type !== "psync.rejected.backlog" || c.session === null) return undefined;
		const { session } = c;
		// Valkey 9.1 prints the range it holds; without a range it holds none.
		const saysNone = decision.fields.replid !== undefined && decision.fields.backlogFirst === undefined;
		const last = lastBefore(session.server, session.at, "backlog.freed");
		const freed = last === undefined || last.at < session.life.from ? undefined : last.event;
		// Whoever attaches creates a new backlog.
		const before = previousSession(c.story.sessionsOf(session.server), session);
		const asked = freed !== undefined && (before === undefined || before.at < (last?.at ?? 0));
		if (!saysNone && !asked) return undefined;
		return {
			proof: "proven",
			facts: { freedAfterSeconds: freed?.fields.seconds ?? null },
			grounds: [
				{ server: session.server, event: decision },
				freed && { server: session.server, event: freed },
				c.tried?.ask && { server: c.tried.server, event: c.tried.ask },
			],
		};
	},
	explain: ({ freedAfterSeconds }) =>
		freedAfterSeconds === null
			? "same history, but the primary held no backlog at all"
			: `same history, but the primary had freed its backlog after ${freedAfterSeconds} s without replicas`,
	remedy: ({ freedAfterSeconds }) =>
		freedAfterSeconds === null
			? ["A node creates its backlog when its first replica attaches: let replicas attach before you rely on it."]
			: ["Raise repl-backlog-ttl beyond your longest maintenance (0 keeps the backlog for ever)."],
});

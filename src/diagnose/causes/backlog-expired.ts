import { humanDuration, shortId } from "../../model/units.ts";
import { lastBefore } from "../../model/lines.ts";
import { bothSides, refusalGrounds, refusedById } from "../refusal.ts";
import { defineCause } from "../rule.ts";

/** No replica for repl-backlog-ttl: the primary freed its backlog and changed its ID. */
export const backlogExpired = defineCause({
	code: "backlog-expired",
	check: (c) => {
		const id = refusedById(c);
		if (id === null || c.session === null) return undefined;
		const { server, life, at } = c.session;
		const last = lastBefore(server, at, "backlog.freed");
		if (last === undefined || last.at < life.from) return undefined;
		const { event: freed, at: when } = last;
		const held = c.story.histories.lastHeld(server, id, when) !== undefined;
		// Up to 6.0.3 a primary does not log its ID: then the replica's own past must tell.
		const before = c.tried === null ? [] : c.story.triesOfPair(c.replica, server);
		// Redis 8 does not log what it grants over its RDB channel: what this process gave last must be it.
		const given = before.findLast((t) => c.tried !== null && t.at < c.tried.at && t.outcome === "full");
		const unlogged = given !== undefined && given.granted === null && given.session !== null && given.session.life === life && given.session.at < when;
		const followed = unlogged || before.some((t) => t.granted?.replid === id);
		const onlyPrimary = c.tried === null && c.session.lossBefore !== null && c.session.lossBefore.at < when;
		if (!held && !followed && !onlyPrimary) return undefined;
		return {
			proof: held || followed ? bothSides(c) : "inferred",
			facts: { replid: id, ttlSeconds: freed.fields.seconds },
			grounds: [{ server, event: freed }, ...refusalGrounds(c)],
		};
	},
	explain: ({ replid, ttlSeconds }) =>
		`the primary had no replica for ${humanDuration(ttlSeconds * 1000)}, freed its backlog and gave up its history ${shortId(replid)}`,
	remedy: () => ["Raise repl-backlog-ttl beyond your longest maintenance (0 keeps the backlog for ever)."],
});

import { shortId } from "../../model/units.ts";
import { lastBefore } from "../../model/lines.ts";
import { bothSides, refusalGrounds, refusedById } from "../refusal.ts";
import { defineCause } from "../rule.ts";

/** The primary's ID changed by command, or with no logged reason. */
export const replidChanged = defineCause({
	code: "replid-changed",
	check: (c) => {
		const id = refusedById(c);
		if (id === null || c.session === null) return undefined;
		const { server, life, at } = c.session;
		const held = c.primaryHeld(id);
		const last = lastBefore(server, at, "replid.debug-changed");
		const heldHere = held !== undefined && held.at >= life.from ? held : undefined;
		// Who has synchronised since the command has the new ID.
		const since = heldHere?.at ?? c.session.lossBefore?.since ?? null;
		const debug = last !== undefined && last.at >= life.from && since !== null && since < last.at ? last.event : undefined;
		if (heldHere === undefined && debug === undefined) return undefined;
		return {
			proof: debug === undefined ? "inferred" : bothSides(c),
			facts: { replid: id, command: debug === undefined ? null : "DEBUG CHANGE-REPL-ID" },
			grounds: [...refusalGrounds(c), debug && { server, event: debug }, held && { server, event: held.event }],
		};
	},
	explain: ({ replid, command }) =>
		`the primary no longer has the ID ${shortId(replid)}: it changed ${command === null ? "without a logged reason" : `by ${command}`}`,
	remedy: ({ command }) =>
		command === null ? [] : ["Do not run DEBUG CHANGE-REPL-ID on a server with replicas."],
});

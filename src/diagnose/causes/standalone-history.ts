import { exact, shortId } from "../../model/units.ts";
import { bothSides, ownHistory, refusalGrounds, refusedById } from "../refusal.ts";
import { defineCause } from "../rule.ts";

/** It offered the history that it began itself as a primary and never shared. */
export const standaloneHistory = defineCause({
	code: "standalone-history",
	check: (c) => {
		const id = refusedById(c);
		if (id === null || c.tried === null) return undefined;
		const own = ownHistory(c, id);
		if (own === null) return undefined;
		const offset = c.request?.offset ?? null;
		return {
			proof: bothSides(c),
			facts: { replid: id, offset: offset === null ? null : exact(offset), ...(c.tried.server.cluster ? { cluster: 1 } : {}) },
			grounds: [...refusalGrounds(c), own],
		};
	},
	explain: ({ replid, offset }) =>
		`it offered ${shortId(replid)}:${offset}, the history that it began itself as a primary and shared with nobody`,
	// A cluster node takes no replicaof: it begins as a primary, always.
	remedy: ({ cluster }) => [
		cluster === 1
			? "None needed when a new node joins: every cluster node begins with a history of its own."
			: "None needed when a new node joins. Start it with replicaof in its configuration to spare the detour.",
	],
});

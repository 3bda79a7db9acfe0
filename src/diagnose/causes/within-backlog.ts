import { exact, humanBytes } from "../../model/units.ts";
import { lastContact } from "../contact.ts";
import { defineCause } from "../rule.ts";

/** Partial: same ID, and the offset was still held. */
export const withinBacklog = defineCause({
	code: "within-backlog",
	check: (c) => {
		if (c.decided !== "partial") return undefined;
		const accepted = c.decision?.type === "psync.accepted" ? c.decision : null;
		const offset = c.request?.offset ?? null;
		return {
			proof: c.tried !== null && c.session !== null ? "proven" : "supported",
			facts: {
				sentBytes: accepted?.fields.bytes ?? null,
				offset: offset === null ? null : exact(offset),
				awayMs: lastContact(c)?.ms ?? null,
			},
			grounds: [
				accepted && c.session && { server: c.session.server, event: accepted },
				c.tried?.ask && { server: c.tried.server, event: c.tried.ask },
				c.tried?.answer && { server: c.tried.server, event: c.tried.answer },
			],
		};
	},
	explain: ({ sentBytes, offset }) =>
		`the backlog still held what it had missed${sentBytes === null ? "" : `: ${humanBytes(sentBytes)}${offset === null ? "" : ` from offset ${offset}`}`}`,
	remedy: () => [],
});

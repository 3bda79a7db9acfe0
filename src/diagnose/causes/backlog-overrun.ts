import { configBytes, exact, humanBytes, humanDuration, shortId } from "../../model/units.ts";
import { lastContact } from "../contact.ts";
import type { Case } from "../case.ts";
import { defineCause } from "../rule.ts";

/** Same history, but the bytes wanted had left the backlog. */
export const backlogOverrun = defineCause({
	code: "backlog-overrun",
	check: (c) => {
		const request = c.request;
		if (c.decided !== "full" || c.offeredNothing) return undefined;
		const decision = c.decision;
		const refused = decision?.type === "psync.rejected.backlog";
		const sameId = c.tried?.granted != null && c.requestedId !== null && c.tried.granted.replid === c.requestedId;
		const laterSameId = !refused && !sameId && c.tried?.granted == null && c.requestedId !== null && keptId(c, c.requestedId);
		if (!refused && !sameId && !laterSameId) return undefined;
		const granted = c.tried?.granted ?? null;
		const missed = granted !== null && request !== null && sameId ? granted.offset + 1n - request.offset : null;
		const first = refused ? (decision.fields.backlogFirst ?? null) : null;
		const needed = missed ?? (first !== null && request !== null ? first - request.offset : null);
		const away = lastContact(c);
		const rate = missed !== null && away !== null && away.ms > 0 ? Number(missed) / (away.ms / 1000) : null;
		return {
			proof: refused ? "proven" : sameId ? "supported" : "inferred",
			facts: {
				replid: c.requestedId,
				missedBytes: missed === null ? null : exact(missed),
				backlogFirst: first === null ? null : exact(first),
				neededBytes: needed === null ? null : exact(needed),
				awayMs: away?.ms ?? null,
				bytesPerSecond: rate === null ? null : Math.round(rate),
			},
			grounds: [
				refused && c.session ? { server: c.session.server, event: decision } : null,
				c.tried?.ask && { server: c.tried.server, event: c.tried.ask },
				c.tried?.answer && { server: c.tried.server, event: c.tried.answer },
			],
			missing:
				missed === null ? ["the replica's log, or INFO replication of the primary: they tell how many bytes were missed"] : [],
		};
	},
	explain: ({ replid, missedBytes, awayMs, bytesPerSecond }) => {
		const id = typeof replid === "string" ? ` ${shortId(replid)}` : "";
		const parts = [`same history${id}, but the bytes it needed had left the backlog`];
		if (typeof missedBytes === "number") {
			const away = typeof awayMs === "number" ? ` while it was away for ${humanDuration(awayMs)}` : "";
			const rate = typeof bytesPerSecond === "number" ? ` (${humanBytes(bytesPerSecond)}/s)` : "";
			parts.push(`the primary wrote ${humanBytes(missedBytes)}${away}${rate}`);
		}
		return parts.join("; ");
	},
	remedy: ({ neededBytes, missedBytes }) => {
		if (typeof missedBytes !== "number") {
			return typeof neededBytes === "number"
				? [`Raise repl-backlog-size by at least ${humanBytes(neededBytes)}.`]
				: ["Raise repl-backlog-size to twice what the primary writes during the longest outage you want to survive."];
		}
		return [
			`A backlog of ${humanBytes(missedBytes)} would have sufficed: set repl-backlog-size ${configBytes(missedBytes * 2)} (twice that).`,
		];
	},
});

/** Redis 8's RDB channel never logs what was granted; the next question shows the ID it continued with. */
function keptId(c: Case, replid: string): boolean {
	const { tried, outage } = c;
	if (tried === null || outage === null) return false;
	for (let i = tried.at + 1; i < tried.server.events.length; i++) {
		const event = tried.server.events[i];
		if (event?.type === "psync.request" && event !== tried.ask) return event.fields.replid === replid;
		if (event?.type === "replid.primary-changed" || event?.type === "fullresync.granted") return false;
	}
	return false;
}

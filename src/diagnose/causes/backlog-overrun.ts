import { configBytes, exact, humanBytes, humanDuration, shortId } from "../../model/units.ts";
import type { Case } from "../case.ts";
import { lastContact } from "../contact.ts";
import { backlogOf, covers, offsetAfter, writeRate } from "../figures.ts";
import { defineCause } from "../rule.ts";

/** No server makes a smaller backlog (server.h, CONFIG_REPL_BACKLOG_MIN_SIZE). */
const smallest = 16_384;

/** A link that is found dead when it is used again gives no rate (ms). */
const shortest = 1000;

/** Same history, but the bytes wanted had left the backlog. */
export const backlogOverrun = defineCause({
	code: "backlog-overrun",
	check: (c) => {
		const request = c.request;
		if (c.decided !== "full" || c.offeredNothing) return undefined;
		const decision = c.decision;
		const refused = decision?.type === "psync.rejected.backlog";
		// The primary says that it does not know the history.
		if (decision?.type === "psync.rejected.replid-mismatch" || decision?.type === "psync.rejected.second-offset") return undefined;
		const sameId = c.tried?.granted != null && c.requestedId !== null && c.tried.granted.replid === c.requestedId;
		const laterSameId = !refused && !sameId && c.tried?.granted == null && c.requestedId !== null && keptId(c, c.requestedId);
		if (!refused && !sameId && !laterSameId) return undefined;
		const granted = c.tried?.granted ?? null;
		const missed = granted !== null && request !== null && sameId ? granted.offset + 1n - request.offset : null;
		const first = refused ? (decision.fields.backlogFirst ?? null) : null;
		const needed = missed ?? (first !== null && request !== null ? first - request.offset : null);
		const later = missed === null && request !== null ? offsetAfter(c) : null;
		const atMost = later !== null && request !== null && later >= request.offset ? later + 1n - request.offset : null;
		const away = lastContact(c);
		const rate = missed !== null && away !== null && away.ms >= shortest ? (Number(missed) * 1000) / away.ms : writeRate(c);
		const backlog = backlogOf(c);
		return {
			// Any backlog holds so little: without the refusal it may have been emptied, or never there.
			proof: refused ? "proven" : sameId && (missed === null || missed > BigInt(smallest)) ? "supported" : "inferred",
			facts: {
				replid: c.requestedId,
				missedBytes: missed === null ? null : exact(missed),
				backlogFirst: first === null ? null : exact(first),
				neededBytes: needed === null ? null : exact(needed),
				neededAtMostBytes: needed === null && atMost !== null ? exact(atMost) : null,
				// By the rate around it, where nothing tells exactly.
				estimatedBytes:
					missed !== null || needed !== null || atMost !== null || rate === null || away === null ? null : Math.round((rate * away.ms) / 1000),
				awayMs: away?.ms ?? null,
				bytesPerSecond: rate === null ? null : Math.round(rate),
				backlogBytes: backlog?.size ?? null,
				coversMs: covers(backlog?.size ?? null, rate),
				sampledMs: backlog?.sampledMs ?? null,
			},
			grounds: [
				refused && c.session ? { server: c.session.server, event: decision } : null,
				c.tried?.ask && { server: c.tried.server, event: c.tried.ask },
				c.tried?.answer && { server: c.tried.server, event: c.tried.answer },
			],
			seen: backlog?.seen ?? [],
			missing:
				missed === null && atMost === null
					? ["the replica's log, or INFO replication of the primary: they tell how many bytes were missed"]
					: refused
						? []
						: ["the primary's log at that time: it tells whether the backlog was too small, or had been emptied"],
		};
	},
	explain: ({ replid, missedBytes, neededAtMostBytes, estimatedBytes, awayMs, bytesPerSecond, backlogBytes, sampledMs }) => {
		const id = typeof replid === "string" ? ` ${shortId(replid)}` : "";
		const parts = [`same history${id}, but the bytes it needed had left the backlog`];
		if (typeof missedBytes === "number") {
			const away =
				typeof awayMs !== "number" ? "" : awayMs >= shortest ? ` while it was away for ${humanDuration(awayMs)}` : " that it had not read";
			const rate = typeof bytesPerSecond === "number" ? ` (${humanBytes(bytesPerSecond)}/s)` : "";
			parts.push(`the primary wrote ${humanBytes(missedBytes)}${away}${rate}`);
		} else if (typeof neededAtMostBytes === "number") {
			parts.push(`the primary wrote at most ${humanBytes(neededAtMostBytes)} meanwhile`);
		} else if (estimatedBytes !== null && awayMs !== null && bytesPerSecond !== null) {
			parts.push(`it was away for ${humanDuration(awayMs)}, in which the primary wrote about ${humanBytes(estimatedBytes)} (${humanBytes(bytesPerSecond)}/s around it)`);
		}
		if (backlogBytes !== null) parts.push(`its backlog is ${humanBytes(backlogBytes)}${sampled(sampledMs)}`);
		return parts.join("; ");
	},
	remedy: ({ neededBytes, neededAtMostBytes, estimatedBytes, missedBytes, bytesPerSecond, backlogBytes, coversMs }) => {
		const enough = typeof missedBytes === "number" ? missedBytes : neededAtMostBytes;
		if (typeof enough !== "number") {
			if (estimatedBytes !== null && estimatedBytes > smallest)
				return [`About ${humanBytes(estimatedBytes)} were written meanwhile: set repl-backlog-size ${configBytes(estimatedBytes * 2)} (twice that).`];
			return typeof neededBytes === "number"
				? [`Raise repl-backlog-size by at least ${humanBytes(neededBytes)}.`]
				: ["Raise repl-backlog-size to twice what the primary writes during the longest outage you want to survive."];
		}
		const held = Math.max(backlogBytes ?? smallest, smallest);
		if (held >= enough) {
			return [
				`${backlogBytes === null ? "Even the smallest backlog, of" : "The backlog of"} ${humanBytes(held)} is large enough for ${humanBytes(enough)}, but it did not reach back so far: it was begun or emptied meanwhile. Up to 6.2 CONFIG SET repl-backlog-size empties it; a new primary begins its own. Let replicas attach before either.`,
			];
		}
		const today =
			backlogBytes === null || coversMs === null || typeof bytesPerSecond !== "number"
				? ""
				: `; today's ${humanBytes(backlogBytes)} covers ${humanDuration(coversMs)} at ${humanBytes(bytesPerSecond)}/s`;
		return [
			`A backlog of ${humanBytes(enough)} would have sufficed: set repl-backlog-size ${configBytes(enough * 2)} (twice that)${today}.`,
		];
	},
});

/** How long before or after the decision INFO was taken. */
function sampled(ms: number | null): string {
	if (ms === null) return " by INFO";
	return Math.abs(ms) < 1000 ? " by INFO at that time" : ` by INFO ${humanDuration(Math.abs(ms))} ${ms < 0 ? "before" : "later"}`;
}

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

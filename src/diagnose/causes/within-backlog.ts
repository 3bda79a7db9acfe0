import { exact, humanBytes, humanDuration } from "../../model/units.ts";
import type { Case } from "../case.ts";
import { lastContact } from "../contact.ts";
import { backlogOf, covers, writeRate } from "../figures.ts";
import { defineCause } from "../rule.ts";

/** Shorter outages give no rate worth the name (ms). */
const shortest = 1000;

const longest = 48 * 3_600_000;

/** Partial: same ID, and the offset was still held. */
export const withinBacklog = defineCause({
	code: "within-backlog",
	check: (c) => {
		if (c.decided !== "partial") return undefined;
		const accepted = c.decision?.type === "psync.accepted" ? c.decision : null;
		const offset = c.request?.offset ?? null;
		const sent = accepted?.fields.bytes ?? null;
		const away = lastContact(c)?.ms ?? null;
		const figures = backlogOf(c);
		const backlog = figures?.size ?? null;
		const rate = sent !== null && sent > 0 && away !== null && away >= shortest ? (sent * 1000) / away : writeRate(c);
		return {
			proof: c.tried !== null && c.session !== null && !holdsAnother(c) ? "proven" : "supported",
			facts: {
				sentBytes: sent,
				offset: offset === null ? null : exact(offset),
				awayMs: away,
				backlogBytes: backlog,
				/** Share of the backlog that was used, 0 to 1. */
				backlogUsed: backlog === null || sent === null || backlog === 0 ? null : Math.round((sent / backlog) * 1e4) / 1e4,
				bytesPerSecond: backlog === null || rate === null ? null : Math.round(rate),
				coversMs: covers(backlog, rate),
				sampledMs: figures?.sampledMs ?? null,
				/** How much longer it would have held. */
				leftMs: backlog === null || sent === null ? null : covers(Math.max(0, backlog - sent), rate),
			},
			grounds: [
				accepted && c.session && { server: c.session.server, event: accepted },
				c.tried?.ask && { server: c.tried.server, event: c.tried.ask },
				c.tried?.answer && { server: c.tried.server, event: c.tried.answer },
			],
			seen: figures?.seen ?? [],
		};
	},
	explain: ({ sentBytes, offset, backlogBytes, backlogUsed, bytesPerSecond, leftMs }) => {
		const held = "the backlog still held what it had missed";
		if (sentBytes === null) return held;
		const sent = `${held}: ${humanBytes(sentBytes)}${offset === null ? "" : ` from offset ${offset}`}`;
		if (backlogBytes === null || backlogUsed === null) return sent;
		const used = `${sent}, ${percent(backlogUsed)} of its ${humanBytes(backlogBytes)}`;
		// An idle primary's backlog holds for weeks, which helps nobody.
		if (leftMs === null || bytesPerSecond === null || leftMs > longest) return used;
		return `${used}, which would have held for another ${humanDuration(leftMs)} at ${humanBytes(bytesPerSecond)}/s`;
	},
	remedy: () => [],
});

/** Whether the primary had gone on to another ID than was asked for: then the line that would tell so is missing. */
function holdsAnother({ session, requestedId, story }: Case): boolean {
	if (session === null || requestedId === null) return false;
	const held = story.histories.lastOf(session.server, session.at, "created", "shifted", "adopted", "continued");
	// One that restarts may mint an ID that no line of its own tells.
	return held !== undefined && held.at >= session.life.from && held.replid !== requestedId;
}

/** `0 %`, `0.2 %`, `12 %`. */
function percent(share: number): string {
	const value = share * 100;
	return `${value === 0 || value >= 10 ? value.toFixed(0) : value < 0.1 ? "under 0.1" : value.toFixed(1)} %`;
}

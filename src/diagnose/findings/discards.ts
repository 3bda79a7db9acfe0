import type { Story } from "../../correlate/index.ts";
import type { LogEvent } from "../../model/event.ts";
import type { Offset } from "../../model/report.ts";
import type { Server } from "../../model/story.ts";
import { exact } from "../../model/units.ts";
import type { Ground } from "../case.ts";
import { idleGrowth, queuedHellos, usualSentinels } from "../heartbeat.ts";
import { readClient } from "./client-list.ts";
import { type Promotion, promotionBefore, promotionsOf, shiftsByNewId } from "./promotions.ts";
import type { Told } from "./told.ts";

/** A full resync that threw away what a node had beyond the fork of a history. */
export interface Discard {
	readonly told: Told;
	/** Bytes beyond the fork. */
	readonly bytes: number;
	/**
	 * `heartbeat-only`: no more than an idle server's stream grows by in the time since the promotion. `unsure`:
	 * no more than Sentinels' queued commands add where a primary stood still.
	 */
	readonly content: "heartbeat-only" | "unsure" | "writes";
	/** The history that forked, and where. */
	readonly replid: string | null;
	readonly forkOffset: Offset;
	/**
	 * `old-side`: the node had followed (or been) the old primary beyond the point where another was
	 * promoted. `promoted-side`: it had been promoted itself, and its primary never learned of it.
	 */
	readonly side: "old-side" | "promoted-side";
	/** The promotion that made the fork, where a log shows it. */
	readonly promotion: Promotion | null;
	readonly grounds: readonly Ground[];
}

/** Whether a Sentinel had a hand in it; a name that the server keeps secret may be a Sentinel's. */
function bySentinel({ told, promotion }: Found): boolean {
	const name = readClient(promotion?.command?.fields.client ?? "").name ?? "";
	return (
		told.resync.trigger.code === "sentinel-command" ||
		name.startsWith("sentinel-") ||
		name.includes("redacted")
	);
}

type Found = Omit<Discard, "content">;

/** Every full resync that discarded a piece of history, with its size. */
export function discardsOf(story: Story, all: readonly Told[]): Discard[] {
	const promotions = promotionsOf(story);
	const byNewId = shiftsByNewId(promotions);
	const sentinels = story.servers.filter((s) => s.sentinel).length;
	return all.flatMap((told): Discard[] => {
		const found = beyondFork(told, promotions) ?? ownPiece(told, byNewId);
		if (found === null) return [];
		const since = found.promotion?.time ?? null;
		const seconds = since === null || told.askedAt === null ? 0 : Math.max(0, told.askedAt - since) / 1000;
		const watching = sentinels > 0 ? sentinels : bySentinel(found) ? usualSentinels : 0;
		const idle = idleGrowth(seconds, watching);
		if (found.bytes <= idle) return [{ ...found, content: "heartbeat-only" }];
		const queued = found.side === "old-side" && bySentinel(found) ? queuedHellos(watching) : 0;
		return [{ ...found, content: found.bytes <= idle + queued ? "unsure" : "writes" }];
	});
}

/** The new primary says how far it can reply, and what was asked lies beyond. */
function beyondFork(told: Told, promotions: ReadonlyMap<Server, readonly Promotion[]>): Found | null {
	const { cause } = told.resync;
	const { bytesBeyondFork, forkOffset, replid } = cause.facts;
	if (
		cause.code !== "diverged-history" ||
		typeof bytesBeyondFork !== "number" ||
		forkOffset == null
	)
		return null;
	const session = told.episode.sessions.find((s) => s.decision?.type === "psync.rejected.second-offset");
	const promotion =
		session === undefined ? null : promotionBefore(promotions.get(session.server), session.at);
	return {
		told,
		bytes: bytesBeyondFork,
		replid: typeof replid === "string" ? replid : (promotion?.shift?.fields.oldReplid ?? null),
		forkOffset,
		side: "old-side",
		promotion,
		grounds: grounds(session?.server, session?.decision, promotion, told),
	};
}

/** It asks with the ID of its own promotion: from that offset on its history is its own. */
function ownPiece(told: Told, byNewId: ReadonlyMap<string, Promotion>): Found | null {
	const { cause, verdict } = told.resync;
	if (cause.code !== "promoted-history" || verdict === "partial") return null;
	const { request } = told.resync;
	if (request === null) return null;
	const promotion = byNewId.get(request.replid) ?? null;
	const shift = promotion?.shift;
	if (promotion === null || shift == null || promotion.server.id !== told.resync.replica) return null;
	const { secondReplOffset } = shift.fields;
	const bytes = Number(BigInt(request.offset) - secondReplOffset);
	if (bytes <= 0 || !Number.isSafeInteger(bytes)) return null;
	const session = told.episode.sessions.find((s) => s.decided === "full");
	return {
		told,
		bytes,
		replid: shift.fields.oldReplid,
		forkOffset: exact(secondReplOffset),
		side: "promoted-side",
		promotion,
		grounds: grounds(session?.server, session?.decision, promotion, told),
	};
}

function grounds(
	server: Server | undefined,
	decision: LogEvent | null | undefined,
	promotion: Promotion | null,
	told: Told,
): Ground[] {
	const lines: Ground[] = [];
	if (server !== undefined && decision != null) lines.push({ server, event: decision });
	if (promotion !== null) lines.push({ server: promotion.server, event: promotion.shift ?? promotion.event });
	const tried = told.episode.outage?.tries.find((t) => t.ask !== null);
	if (tried?.ask != null) lines.push({ server: tried.server, event: tried.ask });
	if (tried?.answer != null) lines.push({ server: tried.server, event: tried.answer });
	return lines;
}

import { isReplicaClient } from "../../correlate/primary-side.ts";
import type { Story } from "../../correlate/index.ts";
import type { EventOf } from "../../model/event.ts";
import type { Server, Session } from "../../model/story.ts";
import { allLinesOf } from "../../model/lines.ts";
import { readClient } from "./client-list.ts";

/** A replica that its primary closed because too much waited for it. */
export interface BufferKill {
	readonly server: Server;
	readonly event: EventOf<"client.output-buffer">;
	/** On the reference's clock, in ms. */
	readonly at: number | null;
	/** Bytes that waited. */
	readonly bytes: number | null;
	/** Seconds for which the connection had stood. */
	readonly age: number | null;
	readonly session: Session | null;
	/** Since when the buffer had been filling, where a snapshot was under way; ms. */
	readonly filledFrom: number | null;
	readonly limit: Limit;
}

/** Which limit was hit, as far as the number of bytes tells: servers do not print it. */
export interface Limit {
	readonly kind: "hard" | "soft" | null;
	readonly bytes: number | null;
}

const mib = 1024 ** 2;
/** Default of client-output-buffer-limit for replicas: 256mb 64mb 60. */
const defaultHard = 256 * mib;
const defaultSoft = 64 * mib;
export const defaultSoftSeconds = 60;
/** After a synchronisation the replica still loads: what piles up then belongs to it, in ms. */
const loadingTime = 300_000;

/** All replicas that primaries closed for their output buffer, by primary. */
export function bufferKillsOf(story: Story): Map<Server, BufferKill[]> {
	const sessions = new Map<unknown, Session>();
	for (const session of story.sessions) {
		for (const event of [session.failure?.event, session.loss?.because]) {
			if (event?.type === "client.output-buffer") sessions.set(event, session);
		}
	}
	const kills = new Map<Server, BufferKill[]>();
	for (const server of story.servers) {
		const own: BufferKill[] = [];
		for (const event of allLinesOf(server, "client.output-buffer")) {
			if (isReplicaClient(event.fields.client)) own.push(killOf(story, server, event, sessions.get(event) ?? null));
		}
		if (own.length > 0) kills.set(server, own);
	}
	return kills;
}

function killOf(
	story: Story,
	server: Server,
	event: EventOf<"client.output-buffer">,
	session: Session | null,
): BufferKill {
	const { omem, obl, age } = readClient(event.fields.client);
	const bytes = omem === null ? null : omem + (obl ?? 0);
	const at = story.time(server, event);
	return {
		server,
		event,
		at,
		bytes,
		age,
		session,
		filledFrom: filledFrom(story, session, at),
		limit: limitOf(omem, age),
	};
}

/** The stream is kept for a replica from the moment its snapshot begins until it has loaded it. */
function filledFrom(story: Story, session: Session | null, at: number | null): number | null {
	if (session === null || session.decided !== "full" || at === null) return null;
	const begin = session.lines.find((e) => e.type === "bgsave.start") ?? session.snapshotBegin;
	if (begin == null) return null;
	const online = session.online === null ? null : story.time(session.server, session.online);
	if (online !== null && at - online > loadingTime) return null;
	return story.time(session.server, begin);
}

/**
 * A hard limit closes at the first write beyond it, so that the size stands just above a round
 * number. The default soft limit closes between 64 and 256 MiB, 60 s after it was passed.
 */
export function limitOf(bytes: number | null, age: number | null): Limit {
	if (bytes === null) return { kind: null, bytes: null };
	const round = roundBelow(bytes);
	if (round !== null) return { kind: "hard", bytes: round };
	const long = age === null || age >= defaultSoftSeconds;
	if (bytes > defaultSoft && bytes < defaultHard && long) return { kind: "soft", bytes: defaultSoft };
	return { kind: null, bytes: null };
}

/** The round size that a number stands just above, or null: the larger the number, the rounder and the nearer. */
function roundBelow(bytes: number): number | null {
	const [step, slack] =
		bytes >= 1024 * mib
			? [256 * mib, mib]
			: bytes >= defaultHard
				? [16 * mib, mib / 16]
				: bytes >= defaultSoft
					? [4 * mib, mib / 64]
					: [mib, mib / 64];
	const binary = bytes - (bytes % step);
	if (binary > 0 && bytes - binary <= slack) return binary;
	// Written as plain numbers, limits have one digit and zeros.
	const power = 10 ** Math.floor(Math.log10(bytes));
	const decimal = bytes - (bytes % power);
	return bytes >= 1e6 && bytes - decimal <= slack ? decimal : null;
}

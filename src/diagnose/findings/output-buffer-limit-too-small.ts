import { versionOf } from "../../correlate/servers.ts";
import type { Story } from "../../correlate/index.ts";
import type { Resync } from "../../model/report.ts";
import type { Server } from "../../model/story.ts";
import { configBytes, humanBytes, humanDuration } from "../../model/units.ts";
import { iso } from "../evidence.ts";
import { type BufferKill, bufferKillsOf, defaultSoftSeconds } from "./buffer-kills.ts";
import { defineFinding } from "./define.ts";
import { known, largest, sample, smallest, tally } from "./figures.ts";
import { counted, times } from "./phrases.ts";
import { roundsOf } from "./rounds.ts";
import { toldOf } from "./told.ts";

/** From so many kills on it is no accident. */
const often = 3;
/** Repeated kills within this share of each other were at the same size. */
const alike = 0.02;

/** The primary closed replicas because more waited for them than the limit allows. */
export const outputBufferLimitTooSmall = defineFinding({
	code: "output-buffer-limit-too-small",
	check: (story, resyncs) => {
		const byPrimary = bufferKillsOf(story);
		const durations = byPrimary.size === 0 ? new Map<Server, number>() : syncDurations(story, resyncs);
		return [...byPrimary].map(([server, kills]) => {
			const hit = resyncsOf(server, resyncs);
			const bytes = known(kills.map((k) => k.bytes));
			const [limit] = tally(kills.map((k) => `${k.limit.kind} ${k.limit.bytes}`))[0] ?? ["null null"];
			const chosen = kills.find((k) => `${k.limit.kind} ${k.limit.bytes}` === limit)?.limit;
			const rate = largest(kills.map(growthOf));
			const syncMs = durations.get(server) ?? null;
			const most = largest(bytes);
			const needed = rate === null || syncMs === null ? null : Math.ceil((rate * syncMs) / 1000);
			return {
				severity:
					kills.length >= often || hit.some((r) => r.onlineAt === null)
						? ("critical" as const)
						: ("warning" as const),
				node: server.id,
				resyncs: hit.map((r) => r.id),
				facts: {
					kills: kills.length,
					replicas: new Set(
						kills.map((k) => k.session?.peer ?? k.event.fields.client.replace(/:\d+ .*$/, "")),
					).size,
					limit: chosen?.kind ?? null,
					limitBytes: chosen?.bytes ?? null,
					softSeconds: chosen?.kind === "soft" ? defaultSoftSeconds : null,
					bytes: most,
					smallestBytes: smallest(bytes),
					sameSize: sameSize(bytes) ? 1 : 0,
					bytesPerSecond: rate === null ? null : Math.round(rate),
					syncMs,
					// What was too little once cannot have been enough.
					neededBytes: needed === null || needed <= (most ?? 0) ? null : needed,
					first: iso(smallest(kills.map((k) => k.at))),
					last: iso(largest(kills.map((k) => k.at))),
					word: replicaWord(server),
				},
				grounds: sample(kills).flatMap(({ event, session }) => [
					{ server, event },
					session === null ? null : { server, event: session.snapshotBegin ?? session.ask },
				]),
			};
		});
	},
	explain: ({
		kills,
		replicas,
		limit,
		limitBytes,
		softSeconds,
		bytes,
		smallestBytes,
		sameSize: same,
		bytesPerSecond,
		syncMs,
		neededBytes,
	}) => {
		const who = replicas === 1 ? "a replica" : counted(replicas, "replica");
		const size =
			bytes === null
				? ""
				: kills === 1 || same === 1
					? ` at ${humanBytes(bytes)}`
					: ` at ${humanBytes(smallestBytes ?? bytes)} to ${humanBytes(bytes)}`;
		const which =
			limit === "hard"
				? `: just above ${humanBytes(limitBytes ?? 0)}, so by the look of it the hard limit`
				: limit === "soft"
					? `: between the default soft limit (${humanBytes(limitBytes ?? 0)} for ${softSeconds} s) and the hard one, so by the look of it the soft limit`
					: "; the log does not print the limit, and the size fits none of the defaults";
		const growth = bytesPerSecond === null ? "" : `; the buffer grew by ${humanBytes(bytesPerSecond)}/s`;
		const need =
			neededBytes === null || syncMs === null
				? ""
				: `; a synchronisation takes ${humanDuration(syncMs)} here, so ${humanBytes(neededBytes)} would have held`;
		return `the primary closed ${who} ${times(kills)} because the output buffer outgrew its limit${size}${which}${growth}${need}`;
	},
	remedy: ({ limit, bytes, bytesPerSecond, neededBytes, word }) => {
		const wanted = neededBytes ?? bytes;
		if (wanted === null)
			return [
				`Raise client-output-buffer-limit ${word} beyond what the primary writes during one whole synchronisation.`,
			];
		const value = configBytes(wanted * 2);
		const basis =
			neededBytes === null
				? "twice what was not enough; raise it further if it happens again"
				: "twice what that synchronisation needed";
		return [
			...(limit === null && bytes !== null
				? [
						`CONFIG GET client-output-buffer-limit first: where the hard limit is above ${humanBytes(bytes)} already, the soft one closed it. Raise that one, and lower neither.`,
					]
				: []),
			`CONFIG SET client-output-buffer-limit "${word} ${value} ${value} ${defaultSoftSeconds}" on the primary (${basis}), and in its configuration file.`,
			...(limit === "soft" ? ["It was the soft limit: raising the hard one alone does not help."] : []),
			`Set repl-backlog-size to about as much (${value}), or the replica needs everything again after each such loss.`,
			...(bytesPerSecond === null
				? []
				: [
						`For a longer synchronisation count on ${humanBytes(bytesPerSecond)} more for each second that it takes.`,
					]),
		];
	},
});

/** Bytes a second, from the begin of the snapshot to the kill. */
function growthOf({ bytes, at, filledFrom }: BufferKill): number | null {
	if (bytes === null || at === null || filledFrom === null || at <= filledFrom) return null;
	return bytes / ((at - filledFrom) / 1000);
}

function sameSize(bytes: readonly number[]): boolean {
	const [least, most] = [smallest(bytes), largest(bytes)];
	return least !== null && most !== null && most - least <= alike * most;
}

/** The longest full synchronisation of each primary that succeeded, from the begin of its snapshot, in ms. */
function syncDurations(story: Story, resyncs: readonly Resync[]): Map<Server, number> {
	const longest = new Map<Server, number>();
	for (const told of toldOf(story, resyncs)) {
		if (told.resync.verdict !== "full") continue;
		for (const { session, to, outcome } of roundsOf(story, told)) {
			if (session === null || outcome !== "full" || to === null) continue;
			const begin =
				session.lines.find((e) => e.type === "bgsave.start") ?? session.snapshotBegin ?? session.ask;
			const from = story.time(session.server, begin);
			if (from === null || to <= from) continue;
			longest.set(session.server, Math.max(longest.get(session.server) ?? 0, to - from));
		}
	}
	return longest;
}

function resyncsOf(server: Server, resyncs: readonly Resync[]): Resync[] {
	return resyncs.filter(
		(r) =>
			r.primary === server.id &&
			(r.trigger.code === "output-buffer-overrun" ||
				r.attempts.some((a) => a.reason?.code === "output-buffer-overrun")),
	);
}

/** The name that the server's version knows the class of clients by. */
function replicaWord(server: Server): string {
	const life = server.lives.at(-1);
	const version = life === undefined ? null : versionOf(life);
	if (version !== null) return /^[2-4]\./.test(version) ? "slave" : "replica";
	return server.events.some((e) => /\breplica\b/.test(e.text))
		? "replica"
		: server.events.some((e) => /\bslave\b/i.test(e.text))
			? "slave"
			: "replica";
}

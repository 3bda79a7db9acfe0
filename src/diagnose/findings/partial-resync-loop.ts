import { humanBytes, humanDuration } from "../../model/units.ts";
import type { Story } from "../../correlate/index.ts";
import { allLinesOf } from "../../model/lines.ts";
import type { Ground } from "../case.ts";
import { iso } from "../evidence.ts";
import { defineFinding } from "./define.ts";
import { median, sample, sum } from "./figures.ts";
import { gapsOf, partialLoopsOf, toldIn, upsOf } from "./losses.ts";
import { counted } from "./phrases.ts";
import { nodeOf, spanOf, together } from "./runs.ts";
import { linksOf, type Told } from "./told.ts";

/** Partial resyncs that follow each other as soon as the link stands: each looks innocent. */
export const partialResyncLoop = defineFinding({
	code: "partial-resync-loop",
	check: (story, resyncs) => {
		const loops = linksOf(story, resyncs).flatMap((link) => partialLoopsOf(link));
		return together(loops).map((group) => {
			const told = toldIn(group);
			const { from, to } = spanOf(group);
			const errors = writeErrors(story, told, from, to);
			const endless = group.some((l) => l.told.at(-1)?.onlineAt === null);
			return {
				severity: told.length >= 100 || endless ? ("critical" as const) : ("warning" as const),
				node: nodeOf(group),
				resyncs: told.map((t) => t.resync.id),
				facts: {
					rounds: told.length,
					replicas: new Set(group.map((l) => l.replica)).size,
					from: iso(from),
					to: iso(to),
					lastsMs: to - from,
					periodMs: median(group.flatMap(gapsOf)),
					upMs: median(group.flatMap(upsOf)),
					sentBytes: sum(told.map((t) => t.resync.bytes.sent)),
					writeErrors: errors.length,
				},
				grounds: [...sample(told).flatMap(lossOf), ...sample(errors, 2)],
			};
		});
	},
	explain: ({ rounds, replicas, lastsMs, periodMs, upMs, sentBytes, writeErrors: errors }) => {
		const who = replicas === 1 ? "the replica" : counted(replicas, "replica");
		const every = periodMs === null ? "" : `, one every ${humanDuration(periodMs)}`;
		const up = upMs === null ? "" : `; the link stands for ${humanDuration(upMs)} each time`;
		const sent =
			sentBytes === null || sentBytes === 0 ? "" : `; ${humanBytes(sentBytes)} of backlog were sent for it`;
		const said = errors === 0 ? "" : `; the primary logs ${counted(errors, "write error")} meanwhile`;
		return `${who} continued the stream ${counted(rounds, "time")} in ${humanDuration(lastsMs)}${every}, and lost it at once${up}${sent}${said}`;
	},
	remedy: ({ replicas, writeErrors: errors }) => [
		errors > 0
			? "The primary's own writes to the replica fail: look at TLS (and its version's known faults), and at the network between the two."
			: "Look for what closes the connection as soon as data flows: TLS, a proxy or firewall, one very large command, a limit on the replica's query buffer.",
		...(replicas === 1
			? ["Make sure that no second replica uses the same address, and that no script kills the client."]
			: []),
		"CONFIG SET loglevel verbose on both for a minute: it logs the reason for which a connection is closed.",
	],
});

function lossOf(told: Told): Ground[] {
	const { outage } = told.episode;
	const server = outage?.server;
	if (outage != null && server !== undefined)
		return outage.losses.slice(0, 1).map((event) => ({ server, event }));
	const session = told.episode.sessions[0];
	return session?.lossBefore == null ? [] : [{ server: session.server, event: session.lossBefore.event }];
}

/** "Error writing to client" on the primary between two times: printed at verbose level only. */
function writeErrors(story: Story, told: readonly Told[], from: number, to: number): Ground[] {
	const server = told.find((t) => t.episode.primary !== null)?.episode.primary;
	if (server == null) return [];
	return [...allLinesOf(server, "client.write-error")]
		.filter((event) => {
			const at = story.time(server, event);
			return at !== null && at >= from && at <= to;
		})
		.map((event) => ({ server, event }));
}

import type { Story } from "../../correlate/index.ts";
import type { LogEvent } from "../../model/event.ts";
import { pushTo } from "../../model/lists.ts";
import type { Server } from "../../model/story.ts";
import { humanDuration } from "../../model/units.ts";
import type { Ground } from "../case.ts";
import { iso } from "../evidence.ts";
import { defineFinding } from "./define.ts";
import { largest, sample } from "./figures.ts";
import { counted, times } from "./phrases.ts";
import { type Stall, stallsOf } from "./stalls.ts";
import { toldOf } from "./told.ts";

/** Links that break within this time of each other broke for one stall, in ms. */
const oneStall = 5000;

/** A server was there but stood still: both sides lost each other, and nobody restarted. */
export const serverStalled = defineFinding({
	code: "server-stalled",
	check: (story, resyncs) => {
		const byServer = new Map<string, Stall[]>();
		for (const stall of stallsOf(story, toldOf(story, resyncs))) {
			// What its own log shows it busy with is told with repl-timeout.
			if (stall.busy === null) pushTo(byServer, stall.server?.id ?? stall.address ?? "", stall);
		}
		return [...byServer].map(([id, stalls]) => {
			const one = stalls[0] as Stall;
			const { server } = one;
			const host = server === null && one.address === null;
			const silence = server === null ? null : silenceOf(story, server, one);
			return {
				severity: "warning" as const,
				node: host || id === "" ? null : id,
				resyncs: stalls.map((s) => s.told.resync.id),
				facts: {
					stalls: countOf(stalls),
					links: new Set(stalls.map((s) => s.told.resync.replica)).size,
					role: host ? "host" : one.told.resync.primary === id ? "primary" : "replica",
					from: iso(one.from),
					to: iso(one.to),
					atLeastMs: host ? null : largest(stalls.map((s) => s.to - s.from)),
					silentFrom: silence === null ? null : iso(silence.from.at),
					silentTo: silence === null ? null : iso(silence.to.at),
					silentMs: silence === null ? null : silence.to.at - silence.from.at,
					tilt: stalls.some((s) => s.grounds.some((g) => g.event.type === "sentinel.tilt")) ? 1 : 0,
				},
				grounds: [
					...sample(stalls).flatMap((s) => s.grounds),
					...(silence === null || server === null ? [] : [silence.from.ground, silence.to.ground]),
				],
			};
		});
	},
	explain: ({ stalls, links, role, atLeastMs, silentMs }) => {
		if (role === "host") {
			return `a Sentinel found that its time had jumped as ${links === 1 ? "the link" : counted(links, "link")} broke: the host or its processes stood still, not the network between them`;
		}
		const proof =
			role === "primary"
				? "its replicas lost it, could connect again at once, and got no answer"
				: "the primary dropped it, and it noticed only when it moved again";
		const how =
			atLeastMs === null
				? ""
				: `${stalls === 1 ? "" : ", the longest"} for at least ${humanDuration(atLeastMs)} beyond repl-timeout`;
		const silent = silentMs === null ? "" : `; its log is silent for ${humanDuration(silentMs)} around it`;
		return `the ${role} stood still${stalls === 1 ? "" : ` ${times(stalls)}`}${how}: ${proof}; nobody restarted${silent}`;
	},
	remedy: ({ role }) =>
		role === "host"
			? [
					"Look at the host: a suspended or migrated virtual machine, a paused container, a laptop that slept.",
				]
			: [
					`Look at the ${role}'s host for that time: swapping, CPU steal, a paused or migrated virtual machine, a stopped process (SIGSTOP, debugger); and at LATENCY DOCTOR and SLOWLOG GET for one slow command.`,
					"Raise repl-timeout only if such pauses are meant to be borne.",
				],
});

/** Stalls that several links saw at once are one. */
function countOf(stalls: readonly Stall[]): number {
	let count = 0;
	let last = Number.NEGATIVE_INFINITY;
	for (const at of stalls.map((s) => s.to).sort((a, b) => a - b)) {
		if (at - last > oneStall) count++;
		last = at;
	}
	return count;
}

interface Mark {
	readonly at: number;
	readonly ground: Ground;
}

/** The last line of the server's log before it was given up, and the first one when it moved again. */
function silenceOf(story: Story, server: Server, { from, to }: Stall): { from: Mark; to: Mark } | null {
	let last: Mark | null = null;
	for (const event of server.events) {
		const at = story.time(server, event);
		if (at === null) continue;
		if (at >= to - 1) return last === null ? null : { from: last, to: markOf(server, event, at) };
		// Something was logged while it should have stood still: then it is not its silence that tells.
		if (at > from) return null;
		last = markOf(server, event, at);
	}
	return null;
}

function markOf(server: Server, event: LogEvent, at: number): Mark {
	return { at, ground: { server, event } };
}

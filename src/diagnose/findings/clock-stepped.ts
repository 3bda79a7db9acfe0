import type { Story } from "../../correlate/index.ts";
import type { LogEvent } from "../../model/event.ts";
import { pushTo } from "../../model/lists.ts";
import type { Server } from "../../model/story.ts";
import { humanDuration } from "../../model/units.ts";
import type { Ground } from "../case.ts";
import { iso } from "../evidence.ts";
import { defineFinding } from "./define.ts";
import { largest, sample } from "./figures.ts";
import { times } from "./phrases.ts";

/** Time daemons slew smaller differences (ntpd steps above 128 ms): less is an event loop that came late, in ms. */
const smallest = 100;
const hour = 3_600_000;
/** A jump this near to an hour is daylight saving time, in ms. */
const nearHour = 60_000;

interface Step {
	readonly server: Server;
	/** Forward in ms; negative for backward. */
	readonly by: number;
	readonly at: number | null;
	/** The first line after it. */
	readonly event: LogEvent | null;
	readonly proof: "log" | "handshakes";
	readonly grounds: readonly Ground[];
}

/** One node's clock jumped: its log goes backwards, or its distance to the others changes. */
export const clockStepped = defineFinding({
	code: "clock-stepped",
	check: (story) => {
		const byServer = new Map<Server, Step[]>();
		for (const server of story.servers) {
			for (const step of backwardsIn(story, server)) pushTo(byServer, server, step);
		}
		for (const step of betweenHandshakes(story)) {
			// What the log shows by itself the handshakes measure: without the time that passed meanwhile.
			const known = byServer.get(step.server) ?? [];
			const same = known.findIndex(({ event }) => event === step.event);
			if (same < 0) pushTo(byServer, step.server, step);
			else known[same] = { ...(known[same] as Step), by: step.by };
		}
		return [...byServer].map(([server, steps]) => {
			const biggest = largest(steps.map((s) => Math.abs(s.by))) ?? 0;
			const one = steps.find((s) => Math.abs(s.by) === biggest) as Step;
			const summer = steps.every((s) => Math.abs(Math.abs(s.by) - hour) <= nearHour);
			return {
				severity: summer ? ("info" as const) : ("warning" as const),
				node: server.id,
				resyncs: [],
				facts: {
					steps: steps.length,
					byMs: one.by,
					at: iso(one.at),
					proof: one.proof,
					daylightSaving: summer ? 1 : 0,
				},
				grounds: sample(steps).flatMap((s) => s.grounds),
			};
		});
	},
	explain: ({ steps, byMs, proof, daylightSaving }) => {
		const way = byMs < 0 ? "back" : "forward";
		const how =
			proof === "log"
				? "its log goes backwards"
				: "handshakes with another node allow no single difference of the two clocks";
		const summer =
			daylightSaving === 1 ? "; by the hour of it daylight saving time, not a fault of the clock" : "";
		return `the clock was set ${times(steps)}, at most ${humanDuration(Math.abs(byMs))} ${way}: ${how}; times around it are less sure${summer}`;
	},
	remedy: ({ daylightSaving }) =>
		daylightSaving === 1
			? [
					"Run the servers in UTC, or with log-timestamp-format iso8601 (Valkey 8.1+): local times are told twice in that hour.",
				]
			: [
					"Let NTP slew the clock instead of stepping it (chrony: makestep only at start). Sentinel goes into TILT on such jumps and does nothing for half a minute.",
				],
});

/** Lines of one process whose times run backwards. */
function backwardsIn(story: Story, server: Server): Step[] {
	return story.clocks.jumpsOf(server).map(({ order, by }): Step => {
		const event = server.events[order] as LogEvent;
		const before = server.events.slice(0, order).findLast((e) => e.time !== null && !e.signal) ?? event;
		return {
			server,
			by,
			at: story.time(server, event),
			event,
			proof: "log",
			grounds: [
				{ server, event: before },
				{ server, event },
			],
		};
	});
}

/** Steps that only the comparison with another clock shows. */
function betweenHandshakes(story: Story): Step[] {
	const steps = story.clocks.steps.filter(({ by }) => Math.abs(by) >= smallest);
	return steps.map(({ server, order, by }): Step => {
		const event = server.events[order];
		return {
			server,
			by,
			at: event === undefined ? null : story.time(server, event),
			event: event ?? null,
			proof: "handshakes",
			grounds: event === undefined ? [] : [{ server, event }],
		};
	});
}

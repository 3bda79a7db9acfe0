import { handshakeBounds } from "../../correlate/join.ts";
import type { Story } from "../../correlate/index.ts";
import type { LogEvent } from "../../model/event.ts";
import type { Server } from "../../model/story.ts";

/** An event in the common order of all logs. */
export interface Placed {
	readonly server: Server;
	/** Position in `server.events`. */
	readonly at: number;
	readonly event: LogEvent;
	/** On the reference's clock, ms; null for lines without a time of their own. */
	readonly time: number | null;
}

/** Beyond this (ms) an order that contradicts the clocks is no rounding but a wrong pair of logs. */
const tolerance = 10_000;

/**
 * Merges all logs by the corrected clock. Each log keeps its own order, and no line stands before
 * one that must have been earlier: a question before its arrival, that before the answer. Clocks
 * are only known to some milliseconds, so that their times alone would turn some of them round.
 */
export function inOrder(story: Story): Placed[] {
	const causes = causesOf(story);
	const queues = story.servers.map((server) => queueOf(server, story));
	const placed = new Set<LogEvent>();
	const out: Placed[] = [];
	for (;;) {
		let next: Queue | undefined;
		let free: Queue | undefined;
		for (const queue of queues) {
			const head = queue.events[queue.head];
			if (head === undefined) continue;
			const key = queue.keys[queue.head] as number;
			if (next === undefined || key < (next.keys[next.head] as number)) next = queue;
			if (free !== undefined && key >= (free.keys[free.head] as number)) continue;
			const waits = causes.get(head.event)?.some((cause) => !placed.has(cause)) ?? false;
			if (!waits) free = queue;
		}
		if (next === undefined) return out;
		const far =
			free === undefined || (free.keys[free.head] as number) - (next.keys[next.head] as number) > tolerance;
		const chosen = far ? next : (free as Queue);
		const head = chosen.events[chosen.head] as Placed;
		chosen.head++;
		placed.add(head.event);
		out.push(head);
	}
}

interface Queue {
	readonly events: readonly Placed[];
	/** Times by which the heads are compared: of lines without one, that of the line before. */
	readonly keys: readonly number[];
	head: number;
}

function queueOf(server: Server, story: Story): Queue {
	const events = server.events.map((event, at) => ({ server, at, event, time: story.time(server, event) }));
	const first = events.find(({ time }) => time !== null)?.time ?? Number.NEGATIVE_INFINITY;
	let last = first;
	const keys = events.map(({ time }) => (last = time ?? last));
	return { events, keys, head: 0 };
}

/** For an event, those of other logs that must have been before it. */
function causesOf(story: Story): Map<LogEvent, LogEvent[]> {
	const causes = new Map<LogEvent, LogEvent[]>();
	const add = (cause: LogEvent, effect: LogEvent): void => {
		const list = causes.get(effect);
		if (list === undefined) causes.set(effect, [cause]);
		else list.push(cause);
	};
	for (const tried of story.tries) {
		const lines = handshakeBounds(tried);
		if (lines === undefined || tried.session === null) continue;
		add(lines.before, lines.between);
		add(lines.between, lines.after);
		// Logged after the answer is on its way, but decided before it.
		if (tried.session.decision !== null && tried.session.decision !== lines.between)
			add(tried.session.decision, lines.after);
	}
	for (const { sent, received } of story.sentinelCommands) add(sent, received);
	return causes;
}

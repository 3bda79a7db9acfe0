import type { LogEvent } from "../model/event.ts";
import type { Server } from "../model/story.ts";

/** Lines of one process never stand in the wrong order by more than this (ms). */
const disorder = 1000;
/** Handshakes tell the size of a step to within this (ms). */
const sameStep = 2000;

/** Places of lines in their servers' logs, found when asked for: a clock that runs twice over a time does not tell them. */
export class LogOrder {
	readonly #places = new Map<Server, ReadonlyMap<LogEvent, number>>();

	/** The line's position in `server.events`. */
	of(server: Server, event: LogEvent): number {
		let places = this.#places.get(server);
		if (places === undefined) {
			places = new Map(server.events.map((e, i) => [e, i]));
			this.#places.set(server, places);
		}
		return places.get(event) ?? 0;
	}
}

/** A line before which a clock was set back. */
export interface JumpBack {
	/** Its position in `server.events`, and its time on the new clock (ms). */
	readonly order: number;
	readonly at: number;
	/** How far back it goes from the line before it (ms, negative): the time between the two lines is not known. */
	readonly by: number;
}

/** Lines of one process of one log whose times go back. */
export function jumpsBack(server: Server): JumpBack[] {
	const jumps: JumpBack[] = [];
	let last: LogEvent | null = null;
	for (const [order, event] of server.events.entries()) {
		if (event.time === null || event.signal) continue;
		const before: LogEvent | null = last;
		last = event;
		if (before?.time == null || before.pid !== event.pid || before.place.input !== event.place.input) continue;
		const by = event.time - before.time;
		if (by < -Math.max(disorder, before.precision, event.precision)) jumps.push({ order, at: event.time, by });
	}
	return jumps;
}

/** Whether a log's times go back somewhere: its clock was set back, or its parts stand in the wrong order. */
export function goesBack(server: Server): boolean {
	let latest = Number.NEGATIVE_INFINITY;
	for (const { time, signal } of server.events) {
		if (time === null || signal) continue;
		if (time < latest - disorder) return true;
		if (time > latest) latest = time;
	}
	return false;
}

/**
 * The line from which on a clock was set by about so much, after one place of its log and no later than another:
 * where times jump by that much and the time that passed meanwhile; else behind the longest silence, since lines
 * that stand close together belong together.
 */
export function findStep(server: Server, after: number, upTo: number, by: number): { order: number; at: number } | undefined {
	let before: number | null = null;
	let jump: { order: number; at: number } | undefined;
	let silence: { order: number; at: number } | undefined;
	let least = Number.POSITIVE_INFINITY;
	let longest = Number.NEGATIVE_INFINITY;
	for (let order = Math.max(0, after); order <= upTo; order++) {
		const event = server.events[order];
		if (event === undefined || event.time === null || event.signal) continue;
		if (before !== null) {
			const gap = event.time - before;
			const passed = gap - by;
			const jumps = passed > -sameStep && (by > 0 || gap < -disorder);
			if (jumps && passed < least) {
				least = passed;
				jump = { order, at: event.time };
			}
			if (gap > longest) {
				longest = gap;
				silence = { order, at: event.time };
			}
		}
		before = event.time;
	}
	return jump ?? silence;
}

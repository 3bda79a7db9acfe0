import type { LogEvent } from "../model/event.ts";
import type { Server } from "../model/story.ts";
import { disorder } from "./survey.ts";

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

/** A jump is one of the clock only if so many lines on either side stand by it: one line may be garbled. */
const witnesses = 2;

/** Lines of one process of one log from which on times go back. */
export function jumpsBack(server: Server): JumpBack[] {
	const jumps: JumpBack[] = [];
	if (!server.traits.goesBack) return jumps;
	let last = -1;
	const { events } = server;
	for (let order = 0; order < events.length; order++) {
		const event = events[order] as LogEvent;
		if (event.time === null || event.signal) continue;
		const before = events[last];
		last = order;
		if (before?.time == null) continue;
		const by = event.time - before.time;
		if (by >= -disorder || by >= -Math.max(before.precision, event.precision) || !isOneLog(before, event)) continue;
		const later = neighbours(server, order, -1).every((time) => time > (event.time as number) + disorder);
		const behind = neighbours(server, order, 1).every((time) => time < (before.time as number));
		if (later && behind) jumps.push({ order, at: event.time, by });
	}
	return jumps;
}

const isOneLog = (a: LogEvent, b: LogEvent): boolean => a.pid === b.pid && a.place.input === b.place.input;

/** Times of the next lines of the same process, one way or the other. */
function neighbours({ events }: Server, order: number, way: 1 | -1): number[] {
	const own = events[order] as LogEvent;
	const times: number[] = [];
	for (let i = order + way; i >= 0 && i < events.length && times.length < witnesses; i += way) {
		const event = events[i] as LogEvent;
		if (event.time === null || event.signal || event.pid !== own.pid) continue;
		if (event.place.input !== own.place.input) break;
		times.push(event.time);
	}
	return times;
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

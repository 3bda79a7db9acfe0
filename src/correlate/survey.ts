import type { LogEvent, MessageType } from "../model/event.ts";
import type { LogTraits } from "../model/story.ts";

/** Lines of one process never stand in the wrong order by more than this (ms). */
export const disorder = 1000;

/** What one walk over the events of a server tells: a long log has a million, and to fetch them all takes longer than to look. */
export interface Survey {
	/** Where each type of message stands: in four bytes a line. */
	readonly positions: ReadonlyMap<MessageType, Uint32Array>;
	/** The type of each line, as its place in `types`. */
	readonly typeOf: Uint16Array;
	readonly types: readonly MessageType[];
	readonly traits: LogTraits;
	/** Lines of Sentinels, by their role in the front. */
	readonly sentinelLines: number;
}

export function survey(events: readonly LogEvent[]): Survey {
	const typeOf = new Uint16Array(events.length);
	const numbers = new Map<MessageType, number>();
	const counts: number[] = [];
	let sentinelLines = 0;
	let zone: number | null = null;
	let signals = false;
	let stamped = false;
	let goesBack = false;
	let longestGap = 0;
	let before: number | null = null;
	for (let at = 0; at < events.length; at++) {
		const event = events[at] as LogEvent;
		const { type, time } = event;
		let number = numbers.get(type);
		if (number === undefined) {
			number = counts.push(0) - 1;
			numbers.set(type, number);
		}
		(counts[number] as number)++;
		typeOf[at] = number;
		if (event.role === "X") sentinelLines++;
		if (event.outerTime !== null) stamped = true;
		if (event.signal) {
			signals = true;
			continue;
		}
		zone ??= event.zone;
		if (time === null) continue;
		if (before !== null) {
			const gap = time - before;
			if (gap < -disorder) goesBack = true;
			longestGap = Math.max(longestGap, gap, -gap);
		}
		before = time;
	}
	const types = [...numbers.keys()];
	return { positions: positionsOf(typeOf, types, counts), typeOf, types, traits: { zone, signals, stamped, goesBack, longestGap }, sentinelLines };
}

function positionsOf(typeOf: Uint16Array, types: readonly MessageType[], counts: readonly number[]): Map<MessageType, Uint32Array> {
	const lists = counts.map((count) => new Uint32Array(count));
	const filled = counts.map(() => 0);
	for (let at = 0; at < typeOf.length; at++) {
		const number = typeOf[at] as number;
		(lists[number] as Uint32Array)[(filled[number] as number)++] = at;
	}
	return new Map(types.map((type, number) => [type, lists[number] as Uint32Array]));
}

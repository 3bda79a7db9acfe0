import type { EventOf, MessageType } from "./event.ts";
import { firstAt, self } from "./lists.ts";
import type { Server } from "./story.ts";

/*
 * Lines of a server's log by the type of their message: who asks wants few of a million.
 */

/** The events of some types, each with its own fields. */
export type EventIn<T extends MessageType> = { [K in T]: EventOf<K> }[T];

/** Lines of some types in a part of a server's log. */
export function* linesOf<T extends MessageType>(server: Server, from: number, to: number, ...types: T[]): Generator<EventIn<T>> {
	for (const at of positionsOf(server, from, to, ...types)) yield server.events[at] as EventIn<T>;
}

/** All lines of some types in a server's log. */
export function allLinesOf<T extends MessageType>(server: Server, ...types: T[]): Generator<EventIn<T>> {
	return linesOf(server, 0, server.events.length, ...types);
}

/** Where lines of some types stand in a part of a server's log. */
export function positionsOf(server: Server, from: number, to: number, ...types: readonly MessageType[]): readonly number[] {
	const found: number[] = [];
	let kinds = 0;
	for (const type of types) {
		const positions = server.positions.get(type);
		if (positions === undefined) continue;
		const before = found.length;
		for (let i = firstAt(positions, self, from); i < positions.length && (positions[i] as number) < to; i++) found.push(positions[i] as number);
		if (found.length > before) kinds++;
	}
	return kinds < 2 ? found : found.sort((a, b) => a - b);
}

/** The last event of one type before a position, or undefined. */
export function lastBefore<T extends MessageType>(server: Server, before: number, type: T): { event: EventOf<T>; at: number } | undefined {
	const positions = server.positions.get(type) ?? [];
	const at = positions[firstAt(positions, self, before) - 1];
	return at === undefined ? undefined : { event: server.events[at] as EventOf<T>, at };
}

import type { Fields, MessageType } from "../../grammars/messages/index.ts";
import type { Level, RoleLetter } from "../../grammars/prefix.ts";

export type { Fields, MessageType } from "../../grammars/messages/index.ts";
export type { Level, RoleLetter } from "../../grammars/prefix.ts";

/** Where an event stands: which input (by the name it was given) and which of its lines, from 1. */
export interface Place {
	readonly input: string;
	readonly line: number;
}

/** What every event has, whatever its message. */
export interface EventHead {
	readonly place: Place;
	/**
	 * When the server says it happened, in milliseconds since 1970. UTC where the line tells its zone
	 * (`zone` not null), else the server's wall clock read as if it were UTC. Null where the line has
	 * no time of its own.
	 */
	readonly time: number | null;
	/** Minutes east of UTC where the line tells, else null. */
	readonly zone: number | null;
	/** Uncertainty of `time` in milliseconds: 1000 for lines that print whole seconds only. */
	readonly precision: number;
	/** Time that a wrapper stamped on the line (container runtime, journal …), UTC ms, or null. */
	readonly outerTime: number | null;
	readonly pid: number | null;
	readonly role: RoleLetter | null;
	readonly level: Level | null;
	/** True for a line of the signal handler. */
	readonly signal: boolean;
	/** The message as logged, without the front. */
	readonly text: string;
	/** Set where the line was put together from pieces (a paste wrapped it): no proof of anything. */
	readonly mended?: true;
}

/** An event of one message type, with the values of its template's holes. */
export type EventOf<T extends MessageType> = EventHead & { readonly type: T; readonly fields: Fields<T> };

/** One log line that rlog understands. Named so because `Event` is a global of the platform. */
export type LogEvent = { [T in MessageType]: EventOf<T> }[MessageType];

/** The event as plain data, all of it: in memory much of it is shared with others. */
export function plainEvent<E extends LogEvent>(event: E): E {
	const { place, time, zone, precision, outerTime, pid, role, level, signal, text, mended, type, fields } = event;
	return {
		place,
		time,
		zone,
		precision,
		outerTime,
		pid,
		role,
		level,
		signal,
		text,
		...(mended && { mended }),
		type,
		fields,
	} as E;
}

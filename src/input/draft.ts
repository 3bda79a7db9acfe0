import type { ParsedMessage } from "../../grammars/message-grammar.ts";
import type { EventHead, LogEvent } from "../model/event.ts";
import type { Dated } from "./clock.ts";
import type { LineFront } from "./line-front.ts";

/** One log line on its way into a stream. */
export interface LogLine {
	readonly front: LineFront;
	/** Which line of the input it is, from 1. */
	readonly number: number;
	/** Time that a wrapper stamped on it, UTC ms, or null. */
	readonly outerTime: number | null;
	/** True where it was put together from pieces. */
	readonly mended: boolean;
	/** How many lines it took, where more than one. */
	readonly pieces?: number;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** An event whose year may still have to be found. */
export type Draft = Writable<EventHead> &
	ParsedMessage &
	Dated & {
		/** Set for a line without a proper front: whether it stands among lines that have one. */
		attached?: boolean;
	};

/** Makes an event of a line and its message. */
export function draftOf(input: string, line: LogLine, parsed: ParsedMessage): Draft {
	const { front, number, outerTime } = line;
	const { stamp } = front;
	return {
		place: { input, line: number },
		time: stamp?.ms ?? null,
		zone: stamp?.zone ?? null,
		precision: stamp?.precision ?? 0,
		outerTime,
		pid: front.pid,
		role: front.role,
		level: front.level,
		signal: front.signal,
		text: front.message,
		...(stamp?.year === false && { yearless: true }),
		...(front.dateless && { dateless: true }),
		...(line.mended && { mended: true as const }),
		...parsed,
	};
}

/** What makes two lines the same line pasted twice: all but the place. */
export const identity = (draft: Draft): string =>
	`${draft.pid} ${draft.role} ${draft.time} ${draft.level} ${draft.text}`;

/** The finished event: a draft is one as it is, unless something more had to be known of it. */
export function eventOf(draft: Draft): LogEvent {
	if (draft.yearless === undefined && draft.attached === undefined) return draft;
	const { yearless: _, attached: __, dateless: ___, ...event } = draft;
	return event as LogEvent;
}

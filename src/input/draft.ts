import type { Said } from "../../grammars/message-grammar.ts";
import type { Wording } from "../../grammars/wording.ts";
import { type EventHead, type LogEvent, type MessageType, type Place, plainEvent } from "../model/event.ts";
import type { Dated } from "./clock.ts";
import type { LineFront } from "./line-front.ts";
import type { Origin, OriginHead, Origins } from "./origin.ts";

/** One log line on its way into a stream. */
export interface LogLine {
	readonly front: LineFront;
	/** Which line of the input it is, from 1. */
	readonly number: number;
	/** Time that a wrapper stamped on it, UTC ms, or null. */
	readonly outerTime: number | null;
}

/** A message that was understood: how it is worded, and its values. */
export type Message = Pick<Said, "wording" | "fields">;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** An event whose year may still have to be found. */
export type Draft = Writable<EventHead> &
	LogEvent &
	Dated & {
		/** Which line of the input it is: `place.line`. */
		readonly line: number;
		/** Set for a line without a proper front: whether it stands among lines that have one. */
		attached?: boolean;
	};

/** What few lines have. */
interface Oddities {
	readonly outerTime: number | null;
	readonly mended?: true | undefined;
	readonly dateless?: boolean | undefined;
	readonly attached?: boolean | undefined;
}

/** The difference of two whole numbers; told so to the engine, a small one is not kept in a box of its own. */
function less(time: number, base: number): number {
	const moment = time - base;
	return moment === (moment | 0) ? moment | 0 : moment;
}

const momentOf = (time: number | null, { base }: Origin): number =>
	time === null || base === null ? 0 : less(time, base);

/**
 * An event, as small as it goes: a log of a million lines has as many. What it shares with others it
 * points to; what is asked for seldom is put together then.
 */
class LineEvent {
	// Declared only: a field that is set twice keeps the engine from knowing what it holds.
	declare origin: Origin;
	declare readonly wording: Wording;
	declare readonly fields: Message["fields"];
	declare readonly line: number;
	/** Its time, less the base of its origin. */
	declare moment: number;

	constructor(origin: Origin, time: number | null, { wording, fields }: Message, line: number) {
		this.origin = origin;
		this.wording = wording;
		this.fields = fields;
		this.line = line;
		this.moment = momentOf(time, origin);
	}

	get type(): MessageType {
		return this.wording.type;
	}

	get text(): string {
		return this.wording.text(this.fields);
	}

	get place(): Place {
		return { input: this.origin.input, line: this.line };
	}

	get time(): number | null {
		const { base } = this.origin;
		return base === null ? null : base + this.moment;
	}

	set time(time: number | null) {
		const { outerTime } = this;
		this.origin = this.origin.at(time);
		this.moment = momentOf(time, this.origin);
		this.stamp(outerTime);
	}

	get outerTime(): number | null {
		return null;
	}

	/** Notes a wrapper's time, where there is one. */
	protected stamp(_: number | null): void {}

	get pid(): EventHead["pid"] {
		return this.origin.pid;
	}

	get role(): EventHead["role"] {
		return this.origin.role;
	}

	get level(): EventHead["level"] {
		return this.origin.level;
	}

	get zone(): EventHead["zone"] {
		return this.origin.zone;
	}

	get precision(): number {
		return this.origin.precision;
	}

	get signal(): boolean {
		return this.origin.signal;
	}

	get yearless(): true | undefined {
		return this.origin.yearless;
	}

	/** All of it as plain data, whoever asks for it. */
	toJSON(): LogEvent {
		return plainEvent(this as unknown as LogEvent);
	}
}

/** An event on whose line a wrapper stamped a time. */
class StampedEvent extends LineEvent {
	/** That time, less the base of its origin. */
	declare outer: number | null;

	constructor(origin: Origin, time: number | null, message: Message, line: number, outerTime: number | null) {
		super(origin, time, message, line);
		this.stamp(outerTime);
	}

	override get outerTime(): number | null {
		return this.outer === null ? null : this.outer + (this.origin.base ?? 0);
	}

	protected override stamp(outerTime: number | null): void {
		this.outer = outerTime === null ? null : less(outerTime, this.origin.base ?? 0);
	}
}

/** An event with something that few have. */
class OddEvent extends StampedEvent {
	declare readonly mended: true | undefined;
	declare readonly dateless: boolean | undefined;
	declare attached: boolean | undefined;

	constructor(origin: Origin, time: number | null, message: Message, line: number, odd: Oddities) {
		super(origin, time, message, line, odd.outerTime);
		this.mended = odd.mended;
		this.dateless = odd.dateless;
		this.attached = odd.attached;
	}
}

/** Makes an event of a line that has nothing unusual: most have not. */
export function plainDraft(origin: Origin, time: number, message: Message, line: number): Draft {
	return new LineEvent(origin, time, message, line) as unknown as Draft;
}

/** Makes an event of any line. `attached` is set for a line without a proper front. */
export function draftOf(
	origins: Origins,
	{ front, number, outerTime }: LogLine,
	message: Message,
	{ mended = false, attached }: { readonly mended?: boolean; readonly attached?: boolean } = {},
): Draft {
	const { stamp, pid, role, level, signal, dateless } = front;
	const yearless = stamp?.year === false || undefined;
	const [zone, precision] = [stamp?.zone ?? null, stamp?.precision ?? 0];
	const head = { pid, role, level, zone, precision, signal, yearless };
	return eventOf(origins, head, stamp?.ms ?? null, message, number, {
		outerTime,
		mended: mended || undefined,
		dateless,
		attached,
	});
}

/** Makes an event of all that is known of it. */
export function eventOf(
	origins: Origins,
	head: OriginHead,
	time: number | null,
	message: Message,
	line: number,
	odd: Oddities,
): Draft {
	return newEvent(origins.of(head, time), time, message, line, odd);
}

/** The same event once more: its time may be worked out anew, or it gets another origin. */
export function copyOf(draft: Draft, origins?: Origins): Draft {
	const event = draft as unknown as LineEvent;
	const origin = origins === undefined ? event.origin : origins.of(event.origin, draft.time);
	return newEvent(origin, draft.time, event, event.line, draft);
}

function newEvent(origin: Origin, time: number | null, message: Message, line: number, odd: Oddities): Draft {
	const { outerTime, mended, dateless, attached } = odd;
	const event =
		mended || dateless || attached !== undefined
			? new OddEvent(origin, time, message, line, odd)
			: outerTime !== null
				? new StampedEvent(origin, time, message, line, outerTime)
				: new LineEvent(origin, time, message, line);
	return event as unknown as Draft;
}

/** What makes two lines the same line pasted twice: all but the place. */
export const identity = (draft: Draft): string =>
	`${draft.pid} ${draft.role} ${draft.time} ${draft.level} ${draft.text}`;

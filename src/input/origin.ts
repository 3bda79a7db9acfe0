import type { EventHead, Level, RoleLetter } from "../model/event.ts";

/**
 * Milliseconds that share a base: 12 days. A whole number below 2³⁰ is kept in an event as it is; a
 * larger one, such as a time since 1970, is an object of its own to the engine.
 */
const SPAN = 2 ** 30;

/** A process has few fronts; where it has more, one may be kept twice rather than all be looked at. */
const LOOKED_AT = 32;

/** What most lines of a process have in common. */
export interface OriginHead
	extends Pick<EventHead, "pid" | "role" | "level" | "zone" | "precision" | "signal"> {
	/** Set where the times are in the placeholder year. */
	readonly yearless?: true | undefined;
}

/** What lines have in common: the input, the process, the level, and about the time. Many events share one. */
export class Origin implements OriginHead {
	readonly input: string;
	readonly pid: OriginHead["pid"];
	readonly role: OriginHead["role"];
	readonly level: OriginHead["level"];
	readonly zone: OriginHead["zone"];
	readonly precision: OriginHead["precision"];
	readonly signal: OriginHead["signal"];
	readonly yearless: true | undefined;
	/** What an event's `moment` is added to; null where its line has no time. */
	readonly base: number | null;
	/** The same at all times that there are, by their bases, once there are several. */
	#spans: Map<number | null, Origin> | undefined;
	/** Another one of the same process, in `Origins`. */
	next: Origin | undefined = undefined;

	constructor(input: string, head: OriginHead, base: number | null, spans?: Map<number | null, Origin>) {
		this.input = input;
		this.pid = head.pid;
		this.role = head.role;
		this.level = head.level;
		this.zone = head.zone;
		this.precision = head.precision;
		this.signal = head.signal;
		this.yearless = head.yearless;
		this.base = base;
		this.#spans = spans;
		spans?.set(base, this);
	}

	/** The same at another time. */
	at(time: number | null): Origin {
		if (this.covers(time)) return this;
		const base = baseOf(time);
		this.#spans ??= new Map([[this.base, this]]);
		return this.#spans.get(base) ?? new Origin(this.input, this, base, this.#spans);
	}

	/** Whether the time is told by this base. */
	covers(time: number | null): boolean {
		const { base } = this;
		if (base === null || time === null) return base === time;
		return time >= base && time < base + SPAN;
	}

	/** Whether a line with this front is of it, but for its time. */
	is({ pid, role, level, zone, precision, signal, yearless }: OriginHead): boolean {
		return (
			this.pid === pid &&
			this.role === role &&
			this.level === level &&
			this.zone === zone &&
			this.precision === precision &&
			this.signal === signal &&
			this.yearless === yearless
		);
	}
}

const baseOf = (time: number | null): number | null =>
	time === null ? null : Math.floor(time / SPAN) * SPAN;

/** The origins of one input's lines, each once. */
export class Origins {
	readonly #input: string;
	/** The first of each process, which leads to the others. */
	readonly #all = new Map<number | null, Origin>();
	#last: Origin | undefined;

	constructor(input: string) {
		this.#input = input;
	}

	/** The origin of a line with this front. */
	of(head: OriginHead, time: number | null): Origin {
		const last = this.#last;
		if (last?.is(head) === true && last.covers(time)) return last;
		let before: Origin | undefined;
		let at = this.#all.get(head.pid);
		for (let looked = 1; at !== undefined && !at.is(head); looked++) {
			before = at;
			at = looked < LOOKED_AT ? at.next : undefined;
		}
		if (at === undefined) return this.#add(new Origin(this.#input, head, baseOf(time)));
		const origin = at.at(time);
		if (origin !== at) {
			// The next lines will be of this time.
			origin.next = at.next;
			if (before === undefined) this.#all.set(head.pid, origin);
			else before.next = origin;
		}
		return (this.#last = origin);
	}

	/** The same of a plain line, whose zone and year are as usual. */
	ofPlain(pid: number, role: RoleLetter, level: Level, time: number): Origin {
		const last = this.#last;
		if (last !== undefined && last.pid === pid && isPlain(last, role, level) && last.covers(time)) return last;
		let at = this.#all.get(pid);
		for (let looked = 1; at !== undefined && looked < LOOKED_AT; looked++, at = at.next)
			if (isPlain(at, role, level) && at.covers(time)) return (this.#last = at);
		return this.of({ pid, role, level, zone: null, precision: 1, signal: false }, time);
	}

	#add(origin: Origin): Origin {
		origin.next = this.#all.get(origin.pid);
		this.#all.set(origin.pid, origin);
		return (this.#last = origin);
	}
}

const isPlain = ({ role, level, zone, precision, signal, yearless }: Origin, plainRole: RoleLetter, plainLevel: Level): boolean =>
	role === plainRole && level === plainLevel && zone === null && precision === 1 && !signal && yearless === undefined;

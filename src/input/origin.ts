import type { EventHead } from "../model/event.ts";

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
	/** Those of each process. */
	readonly #all = new Map<number | null, Origin[]>();
	#last: Origin | undefined;

	constructor(input: string) {
		this.#input = input;
	}

	/** The origin of a line with this front. */
	of(head: OriginHead, time: number | null): Origin {
		const last = this.#last;
		if (last?.is(head) === true && last.covers(time)) return last;
		let own = this.#all.get(head.pid);
		if (own === undefined) this.#all.set(head.pid, (own = []));
		let at = Math.max(0, own.length - LOOKED_AT);
		while (at < own.length && own[at]?.is(head) !== true) at++;
		const origin = own[at]?.at(time) ?? new Origin(this.#input, head, baseOf(time));
		own[at] = origin;
		return (this.#last = origin);
	}
}

import { firstAfter } from "../model/lists.ts";

/*
 * How one clock runs against another, from what handshakes allow. A handshake says that the
 * difference lay between two values when it happened. One constant difference that fits all of
 * them is best; else a constant drift; else the clock was stepped, and each stretch between two
 * steps has a difference of its own.
 */

/** What one handshake allows: at `at` (ms on the clock in question) the difference lay between low and high (ms). */
export interface Bound {
	readonly at: number;
	/** Its place in the log of the clock in question; where that clock was set back, its times run twice. */
	readonly order: number;
	readonly low: number;
	readonly high: number;
}

/** One stretch of a clock: `difference = offset + slope × (at − from)`. */
export interface Stretch {
	/** Begin on the clock in question, ms; the first one begins at −∞. */
	readonly from: number;
	/** The same as a place in its log. */
	readonly order: number;
	/** The origin of the slope. */
	readonly origin: number;
	readonly offset: number;
	/** Milliseconds gained per millisecond. */
	readonly slope: number;
	/** The truth lies within offset ± bound. */
	readonly bound: number;
}

export interface Skew {
	readonly stretches: readonly Stretch[];
	readonly count: number;
}

/** Faster drift than this is no quartz but a step (NTP corrects at 500 ppm). */
const maxDrift = 500e-6;
/** Handshakes that a drift is fitted to; more add nothing. */
const maxFit = 2000;

/** Where between two places of a log its clock was set by about so much (ms); undefined where the log does not show it. */
export type FindStep = (after: number, upTo: number, by: number) => { readonly order: number; readonly at: number } | undefined;

/** The simplest clock that fits all bounds. They need not be sorted. */
export function fitSkew(bounds: readonly Bound[], findStep?: FindStep): Skew {
	const sorted = [...bounds].sort((a, b) => a.order - b.order);
	const whole = intersect(sorted, 0, sorted.length);
	if (whole !== undefined) return constantSkew(whole, sorted.length);
	const drift = fitDrift(sorted);
	if (drift !== undefined) return { stretches: [drift], count: sorted.length };
	return { stretches: cut(sorted, findStep), count: sorted.length };
}

/** A clock that one difference fits at all times. */
export function constantSkew(difference: Interval, count: number): Skew {
	return { stretches: [constant(beginning, difference)], count };
}

const beginning = { at: Number.NEGATIVE_INFINITY, order: Number.NEGATIVE_INFINITY };

/** The difference of the clocks at a time of the clock in question, in ms; the place in its log tells more than the time. */
export function skewAt(skew: Skew, at: number, order?: number): number {
	const { offset, slope, origin } = stretchAt(skew, at, order);
	return offset + slope * (at - origin);
}

/** The stretch in which a time of the clock in question lies. */
export function stretchAt({ stretches }: Skew, at: number, order?: number): Stretch {
	// Their places ascend, their times need not: the clock may have been set back.
	if (order !== undefined) return stretches[Math.max(0, firstAfter(stretches, (s) => s.order, order) - 1)] as Stretch;
	let i = stretches.length - 1;
	while (i > 0 && (stretches[i] as Stretch).from > at) i--;
	return stretches[i] as Stretch;
}

interface Interval {
	readonly low: number;
	readonly high: number;
}

function intersect(bounds: readonly Bound[], from: number, to: number): Interval | undefined {
	let low = Number.NEGATIVE_INFINITY;
	let high = Number.POSITIVE_INFINITY;
	for (let i = from; i < to; i++) {
		const bound = bounds[i] as Bound;
		low = Math.max(low, bound.low);
		high = Math.min(high, bound.high);
		if (low > high) return undefined;
	}
	return { low, high };
}

function constant(from: { at: number; order: number }, { low, high }: Interval): Stretch {
	return { from: from.at, order: from.order, origin: 0, offset: (low + high) / 2, slope: 0, bound: (high - low) / 2 };
}

/** The drift that leaves most room in all bounds, or undefined when none fits. */
function fitDrift(sorted: readonly Bound[]): Stretch | undefined {
	const step = Math.max(1, Math.floor(sorted.length / maxFit));
	const some = step === 1 ? sorted : sorted.filter((_, i) => i % step === 0);
	const origin = (some[0] as Bound).at;
	const room = (slope: number): Interval => {
		let low = Number.NEGATIVE_INFINITY;
		let high = Number.POSITIVE_INFINITY;
		for (const b of some) {
			const gained = slope * (b.at - origin);
			low = Math.max(low, b.low - gained);
			high = Math.min(high, b.high - gained);
		}
		return { low, high };
	};
	// The room is a concave function of the slope, so halving the range finds its top.
	let left = -maxDrift;
	let right = maxDrift;
	for (let i = 0; i < 60; i++) {
		const a = left + (right - left) / 3;
		const b = right - (right - left) / 3;
		const roomA = room(a);
		const roomB = room(b);
		if (roomA.high - roomA.low < roomB.high - roomB.low) left = a;
		else right = b;
	}
	const slope = (left + right) / 2;
	const { low, high } = room(slope);
	if (low > high) return undefined;
	return { from: beginning.at, order: beginning.order, origin, offset: (low + high) / 2, slope, bound: (high - low) / 2 };
}

/** Cuts the handshakes wherever no difference fits what lies on both sides. */
function cut(sorted: readonly Bound[], findStep: FindStep | undefined): Stretch[] {
	const stretches: Stretch[] = [];
	let low = Number.NEGATIVE_INFINITY;
	let high = Number.POSITIVE_INFINITY;
	let from = beginning;
	let last = Number.NEGATIVE_INFINITY;
	for (const bound of sorted) {
		if (Math.max(low, bound.low) > Math.min(high, bound.high)) {
			stretches.push(constant(from, { low, high }));
			const by = (bound.low + bound.high - low - high) / 2;
			from = findStep?.(last, bound.order, by) ?? bound;
			low = bound.low;
			high = bound.high;
		} else {
			low = Math.max(low, bound.low);
			high = Math.min(high, bound.high);
		}
		last = bound.order;
	}
	stretches.push(constant(from, { low, high }));
	return stretches;
}

/**
 * The same clock with the steps that only its own log shows: before the first handshake and after the last one
 * nothing measures it. A jump between two handshakes that one difference fits is none: the log's parts stand in
 * another order.
 */
export function withJumps(
	skew: Skew,
	{ first, last }: { readonly first: number; readonly last: number },
	jumps: readonly { order: number; at: number; by: number }[],
): Skew {
	const known = new Set(skew.stretches.map(({ order }) => order));
	const stretches = [...skew.stretches];
	for (const { order, at, by } of jumps) {
		const end = stretches.at(-1);
		if (order <= last || known.has(order) || end === undefined) continue;
		const offset = end.offset + end.slope * (at - end.origin) + by;
		stretches.push({ from: at, order, origin: at, offset, slope: end.slope, bound: end.bound });
	}
	for (const { order, at, by } of [...jumps].reverse()) {
		const begin = stretches[0];
		if (order > first || known.has(order) || begin === undefined) continue;
		stretches[0] = { ...begin, from: at, order };
		stretches.unshift({ ...begin, ...{ from: beginning.at, order: beginning.order }, offset: begin.offset - by });
	}
	return { stretches, count: skew.count };
}

/** A clock that nothing measures but its own log. */
export const unmeasured: Skew = {
	stretches: [{ from: beginning.at, order: beginning.order, origin: 0, offset: 0, slope: 0, bound: 0 }],
	count: 0,
};

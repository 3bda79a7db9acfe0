import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Bound, fitSkew, skewAt, stretchAt } from "../../src/correlate/skew.ts";

const hour = 3_600_000;

/** Handshakes as two logs with whole milliseconds show them, of a clock whose true difference is known. */
function handshakes(count: number, every: number, jitter: readonly number[], truth: (at: number) => number): Bound[] {
	return Array.from({ length: count }, (_, i) => {
		const at = i * every;
		const before = Math.floor(truth(at));
		const after = Math.floor(truth(at)) + 1 + (jitter[i % jitter.length] ?? 0);
		return { at, order: i, low: before - 1, high: after + 1 };
	});
}

const jitters = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 20 });

describe("how one clock runs against another", () => {
	test("a constant difference of −14 h to +14 h lies within its bound", () => {
		fc.assert(
			fc.property(fc.integer({ min: -14 * hour, max: 14 * hour }), fc.integer({ min: 1, max: 40 }), jitters, (skew, count, jitter) => {
				const fitted = fitSkew(handshakes(count, 5000, jitter, () => skew));
				expect(fitted.stretches).toHaveLength(1);
				const difference = skewAt(fitted, 0);
				const { bound } = stretchAt(fitted, 0);
				expect(Math.abs(difference - skew)).toBeLessThanOrEqual(bound);
				expect(bound).toBeLessThanOrEqual(17);
			}),
			{ seed: 1, numRuns: 200 },
		);
	});

	test("a drift of up to 100 ppm is fitted, and every handshake keeps its order", () => {
		fc.assert(
			fc.property(fc.integer({ min: -hour, max: hour }), fc.double({ min: -100e-6, max: 100e-6, noNaN: true }), jitters, (skew, drift, jitter) => {
				const truth = (at: number): number => skew + drift * at;
				const bounds = handshakes(60, 60_000, jitter, truth);
				const fitted = fitSkew(bounds);
				expect(fitted.stretches).toHaveLength(1);
				for (const { at, low, high } of bounds) {
					const difference = skewAt(fitted, at);
					expect(difference).toBeGreaterThanOrEqual(low);
					expect(difference).toBeLessThanOrEqual(high);
				}
			}),
			{ seed: 2, numRuns: 100 },
		);
	});

	test("one step cuts the clock in two, each with its own difference", () => {
		fc.assert(
			fc.property(
				fc.integer({ min: -hour, max: hour }),
				fc.oneof(fc.integer({ min: 5000, max: hour }), fc.integer({ min: -hour, max: -5000 })),
				fc.integer({ min: 2, max: 18 }),
				(skew, step, when) => {
					const bounds = handshakes(20, 10_000, [3], (at) => (at < when * 10_000 ? skew : skew + step));
					const fitted = fitSkew(bounds);
					expect(fitted.stretches).toHaveLength(2);
					expect(fitted.stretches[1]?.from).toBe(when * 10_000);
					const by = (fitted.stretches[1]?.offset ?? 0) - (fitted.stretches[0]?.offset ?? 0);
					expect(Math.abs(by - step)).toBeLessThanOrEqual(10);
				},
			),
			{ seed: 3, numRuns: 100 },
		);
	});
});

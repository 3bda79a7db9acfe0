import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import type { Resync } from "../../src/model/report.ts";
import { fixture } from "./report-of.ts";

const { resyncs } = await fixture("many-faults-8.6");

describe("resyncs that are made when they are read", () => {
	it("are plain data, alike in all that plain data can be asked", () => {
		expect(resyncs.length).toBeGreaterThan(2);
		for (const resync of resyncs) {
			const copy: Resync = { ...resync };
			expect(Object.getPrototypeOf(resync)).toBe(Object.prototype);
			expect(Object.keys(resync)).toEqual([
				"id", "primary", "replica", "verdict", "lostAt", "askedAt", "decidedAt", "onlineAt", "cause", "trigger", "request",
				"granted", "primaryHad", "bytes", "phases", "attempts", "remedy", "evidence", "missing",
			]);
			expect(JSON.stringify(resync)).toBe(JSON.stringify(copy));
			expect(structuredClone(resync)).toEqual(copy);
			expect(isDeepStrictEqual(resync, copy)).toBe(true);
		}
	});

	it("say the same in any order of reading, and each of itself", () => {
		const inOrder = resyncs.map((resync) => structuredClone(resync));
		const backwards = [...resyncs].reverse().map(({ evidence, attempts, phases, request, id }) => ({ evidence, attempts, phases, request, id }));
		expect(backwards.reverse()).toEqual(
			inOrder.map(({ evidence, attempts, phases, request, id }) => ({ evidence, attempts, phases, request, id })),
		);
		expect(new Set(resyncs.map(({ evidence }) => JSON.stringify(evidence))).size).toBe(resyncs.length);
	});
});

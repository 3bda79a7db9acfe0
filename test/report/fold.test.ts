import { expect, test } from "vitest";
import { fold, numbers } from "../../src/report/fold.ts";
import { firstSync, overrun, resync } from "./sample.ts";

const ids = (resyncs: Parameters<typeof fold>[0]) => fold(resyncs).map(({ all }) => all.map(({ id }) => id));

test("equal resyncs of one replica that follow each other are one group", () => {
	expect(ids([firstSync, resync(2), resync(3), overrun, resync(8)])).toEqual([[1], [2, 3], [7], [8]]);
});

test("another replica's resyncs between them do not part them", () => {
	const other = (id: number) => ({ ...overrun, id, replica: "n3" });
	expect(ids([resync(2), other(3), resync(4), other(5)])).toEqual([
		[2, 4],
		[3, 5],
	]);
});

test("replicas that do the same at one time are one group", () => {
	const siblings = [resync(2), resync(3, { replica: "n3" }), resync(4, { replica: "n4" })];
	expect(ids(siblings)).toEqual([[2, 3, 4]]);
	expect(fold(siblings)[0]).toMatchObject({ replicas: ["n2", "n3", "n4"], period: null });
});

test("replicas are not folded over what lies between their own resyncs", () => {
	const later = { ...overrun, id: 3, replica: "n3" };
	expect(ids([resync(2), later, resync(4, { replica: "n3" })])).toEqual([[2], [3], [4]]);
});

test("replicas that do the same at other times are told apart", () => {
	const late = resync(3, { replica: "n3", decidedAt: "2026-11-21T21:00:00.000Z" });
	expect(ids([resync(2), late])).toEqual([[2], [3]]);
});

test("another failover is another group", () => {
	expect(ids([resync(2), resync(3, { request: { replid: "other", offset: 1 } })])).toEqual([[2], [3]]);
});

test("nothing is folded where the replica is not known", () => {
	expect(ids([resync(2, { replica: null }), resync(3, { replica: null })])).toEqual([[2], [3]]);
});

test("a failed try parts them", () => {
	const { attempts } = overrun;
	expect(ids([resync(2), resync(3, { attempts })])).toEqual([[2], [3]]);
});

test("the period is the median distance", () => {
	expect(fold([resync(2), resync(3), resync(5)])[0]?.period).toBe(4000);
	expect(fold([resync(2)])[0]?.period).toBeNull();
});

test("numbers are said as short as they can be", () => {
	expect(numbers([2, 3, 4, 5, 6])).toBe("#2–#6");
	expect(numbers([2, 3, 5])).toBe("#2 #3 #5");
	expect(numbers([7])).toBe("#7");
});

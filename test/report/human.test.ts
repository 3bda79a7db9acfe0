import { expect, test } from "vitest";
import { clockOffset, count, duration, roughly, shortId, size } from "../../src/report/human.ts";

test.each([
	[0, "0 bytes"],
	[1, "1 byte"],
	[1023, "1023 bytes"],
	[1024, "1.00 KiB"],
	[1024 * 1024 - 1, "1.00 MiB"],
	[5420292, "5.17 MiB"],
	[54202920, "51.7 MiB"],
	[542029200, "517 MiB"],
	[2 ** 30, "1.00 GiB"],
	[2 ** 50, "1024 TiB"],
	[-2048, "-2.00 KiB"],
])("size(%d) is %s", (bytes, text) => expect(size(bytes)).toBe(text));

test.each([
	[0, "0 ms"],
	[999, "999 ms"],
	[1592, "1.592 s"],
	[9999, "9.999 s"],
	[23_100, "23.1 s"],
	[59_949, "59.9 s"],
	[59_999, "1 min 00 s"],
	[245_000, "4 min 05 s"],
	[3_599_999, "1 h 00 min"],
	[7_620_000, "2 h 07 min"],
	[86_400_000 * 3 + 4 * 3_600_000, "3 d 04 h"],
	[-1500, "−1.500 s"],
])("duration(%d) is %s", (ms, text) => expect(duration(ms)).toBe(text));

test("what is only roughly so is said with fewer digits", () => {
	expect(roughly(2204)).toBe("2.2 s");
	expect(roughly(220)).toBe("220 ms");
});

test("clock offsets keep their milliseconds", () => {
	expect(clockOffset(37_500)).toBe("+37.500 s");
	expect(clockOffset(-12)).toBe("−12 ms");
	expect(clockOffset(0)).toBe("0 ms");
	expect(clockOffset(-10_800_000)).toBe("−3 h 00 min");
});

test("counts agree with their noun", () => {
	expect(count(1, "line")).toBe("1 line");
	expect(count(1234, "line")).toBe("1,234 lines");
});

test("only whole replication IDs are shortened", () => {
	expect(shortId("2a8775ae13bc7fbb0c5e2b7e7c9fd2d68ab5eb7c")).toBe("2a8775ae…");
	expect(shortId("<masked>")).toBe("<masked>");
});

import { expect, test } from "vitest";
import { humanBytes, humanDuration } from "../../src/model/units.ts";

test.each([
	[0, "0 B"],
	[1023, "1023 B"],
	[1024, "1.00 KiB"],
	[1048548, "1.00 MiB"],
	[1047000, "1022 KiB"],
	[-5420292, "−5.17 MiB"],
])("%d bytes are %s", (bytes, text) => expect(humanBytes(bytes)).toBe(text));

test.each([
	[999, "999 ms"],
	[41_300, "41.3 s"],
	[59_960, "1 min 0 s"],
	[119_700, "2 min 0 s"],
	[3_599_600, "1 h 0 min"],
	[3_725_000, "1 h 2 min"],
])("%d ms are %s", (ms, text) => expect(humanDuration(ms)).toBe(text));

import { expect, test } from "vitest";
import { safe, safeData } from "../../src/report/safe.ts";

test("escape sequences and control characters become visible text", () => {
	expect(safe("\u001b[31mred\u001b[0m\u0007")).toBe("\\x1b[31mred\\x1b[0m\\x07");
	expect(safe("a\r\nb\tc\u0000d\u007fe\u009bf")).toBe("a\\r\\nb\\tc\\x00d\\x7fe\\x9bf");
});

test("characters of no width and of direction become visible text", () => {
	expect(safe("a\u202eb\u200bc\u2066d\ufeffe\u00adf")).toBe("a\\u202eb\\u200bc\\u2066d\\ufeffe\\xadf");
	expect(safe("\u{e0041}\u2028\ud800")).toBe("\\u{e0041}\\u2028\\ud800");
});

test("what CI systems would obey is defused", () => {
	expect(safe("::add-mask::x")).toBe("\\x3a:add-mask::x");
	expect(safe("x ::error file=a,line=1::x")).toBe("x \\x3a:error file=a,line=1::x");
	expect(safe("##[group]x ##vso[task.setvariable]y")).toBe("\\x23#[group]x \\x23#vso[task.setvariable]y");
	expect(safe("fe80::1 ::1 [::]:6379 # ## 1::2")).toBe("fe80::1 ::1 [::]:6379 # ## 1::2");
});

test("ordinary text of any script is left alone", () => {
	const text = "MASTER <-> REPLICA größer 主节点 é 🙂 \u00a0";
	expect(safe(text)).toBe(text);
});

test("all strings of plain data are made safe, keys as well", () => {
	expect(safeData({ "k\u001b": ["\u001b", { a: 1, b: null }] })).toEqual({
		"k\\x1b": ["\\x1b", { a: 1, b: null }],
	});
});

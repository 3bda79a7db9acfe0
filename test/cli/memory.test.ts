import v8 from "node:v8";
import { expect, test, vi } from "vitest";
import { collectAlone, keepMemorySmall } from "../../src/cli/memory.ts";

test("V8 is told once, when much is read", () => {
	const set = vi.spyOn(v8, "setFlagsFromString").mockImplementation(() => {});
	try {
		keepMemorySmall(1e6);
		expect(set).not.toHaveBeenCalled();
		for (const bytes of [70e6, 80e6]) keepMemorySmall(bytes);
		expect(set.mock.calls).toEqual([["--semi-space-growth-factor=1"]]);
	} finally {
		set.mockRestore();
	}
});

test("V8 collects on one thread while others need the cores", () => {
	const set = vi.spyOn(v8, "setFlagsFromString").mockImplementation(() => {});
	try {
		for (const busy of [false, true, true, false, false]) collectAlone(busy);
		expect(set.mock.calls).toEqual([["--no-parallel-scavenge"], ["--parallel-scavenge"]]);
	} finally {
		set.mockRestore();
	}
});

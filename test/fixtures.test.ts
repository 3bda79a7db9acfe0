import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";
import { checkGolden, goldens } from "./golden.ts";

const all = goldens(fileURLToPath(new URL("../fixtures", import.meta.url)));

describe.skipIf(all.length === 0)("fixtures say what they are expected to say", () => {
	for (const golden of all) {
		test(`${basename(golden.scenario)}: ${basename(golden.file)}`, () => checkGolden(golden));
	}
	// Vitest wants a test even where the suite is skipped.
	if (all.length === 0) test("none yet", () => {});
});

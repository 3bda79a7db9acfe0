import { describe, expect, test } from "vitest";
import { edit, wrongIn } from "./edits.ts";

import { explain, limit, random, repeat, scenarios, seconds, seed } from "./harness.ts";
import { isKnown } from "./known.ts";

/*
 * A log that lost, doubled or garbled a line may say less than it did; it never proves something else.
 * `RLOG_FUZZ_SECONDS=600 npx vitest run test/hostile/mutation.test.ts` tries thousands of edits a scenario.
 */
const inOrdinaryRun = 12;

describe("random edits of a line never turn a verdict into a wrong proven one", () => {
	test.each([...scenarios])("%s", async (name, logs) => {
		const original = await explain(logs);
		const next = random(seed + name.length);
		const wrong: string[] = [];
		let excused = 0;
		const done = await repeat(inOrdinaryRun, async () => {
			const { logs: edited, edit: made } = edit(logs, next);
			for (const { what, resync } of wrongIn(original, await explain(edited), made)) {
				if (isKnown(what, made.before)) excused++;
				else wrong.push(`#${resync.id} ${what} by ${made.kind} ${made.input}:${made.line} ${JSON.stringify(made.after)}`);
			}
		});
		if (seconds > 0) console.log(`${name}: ${done} edits, ${excused} of a known kind`);
		expect(wrong).toEqual([]);
		expect(excused).toBeLessThanOrEqual(1 + done / 100);
	}, limit);
});

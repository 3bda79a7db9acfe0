import process from "node:process";
import { describe, expect, test } from "vitest";
import { edit, wrongIn } from "./edits.ts";
import { explain, limit, random, repeat, scenarios, seconds, seed } from "./harness.ts";

/*
 * A log that lost, doubled or garbled a line may say less than it did; it never proves something else.
 * `RLOG_EDITS=10000 npx vitest run test/hostile/mutation.test.ts` makes so many edits of each scenario.
 */
const asked = Number(process.env["RLOG_EDITS"] ?? 0);
const inOrdinaryRun = 4;

describe("random edits of a line never turn a verdict into a wrong proven one", () => {
	test.each([...scenarios])("%s", async (name, logs) => {
		const original = await explain(logs);
		const next = random(seed + name.length);
		const wrong: string[] = [];
		const work = async (): Promise<void> => {
			const { logs: edited, edit: made } = edit(logs, next);
			for (const { what, resync } of wrongIn(original, await explain(edited), made)) {
				wrong.push(`#${resync.id} ${what} by ${made.kind} ${made.input}:${made.line} ${JSON.stringify(made.after)}`);
			}
		};
		let done = asked;
		if (asked > 0) for (let n = 0; n < asked; n++) await work();
		else done = await repeat(inOrdinaryRun, work);
		if (seconds + asked > 0) console.log(`${name}: ${done} edits, ${wrong.length} wrong`);
		expect(wrong).toEqual([]);
	}, limit + asked * 1000);
});

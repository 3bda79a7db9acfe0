import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { type Edit, wrongIn } from "../hostile/edits.ts";
import { explain, isDecided, type Logs, limit, scenarios, seconds } from "../hostile/harness.ts";

/*
 * An answer rests on its evidence: without any one of its lines the proof falls, or other lines carry
 * it, and no answer turns into a wrong one. Long logs are left to the long run.
 */
const longest = seconds > 0 ? Number.POSITIVE_INFINITY : 170;
const lengthOf = (logs: Logs): number => [...logs.values()].reduce((n, text) => n + text.split("\n").length, 0);
const chosen = [...scenarios].filter(([, logs]) => lengthOf(logs) < longest);

/** Takes one line out. */
function without(logs: Logs, input: string, line: number): { logs: Logs; edit: Edit } {
	const lines = (logs.get(input) as string).split("\n");
	const [before = ""] = lines.splice(line - 1, 1);
	const edit: Edit = { kind: "delete", input, line, before, after: "" };
	return { logs: new Map([...logs, [input, lines.join("\n")]]), edit };
}

/** The lines that answers rest on, each once. */
function evidenceOf({ resyncs }: Report): { input: string; line: number }[] {
	const places = resyncs.filter(isDecided).flatMap(({ evidence }) => evidence);
	return [...new Map(places.map((place) => [`${place.input}:${place.line}`, place])).values()];
}

const proven = ({ resyncs }: Report): number =>
	resyncs.filter((resync) => isDecided(resync) && resync.cause.proof === "proven").length;

describe("each line of evidence deleted in turn", () => {
	test.each(chosen)("%s", async (_, logs) => {
		const report = await explain(logs);
		const wrong: string[] = [];
		for (const { input, line } of evidenceOf(report)) {
			const { logs: left, edit } = without(logs, input, line);
			const found = await explain(left);
			for (const { what, resync } of wrongIn(report, found, edit)) {
				wrong.push(`without ${input}:${line} (${edit.before}): #${resync.id} ${what}`);
			}
			if (proven(found) > proven(report)) wrong.push(`without ${input}:${line}: a proven resync more`);
		}
		expect(wrong).toEqual([]);
	}, limit);
});

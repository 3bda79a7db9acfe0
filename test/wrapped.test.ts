import { expect, test } from "vitest";
import { analyze, type NamedData, parseRecords, renderReport } from "../src/index.ts";
import { toJson } from "../src/report/json.ts";
import { share } from "../src/share/index.ts";
import { primaryLog, replicaLog } from "./cli/logs.ts";
import { type Line, writers } from "./input/writers.ts";

/*
 * A log inside any wrapper is as good as the log: mapped to events it gives the same report, shared it
 * comes to the same verdicts.
 */

const linesOf = (log: string): Line[] =>
	log
		.trimEnd()
		.split("\n")
		.map((text) => ({
			text,
			at: Date.parse(`${text.replace(/^.*? 21 Nov 2026 (\S+) .*$/, "2026-11-21T$1")}Z`),
		}));

const all = writers.map((writer): readonly [string, readonly NamedData[]] => [
	writer.name,
	[
		{ name: "one.log", data: writer.write(linesOf(primaryLog)) },
		{
			name: "two.log",
			data: writer.write(linesOf(replicaLog)).replaceAll("redis-0", "redis-9").replaceAll("db1", "db9"),
		},
	],
]);

async function mapped(inputs: readonly NamedData[]): Promise<NamedData> {
	let data = "";
	for await (const record of parseRecords(inputs)) data += `${toJson(record)}\n`;
	return { name: "-", data };
}

const json = async (inputs: readonly NamedData[]): Promise<string> =>
	renderReport((await analyze(inputs)).report, "json");

test.each(all)("events of %s", async (_, inputs) => {
	expect(await json([await mapped(inputs)])).toBe(await json(inputs));
});

// Where a name lies over two pieces of a line nothing is written; in truth pieces are of 16 KiB.
const whole = all.filter(([name]) => name !== "CRI with pieces");

test.each(whole)("copies of %s", async (_, inputs) => {
	const { objections, after } = await share(inputs);
	expect(objections).toEqual([]);
	expect(after.report.resyncs.map(({ cause }) => cause.code)).toEqual(["first-sync", "backlog-overrun"]);
});

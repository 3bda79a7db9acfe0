import process from "node:process";
import { givenZones, type LogZone } from "../../analyze.ts";
import { correlate } from "../../correlate/index.ts";
import { buildInfo } from "../../diagnose/info/index.ts";
import { readInputs } from "../../input/index.ts";
import { toldOnce } from "../../input/problems.ts";
import { renderInfoJson } from "../../report/info/json.ts";
import { renderInfoText } from "../../report/info/text.ts";
import { version } from "../../version.ts";
import { complain } from "../errors.ts";
import { exitCode } from "../exit.ts";
import { print } from "../output.ts";
import { withProgress } from "../progress.ts";
import { standardOutput } from "../terminal.ts";
import { checkedZones, checkZoneNodes } from "../zones.ts";
import type { NodeName } from "./analyze.ts";

export interface InfoFlags {
	readonly format: "text" | "json";
	readonly node?: readonly NodeName[];
	readonly tz?: readonly LogZone[];
	readonly color?: boolean;
}

/** `rlog info`: what INFO and ROLE show of each node, between two of them, and what a reconnect now would cost. */
export async function infoCommand(inputs: readonly string[], flags: InfoFlags): Promise<void> {
	const labels = new Map(flags.node?.map(({ name, input }) => [input, name]));
	const zones = await checkedZones(flags.tz);
	const given = inputs.length === 0 ? ["-"] : inputs;
	const readings = await withProgress((onProgress) => readInputs(given, { labels, onProgress }));
	const report = buildInfo(readings, correlate(readings.streams, await givenZones(zones)), version);
	checkZoneNodes(zones, report.nodes, readings.streams.map(({ input }) => ({ name: input })));
	const nothingRead = report.snapshots.length === 0;
	const said = toldOnce(readings.problems);
	for (const { text } of said) complain(text);
	if (nothingRead) complain("no reply of INFO or ROLE found; as in: redis-cli INFO | rlog info");
	process.exitCode = exitCode({ unreadable: readings.unreadable, nothingRead, gateHit: false });
	if (flags.format === "json") await print(renderInfoJson(report));
	else if (!nothingRead) {
		// Said on standard error already.
		const problems = report.problems.filter(({ text }) => !said.some((problem) => problem.text === text));
		await print(renderInfoText({ ...report, problems }, standardOutput(flags.color)));
	}
}

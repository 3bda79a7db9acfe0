import process from "node:process";
import { analyze, type LogZone } from "../../analyze.ts";
import { toJson } from "../../report/json.ts";
import { near } from "../../report/near.ts";
import { safe } from "../../report/safe.ts";
import { handles, whoIs } from "../../report/whois.ts";
import { complain, UsageError } from "../errors.ts";
import { exitCode } from "../exit.ts";
import { print } from "../output.ts";
import { withProgress } from "../progress.ts";
import { standardOutput } from "../terminal.ts";
import { checkedZones, checkZoneNodes } from "../zones.ts";
import type { NodeName } from "./analyze.ts";

export interface WhoisFlags {
	readonly format: "text" | "json";
	readonly node?: readonly NodeName[];
	readonly tz?: readonly LogZone[];
	readonly verbose?: boolean;
	readonly color?: boolean;
}

/** Problems that are errors of an input as a whole. */
const unreadable: ReadonlySet<string> = new Set(["unreadable", "empty", "no-log"]);

/** `rlog whois`: who is behind an address, a name or an ID, and what became of it. */
export async function whoisCommand(handle: string, inputs: readonly string[], flags: WhoisFlags): Promise<void> {
	const labels = new Map(flags.node?.map(({ name, input }) => [input, name]));
	const zones = await checkedZones(flags.tz);
	const { report, ...outcome } = await withProgress((onProgress) => analyze(inputs, { labels, zones, onProgress }));
	checkZoneNodes(zones, report.nodes, report.inputs);
	for (const { code, text } of report.problems) if (unreadable.has(code)) complain(text);
	process.exitCode = exitCode({ ...outcome, gateHit: false });
	if (outcome.nothingRead) return;
	const answer = whoIs(report, handle);
	if (answer === undefined) throw new UsageError(notKnown(handle, handles(report)));
	if (flags.format === "json") {
		await print(`${toJson(answer, 2)}\n`);
		return;
	}
	const { renderWhois } = await import("../../report/text/whois.ts");
	const { width, color } = standardOutput(flags.color);
	await print(renderWhois(answer, report, { width, color, detail: flags.verbose ? "verbose" : "normal" }));
}

function notKnown(handle: string, known: readonly string[]): string {
	const shown = safe(handle.length > 60 ? `${handle.slice(0, 59)}…` : handle);
	const alike = near(handle, known).map(safe);
	const meant = alike.length > 0 ? `did you mean ${alike.join(", ")}?` : "give an address, a node's name, a replication ID or a run ID";
	return `these logs name no '${shown}'; ${meant}`;
}

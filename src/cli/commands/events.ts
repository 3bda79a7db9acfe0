import process from "node:process";
import { toldOnce } from "../../input/problems.ts";
import { parseRecords } from "../../parse.ts";
import { toJson } from "../../report/json.ts";
import { complain } from "../errors.ts";
import { exitCode } from "../exit.ts";
import { print } from "../output.ts";
import { ProgressLine } from "../progress.ts";
import type { NodeName } from "./analyze.ts";

export interface EventsFlags {
	readonly node?: readonly NodeName[];
}

/** `rlog events`: the typed events as JSON lines, which are themselves an input. */
export async function eventsCommand(inputs: readonly string[], flags: EventsFlags): Promise<void> {
	const labels = new Map(flags.node?.map(({ name, input }) => [input, name]));
	const line = new ProgressLine();
	// On one terminal the events themselves show how far it is.
	const records = parseRecords(inputs, {
		labels,
		...(process.stdout.isTTY !== true && { onProgress: line.tell }),
	});
	let block = "";
	let next = await records.next();
	for (; next.done !== true; next = await records.next()) {
		block += `${toJson(next.value)}\n`;
		if (block.length < 65_536) continue;
		if (!(await print(block))) {
			line.end();
			return;
		}
		block = "";
	}
	line.end();
	await print(block);
	const { problems, unreadable, nothingRead } = next.value;
	for (const { text } of toldOnce(problems)) complain(text);
	process.exitCode = exitCode({ unreadable, nothingRead, gateHit: false });
}

import process from "node:process";
import { writeEvent } from "../../input/events.ts";
import { readInputs } from "../../input/index.ts";
import { toJson } from "../../report/json.ts";
import { complain } from "../errors.ts";
import { exitCode } from "../exit.ts";
import { print } from "../output.ts";
import type { NodeName } from "./analyze.ts";

export interface EventsFlags {
	readonly node?: readonly NodeName[];
}

/** `rlog events`: the typed events as JSON lines. */
export async function eventsCommand(inputs: readonly string[], flags: EventsFlags): Promise<void> {
	const labels = new Map(flags.node?.map(({ name, input }) => [input, name]));
	const { streams, problems, unreadable } = await readInputs(inputs, { labels });
	for (const { text } of problems) complain(text);
	const nothingRead = streams.every(({ counts }) => counts.logLines === 0);
	process.exitCode = exitCode({ unreadable, nothingRead, gateHit: false });
	let block = "";
	for (const { label, events } of streams) {
		for (const event of events) {
			block += `${toJson(writeEvent(event, label))}\n`;
			if (block.length < 65_536) continue;
			if (!(await print(block))) return;
			block = "";
		}
	}
	await print(block);
}

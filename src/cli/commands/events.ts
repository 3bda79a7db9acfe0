import process from "node:process";
import { readInputs } from "../../input/index.ts";
import type { LogEvent } from "../../model/event.ts";
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
	process.exitCode = exitCode({ unreadable, nothingRead: streams.length === 0, gateHit: false });
	let block = "";
	for (const { label, events } of streams) {
		for (const event of events) {
			block += `${writeEvent(event, label)}\n`;
			if (block.length < 65_536) continue;
			if (!(await print(block))) return;
			block = "";
		}
	}
	await print(block);
}

function writeEvent(event: LogEvent, node: string | null): string {
	const { type, time, place, pid, role, level, text, fields } = event;
	const flat = {
		type,
		time: time === null ? null : new Date(time).toISOString(),
		node,
		input: place.input,
		line: place.line,
		pid,
		role,
		level,
		text,
		...fields,
	};
	return JSON.stringify(flat, (_key, value: unknown) =>
		typeof value === "bigint" ? (Number.isSafeInteger(Number(value)) ? Number(value) : String(value)) : value,
	);
}

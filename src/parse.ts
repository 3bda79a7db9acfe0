import { type InputSource, isUnreadable, type ReadOptions, readEach } from "./input/index.ts";
import { type WrittenRecord, writeProblem, writeStream } from "./input/written.ts";
import { type LogEvent, plainEvent } from "./model/event.ts";
import type { Problem } from "./model/report.ts";
import { holdsAnything } from "./model/stream.ts";

export interface ParseOptions extends ReadOptions {
	/** Told what could not be read or trusted, when all inputs are read. */
	readonly onProblem?: (problem: Problem) => void;
}

/** An event, and what its input calls the node it happened on (a pod, a prompt, `labels`), or null. */
export type ParsedEvent = LogEvent & { readonly node: string | null };

/**
 * Reads the typed events of the inputs: one input after the other, each in the order of its lines.
 * An input's events come when it has been read to its end, as what stands further down may tell the
 * year, the node, or that a line is a repeated paste; of the bytes nothing is kept.
 */
export async function* parseEvents(
	inputs: readonly InputSource[],
	options: ParseOptions = {},
): AsyncGenerator<ParsedEvent, void> {
	const reading = readEach(inputs, options);
	let next = await reading.next();
	for (; next.done !== true; next = await reading.next()) {
		for (const { label, events } of next.value.streams) {
			for (const event of events) yield { ...plainEvent(event), node: label };
		}
	}
	for (const problem of next.value) options.onProblem?.(problem);
}

/** What came of reading all inputs. */
export interface ParseOutcome {
	readonly problems: readonly Problem[];
	/** True when at least one input could not be read. */
	readonly unreadable: boolean;
	/** True when no input could be read at all. */
	readonly nothingRead: boolean;
}

/**
 * The same as records for `JSON.stringify`, one a line: what `rlog events` prints. The lines are an
 * input of `analyze`, which makes the same report of them as of the inputs themselves.
 */
export async function* parseRecords(
	inputs: readonly InputSource[],
	options: ReadOptions = {},
): AsyncGenerator<WrittenRecord, ParseOutcome> {
	const reading = readEach(inputs, options);
	let nothingRead = true;
	let next = await reading.next();
	for (; next.done !== true; next = await reading.next()) {
		for (const stream of next.value.streams) {
			if (holdsAnything(stream)) nothingRead = false;
			yield* writeStream(stream);
		}
	}
	const problems = next.value;
	for (const problem of problems) yield writeProblem(problem);
	return { problems, unreadable: problems.some(isUnreadable), nothingRead };
}

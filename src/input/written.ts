import type { Place } from "../model/event.ts";
import type { Problem } from "../model/report.ts";
import type { LogStream, Snapshot, StreamCounts, UnrecognisedLine } from "../model/stream.ts";
import { bounds } from "./clock.ts";
import { copyOf, type Draft } from "./draft.ts";
import {
	type PlainValue,
	readEvent,
	readStamp,
	type WrittenEvent,
	writeEvent,
	writeStamp,
} from "./events.ts";
import { Origins } from "./origin.ts";
import { parseRecord } from "./wrappers/json.ts";
import type { JsonRecord } from "./wrappers/wrapper.ts";
import { readReply, type WrittenReply, writeReply } from "./written-replies.ts";

/**
 * What `rlog events` prints, as an input: the events of many files, read where the files are, are
 * put together anywhere. A record of type `input` opens each stream and says what its events cannot
 * (how much was read, first and last line); without it a stream is what its events tell.
 */

/** The record that opens a stream. */
export interface WrittenInput extends StreamCounts {
	readonly type: "input";
	readonly input: string;
	readonly node: string | null;
	readonly wrapper: string | null;
	/** First and last log line: number, and time as in events, without a zone. */
	readonly firstLogLine: number | null;
	readonly lastLogLine: number | null;
	readonly from: string | null;
	readonly to: string | null;
	readonly firstLine: string | null;
	readonly unrecognisedLines: readonly UnrecognisedLine[];
}

/** What could not be read or trusted. */
export interface WrittenProblem {
	readonly type: "problem";
	readonly code: string;
	readonly input: string | null;
	readonly line: number | null;
	readonly text: string;
}

/** One line of `rlog events`. */
export type WrittenRecord = WrittenInput | WrittenEvent | WrittenReply | WrittenProblem;

/** A stream as records: what opens it, its events, its replies of INFO and ROLE. */
export function* writeStream(stream: LogStream): Generator<WrittenRecord> {
	const { input, label: node, wrapper, counts, first, last, from, to, firstLine, unrecognised } = stream;
	yield {
		type: "input",
		input,
		node,
		wrapper,
		...counts,
		firstLogLine: first?.line ?? null,
		lastLogLine: last?.line ?? null,
		from: writeStamp(from),
		to: writeStamp(to),
		firstLine,
		unrecognisedLines: unrecognised,
	};
	for (const event of stream.events) yield writeEvent(event, node);
	for (const snapshot of stream.snapshots) yield writeReply(snapshot, node);
}

/** A problem as a record. */
export function writeProblem({ code, input, line, text }: Problem): WrittenProblem {
	return { type: "problem", code, input: input ?? null, line: line ?? null, text };
}

/** A stream on its way. */
interface Open {
	readonly input: string;
	readonly label: string | null;
	readonly head: JsonRecord | undefined;
	/** What its events share: they are of the stream's input, whatever they were written with. */
	readonly origins: Origins;
	readonly events: Draft[];
	readonly snapshots: Snapshot[];
	bytes: number;
}

/** Takes the lines of `rlog events` apart again. */
export class WrittenReader {
	readonly problems: Problem[] = [];
	/** The stream that a record belongs to: the last one opened under its input and node. */
	readonly #open = new Map<string, Open>();
	readonly #streams: Open[] = [];
	readonly #times = new Map<string, number>();

	/** Takes a line; false where it is something else. */
	take(line: string): boolean {
		const record = parseRecord(line);
		if (record === undefined || typeof record["type"] !== "string") return false;
		const { type, input, node } = record as Readonly<Record<string, PlainValue>>;
		if (type === "problem") return this.#problem(record);
		if (typeof input !== "string" || (node !== null && typeof node !== "string")) return false;
		if (type === "input") {
			if (typeof record["logLines"] !== "number") return false;
			this.#begin(input, node, record).bytes += line.length + 1;
			return true;
		}
		const key = keyOf(input, node);
		if (type === "info" || type === "role") {
			const snapshot = readReply(record, input);
			if (snapshot === undefined) return false;
			const stream = this.#open.get(key) ?? this.#begin(input, node, undefined);
			stream.snapshots.push(moved(snapshot, stream.input));
			stream.bytes += line.length + 1;
			return true;
		}
		let stream: Open | undefined;
		const event = readEvent(line, () => {
			stream = this.#open.get(key) ?? this.#begin(input, node, undefined);
			return stream.origins;
		})?.event;
		if (event === undefined || stream === undefined) return false;
		stream.events.push(event);
		stream.bytes += line.length + 1;
		return true;
	}

	/** Whether no stream has begun. */
	get isEmpty(): boolean {
		return this.#streams.length === 0;
	}

	/** The streams, in the order in which they began. */
	streams(): LogStream[] {
		return this.#streams.map(finish);
	}

	#begin(name: string, label: string | null, head: JsonRecord | undefined): Open {
		const key = keyOf(name, label);
		// Two hosts have files of the same name: outputs set one after the other are two inputs.
		const times = (this.#times.get(key) ?? 0) + 1;
		this.#times.set(key, times);
		const input = times === 1 ? name : `${name}#${times}`;
		const stream: Open = {
			input,
			label,
			head,
			origins: new Origins(input),
			events: [],
			snapshots: [],
			bytes: 0,
		};
		this.#open.set(key, stream);
		this.#streams.push(stream);
		return stream;
	}

	#problem(record: JsonRecord): boolean {
		const { code, text, input, line } = record as Readonly<Record<string, PlainValue>>;
		if (typeof code !== "string" || typeof text !== "string") return false;
		this.problems.push({
			code,
			...(typeof input === "string" && { input }),
			...(typeof line === "number" && { line }),
			text,
		});
		return true;
	}
}

const keyOf = (input: string, node: string | null): string => JSON.stringify([input, node]);

function moved<T extends { readonly place: Place }>(thing: T, input: string): T {
	return thing.place.input === input ? thing : { ...thing, place: { ...thing.place, input } };
}

function finish({ input, label, head, events, snapshots, bytes }: Open): LogStream {
	const number = (key: string): number | null => {
		const value = head?.[key];
		return typeof value === "number" && Number.isFinite(value) ? value : null;
	};
	const place = (line: number | null | undefined): Place | null => (line == null ? null : { input, line });
	const string = (key: string): string | null => {
		const value = head?.[key];
		return typeof value === "string" ? value : null;
	};
	const told =
		head === undefined ? bounds([events]) : { from: readStamp(head["from"]), to: readStamp(head["to"]) };
	return {
		input,
		wrapper: head === undefined ? "events" : string("wrapper"),
		label,
		events,
		snapshots,
		counts: {
			bytes: number("bytes") ?? bytes,
			lines: number("lines") ?? events.length,
			logLines: number("logLines") ?? events.length,
			recognised: number("recognised") ?? events.length,
			unrecognised: number("unrecognised") ?? 0,
		},
		unrecognised: unrecognisedOf(head?.["unrecognisedLines"]),
		...told,
		firstLine: string("firstLine"),
		first: place(head === undefined ? events[0]?.place.line : number("firstLogLine")),
		last: place(head === undefined ? events.at(-1)?.place.line : number("lastLogLine")),
	};
}

function unrecognisedOf(value: unknown): UnrecognisedLine[] {
	if (!Array.isArray(value)) return [];
	return value.flatMap((one: unknown) => {
		const { line, text } = (one ?? {}) as { readonly line?: unknown; readonly text?: unknown };
		return typeof line === "number" && typeof text === "string" ? [{ line, text }] : [];
	});
}

/**
 * Two sources may hold events of files of the same name, from two hosts: then each is called by its
 * source as well, so that a line of evidence is found again.
 */
export function tellApart(
	sources: readonly { readonly source: string; readonly streams: readonly LogStream[] }[],
): LogStream[] {
	const owners = new Map<string, Set<string>>();
	for (const { source, streams } of sources) {
		for (const { input } of streams) owners.set(input, (owners.get(input) ?? new Set()).add(source));
	}
	return sources.flatMap(({ source, streams }) =>
		streams.map((stream) => {
			if (stream.input === source || (owners.get(stream.input)?.size ?? 0) < 2) return stream;
			return renamed(stream, `${source}:${stream.input}`);
		}),
	);
}

function renamed(stream: LogStream, input: string): LogStream {
	const place = (old: Place | null): Place | null => old && { ...old, input };
	const origins = new Origins(input);
	return {
		...stream,
		input,
		events: stream.events.map((event) => copyOf(event as Draft, origins)),
		snapshots: stream.snapshots.map((snapshot) => moved(snapshot, input)),
		first: place(stream.first),
		last: place(stream.last),
	};
}

import process from "node:process";
import type { Readable } from "node:stream";
import type { Problem } from "../model/report.ts";
import type { Readings } from "../model/stream.ts";
import { type Part, readParts } from "./bytes.ts";
import { Intake, type Reading } from "./intake.ts";
import { intakeOfLarge, type LargeOptions, sizeOfLarge } from "./pieces.ts";
import { emptyArchive, emptyFolder, unreadable } from "./problems.ts";
import { cutOverlaps } from "./overlap.ts";
import { findSources, type InputSource, type Source } from "./sources.ts";
import { tellApart } from "./written.ts";

export type { Reading } from "./intake.ts";
export type { InputSource, NamedData } from "./sources.ts";

/** How many inputs are open at a time. */
const AT_ONCE = 8;

export interface ReadOptions {
	/** What `-` stands for; the process's standard input when left out. */
	readonly stdin?: Readable;
	/** Threads that look through large files; when left out as many as pay where there are several, 0 for none. */
	readonly workers?: number;
	/** Names of nodes by input, as given with `--node NAME=INPUT`. */
	readonly labels?: ReadonlyMap<string, string>;
	/** Told now and then how far the reading is. */
	readonly onProgress?: (progress: Progress) => void;
}

/** How far the reading is: bytes, unpacked, and how many of the inputs are read to their end. */
export interface Progress {
	readonly bytes: number;
	readonly inputs: number;
	readonly of: number;
	/** Threads that help at present. */
	readonly threads: number;
}

/** Takes how many more bytes were read. */
type Count = (more: number) => void;

/** What is kept of a reading when it has been handed over. */
interface Outcome {
	readonly folder: string | null;
	readonly archived: boolean;
	readonly holdsLog: boolean;
	readonly problems: readonly Problem[];
}

/**
 * Reads every input that was given: files, folders, patterns, `-` and data at hand. Nothing is thrown
 * for what they hold: what could not be read or trusted is said in `problems`.
 */
export async function readInputs(
	inputs: readonly InputSource[],
	options: ReadOptions = {},
): Promise<Readings> {
	const readings: Reading[] = [];
	const reading = readEach(inputs, options);
	let next = await reading.next();
	for (; next.done !== true; next = await reading.next()) readings.push(next.value);
	return {
		streams: cutOverlaps(tellApart(readings.map(({ source, streams }) => ({ source: source.name, streams })))),
		problems: next.value,
		unreadable: next.value.some(isUnreadable),
	};
}

/** Whether a problem means that an input could not be read at all. */
export const isUnreadable = ({ code }: Problem): boolean =>
	code === "unreadable" || code === "empty" || code === "no-log";

/**
 * Reads the inputs one after the other, a few ahead, and hands each over when it is read. Returns
 * what could not be read or trusted.
 */
export async function* readEach(
	inputs: readonly InputSource[],
	options: ReadOptions = {},
): AsyncGenerator<Reading, readonly Problem[]> {
	const { sources, problems } = await findSources(inputs);
	const ahead: Promise<readonly Reading[]>[] = [];
	const done: Outcome[] = [];
	const waiting = sources.values();
	const { onProgress } = options;
	let bytes = 0;
	let finished = 0;
	const sizes = await Promise.all(sources.map(sizeOfLarge));
	const large = new Map(sources.flatMap((source, i) => (sizes[i] === undefined ? [] : [[source, sizes[i]]])));
	// One file is read by one thread in little more time than by two, and in less memory; others do not even load
	// what starts them.
	const wanted = large.size > 0 && (options.workers ?? large.size - 1) > 0;
	const pool = wanted ? new (await import("./pool.ts")).ScanPool(options.workers) : undefined;
	const count: Count | undefined =
		onProgress &&
		((more) => {
			const { length: of } = sources;
			onProgress({ bytes: (bytes += more), inputs: finished, of, threads: finished < of ? (pool?.size ?? 0) : 0 });
		});
	let turn: Promise<unknown> = Promise.resolve();
	const start = (): void => {
		const next = waiting.next();
		if (next.done === true) return;
		const source = next.value;
		const size = large.get(source);
		const reading = readSource(source, options, count, size === undefined ? undefined : { plan: pool?.plan(source.name, size), turn });
		if (size !== undefined) turn = reading.catch(() => {});
		ahead.push(reading);
	};
	for (let i = 0; i < AT_ONCE; i++) start();
	try {
		for (let first = ahead.shift(); first !== undefined; first = ahead.shift()) {
			const readings = await first;
			finished++;
			count?.(0);
			start();
			for (const reading of readings) {
				const { source, streams, problems: own } = reading;
				const { folder, archive } = source;
				done.push({ folder, archived: archive?.name === folder, holdsLog: streams.length > 0, problems: own });
				yield reading;
			}
		}
	} finally {
		await pool?.close();
	}
	return [...problems, ...withoutOtherFiles(done)];
}

/** Reads one source, line by line as its bytes come; of an archive every file. */
export async function readSource(
	source: Source,
	options: ReadOptions = {},
	count?: Count,
	large?: LargeOptions,
): Promise<readonly Reading[]> {
	const read = large && (await intakeOfLarge(source, options.labels, large, count));
	if (read !== undefined) {
		const { intake, error } = read;
		return [intake.end(error === undefined ? undefined : unreadable(source.name, error))];
	}
	const readings: Reading[] = [];
	try {
		for await (const part of readParts(source, options.stdin ?? process.stdin)) {
			readings.push(await readPart(part, options, count));
		}
	} catch (error) {
		// What ends too early is said of the file in which it does.
		const said = readings.at(-1)?.problems.some(({ code }) => code === "unreadable") ?? false;
		if (!said) readings.push({ source, streams: [], problems: [unreadable(source.name, error)] });
	}
	if (readings.length === 0) readings.push({ source, streams: [], problems: [emptyArchive(source.name)] });
	return readings;
}

async function readPart({ source, bytes }: Part, options: ReadOptions, count?: Count): Promise<Reading> {
	const intake = new Intake(source, options.labels);
	try {
		for await (const chunk of bytes) {
			intake.push(chunk);
			count?.(chunk.length);
		}
	} catch (error) {
		return intake.end(unreadable(source.name, error));
	}
	return intake.end();
}

/** In a folder or an archive, files that are no log are normal, as long as one is. */
function withoutOtherFiles(outcomes: readonly Outcome[]): Problem[] {
	const withLogs = new Set(outcomes.filter(({ holdsLog }) => holdsLog).map(({ folder }) => folder));
	const problems: Problem[] = [];
	for (const { folder, archived, problems: own } of outcomes) {
		if (folder === null) problems.push(...own);
		else if (withLogs.has(folder))
			problems.push(...own.filter(({ code }) => code !== "no-log" && code !== "empty"));
		else if (!problems.some(({ input }) => input === folder))
			problems.push(archived ? emptyArchive(folder) : emptyFolder(folder));
	}
	return problems;
}

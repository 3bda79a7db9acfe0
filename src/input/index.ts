import process from "node:process";
import type { Readable } from "node:stream";
import type { Problem } from "../model/report.ts";
import type { LogStream, Readings } from "../model/stream.ts";
import { readBytes } from "./bytes.ts";
import { DOCUMENT_LIMIT, opensJson } from "./json-document.ts";
import { LineSplitter } from "./lines.ts";
import { empty, emptyFolder, noLog, unreadable, yearUnknown } from "./problems.ts";
import { InputReader } from "./reader.ts";
import { findSources, type Source } from "./sources.ts";
import { streamsOf } from "./streams.ts";

/** How many inputs are open at a time. */
const AT_ONCE = 8;

export interface ReadOptions {
	/** What `-` stands for; the process's standard input when left out. */
	readonly stdin?: Readable;
	/** Names of nodes by input, as given with `--node NAME=INPUT`. */
	readonly labels?: ReadonlyMap<string, string>;
}

/** What one source held. */
interface Reading {
	readonly source: Source;
	readonly streams: readonly LogStream[];
	readonly problems: readonly Problem[];
}

/**
 * Reads every input that was given: files, folders, patterns and `-`. Nothing is thrown for what
 * they hold: what could not be read or trusted is said in `problems`.
 */
export async function readInputs(names: readonly string[], options: ReadOptions = {}): Promise<Readings> {
	const { sources, problems } = await findSources(names);
	const readings = await inOrder(sources, (source) => readSource(source, options));
	const all = [...problems, ...withoutOtherFiles(readings)];
	return {
		streams: readings.flatMap(({ streams }) => streams),
		problems: all,
		unreadable: all.some(({ code }) => ["unreadable", "empty", "no-log"].includes(code)),
	};
}

/** Reads one source, line by line as its bytes come. */
export async function readSource(source: Source, options: ReadOptions = {}): Promise<Reading> {
	const { name } = source;
	const reader = new InputReader(name);
	const splitter = new LineSplitter(reader.line);
	const problems: Problem[] = [];
	let bytes = 0;
	try {
		for await (const chunk of readBytes(source, options.stdin ?? process.stdin)) {
			bytes += chunk.length;
			// A document of JSON may be one long line.
			if (splitter.lines === 0 && opensJson(chunk.toString("latin1", 0, 200)))
				splitter.limit = DOCUMENT_LIMIT;
			splitter.push(chunk);
		}
	} catch (error) {
		problems.push(unreadable(name, error));
	}
	splitter.end();
	const contents = reader.finish();
	const { streams, yearKnown } = streamsOf(name, contents, bytes, options.labels?.get(name) ?? null);
	const found = streams.reduce((n, s) => n + s.counts.logLines + s.events.length + s.snapshots.length, 0);
	if (problems.length === 0 && found === 0) {
		problems.push(
			contents.firstLine === null ? empty(name) : noLog(name, splitter.lines, contents.firstLine),
		);
		if (source.folder !== null) return { source, streams: [], problems };
	}
	if (!yearKnown) problems.push(yearUnknown(name));
	return { source, streams, problems };
}

/** Does a few at a time what takes its time waiting, and keeps the order. */
async function inOrder<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
	const results: R[] = [];
	const left = items.entries();
	const worker = async (): Promise<void> => {
		for (const [i, item] of left) results[i] = await work(item);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
	return results;
}

/** In a folder, files that are no log are normal, as long as one is. */
function withoutOtherFiles(readings: readonly Reading[]): Problem[] {
	const withLogs = new Set(readings.filter((r) => r.streams.length > 0).map((r) => r.source.folder));
	const problems: Problem[] = [];
	for (const { source, problems: own } of readings) {
		const { folder } = source;
		if (folder === null) problems.push(...own);
		else if (withLogs.has(folder))
			problems.push(...own.filter(({ code }) => code !== "no-log" && code !== "empty"));
		else if (!problems.some(({ input }) => input === folder)) problems.push(emptyFolder(folder));
	}
	return problems;
}

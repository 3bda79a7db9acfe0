import type { Problem } from "../model/report.ts";
import type { LogStream } from "../model/stream.ts";
import { DOCUMENT_LIMIT, opensJson } from "./json-document.ts";
import { LINE_LIMIT, LineSplitter } from "./lines.ts";
import { empty, noLog, yearUnknown } from "./problems.ts";
import { InputReader, type ReaderOptions } from "./reader.ts";
import { Entry, type Scanned } from "./scan.ts";
import type { Source } from "./sources.ts";
import { streamsOf } from "./streams.ts";

/** What one source held. */
export interface Reading {
	readonly source: Source;
	readonly streams: readonly LogStream[];
	readonly problems: readonly Problem[];
}

/** Takes the bytes of one source, and tells at any time what they held so far. */
export class Intake {
	readonly source: Source;
	readonly #labels: ReadonlyMap<string, string> | undefined;
	readonly #reader: InputReader;
	readonly #splitter: LineSplitter;
	#bytes = 0;

	constructor(source: Source, labels: ReadonlyMap<string, string> | undefined, options?: ReaderOptions) {
		this.source = source;
		this.#labels = labels;
		this.#reader = new InputReader(source.name, options);
		this.#splitter = new LineSplitter(this.#reader);
	}

	push(chunk: Buffer): void {
		this.#bytes += chunk.length;
		// A document of JSON may be one long line.
		if (this.#splitter.lines === 0 && opensJson(chunk.toString("latin1", 0, 200)))
			this.#splitter.limit = DOCUMENT_LIMIT;
		this.#splitter.push(chunk);
		// What is no document, or has been found to be none, may hold lines without end all the same.
		if (this.#splitter.lines > 0) {
			this.#splitter.limit = this.#reader.holdsDocument ? DOCUMENT_LIMIT : LINE_LIMIT;
		}
	}

	/** Whether most of what comes is passed over, so that others may look through it beforehand. */
	get isSwift(): boolean {
		return this.#reader.isSwift;
	}

	/** Takes what was found in a piece of the source; `read` reads a part of it once more, which needs closer looking at. */
	async replay(scanned: Scanned, read: (from: number, to: number) => Promise<Buffer>): Promise<void> {
		const text = Buffer.from(scanned.text.buffer, scanned.text.byteOffset, scanned.text.length);
		const entry = new Entry(scanned);
		while (entry.next()) {
			const { lines, first, firstEnd } = entry;
			const number = this.#splitter.lines + 1;
			if (lines > 0) {
				if (this.#reader.replay(text, entry, number)) this.#splitter.count(lines);
				else this.#splitter.push(await read(entry.from, entry.to));
			} else if (entry.isPlain && this.#reader.plain(entry, text, first, firstEnd, number)) this.#splitter.count(1);
			else this.#splitter.hand(text, first, firstEnd);
		}
		this.#reader.done();
		this.#bytes += scanned.to - scanned.from;
	}

	/** Takes a last line that has no line end as it is. */
	endLine(): void {
		this.#splitter.end();
	}

	/** Lets go of the older half of the events; returns the time before which there may be none, or null. */
	forget(): number | null {
		return this.#reader.forget();
	}

	/** All that was read, when no more comes or it cannot be read on. */
	end(problem?: Problem): Reading {
		this.endLine();
		return this.#look(problem, true);
	}

	/** All that was read so far, but for a line that has not ended. */
	look(problem?: Problem): Reading {
		return this.#look(problem, false);
	}

	#look(problem: Problem | undefined, last: boolean): Reading {
		const { source } = this;
		const { name } = source;
		const problems = problem === undefined ? [] : [problem];
		const contents = this.#reader.contents();
		const { streams, yearKnown } = streamsOf(name, contents, this.#bytes, this.#labels?.get(name) ?? null, last);
		const found = streams.reduce((n, s) => n + s.counts.logLines + s.events.length + s.snapshots.length, 0);
		if (problem === undefined && found === 0 && (contents.written?.isEmpty ?? true)) {
			const { firstLine } = contents;
			problems.push(firstLine === null ? empty(name) : noLog(name, this.#splitter.lines, firstLine));
			if (source.folder !== null) return { source, streams: [], problems };
		}
		if (!yearKnown) problems.push(yearUnknown(name));
		problems.push(...(contents.written?.problems ?? []));
		return { source, streams: streams.map((stream) => this.#named(stream)), problems };
	}

	/** Streams of `rlog events` may be named by the inputs they were read from. */
	#named(stream: LogStream): LogStream {
		const label = stream.label === null ? this.#labels?.get(stream.input) : undefined;
		return label === undefined ? stream : { ...stream, label };
	}
}

import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { readInputs } from "../../src/input/index.ts";
import { type LogEvent, plainEvent } from "../../src/model/event.ts";
import type { LogStream, Readings } from "../../src/model/stream.ts";

/** Reads a text as if it came on standard input, cut into chunks of some size. */
export function readText(text: string | Buffer, chunk = 64 * 1024): Promise<Readings> {
	const bytes = Buffer.from(text);
	const chunks: Buffer[] = [];
	for (let at = 0; at < bytes.length; at += chunk) chunks.push(bytes.subarray(at, at + chunk));
	return readInputs(["-"], { stdin: Readable.from(chunks) });
}

export const data = (name: string): string => readFileSync(new URL(`data/${name}`, import.meta.url), "utf8");

/** Whether a line has a server's front. */
export const isLogLine = (line: string): boolean => /^(?:\d+:\S|\[\d+|pid=|\{"pid")/.test(line);

/** The lines of a log that have a server's front. */
export const logLines = (text: string): string[] => text.split("\n").filter(isLogLine);

/** What an event says, without where it stands and what its wrapper says. */
export function plain(event: LogEvent): unknown {
	const { place: _, outerTime: __, ...rest } = plainEvent(event);
	return rest;
}

/** All that was read, with plain events: what two that are alike share with others may differ. */
export const plainly = <T extends { readonly streams: readonly LogStream[] }>(read: T): T => ({
	...read,
	streams: read.streams.map((stream) => ({ ...stream, events: stream.events.map(plainEvent) })),
});

export const only = (readings: Readings): LogStream => {
	const [stream] = readings.streams;
	if (stream === undefined || readings.streams.length !== 1) {
		throw new Error(
			`${readings.streams.length} streams: ${readings.streams.map(({ label }) => label).join(", ")}`,
		);
	}
	return stream;
};

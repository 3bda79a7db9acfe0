import { maskSecrets } from "../secrets.ts";
import type { JsonRecord, Opened, Wrapper } from "./wrapper.ts";

// Several wrappers look at the same line in turn; it is parsed once.
let lastLine = "";
let lastRecord: JsonRecord | undefined;

/** The object that a line of JSON holds. */
export function parseRecord(line: string): JsonRecord | undefined {
	if (line === lastLine) return lastRecord;
	const open = line.trimStart()[0];
	lastLine = line;
	lastRecord = open === "{" ? asRecord(parse(line)) : undefined;
	return lastRecord;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

export const asRecord = (value: unknown): JsonRecord | undefined =>
	typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonRecord) : undefined;

/** The value at a path such as `kubernetes.pod.name`, whether nested or under one flat key. */
export function at(record: JsonRecord, path: string): unknown {
	if (path in record) return record[path];
	const dot = path.indexOf(".");
	if (dot === -1) return undefined;
	const inner = asRecord(record[path.slice(0, dot)]);
	return inner === undefined ? undefined : at(inner, path.slice(dot + 1));
}

/** The first of the paths that holds a string. */
export function text(record: JsonRecord, paths: readonly string[]): string | undefined {
	for (const path of paths) {
		const value = at(record, path);
		if (typeof value === "string" && value !== "") return value;
	}
	return undefined;
}

/** The first of the paths that holds anything. */
export function first(record: JsonRecord, paths: readonly string[]): unknown {
	for (const path of paths) {
		const value = at(record, path);
		if (value !== undefined && value !== null) return value;
	}
	return undefined;
}

/** A wrapper whose lines are JSON objects. */
export function jsonWrapper(name: string, openRecord: (record: JsonRecord) => Opened | undefined): Wrapper {
	// Secrets were masked in the line, but JSON may write any character as an escape.
	const openMasked = (record: JsonRecord): Opened | undefined => {
		const opened = openRecord(record);
		return opened && { ...opened, text: maskSecrets(opened.text) };
	};
	return {
		name,
		openRecord: openMasked,
		open(line) {
			const record = parseRecord(line);
			return record === undefined ? undefined : openMasked(record);
		},
	};
}

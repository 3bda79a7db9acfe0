import { roleStart } from "../../grammars/role.ts";
import { asRecord, at } from "./wrappers/json.ts";
import type { JsonRecord } from "./wrappers/wrapper.ts";

/** Longest JSON document that is read as one; a longer one is read line by line. */
export const DOCUMENT_LIMIT = 32 * 1024 * 1024;
/** Most values in one: `[{},{},{}…` takes fifty times its length in memory. */
const PARTS = 2_000_000;

/** How deep lists of records, and texts in them, lie in a document. */
const DEPTH = 12;

/** Whether bytes begin as a JSON document or as lines of JSON. */
export const opensJson = (head: string): boolean => /^\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[{"[]|$))/.test(head);

/** A record of a document, and the line it stands on. */
export interface Entry {
	readonly record: JsonRecord | string;
	readonly line: number;
}

const lists = [
	"hits.hits",
	"events",
	"results",
	"data.result",
	"entries",
	"items",
	"logs",
	"records",
	"messages",
	"data",
];

/**
 * Holds back the lines of an input that begins with JSON, until it is known whether they are one
 * document (a search's hits, an export) or a record each.
 */
export class JsonDocument {
	readonly #lines: string[] = [];
	#length = 0;

	/** Takes a line; false when the document grows too long to be one. */
	push(line: string): boolean {
		this.#lines.push(line);
		this.#length += line.length + 1;
		return this.#length <= DOCUMENT_LIMIT;
	}

	/** The lines as they came. */
	get lines(): readonly string[] {
		return this.#lines;
	}

	/** The document's records in the order in which they stand; undefined when it is no whole document. */
	entries(firstLine: number): Entry[] | undefined {
		const text = this.#lines.join("\n");
		if (countParts(text) > PARTS) return undefined;
		let value: unknown;
		try {
			value = JSON.parse(text);
		} catch {
			return undefined;
		}
		const found = records(value);
		// A reply of ROLE is a list too, and is read as what it is.
		return roleStart(JSON.stringify([found[0] ?? null, ""])) === undefined ? place(text, firstLine, found) : undefined;
	}
}

function countParts(text: string): number {
	let parts = 0;
	for (let i = 0; i < text.length && parts <= PARTS; i++) {
		const code = text.charCodeAt(i);
		if (code === 91 || code === 123 || code === 44) parts++;
	}
	return parts;
}

/** Whether one object is a document with records in it, and not a record. */
export const holdsRecords = (record: JsonRecord): boolean =>
	lists.some((path) => Array.isArray(at(record, path))) || Array.isArray(record["values"]);

/** The records of a document, wherever it keeps them. */
function records(value: unknown, depth = DEPTH): (JsonRecord | string)[] {
	if (depth === 0) return [];
	if (typeof value === "string") return [value];
	if (Array.isArray(value)) {
		const fields = namedFields(value);
		return fields === undefined ? value.flatMap((item) => records(item, depth - 1)) : [fields];
	}
	const record = asRecord(value);
	if (record === undefined) return [];
	for (const path of lists) {
		const list = at(record, path);
		if (Array.isArray(list) && list.length > 0) return list.flatMap((item) => records(item, depth - 1));
	}
	return streamed(record) ?? [record];
}

/** CloudWatch Logs Insights: a record is a list of `{ "field": "@message", "value": "…" }`. */
function namedFields(list: readonly unknown[]): JsonRecord | undefined {
	const pairs = list.map(asRecord);
	if (pairs.length === 0 || !pairs.every((pair) => typeof pair?.["field"] === "string")) return undefined;
	return Object.fromEntries(pairs.map((pair) => [pair?.["field"], pair?.["value"]]));
}

/** Loki's API: a stream's labels, and its lines as pairs of time and text. */
function streamed(record: JsonRecord): JsonRecord[] | undefined {
	const values = record["values"];
	if (!Array.isArray(values) || asRecord(record["stream"]) === undefined) return undefined;
	return values.flatMap((pair) =>
		Array.isArray(pair) ? [{ stream: record["stream"], timestamp: pair[0], line: pair[1] }] : [],
	);
}

/** Finds the line that each record's text stands on. */
function place(text: string, firstLine: number, found: readonly (JsonRecord | string)[]): Entry[] {
	if (!text.includes("\n")) return found.map((record) => ({ record, line: firstLine }));
	let line = firstLine;
	let at = 0;
	return found.map((record) => {
		const needle = longestText(record);
		const index = needle === "" ? -1 : text.indexOf(JSON.stringify(needle).slice(1, -1), at);
		if (index !== -1) {
			for (let lf = text.indexOf("\n", at); lf !== -1 && lf < index; lf = text.indexOf("\n", lf + 1)) line++;
			at = index;
		}
		return { record, line };
	});
}

/** A record's longest text is its log line: enough to find the place by. */
function longestText(value: unknown, depth = DEPTH): string {
	if (typeof value === "string") return value;
	if (depth === 0 || typeof value !== "object" || value === null) return "";
	return Object.values(value)
		.map((item) => longestText(item, depth - 1))
		.reduce((a, b) => (b.length > a.length ? b : a), "");
}

/** Search results may come in the order of their score; newest first is settled with the other lines. */
export function inTime<T extends { readonly unwrapped: { readonly outerTime: number | null } }>(
	entries: readonly T[],
): readonly T[] {
	const times = entries.map(({ unwrapped }) => unwrapped.outerTime);
	const step = (up: boolean): boolean =>
		times.some(
			(time, i) =>
				i > 0 && time !== null && (up ? time > (times[i - 1] ?? time) : time < (times[i - 1] ?? time)),
		);
	if (!(step(true) && step(false)) || times.includes(null)) return entries;
	return entries.toSorted((a, b) => (a.unwrapped.outerTime as number) - (b.unwrapped.outerTime as number));
}

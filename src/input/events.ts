import { isoStamp } from "../../grammars/stamp.ts";
import type { Level, LogEvent, RoleLetter } from "../model/event.ts";
import { type Draft, eventOf } from "./draft.ts";
import { memo } from "./grammar.ts";
import { Origins } from "./origin.ts";
import { asRecord, parseRecord } from "./wrappers/json.ts";

/** What an event's fields become in JSON: a number where it is exact, else its digits. */
export type PlainValue = string | number | boolean | null;

/** A line of `rlog events`: the head of the event, and the values of its message. */
export interface WrittenEvent {
	readonly type: string;
	/** ISO 8601 as the server's clock shows it; with a Z where it is UTC, without where its zone is unknown. */
	readonly time: string | null;
	readonly node: string | null;
	readonly input: string;
	readonly line: number;
	readonly pid: number | null;
	readonly role: RoleLetter | null;
	readonly level: Level | null;
	/** The message as logged: all that is needed to read its values again. */
	readonly text: string;
	/** Minutes east of UTC that the line showed, where it is not UTC. */
	readonly zone?: number;
	/** Uncertainty of the time in ms, where it is not 1. */
	readonly precision?: number;
	/** When a wrapper got the line. */
	readonly outerTime?: string;
	/** A line of the signal handler: its time is UTC in whole seconds. */
	readonly signalHandler?: true;
	readonly mended?: true;
	readonly [field: string]: PlainValue | undefined;
}

/** Writes an event as plain data; `readEvent` makes the same event of it. */
export function writeEvent(event: LogEvent, node: string | null): WrittenEvent {
	const { place, time, zone, precision, outerTime } = event;
	const stamp = time === null ? null : new Date(time).toISOString();
	const record: Record<string, PlainValue> = {
		type: event.type,
		time: zone === null && stamp !== null ? stamp.slice(0, -1) : stamp,
		node,
		input: place.input,
		line: place.line,
		pid: event.pid,
		role: event.role,
		level: event.level,
		text: event.text,
	};
	if (zone !== null && zone !== 0) record["zone"] = zone;
	if (precision !== 1) record["precision"] = precision;
	if (outerTime !== null) record["outerTime"] = new Date(outerTime).toISOString();
	if (event.signal) record["signalHandler"] = true;
	if (event.mended) record["mended"] = true;
	addFields(record, event.fields);
	return record as unknown as WrittenEvent;
}

/** A time of a stream, whose zone is told by its events alone. */
export const writeStamp = (ms: number | null): string | null =>
	ms === null ? null : new Date(ms).toISOString().slice(0, -1);

/** Reads it again. */
export const readStamp = (value: unknown): number | null =>
	typeof value === "string" ? (isoStamp(value)?.ms ?? null) : null;

function addFields(record: Record<string, PlainValue>, fields: object): void {
	for (const [name, value] of Object.entries(fields)) {
		// A field never takes the place of what every event has.
		if (Object.hasOwn(record, name)) continue;
		if (typeof value === "bigint") record[name] = isExact(value) ? Number(value) : value.toString();
		else if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
			record[name] = value;
	}
}

const isExact = (value: bigint): boolean => Number.isSafeInteger(Number(value));

const optional = <T extends "string" | "number">(
	value: unknown,
	kind: T,
): (T extends "string" ? string : number) | null => (typeof value === kind ? (value as never) : null);

/** Reads a line of `rlog events`; undefined when it is something else. `originsOf` has what the events of its input share. */
export function readEvent(
	line: string,
	originsOf: (input: string) => Origins = (input) => new Origins(input),
): { readonly event: Draft; readonly node: string | null } | undefined {
	const record = parseRecord(line);
	if (record === undefined || typeof record["type"] !== "string") return undefined;
	const {
		text,
		input,
		line: number,
	} = asRecord(record) as Readonly<Record<"text" | "input" | "line", unknown>>;
	if (typeof text !== "string" || typeof input !== "string" || typeof number !== "number") return undefined;
	const known = memo().read(text);
	if (known === undefined) return undefined;
	const stamp = isoStamp(String(record["time"]));
	const head = {
		pid: optional(record["pid"], "number"),
		role: optional(record["role"], "string") as RoleLetter | null,
		level: optional(record["level"], "string") as Level | null,
		zone: stamp === undefined || stamp.zone === null ? null : (optional(record["zone"], "number") ?? 0),
		precision: optional(record["precision"], "number") ?? 1,
		signal: record["signalHandler"] === true,
	};
	const event = eventOf(originsOf(input), head, stamp?.ms ?? null, known, number, {
		outerTime: isoStamp(String(record["outerTime"]))?.ms ?? null,
		mended: record["mended"] === true || undefined,
	});
	return { event, node: optional(record["node"], "string") };
}

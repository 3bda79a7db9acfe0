import { InfoReader } from "../../grammars/info.ts";
import type { Role, RoleReplica } from "../../grammars/role.ts";
import type { Snapshot } from "../model/stream.ts";
import { readStamp, writeStamp } from "./events.ts";
import { asRecord } from "./wrappers/json.ts";
import type { JsonRecord } from "./wrappers/wrapper.ts";

/** A field of INFO as it stood: its section, name, text and line. */
type WrittenField = readonly [section: string, name: string, text: string, line: number];

/** A reply of INFO or ROLE as a line of `rlog events`. */
export interface WrittenReply {
	readonly type: "info" | "role";
	/** When a wrapper got its first line. */
	readonly outerTime: string | null;
	readonly node: string | null;
	readonly input: string;
	readonly line: number;
	readonly lastLine: number;
	readonly address: string | null;
	readonly label: string | null;
	readonly named: boolean;
	/** How many of the stream's events stand above it. */
	readonly after: number;
	readonly fields?: readonly WrittenField[];
	/** ROLE's answer; numbers as decimal strings, since JSON's are not exact. */
	readonly reply?: Readonly<Record<string, unknown>>;
}

/** Writes a snapshot; `readReply` makes the same of it. */
export function writeReply(snapshot: Snapshot, node: string | null): WrittenReply {
	const { place, lastLine, address, label, named, outerTime, after, reply } = snapshot;
	const head = {
		type: reply.kind,
		outerTime: writeStamp(outerTime),
		node,
		input: place.input,
		line: place.line,
		lastLine,
		address,
		label,
		named,
		after,
	};
	if (reply.kind === "role") return { ...head, reply: plainRole(reply.role.reply) };
	const fields = [...reply.info.sections].flatMap(([section, entries]) =>
		[...entries.values()].map(
			({ name, text, line }): WrittenField => [
				section,
				// A name that came again was numbered.
				name.replace(/:\d+$/, ""),
				text,
				line,
			],
		),
	);
	return { ...head, fields };
}

function plainRole(role: Role): Record<string, unknown> {
	switch (role.role) {
		case "master":
			return {
				role: role.role,
				offset: role.offset?.toString(),
				replicas: role.replicas.map(({ ip, port, offset }) => ({ ip, port, offset: offset?.toString() })),
			};
		case "slave":
			return { ...role, offset: role.offset?.toString() };
		case "sentinel":
			return { ...role };
	}
}

/** Reads a reply of `rlog events`; undefined where it is none. */
export function readReply(record: JsonRecord, input: string): Snapshot | undefined {
	const { line, lastLine, address, label, named, after, outerTime } = record as Readonly<
		Record<string, unknown>
	>;
	if (typeof line !== "number" || typeof lastLine !== "number") return undefined;
	const reply = record["type"] === "info" ? readInfo(record, line) : readRole(record, line, lastLine);
	if (reply === undefined) return undefined;
	return {
		place: { input, line },
		lastLine,
		address: typeof address === "string" ? address : null,
		label: typeof label === "string" ? label : null,
		named: named === true,
		outerTime: readStamp(outerTime),
		after: typeof after === "number" ? after : 0,
		reply,
	};
}

function readInfo(record: JsonRecord, firstLine: number): Snapshot["reply"] | undefined {
	const fields = record["fields"];
	if (!Array.isArray(fields)) return undefined;
	const reader = new InfoReader({ firstLine });
	let current: unknown;
	for (const field of fields as readonly unknown[]) {
		if (!Array.isArray(field)) return undefined;
		const [section, name, text, line] = field as readonly unknown[];
		if (typeof section !== "string" || typeof name !== "string" || typeof text !== "string") return undefined;
		if (typeof line !== "number") return undefined;
		if (section !== current && section !== "") reader.push(`# ${section}`, line);
		current = section;
		reader.push(`${name}:${text}`, line);
	}
	const [info, ...more] = reader.end();
	return info === undefined || more.length > 0 ? undefined : { kind: "info", info: { ...info, firstLine } };
}

function readRole(record: JsonRecord, firstLine: number, lastLine: number): Snapshot["reply"] | undefined {
	const reply = roleOf(asRecord(record["reply"]) ?? {});
	if (reply === undefined) return undefined;
	return {
		kind: "role",
		role: { form: "list", reply, firstLine, lastLine, prompt: undefined, label: undefined, unread: [] },
	};
}

function roleOf({ role, offset, replicas, host, port, state, names }: JsonRecord): Role | undefined {
	switch (role) {
		case "master":
			return { role, offset: exact(offset), replicas: list(replicas).flatMap(replicaOf) };
		case "slave":
			return { role, host: text(host), port: whole(port), state: text(state), offset: exact(offset) };
		case "sentinel":
			return { role, names: list(names).filter((name) => typeof name === "string") };
		default:
			return undefined;
	}
}

function replicaOf(value: unknown): RoleReplica[] {
	const { ip, port, offset } = asRecord(value) ?? {};
	return typeof ip === "string" ? [{ ip, port: whole(port), offset: exact(offset) }] : [];
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const whole = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
const exact = (value: unknown): bigint | undefined =>
	typeof value === "string" && /^-?\d{1,20}$/.test(value) ? BigInt(value) : undefined;

import { type InfoDump, InfoReader, infoField } from "../../grammars/info.ts";
import { RoleReader, type RoleReply } from "../../grammars/role.ts";
import type { Snapshot } from "../model/stream.ts";
import { noName, type SegmentName } from "./segment.ts";

/** A dict is taken for INFO when it has one of the fields that only INFO has, or many that it has. */
const MANY = 12;

/** A reply found in an input, before it is known which node gave it. */
export type Found = Omit<Snapshot, "after" | "named"> & {
	/** Port and process that the reply itself tells. */
	readonly port: number | null;
	readonly pid: number | null;
	readonly role: "M" | "S" | "X" | null;
	/** What stands above it. */
	readonly name: SegmentName;
	/** When the server's own clock stood so, UTC ms. */
	readonly time: number | null;
};

/** Finds replies of INFO and ROLE among the lines of one node, or of an input without names. */
export class DumpReader {
	readonly #input: string;
	readonly #info: InfoReader;
	readonly #role: RoleReader;
	/** What is known of a line besides its text, by its number. */
	readonly #context = new Map<number, { readonly outerTime: number | null; readonly name: SegmentName }>();

	constructor(input: string) {
		this.#input = input;
		this.#info = new InfoReader();
		this.#role = new RoleReader();
	}

	/** Whether the last line was part of a reply that may go on. */
	get open(): boolean {
		return this.#info.open || this.#role.open;
	}

	/** Takes a line that is no log line; tells whether it belongs to a reply or asks for one. */
	push(text: string, number: number, outerTime: number | null, name: SegmentName): boolean {
		const info = this.#info.push(text, number);
		const role = this.#role.push(text, number);
		if (info || role) this.#context.set(number, { outerTime, name });
		return info || role;
	}

	/** All replies, in the order of the input. */
	end(): Found[] {
		const infos = this.#info
			.end()
			.filter(isInfo)
			.map((info) => this.#foundInfo(info));
		const roles = this.#role.end().map((role) => this.#foundRole(role));
		return [...infos, ...roles].sort((a, b) => a.place.line - b.place.line);
	}

	#foundInfo(info: InfoDump): Found {
		const { values } = info;
		const pid = values.processId;
		const port = values.tcpPort;
		const micros = values.serverTimeUsec;
		return {
			...this.#head(info),
			port: typeof port === "number" && port > 0 ? port : null,
			pid: typeof pid === "number" ? pid : null,
			role: letter(infoField(info, "role")?.text, infoField(info, "redis_mode")?.text),
			time: micros === undefined ? null : Math.floor(Number(micros) / 1000),
			reply: { kind: "info", info },
		};
	}

	#foundRole(role: RoleReply): Found {
		return {
			...this.#head(role),
			port: null,
			pid: null,
			role: letter(role.reply.role, undefined),
			time: null,
			reply: { kind: "role", role },
		};
	}

	#head({
		firstLine,
		lastLine,
		prompt,
		label,
	}: InfoDump | RoleReply): Omit<Snapshot, "after" | "named" | "reply"> & { name: SegmentName } {
		const context = this.#context.get(firstLine);
		return {
			place: { input: this.#input, line: firstLine },
			lastLine,
			address: prompt?.address ?? null,
			// A shell's `user@host` is the same for every server that is asked from there.
			label: [prompt?.label, label].find((name) => name !== undefined && !name.includes("@")) ?? null,
			outerTime: context?.outerTime ?? null,
			name: context?.name ?? noName,
		};
	}
}

function isInfo(info: InfoDump): boolean {
	if (info.form === "lines") return true;
	let fields = 0;
	for (const section of info.sections.values()) fields += section.size;
	return (
		fields >= MANY ||
		["redis_version", "valkey_version", "run_id", "role"].some((name) => infoField(info, name))
	);
}

function letter(role: string | undefined, mode: string | undefined): Found["role"] {
	if (mode === "sentinel" || role === "sentinel") return "X";
	if (role === "master" || role === "primary") return "M";
	return role === "slave" || role === "replica" ? "S" : null;
}

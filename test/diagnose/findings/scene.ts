import { MessageGrammar } from "../../../grammars/message-grammar.ts";
import { parseFront } from "../../../grammars/prefix.ts";
import { correlate, type Story } from "../../../src/correlate/index.ts";
import { findAll } from "../../../src/diagnose/findings/index.ts";
import { explainAll } from "../../../src/diagnose/resync.ts";
import type { LogEvent } from "../../../src/model/event.ts";
import type { Finding, FindingCode, Resync } from "../../../src/model/report.ts";
import type { LogStream } from "../../../src/model/stream.ts";

const grammar = new MessageGrammar();

/** Two replication IDs that no test needs to read. */
export const idA = "2a8775ae13bc7fbb0c5e2b7e7c9fd2d68ab5eb7c";
export const idB = "b7e7c9fd2d68ab5eb7c2a8775ae13bc7fbb0c5e2";

interface Node {
	readonly name: string;
	readonly address: string;
	pid: number;
	role: "M" | "S";
	readonly lines: { at: number; text: string }[];
}

export interface Told {
	readonly story: Story;
	readonly resyncs: readonly Resync[];
	readonly findings: readonly Finding[];
	/** The findings of one code. */
	readonly of: (code: FindingCode) => readonly Finding[];
}

/** Writes the logs of servers as they would write them themselves, and analyses them. Times are ms since 20:00. */
export class Scene {
	readonly #nodes = new Map<string, Node>();

	/** A server whose process starts at some time. */
	node(name: string, role: "M" | "S", at = 0): this {
		const port = 7001 + this.#nodes.size;
		this.#nodes.set(name, {
			name,
			address: `10.0.0.${this.#nodes.size + 1}:${port}`,
			pid: 100,
			role,
			lines: [],
		});
		return this.start(name, at);
	}

	/** The lines of a process that starts, with what it loaded before it is ready. */
	start(name: string, at: number, ...loads: string[]): this {
		const node = this.#node(name);
		node.pid += 100;
		const { pid, address } = node;
		const port = address.split(":")[1];
		this.say(name, at, "* oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo", "C");
		this.say(
			name,
			at,
			`* Redis version=7.2.4, bits=64, commit=00000000, modified=0, pid=${pid}, just started`,
			"C",
		);
		this.say(name, at, `* Running mode=standalone, port=${port}.`);
		this.say(name, at, "* Server initialized");
		for (const load of loads) this.say(name, at, load);
		return this.say(name, at, "* Ready to accept connections tcp");
	}

	/** Lines of one server: level and message. */
	say(name: string, at: number, text: string, role?: string): this {
		const node = this.#node(name);
		const time = new Date(Date.UTC(2026, 10, 21, 20) + at);
		const stamp = `21 Nov 2026 ${time.toISOString().slice(11, 23)}`;
		node.lines.push({ at, text: `${node.pid}:${role ?? node.role} ${stamp} ${text}` });
		return this;
	}

	address(name: string): string {
		return this.#node(name).address;
	}

	role(name: string, role: "M" | "S"): this {
		this.#node(name).role = role;
		return this;
	}

	/** Both sides notice that the link ends. */
	lose(replica: string, primary: string, at: number): this {
		this.say(replica, at, "* Connection with master lost.").say(
			replica,
			at,
			"* Caching the disconnected master state.",
		);
		return this.say(primary, at, `* Connection with replica ${this.address(replica)} lost.`);
	}

	/** The replica connects and asks: for a position, or for everything. */
	ask(replica: string, primary: string, at: number, request: string | null): this {
		this.say(replica, at, `* Connecting to MASTER ${this.address(primary)}`);
		this.say(replica, at, "* MASTER <-> REPLICA sync started");
		this.say(replica, at, "* Non blocking connect for SYNC fired the event.");
		this.say(replica, at, "* Master replied to PING, replication can continue...");
		const question =
			request === null
				? "* Partial resynchronization not possible (no cached master)"
				: `* Trying a partial resynchronization (request ${request}).`;
		this.say(replica, at, question);
		return this.say(primary, at, `* Replica ${this.address(replica)} asks for synchronization`);
	}

	/** A partial resync. */
	partial(replica: string, primary: string, at: number, request: string, bytes = 0, newId?: string): this {
		this.ask(replica, primary, at, request);
		const offset = request.split(":")[1];
		this.say(
			primary,
			at,
			`* Partial resynchronization request from ${this.address(replica)} accepted. Sending ${bytes} bytes of backlog starting from offset ${offset}.`,
		);
		this.say(replica, at, "* Successful partial resynchronization with master.");
		if (newId !== undefined) this.say(replica, at, `* Master replication ID changed to ${newId}`);
		return this.say(replica, at, "* MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization.");
	}

	/** The question and the grant of a full resync, with the primary's verdict line. */
	grant(
		replica: string,
		primary: string,
		at: number,
		request: string | null,
		granted: string,
		verdict?: string,
	): this {
		this.ask(replica, primary, at, request);
		this.say(primary, at, `* ${verdict ?? `Full resync requested by replica ${this.address(replica)}`}`);
		this.say(primary, at, "* Starting BGSAVE for SYNC with target: disk");
		this.say(primary, at, "* Background saving started by pid 999");
		return this.say(replica, at, `* Full resync from master: ${granted}`);
	}

	/** A full resync that succeeds after some time; `keys` is what the replica loads. */
	full(
		replica: string,
		primary: string,
		at: number,
		request: string | null,
		granted: string,
		verdict?: string,
		took = 100,
		keys = 200,
	): this {
		const end = at + took;
		this.grant(replica, primary, at, request, granted, verdict);
		this.say(primary, end, "* Background saving terminated with success");
		this.say(primary, end, `* Synchronization with replica ${this.address(replica)} succeeded`);
		this.say(replica, end, "* MASTER <-> REPLICA sync: receiving 5867 bytes from master to disk");
		this.say(replica, end, "* MASTER <-> REPLICA sync: Flushing old data");
		this.say(replica, end, "* MASTER <-> REPLICA sync: Loading DB in memory");
		this.say(replica, end, `* Done loading RDB, keys loaded: ${keys}, keys expired: 0.`);
		return this.say(replica, end, "* MASTER <-> REPLICA sync: Finished with success");
	}

	/** The promotion of a replica by a client, Sentinel or nobody in particular. */
	promote(
		name: string,
		at: number,
		oldId: string,
		offset: number,
		newId: string,
		client = "id=8 addr=10.0.0.9:47326 name= flags=N cmd=replicaof",
	): this {
		this.role(name, "M");
		this.say(name, at, "* Discarding previously cached master state.");
		this.say(
			name,
			at,
			`* Setting secondary replication ID to ${oldId}, valid up to offset: ${offset}. New replication ID is ${newId}`,
		);
		return this.say(name, at, `* MASTER MODE enabled (user request from '${client}')`);
	}

	/** The demotion of a primary by a client. */
	demote(
		name: string,
		at: number,
		target: string,
		client = "id=9 addr=10.0.0.9:42718 name= flags=N cmd=replicaof",
	): this {
		this.role(name, "S");
		this.say(
			name,
			at,
			"* Before turning into a replica, using my own master parameters to synthesize a cached master: I may be able to synchronize with the new master with just a partial transfer.",
		);
		return this.say(name, at, `* REPLICAOF ${target} enabled (user request from '${client}')`);
	}

	text(name: string): string {
		const { lines } = this.#node(name);
		return [...lines]
			.sort((a, b) => a.at - b.at)
			.map((l) => `${l.text}\n`)
			.join("");
	}

	/** Analyses the logs of some servers; of all when none is named. */
	tell(...names: string[]): Told {
		const chosen = names.length > 0 ? names : [...this.#nodes.keys()];
		return tellLogs(Object.fromEntries(chosen.map((name) => [`${name}.log`, this.text(name)])));
	}

	#node(name: string): Node {
		const node = this.#nodes.get(name);
		if (node === undefined) throw new Error(`no node ${name}`);
		return node;
	}
}

/** Analyses logs given as text, by input name. */
export function tellLogs(logs: Readonly<Record<string, string>>): Told {
	const streams = Object.entries(logs).map(([input, text]) => streamOf(input, text));
	const story = correlate(streams);
	const resyncs = explainAll(story);
	const findings = findAll(story, resyncs);
	return { story, resyncs, findings, of: (code) => findings.filter((f) => f.code === code) };
}

function streamOf(input: string, text: string): LogStream {
	const lines = text.split("\n").filter((line) => line.trim() !== "");
	const events: LogEvent[] = [];
	const times: number[] = [];
	for (const [i, line] of lines.entries()) {
		const front = parseFront(line.trim());
		if (front === undefined) throw new Error(`no front of a log line: ${line}`);
		if (!front.signal && front.stamp.ms !== null) times.push(front.stamp.ms);
		const parsed = grammar.parse(front.message);
		if (parsed === undefined) continue;
		events.push({
			...parsed,
			place: { input, line: i + 1 },
			time: front.stamp.ms,
			zone: front.stamp.zone,
			precision: front.stamp.precision,
			outerTime: null,
			pid: front.pid,
			role: front.role,
			level: front.level,
			signal: front.signal,
			text: front.message,
		} as LogEvent);
	}
	return {
		input,
		wrapper: null,
		label: null,
		events,
		counts: { bytes: text.length, lines: lines.length, logLines: lines.length, recognised: events.length, unrecognised: 0 },
		unrecognised: [],
		snapshots: [],
		from: times[0] ?? null,
		to: times.at(-1) ?? null,
		firstLine: lines[0] ?? null,
		first: null,
		last: null,
	};
}

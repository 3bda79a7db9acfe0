import { closeSync, openSync, writeSync } from "node:fs";
import { type Random, random } from "./random.ts";

/*
 * Logs as servers write them, of any size, the same for the same seed. Each kind goes to a file line
 * by line: none is ever held whole.
 */

const CHUNK = 4 * 1024 * 1024;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (n: number): string => String(n).padStart(2, "0");
const three = (n: number): string => String(n).padStart(3, "0");

/** Writes the lines of one server, with a clock that only goes on. */
class Log {
	readonly #file: number;
	readonly #wrap: (line: string, at: number) => string;
	#held: string[] = [];
	#heldLength = 0;
	#second = -1;
	#date = "";
	at: number;
	pid: number;
	role: string;
	bytes = 0;
	lines = 0;

	constructor(path: string, pid: number, role: string, at: number, wrap = (line: string, _at: number) => line) {
		this.#file = openSync(path, "w");
		this.pid = pid;
		this.role = role;
		this.at = at;
		this.#wrap = wrap;
	}

	/** A line `after` so many milliseconds. */
	write(level: string, message: string, after = 0, role = this.role, pid = this.pid): void {
		this.at += after;
		const second = Math.floor(this.at / 1000);
		if (second !== this.#second) {
			this.#second = second;
			const d = new Date(second * 1000);
			const day = `${two(d.getUTCDate())} ${months[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
			this.#date = `${day} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`;
		}
		const line = `${pid}:${role} ${this.#date}.${three(this.at % 1000)} ${level} ${message}`;
		this.raw(this.#wrap(line, this.at));
	}

	raw(line: string): void {
		this.#held.push(line);
		this.#heldLength += line.length + 1;
		this.bytes += line.length + 1;
		this.lines++;
		if (this.#heldLength >= CHUNK) this.#flush();
	}

	#flush(): void {
		if (this.#held.length > 0) writeSync(this.#file, Buffer.from(`${this.#held.join("\n")}\n`, "latin1"));
		this.#held = [];
		this.#heldLength = 0;
	}

	close(): void {
		this.#flush();
		closeSync(this.#file);
	}
}

const start = Date.UTC(2026, 10, 21, 8);

/** What a server at verbose says all day long. */
function verbose(log: Log, r: Random): void {
	const kind = r.below(4);
	const after = r.below(12);
	if (kind < 2) log.write("-", `Accepted 10.20.${r.below(256)}.${r.below(256)}:${30_000 + r.below(30_000)}`, after);
	else if (kind === 2) {
		const keys = 100_000 + r.below(900_000);
		log.write("-", `DB 0: ${keys} keys (${r.below(keys)} volatile) in 1048576 slots HT.`, after);
	} else log.write("-", `${r.below(900)} clients connected (1 replicas), ${r.below(2 ** 31)} bytes in use`, after);
}

/** What is said at notice, as a line that matters is, and has nothing to do with replication. */
const rewriting: readonly ((n: number) => string)[] = [
	(n) => `Successfully renamed the temporary AOF base file temp-rewriteaof-bg-${n}.aof into appendonly.aof.${n}.base.rdb`,
	(n) => `Creating AOF incr file appendonly.aof.${n}.incr.aof on background rewrite`,
	(n) => `Removing the history file appendonly.aof.${n}.incr.aof in the background`,
	(n) => `Residual parent diff successfully flushed to the rewritten AOF (${n % 100}.00 MB)`,
	(n) => `Concatenating ${n % 100}.${two(n % 97)} MB of AOF diff received from parent.`,
];

function notice(log: Log, r: Random): void {
	log.write("*", r.pick(rewriting)(r.below(100_000)), r.below(12));
}

/** A primary's save point: five lines. */
function savePoint(log: Log, r: Random): void {
	const child = log.pid + 1 + r.below(10_000);
	log.write("*", `${100 + r.below(900)} changes in 300 seconds. Saving...`, r.below(20));
	log.write("*", `Background saving started by pid ${child}`, 1);
	log.write("*", "DB saved on disk", 2, "C", child);
	log.write("*", `Fork CoW for RDB: current ${r.below(9)} MB, peak ${r.below(9)} MB, average 0 MB`, 0, "C", child);
	log.write("*", "Background saving terminated with success", 90);
}

/** A primary's side of a replica that comes back: four lines. */
function partial(log: Log, r: Random, offset: number): void {
	const replica = `10.20.0.${2 + r.below(3)}:6379`;
	log.write("#", `Connection with replica ${replica} lost.`, r.below(2000));
	log.write("*", `Replica ${replica} asks for synchronization`, 1 + r.below(900));
	log.write("*", `Partial resynchronization request from ${replica} accepted. Sending ${r.below(9000)} bytes of backlog starting from offset ${offset}.`);
	log.write("-", "Client closed connection", 1);
}

/** A replica that comes back: nine lines. */
function reconnect(log: Log, replid: string, offset: number): void {
	log.write("*", "Connection with master lost.", 1500);
	log.write("*", "Caching the disconnected master state.");
	log.write("*", "Reconnecting to MASTER 10.20.0.1:6379");
	log.write("*", "MASTER <-> REPLICA sync started");
	log.write("*", "Non blocking connect for SYNC fired the event.", 1);
	log.write("*", "Master replied to PING, replication can continue...", 1);
	log.write("*", `Trying a partial resynchronization (request ${replid}:${offset}).`, 1);
	log.write("*", "Successful partial resynchronization with master.", 1);
	log.write("*", "MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization.");
}

/** How large a log may become: whichever comes first. */
export interface Size {
	readonly bytes?: number;
	readonly lines?: number;
}

/** What was written. */
export interface Written {
	readonly path: string;
	readonly bytes: number;
	readonly lines: number;
}

export type Kind = "sparse" | "notice" | "dense" | "storm" | "docker";

const docker = (line: string, at: number): string =>
	`{"log":${JSON.stringify(`${line}\n`)},"stream":"stdout","time":"${new Date(at).toISOString().slice(0, -1)}000000Z"}`;

/**
 * Writes one log. `sparse`: verbose noise, one line in a hundred matters. `notice`: the same, with all
 * noise at notice. `dense`: save points and replicas that come back, every line is known. `storm`: a
 * replica that resynchronises without end. `docker`: `sparse` as Docker's JSON.
 */
export function writeLog(path: string, kind: Kind, size: Size, seed: number): Written {
	const r = random(seed);
	const replica = kind === "storm";
	const log = new Log(path, 4242, replica ? "S" : "M", start, kind === "docker" ? docker : undefined);
	const replid = r.hex(40);
	const { bytes = Number.POSITIVE_INFINITY, lines = Number.POSITIVE_INFINITY } = size;
	let offset = 1;
	while (log.bytes < bytes && log.lines < lines) {
		offset += 1000 + r.below(100_000);
		if (replica) reconnect(log, replid, offset);
		else if (r.below(10) < 9) savePoint(log, r);
		else partial(log, r, offset);
		const noise = kind === "dense" || replica ? undefined : kind === "notice" ? notice : verbose;
		if (noise !== undefined) for (let n = 0; n < 430; n++) noise(log, r);
	}
	log.close();
	return { path, bytes: log.bytes, lines: log.lines };
}

/**
 * Writes the logs of one primary and its replicas, with so many resyncs in all, whose handshakes join:
 * one folder, one file a server, each with a clock of its own.
 */
export function writeNodes(folder: string, nodes: number, resyncs: number, seed: number): Written {
	const r = random(seed);
	const replid = r.hex(40);
	const primary = new Log(`${folder}/primary.log`, 4242, "M", start);
	const replicas = Array.from({ length: nodes - 1 }, (_, i) => {
		const skew = r.below(10_000) - 5000;
		return { ip: `10.20.${i >> 8}.${(i & 255) + 2}`, skew, log: new Log(`${folder}/replica-${i}.log`, 5000 + i, "S", start + skew) };
	});
	primary.write("*", "Ready to accept connections", 1);
	let offset = 1;
	for (let n = 0; n < resyncs; n++) {
		const { ip, skew, log } = replicas[n % replicas.length] as (typeof replicas)[number];
		const lost = primary.at + 20 + r.below(50);
		offset += 1000 + r.below(100_000);
		log.at = lost + skew - 1500;
		reconnect(log, replid, offset);
		primary.at = lost;
		primary.write("#", `Connection with replica ${ip}:6379 lost.`);
		primary.write("*", `Replica ${ip}:6379 asks for synchronization`, 3);
		primary.write("*", `Partial resynchronization request from ${ip}:6379 accepted. Sending ${r.below(9000)} bytes of backlog starting from offset ${offset}.`);
	}
	const logs = [primary, ...replicas.map(({ log }) => log)];
	for (const log of logs) log.close();
	return {
		path: folder,
		bytes: logs.reduce((sum, { bytes }) => sum + bytes, 0),
		lines: logs.reduce((sum, { lines }) => sum + lines, 0),
	};
}

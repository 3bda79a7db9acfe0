import type { LogEvent, MessageType } from "../model/event.ts";
import { allLinesOf } from "../model/lines.ts";
import type { ProcessLife, Server } from "../model/story.ts";
import type { LogStream } from "../model/stream.ts";
import { type Survey, survey } from "./survey.ts";

/** Messages that a process prints while it starts, before it serves anybody. */
const bootTypes: ReadonlySet<MessageType> = new Set<MessageType>([
	"server.starting", "server.version", "server.version-legacy", "server.mode", "server.config-loaded",
	"server.no-config", "server.initialized", "server.ready", "server.loaded", "server.startup-misc",
	"server.system-warning", "rdb.load.version", "rdb.load.age", "rdb.load.memory", "rdb.load.done",
	"rdb.load.aof-tail", "cluster.myself", "sentinel.id", "slot-migration.log-cleanup",
]);

/** Messages of which each life prints one: the second begins the next life. */
const startTypes: ReadonlySet<MessageType> = new Set<MessageType>([
	"server.starting", "server.version", "server.version-legacy",
]);

/** Messages that show a process starting where its first lines are missing. */
const onlyAtStart: ReadonlySet<MessageType> = new Set<MessageType>(["server.mode", "server.initialized", "server.ready"]);

const crashTypes: ReadonlySet<MessageType> = new Set<MessageType>([
	"crash.signal", "crash.assert", "crash.panic", "server.oom", "crash.bug-report",
]);

/** Messages that tell of a life, or of a child; all others say only that the process is alive. */
const tellingTypes: ReadonlySet<MessageType> = new Set<MessageType>([
	...bootTypes, ...startTypes, ...crashTypes,
	"server.loaded", "server.exit", "server.load-failed", "rdb.bgsave-started", "rdb.transfer-started", "aof.rewrite-started",
]);

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Whether the event was printed by a forked child (BGSAVE, AOF rewrite) and not by the server itself. */
function isChild(event: LogEvent, life: ProcessLife | undefined, children: ReadonlySet<number>): boolean {
	if (event.pid === null) return false;
	if (children.has(event.pid)) return true;
	if (startTypes.has(event.type)) return false;
	// The log may begin while a child is at work: its lines are no life of the server's.
	if (life === undefined || life.pid === null) return childTypes.has(event.type) || (event.role === "C" && !bootTypes.has(event.type));
	return event.pid !== life.pid && (event.role === "C" || childTypes.has(event.type));
}

/** Messages that only children print; logs of 2.x do not say so in the front. */
const childTypes: ReadonlySet<MessageType> = new Set<MessageType>([
	"rdb.saved", "rdb.cow", "rdb.save-error", "rdb.done-saving", "child.parent-gone", "rdb.save-version-incompatible",
]);

/** Messages that KeyDB prints for what its configuration says, before it starts. */
const configTypes: ReadonlySet<MessageType> = new Set<MessageType>(["cached-primary.synthesized", "server.startup-misc"]);

/** Whether the process of a line is the end of that of the next one, in the same role. */
function isCutOff(first: LogEvent, next: LogEvent): boolean {
	const [a, b] = [`${first.pid}`, `${next.pid}`];
	return first.pid !== null && a.length < b.length && b.endsWith(a) && first.role === next.role && first.role !== "C" && !startTypes.has(first.type);
}

/** Splits a server's events into the lives of its process. */
function findLives(server: Server, { types, typeOf }: Survey): ProcessLife[] {
	const telling = types.map((type) => tellingTypes.has(type));
	const lives: Mutable<ProcessLife>[] = [];
	const children = new Set<number>();
	let life: Mutable<ProcessLife> | undefined;
	let booting = false;
	/** Whether all so far was printed while a configuration was read, before the process went into the background. */
	let prelude = false;
	let seen = new Set<MessageType>();
	for (const [i, event] of server.events.entries()) {
		// Most lines are the process's own, and say nothing of it.
		if (!booting && life?.pid != null && event.pid === life.pid && !telling[typeOf[i] as number]) continue;
		if (isChild(event, life, children)) {
			if (life === undefined) {
				lives.push((life = newLife(server, 0, i, null)));
				prelude = true;
			}
			prelude &&= configTypes.has(event.type);
			continue;
		}
		const starts = startTypes.has(event.type);
		// A copy that begins in the midst of a process ID: `9:S …`, then `19:S …`.
		const cut = i === 1 && !starts && isCutOff(server.events[0] as LogEvent, event);
		if (cut && life !== undefined) life.pid = event.pid;
		const anotherPid = life !== undefined && event.pid !== null && life.pid !== null && event.pid !== life.pid;
		const again = starts && life !== undefined && (!booting || seen.has(event.type));
		if (again && prelude && life !== undefined) {
			booting = true;
			prelude = false;
		} else if (life === undefined || anotherPid || again) {
			prelude = false;
			if (life !== undefined) {
				life.to = i;
				if (life.end === "log-ends") life.end = "killed";
			}
			life = newLife(server, lives.length, i, event.pid);
			lives.push(life);
			booting = true;
			seen = new Set();
			children.clear();
		}
		if (bootTypes.has(event.type)) {
			seen.add(event.type);
			if (booting && (starts || onlyAtStart.has(event.type))) life.start ??= event;
		} else if (event.pid !== null) {
			booting = false;
		}
		life.pid ??= event.pid;
		note(life, event, booting, children);
	}
	return lives;
}

const newLife = (server: Server, index: number, from: number, pid: number | null): Mutable<ProcessLife> => ({
	server, index, pid, start: null, endEvent: null, end: "log-ends",
	version: null, from, to: server.events.length, loaded: null,
});

function note(life: Mutable<ProcessLife>, event: LogEvent, booting: boolean, children: Set<number>): void {
	switch (event.type) {
		case "server.version":
		case "server.version-legacy":
			life.version = event.fields.version ?? life.version;
			break;
		case "server.loaded":
			if (booting) life.loaded = event;
			break;
		case "server.exit":
		case "server.load-failed":
			life.endEvent = event;
			life.end = "shutdown";
			break;
		case "rdb.bgsave-started":
		case "rdb.transfer-started":
		case "aof.rewrite-started":
			if (event.fields.childPid !== undefined) children.add(event.fields.childPid);
			break;
		default:
			if (crashTypes.has(event.type)) {
				life.endEvent ??= event;
				life.end = "crash";
			}
	}
}

/** Builds the server of one or several streams that belong to one node. */
export function buildServer(id: string, name: string, streams: readonly LogStream[]): Server {
	const events = streams.length === 1 ? (streams[0] as LogStream).events : streams.flatMap((s) => [...s.events]);
	const surveyed = survey(events);
	const { positions, traits } = surveyed;
	const server: Mutable<Server> = {
		id, name, streams, events, lives: [], positions, traits, ports: new Set(), sentinel: false, cluster: false,
	};
	const ports = new Set<number>();
	let { sentinelLines } = surveyed;
	for (const type of server.positions.keys()) {
		if (type.startsWith("sentinel.")) {
			for (const { role } of allLinesOf(server, type)) if (role !== "X") sentinelLines++;
		} else if (type.startsWith("cluster.") && type !== "cluster.misc") server.cluster = true;
	}
	for (const event of allLinesOf(server, "server.mode", "server.ready")) {
		if (event.type === "server.mode") {
			ports.add(event.fields.port);
			if (event.fields.mode === "cluster") server.cluster = true;
			if (event.fields.mode === "sentinel") sentinelLines += events.length;
		} else if (/^\d+$/.test(event.fields.where ?? "")) {
			ports.add(Number(event.fields.where));
		}
	}
	server.ports = ports;
	server.sentinel = sentinelLines > events.length / 2;
	server.lives = findLives(server, surveyed);
	return server;
}

/** The same server by another name. */
export function renamed(server: Server, id: string, name: string): Server {
	// Its lives point to it, so that it stays the same object.
	return Object.assign(server as Mutable<Server>, { id, name });
}

/**
 * What a process came up as: the role of its "ready" line. A cluster node reads its role from
 * nodes.conf and turns into a replica only at its first cron, a moment after that line
 * (cluster.c, clusterCron): `asks` is when it first asked a primary.
 */
export function bootRole(life: ProcessLife, asks: LogEvent | null): "primary" | "replica" | null {
	const { server } = life;
	let ready: LogEvent | undefined;
	let first: LogEvent | undefined;
	let restored = false;
	let demoted = false;
	for (let i = life.from; i < life.to; i++) {
		const event = server.events[i] as LogEvent;
		if (event.type === "cluster.myself") restored = event.text.startsWith("Node configuration loaded");
		if (event.type === "server.ready") ready = event;
		if (event.role === "M" || event.role === "S") first ??= event;
		// Said only where it was a primary until then.
		if (event.type === "cluster.became-replica") demoted = true;
		if (event === asks || (ready !== undefined && (asks === null || !restored || demoted))) break;
	}
	// Where that line is missing, the first ones of the process show its role: a configured primary is known before.
	ready ??= life.start === null ? undefined : first;
	if (ready === undefined || ready.role === null) return null;
	if (ready.role === "S") return "replica";
	const soon = asks?.time != null && ready.time !== null && asks.time - ready.time < 2000;
	return restored && soon && server.cluster && !demoted ? "replica" : "primary";
}

/** True for versions before 4.0, which know one replication ID only: the run ID. */
export function isPsync1(version: string | null): boolean {
	return version !== null && /^[23]\./.test(version);
}

/** Versions by lives: a server that starts again and again has as many. */
const versions = new WeakMap<readonly ProcessLife[], readonly (string | null)[]>();

/** The version of a server at one of its lives: its start line's, else that of a neighbouring life. */
export function versionOf(life: ProcessLife): string | null {
	const { lives } = life.server;
	let known = versions.get(lives);
	if (known === undefined) {
		let version = lives.find((l) => l.version !== null)?.version ?? null;
		known = lives.map((l) => (version = l.version ?? version));
		versions.set(lives, known);
	}
	return known[life.index] ?? null;
}

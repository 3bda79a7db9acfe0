import type { LogEvent } from "../model/event.ts";
import { groupBy, pushTo } from "../model/lists.ts";
import type { Server, Session, Try } from "../model/story.ts";
import { containerPids, isGivenName, type LogStream } from "../model/stream.ts";
import { portOf } from "./join/addresses.ts";
import { buildServer, renamed } from "./servers.ts";

/** The file's name without folders and extensions: a label for people, nothing is concluded from it. */
export function baseName(input: string): string {
	const name = input.split(/[\\/]/).at(-1) ?? input;
	const stripped = name.replace(/\.(?:gz|zst)$/, "").replace(/\.(?:log|txt|out|json|jsonl|md)(?:\.\d+)?$/, "");
	return stripped === "" ? name : stripped;
}

interface Sketch {
	readonly stream: LogStream;
	/** The server of this stream alone. */
	readonly server: Server;
	readonly first: number;
	readonly last: number;
	readonly lastPid: number | null;
	readonly firstPid: number | null;
	readonly startsFresh: boolean;
	readonly ports: ReadonlySet<number>;
}

function sketch(stream: LogStream): Sketch {
	const server = buildServer("", "", [stream]);
	const pids = server.lives.map(({ pid }) => pid).filter((pid) => pid !== null);
	return {
		stream,
		server,
		first: stream.from ?? Number.NEGATIVE_INFINITY,
		last: stream.to ?? Number.NEGATIVE_INFINITY,
		firstPid: pids[0] ?? null,
		lastPid: pids.at(-1) ?? null,
		startsFresh: server.lives[0]?.start != null,
		ports: server.ports,
	};
}

/** Whether the collector that wrapped both calls them the same: the one container of that machine or pod. */
function isCalledAlike(a: LogStream, b: LogStream): boolean {
	return a.wrapper !== null && a.wrapper === b.wrapper && a.label !== null && a.label === b.label && isGivenName(a.label);
}

/**
 * Whether the second log goes on where the first one stopped: the same process in both, and the
 * times do not overlap. In containers every process is number 1, which proves nothing.
 */
function continues(a: Sketch, b: Sketch): boolean {
	if (a.stream.label !== null && b.stream.label !== null && a.stream.label !== b.stream.label) return false;
	if (a.last > b.first || b.startsFresh) return false;
	if (a.lastPid === null || a.lastPid !== b.firstPid) return false;
	if (a.lastPid < containerPids && !isCalledAlike(a.stream, b.stream)) return false;
	return a.ports.size === 0 || b.ports.size === 0 || [...b.ports].some((p) => a.ports.has(p));
}

/**
 * Whether the second log is a later one of the same server, though a process began with it: files of
 * one name in one folder but for what rotation appends, the same port, and no common time. Neither
 * port nor peers would do: nodes of one group share both, and their clocks may lie hours apart.
 */
function succeeds(a: Sketch, b: Sketch): boolean {
	if (a.stream.label !== null && b.stream.label !== null && a.stream.label !== b.stream.label) return false;
	if (a.last > b.first || ![...b.ports].some((p) => a.ports.has(p))) return false;
	return a.stream.input !== b.stream.input && unrotated(a.stream.input) === unrotated(b.stream.input);
}

/** A file's path without what log rotation appends: `.1`, `-20261121`, `.2026-11-21`, `.gz`. */
function unrotated(input: string): string {
	const plain = input.replace(/\.(?:gz|zst)$/, "").replace(/[.-]\d{4}-?\d\d-?\d\d(?=\.log$|$)/, "");
	return plain.replace(/\.\d{1,3}$/, "").replace(/\.log$/, "");
}

/** Sorts the streams into servers: one a stream, unless one log goes on where another stopped. */
export function findServers(streams: readonly LogStream[]): Server[] {
	const sketches = streams.filter((s) => s.events.length > 0).map(sketch);
	sketches.sort((a, b) => a.first - b.first || a.last - b.last || compare(a.stream.input, b.stream.input));
	const groups: Sketch[][] = [];
	// What two logs of one server have in common: the groups whose logs have it. There may be thousands of files.
	const byKey = new Map<string, number[]>();
	for (const one of sketches) {
		const like = new Set(keysOf(one, one.firstPid).flatMap((key) => byKey.get(key) ?? []));
		const at = [...like].sort((a, b) => a - b).find((i) => {
			const group = groups[i] as Sketch[];
			const last = group.at(-1) as Sketch;
			return sameLabel(group[0] as Sketch, one) || continues(last, one) || succeeds(last, one);
		});
		if (at === undefined) groups.push([one]);
		else groups[at]?.push(one);
		for (const key of keysOf(one, one.lastPid)) pushTo(byKey, key, at ?? groups.length - 1);
	}
	const names = namesOf(groups);
	const used = new Map<string, number>();
	const servers = groups.map((group, i) => {
		const name = names[i] as string;
		const count = (used.get(name) ?? 0) + 1;
		used.set(name, count);
		const id = count === 1 ? name : `${name}#${count}`;
		const [only] = group.length === 1 ? group : [];
		return only === undefined ? buildServer(id, name, group.map((s) => s.stream)) : renamed(only.server, id, name);
	});
	return servers.sort((a, b) => compare(a.id, b.id));
}

/** Each way in which logs are found to be one server's asks for one of these. */
function keysOf({ stream, ports }: Sketch, pid: number | null): string[] {
	const { label, input } = stream;
	const keys = [...ports].map((port) => `port ${port} ${unrotated(input)}`);
	if (label !== null) keys.push(`label ${label} ${input}`);
	if (pid !== null && pid >= containerPids) keys.push(`pid ${pid}`);
	else if (pid !== null && label !== null) keys.push(`pid ${pid} ${label}`);
	return keys;
}

/** The same label in the same input is the same node (`kubectl logs --prefix`). */
function sameLabel(a: Sketch, b: Sketch): boolean {
	return a.stream.label !== null && a.stream.label === b.stream.label && a.stream.input === b.stream.input;
}

/** What to call the servers: where files of several have one name, the folder that each lies in tells more. */
function namesOf(groups: readonly (readonly Sketch[])[]): string[] {
	const names = groups.map(nameOf);
	const folders = groups.map((group, i) => (group.some((s) => s.stream.label !== null) ? names[i] : folderOf(group)) ?? null);
	const [named, lying] = [groupBy(names, (name) => name), groupBy(folders, (folder) => folder)];
	return names.map((name, i) => {
		const folder = folders[i];
		if (folder == null || named.get(name)?.length === 1) return name;
		const taken = named.has(folder) || (lying.get(folder)?.length ?? 0) > 1;
		return taken ? name : folder;
	});
}

/** The folder of a server's files, if there is one; a number or a date is no name by itself. */
function folderOf(group: readonly Sketch[]): string | undefined {
	const folders = new Set(group.map(({ stream }) => stream.input.split(/[\\/]/).at(-2) ?? ""));
	const [only = ""] = folders;
	if (folders.size !== 1 || only === "" || only === "." || only === "..") return undefined;
	return /[A-Za-z]/.test(only) ? only : `${only}/${nameOf(group)}`;
}

function nameOf(group: readonly Sketch[]): string {
	for (const { stream } of group) if (stream.label !== null) return stream.label;
	return baseName((group[0] as Sketch).stream.input);
}

export function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/** Addresses by which the servers are called, and the servers behind addresses. */
export class Addresses {
	readonly #of = new Map<Server, Map<string, number>>();
	readonly #byPort = new Map<number, Server[]>();
	readonly #byAddress = new Map<string, Server>();
	readonly #portsUnknown: boolean;
	/** Hosts that peers name with each port: where there are several, the port tells nobody apart. */
	readonly #hosts = new Map<number, Set<string>>();

	constructor(servers: readonly Server[], tries: readonly Try[], sessions: readonly Session[] = []) {
		for (const address of [...tries.map((t) => t.target), ...sessions.map((s) => s.peer)]) {
			const port = portOf(address);
			if (address === null || port === undefined) continue;
			const hosts = this.#hosts.get(port) ?? new Set();
			this.#hosts.set(port, hosts.add(hostOf(address)));
		}
		for (const server of servers) {
			for (const port of server.ports) pushTo(this.#byPort, port, server);
		}
		for (const tried of tries) {
			if (tried.session === null) continue;
			if (tried.session.peer !== null) this.#note(tried.server, tried.session.peer);
			if (tried.target !== null) this.#note(tried.session.server, tried.target);
		}
		// The same address may have been two servers' in turn: who was called so most often keeps it.
		const most = new Map<string, number>();
		for (const server of servers) {
			for (const [address, count] of this.#of.get(server) ?? []) {
				if (count <= (most.get(address) ?? 0)) continue;
				most.set(address, count);
				this.#byAddress.set(address, server);
			}
		}
		this.#portsUnknown = servers.some((s) => s.ports.size === 0 && !s.sentinel);
	}

	#note(server: Server, address: string): void {
		if (portOf(address) === undefined) return;
		const of = this.#of.get(server) ?? new Map<string, number>();
		of.set(address, (of.get(address) ?? 0) + 1);
		this.#of.set(server, of);
	}

	/** "ip:port" as peers call the server, most used first. */
	of(server: Server): string[] {
		return [...(this.#of.get(server) ?? [])].sort((a, b) => b[1] - a[1] || compare(a[0], b[0])).map(([a]) => a);
	}

	/** The server that a peer's log calls by this address: known by a handshake, else by a port that only one has. */
	resolve(address: string | null, sentinel = false, asker: Server | null = null): Server | null {
		if (address === null) return null;
		const known = this.#byAddress.get(address);
		if (known !== undefined && known.sentinel === sentinel) return known;
		const port = portOf(address);
		if (port === undefined) return null;
		const byPort = (this.#byPort.get(port) ?? []).filter((s) => s.sentinel === sentinel);
		const only = byPort[0];
		// A server seldom speaks of itself: the port that it prints is its peer's.
		if (only === asker && asker !== null && !isLoopback(address)) return null;
		const alone = (this.#hosts.get(port)?.size ?? 0) <= 1;
		const sure = byPort.length === 1 && only !== undefined && alone && !this.#portsUnknown && !this.#contradicts(only, address);
		return sure ? only : null;
	}

	/** A server known by one host is not another host's server on the same port. */
	#contradicts(server: Server, address: string): boolean {
		const of = this.#of.get(server);
		return of !== undefined && ![...of.keys()].some((known) => hostOf(known) === hostOf(address));
	}
}

function hostOf(address: string): string {
	const host = address.slice(0, address.lastIndexOf(":"));
	return isLoopback(address) ? "127.0.0.1" : host;
}

function isLoopback(address: string): boolean {
	return /^(?:localhost|127\.0\.0\.1|\[?::1\]?):\d/.test(address);
}

/** Corrected clocks agree to within this, at the ends of logs (ms). */
const sameMoment = 1000;

/** Sessions whose replica's log is not given, or does not reach that far. */
export function isUncovered(session: Session, replica: Server | null, time: (server: Server, event: LogEvent) => number | null): boolean {
	if (session.tryOf !== null) return false;
	if (replica === null) return true;
	const at = time(session.server, session.ask);
	const first = firstTime(replica, time);
	const last = lastTime(replica, time);
	return at !== null && first !== null && last !== null && (at < first - sameMoment || at > last + sameMoment);
}

function firstTime(server: Server, time: (server: Server, event: LogEvent) => number | null): number | null {
	for (const event of server.events) {
		const t = time(server, event);
		if (t !== null) return t;
	}
	return null;
}

function lastTime(server: Server, time: (server: Server, event: LogEvent) => number | null): number | null {
	for (let i = server.events.length - 1; i >= 0; i--) {
		const t = time(server, server.events[i] as LogEvent);
		if (t !== null) return t;
	}
	return null;
}

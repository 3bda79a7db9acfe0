import { catalogue, type MessageType } from "../../grammars/messages/index.ts";
import { type Bounds, bounds } from "./clock.ts";
import { type Draft, identity } from "./draft.ts";
import type { Found } from "./dumps.ts";
import type { Segment, SegmentName } from "./segment.ts";

/** Lines of one segment that one server wrote, through its restarts. */
export interface Unit {
	/** Null for a reply of INFO or ROLE. */
	readonly segment: Segment | null;
	readonly name: SegmentName;
	readonly reply: Found | null;
	/** In the order in which they happened. */
	readonly drafts: readonly Draft[];
	/** Process IDs of the server itself, not of its children. */
	readonly pids: ReadonlySet<number>;
	/** Ports that it says it listens on. */
	readonly ports: ReadonlySet<number>;
	/** `host:port` by prompts, where the host is more than this machine. */
	readonly addresses: ReadonlySet<string>;
	readonly roles: ReadonlySet<string>;
	/** Whether the first lines are those of a start. */
	readonly starts: boolean;
	readonly from: number | null;
	readonly to: number | null;
	/** What tells its lines from others, for lines with a time. */
	readonly identities: () => ReadonlySet<string>;
}

/** Servers that wrote to one log side by side: a process succeeds one of the last so many. */
const SIDE_BY_SIDE = 16;
/** A process that ends may write for so long after its successor began. */
const HANDOVER = 3000;
const childTalk = /^(?:DB saved on disk|RDB: \d|AOF rewrite: \d|Fork CoW |SYNC append only|Parent agreed)/;
const startup =
	/ is starting oO0|^Server started, |, just started$|^Configuration loaded$|^Warning: no config file/;
const listening = /^Running mode=\w+, port=(\d{1,5})|accept connections on port (\d{1,5})/;
const ownAddress = /\bladdr=\S+:(\d{1,5}) /;
let portTypes: ReadonlySet<string> | undefined;

/** Messages that may say so: a log has millions of others. */
const mayTellPort = (type: MessageType): boolean =>
	(portTypes ??= new Set([
		"server.mode",
		"server.ready",
		...catalogue.flatMap(({ type, wordings }) =>
			wordings.some(([, template]) => /:(?:Client|Text)\}/.test(template)) ? [type] : [],
		),
	])).has(type);

/** Splits a segment by the servers that wrote it: most were written by one. */
export function unitsOf(segment: Segment, drafts: readonly Draft[]): Unit[] {
	const mains = mainPids(drafts);
	if (mains.size <= 1) return [unit(segment, drafts, mains)];
	const owners = ownersOf(drafts, mains);
	const servers: Run[] = [];
	const serverOf = new Map<number, Run>();
	for (const run of runsOf(drafts, owners)) {
		const before = servers.slice(-SIDE_BY_SIDE).findLast((server) => follows(server, run));
		if (before === undefined) servers.push(run);
		else succeed(before, run);
		serverOf.set(run.pid, before ?? run);
	}
	if (servers.length === 1) return [unit(segment, drafts)];
	const own = new Map(servers.map((server): [Run, Draft[]] => [server, []]));
	for (const [i, draft] of drafts.entries()) own.get(serverOf.get(owners[i] as number) as Run)?.push(draft);
	return [...own.values()].map((lines) => unit(segment, lines));
}

/** All lines of one process and its children. */
interface Run {
	readonly pid: number;
	readonly drafts: Draft[];
	/** Where its first and last line stand. */
	readonly first: number;
	last: number;
	/** Worked out when they are first asked for: each run is held against several others. */
	ports?: Set<number>;
	bounds?: Bounds;
}

const portsOfRun = (run: Run): Set<number> => (run.ports ??= portsOf(run.drafts));
const boundsOfRun = (run: Run): Bounds => (run.bounds ??= edges(run.drafts));

/** Joins the lines of a process to those of the one before it. */
function succeed(before: Run, run: Run): void {
	const [a, b] = [boundsOfRun(before), boundsOfRun(run)];
	a.from ??= b.from;
	// The last words of a process may come when its successor has begun.
	if (b.to !== null && (run.last > before.last || a.to === null)) a.to = b.to;
	const ports = portsOfRun(before);
	for (const port of portsOfRun(run)) ports.add(port);
	before.last = Math.max(before.last, run.last);
}

/** Whether a process may be the successor of another: it begins when that one has ended. */
function follows(before: Run, run: Run): boolean {
	const [a, b] = [portsOfRun(before), portsOfRun(run)];
	if (a.size > 0 && b.size > 0 && !intersects(a, b)) return false;
	const end = boundsOfRun(before).to;
	const begin = boundsOfRun(run).from;
	if (end === null || begin === null) return before.last < run.first;
	if (before.last < run.first) return begin >= end - HANDOVER;
	// The last words of a process may come when its successor has begun.
	return startup.test(run.drafts[0]?.text ?? "") && end <= begin + HANDOVER;
}

function runsOf(drafts: readonly Draft[], owners: readonly number[]): Run[] {
	const runs = new Map<number, Run>();
	for (const [i, draft] of drafts.entries()) {
		const pid = owners[i] as number;
		const run = runs.get(pid);
		if (run === undefined) runs.set(pid, { pid, drafts: [draft], first: i, last: i });
		else {
			run.drafts.push(draft);
			run.last = i;
		}
	}
	return [...runs.values()];
}

/** The child that a line says to have started by its process ID, or 0. */
function childIn(draft: Draft): number {
	switch (draft.type) {
		case "rdb.bgsave-started":
		case "aof.rewrite-started":
			return draft.fields.childPid ?? 0;
		case "rdb.transfer-started":
			return draft.fields.path === undefined ? (draft.fields.childPid ?? 0) : 0;
		default:
			return 0;
	}
}

/** For each line the server that wrote it; what a child writes is its parent's. */
function ownersOf(drafts: readonly Draft[], mains: ReadonlySet<number>): number[] {
	const parents = new Map<number, number>();
	let current = drafts.find(({ pid }) => pid !== null && mains.has(pid))?.pid ?? 0;
	return drafts.map((draft) => {
		const { pid } = draft;
		if (pid !== null) current = mains.has(pid) ? pid : (parents.get(pid) ?? current);
		const child = childIn(draft);
		if (child > 0) parents.set(child, current);
		return current;
	});
}

/** Process IDs of servers, in the order of their first lines. Children write under IDs of their own. */
function mainPids(drafts: readonly Draft[]): Set<number> {
	const mains = new Set<number>();
	const children = new Set<number>();
	let last: number | null = null;
	for (const draft of drafts) {
		const { pid, role, level } = draft;
		const child = childIn(draft);
		if (child > 0) children.add(child);
		if (pid === null || level === null || pid === last) continue;
		// Up to 2.8 a line does not say that a child wrote it.
		if (role === null ? children.has(pid) || childTalk.test(draft.text) : role === "C") continue;
		mains.add(pid);
		last = pid;
	}
	return mains;
}

function unit(segment: Segment, drafts: readonly Draft[], pids = mainPids(drafts)): Unit {
	const ports = portsOf(drafts);
	if (ports.size === 0 && segment.bannerPort !== null) ports.add(segment.bannerPort);
	let identities: Set<string> | undefined;
	return {
		segment,
		name: segment.name,
		reply: null,
		drafts,
		pids,
		ports,
		addresses: none,
		roles: rolesOf(drafts),
		starts: drafts.slice(0, 3).some(({ text }) => startup.test(text)),
		...bounds([drafts]),
		identities: () => (identities ??= new Set(drafts.filter(({ time }) => time !== null).map(identity))),
	};
}

const none: ReadonlySet<never> = new Set();
const loopback = /^(?:localhost|127\.[\d.]+|::1|\[::1\]|0\.0\.0\.0):/;

/** A reply of INFO or ROLE as a unit: what it and its prompt say of the node. */
export function replyUnit(found: Found): Unit {
	const { address, label, pid, role, name } = found;
	const typed = address === null ? undefined : /:(\d{1,5})$/.exec(address)?.[1];
	const port = found.port ?? (typed === undefined ? null : Number(typed));
	return {
		segment: null,
		name: { ...name, command: label },
		reply: found,
		drafts: [],
		pids: new Set(pid === null ? [] : [pid]),
		ports: new Set(port === null ? [] : [port]),
		addresses: new Set(address === null || loopback.test(address) ? [] : [address]),
		roles: new Set(role === null ? [] : [role]),
		starts: false,
		from: null,
		to: null,
		identities: () => none,
	};
}

function rolesOf(drafts: readonly Draft[]): Set<string> {
	const roles = new Set<string>();
	let last: string | null = null;
	for (const { role } of drafts) {
		if (role === last || role === null || role === "C") continue;
		roles.add(role);
		last = role;
	}
	return roles;
}

function portsOf(drafts: readonly Draft[]): Set<number> {
	const ports = new Set<number>();
	for (const draft of drafts) {
		if (!mayTellPort(draft.type)) continue;
		const { text } = draft;
		const found = listening.exec(text);
		const port = Number(found?.[1] ?? found?.[2] ?? ownAddress.exec(text)?.[1] ?? 0);
		if (port > 0) ports.add(port);
	}
	return ports;
}

/** Times of the first and the last line: where a clock was set back, neither is the earliest or latest. */
function edges(drafts: readonly Draft[]): Bounds {
	const timed = ({ time, signal }: Draft): boolean => time !== null && !signal;
	return { from: drafts.find(timed)?.time ?? null, to: drafts.findLast(timed)?.time ?? null };
}

export const intersects = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean => {
	for (const value of a) if (b.has(value)) return true;
	return false;
};

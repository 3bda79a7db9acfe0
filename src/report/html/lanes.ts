import type { Report, ReportNode, Resync } from "../../model/report.ts";
import { spanOf } from "../node-facts.ts";

/** What a lane's bar shows, in the order in which later ones are drawn over earlier ones. */
export const laneStates = ["primary", "online", "syncing", "down", "stopped", "log", "sentinel"] as const;
export type LaneState = (typeof laneStates)[number];

/** A stretch of a lane: from and to (ms), and the number of its state in `laneStates`. */
export type Segment = readonly [from: number, to: number, state: number];

const ms = (iso: string): number => Date.parse(iso);
const number = (state: LaneState): number => laneStates.indexOf(state);

/** A role that lasted no longer (ms) is a line that a change of primary printed in passing. */
const twitch = 100;

/** The stretches of a node's time, as its report tells them: roles, outages and the times it was not running. */
export function segmentsOf(report: Report, node: ReportNode, sentinel: boolean): Segment[] {
	const span = spanOf(report, node);
	if (span === undefined) return [];
	const [from, to] = [ms(span.from), ms(span.to)];
	if (sentinel) return cut([[from, to, number("sentinel")]], gapsOf(node, to));
	const roles = rolesOf(node, to);
	const known = roles[0]?.from ?? to;
	const segments: Segment[] = known > from ? [[from, Math.min(known, to), number("log")]] : [];
	const outages = outagesOf(
		report.resyncs.filter(({ replica }) => replica === node.id),
		to,
	);
	for (const role of roles) {
		if (role.role === "primary") segments.push([role.from, role.to, number("primary")]);
		else for (const segment of replicaSegments(role.from, role.to, outages)) segments.push(segment);
	}
	return cut(segments, gapsOf(node, to)).filter(([a, b]) => b >= a);
}

interface RoleSpan {
	readonly role: "primary" | "replica";
	readonly from: number;
	readonly to: number;
}

function rolesOf({ roles }: ReportNode, end: number): RoleSpan[] {
	const timed = roles.flatMap(({ role, from }) => (from === null ? [] : [{ role, from: ms(from) }]));
	const steady = timed.filter(
		({ from }, i) => i === 0 || (timed[i + 1]?.from ?? Number.POSITIVE_INFINITY) - from > twitch,
	);
	const turns = steady.filter(({ role }, i) => role !== steady[i - 1]?.role);
	return turns.map(({ role, from }, i) => ({ role, from, to: turns[i + 1]?.from ?? end }));
}

interface OutageSpan {
	readonly from: number;
	/** When a granted full resync began to be carried out; null where none was. */
	readonly syncing: number | null;
	readonly to: number;
}

function outagesOf(resyncs: readonly Resync[], end: number): OutageSpan[] {
	return resyncs.flatMap((resync): OutageSpan[] => {
		const begin = resync.lostAt ?? resync.askedAt ?? resync.decidedAt;
		if (begin === null) return [];
		const from = ms(begin);
		const to = resync.onlineAt === null ? end : ms(resync.onlineAt);
		const phase = resync.phases.find(
			({ name }) => name === "snapshot" || name === "transfer" || name === "load",
		);
		const syncing = phase?.from ?? (resync.verdict === "full" ? resync.decidedAt : null);
		return [{ from, syncing: syncing === null ? null : Math.max(from, ms(syncing)), to: Math.max(from, to) }];
	});
}

/** A replica's time: online but for its outages. */
function replicaSegments(from: number, to: number, outages: readonly OutageSpan[]): Segment[] {
	const segments: Segment[] = [];
	let at = from;
	const add = (until: number, state: LaneState): void => {
		const stop = Math.min(until, to);
		if (stop > at) segments.push([at, stop, number(state)]);
		at = Math.max(at, stop);
	};
	for (const outage of outages) {
		if (outage.to < at || outage.from > to) continue;
		add(outage.from, "online");
		add(outage.syncing ?? outage.to, "down");
		if (outage.syncing !== null) add(outage.to, "syncing");
	}
	add(to, "online");
	return segments;
}

/** When no process of the node ran. */
function gapsOf({ lives }: ReportNode, end: number): Segment[] {
	return lives.flatMap(({ endedAt, end: how }, i): Segment[] => {
		if (endedAt === null || how === "log-ends") return [];
		const next = lives[i + 1]?.startedAt;
		return [[ms(endedAt), next == null ? end : ms(next), number("stopped")]];
	});
}

/** Puts the gaps in place of whatever was drawn there. */
function cut(segments: readonly Segment[], gaps: readonly Segment[]): Segment[] {
	let rest = [...segments];
	for (const [from, to] of gaps) {
		rest = rest.flatMap(([a, b, state]): Segment[] => {
			if (b <= from || a >= to) return [[a, b, state]];
			const parts: Segment[] = [];
			if (a < from) parts.push([a, from, state]);
			if (b > to) parts.push([to, b, state]);
			return parts;
		});
	}
	return [...rest, ...gaps].sort((a, b) => a[0] - b[0]);
}

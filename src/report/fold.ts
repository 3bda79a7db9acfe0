import type { Resync } from "../model/report.ts";
import { timeOf } from "./shorthand.ts";
import { between } from "./times.ts";

export { numbers, timeOf } from "./shorthand.ts";

/** Equal resyncs, told as one. */
export interface Group {
	readonly first: Resync;
	readonly all: readonly Resync[];
	/** The replicas they are of, in order of their first. */
	readonly replicas: readonly Resync["replica"][];
	/** Median time from one to the next, in milliseconds; null for a single one, several replicas, or no times. */
	readonly period: number | null;
}

/** What must be equal for two resyncs to be told as one. */
function keyOf(resync: Resync): string {
	const { primary, verdict, cause, trigger, request, attempts } = resync;
	const failed = attempts.filter(({ outcome }) => outcome === "failed").map(({ reason }) => reason?.code);
	return JSON.stringify([primary, verdict, cause.code, cause.proof, trigger.code, request?.replid, failed]);
}

interface Open {
	readonly key: string;
	readonly all: Resync[];
}

/** Replicas that did the same this close to each other did it for one reason. */
const together = 60_000;

/**
 * Folds equal resyncs of one replica that follow each other (though other replicas' may lie between),
 * and those of several replicas at one time, as after a failover. A group stands where its first is.
 */
export function fold(resyncs: readonly Resync[]): Group[] {
	const groups: Open[] = [];
	const latest = new Map<string | null, Open>();
	const latestOfKey = new Map<string, Open>();
	for (const resync of resyncs) {
		const key = keyOf(resync);
		const own = latest.get(resync.replica);
		let group = own?.key === key && resync.replica !== null ? own : undefined;
		const alike = latestOfKey.get(key);
		if (group === undefined && alike !== undefined && isSibling(alike, resync, own)) group = alike;
		if (group === undefined) groups.push((group = { key, all: [resync] }));
		else group.all.push(resync);
		latest.set(resync.replica, group);
		latestOfKey.set(key, group);
	}
	return groups.map(({ all }) => toGroup(all));
}

/** Each resync by itself. */
export const unfolded = (resyncs: readonly Resync[]): Group[] => resyncs.map((resync) => toGroup([resync]));

function toGroup(all: readonly Resync[]): Group {
	const replicas = [...new Set(all.map(({ replica }) => replica))];
	return { first: all[0] as Resync, all, replicas, period: replicas.length > 1 ? null : median(gaps(all)) };
}

/** Whether a resync joins those of other replicas: at their time, and nothing of its own is in between. */
function isSibling({ all }: Open, resync: Resync, own: Open | undefined): boolean {
	if (resync.replica === null || resync.primary === null) return false;
	if (all.some(({ replica }) => replica === resync.replica || replica === null)) return false;
	const before = own?.all.at(-1)?.id ?? 0;
	const last = timeOf(all.at(-1) as Resync);
	const time = timeOf(resync);
	if (last === null || time === null || before > (all[0]?.id ?? 0)) return false;
	return Math.abs(between(last, time)) <= together;
}

function gaps(resyncs: readonly Resync[]): number[] {
	const times = resyncs.map(timeOf).filter((time) => time !== null);
	return times.slice(1).map((time, i) => between(times[i] as string, time));
}

function median(numbers: readonly number[]): number | null {
	const sorted = [...numbers].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? null;
}

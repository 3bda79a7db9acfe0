import { none } from "../../model/lists.ts";
import type { Run } from "./runs.ts";
import type { Link, Told } from "./told.ts";

/** A link that breaks sooner than this after it stood was broken by standing, in ms. */
const atOnce = 1000;
/** From so many rounds on it is a loop. */
const fewestRounds = 5;
/** Losses further apart than this are not one unrest, in ms. */
const unrest = 300_000;
/** From so many losses on a link flaps. */
const fewestLosses = 3;
/** Losses for which the servers log no reason of their own, or silence as the reason. */
const causeless: ReadonlySet<string> = new Set([
	"link-closed",
	"replica-timeout",
	"primary-timeout",
	"unknown",
]);

/** Losses of one link that belong together. */
export interface LossRun extends Run {
	readonly told: readonly Told[];
}

/** The resyncs of all runs of a group. */
export function toldIn(group: readonly LossRun[]): readonly Told[] {
	const [only] = group;
	return group.length === 1 && only !== undefined ? only.told : group.flatMap((run) => run.told);
}

/** Times between two losses, in ms. */
export function gapsOf({ told }: LossRun): number[] {
	const gaps: number[] = [];
	let before: number | null = null;
	for (const { lostAt } of told) {
		if (lostAt !== null && before !== null) gaps.push(lostAt - before);
		before = lostAt;
	}
	return gaps;
}

/** Times from being online to the next loss, in ms. */
export function upsOf({ told }: LossRun): number[] {
	const ups: number[] = [];
	let before: number | null = null;
	for (const { lostAt, onlineAt } of told) {
		if (lostAt !== null && before !== null) ups.push(Math.max(0, lostAt - before));
		before = onlineAt;
	}
	return ups;
}

/** Two rules ask for the loops of a link. */
const loopsOf = new WeakMap<Link, readonly LossRun[]>();

/** Rounds of partial resyncs in which the link breaks as soon as it stands. */
export function partialLoopsOf(link: Link): readonly LossRun[] {
	// There may be a million links that came up once.
	if (link.told.length < fewestRounds) return none;
	let loops = loopsOf.get(link);
	if (loops === undefined) loopsOf.set(link, (loops = findLoops(link)));
	return loops;
}

function findLoops(link: Link): LossRun[] {
	const runs = runsOf(
		link,
		(told) => told.resync.verdict === "partial" || told.resync.verdict === "open",
		(before, told) =>
			before.onlineAt !== null && told.lostAt !== null && told.lostAt - before.onlineAt <= atOnce,
	);
	return runs.filter(({ told }) => told.length >= fewestRounds && told.filter((t) => t.resync.verdict === "partial").length >= fewestRounds);
}

/** Stretches in which a link was lost again and again; `explained` are resyncs whose loss is told elsewhere. */
export function flapsOf(link: Link, explained: ReadonlySet<number>): LossRun[] {
	if (link.told.length < fewestLosses) return [];
	const loops = new Set<number>();
	for (const loop of partialLoopsOf(link)) for (const { resync } of loop.told) loops.add(resync.id);
	const runs = runsOf(
		link,
		(told) =>
			!loops.has(told.resync.id) &&
			!explained.has(told.resync.id) &&
			told.lostAt !== null &&
			(told.resync.verdict === "partial" || told.resync.verdict === "full") &&
			causeless.has(told.resync.trigger.code),
		(before, told) => told.lostAt !== null && before.lostAt !== null && told.lostAt - before.lostAt <= unrest,
	);
	return runs.filter((r) => r.told.length >= fewestLosses);
}

/** Cuts a link's resyncs into runs of those that count, each tied to the one before. */
function runsOf(
	link: Link,
	counts: (told: Told) => boolean,
	tied: (before: Told, told: Told) => boolean,
): LossRun[] {
	const runs: LossRun[] = [];
	let current: Told[] = [];
	const close = (): void => {
		const run = runOf(link, current);
		if (run !== null) runs.push(run);
		current = [];
	};
	for (const told of link.told) {
		if (!counts(told)) continue;
		const before = current.at(-1);
		if (before !== undefined && !tied(before, told)) close();
		current.push(told);
	}
	close();
	return runs;
}

function runOf(link: Link, told: readonly Told[]): LossRun | null {
	const from = told[0]?.lostAt ?? told[0]?.askedAt ?? null;
	const last = told.at(-1);
	const to = last?.onlineAt ?? last?.lostAt ?? null;
	if (from === null || to === null) return null;
	return {
		replica: link.replica,
		primary: last?.resync.primary ?? null,
		kind: "",
		from,
		to,
		told,
	};
}

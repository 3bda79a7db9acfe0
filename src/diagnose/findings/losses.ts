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
	/** Between two losses, in ms. */
	readonly gaps: readonly number[];
	/** From being online to the next loss, in ms. */
	readonly ups: readonly number[];
}

/** Rounds of partial resyncs in which the link breaks as soon as it stands. */
export function partialLoopsOf(link: Link): LossRun[] {
	const runs = runsOf(
		link,
		(told) => told.resync.verdict === "partial" || told.resync.verdict === "open",
		(before, told) =>
			before.onlineAt !== null && told.lostAt !== null && told.lostAt - before.onlineAt <= atOnce,
	);
	return runs.filter((r) => r.told.filter((t) => t.resync.verdict === "partial").length >= fewestRounds);
}

/** Stretches in which a link was lost again and again; `explained` are resyncs whose loss is told elsewhere. */
export function flapsOf(link: Link, explained: ReadonlySet<number>): LossRun[] {
	const loops = new Set(partialLoopsOf(link).flatMap((l) => l.told));
	const runs = runsOf(
		link,
		(told) =>
			!loops.has(told) &&
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
	const gaps: number[] = [];
	const ups: number[] = [];
	for (const [i, { lostAt }] of told.entries()) {
		const before = told[i - 1];
		if (before === undefined || lostAt === null) continue;
		if (before.lostAt !== null) gaps.push(lostAt - before.lostAt);
		if (before.onlineAt !== null) ups.push(Math.max(0, lostAt - before.onlineAt));
	}
	return {
		replica: link.replica,
		primary: last?.resync.primary ?? null,
		kind: "",
		from,
		to,
		told,
		gaps,
		ups,
	};
}

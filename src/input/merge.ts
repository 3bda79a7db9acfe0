import { addYears, nearestYear, shiftYears, turnYears } from "./clock.ts";
import { type Draft, identity } from "./draft.ts";

/** A text that was written later may show an older part of a log, but seldom half a year older. */
const HALF_YEAR = 183 * 86_400_000;

/**
 * Puts runs of one node's lines together: what stands in more than one is kept where it first
 * stands, what is new comes where its neighbours and its time say.
 */
export function mergeRuns(runs: readonly (readonly Draft[])[]): readonly Draft[] {
	const [only] = runs;
	if (only !== undefined && runs.length === 1) {
		turnYears(only);
		return only;
	}
	let merged: Draft[] = [];
	/** Where each line stands in `merged`, by what it says; several where it stands several times. */
	let places = new Map<string, number[]>();
	for (const run of runs) {
		const keys = run.map(identity);
		turnYears(run);
		if (merged.length > 0) alignYears(merged, places, run, keys);
		const next = merge(merged, run, anchors(places, keys));
		merged = next.drafts;
		places = indexKeys(places, keys, next);
	}
	return merged;
}

interface Merged {
	readonly drafts: Draft[];
	/** New index of each old line. */
	readonly moved: readonly number[];
	/** New index of each line of the run. */
	readonly placed: readonly number[];
}

/** For each line of a run, which line of the merged ones it repeats. */
function anchors(
	places: ReadonlyMap<string, readonly number[]>,
	keys: readonly string[],
): (number | undefined)[] {
	const used = new Map<string, number>();
	return keys.map((key) => {
		const count = used.get(key) ?? 0;
		used.set(key, count + 1);
		return places.get(key)?.[count];
	});
}

function merge(
	old: readonly Draft[],
	run: readonly Draft[],
	repeats: readonly (number | undefined)[],
): Merged {
	const drafts: Draft[] = [];
	const moved: number[] = [];
	const placed: number[] = [];
	const take = (): void => {
		const draft = old[moved.length] as Draft;
		moved.push(drafts.length);
		drafts.push(draft);
	};
	for (const [i, draft] of run.entries()) {
		const repeat = repeats[i];
		if (repeat !== undefined) {
			while (moved.length <= repeat) take();
			placed.push(moved[repeat] as number);
			continue;
		}
		const time = clock(draft);
		while (moved.length < old.length && time !== null && !isLater(old[moved.length] as Draft, time)) take();
		placed.push(drafts.length);
		drafts.push(draft);
	}
	while (moved.length < old.length) take();
	return { drafts, moved, placed };
}

const clock = (draft: Draft): number | null => (draft.signal ? null : draft.time);

/** At the same time, what was known to follow something repeated comes after what is new. */
function isLater(draft: Draft, time: number): boolean {
	const own = clock(draft);
	return own !== null && own >= time;
}

function indexKeys(
	old: ReadonlyMap<string, readonly number[]>,
	keys: readonly string[],
	merged: Merged,
): Map<string, number[]> {
	const places = new Map<string, number[]>();
	for (const [key, indexes] of old)
		places.set(
			key,
			indexes.map((index) => merged.moved[index] as number),
		);
	for (const [i, key] of keys.entries()) {
		const index = merged.placed[i] as number;
		const list = places.get(key);
		if (list === undefined) places.set(key, [index]);
		else if (!list.includes(index)) list.push(index);
	}
	return places;
}

/** Lines repeated from an earlier run have its year; a run of new lines follows it. */
function alignYears(
	merged: readonly Draft[],
	places: ReadonlyMap<string, readonly number[]>,
	run: readonly Draft[],
	keys: readonly string[],
): void {
	const at = keys.findIndex((key) => places.has(key));
	const known = at === -1 ? undefined : merged[places.get(keys[at] as string)?.[0] as number];
	const own = run[at];
	if (known?.time != null && own?.time != null) {
		shiftYears(run, nearestYear(own.time, known.time));
		return;
	}
	const last = merged.findLast(({ yearless, time }) => yearless && time !== null)?.time;
	const first = run.find(({ yearless, time }) => yearless && time !== null)?.time;
	if (last == null || first == null) return;
	let years = 0;
	while (addYears(first, years) < last - HALF_YEAR) years++;
	shiftYears(run, years);
}

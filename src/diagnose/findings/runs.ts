/** A stretch in which one link showed one behaviour. */
export interface Run {
	readonly replica: string;
	readonly primary: string | null;
	/** What tells runs of one primary apart: only equal ones are told together. */
	readonly kind: string;
	readonly from: number;
	readonly to: number;
}

/**
 * Puts runs together that are one thing: the same behaviour of several replicas of one primary at
 * the same time has one cause, and is told once.
 */
export function together<R extends Run>(runs: readonly R[]): R[][] {
	const groups: R[][] = [];
	const open = new Map<string, { group: R[]; to: number }>();
	for (const run of [...runs].sort((a, b) => a.from - b.from)) {
		// Without the primary's name nothing says that two links have one end in common.
		const key = run.primary === null ? null : `${run.primary}\n${run.kind}`;
		const before = key === null ? undefined : open.get(key);
		if (before !== undefined && run.from <= before.to) {
			before.group.push(run);
			before.to = Math.max(before.to, run.to);
			continue;
		}
		const group = [run];
		groups.push(group);
		if (key !== null) open.set(key, { group, to: run.to });
	}
	return groups;
}

/** From the first begin to the last end of a group; there may be more runs than a call takes arguments. */
export function spanOf(group: readonly Run[]): { readonly from: number; readonly to: number } {
	let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
	for (const run of group) {
		from = Math.min(from, run.from);
		to = Math.max(to, run.to);
	}
	return { from, to };
}

/** The node that a group of runs is about: the one replica, else the primary that they share. */
export function nodeOf(group: readonly Run[]): string | null {
	const replicas = new Set(group.map((r) => r.replica));
	const [first] = group;
	return replicas.size === 1 ? (first?.replica ?? null) : (first?.primary ?? null);
}

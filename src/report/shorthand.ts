import type { Resync } from "../model/report.ts";

/** When a resync was: its decision, else its question, else its loss. */
export function timeOf(resync: Resync): string | null {
	return resync.decidedAt ?? resync.askedAt ?? resync.lostAt ?? resync.onlineAt;
}

/** `#7`, `#2–#6`, `#2 #4 #5`: the numbers of resyncs, as short as they can be said. */
export function numbers(ids: readonly number[]): string {
	const parts: string[] = [];
	for (let i = 0; i < ids.length; ) {
		const from = ids[i] as number;
		let to = from;
		while (++i < ids.length && ids[i] === to + 1) to++;
		if (to === from) parts.push(`#${from}`);
		else parts.push(to === from + 1 ? `#${from} #${to}` : `#${from}–#${to}`);
	}
	return parts.join(" ");
}

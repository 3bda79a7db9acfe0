import type { Resync } from "../../../src/model/report.ts";
import type { Counters } from "../harness/counters.ts";
import type { Expected } from "../harness/expected.ts";
import { compare, faults, granted, reportOf, resyncsOf, sessionsOf, totals } from "../harness/judge.ts";
import type { LiveNode } from "../harness/node.ts";

/** One fault of the story, from one state in which all was well to the next. */
export interface Step {
	readonly done: string;
	readonly from: number;
	readonly to: number;
	/** What each node has granted meanwhile. */
	readonly counters: ReadonlyMap<string, Counters>;
	readonly expected: readonly Expected[];
	/** Replicas of which nothing was foreseen; null when the counters contradict what was. */
	readonly loose: readonly string[] | null;
}

/** Whether the servers counted what the story has foreseen: else only they are believed. */
export function asForeseen(expected: readonly Expected[], loose: readonly string[], counters: ReadonlyMap<string, Counters>): boolean {
	if (loose.length > 0) return true;
	return [...counters].every(([name, { full, partial }]) => {
		const answered = expected.filter((e) => e.primary === name);
		const fulls = answered.filter((e) => e.verdict === "full").length;
		return full === fulls && partial === answered.length - fulls;
	});
}

/** Everything in which rlog disagrees with the story, step by step. */
export async function storyDisagreements(nodes: readonly LiveNode[], steps: readonly Step[]): Promise<string[]> {
	const found: string[] = [];
	const all = await reportOf(nodes.map((n) => n.log));
	const sessions = await sessionsOf(nodes);
	found.push(...faults(all));
	const end = steps.at(-1)?.to ?? 0;
	const strays = all.resyncs.filter((r) => timeOf(r) <= end && !steps.some((step) => within(step, r)));
	for (const stray of strays) found.push(`resync #${stray.id} of ${stray.replica} belongs to no fault`);
	const alone = new Map<LiveNode, readonly Resync[]>();
	for (const node of nodes) alone.set(node, (await reportOf([node.log])).resyncs);
	for (const [i, step] of steps.entries()) {
		const told = all.resyncs.filter((r) => within(step, r));
		const asked = sessions.filter((s) => (s.ask.time ?? 0) >= step.from && (s.ask.time ?? 0) <= step.to);
		const wrong = [...totals(told, step.counters), ...granted(asked, step.counters)];
		for (const node of step.loose === null ? [] : [...nodes, null]) {
			const name = node?.name ?? null;
			if (step.loose?.includes(name ?? "") === true) continue;
			const expected = step.expected.filter((e) => e.replica === name);
			wrong.push(...compare("all logs", expected, resyncsOf(told, name, nodes), false));
			for (const [source, resyncs] of alone) {
				const view = resyncsOf(resyncs.filter((r) => within(step, r)), name, nodes);
				const seen = source === node ? expected : expected.filter((e) => e.primary === source.name);
				const answered = source === node ? view : view.filter((r) => r.verdict !== "failed");
				wrong.push(...compare(`only ${source.name}'s log`, seen, answered, true));
			}
		}
		found.push(...wrong.map((text) => `step ${i}, ${step.done}: ${text}`));
	}
	return found;
}

/** By how much a clock may seem to be off, in milliseconds: less than lies between two steps. */
const slack = 10;

function within(step: Step, resync: Resync): boolean {
	return timeOf(resync) >= step.from - slack && timeOf(resync) <= step.to + slack;
}

function timeOf(resync: Resync): number {
	return Date.parse(resync.onlineAt ?? resync.askedAt ?? resync.lostAt ?? "");
}

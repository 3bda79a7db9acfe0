import type { Report, Resync } from "../../../src/model/report.ts";
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

/** A resync with its time on the clock by which the story goes. */
interface Placed {
	readonly resync: Resync;
	readonly at: number;
}

/** Everything in which rlog disagrees with the story, step by step. */
export async function storyDisagreements(nodes: readonly LiveNode[], steps: readonly Step[]): Promise<string[]> {
	const found: string[] = [];
	const all = await reportOf(nodes.flatMap((n) => n.logs));
	const sessions = await sessionsOf(nodes);
	found.push(...faults(all, nodes));
	const whole = place(all, nodes);
	const end = steps.at(-1)?.to ?? 0;
	const strays = whole.filter(({ at }) => at <= end && !steps.some((step) => within(step, at)));
	for (const { resync } of strays) found.push(`resync #${resync.id} of ${resync.replica} belongs to no fault`);
	const alone = new Map<LiveNode, readonly Placed[]>();
	for (const node of nodes) alone.set(node, place(await reportOf(node.logs), nodes));
	const zones = new Map(nodes.map((n) => [n.name, n.zone.minutes * 60_000]));
	for (const [i, step] of steps.entries()) {
		const told = during(step, whole);
		const asked = sessions.filter((s) => within(step, (s.ask.time ?? 0) - (zones.get(s.server.id) ?? 0)));
		const wrong = [...totals(told, step.counters), ...granted(asked, step.counters)];
		for (const node of step.loose === null ? [] : [...nodes, null]) {
			const name = node?.name ?? null;
			if (step.loose?.includes(name ?? "") === true) continue;
			const expected = step.expected.filter((e) => e.replica === name);
			wrong.push(...compare("all logs", expected, resyncsOf(told, name, nodes), false));
			for (const [source, placed] of alone) {
				const view = resyncsOf(during(step, placed), name, nodes);
				const seen = source === node ? expected : expected.filter((e) => e.primary === source.name);
				const answered = source === node ? view : view.filter((r) => r.verdict !== "failed");
				wrong.push(...compare(`only ${source.name}'s log`, seen, answered, true));
			}
		}
		found.push(...wrong.map((text) => `step ${i}, ${step.done}: ${text}`));
	}
	return found;
}

/** The report's times are UTC where rlog has found out the zone, else those of its reference's clock. */
function place(report: Report, nodes: readonly LiveNode[]): Placed[] {
	const reference = report.nodes.find((n) => n.clock.reference);
	const zone = nodes.find((n) => n.name === reference?.name)?.zone.minutes ?? 0;
	const ahead = reference?.clock.zone == null ? zone * 60_000 : 0;
	return report.resyncs.map((resync) => {
		const time = resync.onlineAt ?? resync.askedAt ?? resync.lostAt ?? "";
		return { resync, at: Date.parse(time) - ahead };
	});
}

/** By how much a clock may seem to be off, in milliseconds: less than lies between two steps. */
const slack = 10;

function within(step: Step, at: number): boolean {
	return at >= step.from - slack && at <= step.to + slack;
}

function during(step: Step, placed: readonly Placed[]): Resync[] {
	return placed.filter(({ at }) => within(step, at)).map(({ resync }) => resync);
}

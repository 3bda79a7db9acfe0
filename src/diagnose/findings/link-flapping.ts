import { humanDuration } from "../../model/units.ts";
import type { Ground } from "../case.ts";
import { iso } from "../evidence.ts";
import { defineFinding } from "./define.ts";
import { median, sample, sum, tally } from "./figures.ts";
import { flapsOf, gapsOf, type LossRun, toldIn } from "./losses.ts";
import { counted, tallied } from "./phrases.ts";
import { nodeOf, spanOf, together } from "./runs.ts";
import { stallsOf } from "./stalls.ts";
import { linksOf, type Told, toldOf } from "./told.ts";

/** Losses of several replicas within this time are one event on the primary's side, in ms. */
const sameMoment = 1000;

/** One link was lost several times in a short while, without a fault that the servers logged. */
export const linkFlapping = defineFinding({
	code: "link-flapping",
	check: (story, resyncs) => {
		const stalled = new Set(stallsOf(story, toldOf(story, resyncs)).map((s) => s.told.resync.id));
		const runs = linksOf(story, resyncs).flatMap((link) => flapsOf(link, stalled));
		return together(runs).map((group) => {
			const told = toldIn(group);
			const { from, to } = spanOf(group);
			return {
				severity: "warning" as const,
				node: nodeOf(group),
				resyncs: told.map((t) => t.resync.id),
				facts: {
					losses: told.length,
					replicas: new Set(group.map((r) => r.replica)).size,
					full: told.filter((t) => t.resync.verdict === "full").length,
					partial: told.filter((t) => t.resync.verdict === "partial").length,
					reasons: tallied(tally(told.map((t) => t.resync.trigger.code))),
					timeouts: told.filter((t) => t.resync.trigger.code.endsWith("-timeout")).length,
					sameMoment: shared(group),
					from: iso(from),
					to: iso(to),
					lastsMs: to - from,
					periodMs: median(group.flatMap(gapsOf)),
					downMs: sum(
						told.map((t) => (t.lostAt === null || t.onlineAt === null ? null : t.onlineAt - t.lostAt)),
					),
				},
				grounds: sample(told, 6).flatMap(lossOf),
			};
		});
	},
	explain: ({
		losses,
		replicas,
		full,
		partial,
		reasons,
		lastsMs,
		periodMs,
		downMs,
		sameMoment: together,
	}) => {
		const whose = replicas === 1 ? "the link" : `the links of ${counted(replicas, "replica")}`;
		const every = periodMs === null ? "" : `, one every ${humanDuration(periodMs)}`;
		const down = downMs === null ? "" : `; down for ${humanDuration(downMs)} in all`;
		const moment = together > 1 ? `; ${together} of them hit several replicas at the same moment` : "";
		return `${whose} broke ${counted(losses, "time")} in ${humanDuration(lastsMs)}${every} (${reasons}), answered by ${counted(partial, "partial")} and ${full} full; the servers log no fault of their own${down}${moment}`;
	},
	remedy: ({ replicas, timeouts, losses, sameMoment: together }) => [
		replicas > 1 && together > 1
			? "Several replicas lose the link at the same moment: look at the primary's host and its network first, and for a script that runs CLIENT KILL there."
			: "Look at the network between the two: idle timeouts of firewalls and proxies, connection tracking, a saturated interface; and for scripts that run CLIENT KILL.",
		...(timeouts * 2 >= losses
			? [
					"Most losses are timeouts: look for a server or host that stands still (finding server-stalled), before repl-timeout is raised.",
				]
			: []),
	],
});

/** How many moments saw the link of more than one replica break. */
function shared(group: readonly LossRun[]): number {
	if (new Set(group.map(({ replica }) => replica)).size < 2) return 0;
	const losses = group
		.flatMap((run) => run.told.map((t) => ({ at: t.lostAt as number, replica: run.replica })))
		.sort((a, b) => a.at - b.at);
	let moments = 0;
	let begin = Number.NEGATIVE_INFINITY;
	let replicas = new Set<string>();
	for (const { at, replica } of losses) {
		if (at - begin > sameMoment) {
			begin = at;
			replicas = new Set();
		}
		replicas.add(replica);
		if (replicas.size === 2) {
			moments++;
			// Counted once, however many more join.
			replicas.add("");
		}
	}
	return moments;
}

function lossOf({ episode }: Told): Ground[] {
	const { outage, sessions } = episode;
	if (outage !== null) return outage.losses.slice(0, 2).map((event) => ({ server: outage.server, event }));
	const session = sessions[0];
	return session?.lossBefore == null
		? []
		: [{ server: session.server, event: session.lossBefore.because ?? session.lossBefore.event }];
}

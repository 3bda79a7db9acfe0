import type { Story } from "../../correlate/index.ts";
import type { Sighting, SyncCounters } from "../../model/snapshot.ts";
import type { ProcessLife, Server } from "../../model/story.ts";
import { iso } from "../evidence.ts";
import { seenLine } from "../seen.ts";
import { type Decision, decisionsOf } from "./decisions.ts";
import { defineFinding } from "./define.ts";
import { sample } from "./figures.ts";
import { listed } from "./phrases.ts";

const names = { full: "sync_full", partialOk: "sync_partial_ok", partialErr: "sync_partial_err" } as const;
type Counter = keyof typeof names;
const counters = Object.keys(names) as Counter[];

/** What one counter says and what the log shows: between the two, as the time of INFO is not sure to the second. */
interface Difference {
	readonly counter: Counter;
	readonly counted: number;
	readonly least: number;
	readonly most: number;
}

/** INFO counts more, or fewer, resyncs than the log of the same process shows up to then. */
export const countersDisagree = defineFinding({
	code: "counters-disagree",
	check: (story) =>
		lastOfEachLife(story).flatMap(({ sighting, life }) => {
			const decisions = decisionsOf(life);
			const differences = compare(story, sighting, life, decisions);
			if (differences.length === 0) return [];
			const more = differences.filter(({ counted, most }) => counted > most);
			const [worst] = [...(more.length > 0 ? more : differences)].sort((a, b) => missing(b) - missing(a));
			const { server } = life;
			return {
				severity: more.length > 0 ? ("warning" as const) : ("info" as const),
				node: server.id,
				resyncs: [],
				facts: {
					counter: names[(worst as Difference).counter],
					counted: (worst as Difference).counted,
					logged: shown(worst as Difference),
					missing: more.length > 0 ? missing(worst as Difference) : 0,
					others: differences.filter((d) => d !== worst).map((d) => `${names[d.counter]} is ${d.counted}, not ${shown(d)}`).join(" · ") || null,
					logBegins: life.start === null ? iso(firstLine(story, server)) : null,
					infoAt: iso(sighting.time?.at ?? null),
					pid: life.pid,
				},
				grounds: sample(decisions).map(({ event }) => ({ server, event })),
				seen: differences.flatMap(({ counter }) => seenLine(sighting, names[counter]) ?? []),
			};
		}),
	explain: ({ counter, counted, logged, missing: gone, others, logBegins }) => {
		const rest = others === null ? "" : `; ${listed(others.split(" · "))}`;
		const what = `${counter} is ${counted}, the log shows ${logged}`;
		if (gone === 0) return `${what}: the counters were reset meanwhile (CONFIG RESETSTAT)${rest}`;
		const lie = gone === 1 ? "lies" : "lie";
		const where =
			logBegins === null
				? `${gone} ${gone === 1 ? "is" : "are"} not in it, although it begins with the process: lines were rotated away or cut out, or the loglevel hides them`
				: `${gone} ${lie} before ${logBegins} or ${gone === 1 ? "was" : "were"} rotated away`;
		return `${what}: ${where}${rest}`;
	},
	remedy: ({ missing: gone }) =>
		gone === 0
			? []
			: ["Give the rotated files of this node too; CONFIG GET loglevel: it must be notice or lower for these lines to be logged."],
});

const shown = ({ counted, least, most }: Difference): number => (counted > most ? most : least);
const missing = ({ counted, most }: Difference): number => Math.max(0, counted - most);

/** The counters only grow: the last INFO of a process tells all. */
function lastOfEachLife({ snapshots }: Story): { sighting: Sighting; life: ProcessLife }[] {
	const last = new Map<ProcessLife, Sighting>();
	for (const { sightings } of snapshots.nodes) {
		for (const sighting of sightings) {
			if (sighting.life !== null && sighting.figures.counters !== null && sighting.time !== null && sighting.proof !== "inferred") {
				last.set(sighting.life, sighting);
			}
		}
	}
	return [...last].map(([life, sighting]) => ({ sighting, life }));
}

function compare(story: Story, { figures, time }: Sighting, { server }: ProcessLife, decisions: readonly Decision[]): Difference[] {
	if (figures.counters === null || time === null) return [];
	const slack = time.bound ?? 1000;
	const sum = (counter: Counter, until: number): number =>
		decisions.reduce((n, d) => n + ((story.time(server, d.event) ?? Number.NEGATIVE_INFINITY) <= until ? d[counter] : 0), 0);
	return counters.flatMap((counter): Difference[] => {
		const counted = (figures.counters as SyncCounters)[counter];
		if (counted === null) return [];
		const difference = { counter, counted, least: sum(counter, time.at - slack), most: sum(counter, time.at + slack) };
		return counted < difference.least || counted > difference.most ? [difference] : [];
	});
}

function firstLine({ clocks }: Story, server: Server): number | null {
	const from = server.streams.map((s) => s.from).find((time) => time !== null);
	return from == null ? null : clocks.convert(server, from);
}

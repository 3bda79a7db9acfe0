import type { Story } from "../../correlate/index.ts";
import type { Outage, Server } from "../../model/story.ts";
import { humanDuration } from "../../model/units.ts";
import type { Ground } from "../case.ts";
import { failureOfTry } from "../failures.ts";
import { iso } from "../evidence.ts";
import { defineFinding } from "./define.ts";
import { sample, smallest } from "./figures.ts";
import { counted, times } from "./phrases.ts";
import { linksOf, type Told } from "./told.ts";

/** A link of a chain may be down for a moment: so many refusals, and no success after them, are no moment. */
const fewest = 2;

/** The tries of one outage that met a node without a primary of its own. */
interface Astray {
	readonly told: Told;
	readonly replica: string;
	readonly self: boolean;
	readonly tries: number;
	readonly from: number | null;
	readonly to: number | null;
	readonly grounds: readonly Ground[];
}

/** Every node replicates from another, or a node replicates from itself. */
export const noPrimary = defineFinding({
	code: "no-primary",
	check: (story, resyncs) => {
		const astray = linksOf(story, resyncs).flatMap(({ replica, told }) =>
			told.flatMap((t) => astrayIn(story, replica, t)),
		);
		if (astray.length === 0) return [];
		const asks = new Map(astray.map((a) => [a.replica, a.told.resync.primary]));
		const done = new Set<string>();
		const lastOutage = new Map(story.episodes.map((e) => [e.outage?.server, e.outage]));
		return astray.flatMap((one) => {
			const circle = one.self ? [one.replica] : circleFrom(one.replica, asks);
			// A circle is one finding, whichever node of it complains.
			const key = circle === null ? `${one.told.resync.id}` : [...circle].sort().join("\n");
			if (done.has(key)) return [];
			done.add(key);
			const all =
				circle === null ? [one] : astray.filter((a) => circle.includes(a.replica) && a.self === one.self);
			if (
				circle === null &&
				(one.tries < fewest || one.told.onlineAt !== null || hasPrimary(one, lastOutage))
			)
				return [];
			const from = smallest(all.map((a) => a.from));
			return [
				{
					severity: circle === null ? ("warning" as const) : ("critical" as const),
					node: one.replica,
					resyncs: all.map((a) => a.told.resync.id),
					facts: {
						kind: one.self ? "itself" : circle === null ? "upstream" : "circle",
						circle: circle === null ? null : [...circle, circle[0]].join(" → "),
						upstream: one.told.resync.primary,
						tries: all.reduce((n, a) => n + a.tries, 0),
						from: iso(from),
						to: iso(one.to),
						lastsMs: from === null || one.to === null ? null : one.to - from,
						endedBy: one.told.episode.outage?.promoted == null ? null : "promotion",
					},
					grounds: sample(all).flatMap((a) => a.grounds),
				},
			];
		});
	},
	explain: ({ kind, circle, upstream, tries, lastsMs, endedBy }) => {
		const time = lastsMs === null || lastsMs === 0 ? "" : ` in ${humanDuration(lastsMs)}`;
		const asked = `it asked ${times(tries)}${time}`;
		const end = endedBy === null ? "" : ", until it was promoted";
		if (kind === "itself")
			return `the node was told to replicate from itself: ${asked}, and nothing was written nor replicated meanwhile${end}`;
		if (kind === "circle")
			return `the nodes replicate from each other in a circle (${circle}), none is the primary: ${counted(tries, "request")}${time} met a node without a primary of its own${end}`;
		return `${upstream ?? "the node it replicates from"} has no link to a primary itself: ${asked} and was put off each time; perhaps no node is the primary${end}`;
	},
	remedy: ({ kind, upstream }) => {
		if (kind === "itself") {
			return [
				"REPLICAOF NO ONE on the node, if it is to be the primary; else point it to the primary. Then find what gave it its own address (a service name, an announced address, a Sentinel).",
			];
		}
		if (kind === "circle") {
			return [
				"Choose the node with the highest offset (INFO replication: slave_repl_offset), REPLICAOF NO ONE there, and point the others to it. Then find what configured the circle.",
			];
		}
		return [
			`Look at ${upstream ?? "the node it replicates from"}: INFO replication tells whom it follows, and master_link_status why it waits. If every node is a replica, promote the one with the highest offset.`,
		];
	},
});

function astrayIn(story: Story, replica: string, told: Told): Astray[] {
	const { outage } = told.episode;
	if (outage === null || !outage.tries.some((t) => t.outcome === "failed")) return [];
	let self = false;
	const tries = outage.tries.filter((t) => {
		const code = failureOfTry(t)?.why.code;
		if (code === "replicates-itself") self = true;
		return code === "replicates-itself" || code === "upstream-down";
	});
	const first = tries[0];
	const last = tries.at(-1);
	if (first === undefined || last === undefined) return [];
	const { server } = outage;
	const ground = (event: Ground["event"] | null | undefined): Ground[] =>
		event == null ? [] : [{ server, event }];
	return [
		{
			told,
			replica,
			self,
			tries: tries.length,
			from: story.time(server, first.begin),
			to: story.time(server, outage.promoted ?? last.end ?? last.begin),
			grounds: [
				...ground(outage.pointings.find((p) => p.event.type === "role.replicaof")?.event),
				...ground(first.failure?.event),
				...(last === first ? [] : ground(last.failure?.event)),
				...ground(outage.promoted),
			],
		},
	];
}

/** Who asks whom, from one node on, when that leads back to a node on the way. */
function circleFrom(start: string, asks: ReadonlyMap<string, string | null>): string[] | null {
	const way: string[] = [];
	for (let node: string | null | undefined = start; node != null; node = asks.get(node)) {
		const at = way.indexOf(node);
		if (at >= 0) return way.slice(at);
		way.push(node);
	}
	return null;
}

/** Whether the node that was asked had a primary of its own in the end: then a chain was only interrupted. */
function hasPrimary({ told }: Astray, lastOutage: ReadonlyMap<Server | undefined, Outage | null>): boolean {
	const upstream = told.episode.primary;
	const last = upstream === null ? null : lastOutage.get(upstream);
	return last?.online != null || last?.promoted != null;
}

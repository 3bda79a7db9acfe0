import type { Story } from "../../correlate/index.ts";
import type { LogEvent } from "../../model/event.ts";
import type { NodeId } from "../../model/report.ts";
import type { Episode, Server } from "../../model/story.ts";
import { inOrder } from "./order.ts";
import { followServer, type NodeState, type Transition } from "./states.ts";

export type { NodeState, Transition } from "./states.ts";

/** The part of an event in an outage. */
export type Part = "lost" | "asked" | "decided" | "online";

/** One event of one node, in the common order of all nodes. */
export interface TimelineRow {
	readonly node: NodeId;
	/** On the reference's clock, ms since 1970; null for lines without a time of their own. */
	readonly time: number | null;
	readonly event: LogEvent;
	/** What the node is after the event. */
	readonly state: NodeState;
	readonly transitions: readonly Transition[];
	/** Number of the resync in the report that the line belongs to, and what it is in it. */
	readonly resync: number | null;
	readonly part: Part | null;
}

export interface TimelineNode {
	readonly id: NodeId;
	readonly name: string;
	readonly sentinel: boolean;
	/** First and last time of its log, ms on the reference's clock. */
	readonly from: number | null;
	readonly to: number | null;
}

/** What every node did, in one clock. */
export interface Timeline {
	readonly nodes: readonly TimelineNode[];
	readonly rows: readonly TimelineRow[];
	/** The node that an address in a message belongs to. */
	readonly nodeOf: (address: string) => NodeId | null;
}

/** Tells the story in the order in which it happened. Nothing is left out: that is up to who shows it. */
export function buildTimeline(story: Story): Timeline {
	const steps = new Map(story.servers.map((server) => [server, followServer(server, story)]));
	const parts = partsOf(story);
	const rows = inOrder(story).map(({ server, at, event, time }): TimelineRow => {
		const step = steps.get(server)?.[at];
		const part = parts.get(event);
		return {
			node: server.id,
			time,
			event,
			state: step?.state ?? "silent",
			transitions: step?.transitions ?? [],
			resync: part?.resync ?? null,
			part: part?.part ?? null,
		};
	});
	return {
		nodes: story.servers.map((server) => ({
			id: server.id,
			name: server.name,
			sentinel: server.sentinel,
			...spanOf(server, story),
		})),
		rows,
		nodeOf: (address) =>
			(story.addresses.resolve(address) ?? story.addresses.resolve(address, true))?.id ?? null,
	};
}

function spanOf(server: Server, story: Story): { readonly from: number | null; readonly to: number | null } {
	const times = server.events.map((event) => story.time(server, event)).filter((time) => time !== null);
	return { from: times[0] ?? null, to: times.at(-1) ?? null };
}

interface PartOf {
	readonly resync: number;
	readonly part: Part | null;
}

/** Which resync of the report each line belongs to: they are numbered in the order of the episodes. */
function partsOf(story: Story): Map<LogEvent, PartOf> {
	const parts = new Map<LogEvent, PartOf>();
	for (const [i, episode] of story.episodes.entries()) {
		for (const [event, part] of linesOf(episode)) {
			const known = parts.get(event);
			// What tells most is said first; a part that is named is never lost to one that is not.
			if (known === undefined || (known.part === null && part !== null))
				parts.set(event, { resync: i + 1, part });
		}
	}
	return parts;
}

function* linesOf({ outage, sessions }: Episode): Generator<readonly [LogEvent, Part | null]> {
	if (outage !== null) {
		const lost = outage.losses[0];
		if (lost !== undefined) yield [lost, "lost"];
		if (outage.online !== null) yield [outage.online, "online"];
		for (const { ask, answer, decided } of outage.tries) {
			if (answer !== null && decided !== null) yield [answer, "decided"];
			if (ask !== null) yield [ask, "asked"];
		}
		for (const { begin, started, end, lines } of outage.tries) {
			yield [begin, null];
			if (started !== null) yield [started, null];
			if (end !== null) yield [end, null];
			for (const line of lines) yield [line, null];
		}
		for (const line of [...outage.losses, ...outage.pointings.map(({ event }) => event)]) yield [line, null];
	}
	for (const { ask, decision, lines, snapshotBegin, snapshotEnd, online, lossBefore } of sessions) {
		const alone = outage === null;
		if (decision !== null) yield [decision, alone ? "decided" : null];
		if (online !== null) yield [online, alone ? "online" : null];
		yield [ask, alone ? "asked" : null];
		if (lossBefore !== null) {
			yield [lossBefore.event, null];
			if (lossBefore.because !== null) yield [lossBefore.because, null];
		}
		for (const line of [...lines, snapshotBegin, snapshotEnd]) if (line !== null) yield [line, null];
	}
}

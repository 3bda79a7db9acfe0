import type { Story } from "../../correlate/index.ts";
import type { LogEvent } from "../../model/event.ts";
import { firstAt, pushTo } from "../../model/lists.ts";
import type { Resync } from "../../model/report.ts";
import type { ProcessLife, Server, Session, Try } from "../../model/story.ts";
import { humanDuration } from "../../model/units.ts";
import type { Ground } from "../case.ts";
import { decidedBy } from "../case.ts";
import { iso } from "../evidence.ts";
import { defineFinding } from "./define.ts";
import { largest, sample, smallest } from "./figures.ts";
import { counted, times } from "./phrases.ts";

type Kind = "begins-late" | "between" | "ends-early" | "killed" | "vanished" | "level";

/** One sign that lines are missing in a server's log. */
interface Gap {
	readonly kind: Kind;
	/** When the others tell of the node, or when its process was gone; ms. */
	readonly at: number | null;
	/** Between the last line before the gap and the first one after, in ms. */
	readonly missingMs: number | null;
	readonly grounds: readonly Ground[];
}

/** A server that is not there any more is not merely slow to come back after this time, in ms. */
const vanishedFor = 5000;

/** Lines are missing in one log, as the others (or its next process) show. */
export const logGap = defineFinding({
	code: "log-gap",
	check: (story, resyncs) => {
		const gaps = new Map<Server, Gap[]>();
		for (const server of story.servers) for (const gap of killsOf(story, server)) pushTo(gaps, server, gap);
		for (const [server, gap] of [...unseen(story), ...vanished(story)]) pushTo(gaps, server, gap);
		return [...gaps].flatMap(([server, own]) =>
			[...byKind(own)].map(([kind, list]) => ({
				severity: kind === "killed" || kind === "vanished" ? ("warning" as const) : ("info" as const),
				node: server.id,
				resyncs: kind === "killed" || kind === "vanished" ? [] : touched(resyncs, server, list),
				facts: {
					kind,
					count: list.length,
					from: iso(smallest(list.map((g) => g.at))),
					to: iso(largest(list.map((g) => g.at))),
					missingMs: largest(list.map((g) => g.missingMs)),
				},
				grounds: sample(list).flatMap((g) => g.grounds),
			})),
		);
	},
	explain: ({ kind, count, missingMs }) => {
		const long = missingMs === null ? "" : ` (${humanDuration(missingMs)} without a line)`;
		switch (kind) {
			case "killed":
				return `the process ended${count === 1 ? "" : ` ${times(count)}`} without a last line${long}: killed (kill -9, out-of-memory killer, power), or its last lines are missing`;
			case "vanished":
				return `the log ends without a last line, and other nodes found nobody there for ${humanDuration(missingMs ?? 0)} after it: the process was killed or its host went down`;
			case "begins-late":
				return `the log begins in the middle: other nodes tell of ${counted(count, "handshake")} with this one before its first line; older files were rotated away`;
			case "between":
				return `the log has a gap${long}: other nodes tell of ${counted(count, "handshake")} with this one between two of its files; the file in between was not given`;
			case "ends-early":
				return `the log breaks off: other nodes tell of ${counted(count, "handshake")} with this one after its last line`;
			case "level":
				return `the process logs warnings only: ${counted(count, "handshake")} that other nodes tell of left no line in it`;
		}
	},
	remedy: ({ kind }) => {
		switch (kind) {
			case "killed":
			case "vanished":
				return [
					"Look for the out-of-memory killer (dmesg, kubectl describe pod), a supervisor's stop timeout or a liveness probe at that time.",
				];
			case "between":
				return ["Give the rotated file that lies between the two."];
			case "begins-late":
				return ["Give the rotated files of this node too, and keep them for longer."];
			case "ends-early":
				return [
					"Give the file that follows; after a rotation with copytruncate or a moved file the server may write elsewhere.",
				];
			case "level":
				return ["CONFIG SET loglevel notice: at warning most of what tells about replication is not logged."];
		}
	},
});

/** Processes that a next one follows without a word of farewell. */
function killsOf(story: Story, server: Server): Gap[] {
	return server.lives.flatMap((life): Gap[] => {
		const next = server.lives[life.index + 1];
		if (life.end !== "killed" || next?.start == null) return [];
		const last = lastLineOf(life);
		if (last === null) return [];
		const from = story.time(server, last);
		const to = story.time(server, next.start);
		return [
			{
				kind: "killed",
				at: from,
				missingMs: from === null || to === null ? null : to - from,
				grounds: [
					{ server, event: last },
					{ server, event: next.start },
				],
			},
		];
	});
}

/** The last line of the process itself; lines of the next one may stand before its first known one. */
function lastLineOf(life: ProcessLife): LogEvent | null {
	const { events } = life.server;
	for (let i = life.to - 1; i >= life.from; i--) {
		const event = events[i];
		if (event !== undefined && (life.pid === null || event.pid === life.pid)) return event;
	}
	return null;
}

interface Span {
	readonly from: number;
	readonly to: number;
}

/** From the first to the last line of each server's log, known message or not. */
function spansOf(story: Story): Map<Server, Span> {
	const spans = new Map<Server, Span>();
	for (const server of story.servers) {
		const from = smallest(server.streams.map((s) => s.from));
		const to = largest(server.streams.map((s) => s.to));
		if (from === null || to === null) continue;
		spans.set(server, { from: story.clocks.convert(server, from), to: story.clocks.convert(server, to) });
	}
	return spans;
}

/** Handshakes that one side logged and the other, whose log is given, did not. */
function unseen(story: Story): [Server, Gap][] {
	const spans = spansOf(story);
	const level = new WarningsOnly(story);
	const found: [Server, Gap][] = [];
	const look = (server: Server | null, other: Session | Try, ground: Ground): void => {
		const span = server === null ? undefined : spans.get(server);
		if (server === null || server === other.server || span === undefined) return;
		const at = story.time(other.server, ground.event);
		if (at === null) return;
		const slack = 1000 + boundOf(story, server) + boundOf(story, other.server);
		if (at < span.from - slack)
			found.push([server, { kind: "begins-late", at, missingMs: null, grounds: [ground] }]);
		else if (at > span.to + slack)
			found.push([server, { kind: "ends-early", at, missingMs: null, grounds: [ground] }]);
		else {
			const missingMs = betweenFiles(story, server, at, slack);
			const first = missingMs === null ? level.lineAt(server, at) : null;
			if (missingMs !== null) found.push([server, { kind: "between", at, missingMs, grounds: [ground] }]);
			else if (first !== null)
				found.push([server, { kind: "level", at, missingMs: null, grounds: [first, ground] }]);
		}
	};
	for (const session of story.sessions) {
		if (session.tryOf !== null || session.peer === null) continue;
		look(story.addresses.resolve(session.peer), session, { server: session.server, event: session.ask });
	}
	for (const tried of story.tries) {
		if (tried.session !== null || decidedBy(tried) === null || tried.ask === null) continue;
		look(story.addresses.resolve(tried.target), tried, { server: tried.server, event: tried.ask });
	}
	return found;
}

/** How long the gap is in which a time lies between two files of a server's log; null where it lies in none. */
function betweenFiles(story: Story, server: Server, at: number, slack: number): number | null {
	const times = server.streams.flatMap(({ from, to }) =>
		from === null || to === null ? [] : [{ from: story.clocks.convert(server, from), to: story.clocks.convert(server, to) }],
	);
	const before = largest(times.filter(({ from }) => from <= at).map(({ to }) => to));
	const after = smallest(times.filter(({ from }) => from > at).map(({ from }) => from));
	return before !== null && after !== null && before + slack < at && at < after - slack ? after - before : null;
}

/** How wrong the comparison of a server's times with the others' may be, in ms. */
function boundOf(story: Story, server: Server): number {
	return story.clocks.of(server)?.bound ?? 0;
}

interface Quiet {
	/** When the process logged first, in ms. */
	readonly at: number;
	/** Its first line, where all its lines are warnings. */
	readonly line: Ground | null;
}

/** Processes that log nothing below the level of warnings. */
class WarningsOnly {
	readonly #story: Story;
	readonly #known = new Map<Server, readonly Quiet[]>();

	constructor(story: Story) {
		this.#story = story;
	}

	/** The first line of the process that ran at a time, when it logged warnings only. */
	lineAt(server: Server, at: number): Ground | null {
		let lives = this.#known.get(server);
		if (lives === undefined) this.#known.set(server, (lives = this.#read(server)));
		return lives[firstAt(lives, (x) => x.at, at + 1) - 1]?.line ?? null;
	}

	#read(server: Server): Quiet[] {
		return server.lives.flatMap((life): Quiet[] => {
			const own = server.events.slice(life.from, life.to).filter((e) => e.level !== null && !e.signal);
			const [first] = own;
			const at = first === undefined ? null : this.#story.time(server, first);
			if (first === undefined || at === null) return [];
			return [{ at, line: own.every((e) => e.level === "#") ? { server, event: first } : null }];
		});
	}
}

/** Logs that end without a farewell while others find the address dead. */
function vanished(story: Story): [Server, Gap][] {
	const spans = spansOf(story);
	const refused = new Map<Server, { first: Ground; last: Ground; from: number; to: number }>();
	for (const tried of story.tries) {
		const { failure, server: replica } = tried;
		if (failure?.code !== "primary-unreachable") continue;
		const server = story.addresses.resolve(tried.target);
		const at = story.time(replica, failure.event);
		const span = server === null ? undefined : spans.get(server);
		if (server === null || server === replica || at === null || span === undefined || at <= span.to) continue;
		const ground: Ground = { server: replica, event: failure.event };
		const before = refused.get(server);
		if (before === undefined) refused.set(server, { first: ground, last: ground, from: at, to: at });
		else if (at >= before.to) refused.set(server, { ...before, last: ground, to: at });
	}
	return [...refused].flatMap(([server, { first, last, from, to }]): [Server, Gap][] => {
		const life = server.lives.at(-1);
		const end = server.events.at(-1);
		if (life === undefined || life.end !== "log-ends" || end === undefined || to - from < vanishedFor)
			return [];
		return [
			[
				server,
				{ kind: "vanished", at: from, missingMs: to - from, grounds: [{ server, event: end }, first, last] },
			],
		];
	});
}

function byKind(gaps: readonly Gap[]): Map<Kind, Gap[]> {
	const kinds = new Map<Kind, Gap[]>();
	for (const gap of gaps) pushTo(kinds, gap.kind, gap);
	return kinds;
}

/** Resyncs of the node whose proof suffers: those in which one side is missing. */
function touched(resyncs: readonly Resync[], server: Server, gaps: readonly Gap[]): number[] {
	const from = smallest(gaps.map((g) => g.at));
	const to = largest(gaps.map((g) => g.at));
	if (from === null || to === null) return [];
	return resyncs
		.filter((r) => (r.replica === server.id || r.primary === server.id) && r.askedAt !== null)
		.filter(
			(r) => Date.parse(r.askedAt as string) >= from - 1000 && Date.parse(r.askedAt as string) <= to + 1000,
		)
		.map((r) => r.id);
}

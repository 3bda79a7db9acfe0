import type { Story } from "../../correlate/index.ts";
import type { LogEvent, MessageType } from "../../model/event.ts";
import type { Life } from "../../model/report.ts";
import type { Outage, ProcessLife, Server } from "../../model/story.ts";

/**
 * What a node is at a moment, as far as its log tells. `online`, `syncing` and `down` are of a
 * replica: its link is up, being built by a granted resync, or broken. `silent`: no log of its own
 * at that time, or nothing in it has told yet.
 */
export type NodeState = "primary" | "online" | "syncing" | "down" | "stopped" | "sentinel" | "silent";

/** A change that is worth drawing beside the event which shows it. */
export type Transition =
	| {
			readonly kind: "start";
			readonly pid: number | null;
			readonly version: string | null;
			/** The version of the life before, where it is another. */
			readonly before: string | null;
			/** Whether an earlier life of it is known. */
			readonly again: boolean;
			/** How long the process was gone, in ms. */
			readonly after: number | null;
	  }
	| {
			readonly kind: "end";
			readonly end: Exclude<Life["end"], "log-ends">;
			/** Where no line tells the end: the last time at which it was heard of, ms. */
			readonly since: number | null;
	  }
	| { readonly kind: "role"; readonly from: "primary" | "replica"; readonly to: "primary" | "replica" };

/** What an event does to its node. */
export interface Step {
	readonly state: NodeState;
	readonly transitions: readonly Transition[];
}

/** Follows one server through its log: its state after each of its events. */
export function followServer(server: Server, story: Story): Step[] {
	const outages = story.episodes.flatMap(({ outage }) => (outage?.server === server ? [outage] : []));
	return new Follower(server, story, outages).follow();
}

class Follower {
	readonly #server: Server;
	readonly #story: Story;
	/** States that an outage's own lines tell. */
	readonly #told: ReadonlyMap<LogEvent, NodeState>;
	#state: NodeState;
	#role: "primary" | "replica" | null = null;

	constructor(server: Server, story: Story, outages: readonly Outage[]) {
		this.#server = server;
		this.#story = story;
		this.#told = statesOf(outages);
		this.#state = server.sentinel ? "sentinel" : "silent";
		const first = outages[0];
		// A log that begins in the middle shows nothing of a link that is up, until it breaks.
		this.#wasOnline = first?.wasOnline !== false;
	}

	readonly #wasOnline: boolean;

	follow(): Step[] {
		const steps: Step[] = [];
		for (const life of this.#server.lives) {
			for (let i = life.from; i < life.to; i++) {
				const event = this.#server.events[i] as LogEvent;
				steps[i] = this.#step(event, i, life);
			}
		}
		this.#dropTwitches(steps);
		// Lines before the first life are those of children.
		return this.#server.events.map((_, i) => steps[i] ?? { state: this.#idle, transitions: [] });
	}

	/**
	 * A command that changes a node's primary prints a line or two in the other role while it is
	 * carried out: that is no change of role.
	 */
	#dropTwitches(steps: Step[]): void {
		let turned: number | null = null;
		for (const [i, step] of steps.entries()) {
			const event = this.#server.events[i] as LogEvent;
			if (promotionTypes.has(event.type)) turned = null;
			if (!step?.transitions.some(({ kind }) => kind === "role")) continue;
			const before = turned === null ? null : (this.#server.events[turned] as LogEvent);
			const soon = before?.time != null && event.time !== null && event.time - before.time <= 100;
			if (turned === null || !soon) {
				turned = i;
				continue;
			}
			for (let j = turned; j <= i; j++) {
				const { state, transitions } = steps[j] as Step;
				const straight = state === "primary" && steps[i]?.state !== "primary" ? "down" : state;
				steps[j] = { state: straight, transitions: transitions.filter(({ kind }) => kind !== "role") };
			}
			turned = null;
		}
	}

	get #idle(): NodeState {
		return this.#server.sentinel ? "sentinel" : "silent";
	}

	#step(event: LogEvent, at: number, life: ProcessLife): Step {
		const transitions: Transition[] = [];
		if (at === life.from) transitions.push(...this.#enter(life, event));
		if (this.#server.sentinel) {
			if (event === life.endEvent) this.#state = "stopped";
			else this.#state = "sentinel";
		} else {
			const own = event.pid === null || life.pid === null || event.pid === life.pid;
			const role = own ? roleOf(event) : null;
			if (role !== null) transitions.push(...this.#turn(role, life));
			this.#state = this.#told.get(event) ?? this.#state;
		}
		if (event === life.endEvent && life.end !== "log-ends") {
			transitions.push({ kind: "end", end: life.end, since: null });
			this.#state = "stopped";
		}
		return { state: this.#state, transitions };
	}

	/** The first line of a life: what became of the one before, and how this one begins. */
	#enter(life: ProcessLife, event: LogEvent): Transition[] {
		const before = this.#server.lives[life.index - 1];
		const transitions: Transition[] = [];
		const last = before === undefined ? undefined : (before.endEvent ?? this.#lastOf(before));
		const from = last === undefined ? null : this.#story.time(this.#server, last);
		if (before !== undefined && before.endEvent === null)
			transitions.push({ kind: "end", end: "killed", since: from });
		if (life.start === null && before === undefined) return transitions;
		if (!this.#server.sentinel) this.#state = "silent";
		this.#role = before === undefined ? null : this.#role;
		const to = this.#story.time(this.#server, event);
		transitions.push({
			kind: "start",
			again: before !== undefined,
			pid: life.pid,
			version: life.version,
			before: before?.version != null && before.version !== life.version ? before.version : null,
			after: before?.endEvent == null || from === null || to === null || to < from ? null : to - from,
		});
		return transitions;
	}

	/** The last line of a life's own process: those of the next one's start may come before its first known line. */
	#lastOf(life: ProcessLife): LogEvent | undefined {
		for (let i = life.to - 1; i >= life.from; i--) {
			const event = this.#server.events[i] as LogEvent;
			if (event.pid === life.pid && event.time !== null) return event;
		}
		return undefined;
	}

	#turn(role: "primary" | "replica", life: ProcessLife): Transition[] {
		const from = this.#role;
		this.#role = role;
		const state = this.#state;
		if (role === "primary") this.#state = "primary";
		else if (state === "silent") this.#state = life.start === null && this.#wasOnline ? "online" : "down";
		else if (state === "primary" || state === "stopped") this.#state = "down";
		return from === null || from === role ? [] : [{ kind: "role", from, to: role }];
	}
}

function statesOf(outages: readonly Outage[]): Map<LogEvent, NodeState> {
	const states = new Map<LogEvent, NodeState>();
	for (const outage of outages) {
		for (const loss of outage.losses) states.set(loss, "down");
		for (const tried of outage.tries) {
			states.set(tried.begin, "down");
			if (tried.answer !== null && tried.decided !== null)
				states.set(tried.answer, tried.decided === "full" ? "syncing" : "online");
			if (tried.end !== null) states.set(tried.end, "down");
		}
		if (outage.online !== null) states.set(outage.online, "online");
		if (outage.promoted !== null) states.set(outage.promoted, "primary");
	}
	return states;
}

/** Messages of a real promotion. */
const promotionTypes: ReadonlySet<MessageType> = new Set<MessageType>([
	"role.promoted",
	"replid.shifted",
	"cluster.election-won",
]);

/** Messages that tell the role in logs of 2.x, whose fronts do not. */
const primaryTypes: ReadonlySet<MessageType> = new Set<MessageType>(["sync.requested", "role.promoted"]);
const replicaTypes: ReadonlySet<MessageType> = new Set<MessageType>(["sync.started", "role.replicaof"]);

function roleOf(event: LogEvent): "primary" | "replica" | null {
	if (event.role === "M") return "primary";
	if (event.role === "S") return "replica";
	if (event.role !== null) return null;
	return primaryTypes.has(event.type) ? "primary" : replicaTypes.has(event.type) ? "replica" : null;
}

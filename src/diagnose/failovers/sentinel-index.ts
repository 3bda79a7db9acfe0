import { type SentinelAttempt, SentinelIds, type SentinelSide, type SentinelSwitch, type SentinelWatch, sentinelSides } from "../../correlate/sentinel-side.ts";
import type { LogEvent } from "../../model/event.ts";
import { firstAt, pushTo } from "../../model/lists.ts";
import { msBetween } from "./draft.ts";
import type { Scene } from "./scene.ts";

/** All that Sentinels tell of one epoch of one set of servers. */
export interface Group {
	readonly set: string;
	readonly epoch: number | null;
	/** "ip:port" of the primary that is to be replaced. */
	readonly old: string;
	readonly attempts: SentinelAttempt[];
	/** New addresses that came of it, and in whose log they stand. */
	readonly switches: { readonly side: SentinelSide; readonly change: SentinelSwitch }[];
}

/** One line about a vote: the voter's own, or what a candidate was told. */
interface VoteLine {
	readonly side: SentinelSide;
	readonly voter: string;
	readonly candidate: string;
	readonly event: LogEvent;
}

/** A primary that was seen down this long before a try has to do with it (ms). */
const seenBefore = 600_000;

/** What all Sentinels logged, by what it is asked for: each question costs the same in a long story. */
export class SentinelIndex {
	readonly sides: readonly SentinelSide[];
	readonly ids: SentinelIds;
	readonly groups: readonly Group[];
	readonly #scene: Scene;
	readonly #byEpoch = new Map<number, Group[]>();
	readonly #given = new Map<number, VoteLine[]>();
	readonly #told = new Map<number, VoteLine[]>();
	readonly #epochs = new Map<SentinelSide, Map<number, number>>();
	readonly #watches = new Map<string, SentinelWatch[]>();
	/** Position of the last line of each side that takes a set further: a try or a new address. */
	readonly #last = new Map<string, number>();

	constructor(scene: Scene) {
		this.#scene = scene;
		this.sides = sentinelSides(scene.story.servers);
		this.ids = new SentinelIds(this.sides);
		for (const side of this.sides) this.#note(side);
		this.groups = this.#group();
		for (const group of this.groups) if (group.epoch !== null) pushTo(this.#byEpoch, group.epoch, group);
	}

	sideOf(attempt: SentinelAttempt | null): SentinelSide | undefined {
		return this.sides.find((side) => side.server === attempt?.server);
	}

	/** Groups of other sets in the same epoch. */
	others(group: Group): readonly Group[] {
		return group.epoch === null ? [] : (this.#byEpoch.get(group.epoch) ?? []).filter((g) => g !== group);
	}

	/** Votes of an epoch by the voters' own logs. */
	given(epoch: number): readonly VoteLine[] {
		return this.#given.get(epoch) ?? [];
	}

	/** Votes of an epoch as candidates were told. */
	told(epoch: number): readonly VoteLine[] {
		return this.#told.get(epoch) ?? [];
	}

	knows(side: SentinelSide, epoch: number | null): boolean {
		return epoch !== null && (this.#epochs.get(side)?.has(epoch) ?? false);
	}

	/** Whether a Sentinel went on to another try, or took over another's result, behind a position of its log. */
	wentOn({ server, set, at }: SentinelAttempt): boolean {
		return (this.#last.get(`${server.id}\n${set}`) ?? -1) > at;
	}

	/** The time in which a Sentinel took the old primary of a group for down. */
	watch(side: SentinelSide, { set, old, epoch }: Group, beganAt: string | null, endedAt: string | null): SentinelWatch | null {
		const own = this.#watches.get(`${side.server.id}\n${set} ${old}`) ?? [];
		const i = epoch === null ? undefined : this.#epochs.get(side)?.get(epoch);
		const from = i === undefined ? undefined : side.epochs[i];
		if (i !== undefined && from !== undefined) {
			const next = side.epochs[i + 1]?.at ?? Number.POSITIVE_INFINITY;
			const last = own[firstAt(own, (w) => w.at, next) - 1];
			return last !== undefined && last.to > from.at ? last : null;
		}
		const until = endedAt ?? beganAt;
		const last = own.findLast((w) => until === null || (this.#scene.at(side.server, w.sdown) ?? "") <= until);
		const before = last === undefined ? null : msBetween(this.#scene.at(side.server, last.sdown), beganAt);
		return last !== undefined && before !== null && before <= seenBefore ? last : null;
	}

	#note(side: SentinelSide): void {
		const { server } = side;
		for (const { leader, epoch, event } of side.votes) {
			pushTo(this.#given, epoch, { side, voter: server.id, candidate: this.ids.name(leader), event });
		}
		for (const { voter, leader, epoch, event } of side.told) {
			pushTo(this.#told, epoch, { side, voter: this.ids.name(voter), candidate: this.ids.name(leader), event });
		}
		this.#epochs.set(side, new Map(side.epochs.map(({ epoch }, i) => [epoch, i])));
		for (const watch of side.watches) pushTo(this.#watches, `${server.id}\n${watch.set} ${watch.primary}`, watch);
		for (const { set, at } of [...side.attempts, ...side.switches]) {
			const key = `${server.id}\n${set}`;
			this.#last.set(key, Math.max(at, this.#last.get(key) ?? -1));
		}
	}

	#group(): Group[] {
		const groups = new Map<string, Group>();
		const enter = (key: string, set: string, epoch: number | null, old: string): Group => {
			let group = groups.get(key);
			if (group === undefined) groups.set(key, (group = { set, epoch, old, attempts: [], switches: [] }));
			return group;
		};
		const led = new Map<string, { group: Group; time: number }[]>();
		for (const { server, attempts } of this.sides) {
			for (const attempt of attempts) {
				const key = `${attempt.set} ${attempt.epoch ?? `${server.id}:${attempt.at}`}`;
				const group = enter(key, attempt.set, attempt.epoch, attempt.old);
				group.attempts.push(attempt);
				const chosen = chosenBy(attempt);
				const time = this.#scene.story.time(server, attempt.begin);
				if (chosen !== null && time !== null) pushTo(led, `${attempt.set} ${attempt.old} ${chosen}`, { group, time });
			}
		}
		for (const tries of led.values()) tries.sort((a, b) => a.time - b.time);
		for (const side of this.sides) {
			for (const change of side.switches) {
				// SENTINEL RESET and a restart print the same address twice.
				if (change.old === change.to) continue;
				const time = this.#scene.story.time(side.server, change.event);
				const tries = led.get(`${change.set} ${change.old} ${change.to}`) ?? [];
				const known = time === null ? tries.at(-1) : tries[firstAt(tries, (t) => t.time, time + sameTime) - 1];
				const key = `${change.set} ${change.epoch ?? `${side.server.id}:${change.at}`}`;
				const group = known?.group ?? enter(key, change.set, change.epoch, change.old);
				group.switches.push({ side, change });
			}
		}
		return [...groups.values()];
	}
}

/** Clocks of Sentinels may be this far apart where nothing ties them together (ms). */
const sameTime = 1000;

/** "ip:port" of the replica that a try chose. */
export function chosenBy({ selected }: SentinelAttempt): string | null {
	const [, , ip, port] = selected?.fields.instance.split(" ") ?? [];
	return ip === undefined || port === undefined ? null : `${ip}:${port}`;
}

import type { Story } from "../../correlate/index.ts";
import { pushTo } from "../../model/lists.ts";
import type { Resync } from "../../model/report.ts";
import type { Episode } from "../../model/story.ts";
import { moments } from "../moments.ts";
import { type Explained, explainedOf } from "../resync.ts";

/** One resync of the report beside the outage that it tells of, with its times in ms. */
export interface Told {
	readonly resync: Resync;
	readonly episode: Episode;
	readonly lostAt: number | null;
	readonly askedAt: number | null;
	readonly onlineAt: number | null;
}

/** All that happened to one replica's link, in order. */
export interface Link {
	readonly replica: string;
	readonly told: readonly Told[];
}

/** Its times are read where they are asked for: there may be a hundred thousand, and most rules ask for few. */
class ToldResync implements Told {
	readonly resync: Resync;
	readonly #explained: Explained;

	constructor(resync: Resync, explained: Explained) {
		this.resync = resync;
		this.#explained = explained;
	}

	get episode(): Episode {
		return this.#explained.story.episodes[this.resync.id - 1] as Episode;
	}

	get lostAt(): number | null {
		return this.#explained.moment(this.resync.id, moments.lostAt);
	}

	get askedAt(): number | null {
		return this.#explained.moment(this.resync.id, moments.askedAt);
	}

	get onlineAt(): number | null {
		return this.#explained.moment(this.resync.id, moments.onlineAt);
	}
}

/** Every rule asks for it. */
const known = new WeakMap<readonly Resync[], { readonly all: readonly Told[]; links: readonly Link[] | null }>();

function entryOf(story: Story, resyncs: readonly Resync[]): { readonly all: readonly Told[]; links: readonly Link[] | null } {
	let entry = known.get(resyncs);
	if (entry === undefined) known.set(resyncs, (entry = { all: tellAll(story, resyncs), links: null }));
	return entry;
}

/** The resyncs of the report, each with its outage: they are numbered in the story's order. */
export function toldOf(story: Story, resyncs: readonly Resync[]): readonly Told[] {
	return entryOf(story, resyncs).all;
}

/** What was put together for the rules is let go once they all have looked. */
export function forget(resyncs: readonly Resync[]): void {
	known.delete(resyncs);
}

function tellAll(story: Story, resyncs: readonly Resync[]): Told[] {
	const all: Told[] = [];
	const explained = explainedOf(story);
	for (const resync of resyncs) if (story.episodes[resync.id - 1] !== undefined) all.push(new ToldResync(resync, explained));
	return all;
}

/** The resyncs by replica. Tools and replicas without a name are left out: each may be another one. */
export function linksOf(story: Story, resyncs: readonly Resync[]): readonly Link[] {
	const entry = entryOf(story, resyncs);
	if (entry.links === null) {
		const links = new Map<string, Told[]>();
		for (const told of entry.all) {
			const { replica } = told.resync;
			if (replica !== null) pushTo(links, replica, told);
		}
		entry.links = [...links].map(([replica, told]) => ({ replica, told }));
	}
	return entry.links;
}

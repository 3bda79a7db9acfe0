import type { Story } from "../../correlate/index.ts";
import { pushTo } from "../../model/lists.ts";
import type { Resync } from "../../model/report.ts";
import type { Episode } from "../../model/story.ts";

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

/** Every rule asks for it; there may be a hundred thousand resyncs. */
const cache = new WeakMap<readonly Resync[], readonly Told[]>();

/** The resyncs of the report, each with its outage: they are numbered in the story's order. */
export function toldOf(story: Story, resyncs: readonly Resync[]): readonly Told[] {
	let all = cache.get(resyncs);
	if (all === undefined) cache.set(resyncs, (all = tellAll(story, resyncs)));
	return all;
}

function tellAll(story: Story, resyncs: readonly Resync[]): Told[] {
	return resyncs.flatMap((resync): Told[] => {
		const episode = story.episodes[resync.id - 1];
		if (episode === undefined) return [];
		const { lostAt, askedAt, onlineAt } = resync;
		return [{ resync, episode, lostAt: ms(lostAt), askedAt: ms(askedAt), onlineAt: ms(onlineAt) }];
	});
}

/** The resyncs by replica. Tools and replicas without a name are left out: each may be another one. */
export function linksOf(story: Story, resyncs: readonly Resync[]): Link[] {
	const links = new Map<string, Told[]>();
	for (const told of toldOf(story, resyncs)) {
		const { replica } = told.resync;
		if (replica !== null) pushTo(links, replica, told);
	}
	return [...links].map(([replica, told]) => ({ replica, told }));
}

export const ms = (time: string | null): number | null => (time === null ? null : Date.parse(time));

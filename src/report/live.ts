import { pushTo } from "../model/lists.ts";
import type { Evidence, Report, Resync } from "../model/report.ts";
import { resyncLine } from "./lines.ts";
import { Names } from "./names.ts";
import { safeData } from "./safe.ts";

/** What is new about a resync: it was decided, or more is known of one that was told already. */
export interface News {
	readonly changed: boolean;
	readonly resync: Resync;
}

interface Told {
	readonly places: ReadonlySet<string>;
	readonly says: string;
}

const placesOf = ({ evidence }: Resync): string[] =>
	evidence.map(({ input, line }: Evidence) => `${input}:${line}`);
const saysOf = ({ verdict, cause, trigger }: Resync): string =>
	[verdict, cause.code, cause.proof, trigger.code].join(" ");

/**
 * Tells what each of several reports on a growing log has that those before had not. Numbers and
 * times of resyncs may change as more is read; the same resync is the one that rests on the same lines.
 */
export class Announcer {
	#told: Told[] = [];

	/** What is new in this report. Open resyncs are not told before they are decided. */
	news(report: Report): News[] {
		const byPlace = new Map<string, Told[]>();
		for (const told of this.#told) {
			for (const place of told.places) pushTo(byPlace, place, told);
		}
		const left = new Set(this.#told);
		const news: News[] = [];
		const now: Told[] = [];
		for (const resync of report.resyncs) {
			if (resync.verdict === "open") continue;
			const places = placesOf(resync);
			const before = sharing(places, byPlace, left);
			if (before !== undefined) left.delete(before);
			const says = saysOf(resync);
			now.push({ places: new Set(places), says });
			if (before === undefined) news.push({ changed: false, resync });
			else if (before.says !== says) news.push({ changed: true, resync });
		}
		this.#told = now;
		return news;
	}
}

/** The told resync that shares most lines, of those that no other has taken. */
function sharing(
	places: readonly string[],
	byPlace: ReadonlyMap<string, readonly Told[]>,
	left: ReadonlySet<Told>,
): Told | undefined {
	const shared = new Map<Told, number>();
	for (const place of places) {
		for (const told of byPlace.get(place) ?? []) {
			if (left.has(told)) shared.set(told, (shared.get(told) ?? 0) + 1);
		}
	}
	let best: Told | undefined;
	for (const [told, count] of shared) if (count > (shared.get(best as Told) ?? 0)) best = told;
	return best;
}

/** One line a piece of news: whether it is new or has changed, then as in the format `lines`. */
export function newsLines(unsafeReport: Report, news: readonly News[]): string {
	const names = new Names(safeData(unsafeReport));
	return news
		.map(
			({ changed, resync }) => `${changed ? "changed" : "decided"}  ${resyncLine(safeData(resync), names)}\n`,
		)
		.join("");
}

import type { Timeline } from "../../diagnose/timeline/index.ts";
import type { Report } from "../../model/report.ts";
import { toJson } from "../json.ts";
import type { Entry } from "./fold.ts";

const iso = (ms: number | null): string | null => (ms === null || !(Math.abs(ms) <= 8.64e15) ? null : new Date(ms).toISOString());

/** The timeline as data: times on the reference's clock as in the report, each event with its place. */
export function renderTimelineJson(
	timeline: Timeline,
	report: Report,
	entries: readonly Entry[],
	window: TimelineWindow,
): string {
	const { generator, summary } = report;
	return `${toJson(
		{
			schemaVersion: 1,
			generator,
			window: { from: iso(window.from) ?? summary.from, to: iso(window.to) ?? summary.to },
			nodes: timeline.nodes.map(({ id, name, sentinel, from, to }) => ({
				id,
				name,
				sentinel,
				from: iso(from),
				to: iso(to),
			})),
			rows: entries.map(({ row, said, count, until, again, context }) => ({
				time: iso(row.time),
				node: row.node,
				type: row.event.type,
				what: said?.text ?? null,
				state: row.state,
				transitions: row.transitions,
				resync: row.resync,
				part: row.part,
				count,
				until: iso(until),
				again,
				context,
				input: row.event.place.input,
				line: row.event.place.line,
				text: row.event.text,
			})),
		},
		2,
	)}\n`;
}

/** From and until when, ms; null where open. */
export interface TimelineWindow {
	readonly from: number | null;
	readonly to: number | null;
}

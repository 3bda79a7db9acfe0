import type { Story } from "../correlate/index.ts";
import type { LogEvent } from "../model/event.ts";
import type { Evidence } from "../model/report.ts";
import type { Ground } from "./case.ts";

/** The last moment that a date can name. */
const LAST = 8.64e15;

/** Milliseconds on the reference's clock as the report prints them; null for what a forged figure puts beyond all dates. */
export function iso(ms: number | null): string | null {
	return ms === null || !(Math.abs(ms) <= LAST) ? null : new Date(ms).toISOString();
}

/** The lines an answer rests on, each once, in the order of the corrected clock. */
export function evidenceOf(story: Story, grounds: readonly (Ground | null | undefined)[]): Evidence[] {
	const seen = new Map<LogEvent, { evidence: Evidence; at: number | null; order: number }>();
	for (const ground of grounds) {
		if (ground == null || seen.has(ground.event)) continue;
		const { server, event } = ground;
		const at = story.time(server, event);
		seen.set(event, {
			evidence: {
				input: event.place.input,
				line: event.place.line,
				node: server.id,
				time: iso(at),
				text: event.text,
			},
			at,
			order: seen.size,
		});
	}
	return [...seen.values()]
		.sort((a, b) => (a.at ?? 0) - (b.at ?? 0) || a.evidence.line - b.evidence.line || a.order - b.order)
		.map((e) => e.evidence);
}

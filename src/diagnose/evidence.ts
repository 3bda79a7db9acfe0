import type { Story } from "../correlate/index.ts";
import type { LogEvent } from "../model/event.ts";
import type { Evidence } from "../model/report.ts";
import type { Ground } from "./case.ts";

/** The last moment that a date can name. */
const LAST = 8.64e15;

/** Whether a date can name it; what a forged figure says may lie beyond all dates. */
export const isDate = (ms: number): boolean => Math.abs(ms) <= LAST;

/** The times that were printed last, by their last bits: what a resync says of one moment it says several times. */
const remembered = 1024;
const moments = new Float64Array(remembered).fill(Number.NaN);
const texts: string[] = new Array<string>(remembered).fill("");

/** Milliseconds on the reference's clock as the report prints them; null where no date names them. */
export function iso(ms: number | null): string | null {
	if (ms === null || !isDate(ms)) return null;
	const slot = ms & (remembered - 1);
	if (moments[slot] === ms) return texts[slot] as string;
	const text = new Date(ms).toISOString();
	moments[slot] = ms;
	texts[slot] = text;
	return text;
}

/** From so many lines on a set finds those that are told already. */
const many = 32;

/** The lines an answer rests on, each once, in the order of the corrected clock. */
export function evidenceOf(story: Story, grounds: readonly (Ground | null | undefined)[]): Evidence[] {
	const events: LogEvent[] = [];
	const seen = grounds.length < many ? null : new Set<LogEvent>();
	const times: number[] = [];
	const evidence: Evidence[] = [];
	for (const ground of grounds) {
		if (ground == null) continue;
		const { server, event } = ground;
		if (seen === null ? events.includes(event) : seen.has(event)) continue;
		if (seen === null) events.push(event);
		else seen.add(event);
		const at = story.time(server, event);
		const { input, line } = event.place;
		const from = at ?? 0;
		let i = evidence.length;
		for (; i > 0; i--) {
			const before = times[i - 1] as number;
			if (before < from || (before === from && (evidence[i - 1] as Evidence).line <= line)) break;
			times[i] = before;
			evidence[i] = evidence[i - 1] as Evidence;
		}
		times[i] = from;
		evidence[i] = { input, line, node: server.id, time: iso(at), text: event.text };
	}
	// A copy has no room for more.
	return evidence.slice();
}

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

/** The lines an answer rests on, each once, in the order of the corrected clock. */
export function evidenceOf(story: Story, grounds: readonly (Ground | null | undefined)[]): Evidence[] {
	const seen = new Set<LogEvent>();
	const found: { readonly at: number; readonly evidence: Evidence }[] = [];
	for (const ground of grounds) {
		if (ground == null || seen.has(ground.event)) continue;
		const { server, event } = ground;
		seen.add(event);
		const at = story.time(server, event);
		const { input, line } = event.place;
		found.push({ at: at ?? 0, evidence: { input, line, node: server.id, time: iso(at), text: event.text } });
	}
	found.sort((a, b) => a.at - b.at || a.evidence.line - b.evidence.line);
	return found.map(({ evidence }) => evidence);
}

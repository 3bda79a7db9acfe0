import type { NodeState, Transition } from "../../diagnose/timeline/index.ts";
import type { Report } from "../../model/report.ts";
import { isExpected } from "../describe.ts";
import { duration } from "../human.ts";
import { safe } from "../safe.ts";
import type { Span, Style } from "../text/layout.ts";
import type { Times } from "../times.ts";
import type { Entry } from "./fold.ts";

/** The bar that runs down a node's column: its role, and the state of its link. */
export const bars: Readonly<Record<NodeState, readonly [glyph: string, style: Style, word: string]>> = {
	primary: ["┃", "accent", "primary"],
	online: ["│", "good", "replica, link up"],
	syncing: ["▒", "warn", "synchronising"],
	down: ["░", "bad", "link down"],
	sentinel: ["╎", "dim", "Sentinel"],
	stopped: [" ", "dim", ""],
	silent: [" ", "dim", ""],
};

/** A line of a cell before it is laid out: its mark in place of the bar, and what it says. */
export interface CellLine {
	readonly mark: string;
	readonly style: Style;
	readonly spans: readonly Span[];
}

/** What the cells need to know besides the entry. */
export interface CellContext {
	readonly report: Report;
	readonly times: Times;
	/** Name the file and line of each event. */
	readonly places: boolean;
}

/** A clock time without its date, which stands in a line of its own. */
export const clock = (times: Times, ms: number): string => times.time(new Date(ms).toISOString()).slice(-12);

/** The same without milliseconds. */
const seconds = (times: Times, ms: number): string => clock(times, ms).slice(0, 8);

const tones: Readonly<Record<string, Style>> = { plain: "plain", good: "good", warn: "warn", bad: "bad" };

/** What an entry says in its node's column. */
export function cellOf(entry: Entry, context: CellContext): CellLine[] {
	const { row, said, again } = entry;
	const [glyph, style] = bars[row.state];
	const bar = glyph === " " ? { mark: "·", style: "dim" as const } : { mark: glyph, style };
	if (again !== null) {
		const text = `↻ the ${again} above ${entry.count} more ${entry.count === 1 ? "time" : "times"}${span(entry, context)}`;
		return [{ ...bar, spans: [{ text, style: "dim" }] }];
	}
	const before = row.transitions.filter(
		(t) => t.kind === "start" || (t.kind === "end" && t.end === "killed"),
	);
	const after = row.transitions.filter((t) => !before.includes(t));
	const lines = before.map((change) => transition(change, context));
	if (said !== null) lines.push({ ...bar, spans: spansOf(entry, context) });
	lines.push(...after.map((change) => transition(change, context)));
	return lines;
}

function spansOf(entry: Entry, context: CellContext): Span[] {
	const { row, said, count } = entry;
	const style = entry.context ? "dim" : (tones[said?.tone ?? "plain"] ?? "plain");
	const spans: Span[] = [{ text: said?.text ?? "", style }];
	if (count > 1) spans.push({ text: ` ×${count}${span(entry, context)}`, style: "bold" });
	spans.push(...tag(entry, context));
	if (context.places)
		spans.push({ text: `  ${safe(row.event.place.input)}:${row.event.place.line}`, style: "dim" });
	return spans;
}

/** `, 19:43:20–19:44:58`; with milliseconds where it is all within a second. */
function span({ row, until }: Entry, { times }: CellContext): string {
	if (row.time === null || until === null) return "";
	const short = seconds(times, row.time) !== seconds(times, until);
	const show = short ? seconds : clock;
	return `, ${show(times, row.time)}–${show(times, until)}`;
}

/** The number of the resync that begins, is decided or ends here; with the cause where it is decided. */
function tag({ row }: Entry, { report }: CellContext): Span[] {
	const resync = row.part === null || row.resync === null ? undefined : report.resyncs[row.resync - 1];
	if (resync === undefined || row.part === "asked") return [];
	if (row.part !== "decided") return [{ text: `  #${resync.id}`, style: "dim" }];
	const style: Style = isExpected(resync) ? "dim" : resync.verdict === "open" ? "warn" : "bad";
	return [{ text: `  #${resync.id} ${resync.cause.code}`, style }];
}

const ends = {
	shutdown: "ended: shut down",
	crash: "ended: CRASHED",
	killed: "gone without a word",
} as const;

function transition(change: Transition, { times }: CellContext): CellLine {
	switch (change.kind) {
		case "end": {
			const last = change.since === null ? "" : ` after ${seconds(times, change.since)}`;
			const text =
				change.end === "killed" ? `${ends.killed}${last}: killed, or its log is cut` : ends[change.end];
			return {
				mark: "╵",
				style: change.end === "shutdown" ? "warn" : "bad",
				spans: [{ text, style: "bold" }],
			};
		}
		case "role": {
			const [mark, text] = change.to === "primary" ? ["▲", "now a PRIMARY"] : ["▼", "now a replica"];
			return { mark, style: change.to === "primary" ? "accent" : "warn", spans: [{ text, style: "bold" }] };
		}
		case "start": {
			const { after, before, version, pid } = change;
			const how =
				after !== null ? `restarted after ${duration(after)}` : change.again ? "restarted" : "started";
			const which =
				version === null ? [] : [before === null ? version : `${safe(before)} → ${safe(version)}`];
			if (pid !== null) which.push(`pid ${pid}`);
			const text = which.length === 0 ? how : `${how}: ${safe(which.join(", "))}`;
			return { mark: "╷", style: "good", spans: [{ text, style: "bold" }] };
		}
	}
}

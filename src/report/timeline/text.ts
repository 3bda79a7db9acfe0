import type { NodeState, Timeline, TimelineNode } from "../../diagnose/timeline/index.ts";
import type { NodeId, Report } from "../../model/report.ts";
import { window } from "../describe.ts";
import { count, duration } from "../human.ts";
import { safe, safeData } from "../safe.ts";
import { type Page, paint, paragraph, type Span, type Style, textWidth } from "../text/layout.ts";
import { Times } from "../times.ts";
import { bars, type CellContext, type CellLine, cellOf, clock } from "./cells.ts";
import type { Entry } from "./fold.ts";

export interface TimelineOptions extends Page {
	/** Repeat the header after so many lines; 0 for never. */
	readonly repeatHeader: number;
	/** Every event with its file and line. */
	readonly verbose: boolean;
	/** Nodes that have a column, in their order. */
	readonly nodes: readonly TimelineNode[];
	/** What was chosen, in words, if not all. */
	readonly chosen: readonly string[];
	/** Times are also told as the time since this; null for the first outage. */
	readonly since: number | null;
}

const timeWidth = 13;
const gutter = 2;
/** Blanks between time and Δ: the time has room for its mark. */
const timeGap = 1;
/** Nodes get a column of their own where each can be this wide. */
const leastColumn = 29;
const widestColumn = 64;
/** More nodes than this are not even drawn as bars beside a stream. */
const mostBars = 16;
/** Columns that a stream's texts have at least. */
const leastRoom = 24;
/** A silence of this length (ms) is drawn. */
const silence = 10_000;

/** What every node did, in one clock, as text. */
export function renderTimelineText(
	timeline: Timeline,
	unsafeReport: Report,
	entries: readonly Entry[],
	options: TimelineOptions,
): string {
	return new TimelineText(timeline, safeData(unsafeReport), entries, options).render();
}

class TimelineText {
	readonly #timeline: Timeline;
	readonly #report: Report;
	readonly #entries: readonly Entry[];
	readonly #options: TimelineOptions;
	readonly #times: Times;
	readonly #context: CellContext;
	readonly #anchor: Entry | undefined;
	readonly #zero: number | null;
	readonly #deltaWidth: number;
	readonly #columnWidth: number;
	readonly #nameWidth: number;
	readonly #states = new Map<NodeId, NodeState>();
	readonly #ends: ReadonlyMap<NodeId, number>;
	readonly #lines: string[] = [];
	#followed = 0;
	#unsure = false;
	#sinceHeader = 0;

	constructor(timeline: Timeline, report: Report, entries: readonly Entry[], options: TimelineOptions) {
		this.#timeline = timeline;
		this.#report = report;
		this.#entries = entries;
		this.#options = options;
		this.#times = new Times(report);
		this.#context = { report, times: this.#times, places: options.verbose };
		this.#anchor =
			options.since === null
				? (entries.find((e) => e.row.part === "lost" && e.row.time !== null) ??
					entries.find((e) => e.row.time !== null))
				: undefined;
		this.#zero = options.since ?? this.#anchor?.row.time ?? null;
		const gaps = this.#gaps().map(duration);
		const deltas = [...entries.map((e) => this.#delta(e.row.time)), ...gaps];
		this.#deltaWidth = deltas.reduce((most, text) => Math.max(most, textWidth(text)), 1);
		const { nodes, width } = options;
		const room = Math.floor((width - this.#left) / Math.max(1, nodes.length)) - gutter;
		this.#columnWidth = nodes.length > 0 && room + gutter >= leastColumn ? Math.min(room, widestColumn) : 0;
		this.#nameWidth = Math.min(20, Math.max(4, ...nodes.map(({ name }) => textWidth(safe(name)))));
		this.#ends = new Map(timeline.rows.map(({ node }, order) => [node, order]));
	}

	get #left(): number {
		return timeWidth + timeGap + this.#deltaWidth + gutter;
	}

	render(): string {
		const head = [window(this.#report, this.#times), ...this.#options.chosen].filter(
			(line) => line !== undefined,
		);
		const top = head
			.map((line) => `${paragraph(this.#options, [{ text: safe(line), style: "dim" }])}\n`)
			.join("");
		if (this.#entries.length === 0) return `${top}\nNothing happened here that is shown.\n`;
		this.#header();
		let day: string | undefined;
		let before: number | null = null;
		/** Up to when anything is told: what is folded goes on while nothing else is. */
		let told: number | null = null;
		for (const entry of this.#entries) {
			const { time } = entry.row;
			if (time !== null) {
				const today = this.#times.day(new Date(time).toISOString());
				if (today !== day && !(this.#times.oneDay && day === undefined))
					this.#lines.push(this.#paint("bold", `── ${today} ──`));
				day = today;
				if (told !== null && time - told >= silence) {
					this.#follow(entry.order - 1);
					this.#silence(time - told);
				}
				told = Math.max(told ?? time, time, entry.again === null ? (entry.until ?? time) : time);
			}
			this.#follow(entry.order);
			this.#entry(entry, time !== null && before !== null && time < before);
			before = time === null ? before : Math.max(before ?? time, time);
		}
		return `${top}\n${this.#lines.map((line) => line.trimEnd()).join("\n")}\n\n${this.#legend()}\n`;
	}

	/** Silences between the events, in ms. */
	#gaps(): number[] {
		const times = this.#entries.map(({ row }) => row.time).filter((time) => time !== null);
		return times
			.slice(1)
			.map((time, i) => time - (times[i] as number))
			.filter((gap) => gap >= silence);
	}

	#paint(style: Style, text: string): string {
		return paint(this.#options, style, text);
	}

	#delta(time: number | null): string {
		if (time === null || this.#zero === null) return "";
		const ms = time - this.#zero;
		return ms === 0 ? "0" : ms > 0 ? `+${duration(ms)}` : duration(ms);
	}

	/** Brings the bars up to a place in the timeline, whatever lies in between is shown or not. */
	#follow(order: number): void {
		for (; this.#followed <= order; this.#followed++) {
			const row = this.#timeline.rows[this.#followed];
			if (row !== undefined) this.#states.set(row.node, row.state);
		}
	}

	#bar({ id }: TimelineNode): string {
		const state = this.#states.get(id);
		// Where a log has ended, nothing is known any more.
		if (state === undefined || (this.#ends.get(id) ?? 0) < this.#followed - 1) return " ";
		const [glyph, style] = bars[state];
		return this.#paint(style, glyph);
	}

	#header(): void {
		const { nodes } = this.#options;
		this.#sinceHeader = 0;
		const left = `${this.#pad("TIME", timeWidth)}${" ".repeat(timeGap)}${"Δ".padStart(this.#deltaWidth)}${" ".repeat(gutter)}`;
		if (this.#columnWidth > 0) {
			const names = nodes.map(({ name }) =>
				this.#pad(this.#cut(safe(name), this.#columnWidth), this.#columnWidth + gutter),
			);
			this.#lines.push(this.#paint("bold", `${left}${names.join("")}`.trimEnd()));
			return;
		}
		const graph = this.#hasBars ? `${" ".repeat(Math.max(0, nodes.length * 2))} ` : "";
		this.#lines.push(this.#paint("bold", `${left}${graph}${this.#pad("NODE", this.#nameWidth)}`.trimEnd()));
	}

	/** Whether the bars of all nodes are drawn beside a stream: where what is said still has room. */
	get #hasBars(): boolean {
		const { nodes, width } = this.#options;
		const room = width - this.#left - (nodes.length * 2 + 1) - this.#nameWidth - gutter;
		return nodes.length > 1 && nodes.length <= mostBars && room >= leastRoom;
	}

	#silence(ms: number): void {
		const left = `${" ".repeat(timeWidth - 2)}⋮ ${" ".repeat(timeGap)}${duration(ms).padStart(this.#deltaWidth)}${" ".repeat(gutter)}`;
		this.#lines.push(this.#paint("dim", left) + this.#idle());
	}

	/** The bars of all nodes. */
	#idle(): string {
		const { nodes } = this.#options;
		if (this.#columnWidth > 0)
			return nodes.map((node) => this.#bar(node) + " ".repeat(this.#columnWidth - 1 + gutter)).join("");
		return this.#hasBars ? nodes.map((node) => `${this.#bar(node)} `).join("") : "";
	}

	#entry(entry: Entry, early: boolean): void {
		const { repeatHeader } = this.#options;
		if (repeatHeader > 0 && this.#sinceHeader >= repeatHeader) {
			this.#lines.push("");
			this.#header();
		}
		const lines = cellOf(entry, this.#context).flatMap((line) => this.#lay(line));
		for (const [i, line] of lines.entries()) {
			const { time } = entry.row;
			// Where clocks are only known to some milliseconds, the order is surer than the times.
			const at = i === 0 && time !== null ? `${clock(this.#times, time)}${early ? "~" : ""}` : "";
			if (early) this.#unsure = true;
			const delta = i === 0 ? this.#delta(time) : "";
			const left = `${this.#pad(at, timeWidth)}${" ".repeat(timeGap)}${this.#paint("dim", delta.padStart(this.#deltaWidth))}${" ".repeat(gutter)}`;
			this.#lines.push(left + this.#place(entry, line, i === 0));
			this.#sinceHeader++;
		}
	}

	/** Lays a cell's line out in the room that it has: the first with its mark, the rest under it. */
	#lay({ mark, style, spans }: CellLine): { readonly mark: string; readonly text: string }[] {
		const { color, nodes, width } = this.#options;
		const bar = this.#hasBars ? nodes.length * 2 + 1 : 2;
		const room =
			this.#columnWidth > 0
				? this.#columnWidth - 2
				: Math.max(leastRoom / 2, width - this.#left - bar - this.#nameWidth - gutter);
		const hanging =
			spans.map((span) => (typeof span === "string" ? span : span.text)).join("").length > room ? 2 : 0;
		return paragraph({ width: room, color }, spans as Span[], { hanging })
			.split("\n")
			.map((text, i) => ({ mark: i === 0 ? this.#paint(style, mark) : "", text }));
	}

	#place(
		entry: Entry,
		{ mark, text }: { readonly mark: string; readonly text: string },
		named: boolean,
	): string {
		const { nodes } = this.#options;
		const own = (node: TimelineNode): string =>
			node.id === entry.row.node ? mark || this.#bar(node) : this.#bar(node);
		if (this.#columnWidth > 0) {
			return nodes
				.map((node) => {
					const said = node.id === entry.row.node ? ` ${text}` : "";
					const blanks = this.#columnWidth - 1 + gutter - visibleWidth(said);
					return own(node) + said + " ".repeat(Math.max(0, blanks));
				})
				.join("");
		}
		const node = nodes.find(({ id }) => id === entry.row.node);
		const graph = this.#hasBars ? `${nodes.map((one) => `${own(one)} `).join("")} ` : `${mark || " "} `;
		const name = named && node !== undefined ? this.#cut(safe(node.name), this.#nameWidth) : "";
		return `${graph}${this.#paint("bold", this.#pad(name, this.#nameWidth))}${" ".repeat(gutter)}${text}`;
	}

	#legend(): string {
		const used = new Set<NodeState>(this.#timeline.rows.map(({ state }) => state));
		const parts = (Object.keys(bars) as NodeState[])
			.filter((state) => used.has(state) && bars[state][2] !== "")
			.map((state) => `${this.#paint(bars[state][1], bars[state][0])} ${bars[state][2]}`);
		const lines = [wrapParts(parts, this.#options.width)];
		if (this.#columnWidth === 0 && this.#hasBars) {
			const names = this.#options.nodes.map(({ name }) => safe(name)).join(", ");
			lines.push(paragraph(this.#options, [{ text: `bars from left to right: ${names}`, style: "dim" }]));
		}
		if (this.#unsure) {
			const text =
				"~ the order is sure, the time is not: clocks are only known to some milliseconds (rlog analyze tells how many)";
			lines.push(paragraph(this.#options, [{ text, style: "dim" }], { hanging: 2 }));
		}
		const shown = this.#entries.reduce((sum, { count: often, again }) => sum + often * (again ?? 1), 0);
		const all = this.#timeline.rows.length;
		const rest =
			shown < all && !this.#options.verbose
				? `, ${shown.toLocaleString("en-US")} shown (-v shows every one)`
				: "";
		lines.push(
			paragraph(this.#options, [
				{ text: `Δ since ${this.#anchorText()} · ${count(all, "event")}${rest}`, style: "dim" },
			]),
		);
		return lines.join("\n");
	}

	#anchorText(): string {
		if (this.#zero === null) return "the first event";
		const at = clock(this.#times, this.#zero);
		const anchor = this.#anchor;
		if (anchor?.row.part !== "lost") return at;
		const node = this.#timeline.nodes.find(({ id }) => id === anchor.row.node);
		return `${at}, when ${safe(node?.name ?? anchor.row.node)} lost its link (#${anchor.row.resync})`;
	}

	#pad(text: string, width: number): string {
		return text + " ".repeat(Math.max(0, width - textWidth(text)));
	}

	#cut(text: string, width: number): string {
		if (textWidth(text) <= width) return text;
		let out = "";
		for (const character of text) {
			if (textWidth(out + character) > width - 1) break;
			out += character;
		}
		return `${out}…`;
	}
}

/** Parts with blanks between them, in as many lines as they need. */
function wrapParts(parts: readonly string[], width: number): string {
	const lines: string[] = [];
	for (const part of parts) {
		const longer = lines.length === 0 ? part : `${lines.at(-1)}   ${part}`;
		if (lines.length === 0 || visibleWidth(longer) > width) lines.push(part);
		else lines[lines.length - 1] = longer;
	}
	return lines.join("\n");
}

/** Columns that a text takes which may hold the codes of `paint`: nothing else that is unsafe is ever in it. */
function visibleWidth(text: string): number {
	return textWidth(text.replace(/\u001b\[\d+m/g, ""));
}

import process from "node:process";
import { catalogue } from "../../../grammars/messages/index.ts";
import { givenZones, type LogZone } from "../../analyze.ts";
import { correlate } from "../../correlate/index.ts";
import { buildReport } from "../../diagnose/report.ts";
import { buildTimeline, type Timeline, type TimelineNode } from "../../diagnose/timeline/index.ts";
import { readInputs } from "../../input/index.ts";
import { toldOnce } from "../../input/problems.ts";
import type { MessageType } from "../../model/event.ts";
import type { NodeId, Report } from "../../model/report.ts";
import { near } from "../../report/near.ts";
import { type Entry, foldRounds, unfoldedRounds } from "../../report/timeline/fold.ts";
import { renderTimelineJson } from "../../report/timeline/json.ts";
import { select, typesOf } from "../../report/timeline/select.ts";
import { renderTimelineText } from "../../report/timeline/text.ts";
import { version } from "../../version.ts";
import { complain, UsageError } from "../errors.ts";
import { exitCode } from "../exit.ts";
import { print } from "../output.ts";
import { withProgress } from "../progress.ts";
import { standardOutput } from "../terminal.ts";
import { readWindow, resolveWindow, type TimeWindow, type WindowFlags } from "../window.ts";
import { checkedZones, checkZoneNodes } from "../zones.ts";

export interface TimelineFlags extends WindowFlags {
	readonly format: "text" | "json";
	readonly node?: readonly string[];
	readonly tz?: readonly LogZone[];
	readonly type?: readonly string[];
	readonly context?: number;
	readonly verbose?: boolean;
	readonly color?: boolean;
}

/** The header is repeated so that it is never further away than a screen. */
const headerEvery = 50;

/** `rlog timeline`: what every node did, in one corrected clock. */
export async function timelineCommand(inputs: readonly string[], flags: TimelineFlags): Promise<void> {
	const asked = readWindow(flags);
	const types = wantedTypes(flags.type);
	const zones = await checkedZones(flags.tz);
	const named = (flags.node ?? []).filter((name) => /.=./.test(name));
	const labels = new Map(
		named.map((name) => [name.slice(name.indexOf("=") + 1), name.slice(0, name.indexOf("="))]),
	);
	const readings = await withProgress((onProgress) => readInputs(inputs, { labels, onProgress }));
	for (const { text } of toldOnce(readings.problems)) complain(text);
	const nothingRead = readings.streams.every(({ counts, events }) => counts.logLines + events.length === 0);
	process.exitCode = exitCode({ unreadable: readings.unreadable, nothingRead, gateHit: false });
	if (nothingRead) return;
	const story = correlate(readings.streams, await givenZones(zones));
	const report = buildReport(readings, story, version);
	checkZoneNodes(zones, report.nodes, report.inputs);
	const timeline = buildTimeline(story);
	const window = asked === undefined ? undefined : resolveWindow(asked, report);
	const nodes = wantedNodes(
		report,
		(flags.node ?? []).filter((name) => !named.includes(name)),
	);
	const context = flags.context ?? 0;
	const shown = select(timeline, report, {
		from: window?.from ?? null,
		to: window?.to ?? null,
		nodes,
		types,
		context,
		all: flags.verbose ?? false,
	});
	const entries = flags.verbose ? unfoldedRounds(shown) : foldRounds(shown);
	await print(
		flags.format === "json"
			? asJson(timeline, report, entries, window)
			: asText(timeline, report, entries, window, flags),
	);
}

const asJson = (
	timeline: Timeline,
	report: Report,
	entries: readonly Entry[],
	window: TimeWindow | undefined,
): string =>
	renderTimelineJson(timeline, report, entries, { from: window?.from ?? null, to: window?.to ?? null });

function asText(
	timeline: Timeline,
	report: Report,
	entries: readonly Entry[],
	window: TimeWindow | undefined,
	flags: TimelineFlags,
): string {
	const terminal = standardOutput(flags.color);
	return renderTimelineText(timeline, report, entries, {
		width: terminal.width,
		color: terminal.color,
		repeatHeader: terminal.tty ? headerEvery : 0,
		verbose: flags.verbose ?? false,
		nodes: columns(timeline, entries),
		chosen: window === undefined ? [] : [window.text],
		since: window?.center ?? null,
	});
}

/** Nodes that do anything in what is shown; the servers first, then the Sentinels that watch them. */
function columns({ nodes }: Timeline, entries: readonly Entry[]): TimelineNode[] {
	const busy = new Set(entries.map(({ row }) => row.node));
	const shown = nodes.filter(({ id }) => busy.has(id));
	return [...shown.filter(({ sentinel }) => !sentinel), ...shown.filter(({ sentinel }) => sentinel)];
}

function wantedTypes(patterns: readonly string[] | undefined): ReadonlySet<MessageType> | null {
	if (patterns === undefined) return null;
	const all = catalogue.map(({ type }) => type as MessageType);
	const types = new Set<MessageType>();
	for (const pattern of patterns) {
		const found = typesOf(pattern, all);
		if (found.length === 0) {
			const alike = near(pattern.replace(/\.?\*/g, ""), [
				...all,
				...new Set(all.map((type) => type.split(".")[0] as string)),
			]);
			const hint = alike.length > 0 ? `did you mean ${alike.join(", ")}?` : "'rlog patterns' lists the types";
			throw new UsageError(`--type: no message type fits '${pattern}'; ${hint}`);
		}
		for (const type of found) types.add(type);
	}
	return types;
}

function wantedNodes(report: Report, names: readonly string[]): ReadonlySet<NodeId> | null {
	if (names.length === 0) return null;
	const wanted = new Set<NodeId>();
	for (const name of names) {
		const found = report.nodes.filter(
			(node) => node.id === name || node.name === name || node.addresses.includes(name),
		);
		if (found.length === 0) {
			const known = report.nodes.map((node) => node.name);
			throw new UsageError(`--node: there is no node '${name}'; the nodes are ${known.join(", ")}`);
		}
		for (const { id } of found) wanted.add(id);
	}
	return wanted;
}

import { FixedOffsetZone } from "luxon";
import type { Evidence, Offset, Report, ReportNode, Resync } from "../../model/report.ts";
import { causeWords, cost, isExpected, outage, position, triggerWords, tryLines } from "../describe.ts";
import { Names } from "../names.ts";
import { rolesOf, versionsOf } from "../node-facts.ts";
import { Times, zoneOf } from "../times.ts";
import { laneStates, type Segment, segmentsOf } from "./lanes.ts";

/** A line of a log, by numbers of texts: where, whose, when, what it says. */
export type EvidenceData = readonly [
	input: number,
	line: number,
	lane: number,
	time: number | null,
	text: number,
];

/** What the panel says of a resync; numbers are those of texts. */
export interface ResyncData {
	readonly id: number;
	/** Lanes; -1 where the node is not known. */
	readonly primary: number;
	readonly replica: number;
	readonly verdict: Resync["verdict"];
	readonly expected: boolean;
	/** ms: lost, asked, decided, online. */
	readonly at: readonly (number | null)[];
	/** When what ended it began: the snapshot of its last try, else the decision. */
	readonly sent: number | null;
	/** When tries failed, ms; equal ones in a row count once. */
	readonly failed: readonly number[];
	readonly link: number;
	readonly code: number;
	readonly proof: number;
	/** Labels and what belongs to them. */
	readonly about: readonly (readonly [label: number, text: number])[];
	readonly evidence: readonly number[];
}

export interface FindingData {
	readonly lane: number;
	readonly time: number | null;
	readonly severity: "info" | "warning" | "critical";
	readonly code: number;
	readonly about: readonly (readonly [label: number, text: number])[];
	readonly resyncs: readonly number[];
	readonly evidence: readonly number[];
}

export interface LaneData {
	readonly name: string;
	readonly about: string;
	readonly segments: readonly Segment[];
	/** Starts and ends of its process: ms, and whether it is a start, a stop or a crash. */
	readonly turns: readonly (readonly [at: number, what: 0 | 1 | 2])[];
}

/** A figure over time, from INFO: points of time and value. Those of one unit share a scale. */
export interface SeriesData {
	readonly lane: number;
	readonly name: string;
	readonly unit: "bytes" | "seconds";
	readonly points: readonly (readonly [at: number, value: number])[];
}

/** All that the page's script needs: plain data, each text once. */
export interface PageData {
	readonly from: number;
	readonly to: number;
	/** Minutes east of UTC of the clock that is shown. */
	readonly zone: number;
	/** Names of the states that the stretches of the lanes name by number. */
	readonly states: readonly string[];
	readonly lanes: readonly LaneData[];
	readonly resyncs: readonly ResyncData[];
	readonly findings: readonly FindingData[];
	readonly evidence: readonly EvidenceData[];
	readonly series: readonly SeriesData[];
	readonly texts: readonly string[];
	/** Number of the block in the list of resyncs in which each is told; by the resync's number, from 1. */
	readonly blocks: readonly number[];
	/** Resyncs of the blocks that are not written out in the page: they are built when they are asked for. */
	readonly more: readonly (readonly number[])[];
}

const ms = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso));

/** Collects texts, each once. */
class Texts {
	readonly all: string[] = [];
	readonly #numbers = new Map<string, number>();

	of(text: string): number {
		let number = this.#numbers.get(text);
		if (number === undefined) {
			number = this.all.push(text) - 1;
			this.#numbers.set(text, number);
		}
		return number;
	}
}

/** Gathers the data of a report that is safe to show. `groups` are the blocks of the list, `written` of them in the page. */
export function pageData(report: Report, groups: readonly (readonly Resync[])[], written: number): PageData {
	const builder = new Builder(report);
	const blocks: number[] = [];
	for (const [i, group] of groups.entries()) for (const { id } of group) blocks[id] = i;
	return {
		...builder.build(),
		blocks: Array.from(blocks, (block) => block ?? -1),
		more: groups.slice(written).map((group) => group.map(({ id }) => id)),
	};
}

class Builder {
	readonly #report: Report;
	readonly #times: Times;
	readonly #names: Names;
	readonly #texts = new Texts();
	readonly #lanes: ReadonlyMap<string, number>;
	readonly #nodes: readonly ReportNode[];
	readonly #evidence: EvidenceData[] = [];
	readonly #known = new Map<string, number>();

	constructor(report: Report) {
		this.#report = report;
		this.#times = new Times(report);
		this.#names = new Names(report);
		this.#nodes = lanesOf(report);
		this.#lanes = new Map(this.#nodes.map(({ id }, lane) => [id, lane]));
	}

	build(): Omit<PageData, "blocks" | "more"> {
		const report = this.#report;
		const lanes = this.#nodes.map((node) => this.#lane(node));
		const resyncs = report.resyncs.map((resync) => this.#resync(resync));
		const findings = report.findings.map((finding): FindingData => {
			const evidence = finding.evidence.map((line) => this.#line(line));
			const lane = this.#laneOf(finding.node ?? finding.evidence[0]?.node ?? null);
			const about: [string, string][] = [
				["what", finding.text],
				...finding.remedy.map((text): [string, string] => ["do", text]),
			];
			return {
				lane,
				time: ms(finding.evidence.find(({ time }) => time !== null)?.time ?? null),
				severity: finding.severity,
				code: this.#texts.of(finding.code),
				about: this.#about(about),
				resyncs: finding.resyncs,
				evidence,
			};
		});
		const series = this.#series();
		const [from, to] = this.#span(lanes, resyncs, series);
		const zone = zoneOf(report) ?? FixedOffsetZone.utcInstance;
		return {
			from,
			to,
			zone: zone.offset(from),
			states: laneStates,
			lanes,
			resyncs,
			findings,
			evidence: this.#evidence,
			series,
			texts: this.#texts.all,
		};
	}

	#span(
		lanes: readonly LaneData[],
		resyncs: readonly ResyncData[],
		series: readonly SeriesData[],
	): [number, number] {
		let from = ms(this.#report.summary.from) ?? Number.POSITIVE_INFINITY;
		let to = ms(this.#report.summary.to) ?? Number.NEGATIVE_INFINITY;
		const see = (at: number | null): void => {
			if (at === null) return;
			from = Math.min(from, at);
			to = Math.max(to, at);
		};
		for (const { segments } of lanes) for (const [a, b] of segments) [a, b].forEach(see);
		for (const { at } of resyncs) at.forEach(see);
		for (const { points } of series) for (const [at] of points) see(at);
		return from <= to ? [from, to] : [0, 0];
	}

	#lane(node: ReportNode): LaneData {
		const sentinel = isSentinel(this.#report, node);
		const about = [sentinel ? "Sentinel" : rolesOf(node), versionsOf(node), node.addresses.join(" ")].filter(
			(text) => text !== "",
		);
		const turns = node.lives.flatMap(({ startedAt, endedAt, end }): (readonly [number, 0 | 1 | 2])[] => {
			const start = ms(startedAt);
			const stop = end === "log-ends" ? null : ms(endedAt);
			return [
				...(start === null ? [] : [[start, 0] as const]),
				...(stop === null ? [] : [[stop, end === "shutdown" ? 1 : 2] as const]),
			];
		});
		return {
			name: node.name,
			about: about.join(" · "),
			segments: segmentsOf(this.#report, node, sentinel),
			turns,
		};
	}

	#resync(resync: Resync): ResyncData {
		const { id, primary, replica, verdict, cause, lostAt, askedAt, decidedAt, onlineAt } = resync;
		const about: [string, string][] = [
			["why", cause.text],
			["trigger", triggerWords(resync)],
			["outage", outage(this.#times, resync).join(" · ")],
			["position", position(resync, false).join(" · ")],
			["cost", cost(resync).join(" · ")],
			...tryLines(this.#names, this.#times, resync).map((text): [string, string] => ["try", text]),
			...resync.remedy.map((text): [string, string] => ["do", text]),
			...resync.missing.map((text): [string, string] => ["missing", text]),
		];
		return {
			id,
			primary: this.#laneOf(primary),
			replica: this.#laneOf(replica),
			verdict,
			expected: isExpected(resync),
			at: [lostAt, askedAt, decidedAt, onlineAt].map(ms),
			sent: ms(
				resync.phases.find(({ name }) => name === "snapshot" || name === "transfer")?.from ?? decidedAt,
			),
			failed: resync.attempts.flatMap(({ outcome, askedAt: at }) =>
				outcome === "failed" && at !== null ? [Date.parse(at)] : [],
			),
			link: this.#texts.of(this.#names.link(resync)),
			code: this.#texts.of(cause.code === "unknown" ? causeWords(resync) : cause.code),
			proof: this.#texts.of(cause.proof),
			about: this.#about(about.filter(([, text]) => text !== "")),
			evidence: resync.evidence.map((line) => this.#line(line)),
		};
	}

	#about(pairs: readonly (readonly [string, string])[]): (readonly [number, number])[] {
		return pairs.map(([label, text]) => [this.#texts.of(label), this.#texts.of(text)] as const);
	}

	#laneOf(node: string | null): number {
		return node === null ? -1 : (this.#lanes.get(node) ?? -1);
	}

	/** The number of a line of evidence; several answers may rest on the same one. */
	#line({ input, line, node, time, text }: Evidence): number {
		const key = `${line}\n${input}`;
		let number = this.#known.get(key);
		if (number === undefined) {
			number =
				this.#evidence.push([
					this.#texts.of(input),
					line,
					this.#laneOf(node),
					ms(time),
					this.#texts.of(text),
				]) - 1;
			this.#known.set(key, number);
		}
		return number;
	}

	/** What INFO tells over time: offsets, what the backlog reaches back to, how far replicas are behind. */
	#series(): SeriesData[] {
		const series = new Map<string, SeriesData & { points: [number, number][] }>();
		const add = (
			lane: number,
			name: string,
			unit: SeriesData["unit"],
			at: number,
			value: Offset | null | undefined,
		): void => {
			if (value == null || lane < 0) return;
			const key = `${lane}\n${name}`;
			const one = series.get(key) ?? { lane, name, unit, points: [] };
			// A curve is drawn; a pixel is more than what a double rounds.
			one.points.push([at, Number(value)]);
			series.set(key, one);
		};
		const byAddress = new Map(
			this.#nodes.flatMap(({ addresses }, lane) => addresses.map((address) => [address, lane])),
		);
		for (const { node, time, offset, backlog, replicas } of this.#report.snapshots ?? []) {
			const at = ms(time);
			if (at === null) continue;
			const lane = this.#laneOf(node);
			add(lane, "offset", "bytes", at, offset);
			add(lane, "backlog from", "bytes", at, backlog?.active === false ? null : backlog?.firstOffset);
			for (const replica of replicas) {
				const other = replica.address === null ? -1 : (byAddress.get(replica.address) ?? -1);
				add(other, "acknowledged", "bytes", at, replica.offset);
				add(other, "lag", "seconds", at, replica.lagSeconds);
			}
		}
		for (const { points } of series.values()) points.sort((a, b) => a[0] - b[0]);
		return [...series.values()].sort(
			(a, b) => (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0) || a.lane - b.lane,
		);
	}
}

const isSentinel = (report: Report, { id }: ReportNode): boolean => {
	const own = report.inputs.filter(({ node }) => node === id);
	return own.length > 0 && own.every(({ kind }) => kind === "sentinel-log");
};

/** The nodes as the chart shows them: servers, then those that only their peers name, then Sentinels. */
export function lanesOf(report: Report): ReportNode[] {
	const rank = (node: ReportNode): number => (isSentinel(report, node) ? 2 : node.lives.length === 0 ? 1 : 0);
	return report.nodes
		.map((node, i) => ({ node, i, rank: rank(node) }))
		.sort((a, b) => a.rank - b.rank || a.i - b.i)
		.map(({ node }) => node);
}

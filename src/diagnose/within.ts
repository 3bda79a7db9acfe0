import type { Story } from "../correlate/index.ts";
import type { Evidence, Failover, Report, Resync } from "../model/report.ts";
import { findAll } from "./findings/index.ts";
import { forget } from "./findings/told.ts";
import { ledgerOf } from "./ledger.ts";
import { summarise } from "./report.ts";
import { iso } from "./resync.ts";

/** A part of the time, ms since 1970; null where it is open. */
export interface Within {
	readonly from: number | null;
	readonly to: number | null;
	/** How it is told in the report's answer. */
	readonly text: string;
}

/**
 * The same report of a part of the time: resyncs that reach into it, and what follows from those.
 * They are explained by all that was read, also from before and after, and keep their numbers.
 */
export function reportWithin(report: Report, story: Story, { from, to, text }: Within): Report {
	const reaches = (times: readonly (string | null)[], open: boolean): boolean => {
		const known = times.filter((time) => time !== null).map((time) => Date.parse(time));
		if (known.length === 0) return true;
		const last = open && report.summary.to !== null ? Date.parse(report.summary.to) : Math.max(...known);
		return (to === null || Math.min(...known) <= to) && (from === null || last >= from);
	};
	const seen = (evidence: readonly Evidence[]): boolean =>
		evidence.some(({ time }) => reaches([time], false));
	const resyncs = report.resyncs.filter((resync) =>
		reaches(timesOf(resync), resync.onlineAt === null && resync.verdict === "open"),
	);
	const summary = summarise(resyncs, report.inputs);
	const left = report.resyncs.length - resyncs.length;
	const findings = findAll(story, resyncs);
	const ledger = ledgerOf(story, resyncs);
	forget(resyncs);
	const rest = left === 0 ? "" : `; ${left === 1 ? "1 resync is" : `${left} resyncs are`} outside of it`;
	return {
		...report,
		resyncs,
		findings: findings.filter(
			({ resyncs: about, evidence }) => about.length > 0 || evidence.length === 0 || seen(evidence),
		),
		failovers: report.failovers.filter((failover) =>
			reaches(momentsOf(failover), failover.outcome === "open"),
		),
		snapshots: report.snapshots.filter(({ time }) => reaches([time], false)),
		ledger,
		summary: {
			...summary,
			...spanOf(later(summary.from, from), earlier(summary.to, to)),
			text: `${summary.text.replace("these logs", "this window")} In the ${text}${rest}.`,
		},
	};
}

const timesOf = ({ lostAt, askedAt, decidedAt, onlineAt }: Resync): (string | null)[] => [
	lostAt,
	askedAt,
	decidedAt,
	onlineAt,
];
const momentsOf = ({ startedAt, promotedAt, lastReplicaAt }: Failover): (string | null)[] => [
	startedAt,
	promotedAt,
	lastReplicaAt,
];

const later = (time: string | null, ms: number | null): string | null =>
	time === null || ms === null || Date.parse(time) >= ms ? time : iso(ms);
const earlier = (time: string | null, ms: number | null): string | null =>
	time === null || ms === null || Date.parse(time) <= ms ? time : iso(ms);

/** The part of the logs that is seen; none where the window lies beside them. */
const spanOf = (from: string | null, to: string | null): { from: string | null; to: string | null } =>
	from !== null && to !== null && from > to ? { from: null, to: null } : { from, to };

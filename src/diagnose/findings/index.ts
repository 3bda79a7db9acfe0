import { compare } from "../../correlate/identity.ts";
import type { Story } from "../../correlate/index.ts";
import type { Finding, Resync, Severity } from "../../model/report.ts";
import { evidenceOf } from "../evidence.ts";
import { backlogTooSmall } from "./backlog-too-small.ts";
import { clockStepped } from "./clock-stepped.ts";
import { countersDisagree } from "./counters-disagree.ts";
import { dataDiscarded } from "./data-discarded.ts";
import { datasetLost } from "./dataset-lost.ts";
import type { AnyFindingRule, Draft } from "./define.ts";
import { failoverNeedsFullResync } from "./failover-needs-full-resync.ts";
import { fullResyncLoop } from "./full-resync-loop.ts";
import { linkFlapping } from "./link-flapping.ts";
import { logGap } from "./log-gap.ts";
import { noPrimary } from "./no-primary.ts";
import { outputBufferLimitTooSmall } from "./output-buffer-limit-too-small.ts";
import { partialResyncLoop } from "./partial-resync-loop.ts";
import { replTimeoutTooShort } from "./repl-timeout-too-short.ts";
import { roguePrimary } from "./rogue-primary.ts";
import { serverStalled } from "./server-stalled.ts";
import { splitBrain } from "./split-brain.ts";

/**
 * What spans several resyncs, or needs an alarm: most alarming first. Among findings of one severity
 * that begin with the same resync, this order decides.
 */
export const findings: readonly AnyFindingRule[] = Object.freeze([
	roguePrimary,
	datasetLost,
	splitBrain,
	dataDiscarded,
	noPrimary,
	fullResyncLoop,
	partialResyncLoop,
	outputBufferLimitTooSmall,
	replTimeoutTooShort,
	serverStalled,
	backlogTooSmall,
	failoverNeedsFullResync,
	linkFlapping,
	clockStepped,
	countersDisagree,
	logGap,
]);

const severities: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, info: 2 };

/** Applies every rule to the whole story. */
export function findAll(story: Story, resyncs: readonly Resync[]): Finding[] {
	return findings
		.flatMap((rule, order) => rule.check(story, resyncs).map((draft) => ({ order, draft, rule })))
		.map(({ order, draft, rule }) => ({ order, finding: put(story, rule, draft) }))
		.sort((a, b) => byWeight(a.finding, b.finding) || a.order - b.order || byPlace(a.finding, b.finding))
		.map(({ finding }) => finding);
}

function put(story: Story, rule: AnyFindingRule, draft: Draft): Finding {
	const { severity, node, resyncs, facts, grounds } = draft;
	return {
		code: rule.code,
		severity,
		...(node === null ? {} : { node }),
		resyncs: inOrder(resyncs),
		text: rule.explain(facts),
		facts,
		remedy: rule.remedy(facts),
		evidence: [...(draft.seen ?? []), ...evidenceOf(story, grounds)],
	};
}

/** Each number once, ascending; mostly they are so already. */
function inOrder(ids: readonly number[]): readonly number[] {
	for (let i = 1; i < ids.length; i++) {
		if ((ids[i - 1] as number) >= (ids[i] as number)) return [...new Set(ids)].sort((a, b) => a - b);
	}
	return ids;
}

function byWeight(a: Finding, b: Finding): number {
	const first = (finding: Finding): number => finding.resyncs[0] ?? Number.MAX_SAFE_INTEGER;
	return severities[a.severity] - severities[b.severity] || first(a) - first(b);
}

/** What is left to tell two findings of one code apart: their first line, and the node. */
function byPlace(a: Finding, b: Finding): number {
	const time = (finding: Finding): string => finding.evidence[0]?.time ?? "";
	return compare(time(a), time(b)) || compare(a.node ?? "", b.node ?? "") || compare(a.text, b.text);
}

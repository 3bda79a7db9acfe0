import { correlate } from "../../../src/correlate/index.ts";
import { readInputs } from "../../../src/input/index.ts";
import { analyze } from "../../../src/analyze.ts";
import type { FailureCode, FindingCode, Report, Resync } from "../../../src/model/report.ts";
import type { Session } from "../../../src/model/story.ts";
import type { Counters } from "./counters.ts";
import { type Expected, list } from "./expected.ts";
import type { LiveNode } from "./node.ts";
import { causeFits, triggerFits } from "./vaguer.ts";

/** A try that ends so had been granted a full resync before: the primary has counted it. */
const afterGrant: ReadonlySet<FailureCode> = new Set<FailureCode>([
	"snapshot-failed", "transfer-timeout", "connection-lost-in-transfer", "output-buffer-overrun",
	"replica-cannot-store", "replica-cannot-load",
]);

/** A try that ends so may have been granted one before. */
const perhapsAfterGrant: ReadonlySet<FailureCode> = new Set<FailureCode>([
	"superseded", "handshake-timeout", "unknown",
]);

export interface Truth {
	readonly nodes: readonly LiveNode[];
	readonly expected: readonly Expected[];
	/** What must be told with a warning, and what may be besides. */
	readonly findings: readonly FindingCode[];
	readonly optional: readonly FindingCode[];
	readonly counters: ReadonlyMap<string, Counters>;
}

/** Everything in which rlog disagrees with the servers and with what the test did; empty when nothing. */
export async function disagreements(truth: Truth): Promise<string[]> {
	const servers = truth.nodes.filter((n) => !n.sentinel);
	const found: string[] = [];
	const all = await reportOf(truth.nodes.flatMap((n) => n.logs));
	found.push(...faults(all, truth.nodes), ...totals(all.resyncs, truth.counters));
	found.push(...alarms(all, truth));
	found.push(...granted(await sessionsOf(truth.nodes), truth.counters));
	for (const replica of [...servers.map((n) => n.name), null]) {
		const expected = truth.expected.filter((e) => e.replica === replica);
		found.push(...compare("all logs", expected, resyncsOf(all.resyncs, replica, servers), false));
	}
	for (const node of servers) {
		const report = await reportOf(node.logs);
		const view = `only ${node.name}'s log`;
		found.push(...faults(report, truth.nodes).map((text) => `${view}: ${text}`));
		const own = truth.expected.filter((e) => e.replica === node.name);
		found.push(...compare(view, own, resyncsOf(report.resyncs, node.name, servers), true));
		for (const replica of [...servers.filter((n) => n !== node).map((n) => n.name), null]) {
			const asked = truth.expected.filter(
				(e) => e.replica === replica && e.primary === node.name && e.verdict !== "failed",
			);
			// What a replica made of a snapshot that it was sent is in its own log alone.
			if (asked.some((e) => e.failed?.includes("replica-cannot-load") === true)) continue;
			// Who gave up here was answered elsewhere, where this log does not see it.
			const told = resyncsOf(report.resyncs, replica, servers).filter((r) => r.verdict !== "failed");
			found.push(...compare(view, asked, told, true));
		}
	}
	return found;
}

export async function reportOf(logs: readonly string[]): Promise<Report> {
	return (await analyze(logs)).report;
}

/** What must hold of every report about servers of one machine, whatever the zones of their clocks. */
export function faults(report: Report, nodes: readonly LiveNode[]): string[] {
	const found: string[] = [];
	for (const problem of report.problems) found.push(`problem ${problem.code}: ${problem.text}`);
	for (const input of report.inputs) {
		if (input.unrecognised > 0) found.push(`${input.name}: ${input.unrecognised} lines not understood`);
	}
	const zoneOf = (name: string | undefined): number => nodes.find((n) => n.name === name)?.zone.minutes ?? 0;
	const first = report.nodes.find((n) => n.clock.reference)?.name;
	const reference = zoneOf(first);
	for (const node of report.nodes) {
		const { offsetMs, boundMs, zone } = node.clock;
		const right = [zoneText(zoneOf(node.name)), `${zoneText(zoneOf(node.name) - reference)} from ${first}`];
		if (zone !== null && !right.includes(zone)) found.push(`${node.name}'s zone is told to be ${zone}`);
		const ahead = (zoneOf(node.name) - reference) * 60_000;
		if (offsetMs !== null && boundMs !== null && Math.abs(offsetMs - ahead) > boundMs + 2) {
			found.push(`${node.name}'s clock is told to be off by ${offsetMs} ± ${boundMs} ms, not by ${ahead} ms`);
		}
	}
	for (const resync of report.resyncs) {
		const times = [resync.lostAt, resync.askedAt, resync.decidedAt, resync.onlineAt].filter((t) => t !== null);
		if (times.some((time, i) => i > 0 && time < (times[i - 1] as string))) {
			found.push(`${words(resync)}: its times run backwards: ${times.join(" ")}`);
		}
	}
	return found;
}

function zoneText(minutes: number): string {
	if (minutes === 0) return "UTC";
	const two = (n: number): string => String(n).padStart(2, "0");
	return `${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

/** Findings that warn, against those that the test has called for; whoever was killed leaves a gap in its log. */
function alarms(report: Report, { findings, optional }: Truth): string[] {
	const told = report.findings.filter((f) => f.severity !== "info" && f.code !== "log-gap");
	const found = findings
		.filter((code) => !told.some((f) => f.code === code))
		.map((code) => `there is no finding ${code}`);
	const allowed = [...findings, ...optional];
	for (const f of told) if (!allowed.includes(f.code)) found.push(`a finding that is none: ${f.code}: ${f.text}`);
	return found;
}

/** The report's resyncs of one replica, by its name or by the address that its primary prints. */
export function resyncsOf(resyncs: readonly Resync[], replica: string | null, servers: readonly LiveNode[]): Resync[] {
	const address = servers.find((n) => n.name === replica)?.announced ?? null;
	return resyncs.filter((r) => r.replica === replica || (address !== null && r.replica === address));
}

export function compare(view: string, expected: readonly Expected[], told: readonly Resync[], oneSided: boolean): string[] {
	const who = expected[0]?.replica ?? told[0]?.replica ?? "tools";
	if (expected.length !== told.length) {
		const counts = `${expected.length} resyncs of ${who} happened, ${told.length} told`;
		return [`${view}: ${counts}: ${told.map(words).join("; ")}`];
	}
	return expected.flatMap((e, i) => {
		const resync = told[i] as Resync;
		const wrong = [...differences(e, resync, oneSided)];
		return wrong.map((text) => `${view}: ${who}'s resync ${i + 1} of ${told.length}, ${words(resync)}: ${text}`);
	});
}

function* differences(expected: Expected, told: Resync, oneSided: boolean): Generator<string> {
	if (told.verdict !== expected.verdict) {
		yield `it was ${expected.verdict}`;
		return;
	}
	if (!oneSided && told.primary !== expected.primary) yield `${expected.primary} answered, not ${told.primary}`;
	if (!causeFits(list(expected.cause), told.cause.code, oneSided)) yield `the cause was ${expected.cause}`;
	if (!triggerFits(list(expected.trigger), told.trigger.code, oneSided)) yield `the trigger was ${expected.trigger}`;
	if (oneSided) return;
	const reasons = new Set(failedTries(told).map(({ reason }) => reason));
	for (const reason of expected.failed ?? []) {
		if (!reasons.delete(reason)) yield `no try is told to have failed with ${reason}`;
	}
	for (const reason of reasons) {
		if (expected.mayFail?.includes(reason) !== true) yield `no try failed with ${reason}`;
	}
	const last = told.attempts.at(-1);
	if (told.attempts.some((a) => a.outcome === "open")) yield "one of its tries is told not to have ended";
	if (last?.outcome !== told.verdict) yield `its last try is told to be ${last?.outcome}`;
}

function failedTries(resync: Resync): { reason: FailureCode; count: number }[] {
	return resync.attempts
		.filter((a) => a.outcome === "failed")
		.map((a) => ({ reason: a.reason?.code ?? "unknown", count: a.count }));
}

/** What the report tells that each primary granted, against what it counted. */
export function totals(resyncs: readonly Resync[], counted: ReadonlyMap<string, Counters>): string[] {
	const found: string[] = [];
	const perhaps = countOf(resyncs, perhapsAfterGrant);
	for (const [name, counters] of counted) {
		const answered = resyncs.filter((r) => r.primary === name);
		const full = answered.filter((r) => r.verdict === "full").length + countOf(answered, afterGrant);
		const partial = answered.filter((r) => r.verdict === "partial").length;
		if (full > counters.full || full + perhaps < counters.full) {
			found.push(`${name} counts ${counters.full} full resyncs, the report ${full}`);
		}
		if (partial !== counters.partial) {
			found.push(`${name} counts ${counters.partial} partial resyncs, the report ${partial}`);
		}
	}
	return found;
}

function countOf(resyncs: readonly Resync[], reasons: ReadonlySet<FailureCode>): number {
	const tries = resyncs.flatMap(failedTries).filter(({ reason }) => reasons.has(reason));
	return tries.reduce((sum, { count }) => sum + count, 0);
}

/** What is read from the primaries' logs, before anything is concluded from it. */
export async function sessionsOf(nodes: readonly LiveNode[]): Promise<readonly Session[]> {
	const { streams } = await readInputs(nodes.flatMap((n) => n.logs));
	return correlate(streams).sessions;
}

/** What each primary's log is read to have granted, refusals too, against what it counted. */
export function granted(sessions: readonly Session[], counted: ReadonlyMap<string, Counters>): string[] {
	const found: string[] = [];
	for (const [name, counters] of counted) {
		const answered = sessions.filter((s) => s.server.id === name);
		const read: Counters = {
			full: answered.filter((s) => s.decided === "full").length,
			partial: answered.filter((s) => s.decided === "partial").length,
			refused: answered.filter((s) => s.decision?.type.startsWith("psync.rejected.") === true).length,
		};
		for (const kind of ["full", "partial", "refused"] as const) {
			if (read[kind] !== counters[kind]) found.push(`${name} counts ${counters[kind]} ${kind}, its log reads ${read[kind]}`);
		}
	}
	return found;
}

function words(resync: Resync): string {
	const tries = failedTries(resync).map(({ reason, count }) => ` after ${count}× ${reason}`);
	return `#${resync.id} ${resync.replica} ← ${resync.primary} ${resync.verdict} ${resync.cause.code} by ${resync.trigger.code}${tries.join("")}`;
}

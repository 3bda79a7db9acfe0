import { compare } from "../correlate/identity.ts";
import type { Story } from "../correlate/index.ts";
import { toldOnce } from "../input/problems.ts";
import { expectedCauses } from "../model/expected.ts";
import { pushTo } from "../model/lists.ts";
import type { Finding, Input, Report, Resync, Summary } from "../model/report.ts";
import type { Server } from "../model/story.ts";
import type { LogStream, Readings } from "../model/stream.ts";
import { failoversOf } from "./failovers/index.ts";
import { findAll } from "./findings/index.ts";
import { forget } from "./findings/told.ts";
import { identitiesOf } from "./identities.ts";
import { ledgerOf } from "./ledger.ts";
import { lineageOf } from "./lineage.ts";
import { describeNodes } from "./nodes.ts";
import { explainAll, iso } from "./resync.ts";
import { describeSnapshots, snapshotProblems } from "./snapshots.ts";

/** Puts the whole report together: plain data, the same for the same inputs in any order. */
export function buildReport(readings: Readings, story: Story, version: string): Report {
	const told = explainAll(story);
	const findings = findAll(story, told);
	const resyncs = warned(told, findings);
	const inputs = describeInputs(readings, story);
	const failovers = failoversOf(story, resyncs);
	const ledger = ledgerOf(story, resyncs);
	for (const list of [told, resyncs]) forget(list);
	return {
		schemaVersion: 1,
		generator: { name: "rlog", version },
		inputs,
		nodes: describeNodes(story),
		resyncs,
		findings,
		problems: toldOnce([...readings.problems, ...snapshotProblems(story)]),
		summary: summarise(resyncs, inputs),
		failovers,
		lineage: lineageOf(story),
		ledger,
		identities: identitiesOf(story),
		snapshots: describeSnapshots(story),
	};
}

/** Nobody should mend the link to an attacker. */
function warned(resyncs: readonly Resync[], findings: readonly Finding[]): readonly Resync[] {
	const certain = new Map<number, boolean>();
	for (const { code, severity, resyncs: of } of findings) {
		if (code === "rogue-primary") for (const id of of) certain.set(id, severity === "critical");
	}
	if (certain.size === 0) return resyncs;
	const attack = "Treat this as an attack, not as a link to mend: see the finding rogue-primary.";
	const perhaps = "If nobody of yours told it to follow that address, this is an attack, not a link to mend: see the finding rogue-primary.";
	return resyncs.map((resync) => {
		const sure = certain.get(resync.id);
		return sure === undefined ? resync : { ...resync, remedy: sure ? [attack] : [perhaps, ...resync.remedy] };
	});
}

function describeInputs(readings: Readings, story: Story): Input[] {
	const byName = new Map<string, Input[]>();
	for (const stream of readings.streams) {
		const server = story.servers.find((s) => s.streams.includes(stream));
		const time = (ms: number | null): string | null =>
			ms === null ? null : iso(server === undefined ? ms : story.clocks.convert(server, ms));
		const input: Input = {
			name: stream.input,
			kind: kindOf(stream, server),
			wrapper: stream.wrapper,
			node: server?.id ?? seenNode(stream, story),
			bytes: stream.counts.bytes,
			lines: stream.counts.lines,
			events: stream.events.length,
			recognised: stream.counts.recognised,
			unrecognised: stream.counts.unrecognised,
			other: 0,
			from: time(stream.from),
			to: time(stream.to),
		};
		pushTo(byName, stream.input, input);
	}
	return [...byName.values()].map(joinParts).map(withOther).sort((a, b) => compare(a.name, b.name));
}

function kindOf({ snapshots, counts }: LogStream, server: Server | undefined): Input["kind"] {
	const kinds = new Set<Input["kind"]>(snapshots.map(({ reply }) => reply.kind));
	if (server !== undefined) kinds.add(server.sentinel ? "sentinel-log" : "server-log");
	else if (counts.logLines > 0) kinds.add("server-log");
	return kinds.size > 1 ? "mixed" : ([...kinds][0] ?? "unknown");
}

/** The one node of which an input without log lines holds snapshots. */
function seenNode(stream: LogStream, { snapshots }: Story): string | null {
	const nodes = new Set(snapshots.all.filter((s) => s.stream === stream).map(({ node }) => node?.id ?? null));
	return nodes.size === 1 ? ([...nodes][0] ?? null) : null;
}

/** Every line is of one of three kinds. */
const withOther = (input: Input): Input => ({ ...input, other: Math.max(0, input.lines - input.recognised - input.unrecognised) });

/** An input that holds several nodes is one input of the report. */
function joinParts(parts: readonly Input[]): Input {
	const first = parts[0] as Input;
	if (parts.length === 1) return first;
	const times = (key: "from" | "to"): string[] => parts.map((p) => p[key]).filter((t): t is string => t !== null).sort();
	return {
		...first,
		kind: parts.every((p) => p.kind === first.kind) ? first.kind : "mixed",
		node: parts.every((p) => p.node === first.node) ? first.node : null,
		bytes: parts.reduce((n, p) => n + p.bytes, 0),
		lines: parts.reduce((n, p) => n + p.lines, 0),
		events: parts.reduce((n, p) => n + p.events, 0),
		recognised: parts.reduce((n, p) => n + p.recognised, 0),
		unrecognised: parts.reduce((n, p) => n + p.unrecognised, 0),
		from: times("from")[0] ?? null,
		to: times("to").at(-1) ?? null,
	};
}

/** The counts, the time that is covered, and the answer in one sentence. */
export function summarise(resyncs: readonly Resync[], inputs: readonly Input[]): Summary {
	const count = (verdict: Resync["verdict"]): number => resyncs.filter((r) => r.verdict === verdict).length;
	const [full, partial, failed, open] = [count("full"), count("partial"), count("failed"), count("open")];
	const froms = inputs.map((i) => i.from).filter((t): t is string => t !== null).sort();
	const tos = inputs.map((i) => i.to).filter((t): t is string => t !== null).sort();
	return { full, partial, failed, open, from: froms[0] ?? null, to: tos.at(-1) ?? null, text: sentence(resyncs, full, partial, failed, open) };
}

function sentence(resyncs: readonly Resync[], full: number, partial: number, failed: number, open: number): string {
	if (resyncs.length === 0) return "No resync in these logs.";
	const parts: string[] = [];
	const avoidable = resyncs.filter((r) => r.verdict === "full" && !expectedCauses.has(r.cause.code));
	const done = [full > 0 ? `${full} full` : "", partial > 0 ? `${partial} partial` : ""].filter((part) => part !== "");
	// The first part says what is counted.
	const noun = (n: number): string => (parts.length > 0 ? "" : n === 1 ? " resync" : " resyncs");
	if (done.length > 0) parts.push(`${done.join(" and ")}${noun(full + partial)}`);
	if (failed > 0) parts.push(`${failed} failed${noun(failed)}`);
	if (open > 0) parts.push(`${open}${noun(open)} not finished when the logs end`);
	const causes = new Map<string, number>();
	for (const r of avoidable) causes.set(r.cause.code, (causes.get(r.cause.code) ?? 0) + 1);
	const told = [...causes].sort((a, b) => b[1] - a[1] || compare(a[0], b[0])).map(([code, n]) => `${n} × ${code}`);
	return `${parts.join(", ")}${told.length === 0 ? "" : `; full for a reason worth a look: ${told.join(", ")}`}.`;
}

import type { Finding, Report, Resync, Severity } from "../../model/report.ts";

/** How many there are before and after. */
export interface Change {
	readonly code: string;
	readonly before: number;
	readonly after: number;
}

/** A finding as far as two reports can agree on it: what is found, and about which node. */
export interface FoundThing {
	readonly code: string;
	readonly severity: Severity;
	/** The node's name, or null where it is about several. */
	readonly node: string | null;
	readonly text: string;
}

/** Lengths of the outages whose begin and end are known. */
export interface Outages {
	readonly known: number;
	readonly unknown: number;
	readonly medianMs: number | null;
	readonly p95Ms: number | null;
	readonly longestMs: number | null;
}

/** What differs between two reports. Plain data, as the report itself. */
export interface ReportDiff {
	readonly schemaVersion: 1;
	readonly before: Span;
	readonly after: Span;
	/** What shows that both are about the same servers; null where nothing does. */
	readonly sameBy: string | null;
	readonly verdicts: readonly Change[];
	/** By verdict and cause: `full:backlog-overrun`. */
	readonly causes: readonly Change[];
	readonly triggers: readonly Change[];
	readonly outages: { readonly before: Outages; readonly after: Outages };
	readonly findings: {
		readonly gone: readonly FoundThing[];
		readonly new: readonly FoundThing[];
		readonly kept: readonly FoundThing[];
	};
	/** What is worse after than before, one sentence each; empty where nothing is. */
	readonly worse: readonly string[];
}

/** The time that a report is about, and the version of rlog that made it. */
interface Span {
	readonly version: string;
	readonly from: string | null;
	readonly to: string | null;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Compares two reports: of the same servers before and after a change. */
export function compareReports(before: Report, after: Report): ReportDiff {
	const verdictOf = ({ verdict }: Resync): string => verdict;
	const causeOf = ({ verdict, cause }: Resync): string => `${verdict}:${cause.code}`;
	const verdicts = changes(before, after, verdictOf, ["full", "partial", "failed", "open"]);
	const findings = compareFindings(before, after);
	const outages = { before: outagesOf(before), after: outagesOf(after) };
	return {
		schemaVersion: 1,
		before: spanOf(before),
		after: spanOf(after),
		sameBy: sameServers(before, after),
		verdicts,
		causes: changes(before, after, causeOf),
		triggers: changes(before, after, ({ trigger }) => trigger.code),
		outages,
		findings,
		worse: [
			...verdicts
				.filter(({ code }) => code === "full" || code === "failed")
				.filter((change) => change.after > change.before)
				.map((change) => `more ${change.code} resyncs: ${change.after} instead of ${change.before}`),
			...findings.new
				.filter(({ severity }) => severity !== "info")
				.map(({ code, severity, node }) => `new ${severity}: ${code}${node === null ? "" : ` (${node})`}`),
		],
	};
}

const spanOf = ({ generator, summary }: Report): Span => ({
	version: generator.version,
	from: summary.from,
	to: summary.to,
});

function changes(
	before: Report,
	after: Report,
	codeOf: (resync: Resync) => string,
	always: readonly string[] = [],
): Change[] {
	const count = (report: Report): Map<string, number> => {
		const counts = new Map<string, number>();
		for (const resync of report.resyncs) counts.set(codeOf(resync), (counts.get(codeOf(resync)) ?? 0) + 1);
		return counts;
	};
	const [old, now] = [count(before), count(after)];
	const others = [...new Set([...old.keys(), ...now.keys()])].filter((code) => !always.includes(code));
	return [...always, ...others.sort(compareText)].map((code) => ({
		code,
		before: old.get(code) ?? 0,
		after: now.get(code) ?? 0,
	}));
}

function outagesOf({ resyncs }: Report): Outages {
	const lengths = resyncs
		.flatMap(({ lostAt, askedAt, onlineAt }) => {
			const from = lostAt ?? askedAt;
			return from === null || onlineAt === null ? [] : [Date.parse(onlineAt) - Date.parse(from)];
		})
		.filter((ms) => Number.isFinite(ms) && ms >= 0)
		.sort((a, b) => a - b);
	// The nearest rank: always the length of an outage that there was.
	const rank = (share: number): number | null => lengths[Math.ceil(lengths.length * share) - 1] ?? null;
	return {
		known: lengths.length,
		unknown: resyncs.length - lengths.length,
		medianMs: rank(0.5),
		p95Ms: rank(0.95),
		longestMs: lengths.at(-1) ?? null,
	};
}

function compareFindings(before: Report, after: Report): ReportDiff["findings"] {
	const list = (report: Report): Map<string, FoundThing> => {
		const names = new Map(report.nodes.map(({ id, name }) => [id, name]));
		const found = (finding: Finding): FoundThing => {
			const { code, severity, node, text } = finding;
			return { code, severity, node: node === undefined ? null : (names.get(node) ?? node), text };
		};
		return new Map(report.findings.map(found).map((one) => [`${one.code} ${one.node}`, one]));
	};
	const [old, now] = [list(before), list(after)];
	return {
		gone: [...old].filter(([key]) => !now.has(key)).map(([, one]) => one),
		new: [...now].filter(([key]) => !old.has(key)).map(([, one]) => one),
		kept: [...now].filter(([key]) => old.has(key)).map(([, one]) => one),
	};
}

const loopback = /^(?:127\.|localhost:|\[?::1\]?:|0\.0\.0\.0:)/;

/** What two reports have in common that only the same servers have; the surest first. */
function sameServers(before: Report, after: Report): string | null {
	const signs: readonly (readonly [string, (report: Report) => readonly string[]])[] = [
		["replication ID", ({ nodes }) => nodes.flatMap((node) => node.replicationIds.map(({ id }) => id))],
		["address", ({ nodes }) => nodes.flatMap((node) => node.addresses.filter((one) => !loopback.test(one)))],
		["node", ({ nodes }) => nodes.map(({ name }) => name)],
		["address", ({ nodes }) => nodes.flatMap((node) => node.addresses)],
	];
	for (const [what, of] of signs) {
		const old = new Set(of(before));
		const common = [...new Set(of(after))].filter((one) => old.has(one)).sort(compareText);
		if (common.length > 0) return `${what} ${common.slice(0, 3).join(", ")}`;
	}
	return null;
}

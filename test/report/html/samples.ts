import type { Report, ReportSnapshot, Resync } from "../../../src/model/report.ts";
import { flapping, nodes, overrun, resync, sample } from "../sample.ts";

/** What someone may have put into a client's name, a host or a file name, to get out of where it is shown. */
export const evil = [
	"</script><img src=x onerror=alert(1)>",
	"</style><style>*{background:url(http://evil.example/a)}</style>",
	'"><svg onload=alert(2)>',
	"' onmouseover='alert(3)",
	"javascript:alert(4)",
	"<!--<script>alert(5)",
	"]]>{{7*7}}$\u007balert(6)}`",
	"\u2028\u2029\u202eabc\u200b\u0000\u001b[31m",
	"&lt;img src=x onerror=alert(7)&gt;",
	"__proto__",
].join(" ");

/** The sample, with hostile text in every place that a log fills. */
export const hostile: Report = {
	...sample,
	generator: { ...sample.generator, version: evil },
	inputs: sample.inputs.map((input) => ({ ...input, name: evil, wrapper: evil })),
	nodes: nodes.map((node) => ({
		...node,
		name: evil,
		addresses: [evil],
		lives: node.lives.map((life) => ({ ...life, version: evil })),
	})),
	resyncs: [
		{
			...overrun,
			id: 1,
			cause: { ...overrun.cause, text: evil, facts: { [evil]: evil } },
			trigger: { ...overrun.trigger, text: evil },
			request: { replid: evil, offset: 1 },
			attempts: overrun.attempts.map((attempt) => ({
				...attempt,
				reason: attempt.reason === null ? null : { ...attempt.reason, text: evil },
			})),
			evidence: overrun.evidence.map((one) => ({ ...one, input: evil, text: evil })),
			remedy: [evil],
			missing: [evil],
		},
	],
	findings: [
		{
			...flapping,
			resyncs: [1],
			text: evil,
			remedy: [evil],
			evidence: flapping.evidence.map((one) => ({ ...one, input: evil, text: evil })),
		},
	],
	problems: [{ code: evil, input: evil, text: evil }],
	summary: { ...sample.summary, text: evil },
};

/** What a contract says, not a log: codes, verdicts, times. */
const fixed = /^(code|verdict|outcome|severity|proof|kind|role|how|end|decided|origin|link|clock|zone|by)$/;
const isTime = (text: string): boolean => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text);

/** A report with hostile text before every text in it that may come from a log, node names and IDs too. */
export function poisoned<T>(value: T, key = ""): T {
	if (typeof value === "string") return (fixed.test(key) || isTime(value) ? value : `${evil} ${value}`) as T;
	if (Array.isArray(value)) return value.map((one) => poisoned(one, key)) as T;
	if (typeof value !== "object" || value === null) return value;
	const phase = "from" in value && "to" in value && "name" in value && Object.keys(value).length === 3;
	const entries = Object.entries(value).map(([name, inner]) => [name, phase ? inner : poisoned(inner, name)]);
	return Object.fromEntries(entries) as T;
}

/** Two replicas of one primary that lose their link again and again, for so many resyncs. */
export function many(count: number, causes = ["within-backlog", "backlog-overrun"] as const): Report {
	const begin = Date.parse("2026-11-21T00:00:00.000Z");
	const at = (i: number, ms: number): string => new Date(begin + i * 5000 + ms).toISOString();
	const resyncs = Array.from({ length: count }, (_, i): Resync => {
		const full = i % causes.length === 1;
		const one = full ? overrun : resync(2);
		return {
			...one,
			id: i + 1,
			replica: i % 3 === 0 ? "n3" : "n2",
			lostAt: at(i, 0),
			askedAt: at(i, 700),
			decidedAt: at(i, 702),
			onlineAt: at(i, full ? 2200 : 703),
			phases: [],
			evidence: one.evidence.map((line, n) => ({
				...line,
				line: i * 10 + n,
				time: at(i, 700 + n),
				text: `${line.text} ${i}`,
			})),
		};
	});
	const to = at(count, 0);
	return {
		...sample,
		inputs: sample.inputs.map((input) => ({ ...input, from: at(0, 0), to })),
		nodes: [...nodes, { ...(nodes[1] as (typeof nodes)[number]), id: "n3", name: "other" }],
		resyncs,
		findings: [{ ...flapping, resyncs: resyncs.map(({ id }) => id) }],
		summary: {
			...sample.summary,
			full: Math.floor(count / 2),
			partial: Math.ceil(count / 2),
			from: at(0, 0),
			to,
		},
	};
}

const snapshot = (line: number, change: Partial<ReportSnapshot>): ReportSnapshot => ({
	input: "info.txt",
	line,
	kind: "info",
	node: "n1",
	candidates: [],
	proof: "proven",
	by: [],
	time: null,
	boundMs: 1,
	clock: "server-time",
	role: "primary",
	version: "7.0.15",
	runId: null,
	pid: null,
	replid: null,
	replid2: null,
	secondOffset: null,
	offset: null,
	primary: null,
	link: null,
	replicas: [],
	backlog: null,
	counters: null,
	...change,
});

/** The sample with INFO of both nodes, twice. */
export const withInfo: Report = {
	...sample,
	snapshots: [0, 1].flatMap((i) => [
		snapshot(1 + 100 * i, {
			time: `2026-11-21T19:58:0${i * 4}.000Z`,
			offset: 4_000_000 + i * 1_000_000,
			replicas: [
				{ address: "127.0.0.1:17002", state: "online", offset: 3_900_000 + i * 900_000, lagSeconds: i },
			],
			backlog: { active: true, size: 1_048_576, firstOffset: 2_951_425 + i * 1_000_000, held: 1_048_576 },
		}),
		snapshot(50 + 100 * i, {
			node: "n2",
			role: "replica",
			time: `2026-11-21T19:58:0${i * 4}.500Z`,
			offset: 3_950_000 + i * 900_000,
		}),
	]),
};

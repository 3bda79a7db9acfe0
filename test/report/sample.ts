import type { Evidence, Finding, Ledger, Report, ReportNode, Resync } from "../../src/model/report.ts";

const id = "2a8775ae13bc7fbb0c5e2b7e7c9fd2d68ab5eb7c";

const evidence = (input: string, line: number, text: string): Evidence => ({
	input,
	line,
	node: input.startsWith("primary") ? "n1" : "n2",
	time: "2026-11-21T19:58:10.061Z",
	text,
});

/** A resync that is unremarkable but for what is given. */
export function resync(number: number, change: Partial<Resync> = {}): Resync {
	const second = String(44 + 2 * number).padStart(2, "0");
	return {
		id: number,
		primary: "n1",
		replica: "n2",
		verdict: "partial",
		lostAt: `2026-11-21T19:57:${second}.000Z`,
		askedAt: `2026-11-21T19:57:${second}.200Z`,
		decidedAt: `2026-11-21T19:57:${second}.201Z`,
		onlineAt: `2026-11-21T19:57:${second}.202Z`,
		cause: {
			code: "within-backlog",
			proof: "proven",
			text: "The primary still held all 14 bytes that the replica had missed, and sent them from its backlog.",
			facts: { bytes: 14, backlogBytes: null },
		},
		trigger: {
			code: "link-closed",
			proof: "supported",
			text: "The link was closed and nobody logged why.",
			facts: {},
		},
		request: { replid: id, offset: 1054 },
		granted: { replid: id, offset: 1054 },
		primaryHad: null,
		bytes: { missed: 14, sent: 14, snapshot: null },
		phases: [],
		attempts: [
			{
				askedAt: `2026-11-21T19:57:${second}.200Z`,
				primary: "n1",
				decided: "partial",
				outcome: "partial",
				reason: null,
				count: 1,
			},
		],
		remedy: [],
		evidence: [
			evidence("primary.log", 20 + number, "Partial resynchronization request from :17002 accepted."),
			evidence("replica.log", 30 + number, "Successful partial resynchronization with master."),
		],
		missing: [],
		...change,
	};
}

export const firstSync = resync(1, {
	verdict: "full",
	lostAt: null,
	askedAt: "2026-11-21T19:57:54.391Z",
	decidedAt: "2026-11-21T19:57:54.392Z",
	onlineAt: "2026-11-21T19:57:54.500Z",
	cause: {
		code: "first-sync",
		proof: "proven",
		text: "The replica had no replication history yet, so the primary sent everything.",
		facts: {},
	},
	trigger: { code: "replica-started", proof: "proven", text: "The replica's process started.", facts: {} },
	request: null,
	granted: { replid: id, offset: 0 },
	bytes: { missed: null, sent: null, snapshot: 5867 },
});

export const overrun = resync(7, {
	verdict: "full",
	lostAt: "2026-11-21T19:58:08.469Z",
	askedAt: "2026-11-21T19:58:10.061Z",
	decidedAt: "2026-11-21T19:58:10.061Z",
	onlineAt: "2026-11-21T19:58:10.480Z",
	cause: {
		code: "backlog-overrun",
		proof: "proven",
		text: "While the link was down for 1.592 s the primary wrote 5.17 MiB, more than its backlog of 1.00 MiB keeps.",
		facts: { missed: 5420292, backlog: 1048576, outageMs: 1592 },
	},
	request: { replid: id, offset: 5188 },
	granted: { replid: id, offset: 5425479 },
	primaryHad: { replid: id, replid2: null, secondOffset: -1, firstOffset: 4374161, lastOffset: 5425493 },
	bytes: { missed: 5420292, sent: null, snapshot: 12134567 },
	phases: [
		{ name: "down", from: "2026-11-21T19:58:08.469Z", to: "2026-11-21T19:58:10.061Z" },
		{ name: "snapshot", from: "2026-11-21T19:58:10.061Z", to: "2026-11-21T19:58:10.361Z" },
		{ name: "load", from: "2026-11-21T19:58:10.400Z", to: "2026-11-21T19:58:10.480Z" },
	],
	attempts: [
		{
			askedAt: "2026-11-21T19:58:09.001Z",
			primary: "n1",
			decided: null,
			outcome: "failed",
			reason: { code: "primary-unreachable", proof: "supported", text: "Connection refused.", facts: {} },
			count: 3,
		},
		{
			askedAt: "2026-11-21T19:58:10.061Z",
			primary: "n1",
			decided: "full",
			outcome: "full",
			reason: null,
			count: 1,
		},
	],
	remedy: [
		"Set repl-backlog-size to at least 11 MiB (twice what this outage needed): CONFIG SET repl-backlog-size 11mb.",
	],
	evidence: [
		evidence(
			"primary.log",
			36,
			"Unable to partial resync with replica 127.0.0.1:17002 for lack of backlog (Replica request was: 5188).",
		),
		evidence("replica.log", 74, `Trying a partial resynchronization (request ${id}:5188).`),
		evidence("replica.log", 75, `Full resync from master: ${id}:5425479`),
	],
	missing: ["INFO replication of the primary, for the size of its backlog"],
});

export const nodes: readonly ReportNode[] = [
	{
		id: "n1",
		name: "primary",
		addresses: ["127.0.0.1:17001"],
		roles: [{ role: "primary", from: "2026-11-21T19:57:51.100Z" }],
		lives: [
			{ pid: 1, version: "7.0.15", startedAt: "2026-11-21T19:57:51.100Z", endedAt: null, end: "log-ends" },
		],
		replicationIds: [{ id, from: "2026-11-21T19:57:54.392Z", to: null, how: "created" }],
		clock: { reference: true, offsetMs: 0, boundMs: 0, pairs: 0, zone: "UTC" },
	},
	{
		id: "n2",
		name: "replica",
		addresses: ["127.0.0.1:17002"],
		roles: [{ role: "replica", from: "2026-11-21T19:57:52.100Z" }],
		lives: [
			{ pid: 2, version: "7.0.15", startedAt: "2026-11-21T19:57:52.100Z", endedAt: null, end: "log-ends" },
		],
		replicationIds: [],
		clock: { reference: false, offsetMs: 37500, boundMs: 1, pairs: 6, zone: "UTC" },
	},
];

export const flapping: Finding = {
	code: "link-flapping",
	severity: "warning",
	node: "n2",
	resyncs: [2, 3, 4, 5, 6],
	text: "The link broke 5 times in 9 s, and nobody logged a reason.",
	facts: { count: 5, periodMs: 2200 },
	remedy: ["Look for CLIENT KILL, a proxy or a firewall between 127.0.0.1:17002 and 127.0.0.1:17001."],
	evidence: [evidence("primary.log", 22, "Connection with replica 127.0.0.1:17002 lost.")],
};

/** The costs of no resync. */
export const noCosts: Ledger = {
	fullResyncs: 0,
	failedTransfers: 0,
	partialResyncs: 0,
	snapshots: { bytes: 0, known: 0, unknown: 0 },
	backlog: { bytes: 0, known: 0, unknown: 0 },
	withoutRedundancy: { ms: 0, outages: 0, unknown: 0 },
	copyOnWrite: { snapshots: 0, megabytes: 0, largest: 0 },
	nodes: [],
	phases: [],
	days: [],
};

/** A report with a first sync, five equal partial resyncs and a full one, and one of everything else. */
export const sample: Report = {
	schemaVersion: 1,
	generator: { name: "rlog", version: "0.0.0" },
	inputs: [
		{
			name: "primary.log",
			kind: "server-log",
			wrapper: null,
			node: "n1",
			bytes: 4100,
			lines: 40,
			events: 38,
			recognised: 38,
			unrecognised: 0,
			other: 2,
			from: "2026-11-21T19:57:51.100Z",
			to: "2026-11-21T19:58:14.200Z",
		},
		{
			name: "replica.log",
			kind: "server-log",
			wrapper: "docker-json",
			node: "n2",
			bytes: 9000,
			lines: 94,
			events: 90,
			recognised: 90,
			unrecognised: 1,
			other: 3,
			from: "2026-11-21T19:57:52.100Z",
			to: "2026-11-21T19:58:13.000Z",
		},
	],
	nodes,
	resyncs: [firstSync, resync(2), resync(3), resync(4), resync(5), resync(6), overrun],
	findings: [flapping],
	problems: [
		{ code: "no-log", input: "notes.txt", text: 'notes.txt: 0 of 12 lines recognised; first line: "hello"' },
	],
	summary: {
		full: 2,
		partial: 5,
		failed: 0,
		open: 0,
		from: "2026-11-21T19:57:51.100Z",
		to: "2026-11-21T19:58:14.200Z",
		text: "7 resyncs of replica from primary: 2 full (first-sync, backlog-overrun) and 5 partial; the backlog of 1.00 MiB is too small.",
	},
	failovers: [],
	lineage: [],
	ledger: noCosts,
	identities: [],
	snapshots: [],
};

/** A report of nothing. */
export const nothing: Report = {
	...sample,
	nodes: [],
	resyncs: [],
	findings: [],
	problems: [],
	inputs: [],
	summary: {
		full: 0,
		partial: 0,
		failed: 0,
		open: 0,
		from: null,
		to: null,
		text: "No resync in these logs.",
	},
};

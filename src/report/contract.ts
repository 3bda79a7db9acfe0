import type { Report } from "../model/report.ts";

/** The keys of plain data in their order; `leaf` where data is taken as it is. */
type Shape<T> = T extends readonly (infer Item)[]
	? Shape<Item>
	: T extends object
		? string extends keyof T
			? typeof leaf
			: { readonly [K in keyof T]-?: Shape<NonNullable<T[K]>> }
		: typeof leaf;

const leaf = 0;
const place = { input: leaf, line: leaf, node: leaf, time: leaf, text: leaf } as const;
const why = { code: leaf, proof: leaf, text: leaf, facts: leaf } as const;
const costs = {
	fullResyncs: leaf,
	failedTransfers: leaf,
	partialResyncs: leaf,
	snapshots: { bytes: leaf, known: leaf, unknown: leaf },
	backlog: { bytes: leaf, known: leaf, unknown: leaf },
	withoutRedundancy: { ms: leaf, outages: leaf, unknown: leaf },
	copyOnWrite: { snapshots: leaf, megabytes: leaf, largest: leaf },
} as const;
const position = { replid: leaf, offset: leaf } as const;

// The order of the contract. It is typed to hold each key of the report, so that none can be forgotten.
const contract: Shape<Report> = {
	schemaVersion: leaf,
	generator: { name: leaf, version: leaf },
	inputs: {
		name: leaf,
		kind: leaf,
		wrapper: leaf,
		node: leaf,
		bytes: leaf,
		lines: leaf,
		events: leaf,
		recognised: leaf,
		unrecognised: leaf,
		other: leaf,
		from: leaf,
		to: leaf,
	},
	nodes: {
		id: leaf,
		name: leaf,
		addresses: leaf,
		roles: { role: leaf, from: leaf },
		lives: { pid: leaf, version: leaf, startedAt: leaf, endedAt: leaf, end: leaf },
		replicationIds: { id: leaf, from: leaf, to: leaf, how: leaf },
		clock: { reference: leaf, offsetMs: leaf, boundMs: leaf, pairs: leaf, zone: leaf },
	},
	resyncs: {
		id: leaf,
		primary: leaf,
		replica: leaf,
		verdict: leaf,
		lostAt: leaf,
		askedAt: leaf,
		decidedAt: leaf,
		onlineAt: leaf,
		cause: why,
		trigger: why,
		request: position,
		granted: position,
		primaryHad: { replid: leaf, replid2: leaf, secondOffset: leaf, firstOffset: leaf, lastOffset: leaf },
		bytes: { missed: leaf, sent: leaf, snapshot: leaf },
		phases: { name: leaf, from: leaf, to: leaf },
		attempts: { askedAt: leaf, primary: leaf, decided: leaf, outcome: leaf, reason: why, count: leaf },
		remedy: leaf,
		evidence: place,
		missing: leaf,
	},
	findings: {
		code: leaf,
		severity: leaf,
		node: leaf,
		resyncs: leaf,
		text: leaf,
		facts: leaf,
		remedy: leaf,
		evidence: place,
	},
	problems: { code: leaf, input: leaf, line: leaf, text: leaf },
	summary: { full: leaf, partial: leaf, failed: leaf, open: leaf, from: leaf, to: leaf, text: leaf },
	failovers: {
		id: leaf,
		kind: leaf,
		name: leaf,
		epoch: leaf,
		planned: leaf,
		forced: leaf,
		from: leaf,
		to: leaf,
		outcome: leaf,
		reason: why,
		proof: leaf,
		text: leaf,
		startedAt: leaf,
		failedAt: leaf,
		down: {
			firstAt: leaf,
			agreedAt: leaf,
			votes: leaf,
			quorum: leaf,
			by: { node: leaf, how: leaf, at: leaf, agreedAt: leaf, votes: leaf, quorum: leaf },
		},
		election: {
			startedAt: leaf,
			candidates: leaf,
			leader: leaf,
			electedAt: leaf,
			needed: leaf,
			votes: { voter: leaf, candidate: leaf, at: leaf, countedAt: leaf, lateMs: leaf },
		},
		selection: { at: leaf, offset: leaf, siblings: { node: leaf, offset: leaf, by: leaf }, behindBytes: leaf },
		promotedAt: leaf,
		announcedAt: leaf,
		replicas: { node: leaf, role: leaf, pointedAt: leaf, resync: leaf, verdict: leaf, onlineAt: leaf },
		lastReplicaAt: leaf,
		durations: { toWritableMs: leaf, toLastReplicaMs: leaf },
		disagreements: { code: leaf, nodes: leaf, text: leaf },
		evidence: place,
		missing: leaf,
	},
	lineage: {
		id: leaf,
		origin: leaf,
		node: leaf,
		at: leaf,
		proof: leaf,
		parent: { id: leaf, offset: leaf },
		forks: { id: leaf, node: leaf, offset: leaf, at: leaf },
		followers: { node: leaf, from: leaf, to: leaf, how: leaf },
		offsets: { from: leaf, to: leaf },
		evidence: place,
	},
	ledger: {
		...costs,
		nodes: { node: leaf, ms: leaf, outages: leaf, unknown: leaf },
		phases: { name: leaf, ms: leaf, resyncs: leaf },
		days: { day: leaf, ...costs },
	},
	identities: { kind: leaf, id: leaf, node: leaf, address: leaf, from: leaf },
	snapshots: {
		input: leaf,
		line: leaf,
		kind: leaf,
		node: leaf,
		candidates: leaf,
		proof: leaf,
		by: leaf,
		time: leaf,
		boundMs: leaf,
		clock: leaf,
		role: leaf,
		version: leaf,
		runId: leaf,
		pid: leaf,
		replid: leaf,
		replid2: leaf,
		secondOffset: leaf,
		offset: leaf,
		primary: leaf,
		link: leaf,
		replicas: { address: leaf, state: leaf, offset: leaf, lagSeconds: leaf },
		backlog: { active: leaf, size: leaf, firstOffset: leaf, held: leaf },
		counters: { full: leaf, partialOk: leaf, partialErr: leaf },
	},
};

function ordered(value: unknown, shape: unknown): unknown {
	if (Array.isArray(value)) return value.map((item) => ordered(item, shape));
	if (typeof value !== "object" || value === null || typeof shape !== "object" || shape === null)
		return value;
	const out: Record<string, unknown> = {};
	for (const [key, inner] of Object.entries(shape)) {
		const own = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
		if (own !== undefined) out[key] = ordered(own, inner);
	}
	return out;
}

/** The keys of a report in the order of the contract. */
export const reportKeys = Object.keys(contract) as readonly (keyof Report)[];

/** A part of a report, or one item of a list of it, in the order of the contract. */
export function partInOrder(key: keyof Report, part: unknown): unknown {
	return ordered(part, contract[key]);
}

/** A copy of a report with its keys in the order of the contract, and nothing but them. */
export function inContractOrder(report: Report): Report {
	return ordered(report, contract) as Report;
}

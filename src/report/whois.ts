import type { Identity, NodeId, Report, ReportNode, ReplicationHistory } from "../model/report.ts";

/** A time in which one node replicated another. */
export interface Stay {
	readonly replica: NodeId;
	readonly primary: NodeId;
	/** When the link was first up, and when it was last lost; null while it was up at the end of the logs. */
	readonly from: string | null;
	readonly to: string | null;
	/** The resyncs in between, each of which began with a lost link. */
	readonly resyncs: readonly number[];
}

/** All that is known of one node. */
export interface Person {
	/** Null for one that is known by an ID only. */
	readonly node: NodeId | null;
	readonly name: string;
	readonly addresses: readonly string[];
	readonly ids: readonly Identity[];
	readonly lives: ReportNode["lives"];
	readonly roles: ReportNode["roles"];
	readonly replicationIds: ReportNode["replicationIds"];
	/** Whom it replicated, and who replicated it, in the order of time. */
	readonly followed: readonly Stay[];
	readonly served: readonly Stay[];
	/** Failovers of the report that it came out of, lost its role in, or led. */
	readonly failovers: readonly number[];
}

/** Who is behind a handle. */
export interface WhoIs {
	readonly asked: string;
	readonly nodes: readonly Person[];
	/** Where the handle is a replication ID. */
	readonly histories: readonly ReplicationHistory[];
}

/** The fewest digits of an ID that are taken for it. */
const fewest = 4;

/** Finds out who is meant by an address, host, port, process ID, node's name, or (the begin of) any ID. */
export function whoIs(report: Report, asked: string): WhoIs | undefined {
	const wanted = asked.trim().replace(/(?:…|\.{2,})$/, "").toLowerCase();
	if (wanted === "") return undefined;
	const isId = wanted.length >= fewest && /^[0-9a-z]+$/.test(wanted);
	const begins = (id: string): boolean => isId && id.toLowerCase().startsWith(wanted);
	const histories = report.lineage.filter(({ id }) => begins(id));
	const identities = report.identities.filter(({ id, address }) => begins(id) || (address !== null && isAddress(address, wanted)));
	const nodes = new Set(report.nodes.filter((node) => isNode(node, wanted)).map(({ id }) => id));
	for (const { node } of identities) if (node !== null) nodes.add(node);
	const strangers = identities.filter(({ node }) => node === null);
	if (nodes.size === 0 && strangers.length === 0 && histories.length === 0) return undefined;
	const stays = nodes.size === 0 ? [] : staysOf(report);
	const known = report.nodes.filter(({ id }) => nodes.has(id)).map((node) => personOf(report, node, stays));
	return { asked, nodes: [...known, ...strangers.map(strangerOf)], histories };
}

/** All handles that would be answered, for suggestions. */
export function handles(report: Report): string[] {
	const { nodes, identities, lineage } = report;
	return [...new Set([...nodes.flatMap(({ id, name, addresses }) => [id, name, ...addresses]), ...identities.map(({ id }) => id), ...lineage.map(({ id }) => id)])];
}

function isNode({ id, name, addresses, lives }: ReportNode, wanted: string): boolean {
	if (id.toLowerCase() === wanted || name.toLowerCase() === wanted) return true;
	if (addresses.some((address) => isAddress(address, wanted))) return true;
	return /^\d+$/.test(wanted) && lives.some(({ pid }) => pid === Number(wanted));
}

/** The whole address, its host, or its port. */
function isAddress(address: string, wanted: string): boolean {
	const colon = address.lastIndexOf(":");
	const host = address.slice(0, colon).replace(/^\[|\]$/g, "");
	return [address, host, address.slice(colon + 1), address.slice(colon)].some((part) => part.toLowerCase() === wanted);
}

function personOf({ identities, failovers }: Report, node: ReportNode, stays: readonly Stay[]): Person {
	const { id, name, addresses, lives, roles, replicationIds } = node;
	const ids = identities.filter((identity) => identity.node === id);
	const told = ids.map(({ address }) => address).filter((address) => address !== null);
	return {
		node: id,
		name,
		addresses: [...new Set([...addresses, ...told])],
		ids,
		lives,
		roles,
		replicationIds,
		followed: stays.filter(({ replica }) => replica === id),
		served: stays.filter(({ primary }) => primary === id),
		failovers: failovers.filter(({ from, to, election }) => from === id || to === id || election?.leader === id).map((failover) => failover.id),
	};
}

function strangerOf(identity: Identity): Person {
	const { id, address } = identity;
	const addresses = address === null ? [] : [address];
	return { node: null, name: address ?? id, addresses, ids: [identity], lives: [], roles: [], replicationIds: [], followed: [], served: [], failovers: [] };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type OpenStay = Mutable<Omit<Stay, "resyncs">> & { resyncs: number[] };

/** Who replicated whom when, by the resyncs: a link is up from one to the next, or until a promotion. */
function staysOf({ resyncs, failovers }: Report): Stay[] {
	const promotions = new Map<NodeId, string[]>();
	for (const { to, promotedAt } of failovers) {
		if (to === null || promotedAt === null) continue;
		const known = promotions.get(to);
		if (known === undefined) promotions.set(to, [promotedAt]);
		else known.push(promotedAt);
	}
	const stays: OpenStay[] = [];
	const last = new Map<NodeId, OpenStay>();
	/** Ends a stay at the promotion of its replica, if there was one. */
	const promoted = (stay: OpenStay | undefined, until: string | null): boolean => {
		const at = stay === undefined ? undefined : promotions.get(stay.replica)?.find((p) => p > (stay.from ?? "") && (until === null || p <= until));
		if (stay === undefined || at === undefined) return false;
		stay.to = at;
		last.delete(stay.replica);
		return true;
	};
	for (const { id, replica, primary, lostAt, askedAt, onlineAt } of resyncs) {
		if (replica === null) continue;
		const begin = lostAt ?? askedAt;
		const before = last.get(replica);
		const ended = promoted(before, begin ?? onlineAt);
		if (before !== undefined && !ended) before.to = begin;
		if (onlineAt === null || primary === null) continue;
		if (before?.primary === primary && !ended) {
			before.to = null;
			before.resyncs.push(id);
			continue;
		}
		const stay = { replica, primary, from: onlineAt, to: null, resyncs: [id] };
		stays.push(stay);
		last.set(replica, stay);
	}
	for (const stay of [...last.values()]) if (stay.to === null) promoted(stay, null);
	return stays;
}

import type { InfoDump, InfoReplica } from "../../../grammars/info.ts";
import type { Role } from "../../../grammars/role.ts";
import type { SeenReplica, SnapshotFigures } from "../../model/snapshot.ts";
import type { Snapshot } from "../../model/stream.ts";
import { isPsync1 } from "../servers.ts";

const nothing: SnapshotFigures = {
	role: null,
	version: null,
	runId: null,
	pid: null,
	port: null,
	uptimeSeconds: null,
	replid: null,
	replid2: null,
	secondOffset: null,
	offset: null,
	served: null,
	primary: null,
	link: null,
	linkState: null,
	downSeconds: null,
	silentSeconds: null,
	syncing: null,
	replicas: [],
	replicaCount: null,
	watched: [],
	backlog: null,
	counters: null,
	streamRate: null,
};

/** A link that was never up is told as -1, or as the time since 1970. */
const longestOutage = 1_000_000_000;

/** What a reply of INFO or ROLE shows, in one shape. */
export function figuresOf({ reply }: Snapshot): SnapshotFigures {
	return reply.kind === "info" ? ofInfo(reply.info) : ofRole(reply.role.reply);
}

function ofInfo({ values: v }: InfoDump): SnapshotFigures {
	const role = roleOf(v.role, v.masterHost) ?? (v.redisMode === "sentinel" || v.masters.length > 0 ? "sentinel" : null);
	const version = v.valkeyVersion ?? v.redisVersion ?? null;
	const replica = role === "replica";
	const replicas = v.slaves.map(seenReplica);
	const link = replica ? linkOf(v.masterLinkStatus) : null;
	return {
		role,
		version,
		runId: v.runId ?? null,
		pid: v.processId ?? null,
		port: v.tcpPort === undefined || v.tcpPort === 0 ? null : v.tcpPort,
		uptimeSeconds: v.uptimeInSeconds ?? null,
		replid: v.masterReplid ?? (role === "primary" && isPsync1(version) ? (v.runId ?? null) : null),
		replid2: v.masterReplid2 === undefined || /^0*$/.test(v.masterReplid2) ? null : v.masterReplid2,
		secondOffset: v.secondReplOffset === undefined || v.secondReplOffset < 0n ? null : v.secondReplOffset,
		offset: replica ? (v.slaveReplOffset ?? ofHistory(v)) : (v.masterReplOffset ?? null),
		served: v.masterReplOffset ?? null,
		primary: replica ? addressOf(v.masterHost, v.masterPort) : null,
		link,
		linkState: null,
		downSeconds: link === "down" ? elapsed(v.masterLinkDownSinceSeconds) : null,
		silentSeconds: link === "up" ? elapsed(v.masterLastIoSecondsAgo) : null,
		syncing: replica ? (v.masterSyncInProgress ?? null) : null,
		replicas,
		replicaCount: v.connectedSlaves ?? null,
		watched: v.masters.flatMap(({ name }) => name ?? []),
		backlog: backlogOf(v),
		counters: countersOf(v),
		streamRate: streamRate(v, role, link, replicas),
	};
}

type View = InfoDump["values"];

/** Before 4.0 a replica's own offset has nothing to do with its primary's. */
const ofHistory = (v: View): bigint | null => (v.masterReplid === undefined ? null : (v.masterReplOffset ?? null));

function roleOf(word: string | undefined, primaryHost: string | undefined): SnapshotFigures["role"] {
	if (word === "sentinel") return "sentinel";
	if (word === "slave" || word === "replica") return "replica";
	// KeyDB's active replicas are both: those that have a primary are told as what they do.
	if (word === "active-replica") return primaryHost === undefined ? "primary" : "replica";
	return word === "master" || word === "primary" ? "primary" : null;
}

function linkOf(status: string | undefined): "up" | "down" | null {
	return status === "up" || status === "down" ? status : null;
}

function elapsed(seconds: number | undefined): number | null {
	return seconds === undefined || seconds < 0 || seconds > longestOutage ? null : seconds;
}

/** "host:port", or null when a part is missing or masked. */
export function addressOf(host: string | undefined, port: number | undefined): string | null {
	return host === undefined || host === "" || port === undefined || port <= 0 ? null : `${host}:${port}`;
}

function seenReplica({ ip, port, state, offset, lag, type }: InfoReplica): SeenReplica {
	return {
		address: addressOf(ip, port),
		state: state ?? null,
		offset: offset ?? null,
		// Until a replica is online its lag is not counted.
		lagSeconds: state === "online" ? (lag ?? null) : null,
		channel: type === "rdb-channel",
	};
}

function backlogOf(v: View): SnapshotFigures["backlog"] {
	const { replBacklogActive: active, replBacklogSize: size, replBacklogFirstByteOffset: first, replBacklogHistlen: held } = v;
	if (active === undefined && size === undefined && first === undefined && held === undefined) return null;
	const empty = active === false || held === 0;
	return {
		active: active ?? null,
		size: size ?? null,
		first: empty ? null : (first ?? null),
		held: active === false ? 0 : (held ?? null),
	};
}

function countersOf(v: View): SnapshotFigures["counters"] {
	const counters = { full: v.syncFull ?? null, partialOk: v.syncPartialOk ?? null, partialErr: v.syncPartialErr ?? null };
	return Object.values(counters).every((count) => count === null) ? null : counters;
}

/** What the server measured over the last moments: in all on a primary, so it is divided by its replicas. */
function streamRate(v: View, role: SnapshotFigures["role"], link: SnapshotFigures["link"], replicas: readonly SeenReplica[]): number | null {
	if (role === "replica") {
		const rate = v.instantaneousInputReplKbps;
		return rate === undefined || link !== "up" ? null : rate * 1024;
	}
	const rate = v.instantaneousOutputReplKbps;
	// A snapshot on its way to a replica counts as well.
	if (rate === undefined || replicas.length === 0 || replicas.some(({ state }) => state !== "online")) return null;
	return (rate * 1024) / replicas.length;
}

function ofRole(role: Role): SnapshotFigures {
	switch (role.role) {
		case "master":
			return {
				...nothing,
				role: "primary",
				offset: role.offset ?? null,
				served: role.offset ?? null,
				replicas: role.replicas.map(({ ip, port, offset }) => ({
					address: addressOf(ip, port), state: "online", offset: offset ?? null, lagSeconds: null, channel: false,
				})),
			};
		case "slave":
			return {
				...nothing,
				role: "replica",
				primary: addressOf(role.host, role.port),
				link: role.state === undefined ? null : role.state === "connected" ? "up" : "down",
				linkState: role.state ?? null,
				syncing: role.state === undefined ? null : role.state === "sync",
				offset: role.offset === undefined || role.offset < 0n ? null : role.offset,
			};
		case "sentinel":
			return { ...nothing, role: "sentinel", watched: role.names };
	}
}

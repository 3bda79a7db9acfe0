import { type InfoDump, infoField, type InfoView } from "../../../grammars/info.ts";
import { isLoopback, sameHost } from "../../correlate/snapshots/address.ts";
import type { Snapshots } from "../../correlate/snapshots.ts";
import type { InfoNote } from "../../model/info.ts";
import type { Evidence, Severity } from "../../model/report.ts";
import type { Sighting, SnapshotFigures, SnapshotNode } from "../../model/snapshot.ts";
import { humanBytes, humanDuration } from "../../model/units.ts";
import { seenLine } from "../seen.ts";

interface Seen {
	readonly v: InfoView;
	readonly f: SnapshotFigures;
	readonly node: SnapshotNode;
}

type Told = readonly [Severity, string] | undefined;

/** Something to look at: the field that shows it, and what it says of the node's last INFO that has the field. */
interface Check {
	readonly field: string;
	readonly tell: (seen: Seen) => Told;
}

/** Acknowledgements come every second; from here on something holds them up. */
const lateSeconds = 5;
/** The soft limit of client-output-buffer-limit replica as servers come. */
const softLimit = 64 * 1024 ** 2;
const slowForkMs = 1000;

const checks: readonly Check[] = [
	{
		field: "master_link_status",
		tell: ({ f }) => {
			if (f.link !== "down" || f.syncing === true) return undefined;
			const since = f.downSeconds === null ? "has never been up since the process started" : `has been down for ${humanDuration(f.downSeconds * 1000)}`;
			return ["warning", `the link to ${f.primary ?? "its primary"} ${since}`];
		},
	},
	{
		field: "master_sync_in_progress",
		tell: ({ v, f }) => {
			if (f.syncing !== true) return undefined;
			const read = v.masterSyncReadBytes;
			const total = v.masterSyncTotalBytes ?? 0;
			const far = read === undefined ? "" : total > 0 ? `: ${humanBytes(read)} of ${humanBytes(total)} have arrived` : `: ${humanBytes(read)} have arrived`;
			const still = v.masterSyncLastIoSecondsAgo ?? 0;
			return [still >= lateSeconds ? "warning" : "info", `a full sync is under way${far}${still >= lateSeconds ? `, the last ${still} s ago` : ""}`];
		},
	},
	{
		field: "master_host",
		tell: ({ f, node }) => {
			const { primary, port } = f;
			if (primary === null || (port !== null && !primary.endsWith(`:${port}`))) return undefined;
			// Its own machine and its own port, or an address by which others know it.
			const own = (port !== null && isLoopback(primary)) || node.addresses.some((a) => sameHost(a) === sameHost(primary));
			return own ? ["critical", "it is told to replicate from itself"] : undefined;
		},
	},
	{
		field: "slave_read_only",
		tell: ({ v }) => (v.slaveReadOnly === false ? ["warning", "it is a replica that takes writes: they are lost at its next full sync"] : undefined),
	},
	{
		field: "loading",
		tell: ({ v }) => (v.loading === true ? ["warning", `it is loading its data set${v.loadingEtaSeconds === undefined ? "" : ` (${v.loadingEtaSeconds} s to go)`}: replicas are turned away until then`] : undefined),
	},
	{
		field: "master_failover_state",
		tell: ({ v }) =>
			v.masterFailoverState === undefined || v.masterFailoverState === "no-failover"
				? undefined
				: ["warning", `FAILOVER is under way (${v.masterFailoverState}): replicas that ask meanwhile are turned away`],
	},
	{
		field: "repl_backlog_active",
		tell: ({ f }) =>
			f.backlog?.active === false && f.role === "primary"
				? ["info", "it keeps no backlog: whoever comes back must sync in full"]
				: undefined,
	},
	{
		field: "rdb_last_bgsave_status",
		tell: ({ v }) =>
			v.rdbLastBgsaveStatus === "err"
				? ["warning", "its last BGSAVE failed: with save points and stop-writes-on-bgsave-error it also turns replicas away (MISCONF)"]
				: undefined,
	},
	{
		field: "aof_last_write_status",
		tell: ({ v }) => (v.aofLastWriteStatus === "err" ? ["warning", "its last write to the AOF failed: it refuses writes"] : undefined),
	},
	{
		field: "aof_enabled",
		tell: ({ v, f }) => {
			if (v.aofEnabled !== true) return undefined;
			if (f.role === "replica") return ["info", "AOF is on: a restart loads it, and it holds no replication ID, so a restart costs a full sync"];
			return f.role === "primary" ? ["info", "AOF is on: a restart gives it a new replication ID, so its replicas must sync in full"] : undefined;
		},
	},
	{
		field: "client_output_buffer_limit_disconnections",
		tell: ({ v }) => {
			const closed = v.clientOutputBufferLimitDisconnections ?? 0;
			return closed > 0 ? ["warning", `${closed} clients were closed for their output buffers: with replicas among them, each break of that kind is a lost link`] : undefined;
		},
	},
	{
		field: "mem_clients_slaves",
		tell: ({ v }) =>
			(v.memClientsSlaves ?? 0) >= softLimit
				? ["warning", `the output buffers of its replicas hold ${humanBytes(v.memClientsSlaves ?? 0)}: at 64 MiB for a minute, or 256 MiB at once, a server as it comes closes them`]
				: undefined,
	},
	{
		field: "latest_fork_usec",
		tell: ({ v }) => {
			const ms = (v.latestForkUsec ?? 0) / 1000;
			return ms >= slowForkMs ? ["warning", `its last fork took ${humanDuration(ms)}, in which it answered nobody`] : undefined;
		},
	},
	{
		field: "sentinel_tilt",
		tell: ({ v }) => (Number(v.sentinelTilt ?? 0) > 0 ? ["warning", "the Sentinel is in TILT: it watches but does not act"] : undefined),
	},
];

/** What is worth a look in the last snapshots of each node, the gravest first. */
export function notesOf(snapshots: Snapshots): InfoNote[] {
	const notes = snapshots.nodes.flatMap((node) => [...single(node), ...replicasOf(node), ...watchedBy(node)]);
	const weights: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, info: 2 };
	return [...notes, ...twoPrimaries(snapshots)].sort((a, b) => weights[a.severity] - weights[b.severity]);
}

function single(node: SnapshotNode): InfoNote[] {
	return checks.flatMap(({ field, tell }): InfoNote[] => {
		const sighting = lastWith(node, field);
		const dump = sighting === undefined ? null : dumpOf(sighting);
		if (sighting === undefined || dump === null) return [];
		const told = tell({ v: dump.values, f: sighting.figures, node });
		return told === undefined ? [] : [{ severity: told[0], node: node.id, text: told[1], evidence: evidence(sighting, field) }];
	});
}

const dumpOf = ({ snapshot: { reply } }: Sighting): InfoDump | null => (reply.kind === "info" ? reply.info : null);

function lastWith({ sightings }: SnapshotNode, field: string): Sighting | undefined {
	return sightings.findLast((s) => {
		const dump = dumpOf(s);
		return dump !== null && infoField(dump, field) !== undefined;
	});
}

const evidence = (sighting: Sighting, field: string): Evidence => seenLine(sighting, field) as Evidence;

/** Replicas that are not online, or that acknowledge late. */
function replicasOf(node: SnapshotNode): InfoNote[] {
	const sighting = lastWith(node, "connected_slaves");
	const dump = sighting === undefined ? null : dumpOf(sighting);
	if (sighting === undefined || dump === null) return [];
	return dump.values.slaves.flatMap(({ field, ip, port, state, lag }): InfoNote[] => {
		const name = ip === undefined ? field : `${ip}:${port ?? "?"}`;
		const note = (severity: Severity, text: string): InfoNote[] => [{ severity, node: node.id, text, evidence: evidence(sighting, field) }];
		if (state !== undefined && state !== "online") return note("info", `its replica ${name} is in a full sync (${state})`);
		return lag !== undefined && lag >= lateSeconds ? note("warning", `its replica ${name} acknowledged last ${lag} s ago; every second is normal`) : [];
	});
}

function watchedBy(node: SnapshotNode): InfoNote[] {
	const sighting = lastWith(node, "sentinel_masters") ?? lastWith(node, "master0");
	const dump = sighting === undefined ? null : dumpOf(sighting);
	if (sighting === undefined || dump === null) return [];
	return dump.values.masters.flatMap(({ field, name, status, address }): InfoNote[] => {
		if (status === undefined || status === "ok") return [];
		const severity = status === "odown" ? "critical" : "warning";
		return [{ severity, node: node.id, text: `it takes ${name ?? "a primary"} at ${address ?? "?"} for down (${status})`, evidence: evidence(sighting, field) }];
	});
}

/** Two nodes that say they are primaries of one history: writes to one of them will be discarded. */
function twoPrimaries({ nodes }: Snapshots): InfoNote[] {
	const primaries = nodes.flatMap((node) => {
		const last = node.sightings.findLast(({ figures }) => figures.role !== null && figures.replid !== null);
		return last?.figures.role === "primary" ? [{ node, last }] : [];
	});
	return primaries.flatMap(({ node, last }, i) =>
		primaries.slice(i + 1).flatMap((other): InfoNote[] => {
			const ids = (f: SnapshotFigures): (string | null)[] => [f.replid, f.replid2];
			const common = ids(last.figures).find((id) => id !== null && ids(other.last.figures).includes(id));
			if (common === undefined) return [];
			const text = `${node.name} and ${other.node.name} both say they are primary, and both come from history ${String(common).slice(0, 8)}: what one of them is sent will be discarded`;
			return [{ severity: "critical", node: null, text, evidence: evidence(last, "role") }];
		}),
	);
}

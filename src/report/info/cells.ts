import { sameHost } from "../../correlate/snapshots/address.ts";
import type { InfoNode, InfoReport, InfoSnapshot } from "../../model/info.ts";
import { count, duration, roughly, size } from "../human.ts";
import { type Style, unbroken } from "../text/layout.ts";
import type { TableColumn } from "../text/table.ts";
import type { InfoTimes } from "./times.ts";

/** One row of the table: a snapshot, and the node that gave it. */
export interface Row {
	readonly snapshot: InfoSnapshot;
	readonly node: InfoNode | undefined;
	/** The name of the node, or of those that may have given it. */
	readonly name: string;
	/** Whether the row above is of the same node. */
	readonly same: boolean;
	/** The primary that it follows, by name where it is one of the nodes. */
	readonly primary: string | null;
	/** How many equal rows this one stands for. */
	readonly count: number;
	/** Of a primary: what its slowest replica had not acknowledged, in bytes. */
	readonly behind: number | null;
}

export function rowsOf({ nodes, snapshots }: InfoReport): Row[] {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const byAddress = new Map(nodes.flatMap(({ name, addresses }) => addresses.map((address) => [sameHost(address), name] as const)));
	let before: string | null = null;
	const rows = snapshots.map((snapshot): Row => {
		const node = snapshot.node === null ? undefined : byId.get(snapshot.node);
		const name = node?.name ?? oneOf(snapshot.candidates.map((id) => byId.get(id)?.name ?? id));
		const same = before === name;
		before = name;
		const primary = snapshot.primary === null ? null : (byAddress.get(sameHost(snapshot.primary)) ?? snapshot.primary);
		return { snapshot, node, name, same, primary, count: 1, behind: behindOf(snapshot) };
	});
	return fold(rows);
}

/** Sections that say nothing of replication, and quoted fields, are told as one where they follow each other. */
function fold(rows: readonly Row[]): Row[] {
	const folded: Row[] = [];
	for (const row of rows) {
		const last = folded.at(-1);
		const alike = last !== undefined && row.same && isAside(row) && isAside(last) && showsOf(row.snapshot) === showsOf(last.snapshot);
		if (alike) folded[folded.length - 1] = { ...last, count: last.count + 1 };
		else folded.push(row);
	}
	return folded;
}

const isAside = ({ snapshot: { role, offset, backlog, counters } }: Row): boolean =>
	role === null && offset === null && backlog === null && counters === null;

/** Who may have given it; the problems below the table tell where there is no room for it. */
function oneOf(names: readonly string[]): string {
	const all = names.join(" or ");
	return all.length <= 24 ? all : `one of ${names.length}`;
}

function behindOf({ role, offset, replicas }: InfoSnapshot): number | null {
	if (role !== "primary" || offset === null) return null;
	const behind = replicas.flatMap((r) => (r.offset === null || r.state !== "online" ? [] : Number(BigInt(offset) - BigInt(r.offset))));
	return behind.length === 0 ? null : behind.reduce((most, bytes) => Math.max(most, bytes), 0);
}

/** The columns of the table, the answers first. */
export function columnsOf(times: InfoTimes): TableColumn<Row>[] {
	return [
		{ title: "#", cell: ({ snapshot: { index }, count: rows }) => (rows === 1 ? `${index}` : `${index}–${index + rows - 1}`), style: () => "dim" },
		{ title: "NODE", cell: ({ name, same }) => (same ? "" : name), style: () => "bold" },
		{ title: "AT", cell: ({ snapshot }) => whenOf(snapshot, times), spare: 1 },
		{ title: "ROLE", cell: ({ snapshot }) => snapshot.role ?? "" },
		{ title: "LINK", cell: linkOf, style: ({ snapshot }) => linkStyle(snapshot) },
		{ title: "OFFSET", cell: ({ snapshot }) => (snapshot.offset === null ? "" : String(snapshot.offset)), spare: 3 },
		{ title: "LAG", cell: lagOf, spare: 2, style: (row) => (lagSeconds(row) >= 5 ? "warn" : "plain") },
		{ title: "BACKLOG", cell: backlogOf },
		{ title: "SYNCS", cell: ({ snapshot }) => syncsOf(snapshot), optional: 1 },
		{ title: "HISTORY", cell: ({ snapshot }) => historyOf(snapshot), optional: 2, style: () => "dim" },
		{ title: "VERSION", cell: ({ snapshot }) => snapshot.version ?? "", optional: 4 },
		{ title: "SHOWS", cell: ({ snapshot }) => showsOf(snapshot), style: () => "dim" },
	];
}

const whenOf = ({ time, utc, line }: InfoSnapshot, times: InfoTimes): string =>
	unbroken(time !== null ? times.second(time) : utc !== null ? times.utc(utc) : `line ${line}`);

function linkOf({ primary, snapshot }: Row): string {
	const { role, link, downMs, syncing, replicas, silentMs } = snapshot;
	if (role === "primary") {
		const online = replicas.filter(({ state }) => state === "online").length;
		const others = replicas.length - online;
		if (replicas.length === 0) return "no replica";
		return others === 0 ? `${count(online, "replica")}` : `${online} of ${count(replicas.length, "replica")} online`;
	}
	if (role === "sentinel") return watchedBy(snapshot);
	if (role !== "replica") return "";
	const to = primary === null ? "" : ` → ${primary}`;
	if (syncing === true) return `full sync${to}`;
	if (link === "down") return `down${downMs === null ? "" : ` ${roughly(downMs)}`}${to}`;
	if (link === "up") return `up${silentMs !== null && silentMs >= 10_000 ? `, silent ${roughly(silentMs)}` : ""}${to}`;
	return to.trim();
}

/** What a Sentinel watches: `mymaster → 10.0.0.1:6379`. */
function watchedBy({ fields }: InfoSnapshot): string {
	const told = Object.entries(fields["Sentinel"] ?? {}).flatMap(([field, value]) => {
		if (!/^master\d+$/.test(field) || typeof value !== "object") return [];
		const { name = "?", status = "ok", address = "?" } = value;
		return `${status === "ok" ? "" : `${status}: `}${name} → ${address}`;
	});
	return told.length <= 2 ? told.join(", ") : `watches ${told.length} primaries`;
}

function linkStyle({ role, link, syncing, replicas }: InfoSnapshot): Style {
	if (role === "primary") return replicas.some(({ state }) => state !== "online") ? "warn" : "plain";
	if (syncing === true) return "warn";
	return link === "down" ? "bad" : link === "up" ? "good" : "plain";
}

const lagSeconds = ({ snapshot: { replicas } }: Row): number => Math.max(0, ...replicas.map((r) => r.lagSeconds ?? 0));

function lagOf(row: Row): string {
	const seconds = row.snapshot.replicas.some((r) => r.lagSeconds !== null) ? `${lagSeconds(row)} s` : "";
	return [seconds, row.behind === null ? "" : size(row.behind)].filter((part) => part !== "").map(unbroken).join(", ");
}

function backlogOf({ snapshot: { backlog }, node }: Row): string {
	if (backlog === null) return "";
	if (backlog.active === false) return "none";
	if (backlog.size === null) return "";
	const rate = node?.rate?.bytesPerSecond ?? 0;
	return rate <= 0 ? size(backlog.size) : `${unbroken(size(backlog.size))}, ${unbroken(roughly(Math.round((backlog.size * 1000) / rate)))}`;
}

function syncsOf({ counters }: InfoSnapshot): string {
	if (counters === null) return "";
	const { full, partialOk, partialErr } = counters;
	return `${full ?? "?"} full, ${partialOk ?? "?"} partial${(partialErr ?? 0) > 0 ? `, ${partialErr} refused` : ""}`;
}

function historyOf({ replid, replid2, secondOffset }: InfoSnapshot): string {
	if (replid === null) return "";
	const former = replid2 === null ? "" : ` (${replid2.slice(0, 8)}${secondOffset === null ? "" : ` up to ${secondOffset}`})`;
	return `${replid.slice(0, 8)}${former}`;
}

/** What it is, where it is not the whole of INFO's replication. */
function showsOf({ kind, role, sections }: InfoSnapshot): string {
	if (kind === "role") return "ROLE";
	if (role !== null) return "";
	return sections.length > 3 ? "INFO" : sections.join(" ");
}

/** `42.5 s`; exact times are of no use here. */
export const span = (ms: number): string => (ms < 60_000 ? roughly(ms) : duration(ms));

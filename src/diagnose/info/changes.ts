import { type InfoDump, infoField } from "../../../grammars/info.ts";
import type { FieldChange, InfoChange } from "../../model/info.ts";
import { between, type Sighting } from "../../model/snapshot.ts";
import { growth } from "./rates.ts";

/** Fields of which a change matters to replication, in the order in which they are told. */
const watched = [
	"redis_version", "valkey_version", "run_id", "role", "master_host", "master_port", "master_link_status",
	"master_sync_in_progress", "master_failover_state", "master_replid", "master_replid2", "connected_slaves",
	"repl_backlog_active", "repl_backlog_size", "sync_full", "sync_partial_ok", "sync_partial_err",
	"master_total_sync_attempts", "client_output_buffer_limit_disconnections", "client_query_buffer_limit_disconnections",
	"loading", "rdb_last_bgsave_status", "aof_enabled", "aof_last_write_status", "maxmemory", "maxmemory_policy",
	"evicted_keys", "rejected_connections", "unexpected_error_replies",
] as const;
/** Families of which a change matters. */
const families = /^(?:slave|db)\d+$/;

type Listed = { readonly index: number; readonly sighting: Sighting };

/** What changed from one snapshot of a node to the next, by the ones that hold more than a remark. */
export function changesOf(node: string, listed: readonly Listed[]): InfoChange[] {
	const changes: InfoChange[] = [];
	// INFO of one section is held against the last that shows the same.
	const last = new Map<string, Listed>();
	for (const one of listed) {
		const views = viewsOf(one.sighting);
		const [newer, older] = [...new Set(views.flatMap((view) => last.get(view) ?? []))].sort((a, b) => b.index - a.index);
		// The older one tells only what the newer one does not show.
		for (const [before, but] of [[older, newer], [newer, undefined]] as const) {
			if (before === undefined || !isOrdered(before.sighting, one.sighting)) continue;
			const told = change(node, before, one, but === undefined ? null : but.sighting);
			if (but === undefined || told.fields.length > 0 || told.bytes !== null) changes.push(told);
		}
		for (const view of views) last.set(view, one);
	}
	return changes;
}

/** What a snapshot shows of replication; ROLE and INFO are held against their like. */
function viewsOf({ snapshot: { reply }, figures }: Sighting): string[] {
	if (reply.kind !== "info") return [];
	return [...(figures.role !== null || figures.offset !== null ? ["replication"] : []), ...(figures.counters !== null ? ["counters"] : [])];
}

/** Whether anything tells which of the two came first. */
function isOrdered(a: Sighting, b: Sighting): boolean {
	if (a.snapshot.place.input === b.snapshot.place.input || between(a, b) !== null) return true;
	return a.figures.offset !== null && b.figures.offset !== null && a.figures.offset !== b.figures.offset;
}

function change(node: string, from: Listed, to: Listed, but: Sighting | null): InfoChange {
	const grown = but?.figures.offset == null ? growth(from.sighting, to.sighting) : null;
	const ms = between(from.sighting, to.sighting);
	const a = dumpOf(from.sighting);
	const b = dumpOf(to.sighting);
	const runs = [a, b].map((dump) => dump?.values.runId);
	return {
		node,
		from: from.index,
		to: to.index,
		ms,
		restarted: runs[0] !== undefined && runs[1] !== undefined && runs[0] !== runs[1],
		bytes: grown?.bytes ?? null,
		bytesPerSecond: grown?.ms == null || grown.ms < 1000 ? null : Math.round((grown.bytes * 10_000) / grown.ms) / 10,
		fields: a === null || b === null ? [] : fieldsThatChanged(a, b, but === null ? null : dumpOf(but)),
	};
}

const dumpOf = ({ snapshot: { reply } }: Sighting): InfoDump | null => (reply.kind === "info" ? reply.info : null);

function fieldsThatChanged(a: InfoDump, b: InfoDump, but: InfoDump | null): FieldChange[] {
	const names = [...watched, ...namesOf(a, b)];
	return names.flatMap((field): FieldChange[] => {
		const from = valueOf(a, field);
		const to = valueOf(b, field);
		// What one of the two does not show at all has not changed: it was another section.
		if (from === to || !shows(a, field) || !shows(b, field) || (but !== null && shows(but, field))) return [];
		const by = from === null || to === null ? null : Number(to) - Number(from);
		return [{ field, from, to, by: by === null || !Number.isSafeInteger(by) ? null : by }];
	});
}

/** Members of the families that either shows: a replica that left is a change. */
function namesOf(a: InfoDump, b: InfoDump): string[] {
	const names = new Set<string>();
	for (const dump of [a, b]) {
		for (const fields of dump.sections.values()) for (const name of fields.keys()) if (families.test(name)) names.add(name);
	}
	return [...names].sort((x, y) => x.localeCompare(y, "en", { numeric: true }));
}

/** The value as it is compared: of a replica its address and state, of a database its keys. */
function valueOf(dump: InfoDump, field: string): string | null {
	const found = infoField(dump, field);
	if (found === undefined) return null;
	if (typeof found.value !== "object") return /^0{40}$/.test(found.text) ? null : found.text;
	const part = (key: string): string => (found.value as ReadonlyMap<string, string>).get(key) ?? "?";
	return field.startsWith("db") ? part("keys") : `${part("ip")}:${part("port")} ${part("state")}`;
}

/** Whether the dump would show the field if it were there: a section may be cut off. */
function shows(dump: InfoDump, field: string): boolean {
	if (infoField(dump, field) !== undefined) return true;
	return field.startsWith("db") ? dump.sections.has("Keyspace") : families.test(field) && infoField(dump, "connected_slaves") !== undefined;
}

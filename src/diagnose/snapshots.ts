import type { Story } from "../correlate/index.ts";
import type { HeldReplicationId, Offset, Problem, ReportNode, ReportSnapshot } from "../model/report.ts";
import type { Sighting, SnapshotNode } from "../model/snapshot.ts";
import { exact } from "../model/units.ts";
import { iso } from "./evidence.ts";

const number = (value: bigint | null): Offset | null => (value === null ? null : exact(value));

/** The snapshots as the report lists them. */
export function describeSnapshots({ snapshots }: Story): ReportSnapshot[] {
	return snapshots.all.map(describeSighting);
}

/** One snapshot as the report shows it. */
export function describeSighting({ snapshot, figures: f, node, candidates, proof, by, time }: Sighting): ReportSnapshot {
	return {
		input: snapshot.place.input,
		line: snapshot.place.line,
		kind: snapshot.reply.kind,
		node: node?.id ?? null,
		candidates: candidates.map(({ id }) => id),
		proof,
		by,
		time: iso(time?.at ?? null),
		boundMs: time?.bound ?? null,
		clock: time?.by ?? null,
		role: f.role,
		version: f.version,
		runId: f.runId,
		pid: f.pid,
		replid: f.replid,
		replid2: f.replid2,
		secondOffset: number(f.secondOffset),
		offset: number(f.offset),
		primary: f.primary,
		link: f.link,
		replicas: f.replicas.map(({ address, state, offset, lagSeconds }) => ({ address, state, offset: number(offset), lagSeconds })),
		backlog:
			f.backlog === null
				? null
				: { active: f.backlog.active, size: f.backlog.size, firstOffset: number(f.backlog.first), held: f.backlog.held },
		counters: f.counters,
	};
}

/** Nodes that no log shows, by their snapshots. */
export function describeSeenNodes({ snapshots }: Story): ReportNode[] {
	return snapshots.nodes.filter(({ server, sightings }) => server === null && sightings.length > 0).map(describeSeenNode);
}

function describeSeenNode({ id, name, addresses, sightings }: SnapshotNode): ReportNode {
	const at = ({ time }: Sighting): string | null => iso(time?.at ?? null);
	const roles: { role: "primary" | "replica"; from: string | null }[] = [];
	const ids: { -readonly [K in keyof HeldReplicationId]: HeldReplicationId[K] }[] = [];
	const lives = new Map<string, ReportNode["lives"][number]>();
	for (const sighting of sightings) {
		const { role, replid, runId, pid, version, uptimeSeconds } = sighting.figures;
		if ((role === "primary" || role === "replica") && roles.at(-1)?.role !== role) roles.push({ role, from: at(sighting) });
		const last = ids.at(-1);
		if (replid !== null && last?.id !== replid) {
			if (last !== undefined) last.to = at(sighting);
			ids.push({ id: replid, from: at(sighting), to: null, how: "seen" });
		}
		const run = runId ?? (pid === null ? null : `${pid}`);
		if (run === null || lives.has(run)) continue;
		const { time } = sighting;
		const startedAt = time === null || uptimeSeconds === null ? null : iso(time.at - uptimeSeconds * 1000);
		lives.set(run, { pid, version, startedAt, endedAt: null, end: "log-ends" });
	}
	return {
		id,
		name,
		addresses,
		roles,
		lives: [...lives.values()],
		replicationIds: ids,
		clock: { reference: false, offsetMs: null, boundMs: null, pairs: 0, zone: null },
	};
}

/** What snapshots say that their logs contradict, or that cannot be told. */
export function snapshotProblems({ snapshots }: Story): Problem[] {
	return [...strangers(snapshots.all), ...ambiguous(snapshots.all)];
}

function strangers(all: readonly Sighting[]): Problem[] {
	const problems: Problem[] = [];
	const told = new Set<string>();
	for (const { snapshot, stranger, figures } of all) {
		const { input, line } = snapshot.place;
		const key = `${input}\n${figures.runId ?? figures.pid}`;
		if (stranger === null || told.has(key)) continue;
		told.add(key);
		const text = `${input}:${line}: this ${snapshot.reply.kind.toUpperCase()} is of ${stranger}`;
		problems.push({ code: "other-process", input, line, text });
	}
	return problems;
}

/** One problem for all snapshots that the same nodes could have given. */
function ambiguous(all: readonly Sighting[]): Problem[] {
	const groups = new Map<string, Sighting[]>();
	for (const sighting of all) {
		const { role, offset } = sighting.figures;
		// A quoted field or two are nobody's loss.
		if (sighting.node !== null || sighting.candidates.length === 0 || (role === null && offset === null)) continue;
		const key = sighting.candidates.map(({ id }) => id).sort().join("\n");
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [sighting]);
		else group.push(sighting);
	}
	return [...groups.values()].map((group) => {
		const { snapshot, candidates } = group[0] as Sighting;
		const { input, line } = snapshot.place;
		const places = group.map((s) => `${s.snapshot.place.input}:${s.snapshot.place.line}`);
		const shown = places.length > 4 ? [...places.slice(0, 3), `${places.length - 3} more`] : places;
		const names = candidates.map(({ name }) => name).sort();
		const what = group.length === 1 ? `this ${snapshot.reply.kind.toUpperCase()}` : "each of these";
		const text = `${shown.join(", ")}: ${what} may be of ${names.slice(0, -1).join(", ")} or ${names.at(-1)}, and nothing in it tells which`;
		return { code: "ambiguous-node", input, line, text };
	});
}

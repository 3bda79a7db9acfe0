import { compare } from "../../correlate/identity.ts";
import type { Story } from "../../correlate/index.ts";
import type { InfoNode, InfoReport, InfoSnapshot } from "../../model/info.ts";
import type { Sighting, SnapshotNode } from "../../model/snapshot.ts";
import { toldOnce } from "../../input/problems.ts";
import type { Readings } from "../../model/stream.ts";
import { iso } from "../evidence.ts";
import { describeNodes } from "../nodes.ts";
import { describeSighting, snapshotProblems } from "../snapshots.ts";
import { changesOf } from "./changes.ts";
import { fieldsOf } from "./fields.ts";
import { forecastsOf } from "./forecast.ts";
import { notesOf } from "./notes.ts";
import { rateOf } from "./rates.ts";

/** Tells what the snapshots show: of each node, between them, and what a reconnect now would cost. */
export function buildInfo(readings: Readings, story: Story, version: string): InfoReport {
	const { snapshots } = story;
	const nodes = snapshots.nodes
		.filter(({ sightings }) => sightings.length > 0)
		.sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id));
	const listed = [...nodes.flatMap(({ sightings }) => sightings), ...snapshots.all.filter(({ node }) => node === null)];
	const index = new Map(listed.map((sighting, i) => [sighting, i + 1]));
	const indexOf = (sighting: Sighting): number => index.get(sighting) ?? 0;
	const reference = describeNodes(story).find(({ clock }) => clock.reference);
	return {
		schemaVersion: 1,
		generator: { name: "rlog", version },
		zone: story.servers.length === 0 ? "UTC" : (reference?.clock.zone ?? null),
		nodes: nodes.map((node) => describe(node, story, indexOf)),
		snapshots: listed.map((sighting) => snapshotOf(sighting, indexOf(sighting))),
		changes: nodes.flatMap(({ id, sightings }) => changesOf(id, sightings.map((sighting) => ({ sighting, index: indexOf(sighting) })))),
		forecasts: forecastsOf(snapshots, indexOf),
		notes: notesOf(snapshots),
		problems: toldOnce([...readings.problems, ...snapshotProblems(story)]),
		summary: { nodes: nodes.length, snapshots: listed.length, text: summary(nodes, listed) },
	};
}

function describe(node: SnapshotNode, { snapshots }: Story, indexOf: (sighting: Sighting) => number): InfoNode {
	const { id, name, addresses, sightings } = node;
	const last = <T>(get: (sighting: Sighting) => T | null | undefined): T | null =>
		sightings.map(get).findLast((value) => value != null) ?? null;
	const rate = rateOf(node, snapshots);
	const backlog = last(({ figures }) => figures.backlog);
	const size = backlog?.active === false ? null : (backlog?.size ?? null);
	return {
		id,
		name,
		addresses,
		role: last(({ figures }) => figures.role),
		version: last(({ figures }) => figures.version),
		rate,
		backlogBytes: backlog?.size ?? null,
		coversMs: size === null || rate === null || rate.bytesPerSecond <= 0 ? null : Math.round((size * 1000) / rate.bytesPerSecond),
		snapshots: sightings.map(indexOf),
	};
}

function snapshotOf(sighting: Sighting, index: number): InfoSnapshot {
	const { figures, snapshot } = sighting;
	const ms = (seconds: number | null): number | null => (seconds === null ? null : seconds * 1000);
	const info = snapshot.reply.kind === "info" ? snapshot.reply.info : null;
	return {
		index,
		...describeSighting(sighting),
		sections: info === null ? [] : [...info.sections.keys()].filter((name) => name !== ""),
		utc: iso(sighting.utc),
		port: figures.port,
		uptimeMs: ms(figures.uptimeSeconds),
		syncing: figures.syncing,
		downMs: ms(figures.downSeconds),
		silentMs: ms(figures.silentSeconds),
		fields: info === null ? {} : fieldsOf(info),
	};
}

function summary(nodes: readonly SnapshotNode[], listed: readonly Sighting[]): string {
	const count = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`;
	if (listed.length === 0) return "No reply of INFO or ROLE in these inputs.";
	return `${count(listed.length, "snapshot")} of ${count(nodes.length, "node")}.`;
}

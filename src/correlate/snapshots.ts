import type { Proof } from "../model/report.ts";
import type { Sighting, SnapshotNode, SnapshotTime } from "../model/snapshot.ts";
import type { ProcessLife, Server } from "../model/story.ts";
import type { Clocks } from "./clocks.ts";
import { baseName, compare } from "./identity.ts";
import { portOf } from "./join/addresses.ts";
import { sameHost } from "./snapshots/address.ts";
import type { Identified, LogFacts } from "./snapshots/identify.ts";
import { Growth } from "./snapshots/offsets.ts";
import { lifeOf, timeOf } from "./snapshots/place.ts";
import type { Reading, Subject } from "./snapshots/subject.ts";

export { identify, type Identified } from "./snapshots/identify.ts";
export { zonesBySnapshots } from "./snapshots/place.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The INFO and ROLE replies among the inputs, each with the server that gave it and the time at which. */
export class Snapshots {
	/** In the order of the inputs' names, then of their lines. */
	readonly all: readonly Sighting[];
	/** Servers of which there are snapshots. */
	readonly nodes: readonly SnapshotNode[];
	/** How far each history had grown when. */
	readonly growth: Growth;

	constructor(found: readonly Identified[], facts: LogFacts, clocks: Clocks) {
		this.growth = new Growth();
		if (found.length > 0) this.growth.noteHandshakes(facts.tries, facts.sessions, (server, event) => clocks.time(server, event));
		const nodes = new Map<Subject, Mutable<SnapshotNode>>();
		const ids = new Set(facts.servers.map(({ id }) => id));
		for (const { subject, candidates } of found) {
			for (const one of subject === null ? candidates : [subject]) {
				if (!nodes.has(one)) nodes.set(one, nodeOf(one, ids));
			}
		}
		const sightings = found.flatMap((one) => sightingsOf(one, nodes, clocks));
		sightings.sort((a, b) => byPlace(a, b));
		this.#noteOffsets(sightings);
		for (const node of nodes.values()) node.sightings = sightings.filter((s) => s.node === node);
		for (const sighting of sightings) sighting.time ??= this.#timeByOffset(sighting, facts);
		this.all = sightings;
		for (const node of nodes.values()) node.sightings = inTime(node.sightings);
		this.nodes = [...nodes.values()].sort((a, b) => compare(a.id, b.id));
	}

	/** The snapshots of a server, in the order of time. */
	of(server: Server | null, address: string | null): readonly Sighting[] {
		return this.node(server, address)?.sightings ?? [];
	}

	node(server: Server | null, address: string | null): SnapshotNode | undefined {
		if (server !== null) return this.nodes.find((node) => node.server === server);
		if (address === null) return undefined;
		const wanted = sameHost(address);
		return this.nodes.find((node) => node.addresses.some((own) => sameHost(own) === wanted));
	}

	#noteOffsets(sightings: readonly Sighting[]): void {
		for (const { figures: { role, replid, offset, link }, time } of sightings) {
			// A replica whose link is down stands still while the history grows.
			if (role === "primary" || link === "up") this.growth.note(replid, offset, time?.at ?? null);
		}
	}

	#timeByOffset({ figures, node, candidates }: Sighting, { histories }: LogFacts): SnapshotTime | null {
		const { offset, replid } = figures;
		if (offset === null) return null;
		const growing = figures.role === "primary" ? figures.replicas.length > 0 : figures.link === "up";
		const ids = (node === null ? candidates : [node]).flatMap(({ server, sightings }) => [
			...(server === null ? [] : histories.of(server).map((held) => held.replid)),
			...sightings.map(({ figures }) => figures.replid),
		]);
		for (const id of new Set([replid, ...ids.reverse()])) {
			const time = id === null ? null : this.growth.timeOf(id, offset, growing);
			if (time !== null) return time;
		}
		return null;
	}
}

function sightingsOf({ unit, subject, candidates, proof, by }: Identified, nodes: ReadonlyMap<Subject, SnapshotNode>, clocks: Clocks): Mutable<Sighting>[] {
	const node = subject === null ? null : (nodes.get(subject) ?? null);
	return unit.readings.map((reading) => {
		const server = subject?.server ?? null;
		const life = server === null ? null : lifeOf(reading, server);
		const time = timeOf(reading, server, life, clocks);
		return {
			snapshot: reading.snapshot,
			stream: reading.stream,
			figures: reading.figures,
			node,
			candidates: subject === null ? candidates.flatMap((one) => nodes.get(one) ?? []) : [],
			proof: subject === null ? ("unknown" satisfies Proof) : proof,
			by,
			life,
			stranger: server === null || life !== null ? null : strangerOf(reading, server, time, clocks),
			time,
			utc: reading.utc?.ms ?? null,
		};
	});
}

/** How a process that the server's log does not show lies to it. */
function strangerOf({ figures: { pid, uptimeSeconds } }: Reading, server: Server, time: SnapshotTime | null, clocks: Clocks): string | null {
	if (pid === null || server.lives.every((life) => life.pid === null)) return null;
	const shown = server.lives.map((life: ProcessLife) => life.pid).filter((p) => p !== null);
	const processes = shown.length === 1 ? `process ${shown[0]} only` : `processes ${shown.slice(0, 4).join(", ")}${shown.length > 4 ? " …" : ""}`;
	const last = Math.max(...server.streams.map(({ to }) => to ?? Number.NEGATIVE_INFINITY));
	const first = Math.min(...server.streams.map(({ from }) => from ?? Number.POSITIVE_INFINITY));
	const started = time === null || uptimeSeconds === null ? null : time.at - uptimeSeconds * 1000;
	const when =
		started !== null && Number.isFinite(last) && started > clocks.convert(server, last)
			? "it started after the log's last line, by a restart that the log does not show"
			: time !== null && Number.isFinite(first) && time.at < clocks.convert(server, first)
				? "it ran before the log begins"
				: time === null
					? "whether it ran before or after what the log shows is not to be told"
					: "it is another server's, or one of which the log is missing";
	return `process ${pid}, and the log of ${server.name} shows ${processes}: ${when}`;
}

function nodeOf(subject: Subject, ids: Set<string>): Mutable<SnapshotNode> {
	const { server } = subject;
	const addresses = addressesOf(subject);
	if (server !== null) return { id: server.id, name: server.name, server, addresses, sightings: [] };
	const name = subject.label ?? subject.units.find(({ label }) => label !== null)?.label ?? addresses[0] ?? nameByInput(subject);
	// Peers call it by its address, and so do the resyncs of the report.
	const wanted = subject.address ?? name;
	let id = wanted;
	for (let n = 2; ids.has(id); n++) id = `${wanted}#${n}`;
	ids.add(id);
	return { id, name, server, addresses, sightings: [] };
}

function addressesOf({ address, addresses, units }: Subject): string[] {
	const prompts = units.flatMap(({ readings }) => readings.flatMap(({ snapshot }) => snapshot.address ?? []));
	const all = [...(address === null ? [] : [address]), ...prompts, ...addresses].filter((one) => portOf(one) !== undefined);
	const seen = new Set<string>();
	return all.filter((one) => {
		const key = sameHost(one);
		return seen.has(key) ? false : seen.add(key) !== undefined;
	});
}

function nameByInput({ units, ports }: Subject): string {
	const stream = units[0]?.readings[0]?.stream;
	// Where the input floor found several nodes without a name, it calls them by their lines.
	const line = /^line (\d+)/.exec(stream?.label ?? "")?.[1];
	if (stream !== undefined && stream.input !== "-") return `${baseName(stream.input)}${line === undefined ? "" : `:${line}`}`;
	const [port] = ports;
	return port === undefined ? "stdin" : `:${port}`;
}

const byPlace = (a: Sighting, b: Sighting): number =>
	compare(a.snapshot.place.input, b.snapshot.place.input) || a.snapshot.place.line - b.snapshot.place.line;

/** By time; those of inputs without any time by their offsets, else behind the others. */
function inTime(sightings: readonly Sighting[]): Sighting[] {
	const inputs = new Map<string, Sighting[]>();
	for (const sighting of sightings) {
		const { input } = sighting.snapshot.place;
		const ones = inputs.get(input);
		if (ones === undefined) inputs.set(input, [sighting]);
		else ones.push(sighting);
	}
	// Where not all can be set beside the logs, the server's own clock tells the order of more.
	const own = sightings.filter(({ utc }) => utc !== null).length > sightings.filter(({ time }) => time !== null).length;
	const at = (sighting: Sighting): number | null => (own ? sighting.utc : (sighting.time?.at ?? null));
	const isTimed = (ones: readonly Sighting[]): boolean => ones.some((one) => at(one) !== null);
	const ordered = timed([...inputs.values()].filter(isTimed), at);
	const rest = [...inputs.values()].filter((ones) => !isTimed(ones));
	for (const ones of rest.sort((a, b) => byOffset(firstOffset(a), firstOffset(b)))) {
		const offset = firstOffset(ones);
		const before = offset === null ? -1 : ordered.findLastIndex(({ figures }) => figures.offset !== null && figures.offset <= offset);
		ordered.splice(before < 0 && offset === null ? ordered.length : before + 1, 0, ...ones);
	}
	return ordered;
}

/** Those without a time stand behind the one above them in their own input. */
function timed(inputs: readonly (readonly Sighting[])[], timeOf: (sighting: Sighting) => number | null): Sighting[] {
	return inputs
		.flatMap((own) => {
			let at = Number.NEGATIVE_INFINITY;
			return own.map((sighting) => ({ sighting, at: (at = timeOf(sighting) ?? at) }));
		})
		.map((one, order) => ({ ...one, order }))
		.sort((a, b) => a.at - b.at || a.order - b.order)
		.map(({ sighting }) => sighting);
}

const firstOffset = (own: readonly Sighting[]): bigint | null => own.find(({ figures }) => figures.offset !== null)?.figures.offset ?? null;

function byOffset(a: bigint | null, b: bigint | null): number {
	if (a === null || b === null) return Number(a === null) - Number(b === null);
	return a < b ? -1 : a > b ? 1 : 0;
}

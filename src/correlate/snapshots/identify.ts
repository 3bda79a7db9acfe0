import type { Proof } from "../../model/report.ts";
import type { Server, Session, Try } from "../../model/story.ts";
import type { LogStream } from "../../model/stream.ts";
import type { Histories } from "../histories.ts";
import { type Addresses, compare } from "../identity.ts";
import { portOf } from "../join/addresses.ts";
import { sameHost } from "./address.ts";
import { type Evidence, weigh } from "./evidence.ts";
import { figuresOf } from "./figures.ts";
import { labelOf, type Reading, Subject, subjectsOfLogs, subjectsOfPeers, type Unit } from "./subject.ts";
import { utcOf } from "./utc.ts";

/** Less than this speaks for no server in particular. */
const least = 5;
/** By so much the best must stand out among several. */
const margin = 4;

/** What was found of the snapshots of one unit. */
export interface Identified {
	readonly unit: Unit;
	/** Null where several servers could have given them. */
	readonly subject: Subject | null;
	readonly candidates: readonly Subject[];
	readonly proof: Proof;
	readonly by: readonly string[];
}

/** What of the logs the snapshots are held against. */
export interface LogFacts {
	readonly servers: readonly Server[];
	readonly tries: readonly Try[];
	readonly sessions: readonly Session[];
	readonly histories: Histories;
	readonly addresses: Addresses;
}

/** Finds the server of every snapshot: by what both it and the logs (or other snapshots) print, never by file names. */
export function identify(streams: readonly LogStream[], facts: LogFacts): Identified[] {
	const units = unitsOf(streams, facts.servers);
	if (units.length === 0) return [];
	const { servers, tries, sessions, histories, addresses } = facts;
	const ofLogs = subjectsOfLogs(servers, tries, sessions, histories, addresses);
	const subjects = new Subjects([...ofLogs.values(), ...subjectsOfPeers(tries, sessions, addresses)]);
	const found: Identified[] = [];
	const kinds = [isStrong, (unit: Unit) => !isStrong(unit) && hasInfo(unit), (unit: Unit) => !hasInfo(unit)];
	for (const kind of kinds) {
		const own = units.filter(kind);
		// Those that leave no doubt first: what they show helps with the others.
		const byWeight = own
			.map((unit, order) => ({ unit, order, weight: subjects.weighAll(unit)[0]?.weight ?? 0 }))
			.sort((a, b) => b.weight - a.weight || a.order - b.order);
		for (const { unit } of byWeight) found.push(subjects.settle(unit));
		subjects.learnAddresses();
	}
	return found;
}

const hasInfo = ({ readings }: Unit): boolean => readings.some(({ snapshot }) => snapshot.reply.kind === "info");
const isStrong = ({ readings }: Unit): boolean => readings.some(({ figures: { runId, port } }) => runId !== null || port !== null);

class Subjects {
	readonly #all: Subject[];

	constructor(subjects: Subject[]) {
		this.#all = subjects;
	}

	/** The servers that a unit may be of, the likeliest first. */
	weighAll(unit: Unit): Evidence[] {
		return this.#all.flatMap((s) => weigh(unit, s) ?? []).sort((a, b) => b.weight - a.weight);
	}

	settle(unit: Unit): Identified {
		const info = hasInfo(unit);
		const weighed = this.weighAll(unit).filter(
			// Two dumps of a section that names nobody may be of two servers, however alike they are.
			({ subject, own, certain }) =>
				!info || subject.server !== null || subject.address !== null || own || certain || subject.units.some((u) => u === unit.above),
		);
		const [best] = weighed;
		if (best !== undefined && best.weight >= least) {
			const rivals = weighed.filter(({ weight, subject }) => subject !== best.subject && weight > best.weight - margin);
			if (rivals.length === 0) return this.#take(unit, best, best.certain ? "proven" : best.own ? "supported" : "inferred");
			const tied = [best, ...rivals];
			if (tied.every(({ subject }) => subject.server === null) && info) {
				// Names of one primary: there is one in a history at a time.
				if (unit.readings.some(({ figures }) => figures.role === "primary")) return this.#take(unit, best, "inferred");
			} else {
				return { unit, subject: null, candidates: tied.map(({ subject }) => subject), proof: "unknown", by: best.by };
			}
		}
		const subject = new Subject(null, null, unit.label);
		this.#all.push(subject);
		return this.#take(unit, { subject, weight: 0, by: [], certain: false, own: false }, "supported");
	}

	#take(unit: Unit, { subject, by }: Evidence, proof: Proof): Identified {
		subject.take(unit);
		return { unit, subject, candidates: [subject], proof, by };
	}

	/** Servers that the snapshots name as their primaries and replicas. */
	learnAddresses(): void {
		for (const subject of [...this.#all]) {
			for (const { figures } of subject.units.flatMap(({ readings }) => readings)) {
				for (const { address } of figures.replicas) {
					if (address !== null) this.#learn(address, subject, "replica", figures.replid);
				}
				if (figures.primary !== null) this.#learn(figures.primary, subject, "primary", figures.link === "up" ? figures.replid : null);
			}
		}
	}

	#learn(address: string, by: Subject, role: "primary" | "replica", replid: string | null): void {
		let subject = this.#behind(address, role, by);
		if (subject === undefined) {
			subject = new Subject(null, address, null);
			subject.roles.add(role);
			this.#all.push(subject);
		}
		if (subject === by) return;
		subject.addAddress(address);
		if (replid !== null) subject.replids.add(replid);
		if (subject.server !== null) return;
		for (const own of by.addresses) (role === "replica" ? subject.targets : subject.peers).add(own);
	}

	/** The server behind an address: known by it, else the only one that listens on its port. */
	#behind(address: string, role: "primary" | "replica", by: Subject): Subject | undefined {
		const known = this.#all.find(({ addresses }) => addresses.has(sameHost(address)));
		if (known !== undefined) return known;
		const port = portOf(address);
		const listening = this.#all.filter(
			(s) => s !== by && s.address === null && s.addresses.size === 0 && port !== undefined && s.ports.has(port) && (s.roles.size === 0 || s.roles.has(role)),
		);
		const others = this.#all.filter((s) => s.ports.size === 0 && s.address === null);
		return listening.length === 1 && others.length === 0 ? listening[0] : undefined;
	}
}

/** Snapshots that one server gave: those of one node in one text, and those with one run ID. */
function unitsOf(streams: readonly LogStream[], servers: readonly Server[]): Unit[] {
	const units: Unit[] = [];
	const sorted = [...streams].sort((a, b) => compare(a.input, b.input) || firstLine(a) - firstLine(b));
	for (const stream of sorted) {
		const server = servers.find((s) => s.streams.includes(stream)) ?? null;
		let ofStream: Unit | null = null;
		for (const snapshot of stream.snapshots) {
			const { reply } = snapshot;
			const utc = reply.kind === "info" ? utcOf(reply.info) : null;
			const reading: Reading = { snapshot, stream, figures: figuresOf(snapshot), utc };
			// What names nobody stands with the node that is spoken of above it, which is no proof.
			const above: Server | Unit | null = snapshot.named ? null : (server ?? ofStream);
			if (ofStream !== null && above === null) ofStream.readings.push(reading);
			else {
				const label = labelOf(stream) ?? snapshot.label;
				const unit: Unit = { readings: [reading], home: server, above, label: above === null ? label : null };
				units.push(unit);
				if (above === null) ofStream = unit;
			}
		}
	}
	return joinByRunId(units);
}

const firstLine = ({ snapshots, first }: LogStream): number => snapshots[0]?.place.line ?? first?.line ?? 0;

function joinByRunId(units: readonly Unit[]): Unit[] {
	const joined: Unit[] = [];
	const byRunId = new Map<string, Unit>();
	for (const unit of units) {
		const ids = unit.readings.flatMap(({ figures: { runId } }) => runId ?? []);
		const known = ids.map((id) => byRunId.get(id)).find((other) => other !== undefined);
		if (known === undefined) joined.push(unit);
		else {
			known.readings.push(...unit.readings);
			known.home ??= unit.home;
			known.label ??= unit.label;
		}
		for (const id of ids) byRunId.set(id, known ?? unit);
	}
	return joined;
}

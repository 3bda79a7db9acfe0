import type { SnapshotFigures } from "../../model/snapshot.ts";
import type { Server, Session, Try } from "../../model/story.ts";
import type { LogStream, Snapshot } from "../../model/stream.ts";
import type { Histories } from "../histories.ts";
import type { Addresses } from "../identity.ts";
import { portOf } from "../join/addresses.ts";
import { versionOf } from "../servers.ts";
import { sameHost } from "./address.ts";
import type { UtcTime } from "./utc.ts";

/** A snapshot before it is known which node gave it. */
export interface Reading {
	readonly snapshot: Snapshot;
	readonly stream: LogStream;
	readonly figures: SnapshotFigures;
	readonly utc: UtcTime | null;
}

/** Snapshots that one server gave, as the input floor or a run ID tells. */
export interface Unit {
	readonly readings: Reading[];
	/** The server whose log lines stand in the same text. */
	home: Server | null;
	/** For what names nobody: who is spoken of above it. */
	readonly above: Server | Unit | null;
	/** A name that a wrapper, a prompt or the user gave it. */
	label: string | null;
}

/** A server that may have given a snapshot, and all that is known of it. */
export class Subject {
	readonly server: Server | null;
	/** Set where peers alone speak of it. */
	readonly address: string | null;
	readonly ports = new Set<number>();
	/** As peers call it, own machine's names made one. */
	readonly addresses = new Set<string>();
	readonly pids = new Set<number>();
	readonly runIds = new Set<string>();
	readonly versions = new Set<string>();
	/** Primaries that it was pointed to. */
	readonly targets = new Set<string>();
	/** Replicas that it served. */
	readonly peers = new Set<string>();
	readonly replids = new Set<string>();
	readonly roles = new Set<SnapshotFigures["role"]>();
	readonly watched = new Set<string>();
	/** What it was last, by its log or a snapshot. */
	lastRole: SnapshotFigures["role"] = null;
	readonly label: string | null;
	readonly units: Unit[] = [];

	constructor(server: Server | null, address: string | null, label: string | null) {
		this.server = server;
		this.address = address;
		this.label = label;
		if (address !== null) this.addAddress(address);
	}

	addAddress(address: string): void {
		this.addresses.add(sameHost(address));
		const port = portOf(address);
		if (port !== undefined && this.server === null) this.ports.add(port);
	}

	/** Takes over what a unit that was found to be this server's shows. */
	take(unit: Unit): void {
		this.units.push(unit);
		for (const { snapshot, figures } of unit.readings) {
			const { port, pid, runId, primary, replid, role, version } = figures;
			if (port !== null) this.ports.add(port);
			if (pid !== null) this.pids.add(pid);
			if (runId !== null) this.runIds.add(runId);
			if (version !== null) this.versions.add(version);
			if (primary !== null) this.targets.add(sameHost(primary));
			if (replid !== null) this.replids.add(replid);
			for (const { address } of figures.replicas) if (address !== null) this.peers.add(sameHost(address));
			for (const name of figures.watched) this.watched.add(name);
			if (role !== null) {
				this.roles.add(role);
				if (this.server === null) this.lastRole = role;
			}
			if (snapshot.address !== null) this.addAddress(snapshot.address);
		}
	}
}

/** Labels that stand for a lack of one. */
const noLabel = /^(?:line \d+|pid \d+)(?:#\d+)?$/;

export function labelOf(stream: LogStream): string | null {
	return stream.label === null || noLabel.test(stream.label) ? null : stream.label;
}

/** The servers whose logs are given, with what their logs tell of them. */
export function subjectsOfLogs(
	servers: readonly Server[],
	tries: readonly Try[],
	sessions: readonly Session[],
	histories: Histories,
	addresses: Addresses,
): Map<Server, Subject> {
	const subjects = new Map<Server, Subject>();
	for (const server of servers) {
		const label = server.streams.map(labelOf).find((name) => name !== null) ?? null;
		const subject = new Subject(server, null, label);
		for (const port of server.ports) subject.ports.add(port);
		for (const address of addresses.of(server)) subject.addAddress(address);
		for (const life of server.lives) {
			if (life.pid !== null) subject.pids.add(life.pid);
			const version = versionOf(life);
			if (version !== null) subject.versions.add(version);
		}
		for (const { replid } of histories.of(server)) subject.replids.add(replid);
		readRoles(server, subject);
		subjects.set(server, subject);
	}
	for (const { server, target } of tries) if (target !== null) subjects.get(server)?.targets.add(sameHost(target));
	for (const { server, peer } of sessions) if (peer !== null) subjects.get(server)?.peers.add(sameHost(peer));
	return subjects;
}

function readRoles(server: Server, subject: Subject): void {
	const note = (role: SnapshotFigures["role"]): void => {
		subject.roles.add(role);
		subject.lastRole = role;
	};
	if (server.sentinel) note("sentinel");
	for (const event of server.events) {
		if (event.role === "S" || event.type === "sync.started") note("replica");
		else if (event.role === "M" || event.type === "role.promoted" || event.type === "sync.requested") note("primary");
		if (event.type === "role.replicaof") {
			note("replica");
			const { host, port } = event.fields;
			subject.targets.add(sameHost(`${host}:${port}`));
		}
		if (server.sentinel) {
			const watched = / @ (\S+) /.exec(event.text)?.[1] ?? /\bmaster (\S+) /.exec(event.text)?.[1];
			if (watched !== undefined) subject.watched.add(watched);
		}
	}
}

/** Servers that only their peers' logs name. */
export function subjectsOfPeers(tries: readonly Try[], sessions: readonly Session[], addresses: Addresses): Subject[] {
	const subjects = new Map<string, Subject>();
	const of = (address: string): Subject => {
		const key = sameHost(address);
		let subject = subjects.get(key);
		if (subject === undefined) subjects.set(key, (subject = new Subject(null, address, null)));
		return subject;
	};
	for (const { target, session, granted, ask, decided, server } of tries) {
		if (target === null || portOf(target) === undefined || session !== null || addresses.resolve(target) !== null) continue;
		const subject = of(target);
		subject.roles.add("primary");
		for (const address of addresses.of(server)) subject.peers.add(sameHost(address));
		if (granted !== null) subject.replids.add(granted.replid);
		if (decided === "partial" && ask?.type === "psync.request") subject.replids.add(ask.fields.replid);
	}
	for (const { peer, tryOf, server, replid } of sessions) {
		if (peer === null || portOf(peer) === undefined || tryOf !== null || addresses.resolve(peer) !== null) continue;
		const subject = of(peer);
		subject.roles.add("replica");
		for (const address of addresses.of(server)) subject.targets.add(sameHost(address));
		if (replid !== null) subject.replids.add(replid);
	}
	return [...subjects.values()];
}

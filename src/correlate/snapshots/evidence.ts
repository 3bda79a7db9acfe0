import type { Server } from "../../model/story.ts";
import { containerPids } from "../../model/stream.ts";
import { isLoopback, sameHost } from "./address.ts";
import { restOf } from "./starts.ts";
import type { Reading, Subject, Unit } from "./subject.ts";

/** What speaks for a snapshot being of one server, and how much. */
export interface Evidence {
	readonly subject: Subject;
	readonly weight: number;
	/** What it was known by, in words, the surest first. */
	readonly by: readonly string[];
	/** One of them alone leaves no doubt. */
	readonly certain: boolean;
	/** One of them alone is about this server and no other, if all is as it seems. */
	readonly own: boolean;
}

interface Sign {
	readonly weight: number;
	/** In which words it speaks for the server, or what speaks against it. */
	readonly by?: string;
	readonly against?: string;
	readonly certain?: boolean;
	readonly own?: boolean;
}

/** Holds a unit against one server. Undefined when it cannot be of that one. */
export function weigh(unit: Unit, subject: Subject): Evidence | undefined {
	const signs: Sign[] = [];
	for (const reading of unit.readings) {
		const own = signsOf(reading, subject);
		if (own === undefined) return undefined;
		signs.push(...own);
	}
	signs.push(...signsOfUnit(unit, subject));
	// Several snapshots that say the same are no more than one.
	const best = new Map<string, Sign>();
	for (const sign of signs) {
		const key = sign.by ?? sign.against ?? "";
		if ((best.get(key)?.weight ?? Number.NEGATIVE_INFINITY) < sign.weight) best.set(key, sign);
	}
	const sorted = [...best.values()].sort((a, b) => b.weight - a.weight);
	return {
		subject,
		weight: sorted.reduce((sum, { weight }) => sum + weight, 0),
		by: sorted.filter(({ weight }) => weight > 0).flatMap(({ by }) => by ?? []),
		certain: sorted.some(({ certain }) => certain),
		own: sorted.some(({ own }) => own),
	};
}

function signsOfUnit({ home, above, label }: Unit, subject: Subject): Sign[] {
	const signs: Sign[] = [];
	if (above !== null) {
		if (above === subject.server || subject.units.includes(above as Unit)) signs.push({ weight: 8, by: "the lines above it" });
	} else if (home !== null && home === subject.server) {
		signs.push({ weight: 60, by: "the log lines of the same node around it", own: true });
	}
	if (label !== null && subject.label !== null) {
		if (label === subject.label) signs.push({ weight: 40, by: `the name ${label}`, own: true });
		else signs.push({ weight: -10, against: "name" });
	}
	return signs;
}

function signsOf(reading: Reading, subject: Subject): Sign[] | undefined {
	const { figures, snapshot } = reading;
	const { server } = subject;
	const signs: Sign[] = [];
	if ((figures.role === "sentinel") !== subject.roles.has("sentinel") && figures.role !== null && subject.roles.size > 0) return undefined;
	const { port, pid, runId } = figures;
	if (port !== null && subject.ports.size > 0) {
		if (!subject.ports.has(port)) return undefined;
		signs.push({ weight: 20, by: `port ${port}`, own: true });
	}
	if (runId !== null && (subject.runIds.has(runId) || subject.replids.has(runId))) {
		signs.push({ weight: 100, by: `run ID ${runId.slice(0, 8)}`, certain: true });
	}
	if (pid !== null && subject.pids.size > 0) {
		const telling = pid >= containerPids;
		if (!subject.pids.has(pid)) signs.push({ weight: telling ? -5 : -2, against: "process" });
		else if (telling) signs.push({ weight: 50, by: `process ${pid}`, certain: port !== null && subject.ports.has(port), own: true });
		else signs.push({ weight: 4, by: `process ${pid}` });
	}
	if (server !== null) signs.push(...signsOfStart(reading, server));
	if (snapshot.address !== null && subject.addresses.size > 0) {
		const known = subject.addresses.has(sameHost(snapshot.address));
		signs.push(known ? { weight: 20, by: `address ${snapshot.address}`, own: true } : { weight: -4, against: "address" });
	}
	if (figures.version !== null && subject.versions.size > 0 && ![...subject.versions].some((v) => sameVersion(v, figures.version))) {
		signs.push({ weight: -6, against: "version" });
	}
	signs.push(...signsOfRole(reading, subject), ...signsOfHistory(reading, subject), ...signsOfOthers(reading, subject));
	return signs;
}

/** Valkey gives Redis's version in one place and its own in another. */
const sameVersion = (a: string, b: string | null): boolean => a === b || a === "7.2.4" || b === "7.2.4";

/** When the process started, by its uptime and by its log; the log may be in any zone. */
function signsOfStart({ figures, utc }: Reading, server: Server): Sign[] {
	if (utc === null || figures.uptimeSeconds === null) return [];
	const started = utc.ms - figures.uptimeSeconds * 1000;
	let compared = false;
	for (const { start } of server.lives) {
		if (start?.time == null) continue;
		compared = true;
		if (restOf(start.time - started) !== null) return [{ weight: 30, by: "the time at which the process started", own: true }];
	}
	return compared ? [{ weight: -8, against: "start" }] : [];
}

function signsOfRole({ figures }: Reading, subject: Subject): Sign[] {
	const signs: Sign[] = [];
	const { role } = figures;
	if (role === "sentinel") {
		const same = figures.watched.some((name) => subject.watched.has(name));
		if (same) signs.push({ weight: 6, by: `the primary it watches, ${figures.watched.join(", ")}` });
		return signs;
	}
	if (role !== null && subject.roles.size > 0) {
		if (!subject.roles.has(role)) signs.push({ weight: -25, against: "role" });
		else if (subject.lastRole === role || subject.lastRole === null) signs.push({ weight: 6, by: `its role, ${role}` });
	}
	if (figures.primary !== null) {
		const primary = sameHost(figures.primary);
		// Nobody follows himself, as a rule; the port in the snapshot says when somebody does.
		if (figures.port === null && subject.addresses.has(primary)) signs.push({ weight: -20, against: "itself" });
		else if (subject.targets.has(primary)) signs.push({ weight: 10, by: `its primary, ${figures.primary}` });
		else if (subject.targets.size > 0) signs.push({ weight: -6, against: "primary" });
	}
	const listed = figures.replicas.flatMap(({ address }) => (address === null ? [] : sameHost(address)));
	if (listed.length > 0) {
		if (listed.some((address) => subject.addresses.has(address))) signs.push({ weight: -20, against: "itself" });
		const served = listed.filter((address) => subject.peers.has(address));
		if (served.length > 0) signs.push({ weight: 10, by: `its replicas, ${served.slice(0, 2).join(", ")}` });
		else if (subject.peers.size > 0) signs.push({ weight: -6, against: "replicas" });
	}
	return signs;
}

function signsOfHistory({ figures: { replid, replid2 } }: Reading, subject: Subject): Sign[] {
	if (replid === null || subject.replids.size === 0) return [];
	if (subject.replids.has(replid)) return [{ weight: 6, by: `replication ID ${replid.slice(0, 8)}` }];
	return [{ weight: replid2 !== null && subject.replids.has(replid2) ? 0 : -4, against: "history" }];
}

/** What other snapshots of the server show: taken together, they show the same. */
function signsOfOthers({ figures }: Reading, subject: Subject): Sign[] {
	const { role, offset } = figures;
	const others = subject.units.flatMap(({ readings }) => readings.map((r) => r.figures)).filter((f) => f.role === role);
	if (role === null || others.length === 0) return [];
	const signs: Sign[] = [];
	// Most servers without a history stand at 0 or 1.
	if (offset !== null && others.some((f) => f.offset === offset)) {
		signs.push({ weight: offset > 1n ? 6 : 3, by: `offset ${offset}` });
	}
	const listed = listOf(figures);
	if (role !== "primary") return signs;
	// A replica follows one primary at a time; on the own machine, its address is another one for each reader.
	const abroad = figures.replicas.some(({ address }) => address !== null && !isLoopback(address));
	if (others.some((f) => listOf(f) === listed)) signs.push({ weight: abroad ? 12 : 4, by: "the replicas it lists", own: abroad });
	else signs.push({ weight: -3, against: "list" });
	return signs;
}

const listOf = ({ replicas }: Reading["figures"]): string =>
	[...new Set(replicas.map(({ address }) => address ?? "?"))].sort().join(" ");

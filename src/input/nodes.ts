import { firstAfter, pushTo, self } from "../model/lists.ts";
import { containerPids } from "../model/stream.ts";
import { nameOf, sideOf } from "./headings.ts";
import { intersects, type Unit } from "./processes.ts";

/** So many groups and units are held against each other; where an input has more, what a unit says of itself decides. */
const COMPARED = 500;

/** Units that one node wrote, and what to call it. */
export interface Group {
	readonly units: Unit[];
}

/** The groups while they grow, with what finds the few that a unit can belong to. */
class Groups {
	readonly all: Group[] = [];
	readonly #named = new Map<string, Group[]>();
	readonly #nameless: Group[] = [];
	/** Units of each group that differ in what is compared. */
	readonly #faces = new Map<Group, Unit[]>();
	readonly #byFace = new Map<string, Group>();

	/** Groups that a unit may belong to. Another name by a wrapper rules out all others of that kind. */
	candidates({ name }: Unit): readonly Group[] {
		const some = name.node === null ? this.all : [...(this.#named.get(name.node) ?? []), ...this.#nameless];
		return some.slice(-COMPARED);
	}

	faces(group: Group): readonly Unit[] {
		return this.#faces.get(group) ?? [];
	}

	/** The group of a unit that says the same of itself. */
	alike(unit: Unit): Group | undefined {
		return this.#byFace.get(faceOf(unit));
	}

	add(unit: Unit, group: Group | undefined): void {
		const own = group ?? { units: [] };
		if (group === undefined) {
			this.all.push(own);
			this.#faces.set(own, []);
			const { node } = unit.name;
			if (node === null) this.#nameless.push(own);
			else pushTo(this.#named, node, own);
		}
		own.units.push(unit);
		const face = faceOf(unit);
		const faces = this.#faces.get(own) as Unit[];
		// A reply that says the same as one before it would be compared with the same result.
		const isNew = unit.reply === null || this.#byFace.get(face) !== own;
		if (isNew && faces.length < COMPARED) faces.push(unit);
		this.#byFace.set(face, own);
	}
}

const faceOf = ({ name, pids, ports, addresses, roles, reply }: Unit): string =>
	JSON.stringify([reply === null, Object.values(name), [...pids], [...ports], [...addresses], [...roles]]);

/** Puts the units of one input together by the node that wrote them, in the order of their first lines. */
export function groupUnits(units: readonly Unit[]): Group[] {
	const groups = new Groups();
	const ports = new Set(units.filter(({ roles }) => !roles.has("X")).flatMap((unit) => [...unit.ports]));
	const relation = ports.size > 1 ? relationBy(signsByPort) : relationBy(signs);
	for (const unit of units) {
		if (isNameless(unit)) continue;
		if (unit.reply !== null && units.length > COMPARED) {
			const same = groups.alike(unit);
			if (same !== undefined) {
				groups.add(unit, same);
				continue;
			}
		}
		const fitting = groups.candidates(unit).filter((group) => {
			const relations = groups.faces(group).map((member) => relation(member, unit));
			return relations.includes("same") && !relations.includes("other");
		});
		const own =
			fitting.findLast((group) => unit.reply === null || intersects(lastRoles(group), unit.roles)) ??
			fitting.at(-1);
		groups.add(unit, own);
	}
	return placeNameless(groups.all, units.filter(isNameless));
}

/** Nothing says which server gave the reply. */
export const isNameless = ({ reply, name, ports, pids, addresses }: Unit): boolean =>
	reply !== null &&
	name.node === null &&
	name.command === null &&
	ports.size + pids.size + addresses.size === 0;

/**
 * A reply that names nobody makes no node of its own where there are others: it goes to the one that
 * is spoken of above it. Where there is nothing else, each role is a node.
 */
function placeNameless(groups: Group[], replies: readonly Unit[]): Group[] {
	const spoken = groups.slice(-COMPARED).map((group) => new Spoken(group));
	for (const unit of replies) {
		if (spoken.length > 0) {
			above(spoken, unit).add(unit);
			continue;
		}
		const own =
			groups.find(({ units: [first] }) => first !== undefined && isSameRole(first, unit)) ??
			(groups.length < COMPARED ? undefined : groups.at(-1));
		if (own === undefined) groups.push({ units: [unit] });
		else own.units.push(unit);
	}
	return groups;
}

const isSameRole = (a: Unit, b: Unit): boolean =>
	a.name.heading === b.name.heading && intersects(a.roles, b.roles);

const lineOf = ({ reply, drafts }: Unit): number => reply?.place.line ?? drafts[0]?.place.line ?? 0;

/** A group with the lines on which its units begin, and their roles. */
class Spoken {
	readonly #group: Group;
	readonly #lines: number[];
	readonly roles: Set<string>;

	constructor(group: Group) {
		this.#group = group;
		this.#lines = group.units.map(lineOf).sort((a, b) => a - b);
		this.roles = new Set(group.units.flatMap(({ roles }) => [...roles]));
	}

	add(unit: Unit): void {
		this.#group.units.push(unit);
		this.#lines.splice(this.#upTo(lineOf(unit)), 0, lineOf(unit));
		for (const role of unit.roles) this.roles.add(role);
	}

	/** Its last line that is not below a given one, or -1. */
	lastBefore(line: number): number {
		return this.#lines[this.#upTo(line) - 1] ?? -1;
	}

	#upTo(line: number): number {
		return firstAfter(this.#lines, self, line);
	}
}

/** The group whose lines come last before a unit's, of those that have its role. */
function above(groups: readonly Spoken[], unit: Unit): Spoken {
	const fitting = groups.filter(({ roles }) => unit.roles.size === 0 || intersects(roles, unit.roles));
	const line = lineOf(unit);
	return (fitting.length > 0 ? fitting : groups).reduce((best, group) =>
		group.lastBefore(line) > best.lastBefore(line) ? group : best,
	);
}

/** The roles that a group's last log lines show. */
const lastRoles = (group: Group): ReadonlySet<string> =>
	new Set(
		group.units
			.slice(-COMPARED)
			.flatMap(
				({ drafts, roles }) =>
					drafts.findLast(({ role }) => role !== null && role !== "C")?.role ?? [...roles],
			),
	);

type Relation = "same" | "other" | "unknown";
type Sign = (a: Unit, b: Unit) => Relation;

/** Whether two units of one input are one node's: the surest sign decides. */
const relationBy =
	(list: readonly Sign[]): Sign =>
	(a, b) =>
		list.map((sign) => sign(a, b)).find((answer) => answer !== "unknown") ?? "unknown";

const alike = <T>(a: T | null, b: T | null): Relation =>
	a === null || b === null ? "unknown" : a === b ? "same" : "other";

const overlapping: Sign = (a, b) => (overlap(a, b) ? "other" : "unknown");
const samePort: Sign = (a, b) => (intersects(a.ports, b.ports) ? "same" : "unknown");
const otherSide: Sign = (a, b) =>
	alike(sideOf(a.name.heading), sideOf(b.name.heading)) === "other" ? "other" : "unknown";
/** Processes of containers all have the same number: headings that are names tell them apart. */
const otherName: Sign = (a, b) =>
	alike(nameOf(a.name.heading), nameOf(b.name.heading)) === "other" ? "other" : "unknown";

const surest: readonly Sign[] = [
	// What a wrapper or a file header calls them.
	(a, b) => alike(a.name.node, b.name.node),
	(a, b) => (a.ports.size > 0 && b.ports.size > 0 && !intersects(a.ports, b.ports) ? "other" : "unknown"),
	// What stands before the first file header is another file's end.
	(a, b) =>
		(a.name.node === null) === (b.name.node === null) ? "unknown" : samePid(a, b) ? "same" : "other",
	// Two servers of one segment were told apart already.
	(a, b) => (a.segment !== null && a.segment === b.segment ? "other" : "unknown"),
	(a, b) => (samePid(a, b) ? "same" : "unknown"),
	// The same lines twice: a paste repeated.
	(a, b) => (intersects(a.identities(), b.identities()) ? "same" : "unknown"),
	(a, b) =>
		a.addresses.size > 0 && b.addresses.size > 0
			? intersects(a.addresses, b.addresses)
				? "same"
				: "other"
			: "unknown",
	(a, b) => alike(a.name.command, b.name.command),
];

const vaguest: readonly Sign[] = [
	(a, b) => (alike(a.name.heading, b.name.heading) === "same" ? "same" : "unknown"),
	(a, b) => (intersects(a.pids, b.pids) ? (roleTurned(a, b) ? "other" : "same") : "unknown"),
	(a, b) => (b.name.apart || b.reply !== null ? "unknown" : succeeds(a, b)),
	(a, b) =>
		a.pids.size === 0 && b.pids.size === 0 && a.name.heading === b.name.heading ? "same" : "unknown",
];

/** From the surest to the vaguest. Servers on different machines listen on the same port. */
const signs: readonly Sign[] = [
	...surest,
	otherSide,
	otherName,
	overlapping,
	...vaguest.slice(0, 1),
	samePort,
	...vaguest.slice(1),
];
/** Where ports differ, they are names: all servers are on one machine. */
const signsByPort: readonly Sign[] = [...surest, overlapping, samePort, otherSide, otherName, ...vaguest];

const samePid = (a: Unit, b: Unit): boolean =>
	[...a.pids].some((pid) => pid >= containerPids && b.pids.has(pid));

/** Two runs of lines that are not the same but lie in the same time were written side by side. */
function overlap(a: Unit, b: Unit): boolean {
	if (a.from === null || a.to === null || b.from === null || b.to === null) return false;
	return a.from < b.to && b.from < a.to;
}

/** A primary's lines and then a replica's, and nothing between that turned the one into the other. */
function roleTurned(a: Unit, b: Unit): boolean {
	return !b.starts && a.roles.size === 1 && b.roles.size === 1 && !intersects(a.roles, b.roles);
}

/** Without anything that sets them apart, a start after the last line is a restart. */
function succeeds(a: Unit, b: Unit): Relation {
	const later = a.to === null || b.from === null || b.from >= a.to;
	return later && (b.starts || b.name.heading === a.name.heading) ? "same" : "unknown";
}

/** Names for the groups of one input, each its own; null where there is but one and nothing names it. */
export function labels(groups: readonly Group[]): (string | null)[] {
	const names = groups.map((group) => sureName(group) ?? (groups.length === 1 ? null : someName(group)));
	const seen = new Map<string, number>();
	return shorten(names).map((name) => {
		if (name === null) return null;
		const count = (seen.get(name) ?? 0) + 1;
		seen.set(name, count);
		return count === 1 ? name : `${name}#${count}`;
	});
}

const firstOf = <T>(group: Group, get: (unit: Unit) => T | null | undefined): T | null => {
	for (const unit of group.units) {
		const value = get(unit);
		if (value !== null && value !== undefined) return value;
	}
	return null;
};

function sureName(group: Group): string | null {
	return firstOf(group, ({ name }) => name.node) ?? firstOf(group, ({ name }) => name.command);
}

function someName(group: Group): string {
	const address = firstOf(group, ({ addresses }) => [...addresses][0]);
	if (address !== null) return address;
	// Both sides of a link may well listen on the same port.
	const told = firstOf(group, ({ name }) => (sideOf(name.heading) === null ? null : name.heading));
	if (told !== null && told.length <= 40) return told;
	const port = firstOf(group, ({ ports }) => [...ports][0]) ?? firstOf(group, ({ name }) => name.port);
	if (port !== null) return `:${port}`;
	const heading = firstOf(group, ({ name }) => name.heading);
	if (heading !== null && heading.length <= 40) return heading;
	const pid = firstOf(group, ({ pids }) => [...pids][0]);
	if (pid !== null) return `pid ${pid}`;
	const line = firstOf(group, ({ drafts, reply }) => reply?.place.line ?? drafts[0]?.place.line);
	return `line ${line ?? 1}`;
}

/** `redis-0/redis` is `redis-0` where its pod has but one container here. */
function shorten(names: readonly (string | null)[]): (string | null)[] {
	const pod = (name: string | null): string | undefined => /^([^/]+)\/[^/]+$/.exec(name ?? "")?.[1];
	const containers = new Map<string | null, number>();
	for (const name of names) {
		const key = pod(name) ?? name;
		containers.set(key, (containers.get(key) ?? 0) + 1);
	}
	return names.map((name) => {
		const own = pod(name);
		return own !== undefined && containers.get(own) === 1 ? own : name;
	});
}

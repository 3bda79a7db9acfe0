import type { HeldId } from "../correlate/histories.ts";
import { compare } from "../correlate/identity.ts";
import type { Story } from "../correlate/index.ts";
import type { EventOf, LogEvent } from "../model/event.ts";
import type { HistoryFollower, NodeId, Proof, ReplicationHistory } from "../model/report.ts";
import type { Server, Session, Try } from "../model/story.ts";
import { exact } from "../model/units.ts";
import type { Ground } from "./case.ts";
import { evidenceOf, iso } from "./evidence.ts";

/** Every replication ID that the logs name: who minted it, who shared it, and where others left it. */
export function lineageOf(story: Story): ReplicationHistory[] {
	return new Lineage(story).histories();
}

type Parent = NonNullable<ReplicationHistory["parent"]>;

interface Minted {
	readonly origin: ReplicationHistory["origin"];
	readonly node: NodeId | null;
	readonly at: string | null;
	readonly proof: Proof;
	readonly parent: Parent | null;
	readonly grounds: readonly Ground[];
}

class Lineage {
	readonly #story: Story;
	readonly #followers = new Map<string, HistoryFollower[]>();
	readonly #first = new Map<string, HeldId>();
	readonly #forks = new Map<string, ReplicationHistory["forks"][number][]>();
	readonly #offsets = new Map<string, { from: bigint; to: bigint }>();
	/** Servers that gave an ID to others, or printed it as their own, without having it from anybody. */
	readonly #owners = new Map<string, HeldId>();
	/** IDs that a replica was told in a partial resync: of which try. */
	readonly #changed = new Map<string, { readonly tried: Try; readonly session: Session }>();

	constructor(story: Story) {
		this.#story = story;
		for (const server of story.servers) {
			this.#read(server);
			this.#readShifts(server);
		}
		for (const tried of story.tries) this.#readTry(tried);
		for (const { figures: { replid, offset } } of story.snapshots.all) {
			if (replid !== null && offset !== null) this.#note(replid, offset);
		}
	}

	histories(): ReplicationHistory[] {
		const all = [...this.#first].map(([id, first]) => this.#history(id, first));
		const children = new Map<string | null, ReplicationHistory[]>();
		const known = new Set(all.map(({ id }) => id));
		for (const one of all) {
			const parent = one.parent !== null && known.has(one.parent.id) ? one.parent.id : null;
			const of = children.get(parent);
			if (of === undefined) children.set(parent, [one]);
			else of.push(one);
		}
		for (const of of children.values()) of.sort((a, b) => compare(beginOf(a), beginOf(b)) || compare(a.id, b.id));
		const ordered: ReplicationHistory[] = [];
		// A stack, not recursion: a line may be as long as there were failovers.
		const stack = [...(children.get(null) ?? [])].reverse();
		for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
			ordered.push(one);
			stack.push(...[...(children.get(one.id) ?? [])].reverse());
		}
		return ordered;
	}

	#history(id: string, first: HeldId): ReplicationHistory {
		const { origin, node, at, proof, parent, grounds } = this.#minted(id, first);
		const offsets = this.#offsets.get(id);
		const forks = (this.#forks.get(id) ?? []).sort((a, b) => compare(a.at ?? "", b.at ?? ""));
		const followers = (this.#followers.get(id) ?? []).flatMap((follower): HistoryFollower[] => {
			if (follower.node !== node || (origin !== "created" && origin !== "shifted")) return [follower];
			// A primary answers with its new ID in the same command that prints it, and the question stands before.
			if (at !== null && follower.to !== null && follower.to <= at) return [];
			const minted = follower.how === "seen" && at !== null && follower.from !== null && follower.from <= at;
			return [minted ? { ...follower, from: at, how: "minted" } : follower];
		});
		return {
			id,
			origin,
			node,
			at,
			proof,
			parent,
			forks,
			followers: followers.sort((a, b) => compare(a.from ?? "", b.from ?? "") || compare(a.node, b.node)),
			offsets: offsets === undefined ? null : { from: exact(offsets.from), to: exact(offsets.to) },
			evidence: evidenceOf(this.#story, grounds),
		};
	}

	#minted(id: string, first: HeldId): Minted {
		const holders = this.#story.histories.holders(id);
		const line = holders.find((h) => h.how === "created" || h.how === "shifted");
		if (line !== undefined) {
			const { server, event } = line;
			const shift = event.type === "replid.shifted" ? event.fields : null;
			const parent = shift === null ? null : { id: shift.oldReplid, offset: exact(shift.secondReplOffset) };
			return { origin: shift === null ? "created" : "shifted", node: server.id, at: this.#at(server, event), proof: "proven", parent, grounds: [line] };
		}
		const unknown: Minted = { origin: "foreign", node: null, at: null, proof: "unknown", parent: null, grounds: [first] };
		const changed = this.#changed.get(id);
		if (changed !== undefined) return this.#restored(changed) ?? unknown;
		const owner = this.#owners.get(id);
		return owner === undefined ? unknown : { ...unknown, origin: "own", node: owner.server.id, proof: "inferred", grounds: [owner] };
	}

	/** A new ID with no shift logged: a primary that started with its RDB keeps that one's as its second (7.0+). */
	#restored({ tried, session }: { readonly tried: Try; readonly session: Session }): Minted | null {
		const asked = tried.ask?.type === "psync.request" ? tried.ask.fields.replid : null;
		if (asked === null || tried.changedId === null) return null;
		const { server, life } = session;
		return {
			origin: "restored",
			node: server.id,
			at: this.#at(server, life.start),
			proof: life.start === null ? "inferred" : "supported",
			parent: { id: asked, offset: null },
			grounds: [{ server: tried.server, event: tried.changedId }, ...(life.start === null ? [] : [{ server, event: life.start }])],
		};
	}

	/** What one server held in turn. */
	#read(server: Server): void {
		const had = new Set<string>();
		let last: { readonly held: HeldId; readonly follower: { -readonly [K in keyof HistoryFollower]: HistoryFollower[K] } } | null = null;
		for (const held of this.#story.histories.of(server)) {
			const { replid, how } = held;
			if ((how === "granted" || how === "seen") && !had.has(replid)) this.#own(held);
			if (how !== "second") had.add(replid);
			if (how === "second" || last?.held.replid === replid) continue;
			const from = this.#at(server, held.event);
			if (last !== null) last.follower.to = from;
			const follower = { node: server.id, from, to: null, how: words[how] ?? "seen" };
			const of = this.#followers.get(replid);
			if (of === undefined) this.#followers.set(replid, [follower]);
			else of.push(follower);
			if (!this.#first.has(replid)) this.#first.set(replid, held);
			last = { held, follower };
		}
	}

	/** The server that first names an ID as its own, which nobody gave to it. */
	#own(held: HeldId): void {
		const { replid, event } = held;
		// With what a node asks it had from somebody, unless it has just made a cached primary of its own parameters.
		if (event.type === "psync.request" && !isOwn(held)) return;
		const known = this.#owners.get(replid);
		if (known === undefined || (this.#at(held.server, event) ?? "") < (this.#at(known.server, known.event) ?? "")) this.#owners.set(replid, held);
	}

	#readShifts(server: Server): void {
		for (const at of server.positions.get("replid.shifted") ?? []) {
			const event = server.events[at] as EventOf<"replid.shifted">;
			const { oldReplid, newReplid, secondReplOffset } = event.fields;
			this.#note(oldReplid, secondReplOffset);
			this.#note(newReplid, secondReplOffset);
			const fork = { id: newReplid, node: server.id, offset: exact(secondReplOffset), at: this.#at(server, event) };
			const of = this.#forks.get(oldReplid);
			if (of === undefined) this.#forks.set(oldReplid, [fork]);
			else of.push(fork);
			// Its former ID may have been held before the log begins.
			if (!this.#first.has(oldReplid)) this.#first.set(oldReplid, { server, replid: oldReplid, how: "second", event, at });
		}
	}

	#readTry(tried: Try): void {
		const { ask, granted, changedId, session, decided } = tried;
		if (ask?.type === "psync.request" && ask.fields.offset !== undefined) this.#note(ask.fields.replid, ask.fields.offset);
		if (granted !== null) this.#note(granted.replid, granted.offset);
		if (changedId !== null && session !== null && decided === "partial" && !this.#changed.has(changedId.fields.replid)) {
			this.#changed.set(changedId.fields.replid, { tried, session });
		}
	}

	#note(id: string, offset: bigint): void {
		// A request for nothing asks for −1.
		if (offset < 0n) return;
		const known = this.#offsets.get(id);
		if (known === undefined) this.#offsets.set(id, { from: offset, to: offset });
		else if (offset < known.from) known.from = offset;
		else if (offset > known.to) known.to = offset;
	}

	#at(server: Server, event: LogEvent | null): string | null {
		return event === null ? null : iso(this.#story.time(server, event));
	}
}

const words: Readonly<Partial<Record<HeldId["how"], HistoryFollower["how"]>>> = {
	created: "minted", shifted: "minted", adopted: "full", continued: "partial",
};

const beginOf = ({ at, followers }: ReplicationHistory): string => at ?? followers[0]?.from ?? "";

/** Whether a node asks with an ID of its own: it made a cached primary of its own parameters just before. */
function isOwn({ server, at }: HeldId): boolean {
	for (let i = at; i >= Math.max(0, at - 12); i--) if (server.events[i]?.type === "cached-primary.synthesized") return true;
	return false;
}

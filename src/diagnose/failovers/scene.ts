import { addressOf } from "../../model/address.ts";
import type { Story } from "../../correlate/index.ts";
import { clusterIds } from "../../correlate/joint-moments.ts";
import type { SentinelCommand } from "../../correlate/sentinels.ts";
import type { LogEvent } from "../../model/event.ts";
import { firstAt, pushTo } from "../../model/lists.ts";
import type { Resync } from "../../model/report.ts";
import type { Server, Try } from "../../model/story.ts";
import { iso } from "../evidence.ts";
import { type Promotion, promotionsOf } from "../findings/promotions.ts";
import type { Member } from "./draft.ts";

/** A promotion and the command that made it are logged by two servers within this time (ms). */
const sameStep = 10_000;

/** What all who look for failovers ask: names, promotions, and whom a server followed. */
export class Scene {
	readonly story: Story;
	readonly resyncs: readonly Resync[];
	readonly promotions: ReadonlyMap<Server, readonly Promotion[]>;
	/** Promotions that belong to a failover already found. */
	readonly claimed = new Set<Promotion>();
	/** Servers by cluster node ID, and the addresses behind the IDs of nodes without a log. */
	readonly clusterIds: ReadonlyMap<string, Server>;
	readonly #clusterAddresses = new Map<string, string>();
	readonly #ownIds = new Map<Server, Set<string>>();
	#tries: { readonly all: Map<Server, Try[]>; readonly linked: Map<Server, Try[]> } | undefined;
	readonly #byLine = new Map<LogEvent, Promotion>();
	readonly #byTime = new Map<Server, Promotion[]>();
	readonly #sent = new Map<LogEvent, SentinelCommand>();

	constructor(story: Story, resyncs: readonly Resync[]) {
		this.story = story;
		this.resyncs = resyncs;
		this.promotions = promotionsOf(story);
		for (const [server, own] of this.promotions) {
			for (const promotion of own) {
				for (const line of [promotion.command, promotion.shift]) if (line !== null) this.#byLine.set(line, promotion);
			}
			const timed = own.filter((p) => p.time !== null).sort((a, b) => (a.time as number) - (b.time as number));
			this.#byTime.set(server, timed);
		}
		for (const command of story.sentinelCommands) this.#sent.set(command.sent, command);
		const nodes = story.servers.filter((s) => s.cluster);
		this.clusterIds = clusterIds(nodes);
		for (const [id, server] of this.clusterIds) {
			const own = this.#ownIds.get(server);
			if (own === undefined) this.#ownIds.set(server, new Set([id]));
			else own.add(id);
		}
		for (const server of nodes) this.#noteAddresses(server);
	}

	at(server: Server, event: LogEvent | null | undefined): string | null {
		return event == null ? null : iso(this.story.time(server, event));
	}

	/** The node at an address. */
	member(address: string): Member {
		const server = this.story.addresses.resolve(address);
		return { id: server?.id ?? address, server };
	}

	memberOf(server: Server): Member {
		return { id: server.id, server };
	}

	/** The node behind a cluster node ID: its server, else its address, else the ID itself. */
	clusterMember(id: string): Member {
		const server = this.clusterIds.get(id);
		if (server !== undefined) return this.memberOf(server);
		const address = this.#clusterAddresses.get(id);
		return address === undefined ? { id, server: null } : this.member(address);
	}

	/** Cluster node IDs that a member has had. */
	idsOf(member: Member | null): readonly string[] {
		if (member === null) return [];
		if (member.server !== null) return [...(this.#ownIds.get(member.server) ?? [])];
		return [...this.#clusterAddresses].filter(([, address]) => address === member.id).map(([id]) => id);
	}

	/** The primary that a server followed before a position of its log; where it was never linked, the one it was told to follow. */
	followed(server: Server, position: number): { readonly member: Member; readonly tried: Try } | null {
		// Whom it followed before it was a primary the last time is another story.
		const own = this.promotions.get(server) ?? [];
		const since = own[firstAt(own, (p) => p.at, position) - 1]?.at ?? -1;
		const before = (tries: readonly Try[] = []): Try | undefined => {
			const last = tries[firstAt(tries, (t) => t.at, position) - 1];
			return last !== undefined && last.at > since ? last : undefined;
		};
		this.#tries ??= triesOf(this.story);
		const tried = before(this.#tries.linked.get(server)) ?? before(this.#tries.all.get(server));
		if (tried === undefined) return null;
		const answered = tried.session?.server;
		if (answered !== undefined) return { member: this.memberOf(answered), tried };
		return tried.target === null ? null : { member: this.member(tried.target), tried };
	}

	/** What a Sentinel sent, with the line of the server that received it. */
	commandSent(sent: LogEvent): SentinelCommand | undefined {
		return this.#sent.get(sent);
	}

	/** The promotion that a line of the server itself belongs to. */
	promotionWith(line: LogEvent): Promotion | null {
		return this.#byLine.get(line) ?? null;
	}

	/** The promotion of a server next to a time that another log tells. */
	promotionNear(server: Server | null, time: string | null): Promotion | null {
		if (server === null || time === null) return null;
		const at = Date.parse(time);
		const timed = this.#byTime.get(server) ?? [];
		let best: Promotion | null = null;
		let least = sameStep;
		for (let i = firstAt(timed, (p) => p.time as number, at - sameStep); i < timed.length; i++) {
			const promotion = timed[i] as Promotion;
			const far = Math.abs((promotion.time as number) - at);
			if ((promotion.time as number) > at + sameStep) break;
			if (far > least || this.claimed.has(promotion)) continue;
			best = promotion;
			least = far;
		}
		return best;
	}

	/** The first promotion of a server in a part of its log. */
	promotionBetween(server: Server, from: number, to: number): Promotion | null {
		const own = this.promotions.get(server) ?? [];
		const promotion = own[firstAt(own, (p) => p.at, from)];
		return promotion !== undefined && promotion.at < to ? promotion : null;
	}

	/** Lines that give a cluster node ID and an address together. */
	#noteAddresses(server: Server): void {
		for (const at of server.positions.get("cluster.became-replica") ?? []) {
			const event = server.events[at];
			if (event?.type !== "cluster.became-replica") continue;
			const next = server.events.slice(at + 1, at + 4).find((e) => e.type === "link.connecting");
			const address = next?.type === "link.connecting" ? addressOf(next.fields) : null;
			if (address !== null) this.#clusterAddresses.set(event.fields.clusterNode, address);
		}
	}
}

/** The tries of each server in the order of its log, and those after which it was linked. */
function triesOf(story: Story): { readonly all: Map<Server, Try[]>; readonly linked: Map<Server, Try[]> } {
	const all = new Map<Server, Try[]>();
	const linked = new Map<Server, Try[]>();
	for (const tried of story.tries) {
		pushTo(all, tried.server, tried);
		if (tried.outcome === "full" || tried.outcome === "partial") pushTo(linked, tried.server, tried);
	}
	return { all, linked };
}

import type { HeldId } from "../correlate/histories.ts";
import type { Story } from "../correlate/index.ts";
import { isTool } from "../correlate/join/keys.ts";
import { isPsync1, versionOf } from "../correlate/servers.ts";
import type { LogEvent, MessageType } from "../model/event.ts";
import { type EventIn, linesOf } from "../model/lines.ts";
import { firstAt } from "../model/lists.ts";
import type { Episode, HistoryPosition, Loss, Outage, ProcessLife, Server, Session, Try } from "../model/story.ts";

/** A replica that was dropped asks again within its next cron second or two (ms). */
const askAgain = 5000;

/** A line that a rule rests on, with the server that logged it. */
export interface Ground {
	readonly server: Server;
	readonly event: LogEvent;
}

/** One outage as the rules see it: both sides of its first decision, and what led to it. */
export class Case {
	readonly story: Story;
	readonly episode: Episode;
	readonly outage: Outage | null;
	/** The first try that was decided, by the replica's log. */
	readonly tried: Try | null;
	/** The primary's side of the first decision. */
	readonly session: Session | null;
	readonly replica: Server | null;
	/** The primary that decided. */
	readonly primary: Server | null;

	/** The last outage before this one after which the replica was synchronised, by any log. */
	readonly syncedBefore: Episode | null;
	#loss: Loss | null | undefined;

	constructor(story: Story, episode: Episode, syncedBefore: Episode | null) {
		this.story = story;
		this.syncedBefore = syncedBefore;
		this.episode = episode;
		this.outage = episode.outage;
		this.tried = episode.outage?.tries.find((t) => decidedBy(t) !== null) ?? null;
		this.session = this.tried === null ? (firstDecided(episode.sessions) ?? null) : this.tried.session;
		this.replica = episode.replica;
		this.primary = this.session?.server ?? (this.tried === null ? episode.primary : story.addresses.resolve(this.tried.target, false, this.tried.server));
	}

	get decided(): "full" | "partial" | null {
		return this.tried === null ? (this.session?.decided ?? null) : decidedBy(this.tried);
	}

	/** The primary's verdict line. */
	get decision(): LogEvent | null {
		const { session, tried } = this;
		// Where the replica knows that it asked with PSYNC, the verdict line is missing from a paste.
		if (session === null || (session.plainSync && tried?.ask != null)) return null;
		return session.decision;
	}

	/**
	 * How the connection before this one ended, by the primary's log. Tools have none before, and
	 * whom a server drops so that it asks again does so at once: who comes later comes from elsewhere.
	 */
	get loss(): Loss | null {
		// Most triggers ask for it.
		if (this.#loss === undefined) this.#loss = this.#findLoss();
		return this.#loss;
	}

	#findLoss(): Loss | null {
		const { session } = this;
		const loss = session?.lossBefore ?? null;
		if (session === null || loss === null || isTool(session)) return null;
		if (this.tried === null && (loss.reason === "promoted" || loss.reason === "resynced")) {
			const { time } = session.ask;
			if (time !== null && loss.event.time !== null && time - loss.event.time > askAgain) return null;
			// The server changed its own role meanwhile: the replica comes back for that.
			for (const event of linesOf(session.server, loss.at + 1, session.at, "role.replicaof", "role.promoted", "replid.shifted", "psync.continued", "fullresync.granted")) {
				if (event !== loss.because) return null;
			}
		}
		return loss;
	}

	/** The history that the replica asked to continue; null when it offered none or nothing tells. */
	get request(): HistoryPosition | null {
		const ask = this.tried?.ask;
		if (ask?.type === "psync.request") return position(ask.fields);
		const decision = this.decision;
		switch (decision?.type) {
			case "psync.rejected.backlog":
				return { replid: decision.fields.replid ?? this.session?.replid ?? "", offset: decision.fields.offset };
			case "psync.accepted":
				return { replid: "", offset: decision.fields.offset };
			case "psync.rejected.second-offset":
				return { replid: "", offset: decision.fields.requestedOffset };
			default:
				return null;
		}
	}

	/** The ID that the replica offered, by either side. */
	get requestedId(): string | null {
		const ask = this.tried?.ask;
		if (ask?.type === "psync.request") return ask.fields.replid;
		return this.decision?.type === "psync.rejected.replid-mismatch" ? this.decision.fields.requestedReplid : null;
	}

	/** True when the replica offered no history (PSYNC ? -1). */
	get offeredNothing(): boolean {
		if (this.tried?.ask != null) return this.tried.ask.type === "psync.impossible.no-cached-primary";
		return this.decision?.type === "fullresync.requested";
	}

	/** Where the replica ended up, by either side. */
	get granted(): HistoryPosition | null {
		return this.tried?.granted ?? null;
	}

	/** The ID that the primary has after its decision. */
	get grantedId(): string | null {
		return this.tried?.granted?.replid ?? this.session?.replid ?? null;
	}

	/** The life of the replica's process in which it asked. */
	get replicaLife(): ProcessLife | null {
		return this.tried?.life ?? null;
	}

	get primaryLife(): ProcessLife | null {
		return this.session?.life ?? null;
	}

	/** Whether either side is known to be older than 4.0, where one ID only is kept. */
	get psync1(): boolean {
		const { replicaLife, primaryLife } = this;
		if (replicaLife !== null && versionOf(replicaLife) !== null) return isPsync1(versionOf(replicaLife));
		if (primaryLife !== null && versionOf(primaryLife) !== null) return isPsync1(versionOf(primaryLife));
		const decision = this.decision;
		return decision?.type === "psync.rejected.replid-mismatch" && decision.fields.myReplid2 === undefined;
	}

	/** When the primary last held an ID before it was asked. */
	primaryHeld(replid: string): HeldId | undefined {
		if (this.session === null) return undefined;
		// The question itself shows what the primary had afterwards, not before.
		return this.story.histories.lastHeld(this.session.server, replid, this.session.at - 1);
	}

	/** The primary's own lines between two positions of its log. */
	*primaryLines<T extends MessageType>(from: number, to: number, ...types: T[]): Generator<EventIn<T>> {
		const server = this.session?.server;
		if (server === undefined) return;
		yield* linesOf(server, from, to, ...types);
	}

	time(server: Server, event: LogEvent): number | null {
		return this.story.time(server, event);
	}
}

/** The session that the same primary granted before, to whomever. Sessions are in the order of the log. */
export function previousSession(sessions: readonly Session[], session: { readonly at: number }): Session | undefined {
	return sessions[firstAt(sessions, (s) => s.at, session.at) - 1];
}

/** An offset may be masked in a paste: then the position is not known. */
function position(fields: { replid: string; offset?: bigint }): HistoryPosition | null {
	return fields.offset === undefined ? null : { replid: fields.replid, offset: fields.offset };
}

/** A try is decided by its own lines, else by the primary's side of it. */
export function decidedBy(tried: Try): "full" | "partial" | null {
	return tried.decided ?? tried.session?.decided ?? null;
}

function firstDecided(sessions: readonly Session[]): Session | undefined {
	return sessions.find((s) => s.decided !== null) ?? sessions[0];
}

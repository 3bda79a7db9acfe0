import type { LogEvent } from "../../model/event.ts";
import { firstAfter, pushTo } from "../../model/lists.ts";
import type { SnapshotTime } from "../../model/snapshot.ts";
import type { Server, Session, Try } from "../../model/story.ts";

/** A history had grown so far at a time. */
interface Mark {
	readonly offset: bigint;
	/** Milliseconds on the reference's clock. */
	readonly at: number;
}

/** An idle primary still writes a ping every ten seconds (repl-ping-replica-period), ms. */
const pingPeriod = 10_000;

/** How far each history had grown when, by what logs and snapshots print: a clock of its own. */
export class Growth {
	readonly #marks = new Map<string, Mark[]>();
	/** Histories whose marks are in the order of time. */
	readonly #sorted = new Set<string>();

	/** Notes that a history had grown to an offset at a time. */
	note(replid: string | null, offset: bigint | null | undefined, at: number | null): void {
		if (replid === null || offset == null || at === null || offset < 0n) return;
		this.#sorted.delete(replid);
		pushTo(this.#marks, replid, { offset, at });
	}

	/** Notes all offsets that handshakes print: what the primary had when it decided. */
	noteHandshakes(tries: readonly Try[], sessions: readonly Session[], time: (server: Server, event: LogEvent) => number | null): void {
		for (const { granted, server, answer } of tries) {
			if (granted !== null && answer !== null) this.note(granted.replid, granted.offset, time(server, answer));
		}
		for (const { decision, server, tryOf } of sessions) {
			if (decision?.type !== "psync.accepted" || tryOf?.ask?.type !== "psync.request") continue;
			const { offset, bytes } = decision.fields;
			const replid = tryOf.changedId?.fields.replid ?? tryOf.ask.fields.replid;
			if (bytes !== undefined) this.note(replid, offset + BigInt(bytes) - 1n, time(server, decision));
		}
	}

	/** In the order of time. */
	marks(replid: string): readonly Mark[] {
		const marks = this.#marks.get(replid) ?? [];
		if (!this.#sorted.has(replid)) {
			marks.sort((a, b) => a.at - b.at);
			this.#sorted.add(replid);
		}
		return marks;
	}

	/** Position of the first mark that is later than a time. */
	after(replid: string, at: number): number {
		const marks = this.marks(replid);
		return firstAfter(marks, (m) => m.at, at);
	}

	/** When a history had grown so far: between two marks, or within a ping of an equal one while it grows. */
	timeOf(replid: string, offset: bigint, growing: boolean): SnapshotTime | null {
		const marks = this.marks(replid);
		const equal = marks.findLast((m) => m.offset === offset);
		if (equal !== undefined && !growing) return null;
		if (equal !== undefined) return { at: equal.at, bound: pingPeriod, by: "offsets" };
		const before = marks.findLast((m) => m.offset < offset);
		const after = marks.find((m) => m.offset > offset);
		if (before === undefined || after === undefined || after.at < before.at) return null;
		return { at: Math.round((before.at + after.at) / 2), bound: Math.ceil((after.at - before.at) / 2), by: "offsets" };
	}
}

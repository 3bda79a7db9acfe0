import type { Story } from "../correlate/index.ts";
import type { LogEvent } from "../model/event.ts";
import { none } from "../model/lists.ts";
import type { Costs } from "../model/ledger.ts";
import type { Ledger, PhaseName, Resync } from "../model/report.ts";
import type { Episode, Server, Session } from "../model/story.ts";
import { decidedBy } from "./case.ts";
import { type Told, toldOf } from "./findings/told.ts";
import { explainedOf } from "./resync.ts";

const phaseNames: readonly PhaseName[] = ["down", "handshake", "snapshot", "transfer", "load"];

/** What all resyncs cost together, in all and by day. */
export function ledgerOf(story: Story, resyncs: readonly Resync[]): Ledger {
	const all = toldOf(story, resyncs);
	const total = new Account();
	const days = new Map<number, Account>();
	const zone = (story.clocks.referenceZone ?? 0) * 60_000;
	const nodes = new Map<string, { ms: number; outages: number; unknown: number }>();
	const phases = new Map<PhaseName, { ms: number; resyncs: number }>();
	const copied = new Set<LogEvent>();
	const ends = new Map<Server, number | null>();
	const explained = explainedOf(story);
	for (const told of all) {
		const begin = beginOf(story, told);
		const span = spanOf(story, told, begin, ends);
		total.note(told, span);
		if (begin !== null) dayOf(days, begin + zone).note(told, span);
		const { replica } = told.resync;
		if (span !== null && replica !== null) {
			const node = nodes.get(replica) ?? { ms: 0, outages: 0, unknown: 0 };
			nodes.set(replica, node);
			add(node, span);
		}
		for (const { name, from, to } of explained.stretches(told.resync.id)) {
			const phase = phases.get(name) ?? { ms: 0, resyncs: 0 };
			phases.set(name, phase);
			phase.ms += to - from;
			phase.resyncs++;
		}
		for (const session of told.episode.sessions) {
			for (const { event, megabytes } of copiesOf(session)) {
				if (copied.has(event)) continue;
				copied.add(event);
				const time = story.time(session.server, event);
				total.copy(megabytes);
				if (time !== null) dayOf(days, time + zone).copy(megabytes);
			}
		}
	}
	return {
		...total.costs,
		nodes: [...nodes].map(([node, sums]) => ({ node, ...sums })).sort((a, b) => b.ms - a.ms || (a.node < b.node ? -1 : 1)),
		phases: phaseNames.flatMap((name) => {
			const phase = phases.get(name);
			return phase === undefined ? [] : [{ name, ...phase }];
		}),
		days: days.size < 2 ? [] : [...days].sort(([a], [b]) => a - b).map(([day, account]) => ({ day: nameOf(day), ...account.costs })),
	};
}

/** An outage: its known part, and whether that is all of it. */
interface Span {
	readonly ms: number;
	readonly whole: boolean;
}

type Deep<T> = { -readonly [K in keyof T]: T[K] extends number ? number : Deep<T[K]> };

class Account {
	readonly costs: Deep<Costs> = {
		fullResyncs: 0,
		failedTransfers: 0,
		partialResyncs: 0,
		snapshots: { bytes: 0, known: 0, unknown: 0 },
		backlog: { bytes: 0, known: 0, unknown: 0 },
		withoutRedundancy: { ms: 0, outages: 0, unknown: 0 },
		copyOnWrite: { snapshots: 0, megabytes: 0, largest: 0 },
	};

	note({ resync, episode }: Told, span: Span | null): void {
		this.decision(resync);
		this.transfers(episode);
		if (span !== null) add(this.costs.withoutRedundancy, span);
	}

	decision({ verdict, bytes }: Resync): void {
		const { costs } = this;
		if (verdict === "full") costs.fullResyncs++;
		if (verdict !== "partial") return;
		costs.partialResyncs++;
		count(costs.backlog, bytes.sent);
	}

	/** Snapshots that were sent, whether or not the replica could use them. */
	transfers({ outage, sessions }: Episode): void {
		const { costs } = this;
		for (const tried of outage?.tries ?? []) {
			if (decidedBy(tried) !== "full" || (tried.receiving === null && tried.outcome !== "full")) continue;
			count(costs.snapshots, tried.receiving?.type === "transfer.receiving" ? tried.receiving.fields.bytes : null);
			if (tried.outcome === "failed") costs.failedTransfers++;
		}
		if (outage !== null) return;
		for (const { decided, online, loss, snapshotEnd } of sessions) {
			if (decided !== "full" || (online === null && (loss === null || snapshotEnd === null))) continue;
			count(costs.snapshots, null);
			if (online === null) costs.failedTransfers++;
		}
	}

	copy(megabytes: number): void {
		const { copyOnWrite } = this.costs;
		copyOnWrite.snapshots++;
		copyOnWrite.megabytes += megabytes;
		copyOnWrite.largest = Math.max(copyOnWrite.largest, megabytes);
	}
}

function add(sums: { ms: number; outages: number; unknown: number }, { ms, whole }: Span): void {
	sums.ms += ms;
	sums.outages++;
	if (!whole) sums.unknown++;
}

function count(sums: { bytes: number; known: number; unknown: number }, bytes: number | null): void {
	if (bytes === null) sums.unknown++;
	else {
		sums.known++;
		sums.bytes += bytes;
	}
}

/** Days since 1970. */
function dayOf(days: Map<number, Account>, local: number): Account {
	const day = Math.floor(local / 86_400_000);
	let account = days.get(day);
	if (account === undefined) days.set(day, (account = new Account()));
	return account;
}

const nameOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** When the replica was first seen without its stream (ms): the loss, else its first question. */
function beginOf(story: Story, { lostAt, askedAt, episode: { outage, sessions } }: Told): number | null {
	if (lostAt !== null) return lostAt;
	const [tried, session] = [outage?.tries[0], sessions[0]];
	const first = tried !== undefined ? story.time(tried.server, tried.begin) : session !== undefined ? story.time(session.server, session.ask) : null;
	return first ?? askedAt;
}

/** How long a replica was without its stream. A tool that takes a snapshot is none. */
function spanOf(story: Story, { resync, onlineAt, episode: { outage, replica } }: Told, begin: number | null, ends: Map<Server, number | null>): Span | null {
	if (resync.replica === null) return null;
	const promoted = outage?.promoted == null ? null : story.time(outage.server, outage.promoted);
	const end = onlineAt ?? promoted;
	const seen = end ?? (replica === null ? null : lastLine(story, replica, ends));
	if (begin === null || seen === null || seen < begin) return { ms: 0, whole: false };
	return { ms: seen - begin, whole: end !== null };
}

function lastLine(story: Story, server: Server, ends: Map<Server, number | null>): number | null {
	let end = ends.get(server);
	if (end !== undefined) return end;
	const last = server.events.findLast((event) => event.time !== null && !event.signal);
	end = last === undefined ? null : story.time(server, last);
	ends.set(server, end);
	return end;
}

/** Memory that was copied while the BGSAVEs for a replica ran; the one that was on before it asked is not its own. */
function copiesOf({ lines }: Session): readonly { readonly event: LogEvent; readonly megabytes: number }[] {
	if (lines.length === 0) return none;
	const copies: { event: LogEvent; megabytes: number }[] = [];
	let own = false;
	for (const event of lines) {
		if (event.type === "bgsave.start" || event.type === "bgsave.attached") own = true;
		else if (event.type === "rdb.bgsave-started" || event.type === "rdb.transfer-started") own = true;
		else if (event.type === "bgsave.wait-next") own = false;
		else if (own && event.type === "rdb.cow" && event.fields.purpose.startsWith("RDB")) {
			copies.push({ event, megabytes: event.fields.peakMb ?? event.fields.cowMb });
		}
	}
	return copies;
}

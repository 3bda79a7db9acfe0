import type { Story } from "../../correlate/index.ts";
import type { LogEvent } from "../../model/event.ts";
import { configBytes, humanBytes, humanDuration } from "../../model/units.ts";
import type { Ground } from "../case.ts";
import { iso } from "../evidence.ts";
import { defineFinding } from "./define.ts";
import { largest, median, sample, sum } from "./figures.ts";
import { counted } from "./phrases.ts";
import { type Round, roundsOf } from "./rounds.ts";
import { nodeOf, type Run, spanOf, together } from "./runs.ts";
import { type Link, linksOf } from "./told.ts";

/** Rounds that begin later than this after the last one ended are another story, in ms. */
const longestPause = 600_000;
/** From so many rounds on it is a loop, when rounds fail or their own weight breaks the link. */
const fewest = 3;
/** Rounds that succeed and are only lost later may be bad luck for a little longer. */
const fewestThatHeld = 4;
/** What a person or an orchestrator does from outside must be repeated more often before it counts as a loop. */
const fewestFromOutside = 5;
const fromOutside: ReadonlySet<string> = new Set([
	"replicaof-command",
	"sentinel-command",
	"failover-command",
	"cluster-reconfiguration",
	"primary-promoted",
	"replica-restarted",
	"primary-restarted",
	"superseded",
]);

interface Loop extends Run {
	readonly rounds: readonly Round[];
	/** True when the link's story ends with the loop. */
	readonly endless: boolean;
}

/** The same replica is synchronised in full again and again. */
export const fullResyncLoop = defineFinding({
	code: "full-resync-loop",
	check: (story, resyncs) => {
		const loops = linksOf(story, resyncs).flatMap((link) => loopsOf(story, link));
		return together(loops).map((group) => {
			const rounds = group.flatMap((l) => l.rounds);
			const { from, to } = spanOf(group);
			const said = saidBy(rounds, group[0]?.kind ?? "");
			return {
				severity: group.some((l) => l.endless) ? ("critical" as const) : ("warning" as const),
				node: nodeOf(group),
				resyncs: rounds.map((r) => r.told.resync.id),
				facts: {
					rounds: rounds.length,
					replicas: new Set(group.map((l) => l.replica)).size,
					failed: rounds.filter((r) => r.outcome === "failed").length,
					reason: group[0]?.kind ?? "unknown",
					line: said?.text ?? null,
					from: iso(from),
					to: iso(to),
					lastsMs: to - from,
					periodMs: median(group.flatMap((l) => intervals(l.rounds))),
					endless: group.some((l) => l.endless) ? 1 : 0,
					snapshotBytes: sum(rounds.map((r) => bytesOf(r))),
					longestRoundMs: largest(
						rounds.map((r) => (r.from === null || r.to === null ? null : r.to - r.from)),
					),
					omemBytes: largest(rounds.map((r) => omemOf(r.failure?.grounds[0]?.event))),
				},
				grounds: [...sample(rounds, 6).flatMap(groundsOf), ...(said === null ? [] : [said.ground])],
			};
		});
	},
	explain: ({ rounds, replicas, reason, line, lastsMs, periodMs, endless, snapshotBytes }) => {
		const who = replicas === 1 ? "the replica" : counted(replicas, "replica");
		const every = periodMs === null ? "" : `, one every ${humanDuration(periodMs)}`;
		const cost = snapshotBytes === null ? "" : ` (${humanBytes(snapshotBytes)} of snapshots)`;
		const why = breaks[reason] ?? `each round ends the same way: ${reason}`;
		const detail = line === null ? "" : `: “${line}”`;
		const end = endless === 1 ? "; the logs end before a round holds" : "";
		return `${who} began ${counted(rounds, "full resync")} in ${humanDuration(lastsMs)}${every}${cost}; ${why}${detail}${end}`;
	},
	remedy: ({ reason, line, longestRoundMs, omemBytes }) => remedies(reason, line, longestRoundMs, omemBytes),
});

function loopsOf(story: Story, link: Link): Loop[] {
	const loops: Loop[] = [];
	let chain: Round[] = [];
	let reason: string | null = null;
	const close = (endless: boolean): void => {
		const loop = reason === null ? null : loopOf(link, chain, reason, endless);
		if (loop !== null) loops.push(loop);
		chain = [];
		reason = null;
	};
	for (const told of link.told) {
		// A partial resync or a promotion says that the last full resync had held.
		if (told.resync.verdict === "partial" || told.episode.outage?.promoted != null) close(false);
		for (const round of roundsOf(story, told)) {
			const last = chain.at(-1);
			const why = last === undefined ? null : breakBetween(last, round);
			if (why === null || (reason !== null && why !== reason)) {
				close(false);
				// The round that ended one loop may be the first of the next.
				if (why !== null && last !== undefined) chain = [last];
			}
			chain.push(round);
			reason = why;
		}
	}
	const last = link.told.at(-1);
	close(last !== undefined && last.onlineAt === null && last.resync.verdict !== "partial");
	return loops;
}

/** What ended one round and so made the next one necessary; null when the two have nothing to do with each other. */
function breakBetween(last: Round, next: Round): string | null {
	if (last.to !== null && next.from !== null && next.from - last.to > longestPause) return null;
	if (last.outcome === "failed") return last.failure?.why.code ?? "unknown";
	if (last.outcome === "open" || last.told === next.told) return null;
	return next.told.resync.trigger.code;
}

function loopOf(link: Link, rounds: readonly Round[], kind: string, endless: boolean): Loop | null {
	if (rounds.length < fewestOf(kind, rounds)) return null;
	const starts = rounds.map((r) => r.from).filter((t): t is number => t !== null);
	const [first] = starts;
	const last = starts.at(-1);
	if (first === undefined || last === undefined) return null;
	const primary = rounds.at(-1)?.told.resync.primary ?? null;
	return {
		replica: link.replica,
		primary,
		kind,
		from: first,
		to: Math.max(first, rounds.at(-1)?.to ?? last),
		rounds,
		endless,
	};
}

function fewestOf(kind: string, rounds: readonly Round[]): number {
	if (fromOutside.has(kind)) return fewestFromOutside;
	return kind === "output-buffer-overrun" || rounds.some((r) => r.failure?.why.code === kind)
		? fewest
		: fewestThatHeld;
}

function intervals(rounds: readonly Round[]): number[] {
	return rounds.flatMap((round, i) => {
		const before = rounds[i - 1]?.from ?? null;
		return before === null || round.from === null ? [] : [round.from - before];
	});
}

function bytesOf({ tried }: Round): number | null {
	return tried?.receiving?.type === "transfer.receiving" ? tried.receiving.fields.bytes : null;
}

function omemOf(event: LogEvent | undefined): number | null {
	if (event?.type !== "client.output-buffer") return null;
	const omem = /\bomem=(\d+)/.exec(event.fields.client)?.[1];
	return omem === undefined ? null : Number(omem);
}

function groundsOf(round: Round): Ground[] {
	const failure = round.failure?.grounds.slice(0, 1) ?? [];
	const { tried, session } = round;
	const asked: Ground | null =
		tried !== null
			? { server: tried.server, event: tried.ask ?? tried.begin }
			: session !== null
				? { server: session.server, event: session.ask }
				: null;
	return asked === null ? [...failure] : [asked, ...failure];
}

/** Failures whose lines say more than the code does. */
const telling: ReadonlySet<string> = new Set([
	"snapshot-failed",
	"connection-lost-in-transfer",
	"replica-cannot-store",
	"replica-cannot-load",
	"protocol-error",
	"handshake-timeout",
]);

/** The line that tells most of what goes wrong: that of the child which makes the snapshot, else the failure's own. */
function saidBy(rounds: readonly Round[], reason: string): { text: string; ground: Ground } | null {
	if (!telling.has(reason)) return null;
	for (const { session } of rounds) {
		const event = session?.lines.find((e) => e.type === "rdb.save-error" || e.type === "fork.failed");
		if (session != null && event !== undefined)
			return { text: event.text, ground: { server: session.server, event } };
	}
	const ground = rounds.find((r) => r.failure?.why.code === reason)?.failure?.grounds[0];
	return ground === undefined ? null : { text: ground.event.text, ground };
}

const breaks: Readonly<Record<string, string>> = {
	"snapshot-failed": "each time the primary fails to make the snapshot",
	"output-buffer-overrun":
		"each time the primary closes the replica because its output buffer outgrows the limit",
	"transfer-timeout": "each time the transfer stands still for repl-timeout",
	"connection-lost-in-transfer": "each time the connection is lost before the snapshot is through",
	"replica-cannot-store": "each time the replica fails to store the snapshot",
	"replica-cannot-load": "each time the replica fails to load the snapshot",
	"protocol-error": "each time the answer makes no sense to the replica",
	"handshake-timeout": "each time the handshake stops half-way",
	superseded: "each time it is pointed elsewhere before it is done",
	"replica-timeout":
		"each time the primary drops the replica for its silence, and the stream cannot be continued",
	"primary-timeout":
		"each time the replica drops the primary for its silence, and the stream cannot be continued",
	"link-closed": "each time the link is closed soon after, and the stream cannot be continued",
	"replica-restarted": "each time the replica's process ends and comes back without its history",
	"primary-restarted": "each time the primary's process ends and comes back with another history",
	"replicaof-command": "each time a client points it to another primary",
	"sentinel-command": "each time a Sentinel points it to another primary",
	unknown: "the logs do not say what ends each round",
};

function remedies(
	reason: string,
	line: string | null,
	longestRoundMs: number | null,
	omemBytes: number | null,
): string[] {
	const relief =
		"Until it is mended, REPLICAOF NO ONE on the replica spares the primary a fork and a transfer each round.";
	switch (reason) {
		case "snapshot-failed":
			return [
				"Mend the primary's snapshot: the line above says what is wrong (folder, permissions, free disk, memory for the fork).",
				relief,
			];
		case "output-buffer-overrun":
			return [
				omemBytes === null
					? "Raise client-output-buffer-limit replica beyond what the primary writes during one whole synchronisation."
					: `Raise client-output-buffer-limit replica: ${humanBytes(omemBytes)} were not enough, begin with ${configBytes(omemBytes * 2)}, and set repl-backlog-size no smaller than what is missed after such a loss.`,
				relief,
			];
		case "transfer-timeout":
		case "replica-timeout":
		case "primary-timeout":
			return [
				longestRoundMs === null
					? "Raise repl-timeout on both sides beyond the longest snapshot, transfer and load."
					: `Raise repl-timeout on both sides: rounds take up to ${humanDuration(longestRoundMs)} here.`,
				relief,
			];
		case "replica-cannot-store":
			return [
				"Mend the replica's data folder: the line above says what is wrong (it must exist, be writable, and have room).",
				relief,
			];
		case "replica-cannot-load":
			return [unloadable(line), relief];
		case "replica-restarted":
			return [
				"Find what ends the replica's process (memory limit, probe, crash); see the finding log-gap if its log breaks off.",
			];
		case "primary-restarted":
			return ["Find what ends the primary's process, and fail over instead of restarting it in place."];
		case "replicaof-command":
		case "sentinel-command":
		case "superseded":
			return [
				"Find who points it back and forth: two Sentinels or operators that disagree, or a script beside them.",
			];
		default:
			return [
				"Look for what closes the connection between the two: proxy, firewall, network, CLIENT KILL.",
				relief,
			];
	}
}

/** What keeps a replica from loading, by its own complaint. */
function unloadable(line: string | null): string {
	const version = /RDB format version (\d+)|in RDB with version (\d+)/.exec(line ?? "");
	if (version !== null) {
		return `The replica is too old for the primary's snapshot (RDB version ${version[1] ?? version[2]}): upgrade replicas before the primary, never the other way round.`;
	}
	if (line?.startsWith("Wrong signature")) {
		return "What it received is no RDB: find out what answers at the primary's address, and who pointed it there (finding rogue-primary).";
	}
	return "Mend what the replica's load complains about: its own log says more around that line.";
}

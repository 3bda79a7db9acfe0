import type { Story } from "../../correlate/index.ts";
import { pushTo } from "../../model/lists.ts";
import type { ProcessLife } from "../../model/story.ts";
import { humanBytes, humanDuration } from "../../model/units.ts";
import type { Ground } from "../case.ts";
import { iso } from "../evidence.ts";
import { heartbeatBytes, idleGrowth, usualSentinels } from "../heartbeat.ts";
import { defineFinding } from "./define.ts";
import { largest, sample, smallest, sum } from "./figures.ts";
import { LoadedKeys } from "./loaded-keys.ts";
import { counted } from "./phrases.ts";
import { type Told, toldOf } from "./told.ts";

/** A snapshot this much older than the process that loads it lacks nothing worth an alarm, in ms. */
const fresh = 1000;

interface Loss {
	readonly told: Told;
	/** The primary's process that came back, where its log is given. */
	readonly life: ProcessLife | null;
	readonly how: "empty" | "older";
	readonly bytes: number | null;
	/** Time between the last save and the end of the process, in ms. */
	readonly unsavedMs: number | null;
	readonly keysBefore: number | null;
	readonly keysAfter: number | null;
	readonly grounds: readonly (Ground | null)[];
}

/** A primary came back empty or older, stayed primary, and its replicas followed. */
export const datasetLost = defineFinding({
	code: "dataset-lost",
	check: (story, resyncs) => {
		const keys = new LoadedKeys();
		const byLife = new Map<unknown, Loss[]>();
		for (const told of toldOf(story, resyncs)) {
			const loss = lossOf(story, told, keys);
			if (loss !== null) pushTo(byLife, loss.life ?? `${told.resync.primary}`, loss);
		}
		return [...byLife.values()].map((losses) => {
			const one = losses[0] as Loss;
			const { life, how } = one;
			const bytes = largest(losses.map((l) => l.bytes));
			return {
				severity:
					how === "empty" || (bytes ?? 0) > heartbeatBytes
						? ("critical" as const)
						: bytes === null
							? ("warning" as const)
							: ("info" as const),
				node: one.told.resync.primary,
				resyncs: losses.map((l) => l.told.resync.id),
				facts: {
					how,
					replicas: new Set(losses.map((l) => l.told.resync.replica)).size,
					end: life === null ? null : (life.server.lives[life.index - 1]?.end ?? null),
					restartedAt: life?.start == null ? null : iso(story.time(life.server, life.start)),
					bytesLost: bytes,
					unsavedMs: largest(losses.map((l) => l.unsavedMs)),
					keysBefore: largest(losses.map((l) => l.keysBefore)),
					keysAfter: smallest(losses.map((l) => l.keysAfter)),
					snapshotBytes: sum(losses.map((l) => l.told.resync.bytes.snapshot)),
				},
				grounds: sample(losses).flatMap((l) => l.grounds),
			};
		});
	},
	explain: ({ how, replicas, end, bytesLost, unsavedMs, keysBefore, keysAfter }) => {
		const came =
			end === "crash" ? "crashed and came back" : end === "killed" ? "was killed and came back" : "came back";
		const whose = counted(replicas, "replica");
		if (how === "empty") {
			const count =
				keysAfter === null
					? ""
					: keysBefore === null
						? `: ${counted(keysAfter, "key")} now`
						: `: ${counted(keysAfter, "key")} now, ${keysBefore} before`;
			return `the primary ${came} without its data set, and ${whose} replaced theirs with what it had${count}`;
		}
		const much =
			bytesLost !== null
				? `: ${humanBytes(bytesLost)} of the history are gone on all of them${bytesLost > heartbeatBytes ? "" : ", no more than heartbeats amount to"}`
				: unsavedMs !== null
					? `: whatever was written in the ${humanDuration(unsavedMs)} before its end was not in it`
					: "";
		return `the primary ${came} from an older snapshot, and ${whose} rolled back to it${much}`;
	},
	remedy: ({ how, bytesLost }) => [
		...(bytesLost !== null && bytesLost <= heartbeatBytes
			? []
			: [
					"Stop every replica that has not resynchronised yet before it does: it still holds the data. Restore from it, or from a backup.",
				]),
		how === "empty"
			? "Do not let a primary without persistence restart by itself: let Sentinel or the cluster promote a replica first, or turn persistence on."
			: "Fail over to a replica instead of restarting a primary that crashed; appendonly yes with appendfsync everysec bounds the loss to a second.",
	],
});

function lossOf(story: Story, told: Told, keys: LoadedKeys): Loss | null {
	const { resync, episode } = told;
	if (resync.verdict !== "full") return null;
	const session = episode.sessions.find((s) => s.decided === "full") ?? null;
	const life = session?.life ?? null;
	const { cause } = resync;
	const tried = episode.outage?.tries.findLast((t) => t.outcome === "full") ?? null;
	const after = tried === null ? null : keys.in(tried);
	const before = tried === null ? null : keys.before(tried);
	const none = {
		bytes: null,
		unsavedMs: null,
		keysBefore: before?.keys ?? null,
		keysAfter: after?.keys ?? null,
	};
	const start: Ground | null = life?.start == null ? null : { server: life.server, event: life.start };
	const shown = [start, after?.ground ?? null, before?.ground ?? null];
	if (cause.code === "primary-rolled-back") {
		const { bytesLost } = cause.facts;
		const refusal = session?.decision == null ? null : { server: session.server, event: session.decision };
		return {
			told,
			life,
			how: "older",
			...none,
			bytes: typeof bytesLost === "number" ? bytesLost : null,
			grounds: [...shown, refusal],
		};
	}
	// By the primary's log alone the history that was asked for is unknown, but not that it was there before.
	const back = cause.code === "unknown-history" && session?.lossBefore?.reason === "restart";
	if (cause.code !== "primary-restarted" && !back) return null;
	if (life === null) {
		// The replica's log alone: it held keys, and what it got from the restarted primary held none.
		const wiped = before !== null && before.keys > 0 && after?.keys === 0;
		return wiped ? { told, life, how: "empty", ...none, grounds: shown } : null;
	}
	if (life.loaded === null) {
		// Nothing can be concluded from the absence of a line that the log's level hides.
		const ready = readyLine(life);
		const empty = before !== null && before.keys === 0 && after?.keys === 0;
		if (ready === null || (empty && !streamed(story, told))) return null;
		// What came by the stream is not among the keys of its last snapshot.
		return { told, life, how: "empty", ...none, ...(empty ? { keysBefore: null } : {}), grounds: [...shown, ready] };
	}
	const unsavedMs = unsavedBefore(story, life);
	if (unsavedMs === null || unsavedMs <= fresh) return null;
	return {
		told,
		life,
		how: "older",
		...none,
		unsavedMs,
		grounds: [...shown, ageLine(life), { server: life.server, event: life.loaded }],
	};
}

/** Whether the replica had received more than heartbeats since its last snapshot: then it held what that did not. */
function streamed(story: Story, { episode, resync }: Told): boolean {
	const { outage } = episode;
	const { request } = resync;
	const first = outage?.tries[0];
	if (outage === null || first === undefined || request === null) return false;
	const last = story.triesOfPair(episode.replica, episode.primary).findLast((t) => t.at < first.at && t.outcome === "full");
	if (last?.granted?.replid !== request.replid) return false;
	const [from, to] = [last.end, first.begin].map((event) => (event === null ? null : story.time(outage.server, event)));
	const seconds = from == null || to == null ? 0 : Math.max(0, to - from) / 1000;
	return Number(BigInt(request.offset) - last.granted.offset) > idleGrowth(seconds, usualSentinels);
}

function readyLine(life: ProcessLife): Ground | null {
	for (let i = life.from; i < life.to; i++) {
		const event = life.server.events[i];
		if (event?.type === "server.ready") return { server: life.server, event };
	}
	return null;
}

function ageLine(life: ProcessLife): Ground | null {
	for (let i = life.from; i < life.to; i++) {
		const event = life.server.events[i];
		if (event?.type === "rdb.load.age") return { server: life.server, event };
		if (event?.type === "server.ready") return null;
	}
	return null;
}

/** How long before the end of the process the snapshot was made that the next one loads. */
function unsavedBefore(story: Story, life: ProcessLife): number | null {
	const { server } = life;
	const previous = server.lives[life.index - 1];
	// A process that was stopped in order has saved, unless it was told not to; an AOF holds more than its base's age tells.
	if (
		previous === undefined ||
		previous.end === "shutdown" ||
		/append only file/.test(life.loaded?.text ?? "")
	)
		return null;
	const age = ageLine(life)?.event;
	const loadedAt = age === undefined ? null : story.time(server, age);
	const last = server.events[previous.to - 1];
	const endedAt = last === undefined ? null : story.time(server, last);
	if (age?.type !== "rdb.load.age" || loadedAt === null || endedAt === null) return null;
	return endedAt - (loadedAt - age.fields.seconds * 1000);
}

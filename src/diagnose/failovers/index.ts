import { compare } from "../../correlate/identity.ts";
import type { Story } from "../../correlate/index.ts";
import { pushTo } from "../../model/lists.ts";
import type { Failover, Offset, Resync } from "../../model/report.ts";
import { exact } from "../../model/units.ts";
import type { Ground } from "../case.ts";
import { evidenceOf, iso } from "../evidence.ts";
import type { Told } from "../findings/told.ts";
import { clusterFailovers } from "./cluster.ts";
import { type Draft, earliest, msBetween } from "./draft.ts";
import { failureOf } from "./failed-at.ts";
import { commandFailovers } from "./failover-command.ts";
import { plainPromotions } from "./promotion.ts";
import { lastBack, Returns } from "./returns.ts";
import { Scene } from "./scene.ts";
import { sentinelFailovers } from "./sentinel.ts";
import { reasonOf, sentenceOf } from "./words.ts";

/** Lines of evidence that one failover shows at most. */
const mostLines = 16;

/** Every change of primary that the logs tell of, and every try at one, in the order of time. */
export function failoversOf(story: Story, resyncs: readonly Resync[]): Failover[] {
	const scene = new Scene(story, resyncs);
	// Who knows most about a promotion claims it first.
	const drafts = [sentinelFailovers, clusterFailovers, commandFailovers, plainPromotions].flatMap((find) => find(scene));
	if (drafts.length === 0) return [];
	const ordered = drafts
		.map((draft) => ({ draft, at: draft.beganAt ?? promotedAt(draft) ?? "" }))
		.sort((a, b) => compare(a.at, b.at) || compare(a.draft.to?.id ?? "", b.draft.to?.id ?? "") || compare(a.draft.name ?? "", b.draft.name ?? ""))
		.map(({ draft }) => draft);
	const returns = new Returns(scene);
	const ends = endsOf(ordered, returns);
	const others = concurrent(ordered);
	return ordered.map((draft, i) => finish(scene, returns, draft, i + 1, ends.get(draft) ?? Number.POSITIVE_INFINITY, others.get(draft) ?? []));
}

function promotedAt(draft: Draft): string | null {
	return iso(draft.promotion?.time ?? null) ?? draft.promotedAt;
}

/** Until when each promoted node keeps its role: its next promotion, or the next primary that it follows (ms). */
function endsOf(ordered: readonly Draft[], returns: Returns): Map<Draft, number> {
	const ends = new Map<Draft, number>();
	const next = new Map<string, number>();
	for (const draft of [...ordered].reverse()) {
		const at = promotedAt(draft);
		if (draft.to === null || at === null || draft.outcome !== "completed") continue;
		const time = Date.parse(at);
		const { id } = draft.to;
		ends.set(draft, Math.min(next.get(id) ?? Number.POSITIVE_INFINITY, returns.followsAfter(id, time)));
		next.set(id, time);
	}
	return ends;
}

type Disagreement = Failover["disagreements"][number];

/** Failovers of one primary that went on at the same time, each with its own choice. */
function concurrent(ordered: readonly Draft[]): Map<Draft, Disagreement[]> {
	const found = new Map<Draft, Disagreement[]>();
	const last = new Map<string, Draft>();
	for (const draft of ordered) {
		if (draft.from === null || draft.to === null || draft.outcome !== "completed") continue;
		const key = `${draft.name}\n${draft.from.id}`;
		const before = last.get(key);
		last.set(key, draft);
		if (before?.to == null || before.to.id === draft.to.id || before.endedAt === null || draft.beganAt === null || draft.beganAt >= before.endedAt) continue;
		const nodes = [before.to.id, draft.to.id];
		const text = `while ${before.to.id} was being promoted${inEpoch(before)}, ${draft.to.id} was as well${inEpoch(draft)}`;
		for (const one of [before, draft]) pushTo(found, one, { code: "concurrent", nodes, text });
	}
	return found;
}

const inEpoch = ({ epoch }: Draft): string => (epoch === null ? "" : ` in epoch ${epoch}`);

function finish(scene: Scene, returns: Returns, draft: Draft, id: number, until: number, others: readonly Disagreement[]): Failover {
	const promoted = promotedAt(draft);
	const after = promoted ?? draft.announcedAt;
	const { replicas, told } =
		draft.outcome === "completed" && after !== null ? returns.of(draft, Date.parse(after), until) : { replicas: [], told: [] };
	const agreed = draft.witnesses.filter((w) => w.agreedAt !== null).sort((a, b) => compare(a.agreedAt ?? "", b.agreedAt ?? ""))[0];
	const firstAt = earliest(draft.witnesses.map((w) => w.at));
	const siblingsBack = new Set(replicas.filter((r) => r.role === "replica").map((r) => r.resync));
	const bystanders = told.filter(({ resync }) => siblingsBack.has(resync.id));
	const failure = draft.planned === true ? null : failureOf(scene, draft, bystanders, firstAt, promoted);
	const failedAt = failure?.at ?? null;
	const startedAt = earliest([failedAt, firstAt, draft.orderedAt, draft.beganAt, promoted]);
	const offset = offsetOf(draft);
	const siblings = returns.siblings(draft, told, { from: failedAt, to: promoted });
	const best = siblings[0]?.offset;
	const lastReplicaAt = lastBack(replicas);
	// A node that was told to follow itself has taken over from nobody.
	const from = draft.from?.id === draft.to?.id ? null : (draft.from?.id ?? null);
	const failover: Omit<Failover, "text" | "id"> = {
		kind: draft.kind,
		name: draft.name,
		epoch: draft.epoch,
		planned: draft.planned,
		forced: draft.forced,
		from,
		to: draft.to?.id ?? null,
		outcome: draft.outcome,
		reason: draft.failure === null ? null : reasonOf(draft.failure),
		proof: draft.proof,
		startedAt,
		failedAt,
		down: { firstAt, agreedAt: agreed?.agreedAt ?? null, votes: agreed?.votes ?? null, quorum: agreed?.quorum ?? null, by: draft.witnesses },
		election: draft.election,
		selection: {
			at: draft.selectedAt,
			offset,
			siblings,
			behindBytes: best === undefined || offset === null ? null : behind(best, offset),
		},
		promotedAt: promoted,
		announcedAt: draft.announcedAt,
		replicas,
		lastReplicaAt,
		durations: { toWritableMs: msBetween(startedAt, promoted), toLastReplicaMs: msBetween(promoted, lastReplicaAt) },
		disagreements: [...draft.disagreements, ...others],
		evidence: evidenceOf(scene.story, [...draft.grounds, ...(failure?.grounds ?? []), ...requestsOf(told, best)].slice(0, mostLines)),
		missing: draft.missing,
	};
	return { ...failover, id, text: sentenceOf(failover) };
}

/** The first byte of the old history that the new primary does not have. */
function offsetOf({ promotion, ranks, to }: Draft): Offset | null {
	const shift = promotion?.shift?.fields.secondReplOffset;
	const own = shift ?? ranks.findLast((r) => r.member.id === to?.id)?.offset;
	return own === undefined ? null : exact(own);
}

/** How many bytes lie between two offsets; null where they are too far apart to be of one history. */
function behind(best: Offset, own: Offset): number | null {
	const bytes = Number(BigInt(best) - BigInt(own));
	return Number.isSafeInteger(bytes) ? Math.max(0, bytes) : null;
}

/** What the replica that had come furthest asked for. */
function requestsOf(told: readonly Told[], best: Offset | undefined): Ground[] {
	const furthest = told.find(({ resync }) => best !== undefined && resync.request?.offset === best);
	const tried = furthest?.episode.outage?.tries.find((t) => t.ask?.type === "psync.request");
	return tried?.ask == null ? [] : [{ server: tried.server, event: tried.ask }];
}

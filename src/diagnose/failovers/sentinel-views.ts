import { pushTo } from "../../model/lists.ts";
import type { DownWitness, Failover, FailoverVote } from "../../model/report.ts";
import { listed } from "../findings/phrases.ts";
import type { Scene } from "./scene.ts";
import type { Group, SentinelIndex } from "./sentinel-index.ts";

type Disagreement = Failover["disagreements"][number];

interface View {
	readonly planned: boolean;
	readonly witnesses: readonly DownWitness[];
	readonly votes: readonly FailoverVote[];
	readonly beganAt: string | null;
	readonly endedAt: string | null;
}

/** In what the Sentinels of one failover did not agree. */
export function sentinelDisagreements(scene: Scene, index: SentinelIndex, group: Group, view: View): Disagreement[] {
	return [
		...targets(scene, group),
		...splitVote(view),
		...quorums(view),
		...tilts(scene, index, view),
		...blind(scene, index, group, view),
	];
}

function targets(scene: Scene, { switches }: Group): Disagreement[] {
	const targets = new Map<string, string[]>();
	for (const { side, change } of switches) {
		const node = scene.member(change.to).id;
		pushTo(targets, node, side.server.id);
	}
	if (targets.size < 2) return [];
	const views = [...targets].map(([node, by]) => `${listed([...new Set(by)])} gave ${node}`);
	return [{ code: "different-targets", nodes: [...new Set([...targets.values()].flat())], text: `Sentinels gave clients different primaries: ${views.join(", ")}` }];
}

function splitVote({ votes }: View): Disagreement[] {
	const candidates = new Map<string, string[]>();
	for (const { voter, candidate } of votes) pushTo(candidates, candidate, voter);
	if (candidates.size < 2) return [];
	const views = [...candidates].map(([candidate, by]) => `${by.length} for ${candidate} (${listed(by)})`);
	return [{ code: "split-vote", nodes: [...candidates.keys()], text: `the votes were split: ${views.join(", ")}` }];
}

function quorums({ witnesses }: View): Disagreement[] {
	const quorums = new Map<number, string[]>();
	for (const { node, quorum } of witnesses) if (quorum !== null) pushTo(quorums, quorum, node);
	if (quorums.size < 2) return [];
	const views = [...quorums].map(([quorum, by]) => `${quorum} on ${listed(by)}`);
	return [{ code: "different-quorum", nodes: [...quorums.values()].flat(), text: `the quorum is not the same everywhere: ${views.join(", ")}` }];
}

function tilts(scene: Scene, { sides }: SentinelIndex, { beganAt, endedAt }: View): Disagreement[] {
	return sides.flatMap((side): Disagreement[] => {
		const tilted = side.tilts.some(({ from, to }) => {
			const [since, until] = [scene.at(side.server, from), scene.at(side.server, to)];
			return since !== null && (endedAt === null || since <= endedAt) && (until === null || beganAt === null || until >= beganAt);
		});
		if (!tilted) return [];
		return [{ code: "tilt", nodes: [side.server.id], text: `${side.server.id} was in tilt mode: it watched but did not act` }];
	});
}

/** Sentinels that were there and did not find the primary down when others did. */
function blind(scene: Scene, index: SentinelIndex, { epoch, switches }: Group, { planned, witnesses, beganAt, endedAt }: View): Disagreement[] {
	if (planned || witnesses.length === 0 || beganAt === null) return [];
	const nodes = index.sides.filter((side) => {
		if (witnesses.some((w) => w.node === side.server.id)) return false;
		// Only a log that reaches beyond the failover proves that nothing was seen.
		const took = index.knows(side, epoch) || switches.some((s) => s.side === side);
		const [first, last] = [side.server.events[0], side.server.events.at(-1)].map((e) => scene.at(side.server, e));
		return took && first != null && last != null && first <= beganAt && last >= (endedAt ?? beganAt);
	});
	if (nodes.length === 0) return [];
	const names = nodes.map(({ server }) => server.id);
	return [{ code: "not-seen-down", nodes: names, text: `${listed(names)} did not find the primary down` }];
}

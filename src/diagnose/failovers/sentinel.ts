import type { SentinelAttempt, SentinelSide, SentinelWatch } from "../../correlate/sentinel-side.ts";
import type { DownWitness, FailoverFailure, FailoverVote } from "../../model/report.ts";
import { blank, type Draft, earliest, type Failure, latest, lines, type Member, msBetween } from "./draft.ts";
import type { Scene } from "./scene.ts";
import { chosenBy, type Group, SentinelIndex } from "./sentinel-index.ts";
import { sentinelDisagreements } from "./sentinel-views.ts";

/** Failovers that Sentinels ran, tried or saw (sentinel.c, sentinelFailoverStateMachine). */
export function sentinelFailovers(scene: Scene): Draft[] {
	const index = new SentinelIndex(scene);
	return index.groups.map((group) => draftOf(scene, index, group));
}

interface Seen {
	readonly side: SentinelSide;
	readonly watch: SentinelWatch;
}

function draftOf(scene: Scene, index: SentinelIndex, group: Group): Draft {
	const { set, epoch, attempts, switches } = group;
	const leader = attempts.find((a) => a.promoted !== null) ?? attempts.find((a) => a.elected !== null) ?? attempts.find((a) => a.selected !== null) ?? null;
	const first = leader ?? attempts[0] ?? null;
	const at = (key: "elected" | "selected" | "sent" | "promoted"): string | null => (leader === null ? null : scene.at(leader.server, leader[key]));
	const switchedAt = switches.map(({ side, change }) => scene.at(side.server, change.event));
	const announcedAt = earliest(switchedAt);
	const beganAt = earliest(attempts.map((a) => scene.at(a.server, a.begin))) ?? announcedAt;
	const endedAt = latest([...attempts.flatMap((a) => [scene.at(a.server, a.abort), scene.at(a.server, a.end)]), ...switchedAt]);
	const completed = leader?.promoted != null || switches.length > 0;
	const { to, promotion } = promotedBy(scene, group, leader, completed, at("sent") ?? at("promoted") ?? announcedAt);
	const ordered = first?.ordered ?? null;
	const planned = first === null ? null : ordered !== null;
	const seen = planned === true ? [] : seenBy(scene, index, group, beganAt, endedAt);
	const witnesses = seen.map((s) => witnessOf(scene, s));
	const votes = votesOf(scene, index, group, at("elected") ?? endedAt);
	const needed = planned === true ? null : neededOf(index, first, witnesses);
	const failure = completed ? null : failureOf(index, group, votes, needed);
	const led = leader?.server.id ?? mostVoted(votes);
	return {
		...blank,
		kind: "sentinel",
		name: set,
		epoch,
		planned,
		from: scene.member(group.old),
		to,
		outcome: completed ? "completed" : failure !== null ? "failed" : "open",
		failure,
		proof: completed ? (promotion !== null && leader !== null ? "proven" : "supported") : (failure?.proof ?? "supported"),
		promotion,
		orderedAt: first === null ? null : scene.at(first.server, ordered),
		beganAt,
		endedAt,
		witnesses,
		election: {
			startedAt: attempts.length === 0 ? null : beganAt,
			candidates: [...new Set([...attempts.map((a) => a.server.id), ...votes.map((v) => v.candidate)])],
			leader: led,
			electedAt: at("elected"),
			needed,
			votes,
		},
		selectedAt: at("selected"),
		promotedAt: leader?.promoted == null ? null : (at("sent") ?? at("promoted")),
		announcedAt,
		pointed: attempts.flatMap((a) =>
			[...a.pointed].map(([address, { sent, done }]) => ({ member: scene.member(address), sentAt: scene.at(a.server, sent), doneAt: scene.at(a.server, done) })),
		),
		disagreements: sentinelDisagreements(scene, index, group, { planned: planned === true, witnesses, votes, beganAt, endedAt }),
		grounds: [
			...(first === null ? [] : lines(first.server, ordered)),
			...seen.slice(0, 3).flatMap(({ side, watch }) => lines(side.server, watch.sdown, watch.odown)),
			...(leader === null ? attempts.slice(0, 3) : [leader]).flatMap((a) => lines(a.server, a.begin, a.elected, a.selected, a.sent, a.promoted, a.abort, a.end)),
			...(promotion === null ? [] : lines(promotion.server, promotion.shift, promotion.command)),
			...switches.slice(0, 3).flatMap(({ side, change }) => lines(side.server, change.event)),
		],
		missing: completed ? missingOf(leader, led, to, promotion !== null) : [],
	};
}

/** Who was chosen, and its own line of the promotion. */
function promotedBy(scene: Scene, { switches }: Group, leader: SentinelAttempt | null, completed: boolean, time: string | null): Pick<Draft, "to" | "promotion"> {
	const address = (leader === null ? null : chosenBy(leader)) ?? switches[0]?.change.to ?? null;
	const command = leader?.sent == null ? undefined : scene.commandSent(leader.sent);
	const to: Member | null = command !== undefined ? scene.memberOf(command.server) : address === null ? null : scene.member(address);
	if (!completed) return { to, promotion: null };
	const own = command === undefined ? null : scene.promotionWith(command.received);
	const promotion = own ?? scene.promotionNear(to?.server ?? null, time);
	if (promotion !== null) scene.claimed.add(promotion);
	return { to, promotion };
}

function missingOf(leader: SentinelAttempt | null, led: string | null, to: Member | null, promotion: boolean): string[] {
	const missing: string[] = [];
	if (leader === null) missing.push(`the log of the Sentinel that led it${led === null ? "" : ` (${led})`}`);
	if (!promotion && to !== null) missing.push(`the log of ${to.id}`);
	return missing;
}

/** Enough votes: a majority of all Sentinels, and no fewer than the quorum (sentinelGetLeader). */
function neededOf(index: SentinelIndex, attempt: SentinelAttempt | null, witnesses: readonly DownWitness[]): number | null {
	const side = index.sideOf(attempt);
	if (side === undefined) return null;
	const majority = Math.floor((side.known.size + 1) / 2) + 1;
	return Math.max(majority, ...witnesses.map((w) => w.quorum ?? 0));
}

function mostVoted(votes: readonly FailoverVote[]): string | null {
	const counts = new Map<string, number>();
	for (const { candidate } of votes) counts.set(candidate, (counts.get(candidate) ?? 0) + 1);
	const [best, next] = [...counts].sort((a, b) => b[1] - a[1]);
	return best === undefined || best[1] === next?.[1] ? null : best[0];
}

/** Clocks that votes tie together agree to this many ms. */
const lateness = 10;

/** Votes of one epoch: by the voters' logs, and what the candidates were told. */
function votesOf(scene: Scene, index: SentinelIndex, group: Group, decidedAt: string | null): FailoverVote[] {
	const { epoch, attempts } = group;
	if (epoch === null) return [];
	const own = new Set(attempts.map((a) => a.server.id));
	// A vote names no set of servers: a candidate of another one in the same epoch is not meant.
	const others = new Set(index.others(group).flatMap((g) => g.attempts.map((a) => a.server.id)));
	const counted = new Map<string, { readonly voter: string; readonly candidate: string; readonly at: string | null }>();
	for (const { side, voter, candidate, event } of index.told(epoch)) {
		if (candidate === side.server.id) counted.set(`${voter}\n${candidate}`, { voter, candidate, at: scene.at(side.server, event) });
	}
	const votes: FailoverVote[] = [];
	const add = (voter: string, candidate: string, at: string | null, countedAt: string | null): void => {
		if (others.has(candidate) && !own.has(candidate)) return;
		const late = msBetween(decidedAt, countedAt ?? at);
		// Clocks agree to some ms only, but nobody counts a vote before it is given.
		const given = earliest([at, countedAt]);
		votes.push({ voter, candidate, at: at === null ? null : given, countedAt, lateMs: late !== null && late > lateness ? late : null });
	};
	for (const { side, voter, candidate, event } of index.given(epoch)) {
		const key = `${voter}\n${candidate}`;
		add(voter, candidate, scene.at(side.server, event), counted.get(key)?.at ?? null);
		counted.delete(key);
	}
	const told = new Set(votes.map((v) => v.voter));
	const unnamed = index.sides.filter((s) => s.id !== null && told.has(s.server.id)).length;
	for (const { voter, candidate, at } of counted.values()) {
		// Before 3.2 a candidate calls voters by their address, which no log of theirs shows: they have told themselves.
		if (/:\d+$/.test(voter) && unnamed > 0) continue;
		add(voter, candidate, null, at);
	}
	return votes;
}

/** The Sentinels that took the primary for down, the first one first. */
function seenBy(scene: Scene, index: SentinelIndex, group: Group, beganAt: string | null, endedAt: string | null): Seen[] {
	const seen = index.sides.flatMap((side): (Seen & { readonly time: number })[] => {
		const watch = index.watch(side, group, beganAt, endedAt);
		return watch === null ? [] : [{ side, watch, time: scene.story.time(side.server, watch.sdown) ?? 0 }];
	});
	return seen.sort((a, b) => a.time - b.time);
}

function witnessOf(scene: Scene, { side: { server }, watch }: Seen): DownWitness {
	return {
		node: server.id,
		how: "sdown",
		at: scene.at(server, watch.sdown),
		agreedAt: scene.at(server, watch.odown),
		votes: watch.odown?.fields.votes ?? null,
		quorum: watch.odown?.fields.quorum ?? null,
	};
}

const aborts: readonly (readonly [word: string, FailoverFailure])[] = [
	["not-elected", "not-elected"],
	["no-good-slave", "no-good-replica"],
	["slave-timeout", "replica-timeout"],
	["master-timeout", "primary-timeout"],
];

function failureOf(index: SentinelIndex, { attempts }: Group, votes: readonly FailoverVote[], needed: number | null): Failure | null {
	const most = Math.max(0, ...attempts.map((a) => votes.filter((v) => v.candidate === a.server.id && v.lateMs === null).length));
	const ended = attempts.filter((a) => a.abort !== null);
	const abort = (ended.find((a) => a.abort?.text.includes("not-elected") === false) ?? ended[0])?.abort;
	if (abort != null) {
		const code = aborts.find(([word]) => abort.text.includes(word))?.[1] ?? "unable";
		const counts = code === "not-elected" ? { votes: most, needed } : { votes: null, needed: null };
		return { code, proof: "proven", line: abort.text, ...counts };
	}
	// Nothing is logged when another Sentinel's failover overtakes it.
	const overtaken = attempts.length > 0 && attempts.every((a) => index.wentOn(a));
	return overtaken ? { code: "not-elected", proof: "inferred", line: null, votes: most, needed } : null;
}

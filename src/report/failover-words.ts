import type { Failover, FailoverReturn } from "../model/report.ts";
import { count, duration, size } from "./human.ts";
import type { Names } from "./names.ts";
import { between, type Times } from "./times.ts";

/** What a change of primary was, in short pieces that every format for people puts in its own shape. */

/** How nodes and times are called, and whether all is told. */
export interface Telling {
	readonly names: Names;
	readonly times: Times;
	readonly all: boolean;
}

const kinds: Readonly<Record<Failover["kind"], string>> = {
	sentinel: "Sentinel failover",
	"cluster-election": "cluster failover",
	"cluster-failover": "manual cluster failover",
	"failover-command": "FAILOVER",
	promotion: "promotion",
};

/** `ordered Sentinel failover of mymaster`. */
export function failoverKind({ kind, name, planned, forced }: Failover): string {
	const ordered = planned === true && (kind === "promotion" || kind === "sentinel");
	return `${forced ? "forced " : ordered ? "ordered " : ""}${kinds[kind]}${name === null ? "" : ` of ${name}`}`;
}

/** `primary → replica1`. */
export const failoverNodes = (names: Names, { from, to }: Failover): string =>
	`${names.node(from, "primary")} → ${to === null ? "nobody" : names.node(to)}`;

/** How it went: labels, and what is said under each. */
export function failoverCourse(telling: Telling, failover: Failover): [label: string, items: string[]][] {
	const course: [string, string[]][] = [
		["down", downItems(telling, failover)],
		["vote", voteItems(telling, failover)],
		["choice", choiceItems(telling, failover)],
		["writable", writableItems(telling, failover)],
		["back", backItems(telling, failover)],
	];
	return course.filter(([, items]) => items.length > 0);
}

function downItems({ names, times, all }: Telling, { failedAt, down }: Failover): string[] {
	const items: string[] = [];
	if (failedAt !== null) items.push(`lost ${times.time(failedAt)}`);
	const [first] = down.by;
	if (first !== undefined && down.firstAt !== null) {
		const since = failedAt === null ? times.time(down.firstAt) : later(failedAt, down.firstAt);
		items.push(`seen down ${since} by ${names.node(first.node)}`);
	}
	if (down.agreedAt !== null && down.firstAt !== null) {
		const votes = down.votes === null ? "" : ` (${down.votes}/${down.quorum})`;
		items.push(`agreed ${later(failedAt ?? down.firstAt, down.agreedAt)}${votes}`);
	}
	if (all) {
		for (const { node, how, at, agreedAt, votes, quorum } of down.by) {
			const agreed = how !== "sdown" || agreedAt === null ? "" : `, agreed ${times.time(agreedAt)} (${votes}/${quorum})`;
			items.push(`${names.node(node)} ${how}${at === null ? "" : ` ${times.time(at)}`}${agreed}`);
		}
	} else if (down.by.length > 1) items.push(`by ${down.by.length} in all`);
	return items;
}

function voteItems({ names, times, all }: Telling, { election, kind, planned }: Failover): string[] {
	if (election === null || (election.votes.length === 0 && election.leader === null)) return [];
	// Who is ordered to fail over needs nobody's vote (sentinel.c, SRI_FORCE_FAILOVER).
	if (planned === true && kind === "sentinel" && !all) return election.leader === null ? [] : [`by ${names.node(election.leader)}`];
	const { leader, votes, needed, electedAt } = election;
	const won = votes.filter(({ candidate, lateMs }) => candidate === leader && lateMs === null).length;
	const items: string[] = [];
	const enough = needed === null ? "" : `, ${needed} needed`;
	if (leader !== null) items.push(`${kind === "sentinel" ? "leader " : ""}${names.node(leader)}${won > 0 ? ` with ${count(won, "known vote")}${enough}` : ""}`);
	else items.push(`nobody leads: ${count(votes.length, "known vote")}${enough}`);
	if (electedAt !== null && all) items.push(`elected ${times.time(electedAt)}`);
	for (const { voter, candidate, at, countedAt, lateMs } of votes) {
		const time = countedAt ?? at;
		const late = lateMs === null ? "" : `, late by ${duration(lateMs)}`;
		if (all) items.push(`${names.node(voter)} for ${names.node(candidate)}${time === null ? "" : ` ${times.time(time)}`}${late}`);
		else if (lateMs !== null) items.push(`${names.node(voter)}'s vote came ${duration(lateMs)} late`);
	}
	return items;
}

function choiceItems({ names, all }: Telling, { selection: { offset, siblings, behindBytes }, to }: Failover): string[] {
	if (offset === null) return [];
	const items = [`${to === null ? "chosen" : names.node(to)} at offset ${offset}`];
	const [best] = siblings;
	if (best !== undefined && behindBytes !== null) {
		items.push(behindBytes > 0 ? `${size(behindBytes)} behind ${names.node(best.node)} (${best.offset})` : "no other known to be further");
	}
	if (all) items.push(...siblings.map(({ node, offset: own, by }) => `${names.node(node)} ${own} (by ${by})`));
	return items;
}

function writableItems({ times }: Telling, { promotedAt, announcedAt, startedAt, failedAt, planned, down, durations: { toWritableMs } }: Failover): string[] {
	if (promotedAt === null) return announcedAt === null ? [] : [`clients told ${times.time(announcedAt)}`];
	const since = startedAt === failedAt ? "the loss" : startedAt === down.firstAt ? "it was seen down" : planned === true ? "the order" : "it began";
	const items = [toWritableMs === null || toWritableMs === 0 ? times.time(promotedAt) : `${times.time(promotedAt)}, ${duration(toWritableMs)} after ${since}`];
	if (announcedAt !== null) items.push(`clients told ${later(promotedAt, announcedAt)}`);
	return items;
}

function backItems({ names, all }: Telling, { replicas, promotedAt, announcedAt }: Failover): string[] {
	const since = promotedAt ?? announcedAt;
	const tell = ({ node, verdict, onlineAt, role, resync }: FailoverReturn): string => {
		const number = all && resync !== null ? ` #${resync}` : "";
		const how = verdict === null ? "" : ` ${verdict}`;
		const old = role === "old-primary" ? " (old primary)" : "";
		return `${names.node(node)}${old}${how}${number}${onlineAt === null || since === null ? ", not seen back" : ` ${later(since, onlineAt)}`}`;
	};
	const shown = all || replicas.length <= 6 ? replicas : replicas.slice(0, 5);
	const rest = replicas.length - shown.length;
	return [...shown.map(tell), ...(rest > 0 ? [`and ${rest} more`] : [])];
}

const later = (from: string, to: string): string => {
	const ms = between(from, to);
	return ms < 0 ? duration(ms) : `+${duration(ms)}`;
};

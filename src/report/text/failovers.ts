import type { Failover, FailoverReturn } from "../../model/report.ts";
import { count, duration, size } from "../human.ts";
import { between } from "../times.ts";
import { type Context, dotted, evidenceLines, heading, labelled, labelledList, styled } from "./context.ts";
import { paragraph, type Span, type Style } from "./layout.ts";

/** Failovers that are told one by one unless all are asked for. */
const most = 12;

const marks: Readonly<Record<Failover["outcome"], readonly [mark: string, style: Style, word: string]>> = {
	completed: ["⇄", "accent", ""],
	failed: ["✗", "bad", "FAILED"],
	open: ["…", "warn", "OPEN"],
};

const kinds: Readonly<Record<Failover["kind"], string>> = {
	sentinel: "Sentinel failover",
	"cluster-election": "cluster failover",
	"cluster-failover": "manual cluster failover",
	"failover-command": "FAILOVER",
	promotion: "promotion",
};

/** Changes of primary: who decided, who was chosen, how long it took. */
export function failoversSection(context: Context): string[] {
	const { failovers } = context.report;
	if (failovers.length === 0) return [];
	const shown = context.detail === "verbose" ? failovers : failovers.slice(0, most);
	const blocks = shown.map((failover) => failoverBlock(context, failover));
	if (shown.length < failovers.length) blocks.push(`… and ${failovers.length - shown.length} more (-v)`);
	return [[heading(context, "Failovers"), ...blocks].join("\n")];
}

function failoverBlock(context: Context, failover: Failover): string {
	const lines = [title(context, failover)];
	if (failover.reason !== null) lines.push(labelled(context, "why", [failover.reason.text]));
	if (context.detail === "quiet") return lines.join("\n");
	const add = (label: string, items: readonly string[]): void => {
		if (items.length > 0) lines.push(labelled(context, label, dotted(context, items)));
	};
	add("down", downItems(context, failover));
	add("vote", voteItems(context, failover));
	add("choice", choiceItems(context, failover));
	add("writable", writableItems(context, failover));
	add("back", backItems(context, failover));
	lines.push(...labelledList(context, "but", failover.disagreements.map(({ text }) => [styled("warn", text)])));
	if (context.detail !== "verbose") return lines.join("\n");
	lines.push(...labelledList(context, "missing", failover.missing.map((text) => [text])));
	return [...lines, ...evidenceLines(context, "evidence", failover.evidence, Number.POSITIVE_INFINITY)].join("\n");
}

function title({ names, times, page }: Context, failover: Failover): string {
	const { kind, name, epoch, planned, forced, from, to, outcome, proof, startedAt } = failover;
	const [mark, style, word] = marks[outcome];
	const ordered = planned === true && (kind === "promotion" || kind === "sentinel");
	const how = forced ? "forced " : ordered ? "ordered " : "";
	const spans: Span[] = [
		styled(style, mark),
		`  ${startedAt === null ? "time unknown" : times.time(startedAt)}  `,
		`${how}${kinds[kind]}${name === null ? "" : ` of ${name}`}  `,
		styled("bold", `${names.node(from, "primary")} → ${to === null ? "nobody" : names.node(to)}`),
		epoch === null ? "" : `  epoch ${epoch}`,
		word === "" ? "" : styled(style, `  ${word}`),
		styled(proof === "proven" ? "dim" : "warn", ` (${proof})`),
	];
	return paragraph(page, spans, { hanging: 4 });
}

function downItems({ names, times, detail }: Context, { failedAt, down }: Failover): string[] {
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
	if (detail === "verbose") {
		for (const { node, how, at, agreedAt, votes, quorum } of down.by) {
			const agreed = how !== "sdown" || agreedAt === null ? "" : `, agreed ${times.time(agreedAt)} (${votes}/${quorum})`;
			items.push(`${names.node(node)} ${how}${at === null ? "" : ` ${times.time(at)}`}${agreed}`);
		}
	} else if (down.by.length > 1) items.push(`by ${down.by.length} in all`);
	return items;
}

function voteItems({ names, times, detail }: Context, { election, kind, planned }: Failover): string[] {
	if (election === null || (election.votes.length === 0 && election.leader === null)) return [];
	// Who is ordered to fail over needs nobody's vote (sentinel.c, SRI_FORCE_FAILOVER).
	if (planned === true && kind === "sentinel" && detail !== "verbose") return election.leader === null ? [] : [`by ${names.node(election.leader)}`];
	const { leader, votes, needed, electedAt } = election;
	const won = votes.filter(({ candidate, lateMs }) => candidate === leader && lateMs === null).length;
	const items: string[] = [];
	const enough = needed === null ? "" : `, ${needed} needed`;
	if (leader !== null) items.push(`${kind === "sentinel" ? "leader " : ""}${names.node(leader)}${won > 0 ? ` with ${count(won, "known vote")}${enough}` : ""}`);
	else items.push(`nobody leads: ${count(votes.length, "known vote")}${enough}`);
	if (electedAt !== null && detail === "verbose") items.push(`elected ${times.time(electedAt)}`);
	for (const { voter, candidate, at, countedAt, lateMs } of votes) {
		const time = countedAt ?? at;
		const late = lateMs === null ? "" : `, late by ${duration(lateMs)}`;
		if (detail === "verbose") items.push(`${names.node(voter)} for ${names.node(candidate)}${time === null ? "" : ` ${times.time(time)}`}${late}`);
		else if (lateMs !== null) items.push(`${names.node(voter)}'s vote came ${duration(lateMs)} late`);
	}
	return items;
}

function choiceItems({ names, detail }: Context, { selection: { offset, siblings, behindBytes }, to }: Failover): string[] {
	if (offset === null) return [];
	const items = [`${to === null ? "chosen" : names.node(to)} at offset ${offset}`];
	const [best] = siblings;
	if (best !== undefined && behindBytes !== null) {
		items.push(behindBytes > 0 ? `${size(behindBytes)} behind ${names.node(best.node)} (${best.offset})` : "no other known to be further");
	}
	if (detail === "verbose") items.push(...siblings.map(({ node, offset: own, by }) => `${names.node(node)} ${own} (by ${by})`));
	return items;
}

function writableItems({ times }: Context, { promotedAt, announcedAt, startedAt, failedAt, planned, down, durations: { toWritableMs } }: Failover): string[] {
	if (promotedAt === null) return announcedAt === null ? [] : [`clients told ${times.time(announcedAt)}`];
	const since = startedAt === failedAt ? "the loss" : startedAt === down.firstAt ? "it was seen down" : planned === true ? "the order" : "it began";
	const items = [toWritableMs === null || toWritableMs === 0 ? times.time(promotedAt) : `${times.time(promotedAt)}, ${duration(toWritableMs)} after ${since}`];
	if (announcedAt !== null) items.push(`clients told ${later(promotedAt, announcedAt)}`);
	return items;
}

function backItems({ names, detail }: Context, { replicas, promotedAt, announcedAt }: Failover): string[] {
	const since = promotedAt ?? announcedAt;
	const tell = ({ node, verdict, onlineAt, role, resync }: FailoverReturn): string => {
		const number = detail === "verbose" && resync !== null ? ` #${resync}` : "";
		const how = verdict === null ? "" : ` ${verdict}`;
		const old = role === "old-primary" ? " (old primary)" : "";
		return `${names.node(node)}${old}${how}${number}${onlineAt === null || since === null ? ", not seen back" : ` ${later(since, onlineAt)}`}`;
	};
	const shown = detail === "verbose" || replicas.length <= 6 ? replicas : replicas.slice(0, 5);
	const rest = replicas.length - shown.length;
	return [...shown.map(tell), ...(rest > 0 ? [`and ${rest} more`] : [])];
}

const later = (from: string, to: string): string => {
	const ms = between(from, to);
	return ms < 0 ? duration(ms) : `+${duration(ms)}`;
};

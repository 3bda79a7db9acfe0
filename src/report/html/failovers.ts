import type { Failover, FailoverReturn } from "../../model/report.ts";
import { duration, size } from "../human.ts";
import { between } from "../times.ts";
import { evidenceDetails, pairs, type Sections, section } from "./parts.ts";
import { h, type Tree } from "./tree.ts";

const kinds: Readonly<Record<Failover["kind"], string>> = {
	sentinel: "Sentinel failover",
	"cluster-election": "cluster failover",
	"cluster-failover": "manual cluster failover",
	"failover-command": "FAILOVER",
	promotion: "promotion",
};

const outcomes: Readonly<Record<Failover["outcome"], string>> = {
	completed: "partial",
	failed: "failed",
	open: "open",
};

/** Changes of primary: who decided, who was chosen, how long it took. */
export function failoversSection(context: Sections): Tree {
	const { failovers } = context.report;
	if (failovers.length === 0) return undefined;
	return section("failovers", "Failovers", ...failovers.map((failover) => block(context, failover)));
}

function block(context: Sections, failover: Failover): Tree {
	const { names, times } = context;
	const { id, kind, name, epoch, from, to, outcome, proof, reason, startedAt, text } = failover;
	const title = h(
		"h3",
		{},
		h("span", { class: `verdict ${outcomes[outcome]}` }, outcome),
		` ${kinds[kind]}${name === null ? "" : ` of ${name}`}: ${names.node(from, "primary")} → ${to === null ? "nobody" : names.node(to)}`,
		h("span", { class: "proof" }, `${epoch === null ? "" : ` epoch ${epoch}`} ${proof}`),
	);
	const items: [string, Tree][] = [];
	const add = (label: string, parts: readonly (string | null)[]): void => {
		const said = parts.filter((part) => part !== null);
		if (said.length > 0) items.push([label, said.join(" · ")]);
	};
	if (reason !== null) add("why", [reason.text]);
	add("down", downOf(context, failover));
	add("vote", votesOf(context, failover));
	add("choice", choiceOf(context, failover));
	add("writable", writableOf(context, failover));
	add(
		"back",
		failover.replicas.map((one) => backOf(context, failover, one)),
	);
	for (const { text: said } of failover.disagreements) add("but", [said]);
	for (const said of failover.missing) add("missing", [said]);
	return h(
		"article",
		{ class: `failover ${outcomes[outcome]}`, id: `f${id}` },
		h(
			"header",
			{},
			title,
			startedAt === null ? undefined : h("time", { datetime: startedAt }, times.time(startedAt)),
		),
		h("p", { class: "why" }, text),
		pairs(items),
		evidenceDetails(context, failover.evidence, false),
	);
}

function downOf({ names, times }: Sections, { failedAt, down }: Failover): (string | null)[] {
	const seen = down.by.map(({ node, at }) => `${names.node(node)}${at === null ? "" : ` ${times.time(at)}`}`);
	const votes = down.votes === null ? "" : `, ${down.votes} of ${down.quorum} needed`;
	return [
		failedAt === null ? null : `failed ${times.time(failedAt)}`,
		seen.length === 0 ? null : `seen down by ${seen.join(", ")}`,
		down.agreedAt === null ? null : `agreed ${times.time(down.agreedAt)}${votes}`,
	];
}

function votesOf({ names }: Sections, { election }: Failover): (string | null)[] {
	if (election === null) return [];
	const { leader, votes, needed } = election;
	return [
		leader === null ? null : `led by ${names.node(leader)}`,
		needed === null ? null : `${needed} votes needed`,
		...votes.map(({ voter, candidate, lateMs }) => {
			const late = lateMs === null ? "" : `, ${duration(lateMs)} late`;
			return `${names.node(voter)} for ${names.node(candidate)}${late}`;
		}),
	];
}

function choiceOf(
	{ names }: Sections,
	{ selection: { offset, siblings, behindBytes }, to }: Failover,
): (string | null)[] {
	if (offset === null) return [];
	const [best] = siblings;
	const behind =
		best === undefined || behindBytes === null || behindBytes === 0
			? null
			: `${size(behindBytes)} behind ${names.node(best.node)}`;
	return [`${to === null ? "chosen" : names.node(to)} at offset ${offset}`, behind];
}

function writableOf(
	{ times }: Sections,
	{ promotedAt, announcedAt, durations }: Failover,
): (string | null)[] {
	const after = durations.toWritableMs === null ? "" : `, after ${duration(durations.toWritableMs)}`;
	return [
		promotedAt === null ? null : `${times.time(promotedAt)}${after}`,
		announcedAt === null ? null : `clients told ${times.time(announcedAt)}`,
		durations.toLastReplicaMs === null
			? null
			: `last replica back ${duration(durations.toLastReplicaMs)} later`,
	];
}

function backOf(
	{ names }: Sections,
	{ promotedAt, announcedAt }: Failover,
	{ node, role, verdict, onlineAt, resync }: FailoverReturn,
): string {
	const since = promotedAt ?? announcedAt;
	const old = role === "old-primary" ? " (old primary)" : "";
	const how = `${verdict === null ? "" : ` ${verdict}`}${resync === null ? "" : ` #${resync}`}`;
	if (onlineAt === null) return `${names.node(node)}${old}${how}, not seen back`;
	return `${names.node(node)}${old}${how}${since === null ? "" : ` +${duration(between(since, onlineAt))}`}`;
}

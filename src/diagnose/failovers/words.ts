import type { Failover, FailoverFailure, FailoverKind, FailoverReturn, Why } from "../../model/report.ts";
import { humanDuration } from "../../model/units.ts";
import { counted, listed } from "../findings/phrases.ts";
import type { Failure } from "./draft.ts";

/** What each kind is called. */
export const kindWords: Readonly<Record<FailoverKind, string>> = {
	sentinel: "Sentinel failover",
	"cluster-election": "cluster failover",
	"cluster-failover": "manual cluster failover",
	"failover-command": "FAILOVER",
	promotion: "promotion by hand",
};

const failureWords: Readonly<Record<FailoverFailure, (failure: Failure) => string>> = {
	"not-elected": ({ votes, needed }) => `nobody was elected${of(votes, needed)}`,
	"no-good-replica": () => "no replica was fit to be promoted",
	"replica-timeout": () => "the chosen replica did not report its new role in time",
	"primary-timeout": () => "the primary did not hand over in time",
	"votes-missing": ({ votes, needed }) => `the election was not won${of(votes, needed)}`,
	"data-too-old": () => "the replica had been without its primary for longer than cluster-replica-validity-factor allows",
	"election-reset": () => "the election started over, as it could not be won any more",
	"manual-timeout": () => "the manual failover ran out of time",
	aborted: ({ line }) => `it was aborted: ${line ?? "no reason is logged"}`,
	unable: ({ line }) => line ?? "the log does not say why",
};

function of(votes: number | null, needed: number | null): string {
	if (votes === null) return "";
	return `: ${needed === null ? counted(votes, "vote") : `${votes} of ${needed} votes`}`;
}

/** Why a failover failed. */
export function reasonOf(failure: Failure): Why<FailoverFailure> {
	const { code, proof, line, votes, needed } = failure;
	return { code, proof, text: failureWords[code](failure), facts: { line, votes, needed } };
}

type Told = Omit<Failover, "text" | "id">;

/** A failover in one sentence. */
export function sentenceOf(failover: Told): string {
	const { kind, name, from, to, epoch, outcome, reason, planned } = failover;
	const of = name === null ? "" : ` of ${name}`;
	const way = `${from ?? "an unknown primary"} → ${to ?? "nobody"}`;
	const number = epoch === null ? "" : `, epoch ${epoch}`;
	const what = kind === "promotion" && planned === null ? "promotion" : kindWords[kind];
	const head = `${what}${failover.forced ? " (forced)" : ""}${of}, ${way}${number}`;
	if (outcome === "failed") return `${head}: failed, ${reason?.text ?? "the log does not say why"}`;
	if (outcome === "open") return `${head}: not finished when the logs end`;
	const parts = [writable(failover), back(failover), former(failover)].filter((part) => part !== "");
	return parts.length === 0 ? head : `${head}: ${parts.join(", ")}`;
}

function writable({ durations: { toWritableMs }, failedAt, down, startedAt, promotedAt }: Told): string {
	if (promotedAt === null || toWritableMs === null || toWritableMs === 0) return "";
	const since = startedAt === failedAt ? "after the primary was lost" : startedAt === down.firstAt ? "after it was seen down" : "after it began";
	return `writable ${humanDuration(toWritableMs)} ${since}`;
}

function back({ replicas, durations: { toLastReplicaMs } }: Told): string {
	const own = replicas.filter((r) => r.role !== "old-primary");
	if (own.length === 0) return "";
	const gone = own.filter((r) => r.onlineAt === null);
	if (gone.length > 0) return `${own.length - gone.length} of ${counted(own.length, "replica")} back (${listed(gone.map((r) => r.node))} not seen)`;
	const verdicts = tally(own);
	return `${own.length === 1 ? "the replica" : own.length === 2 ? "both replicas" : `all ${own.length} replicas`} back${toLastReplicaMs === null ? "" : ` ${humanDuration(toLastReplicaMs)} later`}${verdicts}`;
}

/** The old primary as a replica. */
function former({ replicas, promotedAt }: Told): string {
	const old = replicas.find((r) => r.role === "old-primary");
	if (old?.onlineAt == null || promotedAt === null) return "";
	const verdict = old.verdict === "full" || old.verdict === "partial" ? ` (${old.verdict})` : "";
	return `the old primary follows it after ${humanDuration(Date.parse(old.onlineAt) - Date.parse(promotedAt))}${verdict}`;
}

function tally(replicas: readonly FailoverReturn[]): string {
	const full = replicas.filter((r) => r.verdict === "full").length;
	const partial = replicas.filter((r) => r.verdict === "partial").length;
	const parts = [full > 0 ? `${full} full` : "", partial > 0 ? `${partial} partial` : ""].filter((part) => part !== "");
	return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

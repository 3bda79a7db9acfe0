import { pushTo } from "../../model/lists.ts";
import { humanBytes } from "../../model/units.ts";
import { defineFinding } from "./define.ts";
import { type Discard, discardsOf } from "./discards.ts";
import { largest, sample, sum } from "./figures.ts";
import { counted, listed } from "./phrases.ts";
import { toldOf } from "./told.ts";

const severities = { "heartbeat-only": "info", unsure: "warning", writes: "critical" } as const;

/** A node held a piece of history beyond the point where another took over, and gave it up. */
export const dataDiscarded = defineFinding({
	code: "data-discarded",
	check: (story, resyncs) => {
		const forks = new Map<string, Discard[]>();
		for (const discard of discardsOf(story, toldOf(story, resyncs))) {
			// Heartbeats are told apart from writes, also where one fork threw away both.
			pushTo(
				forks,
				`${discard.replid}\n${discard.forkOffset}\n${discard.content}\n${discard.side}`,
				discard,
			);
		}
		return [...forks.values()].map((discards) => {
			const one = discards[0] as Discard;
			const nodes = [...new Set(discards.map((d) => d.told.resync.replica ?? "a replica that is not named"))];
			return {
				severity: severities[one.content],
				node: nodes.length === 1 ? (one.told.resync.replica ?? null) : null,
				resyncs: discards.map((d) => d.told.resync.id),
				facts: {
					bytes: largest(discards.map((d) => d.bytes)),
					totalBytes: sum(discards.map((d) => d.bytes)),
					nodes: listed(nodes),
					nodeCount: nodes.length,
					replid: one.replid,
					forkOffset: one.forkOffset,
					at: discards[0]?.told.resync.decidedAt ?? null,
					side: one.side,
					detail: one.content,
				},
				grounds: sample(discards).flatMap((d) => d.grounds),
			};
		});
	},
	explain: ({ bytes, nodes, nodeCount, forkOffset, side, detail }) => {
		const size = bytes === null ? "bytes" : humanBytes(bytes);
		const who =
			nodeCount === 1
				? `${nodes} discarded ${size}`
				: `${counted(nodeCount, "node")} (${nodes}) discarded up to ${size}`;
		const where =
			side === "old-side"
				? `beyond offset ${forkOffset}, where the new primary had taken over`
				: `that it had added after its own promotion at offset ${forkOffset}`;
		const what =
			detail === "heartbeat-only"
				? ": no more than heartbeats amount to in that time, no write need be lost"
				: detail === "unsure"
					? ": writes, or the commands that Sentinels had queued while it stood still; the logs do not tell which"
					: ": more than heartbeats amount to, so writes that clients were told had succeeded";
		return `${who} ${where}${what}`;
	},
	remedy: ({ detail, nodes }) =>
		detail === "heartbeat-only"
			? ["Nothing needs to be recovered."]
			: [
					`Recover what was lost from the last RDB or AOF of ${nodes}, if one from before the resync is left, and compare it with the primary.`,
					"min-replicas-to-write with min-replicas-max-lag (or WAIT for the writes that matter) bounds the loss of the next time; FAILOVER and CLUSTER FAILOVER hand over without any.",
				],
});

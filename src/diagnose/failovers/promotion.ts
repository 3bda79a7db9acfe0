import type { FailoverKind } from "../../model/report.ts";
import { lastBefore } from "../../model/lines.ts";
import { readClient } from "../findings/client-list.ts";
import type { Promotion } from "../findings/promotions.ts";
import { blank, type Draft, lines } from "./draft.ts";
import type { Scene } from "./scene.ts";

/** What one command does is logged within so many events. */
const oneCommand = 12;
/** A promotion drops the link in the same instant (ms). */
const sameInstant = 200;

/** Promotions that no Sentinel, cluster or FAILOVER command was seen to make: by hand, or by whom the logs do not tell. */
export function plainPromotions(scene: Scene): Draft[] {
	return [...scene.promotions.values()].flatMap((own) => own.filter((p) => !scene.claimed.has(p) && !isReset(p)).map((p) => draftOf(scene, p)));
}

/** CLUSTER RESET turns a replica into an empty primary: nobody is to follow it. */
function isReset({ server, at }: Promotion): boolean {
	const reset = lastBefore(server, at + oneCommand, "cluster.reset");
	return reset !== undefined && reset.at >= at - oneCommand;
}

function draftOf(scene: Scene, promotion: Promotion): Draft {
	const { server, at, command, shift, time } = promotion;
	const { kind, planned } = howOf(promotion, linkWasUp(scene, promotion));
	const from = scene.followed(server, at)?.member ?? null;
	const when = time === null ? null : new Date(time).toISOString();
	return {
		...blank,
		kind,
		planned,
		from,
		to: scene.memberOf(server),
		outcome: "completed",
		// Without the line that names who asked for it, only the new ID shows what it was.
		proof: command === null ? "inferred" : "supported",
		promotion,
		beganAt: when,
		grounds: lines(server, shift, command),
		missing: kind === "sentinel" ? ["the Sentinels' logs"] : kind === "cluster-election" ? ["the other cluster nodes' logs"] : [],
	};
}

function howOf({ server, command }: Promotion, up: boolean): { readonly kind: FailoverKind; readonly planned: boolean | null } {
	if (command === null) return { kind: server.cluster ? "cluster-election" : "promotion", planned: null };
	if (command.text.includes("(failover request")) return { kind: "failover-command", planned: true };
	const name = readClient(command.fields.client ?? "").name ?? "";
	if (name.startsWith("sentinel-")) return { kind: "sentinel", planned: null };
	// A name that the server keeps secret may be a Sentinel's; a link that was down may have been the reason.
	return { kind: "promotion", planned: name.includes("redacted") || !up ? null : true };
}

/** Whether the node had its stream until it was promoted. */
function linkWasUp(scene: Scene, { server, at, time }: Promotion): boolean {
	const lost = lastBefore(server, at, "link.primary-lost");
	const linked = scene.followed(server, at)?.tried;
	if (lost === undefined || linked === undefined || lost.at < linked.at) return true;
	const lostAt = scene.story.time(server, lost.event);
	return lostAt !== null && time !== null && time - lostAt <= sameInstant;
}

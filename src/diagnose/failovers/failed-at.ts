import type { LogEvent } from "../../model/event.ts";
import type { Server } from "../../model/story.ts";
import { lastBefore } from "../../model/lines.ts";
import type { Ground } from "../case.ts";
import { iso } from "../evidence.ts";
import type { Told } from "../findings/told.ts";
import { type Draft, earliest } from "./draft.ts";
import type { Scene } from "./scene.ts";

/** A promotion drops the link in the same instant (ms). */
const sameInstant = 200;
/** A primary that ended longer before the first sign than this ended for another reason (ms). */
const sameCause = 60_000;
/** A link that was lost longer before was lost for another reason (ms). */
const sameOutage = 600_000;

interface Failed {
	readonly at: string;
	readonly grounds: readonly Ground[];
}

/** When the old primary failed: by the new one's lost link, by its own last lines, else by the replicas that lost it. */
export function failureOf(scene: Scene, draft: Draft, told: readonly Told[], seenAt: string | null, promotedAt: string | null): Failed | null {
	const own = ownLoss(scene, draft);
	const first = own?.at ?? seenAt ?? draft.beganAt ?? promotedAt;
	const end = first === null || draft.from?.server == null ? null : lastEnd(scene, draft.from.server, Date.parse(first));
	const known = [own, end].filter((f) => f !== null);
	const at = earliest(known.map((f) => f.at));
	if (at !== null) return { at, grounds: known.flatMap((f) => f.grounds) };
	if (promotedAt === null) return null;
	const limit = Date.parse(promotedAt);
	const bystanders = told.filter(({ resync: { trigger } }) => trigger.code !== "replica-restarted" && trigger.code !== "replica-started");
	const lost = bystanders.filter(({ lostAt }) => lostAt !== null && lostAt < limit - sameInstant && lostAt > limit - sameOutage);
	const earliestLoss = earliest(lost.map(({ lostAt }) => iso(lostAt)));
	return earliestLoss === null ? null : { at: earliestLoss, grounds: [] };
}

/** The link of the promoted node, where it had been lost before. */
function ownLoss(scene: Scene, { promotion }: Draft): Failed | null {
	if (promotion === null) return null;
	const { server, at, time } = promotion;
	const lost = lastBefore(server, at, "link.primary-lost");
	const linked = scene.followed(server, at)?.tried;
	if (lost === undefined || linked === undefined || lost.at < linked.at) return null;
	const lostAt = scene.story.time(server, lost.event);
	if (lostAt === null || time === null || time - lostAt <= sameInstant || time - lostAt > sameOutage) return null;
	return failed(server, lost.event, lostAt);
}

/** The last line of the primary's process, where it ended about that time. */
function lastEnd(scene: Scene, server: Server, first: number): Failed | null {
	for (let i = server.lives.length - 1; i >= 0; i--) {
		const event = server.lives[i]?.endEvent;
		const at = event == null ? null : scene.story.time(server, event);
		if (event == null || at === null || at > first) continue;
		return first - at <= sameCause ? failed(server, event, at) : null;
	}
	return null;
}

function failed(server: Server, event: LogEvent, time: number): Failed {
	return { at: new Date(time).toISOString(), grounds: [{ server, event }] };
}

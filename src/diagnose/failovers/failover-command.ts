import type { EventOf, LogEvent } from "../../model/event.ts";
import { firstAt, pushTo } from "../../model/lists.ts";
import type { Server } from "../../model/story.ts";
import { positionsOf } from "../../model/lines.ts";
import { blank, type Draft, lines, type Member } from "./draft.ts";
import type { Scene } from "./scene.ts";

/** The target takes over within this time of the hand-over (ms). */
const soon = 10_000;

interface Asked {
	readonly server: Server;
	readonly event: EventOf<"failover.psync-request">;
	readonly at: number;
	readonly time: number;
}

/** FAILOVER on the primary, and what its target made of it (replication.c: failoverCommand, updateFailoverStatus). */
export function commandFailovers(scene: Scene): Draft[] {
	const asked = new Map<Server, Asked[]>();
	for (const server of scene.story.servers) {
		for (const at of server.positions.get("failover.psync-request") ?? []) {
			const event = server.events[at] as EventOf<"failover.psync-request">;
			const time = scene.story.time(server, event);
			if (time !== null) pushTo(asked, server, { server, event, at, time });
		}
	}
	const answered = new Set<Asked>();
	const ordered = scene.story.servers.flatMap((server) => {
		const found = positionsOf(server, 0, server.events.length, "failover.requested");
		return found.map((at, i) => fromOrder(scene, server, at, found[i + 1] ?? server.events.length, asked, answered));
	});
	const alone = [...asked.values()].flat().filter((one) => !answered.has(one)).map((one) => fromTarget(scene, one));
	return [...ordered, ...alone];
}

interface Course {
	readonly handed: EventOf<"failover.synced"> | EventOf<"failover.forced"> | null;
	readonly aborted: { readonly event: EventOf<"failover.aborted">; readonly at: number } | null;
}

/** How one command went on in the log of the server that received it. */
function courseOf(server: Server, from: number, to: number): Course {
	let handed: Course["handed"] = null;
	let aborted: Course["aborted"] = null;
	for (const at of positionsOf(server, from, to, "failover.synced", "failover.forced", "failover.aborted")) {
		const event = server.events[at] as LogEvent;
		if (event.type === "failover.synced" || event.type === "failover.forced") handed ??= event;
		else if (event.type === "failover.aborted") aborted ??= { event, at };
	}
	return { handed, aborted };
}

function fromOrder(scene: Scene, server: Server, at: number, until: number, asked: ReadonlyMap<Server, readonly Asked[]>, answered: Set<Asked>): Draft {
	const order = server.events[at] as EventOf<"failover.requested">;
	const { handed, aborted } = courseOf(server, at, until);
	const named = handed ?? (order.fields.host === undefined ? null : order);
	const to: Member | null = named === null ? null : scene.member(`${named.fields.host}:${named.fields.port}`);
	const handedAt = scene.at(server, handed);
	const target = handedAt === null || aborted !== null ? null : askedOf(asked, to?.server ?? null, Date.parse(handedAt));
	if (target !== null) answered.add(target);
	const promotion = target === null ? null : scene.promotionBetween(target.server, target.at, target.at + 12);
	if (promotion !== null) scene.claimed.add(promotion);
	// Who had stepped down already is primary again, under a new ID.
	const back = aborted === null ? null : scene.promotionBetween(server, aborted.at - 12, aborted.at + 12);
	if (back !== null) scene.claimed.add(back);
	const completed = handed !== null && aborted === null;
	return {
		...blank,
		kind: "failover-command",
		planned: true,
		forced: handed?.type === "failover.forced",
		from: scene.memberOf(server),
		to: target === null ? to : scene.memberOf(target.server),
		outcome: completed ? "completed" : aborted !== null ? "failed" : "open",
		failure: aborted === null ? null : { code: "aborted", proof: "proven", line: aborted.event.fields.reason ?? aborted.event.text, votes: null, needed: null },
		proof: aborted !== null ? "proven" : promotion !== null ? "proven" : "supported",
		promotion,
		orderedAt: scene.at(server, order),
		beganAt: scene.at(server, order),
		endedAt: scene.at(server, aborted?.event ?? handed),
		selectedAt: handedAt,
		grounds: [
			...lines(server, order, handed, aborted?.event),
			...(target === null ? [] : lines(target.server, target.event)),
			...(promotion === null ? [] : lines(promotion.server, promotion.shift, promotion.command)),
		],
		missing: completed && promotion === null && to !== null ? [`the log of ${to.id}`] : [],
	};
}

/** The target's own line: on the server at that address, else on the only one that was asked at that time. */
function askedOf(asked: ReadonlyMap<Server, readonly Asked[]>, server: Server | null, time: number): Asked | null {
	const near = (of: readonly Asked[]): Asked[] => {
		const from = firstAt(of, (a) => a.time, time - 1000);
		const to = firstAt(of, (a) => a.time, time + soon);
		return of.slice(from, to);
	};
	if (server !== null) return near(asked.get(server) ?? [])[0] ?? null;
	const all = [...asked.values()].flatMap(near);
	return all.length === 1 ? (all[0] ?? null) : null;
}

/** Only the target's log is given. */
function fromTarget(scene: Scene, { server, event, at }: Asked): Draft {
	const promotion = scene.promotionBetween(server, at, at + 12);
	if (promotion !== null) scene.claimed.add(promotion);
	const from = scene.followed(server, at)?.member ?? null;
	return {
		...blank,
		kind: "failover-command",
		planned: true,
		from,
		to: scene.memberOf(server),
		outcome: promotion === null ? "open" : "completed",
		proof: "supported",
		promotion,
		beganAt: scene.at(server, event),
		grounds: [...lines(server, event), ...(promotion === null ? [] : lines(server, promotion.shift, promotion.command))],
		missing: from === null ? [] : [`the log of ${from.id}`],
	};
}

import type { Story } from "../../correlate/index.ts";
import type { EventOf, LogEvent } from "../../model/event.ts";
import { firstAt } from "../../model/lists.ts";
import type { Server } from "../../model/story.ts";
import { positionsOf } from "../../model/lines.ts";

/** A node becoming a primary, by its own log. */
export interface Promotion {
	readonly server: Server;
	readonly event: LogEvent;
	/** Position in the server's events. */
	readonly at: number;
	/** The change of its replication ID that goes with it; null before 4.0. */
	readonly shift: EventOf<"replid.shifted"> | null;
	/** The line that names who asked for it; null where a cluster elected it. */
	readonly command: EventOf<"role.promoted"> | null;
	/** On the reference's clock, in ms. */
	readonly time: number | null;
}

/** The lines of one promotion stand this close together. */
const oneCommand = 12;

/** Several rules ask for it. */
const known = new WeakMap<Story, ReadonlyMap<Server, readonly Promotion[]>>();

/** Every promotion that the logs tell of, by server in the order of its log. */
export function promotionsOf(story: Story): ReadonlyMap<Server, readonly Promotion[]> {
	let promotions = known.get(story);
	if (promotions === undefined) known.set(story, (promotions = findAll(story)));
	return promotions;
}

function findAll(story: Story): Map<Server, readonly Promotion[]> {
	const promotions = new Map<Server, readonly Promotion[]>();
	for (const server of story.servers) {
		const own: Promotion[] = [];
		for (const at of positionsOf(server, 0, server.events.length, "replid.shifted", "role.promoted")) {
			const event = server.events[at] as LogEvent;
			const shift = event.type === "replid.shifted" ? event : null;
			const command = event.type === "role.promoted" ? event : null;
			const last = own.at(-1);
			// Up to 5.0 the ID shifts first, from 6.0 on last of all, and a cluster prints no other line.
			if (last !== undefined && at - last.at <= oneCommand && (last.shift === null) !== (shift === null)) {
				own[own.length - 1] = { ...last, shift: last.shift ?? shift, command: last.command ?? command };
				continue;
			}
			own.push({ server, event, at, shift, command, time: story.time(server, event) });
		}
		if (own.length > 0) promotions.set(server, own);
	}
	return promotions;
}

/** The last promotion of a server before a position of its log. */
export function promotionBefore(promotions: readonly Promotion[] | undefined, at: number): Promotion | null {
	if (promotions === undefined) return null;
	return promotions[firstAt(promotions, (p) => p.at, at) - 1] ?? null;
}

/** The shift by which each replication ID was made. */
export function shiftsByNewId(promotions: ReadonlyMap<Server, readonly Promotion[]>): Map<string, Promotion> {
	const shifts = new Map<string, Promotion>();
	for (const own of promotions.values()) {
		for (const promotion of own) {
			if (promotion.shift !== null) shifts.set(promotion.shift.fields.newReplid, promotion);
		}
	}
	return shifts;
}

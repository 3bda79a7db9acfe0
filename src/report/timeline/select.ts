import type { Timeline, TimelineRow } from "../../diagnose/timeline/index.ts";
import type { MessageType } from "../../model/event.ts";
import type { NodeId, Report } from "../../model/report.ts";
import { type Peer, type Said, say } from "./phrases.ts";

/** What of a timeline is wanted. */
export interface Wanted {
	/** Only from and until these times, ms. */
	readonly from: number | null;
	readonly to: number | null;
	/** Only these nodes; null for all. */
	readonly nodes: ReadonlySet<NodeId> | null;
	/** Only these messages, whether or not they count in the story; null for those that do. */
	readonly types: ReadonlySet<MessageType> | null;
	/** Also so many events before and after each, of whatever node and kind. */
	readonly context: number;
	/** Every event, not the story alone. */
	readonly all: boolean;
}

/** An event that is shown, with its words. */
export interface Shown {
	readonly row: TimelineRow;
	/** Its place in the whole timeline. */
	readonly order: number;
	/** Null where only the transition at the event is shown. */
	readonly said: Said | null;
	/** Shown for the context only. */
	readonly context: boolean;
}

/** Names for the addresses in messages: the node's where the logs tell whose an address is. */
export function peers(timeline: Timeline, report: Report): Peer {
	const names = new Map(report.nodes.map(({ id, name }) => [id, name]));
	const byAddress = new Map(
		report.nodes.flatMap(({ name, addresses }) => addresses.map((address) => [address, name])),
	);
	const known = new Map<string, string>();
	return (address) => {
		if (address == null) return "a node unknown";
		let name = known.get(address);
		if (name === undefined) {
			const id = timeline.nodeOf(address);
			name = (id === null ? undefined : names.get(id)) ?? byAddress.get(address) ?? address;
			known.set(address, name);
		}
		return name;
	};
}

/** Picks the events that are wanted, in order. */
export function select(timeline: Timeline, report: Report, wanted: Wanted): Shown[] {
	const peer = peers(timeline, report);
	const shown: Shown[] = [];
	const { rows } = timeline;
	const chosen = new Uint8Array(rows.length);
	const said: (Said | undefined)[] = [];
	const times = new Map<NodeId, number>();
	for (const [order, row] of rows.entries()) {
		if (row.time !== null) times.set(row.node, row.time);
		// A line without a time stands where its neighbours do.
		const time = row.time ?? times.get(row.node) ?? null;
		if (!inWindow(time, wanted)) continue;
		if (wanted.nodes !== null && !wanted.nodes.has(row.node)) continue;
		if (wanted.types !== null && !wanted.types.has(row.event.type)) continue;
		const words = say(row.event, peer);
		said[order] = words;
		if (wanted.all || wanted.types !== null || words.rank === "story") chosen[order] = 1;
		else if (row.transitions.length > 0) chosen[order] = 2;
	}
	const surroundings = withContext(chosen, wanted.context);
	for (const [order, row] of rows.entries()) {
		const how = surroundings[order];
		if (how === 0) continue;
		const words = said[order] ?? say(row.event, peer);
		shown.push({ row, order, said: how === 2 ? null : words, context: how === 3 });
	}
	return shown;
}

const inWindow = (time: number | null, { from, to }: Wanted): boolean =>
	(from === null || (time !== null && time >= from)) && (to === null || (time !== null && time <= to));

/** Marks the events around the chosen ones with 3. */
function withContext(chosen: Uint8Array, context: number): Uint8Array {
	if (context <= 0) return chosen;
	const out = Uint8Array.from(chosen);
	for (const [i, how] of chosen.entries()) {
		if (how !== 1) continue;
		for (let j = Math.max(0, i - context); j <= Math.min(chosen.length - 1, i + context); j++)
			if (out[j] === 0) out[j] = 3;
	}
	return out;
}

/** The message types that a pattern means: `psync.*`, `link` for all of a family, `*lost`; none where it fits none. */
export function typesOf(pattern: string, all: readonly MessageType[]): MessageType[] {
	const parts = pattern
		.split(",")
		.map((part) => part.trim())
		.filter((part) => part !== "");
	const tests = parts.map((part) => {
		const source = part
			.replace(/[\\^$.+()|{}[\]]/g, "\\$&")
			.replace(/\*+/g, ".*")
			.replace(/\?/g, ".");
		return new RegExp(`^${source}${/[*?]/.test(part) ? "" : "(?:\\..*)?"}$`, "i");
	});
	return all.filter((type) => tests.some((test) => test.test(type)));
}

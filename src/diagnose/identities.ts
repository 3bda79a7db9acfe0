import { addressOf } from "../model/address.ts";
import { compare } from "../correlate/identity.ts";
import type { Story } from "../correlate/index.ts";
import { SentinelIds, sentinelSides } from "../correlate/sentinel-side.ts";
import type { EventOf, LogEvent } from "../model/event.ts";
import type { Identity } from "../model/report.ts";
import type { Server } from "../model/story.ts";
import { iso } from "./evidence.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** IDs other than replication IDs by which servers are called: in INFO, by Sentinels, on the cluster bus. */
export function identitiesOf(story: Story): Identity[] {
	const identities = new Map<string, Mutable<Identity>>();
	const note = (kind: Identity["kind"], id: string, node: string | null, address: string | null, from: string | null): void => {
		const key = `${kind} ${id}`;
		const known = identities.get(key);
		if (known === undefined) {
			identities.set(key, { kind, id, node, address, from });
			return;
		}
		known.node ??= node;
		known.address ??= address;
		if (from !== null && (known.from === null || from < known.from)) known.from = from;
	};
	const at = (server: Server, event: LogEvent): string | null => iso(story.time(server, event));
	for (const { figures: { runId }, node, time } of story.snapshots.all) {
		if (runId !== null) note("run", runId, node?.id ?? null, node?.addresses[0] ?? null, iso(time?.at ?? null));
	}
	const sides = sentinelSides(story.servers);
	const sentinels = new SentinelIds(sides);
	for (const { server, id, known } of sides) {
		const first = server.events[0];
		if (id !== null) note("sentinel", id, server.id, sentinels.address(id), first === undefined ? null : at(server, first));
		// Before 3.2 they call each other by address only.
		for (const [other, address] of known) if (other !== address) note("sentinel", other, sentinels.server(other)?.id ?? null, address, null);
	}
	for (const server of story.servers) {
		for (const position of server.positions.get("cluster.myself") ?? []) {
			const event = server.events[position] as EventOf<"cluster.myself">;
			note("cluster", event.fields.clusterNode, server.id, story.addresses.of(server)[0] ?? null, at(server, event));
		}
		for (const position of server.positions.get("cluster.became-replica") ?? []) {
			const event = server.events[position] as EventOf<"cluster.became-replica">;
			const target = server.events.slice(position + 1, position + 4).find((e) => e.type === "link.connecting");
			const address = target?.type === "link.connecting" ? addressOf(target.fields) : null;
			if (address === null) continue;
			note("cluster", event.fields.clusterNode, story.addresses.resolve(address)?.id ?? null, address, at(server, event));
		}
	}
	return [...identities.values()].sort((a, b) => compare(a.kind, b.kind) || compare(a.node ?? "", b.node ?? "") || compare(a.id, b.id));
}

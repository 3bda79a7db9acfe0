import type { Story } from "../correlate/index.ts";
import { versionOf } from "../correlate/servers.ts";
import { zoneText } from "../correlate/zones.ts";
import type { LogEvent } from "../model/event.ts";
import type { HeldReplicationId, Life, ReportNode } from "../model/report.ts";
import type { Server } from "../model/story.ts";
import { zoneMinutes } from "../model/units.ts";
import { iso } from "./resync.ts";
import { describeSeenNodes } from "./snapshots.ts";

/** The nodes of the report: those whose logs are given, and those that only their peers name. */
export function describeNodes(story: Story): ReportNode[] {
	const nodes = [...story.servers.map((server) => describe(server, story)), ...describeSeenNodes(story)];
	const known = new Set(nodes.flatMap((n) => [n.id, ...n.addresses]));
	for (const episode of story.episodes) {
		for (const [server, address] of [
			[episode.primary, episode.primaryAddress],
			[episode.replica, episode.replicaAddress],
		] as const) {
			if (server !== null || address === null || known.has(address)) continue;
			known.add(address);
			nodes.push({
				id: address, name: address, addresses: [address], roles: [], lives: [], replicationIds: [],
				clock: { reference: false, offsetMs: null, boundMs: null, pairs: 0, zone: null },
			});
		}
	}
	return nodes;
}

function describe(server: Server, story: Story): ReportNode {
	const at = (event: LogEvent | null | undefined): string | null => (event == null ? null : iso(story.time(server, event)));
	const clock = story.clocks.of(server);
	const reference = story.clocks.reference === server;
	return {
		id: server.id,
		name: server.name,
		addresses: addressesOf(server, story),
		roles: rolesOf(server, at),
		lives: server.lives.map((life): Life => {
			const next = server.lives[life.index + 1];
			return {
				pid: life.pid,
				version: versionOf(life),
				startedAt: at(life.start),
				endedAt: at(life.endEvent) ?? (next === undefined ? null : at(server.events[life.to - 1])),
				end: life.end,
			};
		}),
		replicationIds: idsOf(server, story, at),
		clock: {
			reference,
			offsetMs: clock === null ? null : Math.round(clock.offset),
			boundMs: clock === null ? null : Math.ceil(clock.bound),
			pairs: clock?.pairs ?? 0,
			zone: zoneOf(server, story),
		},
	};
}

/** As handshakes show them; where none does, as snapshots do. */
function addressesOf(server: Server, { addresses, snapshots }: Story): readonly string[] {
	const known = addresses.of(server);
	return known.length > 0 ? known : (snapshots.node(server, null)?.addresses ?? []);
}

/** The roles as the fronts of the lines show them, each change once. Children and starting processes say nothing. */
function rolesOf(server: Server, at: (event: LogEvent) => string | null): ReportNode["roles"] {
	const roles: { role: "primary" | "replica"; from: string | null }[] = [];
	for (const event of server.events) {
		const role = event.role === "M" ? "primary" : event.role === "S" ? "replica" : roleBefore40(event);
		if (role === null || roles.at(-1)?.role === role) continue;
		roles.push({ role, from: at(event) });
	}
	return roles;
}

/** Logs of 2.x name no role in their fronts: what the server does tells it. */
function roleBefore40(event: LogEvent): "primary" | "replica" | null {
	if (event.role !== null) return null;
	switch (event.type) {
		case "sync.requested":
		case "role.promoted":
			return "primary";
		case "sync.started":
		case "role.replicaof":
			return "replica";
		default:
			return null;
	}
}

function idsOf(server: Server, story: Story, at: (event: LogEvent) => string | null): HeldReplicationId[] {
	const ids: { id: string; from: string | null; to: string | null; how: string }[] = [];
	for (const held of story.histories.of(server)) {
		if (held.how === "second") continue;
		const last = ids.at(-1);
		if (last?.id === held.replid) continue;
		const from = at(held.event);
		if (last !== undefined) last.to = from;
		ids.push({ id: held.replid, from, to: null, how: held.how === "granted" ? "seen" : held.how });
	}
	return ids;
}

function zoneOf(server: Server, story: Story): string | null {
	const zone = story.clocks.zone(server);
	if (zone !== null) return zoneText(zone);
	const offset = story.clocks.of(server)?.offset ?? 0;
	const minutes = zoneMinutes(offset);
	// Nothing tells the zone itself, but a difference of whole quarter hours is one of zones.
	const near = minutes !== 0 && Math.abs(offset - minutes * 60_000) < 60_000;
	return near ? `${zoneText(minutes)} from ${story.clocks.reference?.name}` : null;
}

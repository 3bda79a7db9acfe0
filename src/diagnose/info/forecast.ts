import type { Snapshots } from "../../correlate/snapshots.ts";
import type { Forecast, Rate } from "../../model/info.ts";
import type { SeenReplica, Sighting, SnapshotNode } from "../../model/snapshot.ts";
import { humanBytes, humanDuration } from "../../model/units.ts";
import { rateOf } from "./rates.ts";

/** Outages (ms) that a backlog should survive: the next one above what today's does is recommended. */
const worthSurviving = [600_000, 3_600_000] as const;
const mebibyte = 1024 ** 2;

/** One link, by the last snapshots of its two ends. */
interface Link {
	readonly replica: SnapshotNode | null;
	readonly address: string | null;
	readonly primary: SnapshotNode | null;
	/** As the primary lists it. */
	readonly seen: SeenReplica | null;
	/** The primary's snapshot that lists it, and the replica's own. */
	readonly listing: Sighting | null;
	readonly own: Sighting | null;
}

/** For each replica: what a break of its link would cost now, "now" being the last snapshots. */
export function forecastsOf(snapshots: Snapshots, indexOf: (sighting: Sighting) => number): Forecast[] {
	return linksOf(snapshots).map((link) => forecast(link, snapshots, indexOf));
}

function linksOf(snapshots: Snapshots): Link[] {
	const links: Link[] = [];
	const told = new Set<SnapshotNode>();
	for (const primary of snapshots.nodes) {
		const listing = lastListing(primary);
		for (const seen of listing?.figures.replicas ?? []) {
			// A second connection of the same replica comes and goes with its full sync.
			if (seen.channel) continue;
			const replica = seen.address === null ? null : (snapshots.node(null, seen.address) ?? null);
			if (replica !== null) told.add(replica);
			links.push({ replica, address: seen.address, primary, seen, listing, own: replica === null ? null : lastOwn(replica) });
		}
	}
	for (const replica of snapshots.nodes) {
		const own = lastOwn(replica);
		if (told.has(replica) || own?.figures.role !== "replica") continue;
		const primary = own.figures.primary === null ? null : (snapshots.node(null, own.figures.primary) ?? null);
		links.push({
			replica, address: null, primary: primary === replica ? null : primary, seen: null,
			listing: primary === null ? null : lastListing(primary), own,
		});
	}
	return links;
}

/** The last snapshot that shows the replicas of a node: all of INFO replication, or ROLE of a primary. */
const lastListing = ({ sightings }: SnapshotNode): Sighting | null =>
	sightings.findLast(({ figures: { role, served, replicas } }) => role !== null && (served !== null || replicas.length > 0)) ?? null;

const lastOwn = ({ sightings }: SnapshotNode): Sighting | null => sightings.findLast(({ figures }) => figures.role !== null) ?? null;

function forecast(link: Link, snapshots: Snapshots, indexOf: (sighting: Sighting) => number): Forecast {
	const { replica, address, primary, listing, own } = link;
	const backlogSeen = primary?.sightings.findLast(({ figures }) => figures.backlog?.size != null) ?? null;
	const backlog = backlogSeen?.figures.backlog ?? null;
	const rate = primary === null ? null : rateOf(primary, snapshots);
	const state = linkOf(link);
	const offset = offsetOf(link);
	const written = listing?.figures.served ?? null;
	const behind = offset === null || written === null || !comparable(link) ? null : Number(written > offset ? written - offset : 0n);
	const { verdict, reason } = judge(link, state, offset, backlogSeen);
	const size = backlog?.active === false ? 0 : (backlog?.size ?? null);
	const room = verdict !== "partial" || size === null || behind === null ? null : Math.max(0, size - behind);
	const lasts = room === null || rate === null || rate.bytesPerSecond <= 0 ? null : Math.round((room * 1000) / rate.bytesPerSecond);
	const used = [listing, backlogSeen, own].filter((s) => s !== null).map(indexOf);
	const answer: Omit<Forecast, "text"> = {
		replica: replica?.id ?? null,
		address,
		primary: primary?.id ?? null,
		primaryAddress: own?.figures.primary ?? null,
		snapshots: [...new Set(used)].sort((a, b) => a - b),
		link: state,
		verdict,
		reason,
		behindBytes: behind,
		backlogBytes: backlog?.size ?? null,
		roomBytes: room,
		rate,
		partialForMs: lasts,
		larger: reason === "no-backlog" || reason === "foreign-history" ? null : largerThan(size, rate, state),
	};
	return { ...answer, text: inWords(answer, link) };
}

function linkOf({ seen, own }: Link): Forecast["link"] {
	if (seen?.state != null) return seen.state === "online" ? "up" : "syncing";
	if (own === null || own.figures.role !== "replica") return seen === null ? null : "up";
	return own.figures.syncing === true ? "syncing" : own.figures.link;
}

/** How far the replica has got: by its own word where its link is down, else as it acknowledged. */
const offsetOf = ({ seen, own }: Link): bigint | null => seen?.offset ?? (own?.figures.role === "replica" ? own.figures.offset : null);

/** Offsets of two histories cannot be compared. */
function comparable({ seen, listing, own }: Link): boolean {
	if (seen !== null) return true;
	const mine = own?.figures.replid ?? null;
	const theirs = listing?.figures;
	return mine === null || theirs?.replid == null || mine === theirs.replid || mine === theirs.replid2;
}

/** What the primary would answer, as masterTryPartialResynchronization (replication.c) decides. */
function judge(link: Link, state: Forecast["link"], offset: bigint | null, backlogSeen: Sighting | null): Pick<Forecast, "verdict" | "reason"> {
	const { listing, own, seen } = link;
	if (state === "syncing") return { verdict: "full", reason: "sync-under-way" };
	const backlog = backlogSeen?.figures.backlog ?? null;
	if (listing === null || offset === null || backlog === null) return { verdict: null, reason: "unknown" };
	if (backlog.active === false) return { verdict: "full", reason: "no-backlog" };
	const wanted = offset + 1n;
	const history = listing.figures;
	if (seen === null && own !== null && !comparable(link)) return { verdict: "full", reason: "foreign-history" };
	const formerly = own?.figures.replid != null && own.figures.replid === history.replid2 && own.figures.replid !== history.replid;
	if (formerly && history.secondOffset !== null && wanted > history.secondOffset) return { verdict: "full", reason: "foreign-history" };
	if (backlog.first !== null && wanted < backlog.first) return { verdict: "full", reason: "backlog-overrun" };
	if (backlog.size !== null && history.served !== null && history.served - offset > BigInt(backlog.size)) {
		return { verdict: "full", reason: "backlog-overrun" };
	}
	return { verdict: "partial", reason: "within-backlog" };
}

/** A size in whole powers of two MiB that survives the next longer outage worth surviving. */
function largerThan(size: number | null, rate: Rate | null, state: Forecast["link"]): Forecast["larger"] {
	if (rate === null || rate.bytesPerSecond <= 0 || size === null || state === null) return null;
	const today = (size * 1000) / rate.bytesPerSecond;
	const wanted = worthSurviving.find((ms) => ms > today);
	if (wanted === undefined) return null;
	const needed = (wanted * rate.bytesPerSecond) / 1000;
	const bytes = mebibyte * 2 ** Math.max(0, Math.ceil(Math.log2(needed / mebibyte)));
	return { bytes, coversMs: Math.round((bytes * 1000) / rate.bytesPerSecond) };
}

function inWords(f: Omit<Forecast, "text">, { primary, own }: Link): string {
	const larger = f.larger === null ? "" : `; a backlog of ${humanBytes(f.larger.bytes)} would hold for ${humanDuration(f.larger.coversMs)}`;
	if (f.link === "syncing") return `a full sync is under way: a break of the link now would begin it again${larger}`;
	const begin = f.link === "down" ? "the link is down; a reconnect now: " : "if this link broke now: ";
	switch (f.reason) {
		case "within-backlog":
			return `${begin}${partialFor(f)}${larger}`;
		case "no-backlog":
			return `${begin}full at once, for the primary keeps no backlog`;
		case "backlog-overrun":
			return `${begin}full, for the bytes it needs have left the backlog${f.behindBytes === null || f.backlogBytes === null ? "" : ` (${humanBytes(f.behindBytes)} behind, ${humanBytes(f.backlogBytes)} kept)`}${larger}`;
		case "foreign-history":
			return `${begin}full, for its history is not one of the primary's`;
		default:
			return `${begin}not to be told without ${missing(primary, own)}`;
	}
}

function partialFor({ rate, roomBytes, partialForMs }: Omit<Forecast, "text">): string {
	if (roomBytes === null) return "partial; for how long is not to be told without the size of the backlog";
	const room = humanBytes(roomBytes);
	if (rate === null) return `partial until ${room} more are written, then full (a second INFO some seconds later tells the rate)`;
	if (partialForMs === null) return `partial as long as nothing is written; full after ${room}`;
	return `partial for the next ${humanDuration(partialForMs)} at ${rateInWords(rate)}, then full`;
}

/** `the present rate of 1.6 MiB/s`. */
export function rateInWords({ bytesPerSecond, by, ms }: Rate): string {
	const figure = bytesPerSecond < 1 ? "less than 1 B/s" : `${humanBytes(bytesPerSecond)}/s`;
	if (by === "average") return `the average rate since its start, ${figure}`;
	return ms !== null && ms > 600_000 ? `${figure}, the mean of ${humanDuration(ms)}` : `the present rate of ${figure}`;
}

function missing(primary: SnapshotNode | null, own: Sighting | null): string {
	const name = primary?.name ?? own?.figures.primary;
	return `the whole INFO replication of ${name == null ? "its primary" : name}`;
}

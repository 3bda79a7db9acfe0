import { versionOf } from "../../correlate/servers.ts";
import { shortId } from "../../model/units.ts";
import { bothSides, refusalGrounds, refusedById } from "../refusal.ts";
import type { Case } from "../case.ts";
import { defineCause, type Found } from "../rule.ts";

type RestartFacts = {
	replid: string;
	version: string | null;
	/** "rdb", "aof", null when it loaded nothing, "unseen" when its log is not given. */
	loaded: string | null;
	keepsHistory: number;
	end: string | null;
	detail: string;
};

/** The primary restarted and with it lost its replication ID. */
export const primaryRestarted = defineCause<RestartFacts>({
	code: "primary-restarted",
	check: (c) => {
		const id = refusedById(c);
		if (id === null) return undefined;
		if (c.session === null) return inferred(c, id);
		const { life, server } = c.session;
		const held = c.primaryHeld(id);
		const before = held ?? knownBefore(c, id);
		if (life.index === 0 || before === undefined || before.at >= life.from) return undefined;
		const loaded = life.loaded;
		const aof = loaded !== null && /append only file/.test(loaded.text);
		const version = versionOf(life);
		const keeps = version !== null && !/^[2-6]\./.test(version);
		const previous = server.lives[life.index - 1];
		return {
			proof: bothSides(c),
			facts: {
				replid: id, version, loaded: loaded === null ? null : aof ? "aof" : "rdb", keepsHistory: keeps ? 1 : 0,
				end: previous?.end ?? null,
				detail: loaded === null ? "replid-mismatch/primary-lost-rdb" : "replid-mismatch/primary-restarted",
			},
			grounds: [
				...refusalGrounds(c),
				life.start && { server, event: life.start },
				previous?.endEvent && { server, event: previous.endEvent },
				loaded && { server, event: loaded },
			],
		};
	},
	explain: ({ replid, version, loaded, keepsHistory, end }) => {
		const how = end === "crash" ? "crashed and came back" : end === "killed" ? "was killed and came back" : "restarted";
		const id = `and with it lost its replication ID ${shortId(replid)}`;
		if (loaded === "unseen") return `the primary was down in between; it restarted ${id}`;
		if (!keepsHistory) return `the primary ${how} ${id}: ${version ?? "a version before 7.0"} keeps it in memory only`;
		if (loaded === null) return `the primary ${how} without an RDB file ${id}; its data set may have been empty`;
		if (loaded === "aof") return `the primary ${how} from its AOF, which holds no replication ID, ${id}`;
		return `the primary ${how} from an RDB that did not hold the history any more ${id}`;
	},
	remedy: ({ keepsHistory, loaded }) => [
		"Fail over to a replica before you restart a primary.",
		...(loaded === "unseen" ? ["From 7.0 on, stop it with SHUTDOWN SAVE and RDB persistence: it then comes back with its history."]
		: keepsHistory
			? loaded === null
				? ["Stop it with SHUTDOWN SAVE, so that the RDB carries the history over the restart."]
				: loaded === "aof"
					? ["A primary that loads an AOF cannot restore its history: fail over first, or persist with RDB."]
					: ["Stop it with SHUTDOWN SAVE: a crash brings back an older RDB than the replicas have."]
			: ["Upgrade to 7.0 or later: a primary that stops with SHUTDOWN SAVE comes back with its history."]),
	],
});

/** What the replica alone can tell: it followed this very primary, found it down, and got another ID. */
function inferred(c: Case, id: string): Found<RestartFacts> | undefined {
	const { tried, outage } = c;
	if (tried === null || outage === null || tried.granted === null) return undefined;
	if (outage.pointings.some((p) => p.at >= tried.life.from) || !outage.wasOnline) return undefined;
	if (outage.starts.some((s) => s.index > 0)) return undefined;
	// A primary that lost its history begins at 0; one that is merely behind came back with an older one.
	const { granted, ask } = tried;
	if (ask?.type === "psync.request" && granted.offset > 1n && granted.offset < (ask.fields.offset ?? 0n)) return undefined;
	const down = outage.tries.find(
		(t) =>
			t.target === tried.target && t.failure !== null &&
			(t.failure.code === "primary-loading" ||
				(t.failure.code === "primary-unreachable" && /refused/i.test(t.failure.event.text))),
	);
	if (down?.failure == null) return undefined;
	return {
		proof: "inferred",
		facts: { replid: id, version: null, loaded: "unseen", keepsHistory: 0, end: null, detail: "replid-mismatch/primary-restarted" },
		grounds: [...refusalGrounds(c), { server: tried.server, event: down.failure.event }],
		missing: ["the primary's log: it would show the restart"],
	};
}

/** The replica had the ID from this primary, by an earlier synchronisation both logs show. */
function knownBefore(c: Case, id: string): { at: number } | undefined {
	const server = c.session?.server;
	for (const tried of c.story.triesOfPair(c.replica, server ?? null)) {
		if (tried.granted?.replid === id && tried.session !== null && tried.session.at < (c.session?.at ?? 0)) return tried.session;
	}
	return undefined;
}

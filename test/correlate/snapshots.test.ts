import { describe, expect, test } from "vitest";
import type { Sighting } from "../../src/model/snapshot.ts";
import { history, info, primaryInfo, primaryLog, replicaInfo, replicaLog, role, storyOf } from "../dumps.ts";

/** The snapshot of one input, and the node and time it was found to be of. */
async function place(texts: Readonly<Record<string, string>>, input = "dump"): Promise<Sighting & { iso: string | null }> {
	const { snapshots } = await storyOf(texts);
	const found = snapshots.all.find(({ snapshot }) => snapshot.place.input === input);
	if (found === undefined) throw new Error(`no snapshot in ${input}`);
	return { ...found, iso: found.time === null ? null : new Date(found.time.at).toISOString() };
}

const logs = { "a.log": primaryLog, "b.log": replicaLog };

/** A log in which each process is number 1 on port 6379, as in containers. */
function container(start: string, roleLetter: "M" | "S", ...lines: string[]): string {
	return [
		`1:C 21 Nov 2026 ${start} * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo`,
		`1:C 21 Nov 2026 ${start} * Redis version=7.2.4, bits=64, commit=00000000, modified=0, pid=1, just started`,
		`1:${roleLetter} 21 Nov 2026 ${start} * Running mode=standalone, port=6379.`,
		`1:${roleLetter} 21 Nov 2026 ${start} * Ready to accept connections tcp`,
		...lines.map((line) => `1:${roleLetter} 21 Nov 2026 ${line}`),
		"",
	].join("\n");
}

describe("INFO finds its node", () => {
	test("by process and port, whatever the files are called", async () => {
		const own = await place({ ...logs, dump: info(primaryInfo) });
		expect([own.node?.id, own.proof, own.life?.pid, own.stranger]).toEqual(["a", "proven", 9884, null]);
		const misnamed = await place({ "primary.log": replicaLog, "replica.log": primaryLog, "info-replica.txt": info(replicaInfo) }, "info-replica.txt");
		expect(misnamed.node?.id).toBe("primary");
		expect(misnamed.by).toContain("process 9889");
	});

	test("in containers, where all processes and ports are alike, by its start and its role", async () => {
		const texts = {
			"a.log": container("20:00:00.000", "M"),
			"b.log": container("20:00:40.000", "S", "20:00:41.000 * Connecting to MASTER redis-a:6379"),
			"c.log": container("20:01:20.000", "S", "20:01:21.000 * Connecting to MASTER redis-a:6379"),
		};
		const common = { redis_version: "7.2.4", process_id: 1, tcp_port: 6379, run_id: "c".repeat(40) };
		const utc = Date.UTC(2026, 10, 21, 20, 10) * 1000;
		const replica = { ...common, role: "slave", master_host: "redis-a", master_port: 6379, server_time_usec: utc };
		expect((await place({ ...texts, dump: info({ ...replica, uptime_in_seconds: 560 }) })).node?.id).toBe("b");
		expect((await place({ ...texts, dump: info({ ...replica, uptime_in_seconds: 520 }) })).node?.id).toBe("c");
		// Started when none of them did: nobody's process, and two could have it.
		const unsure = await place({ ...texts, dump: info({ ...replica, uptime_in_seconds: 300 }) });
		expect(unsure.node).toBeNull();
		expect(unsure.candidates.map(({ id }) => id)).toEqual(["b", "c"]);
		const primary = { ...common, role: "master", connected_slaves: 2, server_time_usec: utc, uptime_in_seconds: 600 };
		expect((await place({ ...texts, dump: info(primary) })).node?.id).toBe("a");
	});

	test("without a section that names it, by whom it follows", async () => {
		const dump = info({ role: "slave", master_host: "127.0.0.1", master_port: 12990, master_link_status: "up", slave_repl_offset: 413197 });
		const found = await place({ ...logs, dump });
		expect([found.node?.id, found.proof]).toEqual(["b", "inferred"]);
	});

	test("that only its peers' logs name, and is called as they call it", async () => {
		const found = await place({ "b.log": replicaLog, dump: info(primaryInfo) });
		expect(found.node).toMatchObject({ id: "127.0.0.1:12990", server: null, addresses: ["127.0.0.1:12990"] });
		const other = await place({ "a.log": primaryLog, dump: info(replicaInfo) });
		expect(other.node?.id).toBe("127.0.0.1:12991");
	});

	test("that no log names: then it is one of its own, once for all of its dumps", async () => {
		const { snapshots } = await storyOf({
			one: info({ ...primaryInfo, server_time_usec: 1795292990000000 }),
			two: info(primaryInfo),
			three: info(replicaInfo),
		});
		expect(snapshots.nodes.map(({ id, sightings }) => [id, sightings.map((s) => s.snapshot.place.input)])).toEqual([
			["127.0.0.1:12990", ["one", "two"]],
			["127.0.0.1:12991", ["three"]],
		]);
	});

	test("of another process than the log shows, which is said", async () => {
		const texts = { ...logs, other: info(replicaInfo) };
		const restarted = { ...primaryInfo, process_id: 12000, uptime_in_seconds: 60, server_time_usec: 1795293100000000 };
		const later = await place({ ...texts, dump: info(restarted) });
		expect(later.node?.id).toBe("a");
		expect(later.life).toBeNull();
		expect(later.stranger).toBe(
			"process 12000, and the log of a shows process 9884 only: it started after the log's last line, by a restart that the log does not show",
		);
		const earlier = await place({ ...texts, dump: info({ ...primaryInfo, process_id: 8000, server_time_usec: 1795292900000000 }) });
		expect(earlier.stranger).toContain("it ran before the log begins");
		// Without the other dump nothing tells the zone of the logs.
		expect((await place({ ...logs, dump: info(restarted) })).stranger).toContain("before or after");
	});

	test("the same whatever the order of the inputs", async () => {
		const texts = { ...logs, one: info(primaryInfo), two: info(replicaInfo), three: role("slave", "127.0.0.1", 12990, "connected", 413211) };
		const nodes = async (names: readonly string[]): Promise<unknown> => {
			const { snapshots } = await storyOf(Object.fromEntries(names.map((name) => [name, (texts as Record<string, string>)[name] as string])));
			return snapshots.all.map((s) => [s.snapshot.place.input, s.node?.id, s.time?.at]);
		};
		const names = Object.keys(texts);
		expect(await nodes([...names].reverse())).toEqual(await nodes(names));
	});
});

describe("ROLE finds its node", () => {
	test("a primary by the replicas that it lists, a replica by its primary", async () => {
		const primary = await place({ ...logs, dump: role("master", 413211, "127.0.0.1", 12991, 413197) });
		expect([primary.node?.id, primary.proof]).toEqual(["a", "inferred"]);
		const replica = await place({ ...logs, dump: role("slave", "127.0.0.1", 12990, "connected", 413211) });
		expect(replica.node?.id).toBe("b");
	});

	test("two replicas that say the same cannot be told apart, and neither is chosen", async () => {
		const other = replicaLog.replaceAll("9889", "9899").replaceAll("12991", "12992");
		const found = await place({ ...logs, "c.log": other, dump: role("slave", "127.0.0.1", 12990, "connected", 413211) });
		expect([found.node, found.proof]).toEqual([null, "unknown"]);
		expect(found.candidates.map(({ id }) => id).sort()).toEqual(["b", "c"]);
	});

	test("a Sentinel is never taken for a server", async () => {
		const dump = info({ redis_mode: "sentinel", process_id: 9884, tcp_port: 12990, sentinel_masters: 1, master0: "name=m,status=ok,address=127.0.0.1:12990,slaves=1,sentinels=1" });
		const found = await place({ ...logs, dump });
		expect([found.node?.server, found.figures.role]).toEqual([null, "sentinel"]);
	});
});

describe("the time of a snapshot", () => {
	test("is what the server's clock says, to the millisecond", async () => {
		const found = await place({ ...logs, dump: info(primaryInfo) });
		expect([found.iso, found.time?.by]).toEqual(["2026-11-21T20:30:00.764Z", "server-time"]);
	});

	test("before 6.2 the LRU clock tells the second", async () => {
		const { server_time_usec: _, ...rest } = primaryInfo;
		const dump = info({ ...rest, redis_version: "5.0.14", lru_clock: 1795293000 % 2 ** 24, rdb_last_save_time: 1795292991 });
		const texts = { "a.log": primaryLog.replaceAll("7.2.4", "5.0.14"), "b.log": replicaLog.replaceAll("7.2.4", "5.0.14"), dump };
		const found = await place(texts);
		expect([found.iso, found.time?.by]).toEqual(["2026-11-21T20:30:00.000Z", "lru-clock"]);
		// A clock that does not lie between the last save and the uptime is none.
		const wrong = info({ ...rest, redis_version: "5.0.14", lru_clock: 77, rdb_last_save_time: 1795292991 });
		expect((await place({ ...texts, dump: wrong })).time?.by).toBe("uptime");
	});

	test("else its uptime and the line at which the process started", async () => {
		const { server_time_usec: _, ...rest } = primaryInfo;
		const found = await place({ ...logs, dump: info(rest) });
		expect([found.iso, found.time?.by]).toEqual(["2026-11-21T20:30:00.142Z", "uptime"]);
	});

	test("settles the zone of a log that does not tell it", async () => {
		const ahead = (log: string): string => log.replaceAll(" 20:", " 22:");
		const { clocks, snapshots, servers } = await storyOf({ "a.log": ahead(primaryLog), "b.log": ahead(replicaLog), dump: info(primaryInfo) });
		expect(clocks.referenceZone).toBe(120);
		expect(new Date(snapshots.all[0]?.time?.at ?? 0).toISOString()).toBe("2026-11-21T20:30:00.764Z");
		const event = servers[0]?.events[0];
		expect(new Date(clocks.time(servers[0] as never, event as never) ?? 0).toISOString()).toBe("2026-11-21T20:29:51.142Z");
	});

	test("is that of the log lines around it in a transcript", async () => {
		const lines = primaryLog.split("\n");
		const dump = "\n127.0.0.1:12990> role\n1) \"master\"\n2) (integer) 12\n3) (empty array)\n";
		const found = await place({ dump: [...lines.slice(0, 10), dump, ...lines.slice(10)].join("\n") });
		expect([found.iso, found.time?.bound, found.time?.by]).toEqual(["2026-11-21T20:29:53.702Z", 2456, "log-lines"]);
	});

	test("lies between offsets of known times", async () => {
		const found = await place({ ...logs, first: info(primaryInfo), dump: role("master", 413200, "127.0.0.1", 12991, 413200) });
		expect(found.time?.by).toBe("offsets");
		const { at, bound } = found.time ?? { at: 0, bound: 0 };
		expect(new Date(at - (bound ?? 0)).toISOString() >= "2026-11-21T20:29:58.2").toBe(true);
		expect(new Date(at + (bound ?? 0)).toISOString() <= "2026-11-21T20:30:00.8").toBe(true);
	});

	test("is not made up", async () => {
		expect((await place({ dump: role("master", 0) })).time).toBeNull();
		expect((await place({ dump: info({ role: "master", master_replid: history, master_repl_offset: 5 }) })).time).toBeNull();
	});
});

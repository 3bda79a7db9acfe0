import { describe, expect, test } from "vitest";
import { inspect } from "../../src/analyze.ts";
import type { Forecast, InfoReport } from "../../src/model/info.ts";
import { history, info, inputs, primaryInfo, primaryLog, replicaInfo, replicaLog, role } from "../dumps.ts";

type Fields = Readonly<Record<string, string | number>>;
const told = (texts: Readonly<Record<string, string>>): Promise<InfoReport> => inspect(inputs(texts));
const at = (seconds: number): number => 1795293000764170 + seconds * 1e6;

/** A primary and its replica that are well: 16 KiB of backlog, 1000 bytes a second. */
const before: Fields = { ...primaryInfo, server_time_usec: at(-10), uptime_in_seconds: 3600, master_repl_offset: 403211 };
const now: Fields = { ...primaryInfo, uptime_in_seconds: 3610 };
const replica: Fields = { ...replicaInfo, uptime_in_seconds: 3610 };

async function forecast(primary: Fields, own: Fields | null = replica, earlier: Fields | null = before): Promise<Forecast> {
	const texts: Record<string, string> = { now: info(primary) };
	if (own !== null) texts["own"] = info(own);
	if (earlier !== null) texts["before"] = info(earlier);
	const { forecasts } = await told(texts);
	expect(forecasts).toHaveLength(1);
	return forecasts[0] as Forecast;
}

describe("the forecast", () => {
	test("says how long a break would stay partial at the present rate, and what would hold for longer", async () => {
		expect(await forecast(now)).toMatchObject({
			replica: "127.0.0.1:12991",
			primary: "127.0.0.1:12990",
			link: "up",
			verdict: "partial",
			reason: "within-backlog",
			behindBytes: 14,
			backlogBytes: 16384,
			roomBytes: 16370,
			rate: { bytesPerSecond: 1000, by: "offsets", ms: 10000 },
			partialForMs: 16370,
			larger: { bytes: 1048576, coversMs: 1048576 },
			text: "if this link broke now: partial for the next 16.4 s at the present rate of 1000 B/s, then full; a backlog of 1.00 MiB would hold for 17 min 29 s",
		});
	});

	test("uses what the server measures, where there is one snapshot", async () => {
		const { rate, partialForMs } = await forecast({ ...now, instantaneous_output_repl_kbps: "2.00" }, null, null);
		expect([rate, partialForMs]).toEqual([{ bytesPerSecond: 2048, by: "measured", ms: null }, 7993]);
	});

	test("falls back to the average since the start, and says so", async () => {
		const { rate, text } = await forecast(now, null, null);
		expect(rate).toEqual({ bytesPerSecond: 114.5, by: "average", ms: 3_610_000 });
		expect(text).toContain("at the average rate since its start, 115 B/s");
	});

	test("without any rate says how much more may be written", async () => {
		const { rate, partialForMs, text } = await forecast({ ...now, uptime_in_seconds: 9 }, null, null);
		expect([rate, partialForMs]).toEqual([null, null]);
		expect(text).toBe("if this link broke now: partial until 16.0 KiB more are written, then full (a second INFO some seconds later tells the rate)");
	});

	test("where nothing is written, for as long", async () => {
		const { partialForMs, text } = await forecast(now, null, { ...before, master_repl_offset: 413211 });
		expect(partialForMs).toBeNull();
		expect(text).toBe("if this link broke now: partial as long as nothing is written; full after 16.0 KiB");
	});

	test("a replica that is further behind than the backlog reaches needs a full sync at once", async () => {
		const slow = { ...now, slave0: "ip=127.0.0.1,port=12991,state=online,offset=300000,lag=9" };
		expect(await forecast(slow, null)).toMatchObject({ verdict: "full", reason: "backlog-overrun", behindBytes: 113211, partialForMs: null });
	});

	test("without a backlog there is nothing to continue from", async () => {
		expect(await forecast({ ...now, repl_backlog_active: 0 }, null)).toMatchObject({ verdict: "full", reason: "no-backlog", larger: null });
	});

	test("a replica in a full sync begins it again", async () => {
		const syncing = { ...now, slave0: "ip=127.0.0.1,port=12991,state=wait_bgsave,offset=0,lag=0" };
		expect(await forecast(syncing, null)).toMatchObject({ link: "syncing", verdict: "full", reason: "sync-under-way" });
	});

	describe("for a replica that is away", () => {
		const alone = { ...now, connected_slaves: 0, slave0: "" };
		const without = Object.fromEntries(Object.entries(alone).filter(([name]) => name !== "slave0"));
		const away = { ...replica, master_link_status: "down", master_link_down_since_seconds: 12, slave_repl_offset: 405211, master_repl_offset: 405211 };

		test("tells what a reconnect now would be", async () => {
			const answer = await forecast(without, away);
			expect(answer).toMatchObject({ link: "down", verdict: "partial", behindBytes: 8000, roomBytes: 8384, partialForMs: 8384 });
			expect(answer.text).toMatch(/^the link is down; a reconnect now: partial for the next 8.38 s/);
		});

		test("full, where the backlog has moved on", async () => {
			expect(await forecast(without, { ...away, slave_repl_offset: 300000 })).toMatchObject({ verdict: "full", reason: "backlog-overrun" });
		});

		test("full, where its history is another", async () => {
			expect(await forecast(without, { ...away, master_replid: "b".repeat(40) })).toMatchObject({ verdict: "full", reason: "foreign-history" });
		});

		test("partial from the primary's former history up to where that was left, full beyond", async () => {
			const promoted = { ...without, master_replid: "c".repeat(40), master_replid2: history, second_repl_offset: 405213 };
			expect((await forecast(promoted, away, null)).verdict).toBe("partial");
			expect(await forecast({ ...promoted, second_repl_offset: 405211 }, away, null)).toMatchObject({ verdict: "full", reason: "foreign-history" });
		});

		test("not to be told without its primary", async () => {
			const { forecasts } = await told({ own: info(away) });
			expect(forecasts).toMatchObject([{ verdict: null, reason: "unknown", primary: null, primaryAddress: "127.0.0.1:12990", partialForMs: null }]);
		});
	});
});

describe("what changed", () => {
	test("is told between the snapshots of one node, with the rate", async () => {
		const { changes } = await told({ a: info(before), b: info({ ...now, sync_full: 4, slave0: "ip=127.0.0.1,port=12991,state=wait_bgsave,offset=0,lag=0" }) });
		expect(changes).toEqual([
			{
				node: "a", from: 1, to: 2, ms: 10000, restarted: false, bytes: 10000, bytesPerSecond: 1000,
				fields: [
					{ field: "sync_full", from: "2", to: "4", by: 2 },
					{ field: "slave0", from: "127.0.0.1:12991 online", to: "127.0.0.1:12991 wait_bgsave", by: null },
				],
			},
		]);
	});

	test("a restart is one, and another history's offset is no growth", async () => {
		const restarted = { ...now, run_id: "d".repeat(40), uptime_in_seconds: 2, master_replid: "d".repeat(40), master_repl_offset: 500_000, server_time_usec: at(20) };
		const { changes } = await told({ "a.log": primaryLog, "b.log": replicaLog, a: info(before), b: info(restarted) });
		expect(changes.at(-1)).toMatchObject({ restarted: true, bytes: null, bytesPerSecond: null });
	});

	test("what a cut-off dump does not show has not changed", async () => {
		const cut = "127.0.0.1:12990> info replication\n# Replication\nrole:master\nconnected_slaves:1\nslave0:ip=127.0.0.1,port=12991,state=online,offset=5,lag=0\n\n127.0.0.1:12990> info replication\n# Replication\nrole:master\nmaster_repl_offset:9\n";
		expect((await told({ cut })).changes.flatMap(({ fields }) => fields)).toEqual([]);
	});

	test("snapshots of unknown order are not compared, but put in the order of their offsets where they have some", async () => {
		const list = (offset: number): string =>
			info({ role: "master", connected_slaves: 1, slave0: `ip=10.0.0.7,port=6379,state=online,offset=${offset},lag=0`, master_repl_offset: offset });
		const { snapshots, changes } = await told({ after: list(900), before: list(100) });
		expect(snapshots.map(({ input }) => input)).toEqual(["before", "after"]);
		expect(changes).toMatchObject([{ bytes: 800, ms: null, bytesPerSecond: null }]);
	});
});

describe("what is worth a look", () => {
	const notes = async (texts: Readonly<Record<string, string>>): Promise<string[]> =>
		(await told(texts)).notes.map(({ severity, text, evidence }) => `${severity} ${evidence.text}: ${text}`);

	test("nothing in servers that are well", async () => {
		expect(await notes({ a: info(now), b: info(replica) })).toEqual([]);
	});

	test.each([
		[{ ...replica, master_link_status: "down", master_link_down_since_seconds: 40 }, "warning master_link_status:down: the link to 127.0.0.1:12990 has been down for 40.0 s"],
		[{ ...replica, master_link_status: "down", master_link_down_since_seconds: -1 }, "warning master_link_status:down: the link to 127.0.0.1:12990 has never been up since the process started"],
		[
			{ ...replica, master_link_status: "down", master_sync_in_progress: 1, master_sync_total_bytes: 2048, master_sync_read_bytes: 1024 },
			"info master_sync_in_progress:1: a full sync is under way: 1.00 KiB of 2.00 KiB have arrived",
		],
		[{ ...replica, slave_read_only: 0 }, "warning slave_read_only:0: it is a replica that takes writes: they are lost at its next full sync"],
		[{ ...replica, aof_enabled: 1 }, "info aof_enabled:1: AOF is on: a restart loads it, and it holds no replication ID, so a restart costs a full sync"],
		[{ ...now, rdb_last_bgsave_status: "err" }, "warning rdb_last_bgsave_status:err: its last BGSAVE failed: with save points and stop-writes-on-bgsave-error it also turns replicas away (MISCONF)"],
		[{ ...now, slave0: "ip=10.0.0.2,port=1,state=send_bulk,offset=0,lag=0" }, "info slave0:ip=10.0.0.2,port=1,state=send_bulk,offset=0,lag=0: its replica 10.0.0.2:1 is in a full sync (send_bulk)"],
		[{ ...now, slave0: "ip=10.0.0.2,port=1,state=online,offset=413211,lag=7" }, "warning slave0:ip=10.0.0.2,port=1,state=online,offset=413211,lag=7: its replica 10.0.0.2:1 acknowledged last 7 s ago; every second is normal"],
		[{ ...replica, master_port: 12991 }, "critical master_host:127.0.0.1: it is told to replicate from itself"],
		[
			{ redis_mode: "sentinel", tcp_port: 26379, sentinel_masters: 1, master0: "name=m,status=odown,address=10.0.0.1:6379,slaves=1,sentinels=3" },
			"critical master0:name=m,status=odown,address=10.0.0.1:6379,slaves=1,sentinels=3: it takes m at 10.0.0.1:6379 for down (odown)",
		],
	] satisfies [Fields, string][])("%#: %s", async (fields, expected) => {
		expect(await notes({ dump: info(fields) })).toEqual([expected]);
	});

	test("only the last snapshot of a node counts", async () => {
		const down = { ...replica, server_time_usec: at(-5), master_link_status: "down", master_link_down_since_seconds: 40 };
		expect(await notes({ a: info(down), b: info(replica) })).toEqual([]);
	});

	test("two primaries of one history", async () => {
		const other = { ...now, tcp_port: 12991, run_id: "e".repeat(40), process_id: 5, master_replid: "e".repeat(40), master_replid2: history, second_repl_offset: 400_000 };
		const [first] = await notes({ a: info(now), b: info(other) });
		expect(first).toContain("critical role:master");
		expect(first).toContain("both say they are primary, and both come from history 40052074");
	});
});

test("every field is there, typed by its unit", async () => {
	const { snapshots } = await told({ a: info({ ...now, master_repl_offset: "9223372036854775807" }), b: role("master", 5) });
	expect(snapshots.map(({ index }) => index)).toEqual([1, 2]);
	expect(snapshots.find(({ kind }) => kind === "info")).toMatchObject({
		sections: ["Server", "Stats", "Replication"],
		uptimeMs: 3_610_000,
		fields: {
			Server: { tcp_port: 12990, redis_version: "7.2.4" },
			Replication: { repl_backlog_active: true, master_repl_offset: "9223372036854775807", slave0: { port: "12991" } },
		},
	});
	expect(snapshots.find(({ kind }) => kind === "role")).toMatchObject({ sections: [], fields: {}, offset: 5 });
});

test("a replica of a replica before 4.0 is measured by the stream that the middle one counts anew", async () => {
	const old: Fields = { redis_version: "2.8.24", role: "slave", master_link_status: "up", connected_slaves: 0 };
	const middle: Fields = {
		...old, tcp_port: 22003, process_id: 22003, run_id: "a".repeat(40),
		master_host: "127.0.0.1", master_port: 22001, slave_repl_offset: 61890, connected_slaves: 1,
		slave0: "ip=127.0.0.1,port=22004,state=online,offset=2,lag=0",
		master_repl_offset: 2, repl_backlog_active: 1, repl_backlog_size: 20000, repl_backlog_first_byte_offset: 3, repl_backlog_histlen: 0,
	};
	const leaf: Fields = { ...old, tcp_port: 22004, process_id: 22004, run_id: "b".repeat(40), master_host: "127.0.0.1", master_port: 22003, slave_repl_offset: 2, master_repl_offset: 0 };
	const { forecasts } = await told({ middle: info(middle), leaf: info(leaf) });
	expect(forecasts.find(({ address }) => address === "127.0.0.1:22004")).toMatchObject({
		verdict: "partial",
		behindBytes: 0,
		roomBytes: 20000,
	});
});

test("a replica's stream is as fast as its primary's snapshots tell, whatever it measures at one moment", async () => {
	const { nodes } = await told({ before: info(before), now: info(now), own: info({ ...replica, instantaneous_input_repl_kbps: "900.00" }) });
	expect(nodes.map(({ rate }) => rate?.bytesPerSecond)).toEqual([1000, 1000]);
});

test("snapshots that cannot be set beside the logs stand in the order of their own clock", async () => {
	const restarted: Fields = { ...primaryInfo, server_time_usec: at(60), uptime_in_seconds: 3, process_id: 11, run_id: "f".repeat(40), master_replid: "e".repeat(40), master_repl_offset: 12, repl_backlog_first_byte_offset: 1, repl_backlog_histlen: 12 };
	// A log without a zone, of another node.
	const { snapshots, changes } = await told({ new: info(restarted), old: info(now), "replica.log": replicaLog });
	expect(snapshots.map(({ input, utc }) => [input, utc?.slice(11, 19)])).toEqual([
		["old", "20:30:00"],
		["new", "20:31:00"],
	]);
	expect(changes).toMatchObject([{ from: 1, to: 2, ms: 60_000, restarted: true }]);
});

test("what a replica counts after a full sync was not written since", async () => {
	const old: Fields = { redis_version: "3.0.7", role: "slave", run_id: "a".repeat(40), master_host: "10.0.0.1", master_port: 6379 };
	const syncing = { ...old, master_link_status: "down", master_sync_in_progress: 1, slave_repl_offset: 1 };
	const synced = { ...old, master_link_status: "up", master_sync_in_progress: 0, slave_repl_offset: 1134697190334 };
	const later = { ...synced, slave_repl_offset: 1134697190434 };
	const { changes } = await told({ "1": `${info(syncing)}\n\n${info(synced)}\n\n${info(later)}` });
	expect(changes.map(({ bytes }) => bytes)).toEqual([null, 100]);
});

test("INFO of one section is held against the last that shows the same, and each change is told once", async () => {
	const stats = (full: number) => info({ sync_full: full, sync_partial_ok: 0, sync_partial_err: 1 });
	const replication = (offset: number): string => {
		const { sync_full: _, sync_partial_ok: __, sync_partial_err: ___, ...fields } = before;
		return info({ ...fields, server_time_usec: "", uptime_in_seconds: "", master_repl_offset: offset });
	};
	const text = [replication(1000), stats(1), replication(3000), info({ ...now, sync_full: 5, master_repl_offset: 7000 })];
	const prompted = text.map((reply) => `10.0.0.1:12990> info\n${reply}`).join("\n");
	const { changes } = await told({ "notes.txt": prompted });
	expect(changes.map(({ from, to, bytes, fields }) => [from, to, bytes, ...fields.map(({ field }) => field)])).toEqual([
		[1, 3, 2000],
		[2, 4, null, "sync_full"],
		[3, 4, 4000],
	]);
});

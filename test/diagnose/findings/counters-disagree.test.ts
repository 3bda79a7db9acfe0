import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { analyze } from "../../../src/analyze.ts";
import type { Finding } from "../../../src/model/report.ts";
import { info, inputs, primaryInfo, primaryLog, replicaInfo, replicaLog } from "../../dumps.ts";

async function found(texts: Readonly<Record<string, string>>): Promise<Finding[]> {
	const { report } = await analyze(inputs(texts));
	return report.findings.filter(({ code }) => code === "counters-disagree");
}

const logs = { "primary.log": primaryLog, "replica.log": replicaLog };
const counted = (full: number, partialOk: number, partialErr: number): string =>
	info({ ...primaryInfo, sync_full: full, sync_partial_ok: partialOk, sync_partial_err: partialErr });

describe("counters-disagree", () => {
	test("says nothing where INFO counts what the log shows", async () => {
		expect(await found({ ...logs, dump: counted(2, 0, 1) })).toEqual([]);
		expect(await found({ ...logs, dump: info(replicaInfo) })).toEqual([]);
	});

	test("counts what was decided up to the time of INFO only", async () => {
		const early = { ...primaryInfo, server_time_usec: 1795292995000000, uptime_in_seconds: 3, sync_full: 1, sync_partial_err: 0 };
		expect(await found({ ...logs, dump: info(early) })).toEqual([]);
	});

	test("a log that begins later shows fewer", async () => {
		const rest = primaryLog.split("\n").slice(10).join("\n");
		const [finding] = await found({ "primary.log": rest, "replica.log": replicaLog, own: info(replicaInfo), dump: counted(7, 0, 1) });
		expect(finding).toMatchObject({
			severity: "warning",
			node: "primary",
			facts: { counter: "sync_full", counted: 7, logged: 1, missing: 6, logBegins: "2026-11-21T20:29:56.158Z", pid: 9884 },
			text: "sync_full is 7, the log shows 1: 6 lie before 2026-11-21T20:29:56.158Z or were rotated away",
		});
		expect(finding?.evidence[0]).toMatchObject({ input: "dump", text: "sync_full:7" });
	});

	test("in a log that begins with the process, lines are missing", async () => {
		const [finding] = await found({ ...logs, dump: counted(2, 3, 1) });
		expect(finding?.text).toBe(
			"sync_partial_ok is 3, the log shows 0: 3 are not in it, although it begins with the process: lines were rotated away or cut out, or the loglevel hides them",
		);
		expect(finding?.remedy).toHaveLength(1);
	});

	test("counters below the log's were reset, which is no alarm", async () => {
		const [finding] = await found({ ...logs, dump: counted(0, 0, 0) });
		expect(finding).toMatchObject({ severity: "info", remedy: [] });
		expect(finding?.text).toBe(
			"sync_full is 0, the log shows 2: the counters were reset meanwhile (CONFIG RESETSTAT); sync_partial_err is 0, not 1",
		);
	});

	test("another process's counters are not held against the log", async () => {
		expect(await found({ ...logs, dump: info({ ...primaryInfo, process_id: 4711, sync_full: 9 }) })).toEqual([]);
	});

	test.each([
		["dual-channel-valkey-8.0", 1, 2],
		["rdb-channel-8.6", 1, 1],
	])("a full sync over two connections is counted as the server does: %s", async (folder, full, partialOk) => {
		const log = (name: string): string => readFileSync(new URL(`../../../fixtures/${folder}/${name}.log`, import.meta.url), "utf8");
		const texts = { "primary.log": log("primary"), "replica.log": log("replica") };
		const [, at, version, pid, port] =
			/ (\d\d:\d\d:\d\d\.\d{3}) \* (?:Redis|Valkey) version=([\d.]+),.* pid=(\d+)[\s\S]*?port=(\d+)/.exec(texts["primary.log"]) ?? [];
		const dump = (ok: number): string =>
			info({
				redis_version: version ?? "", process_id: pid ?? "", run_id: "a".repeat(40), tcp_port: port ?? "",
				server_time_usec: (Date.parse(`2026-11-21T${at}Z`) + 60_000) * 1000, uptime_in_seconds: 60,
				role: "master", sync_full: full, sync_partial_ok: ok, sync_partial_err: 0,
			});
		expect(await found({ ...texts, dump: dump(partialOk) })).toEqual([]);
		expect(await found({ ...texts, dump: dump(partialOk + 1) })).toHaveLength(1);
	});
});

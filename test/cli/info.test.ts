import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { textWidth } from "../../src/report/text/layout.ts";
import { info, primaryInfo, primaryLog, replicaInfo, replicaLog, role } from "../dumps.ts";
import { rlog } from "./run.ts";

let cwd = "";
const earlier = { ...primaryInfo, server_time_usec: 1795292990764170, uptime_in_seconds: 3600, master_repl_offset: 403211, sync_full: 1 };

beforeAll(() => {
	cwd = mkdtempSync(join(tmpdir(), "rlog-info-"));
	const files = {
		"1.txt": info(earlier),
		"2.txt": info({ ...primaryInfo, uptime_in_seconds: 3610 }),
		"3.txt": info(replicaInfo),
		"4.txt": role("slave", "127.0.0.1", 12990, "connected", 413211),
		"primary.log": primaryLog,
		"replica.log": replicaLog,
		"notes.txt": "nothing of that kind\n",
	};
	for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
});
afterAll(() => rmSync(cwd, { recursive: true }));

describe("rlog info", () => {
	test("tells nodes, link, lag and backlog in a table, then the forecast and what changed", async () => {
		const { code, stdout, stderr } = await rlog(["info", "1.txt", "2.txt", "3.txt"], { cwd, env: { COLUMNS: "140" } });
		expect([code, stderr]).toEqual([0, ""]);
		expect(stdout).toBe(`3 snapshots of 2 nodes.
21 Nov 2026, 20:29:50 – 20:30:00 (UTC)

  #  NODE             AT        ROLE     LINK                  OFFSET  LAG            BACKLOG           SYNCS
  1  127.0.0.1:12990  20:29:50  primary  1 replica             403211  0 s, 0 bytes   16.0 KiB, 16.4 s  1 full, 0 partial, 1 refused
  2                   20:30:00  primary  1 replica             413211  0 s, 14 bytes  16.0 KiB, 16.4 s  2 full, 0 partial, 1 refused
  3  127.0.0.1:12991  20:30:00  replica  up → 127.0.0.1:12990  413211                 16.0 KiB, 16.4 s

If a link broke now
✓ 127.0.0.1:12991 ← 127.0.0.1:12990  partial for the next 16.4 s at the present rate of 1000 B/s, then full; a backlog of 1.00 MiB would
    hold for 17 min 29 s

What changed
  127.0.0.1:12990 #1 → #2, 10.0 s: 9.77 KiB written (1000 bytes/s); sync_full 1 → 2
`);
	});

	test("takes standard input, and the names of logs that are given too", async () => {
		const piped = await rlog(["info"], { stdin: info(primaryInfo) });
		expect(piped.stdout).toMatch(/^1 snapshot of 1 node\.[\s\S]*:12990/);
		const named = await rlog(["info", "3.txt", "4.txt", "primary.log", "replica.log", "-"], { cwd, stdin: info(primaryInfo) });
		expect(named.stdout).toMatch(/1 {2}primary {2}20:30:00 {2}primary/);
		expect(named.stdout).toMatch(/up → primary/);
		expect(named.stdout).toContain("✓ replica ← primary  partial");
	});

	test("answers programs in JSON", async () => {
		const { code, stdout } = await rlog(["info", "--format", "json", "1.txt", "2.txt"], { cwd });
		expect(code).toBe(0);
		const report = JSON.parse(stdout);
		expect(Object.keys(report)).toEqual(["schemaVersion", "generator", "zone", "nodes", "snapshots", "changes", "forecasts", "notes", "problems", "summary"]);
		expect(report.nodes).toMatchObject([{ role: "primary", version: "7.2.4", backlogBytes: 16384, coversMs: 16384, snapshots: [1, 2] }]);
		expect(report.forecasts[0]).toMatchObject({ address: "127.0.0.1:12991", verdict: "partial", partialForMs: 16370 });
		expect(report.snapshots[1].fields.Replication.repl_backlog_first_byte_offset).toBe(393217);
	});

	test("is the same whatever the order of the inputs", async () => {
		const one = await rlog(["info", "1.txt", "2.txt", "3.txt", "4.txt"], { cwd });
		const other = await rlog(["info", "4.txt", "3.txt", "2.txt", "1.txt"], { cwd });
		expect(other.stdout).toBe(one.stdout);
	});

	test("colours what is up or down on a terminal, unless NO_COLOR says not to", async () => {
		const down = info({ ...replicaInfo, master_link_status: "down", master_link_down_since_seconds: 4 });
		const colored = await rlog(["info"], { stdin: down, terminal: 120 });
		expect(colored.stdout).toContain("\u001b[31mdown 4.0 s → 127.0.0.1:12990\u001b[39m");
		const plain = await rlog(["info"], { stdin: down, terminal: 120, env: { NO_COLOR: "1" } });
		expect(plain.stdout).not.toContain("\u001b");
		expect(plain.stdout).toContain("! ");
	});

	test.each([40, 60, 80])("fits %i columns", async (width) => {
		const { stdout } = await rlog(["info", "1.txt", "2.txt", "3.txt", "4.txt"], { cwd, env: { COLUMNS: `${width}` } });
		expect(Math.max(...stdout.split("\n").map(textWidth))).toBeLessThanOrEqual(width);
	});

	test("says so when there is nothing of that kind, or a file cannot be read", async () => {
		const none = await rlog(["info", "notes.txt"], { cwd });
		expect([none.code, none.stdout]).toEqual([1, ""]);
		expect(none.stderr).toContain("redis-cli INFO | rlog info");
		const missing = await rlog(["info", "1.txt", "missing.txt"], { cwd });
		expect(missing.code).toBe(3);
		expect(missing.stderr).toContain("missing.txt");
		expect(missing.stdout).toContain("1 snapshot of 1 node.");
	});

	test("shows nothing that could steer a terminal", async () => {
		const evil = info({ ...replicaInfo, master_host: "a\u001b[2Jb", redis_version: "7\u202e2" });
		const { stdout } = await rlog(["info", "-f", "json"], { stdin: evil });
		expect(stdout.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
		const text = await rlog(["info"], { stdin: evil });
		expect(text.stdout.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
	});

	test("reads a transcript node by node", async () => {
		const transcript = [
			"```", "127.0.0.1:7001> info replication", "# Replication", "role:master", "connected_slaves:0", "master_repl_offset:0", "",
			"127.0.0.1:7002> role", '1) "slave"', '2) "127.0.0.1"', "3) (integer) 7001", '4) "connected"', "5) (integer) 14", "",
			"127.0.0.1:7001> info replication", "# Replication", "role:master", "connected_slaves:1",
			"slave0:ip=127.0.0.1,port=7002,state=online,offset=14,lag=1", "master_repl_offset:14", "```", "",
		].join("\n");
		const { stdout } = await rlog(["info", "-"], { stdin: transcript });
		const rows = stdout.split("\n").filter((line) => /^ {2}\d/.test(line));
		expect(rows.map((row) => row.trim().split(/ {2,}/))).toEqual([
			["1", ":7001", "line 3", "primary", "no replica", "0"],
			["2", "line 16", "primary", "1 replica", "14", "1 s, 0 bytes"],
			["3", ":7002", "line 9", "replica", "up → :7001", "14", "ROLE"],
		]);
	});
});

test("rlog analyze takes INFO from a pipe beside the logs", async () => {
	const { code, stdout } = await rlog(["analyze", "-f", "text", "primary.log", "replica.log", "-"], { cwd, stdin: info(primaryInfo) });
	expect(code).toBe(0);
	expect(stdout).toContain("today's 16.0 KiB covers 83 ms at 192 KiB/s");
	expect(stdout.replace(/\s+/g, " ")).toContain("bytes 393217–413211 (INFO 2.5 s later)");
});

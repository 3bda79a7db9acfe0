import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { analyze, type NamedData, renderReport } from "../../src/index.ts";
import { share } from "../../src/share/index.ts";
import { primaryLog, replicaLog } from "../cli/logs.ts";
import { rlog } from "../cli/run.ts";
import { scenarios } from "../fixture.ts";
import { data } from "../input/read.ts";

async function copiesOf(inputs: readonly NamedData[]): Promise<Record<string, string>> {
	const { copies, objections } = await share(inputs);
	expect(objections).toEqual([]);
	const texts: Record<string, string> = {};
	for (const { name, text } of copies) {
		texts[name] = "";
		for await (const block of text()) texts[name] += block.toString("utf8");
	}
	return texts;
}

/** What a line becomes when it stands among log lines. */
async function lineOf(line: string): Promise<string> {
	const copies = await copiesOf([{ name: "primary.log", data: `${line}\n${primaryLog}` }]);
	return (copies["primary.log"] ?? "").split("\n")[0] ?? "";
}

describe("copies of real logs come to the same verdicts", () => {
	test.each(scenarios)("$name", async ({ folder, files }) => {
		const inputs = files.map((name) => ({ name, data: readFileSync(join(folder, name)) }));
		const { objections, after, before, pairs } = await share(inputs);
		expect(objections).toEqual([]);
		expect(after.report.summary.full).toBe(before.report.summary.full);
		const text = await renderReport(after.report, "json");
		for (const { value, pseudonym } of pairs()) {
			expect(text).not.toContain(value);
			expect(pseudonym).toHaveLength(/^[0-9a-f]{40}$/.test(value) ? 40 : pseudonym.length);
		}
	});

	test.each(["grammars/data/info-redis-8.6-primary.txt", "grammars/data/info-valkey-8.0-replica.txt"])(
		"an INFO dump beside them: %s",
		async (name) => {
			const dump = readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
			const [copy = ""] = Object.values(await copiesOf([{ name: "info.txt", data: dump }]));
			const runId = /run_id:(\w+)/.exec(dump)?.[1] ?? "none";
			expect(copy).not.toContain(runId);
			expect(copy).toMatch(/run_id:[0-9a-f]{40}/);
			expect(copy.split("\n")).toHaveLength(dump.split("\n").length);
		},
	);
});

describe("what names somebody is replaced, and keeps its shape", () => {
	test.each([
		["10.4.17.9:6379", /^10\.0\.0\.\d+:6379$/],
		["192.168.77.3", /^192\.168\.0\.\d+$/],
		["172.20.1.1", /^172\.16\.0\.\d+$/],
		["54.12.0.7:6379", /^198\.18\.0\.\d+:6379$/],
		["fd12:3456::9:6379", /^fd00::1:6379$/],
		["2a01:4f8::77", /^2001:db8::1$/],
		["redis-2.acme-payments.svc.cluster.local:6379", /^host-a:6379$/],
		["cache7.acme.com", /^host-a$/],
		["user=alice", /^user=user-a$/],
		["name=billing-worker", /^name=name-a$/],
		["/home/alice/acme/dump.rdb", /^\/home\/folder-\d\/folder-\d\/dump\.rdb$/],
		["config_file:/etc/redis/acme.conf", /^config_file:\/etc\/redis\/file-1\.conf$/],
		["C:\\Users\\alice\\redis.log", /^C:\\Users\\folder-1\\redis\.log$/],
		["redis://bob:hunter22@10.4.17.9:6379", /^redis:\/\/user-a:secret-a@10\.0\.0\.1:6379$/],
		["alice@acme.com", /^user-a@host-a$/],
		["$ redis-cli -h 10.4.17.9 -a hunter22 info", /^\$ redis-cli -h 10\.0\.0\.1 -a secret-a info$/],
		["requirepass hunter22", /^requirepass secret-a$/],
		["AUTH alice hunter22", /^AUTH secret-a secret-b$/],
		['{"log":"ACL SETUSER bob \\u003ehunter22 ~*\\n"}', /^\{"log":"ACL SETUSER bob >secret-a ~\*\\n"\}$/],
		["password=***", /^password=\*\*\*$/],
	])("%s", async (value, expected) => {
		expect(await lineOf(value)).toMatch(expected);
	});

	test.each([
		"127.0.0.1:6379",
		"0.0.0.0",
		"::1",
		"20:29:51.142",
		"user=default",
		"Redis version=7.2.4, bits=64",
		"/sys/kernel/mm/transparent_hugepage/enabled",
		"see http://redis.io/topics/latency",
		"vm.overcommit_memory",
		"dump.rdb",
		"0000000000000000000000000000000000000000",
		"MASTER <-> REPLICA sync",
		"1/2",
		"and/or",
	])("%s stays", async (value) => {
		expect(await lineOf(value)).toBe(value);
	});

	test("one value is one pseudonym in all inputs, and two are two", async () => {
		const copies = await copiesOf([
			{ name: "primary.log", data: `${primaryLog}# 10.9.9.9 10.0.0.1 10.9.9.9\n` },
			{ name: "replica.log", data: `${replicaLog}# 10.9.9.9\n` },
		]);
		const last = (name: string): string => copies[name]?.trimEnd().split("\n").at(-1) ?? "";
		const [, nine, one, again] = last("primary.log").split(" ");
		expect(again).toBe(nine);
		expect(one).not.toBe(nine);
		expect(last("replica.log")).toBe(`# ${nine}`);
		// An address that stands for one must not be another that was there.
		expect(["10.0.0.1", "10.9.9.9"]).not.toContain(nine);
		const id = /new replication IDs are '(\w+)'/.exec(copies["primary.log"] ?? "")?.[1];
		expect(copies["replica.log"]).toContain(`request ${id}:57`);
	});

	test("names by their place: a Sentinel's primary, its connection, a pod in front of the line", async () => {
		const id = "5f2c51a4aa7d34b3cb63bb9a6d7bbd0a9d3b0fa1";
		const sentinel = [
			`1:X 21 Nov 2026 20:29:51.142 * Sentinel new configuration saved on disk`,
			`1:X 21 Nov 2026 20:29:51.142 # Sentinel ID is ${id}`,
			`1:X 21 Nov 2026 20:29:51.142 # +monitor master acme-orders 10.4.17.9 6379 quorum 2`,
			`1:X 21 Nov 2026 20:29:52.142 * +slave slave 10.4.17.8:6379 10.4.17.8 6379 @ acme-orders 10.4.17.9 6379`,
		].join("\n");
		const client = `9:M 21 Nov 2026 20:30:00.000 * REPLICAOF 10.4.17.9:6379 enabled (user request from 'id=3 addr=10.4.17.7:1 name=sentinel-${id.slice(0, 8)}-cmd user=default')`;
		const pods = replicaLog.replace(/^/gm, "[pod/acme-redis-1/redis] ");
		const copies = await copiesOf([
			{ name: "sentinel.log", data: sentinel },
			{ name: "replica.log", data: client },
			{ name: "pods.log", data: pods },
		]);
		const text = Object.values(copies).join("\n");
		expect(text).not.toMatch(/acme|10\.4\.17|5f2c51a4/);
		const front = /Sentinel ID is (\w{8})/.exec(text)?.[1];
		expect(text).toContain(`name=sentinel-${front}-cmd`);
		expect(text).toMatch(/@ name-a 10\.0\.0\.\d 6379/);
		expect(text).toMatch(/^\[pod\/host-a-1\/redis\] /m);
	});

	test("a file that is called after its machine is called otherwise", async () => {
		const names = Object.keys(
			await copiesOf([
				{ name: "/var/log/acme-cache-1.log", data: primaryLog },
				{ name: "b/replica.log", data: replicaLog },
				{ name: "c/replica.log", data: data("replica-7.2.log") },
			]),
		);
		expect(names).toEqual(["host-a-1.log", "replica.log", "replica-2.log"]);
	});

	test("bytes that are no text stay as they are", async () => {
		const bytes = Buffer.concat([Buffer.from(replicaLog), Buffer.from([0xff, 0xfe, 0x80, 0x0a])]);
		const { copies } = await share([{ name: "replica.log", data: bytes }]);
		const parts: Buffer[] = [];
		for (const copy of copies) for await (const block of copy.text()) parts.push(block);
		expect(Buffer.concat(parts).subarray(-4)).toEqual(Buffer.from([0xff, 0xfe, 0x80, 0x0a]));
	});

	test("a long line without a break takes no time out of proportion", async () => {
		for (const piece of ["a", "a.", "1", "1.", "ab:", "/a", "name=", "-", "a@"]) {
			await share([{ name: "x.log", data: `${primaryLog}${piece.repeat(20_000)}\n` }]);
		}
	}, 30_000);
});

describe("the command", () => {
	let cwd: string;
	beforeAll(() => {
		cwd = mkdtempSync(join(tmpdir(), "rlog-share-"));
		writeFileSync(join(cwd, "primary.log"), primaryLog.replaceAll("127.0.0.1:12991", "10.7.7.7:12991"));
		writeFileSync(join(cwd, "notes.txt"), "a secret note\n");
		mkdirSync(join(cwd, "full"));
		writeFileSync(join(cwd, "full/there"), "");
	});
	afterAll(() => rmSync(cwd, { recursive: true }));

	test("writes copies and says what was replaced and proven", async () => {
		const args = ["share", "primary.log", "-", "-o", "out/", "--map", "map.json"];
		const { code, stdout, stderr } = await rlog(args, { cwd, stdin: replicaLog });
		expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
		expect(stdout).toMatch(/primary\.log → out\/+primary\.log\n/);
		expect(stdout).toMatch(/Replaced: 1 address, 1 ID\.\nAnalysed again: 2 resyncs/);
		expect(readdirSync(join(cwd, "out")).sort()).toEqual(["primary.log", "stdin.log"]);
		expect(readFileSync(join(cwd, "out/primary.log"), "utf8")).not.toContain("10.7.7.7");
		expect(statSync(join(cwd, "map.json")).mode & 0o077).toBe(0);
		expect(JSON.parse(readFileSync(join(cwd, "map.json"), "utf8"))).toContainEqual({
			kind: "address",
			value: "10.7.7.7",
			pseudonym: "10.0.0.1",
		});
		const { report } = await analyze([join(cwd, "out/primary.log"), join(cwd, "out/stdin.log")]);
		expect(report.resyncs.map(({ cause }) => cause.code)).toEqual(["first-sync", "backlog-overrun"]);
	});

	test("what cannot be read is said, and the rest is written", async () => {
		const { code, stderr } = await rlog(["share", "primary.log", "missing.log", "-o", "some"], { cwd });
		expect(code).toBe(3);
		expect(stderr).toMatch(/^rlog: missing\.log: [^\n]*\n$/);
		expect(readdirSync(join(cwd, "some"))).toEqual(["primary.log"]);
	});

	test.each([
		[["notes.txt", "-o", "none"], /notes\.txt: 0 of 1 lines recognised/],
		[["primary.log", "-o", "full"], /cannot write full: it is not empty; name a new folder/],
		[["primary.log", "-o", "no/such/folder"], /cannot write no\/such\/folder: its folder does not exist/],
		[["primary.log"], /--output needs a value: --output <folder>/],
	])("%j writes nothing: exit 1", async (args, message) => {
		const { code, stderr } = await rlog(["share", ...args], { cwd });
		expect(code).toBe(1);
		expect(stderr).toMatch(message);
		expect(existsSync(join(cwd, "none"))).toBe(false);
		expect(readdirSync(join(cwd, "full"))).toEqual(["there"]);
	});

	test("where the copies would not tell the same, nothing is written", async () => {
		// Its path is a part of the message that rlog knows by heart; replaced, the line is not understood.
		const line =
			"1:C 03 Aug 2021 14:53:07.110 # Warning: no config file specified, using the default config. In order to specify a config file use redis-server /acme/zone/x.conf\n";
		const { code, stderr, stdout } = await rlog(["share", "-", "-o", "differs"], {
			cwd,
			stdin: line + primaryLog,
		});
		if (code === 0) return expect(stdout).toContain("Analysed again");
		expect(stderr).toMatch(/nothing was written: the copies would not tell the same: a/);
		expect(existsSync(join(cwd, "differs"))).toBe(false);
	});
});

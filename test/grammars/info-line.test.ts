import { describe, expect, test } from "vitest";
import { infoLine, prompt } from "../../grammars/info.ts";

describe("infoLine", () => {
	test.each([
		["# Replication", "section"],
		["# replication", "section"],
		["# Scripting Engines", "section"],
		["role:master", "field"],
		["> role:slave", "field"],
		["role:slave   ## this one", "field"],
		["master_repl_offset:15431\r", "field"],
		["config_file:", "field"],
		["slave0:10.0.0.2,6380,online", "field"],
		["slave0:ip=::1,port=6380,state=online,offset=196,lag=1", "field"],
		["cmdstat_config|get:calls=1,usec=2,usec_per_call=2.00", "field"],
		["used_memory_peak_perc:100.16%", "field"],
		["info={'sync_full': 1, 'role': 'master'}", "dict"],
		['{"redis_version":"7.0.15","role":"slave"}', "dict"],
		['"# Server\\r\\nredis_version:7.0.15\\r\\n"', "dict"],
	])("%s is a %s", (line, kind) => expect(infoLine(line)).toBe(kind));

	test.each([
		"",
		"# previous master is down ...",
		"## Memory",
		"# Introduction",
		"Replication",
		"role: master",
		"role:master and slave",
		"loading: 0",
		"os:linux",
		"hz:10",
		"maxmemory:2gb",
		"connected_slaves: 3",
		"connected_slaves:three",
		"loading:true",
		"- `role`: master or slave",
		"repl_backlog_size: how much the backlog holds",
		"https://redis.io/commands/info",
		"1204:M 14 Apr 2024 17:53:13.918 * Ready to accept connections",
		"[6027] 22 Jan 04:10:16.688 * Slave ask for synchronization",
		"FG:M 2026-01-12T09:43:18.330-05:00 * Background saving terminated with success",
		'pid=7 role=primary timestamp="1729404137285" level=notice message="monotonic clock: POSIX"',
		'{"log":"1:M 26 May 2022 01:54:42.165 * Waiting\\n","stream":"stdout"}',
		'{"role": "master", "os": "linux"}',
		"redis_connected_slaves 1",
		"repl-backlog-size 1mb",
		"db0:",
	])("%j is none", (line) => expect(infoLine(line)).toBeUndefined());

	test("within a dump unknown fields and sections count, but not whatever has a colon", () => {
		expect(infoLine("azure_region:west", true)).toBe("field");
		expect(infoLine("hz:10", true)).toBe("field");
		expect(infoLine("# search_version", true)).toBe("section");
		for (const line of [
			"https://redis.io",
			"FG:M 2026-01-12T09:43:18.330-05:00 * x",
			"1204:M 14 Apr 2024 17:53:13.918 * x",
			"Note: that is all",
			"C:\\redis",
			"# previous master is down ...",
		]) {
			expect(infoLine(line, true), line).toBeUndefined();
		}
	});
});

describe("prompt", () => {
	const none = { address: undefined, label: undefined, repeats: false, opens: false };
	test.each([
		["127.0.0.1:6379> INFO", { kind: "cli", address: "127.0.0.1:6379", command: "INFO" }],
		["redis 127.0.0.1:6379> info", { kind: "cli", address: "127.0.0.1:6379", command: "info" }],
		[
			"127.0.0.1:6379[3]> info keyspace",
			{ kind: "cli", address: "127.0.0.1:6379", command: "info keyspace" },
		],
		["127.0.0.1:6379(TX)> role", { kind: "cli", address: "127.0.0.1:6379", command: "role" }],
		["redis-0.redis.svc:6379>", { kind: "cli", address: "redis-0.redis.svc:6379", command: "" }],
		["::1:6379> role", { kind: "cli", address: "::1:6379", command: "role" }],
		["x.x.x.154:6379> info", { kind: "cli", address: "x.x.x.154:6379", command: "info" }],
		["/tmp/redis.sock> info", { kind: "cli", address: "/tmp/redis.sock", command: "info" }],
		["not connected> ", { kind: "cli", command: "" }],
		["redis> INFO", { kind: "cli", command: "INFO" }],
		[
			"root@host:/# redis-cli -p 6380 info replication",
			{ kind: "shell", label: "root@host", address: "127.0.0.1:6380", command: "info replication" },
		],
		[
			"[user@host ~]$ redis-cli -h 10.0.0.5 -p 6380 role",
			{ kind: "shell", label: "user@host", address: "10.0.0.5:6380", command: "role" },
		],
		[
			"laptop-1:~ jane$ valkey-cli -h localhost",
			{ kind: "shell", label: "jane@laptop-1", address: "localhost:6379", command: "", opens: true },
		],
		["[user@host ~]$ ls -l", { kind: "shell", label: "user@host", command: "ls" }],
		["kubectl exec redis-0 -- redis-cli info", { kind: "shell", label: "redis-0", command: "info" }],
		[
			"kubectl -n prod exec -it pod/redis-1 -c redis -- redis-cli -a pw --no-auth-warning info replication",
			{ kind: "shell", label: "redis-1", command: "info replication" },
		],
		[
			"$ docker exec -it -e A=b redis-1  redis-cli -p 6380 INFO",
			{ kind: "shell", label: "redis-1", address: "127.0.0.1:6380", command: "INFO" },
		],
		["ssh node1 redis-cli info", { kind: "shell", label: "node1", command: "info" }],
		["redis-cli -p 6380 info | grep role", { kind: "shell", address: "127.0.0.1:6380", command: "info" }],
		["echo info | redis-cli -p 7000", { kind: "shell", address: "127.0.0.1:7000", command: "info" }],
		["C:\\Redis>redis-cli.exe -p 6380 role", { kind: "shell", address: "127.0.0.1:6380", command: "role" }],
		[
			"while true; do redis-cli -p 6380 info replication; sleep 1; done",
			{ kind: "shell", address: "127.0.0.1:6380", command: "info replication", repeats: true },
		],
		["INFO replication", { kind: "bare", command: "INFO replication" }],
		["role", { kind: "bare", command: "role" }],
	])("%s", (line, expected) => expect(prompt(line)).toEqual({ ...none, ...expected }));

	test("two nodes on one line name neither", () => {
		expect(prompt("redis-cli -p 6379 info; redis-cli -p 6380 info")).toMatchObject({
			address: undefined,
			command: "",
		});
		expect(prompt("for p in 1 2; do redis-cli -p $p info; done")).toMatchObject({
			address: undefined,
			repeats: true,
		});
	});

	test("secrets are not kept", () => {
		expect(JSON.stringify(prompt("$ redis-cli -a s3cret -u redis://u:s3cret@h:1/0 info"))).not.toContain(
			"s3cret",
		);
		for (const command of ["auth s3cret", "CONFIG SET masterauth s3cret", "hello 3 auth u s3cret"]) {
			expect(JSON.stringify(prompt(`127.0.0.1:6379> ${command}`))).not.toContain("s3cret");
		}
	});

	test.each([
		"",
		"redis-cli is a tool that talks to the server",
		"Run redis-cli info to see",
		"12:30> hello",
		"1204:M 14 Apr 2024 17:53:13.918 # redis-cli",
		"# Replication",
		"## Running INFO on port 6379",
		"role:master",
		"info: nothing",
		"MASTER <-> REPLICA sync started",
	])("%j is none", (line) => expect(prompt(line)).toBeUndefined());
});

import { describe, expect, test } from "vitest";
import { infoField, parseInfo } from "../../grammars/info.ts";

const replica = `# Replication
role:slave
master_host:10.1.0.5
master_port:6379
master_link_status:up
master_last_io_seconds_ago:2
master_sync_in_progress:0
slave_repl_offset:1234567890123456789
slave_priority:100
slave_read_only:1
connected_slaves:0
master_replid:1f0c0d6a24b1a5ee9c62f9b1d25a30b8f8f9a001
master_replid2:0000000000000000000000000000000000000000
master_repl_offset:1234567890123456789
second_repl_offset:-1
repl_backlog_active:1
repl_backlog_size:1048576
repl_backlog_first_byte_offset:1234567890122408214
repl_backlog_histlen:1048576`;

/** The replica above, whatever was done to its text. */
function expectReplica(text: string): void {
	const dumps = parseInfo(text);
	expect(dumps).toHaveLength(1);
	const { values, sections, unread } = dumps[0] as (typeof dumps)[0];
	expect(unread).toEqual([]);
	expect(values).toMatchObject({
		role: "slave",
		masterHost: "10.1.0.5",
		masterPort: 6379,
		masterLinkStatus: "up",
		masterSyncInProgress: false,
		slaveReplOffset: 1234567890123456789n,
		slaveReadOnly: true,
		masterReplid: "1f0c0d6a24b1a5ee9c62f9b1d25a30b8f8f9a001",
		masterReplid2: "0".repeat(40),
		masterReplOffset: 1234567890123456789n,
		secondReplOffset: -1n,
		replBacklogActive: true,
		replBacklogFirstByteOffset: 1234567890122408214n,
		replBacklogHistlen: 1048576,
	});
	expect([...sections.keys()]).toEqual(["Replication"]);
}

const lines = replica.split("\n");

describe("the same dump in the shapes people paste", () => {
	test.each([
		["as printed", replica],
		["with CRLF", `${lines.join("\r\n")}\r\n`],
		["with the doubled carriage returns of a terminal", lines.join("\r\r\n")],
		["with a blank line after every line", lines.join("\n\n")],
		["quoted", lines.map((l) => `> ${l}`).join("\n")],
		["with no-break spaces", replica.replaceAll(" ", "\u00a0")],
		["indented", lines.map((l) => `\t    ${l}`).join("\n")],
		["in quotes, line by line", lines.map((l) => `"${l}",`).join("\n")],
		["in back-ticks, line by line", lines.map((l) => `\`${l}\``).join("\n")],
		["with Markdown's escapes", replica.replaceAll("_", "\\_")],
		["with a header that lost its #", replica.replace("# ", "")],
		["without any header", lines.slice(1).join("\n")],
		["with a header without a blank", replica.replace("# ", "#")],
		["with remarks behind the values", lines.map((l) => `${l}   ## a remark: 7`).join("\n")],
		["with arrows behind the values", lines.map((l) => `${l} <--- look`).join("\n")],
		["with remarks between the lines", lines.join("\n## what follows matters\n")],
		["with colours", lines.map((l) => `\x1b[32m${l}\x1b[0m`).join("\n")],
		["with its length in front, as in the protocol", `$545\r\n${replica}`],
		["with the time it took", `${replica}\n(57.15s)`],
		["as one quoted string", `"${lines.join("\\r\\n")}\\r\\n"`],
		["as an element of a transaction's reply", `1) "${lines.join("\\r\\n")}\\r\\n"`],
		["inside JSON", `{"host": "a", "stdout": "${lines.join("\\r\\n")}", "rc": 0}`],
	])("%s", (_, text) => expectReplica(text));

	test.each([
		["redis-py on one line", `info={${pythonItems().join(", ")}}`],
		["redis-py, pretty-printed", `{${pythonItems().join(",\n ")}}`],
		["JSON", JSON.stringify(Object.fromEntries(items()))],
		["JSON over several lines", JSON.stringify(Object.fromEntries(items()), null, 2)],
		["JSON by section", JSON.stringify({ Replication: Object.fromEntries(items()) }, null, 2)],
		[
			"a JavaScript object",
			`{\n${items()
				.map(([k, v]) => `  ${k}: '${v}'`)
				.join(",\n")}\n}`,
		],
		[
			"a Ruby hash",
			`{${items()
				.map(([k, v]) => `"${k}"=>"${v}"`)
				.join(", ")}}`,
		],
		["a dict that was cut off", `{${pythonItems().join(",\n ")},\n 'used_memory_pe`],
	])("%s", (_, text) => expectReplica(text));
});

function items(): [string, string][] {
	return lines.slice(1).map((l) => [l.slice(0, l.indexOf(":")), l.slice(l.indexOf(":") + 1)]);
}

/** As redis-py prints it: numbers without quotes, which turns an ID of zeros into 0. */
function pythonItems(): string[] {
	return items().map(([k, v]) => `'${k}': ${/^-?\d+$/.test(v) ? (/^0+$/.test(v) ? "0" : v) : `'${v}'`}`);
}

describe("several dumps in one text", () => {
	test("a header again begins the next node", () => {
		const dumps = parseInfo(`${replica}\n\n\n# Replication\nrole:master\nconnected_slaves:1\n`);
		expect(dumps.map((d) => [d.firstLine, d.lastLine, d.values.role])).toEqual([
			[1, 19, "slave"],
			[22, 24, "master"],
		]);
	});

	test("a field again begins the next snapshot", () => {
		const dumps = parseInfo(
			"slave_repl_offset:5\nmaster_repl_offset:5\nslave_repl_offset:9\nmaster_repl_offset:10",
		);
		expect(dumps.map((d) => d.values.masterReplOffset)).toEqual([5n, 10n]);
	});

	test("# Server begins the next snapshot even where none was before", () => {
		const dumps = parseInfo(
			"# Replication\nrole:master\n# Server\nredis_version:7.0.15\n# Clients\nconnected_clients:3",
		);
		expect(dumps.map((d) => [...d.sections.keys()])).toEqual([["Replication"], ["Server", "Clients"]]);
	});

	test("files as tail prints them", () => {
		const dumps = parseInfo(
			"==> a.info <==\nrole:master\nconnected_slaves:0\n\n==> b.info <==\nrole:slave\nmaster_port:1",
		);
		expect(dumps.map((d) => [d.label, d.values.role])).toEqual([
			["a.info", "master"],
			["b.info", "slave"],
		]);
	});

	test("redis-cli --cluster call", () => {
		const dumps = parseInfo(
			">>> Calling info replication\n127.0.0.1:7000: # Replication\nrole:master\n\n127.0.0.1:7001: # Replication\nrole:slave\n",
		);
		expect(dumps.map((d) => [d.prompt?.address, d.values.role])).toEqual([
			["127.0.0.1:7000", "master"],
			["127.0.0.1:7001", "slave"],
		]);
	});

	test("a JSON object of nodes", () => {
		const node = (role: string) => ({ role, connected_slaves: 0, master_repl_offset: 7 });
		const dumps = parseInfo(
			JSON.stringify({ "10.0.0.1:6379": node("master"), "10.0.0.2:6379": node("slave") }),
		);
		expect(dumps.map((d) => [d.label, d.values.role])).toEqual([
			["10.0.0.1:6379", "master"],
			["10.0.0.2:6379", "slave"],
		]);
	});

	test("log lines, prose and fences end a dump; what stands between its fields is kept as unread", () => {
		const dumps = parseInfo(`\`\`\`
# Replication
role:master
1204:M 14 Apr 2024 17:53:13.918 * Background saving started by pid 1310
connected_slaves:1
\`\`\`
Some words about it.

master_repl_offset:77
`);
		expect(dumps).toHaveLength(2);
		expect(dumps[0]?.unread.map((u) => u.line)).toEqual([4]);
		expect(dumps[0]?.lastLine).toBe(5);
		expect(dumps[1]?.values).toMatchObject({ masterReplOffset: 77n });
	});
});

describe("values", () => {
	test("offsets and counters beyond a double stay exact", () => {
		const [dump] = parseInfo(
			"# Replication\nmaster_repl_offset:9223372036854775807\n# Stats\nsync_full:18446744073709551",
		);
		expect(dump?.values.masterReplOffset).toBe(9223372036854775807n);
		expect(dump && infoField(dump, "sync_full")?.value).toBe(18446744073709551n);
		expect(dump?.values.syncFull).toBeUndefined();
	});

	test("what is masked, cut off or absent is undefined, never 0", () => {
		const [dump] = parseInfo(
			"# Replication\nrole:slave\nmaster_host:x.x.x.154\nmaster_port:####\nmaster_repl_offset:",
		);
		expect(dump?.values.masterHost).toBe("x.x.x.154");
		expect(dump?.values).not.toHaveProperty("masterPort");
		expect(dump?.values).not.toHaveProperty("masterReplOffset");
		expect(dump?.values).not.toHaveProperty("syncFull");
		expect(dump && infoField(dump, "master_repl_offset")?.text).toBe("");
	});

	test("replicas of every era", () => {
		const [dump] = parseInfo(`# Replication
role:master
connected_slaves:4
slave0:10.0.0.2,6380,online
slave1:ip=::1,port=6381,state=online,offset=196,lag=1
slave2:ip=10.0.0.3,port=6379,state=wait_bgsave,offset=0,lag=0,io-thread=2
slave3:ip=h,port=6379,state=bg_transfer,offset=9007199254740993,lag=0,type=rdb-channel
`);
		const none = { offset: undefined, lag: undefined, ioThread: undefined, type: undefined };
		expect(dump?.values.slaves).toEqual([
			{ field: "slave0", ip: "10.0.0.2", port: 6380, state: "online", ...none },
			{ ...none, field: "slave1", ip: "::1", port: 6381, state: "online", offset: 196n, lag: 1 },
			{
				...none,
				field: "slave2",
				ip: "10.0.0.3",
				port: 6379,
				state: "wait_bgsave",
				offset: 0n,
				lag: 0,
				ioThread: 2,
			},
			{
				...{ ...none, field: "slave3", ip: "h", port: 6379, state: "bg_transfer" },
				...{ offset: 9007199254740993n, lag: 0, type: "rdb-channel" },
			},
		]);
	});

	test("replicas, databases and modules of redis-py", () => {
		const [dump] = parseInfo(
			"{'role': 'master', 'connected_slaves': 1, 'slave0': {'ip': '10.0.0.2', 'port': 6379, 'state': 'online', 'offset': 9007199254740993, 'lag': 0}, 'db0': {'keys': 2, 'expires': 1, 'avg_ttl': 0}, 'errorstat_NOAUTH': {'count': 4}, 'used_memory_peak_perc': '99.5%', 'modules': [{'name': 'search', 'ver': 20000}, {'name': 'bf', 'ver': 2}], 'aof_enabled': None}",
		);
		expect(dump?.values.slaves).toMatchObject([
			{ ip: "10.0.0.2", port: 6379, offset: 9007199254740993n, lag: 0 },
		]);
		expect(dump?.values.databases).toMatchObject([{ index: 0, keys: 2, expires: 1, avgTtl: 0 }]);
		expect(dump?.values.errors).toEqual(new Map([["NOAUTH", 4]]));
		expect(dump?.values.modules.map((m) => m.get("name"))).toEqual(["search", "bf"]);
		expect(dump?.values.usedMemoryPeakPerc).toBe(99.5);
		expect(dump?.values.aofEnabled).toBeUndefined();
	});

	test("commands, errors, latencies, listeners, modules", () => {
		const [dump] = parseInfo(`# Server
listener0:name=tcp,bind=*,bind=-::*,port=6379
# Modules
module:name=vectorset,ver=1,api=1,filters=0,usedby=[],using=[],options=[handle-io-errors|handle-repl-async-load]
module:name=bf,ver=2,api=1,filters=0,usedby=[a,b],using=[],options=[]
# Commandstats
cmdstat_client|setname:calls=2,usec=6,usec_per_call=3.00,rejected_calls=0,failed_calls=1
cmdstat_restore-asking:calls=1,usec=2,usec_per_call=2.00
# Errorstats
errorstat_NOMASTERLINK:count=12
# Latencystats
latency_percentiles_usec_psync:p50=55.039,p99=55.039,p99.9=60.500
`);
		const { commands, errors, latencies, listeners, modules } = dump?.values ?? {};
		expect(listeners?.map((l) => l.get("bind"))).toEqual(["* -::*"]);
		expect(modules?.map((m) => [m.get("name"), m.get("usedby")])).toEqual([
			["vectorset", "[]"],
			["bf", "[a,b]"],
		]);
		expect(commands).toMatchObject([
			{ name: "client|setname", calls: 2, usec: 6, usecPerCall: 3, rejectedCalls: 0, failedCalls: 1 },
			{ name: "restore-asking", calls: 1, rejectedCalls: undefined },
		]);
		expect(errors?.get("NOMASTERLINK")).toBe(12);
		expect(latencies?.get("psync")?.get("p99.9")).toBe(60.5);
		expect(dump?.sections.get("Modules")?.has("module:2")).toBe(true);
	});

	test("a Sentinel", () => {
		const [dump] = parseInfo(`# Server
redis_version:7.0.15
redis_mode:sentinel
tcp_port:26379

# Sentinel
sentinel_masters:1
sentinel_tilt:0
sentinel_tilt_since_seconds:-1
master0:name=mymaster,status=odown,address=10.0.0.1:6379,slaves=2,sentinels=3
`);
		expect(dump?.values).toMatchObject({ redisMode: "sentinel", sentinelMasters: 1, sentinelTilt: false });
		expect(dump?.values.masters).toEqual([
			{
				field: "master0",
				name: "mymaster",
				status: "odown",
				address: "10.0.0.1:6379",
				slaves: 2,
				sentinels: 3,
			},
		]);
	});

	test("a managed service: its own fields stay, as strings", () => {
		const [dump] = parseInfo(`# Server
redis_version:6.2.6
os:Amazon ElastiCache
azure_region:west_1
tls_enabled:1

# crdt_stats
crdt_peers:3
`);
		expect(dump?.sections.get("Server")?.get("azure_region")?.value).toBe("west_1");
		expect(dump?.sections.get("Server")?.get("tls_enabled")?.value).toBe("1");
		expect(dump?.sections.get("crdt_stats")?.get("crdt_peers")?.text).toBe("3");
		expect(dump?.values).toMatchObject({ redisVersion: "6.2.6", os: "Amazon ElastiCache" });
	});

	test("KeyDB with two primaries prints some fields twice", () => {
		const dumps = parseInfo(`# Replication
role:active-replica
master_global_link_status:up
master_host:10.0.0.1
master_port:6379
master_link_status:up
slave_repl_offset:4323
master_1_host:10.0.0.2
master_1_port:6379
slave_repl_offset:4369
slave_priority:100
connected_slaves:0
`);
		expect(dumps).toHaveLength(1);
		expect(dumps[0]?.values).toMatchObject({ role: "active-replica", slaveReplOffset: 4323n });
		expect(dumps[0]?.sections.get("Replication")?.get("slave_repl_offset:2")?.value).toBe(4369n);
	});

	test("2.4: no sections, other names", () => {
		const [dump] = parseInfo(
			"redis_version:2.4.17\nredis_git_sha1:00000000\nuptime_in_seconds:60\nbgsave_in_progress:0\nlast_save_time:1333457835\nvm_enabled:0\nrole:master\nslave0:10.0.0.2,6379,online\ndb0:keys=3,expires=0",
		);
		expect(dump?.values).toMatchObject({
			redisVersion: "2.4.17",
			bgsaveInProgress: false,
			lastSaveTime: 1333457835,
		});
		expect([...(dump?.sections.keys() ?? [])]).toEqual(["Server", "Persistence", "Replication", "Keyspace"]);
	});

	test("names that JavaScript gives a meaning do no harm", () => {
		const [dump] = parseInfo("# Server\nredis_version:7.0.0\n__proto__:polluted\nconstructor:x_1\nhas_own:1");
		expect(dump && infoField(dump, "__proto__")?.text).toBe("polluted");
		expect(Object.getPrototypeOf(dump?.values)).toBe(Object.prototype);
		expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
		const [dict] = parseInfo(
			'{"__proto__": {"role": "x"}, "constructor": 1, "sync_full": 1, "sync_partial_ok": 0, "sync_partial_err": 0}',
		);
		expect(dict?.values.role).toBeUndefined();
		expect(dict?.values.syncFull).toBe(1);
	});
});

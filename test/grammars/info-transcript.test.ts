import { describe, expect, test } from "vitest";
import { InfoReader, parseInfo } from "../../grammars/info.ts";

describe("transcripts", () => {
	test("every prompt names the node that answers below it", () => {
		const dumps = parseInfo(`laptop-1:~ jane$ redis-cli -h localhost -p 6380
localhost:6380> info replication
# Replication
role:master
connected_slaves:0
localhost:6380> replicaof localhost 6379
OK
localhost:6380> info replication
# Replication
role:slave
master_host:localhost
localhost:6380>
laptop-1:~ jane$ redis-cli
127.0.0.1:6379> get x
"role:master"
127.0.0.1:6379> INFO
# Replication
role:master
connected_slaves:1
slave0:ip=::1,port=6380,state=online,offset=196,lag=1
(0.51s)
127.0.0.1:6379> `);
		expect(
			dumps.map((d) => [d.firstLine, d.lastLine, d.prompt?.address, d.prompt?.label, d.values.role]),
		).toEqual([
			[3, 5, "localhost:6380", "jane@laptop-1", "master"],
			[9, 11, "localhost:6380", "jane@laptop-1", "slave"],
			// The value of a key that looks like INFO; nothing tells it from a dump of one line.
			[15, 15, undefined, undefined, "master"],
			[17, 21, "127.0.0.1:6379", "jane@laptop-1", "master"],
		]);
	});

	test("the shell line that opened the session tells which container 127.0.0.1 is", () => {
		const dumps = parseInfo(`$ docker exec -it redis-2 redis-cli
127.0.0.1:6379> info replication
role:slave
127.0.0.1:6379> exit
$ docker exec -it redis-1 redis-cli info replication
Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.
# Replication
role:master`);
		expect(dumps.map((d) => [d.prompt?.label, d.prompt?.address, d.values.role])).toEqual([
			["redis-2", "127.0.0.1:6379", "slave"],
			["redis-1", undefined, "master"],
		]);
	});

	test("a prompt names one reply, a loop all of its replies", () => {
		const twice = "# Replication\nrole:master\n\n# Replication\nrole:master\n";
		const address = (text: string) => parseInfo(text).map((d) => d.prompt?.address);
		expect(address(`$ redis-cli -p 7000 info replication\n${twice}`)).toEqual(["127.0.0.1:7000", undefined]);
		expect(address(`$ redis-cli -p 7000 -r 2 info replication\n${twice}`)).toEqual([
			"127.0.0.1:7000",
			"127.0.0.1:7000",
		]);
	});

	test("the parts of ansible's output and of scripts have labels", () => {
		const dumps = parseInfo(
			"10.0.0.5 | CHANGED | rc=0 >>\n# Replication\nrole:master\n10.0.0.6 | CHANGED | rc=0 >>\n# Replication\nrole:slave\n=== node-3 ===\nrole:slave\nmaster_port:1",
		);
		expect(dumps.map((d) => d.label)).toEqual(["10.0.0.5", "10.0.0.6", "node-3"]);
	});

	test("a heading of a document is not a dump, nor are notes below it", () => {
		expect(parseInfo("# Replication\n\nnote:this is a chapter\n\n# Memory\nwords\n")).toEqual([]);
		expect(parseInfo("# Server\nhost:a\nport:1\n")).toEqual([]);
	});

	test("somebody's own data is not a dump", () => {
		expect(parseInfo("function f() {\n  return { role: 'master' };\n}\n")).toEqual([]);
		expect(parseInfo('{"cluster_enabled": 0, "name": "x"}')).toEqual([]);
	});

	test("a bracket in front of a dump does not swallow it", () => {
		const dumps = parseInfo("services: {\n# Replication\nrole:master\nconnected_slaves:0\n");
		expect(dumps.map((d) => [d.firstLine, d.values.connectedSlaves])).toEqual([[2, 0]]);
	});

	test("a dict that was cut off ends at the next prompt", () => {
		const dumps = parseInfo(
			"{'role': 'master',\n 'sync_full': 1, 'sync_partial_ok': 2,\n127.0.0.1:1> info\nrole:slave",
		);
		expect(dumps.map((d) => [d.form, d.firstLine, d.values.role])).toEqual([
			["dict", 1, "master"],
			["lines", 4, "slave"],
		]);
	});
});

describe("InfoReader", () => {
	test("tells which lines it took and keeps the numbers it was given", () => {
		const reader = new InfoReader();
		expect(reader.push("1204:M 14 Apr 2024 17:53:13.918 * Ready", 10)).toBe(false);
		expect(reader.push("127.0.0.1:6379> info", 12)).toBe(true);
		expect(reader.push("# Replication", 13)).toBe(true);
		expect(reader.push("role:master", 20)).toBe(true);
		expect(reader.open).toBe(true);
		expect(reader.push("127.0.0.1:6379> get role", 21)).toBe(false);
		expect(reader.take()).toMatchObject([{ firstLine: 13, lastLine: 20 }]);
		expect(reader.take()).toEqual([]);
		expect(reader.end()).toEqual([]);
	});

	test("lines that were left out between two lines end a dump only when they are many", () => {
		const reader = new InfoReader();
		for (const [i, name] of ["sync_full", "sync_partial_ok", "sync_partial_err"].entries())
			reader.push(`${name}:1`, 100 + i * 20);
		reader.push("evicted_keys:0", 900);
		expect(reader.end().map((d) => [d.firstLine, d.lastLine])).toEqual([
			[100, 140],
			[900, 900],
		]);
	});

	test("counts from the line it is told, also inside a dict", () => {
		const [dump] = parseInfo('{\n"role": "master",\n"sync_full": 1,\n"sync_partial_ok": 1}', {
			firstLine: 100,
		});
		expect(dump).toMatchObject({ firstLine: 100, lastLine: 103 });
		expect(dump?.sections.get("Stats")?.get("sync_full")?.line).toBe(102);
	});

	test("hostile text costs time in proportion to its length", () => {
		const n = 100_000;
		const texts = ["{", "[", '"', "\\n", "a:", "> ", ":", "slave0:a=", "'a_b': {", "redis-cli ", "$ "].map(
			(s) => s.repeat(n),
		);
		const start = performance.now();
		for (const text of texts) parseInfo(`# Replication\nrole:master\n${text}\nmaster_port:1`);
		expect(performance.now() - start).toBeLessThan(5000);
	});
});

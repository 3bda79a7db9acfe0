import { describe, expect, test } from "vitest";
import { parseRole, parseRoles, RoleReader, roleStart } from "../../grammars/role.ts";

const primary = {
	role: "master",
	offset: 3129659n,
	replicas: [
		{ ip: "10.0.0.2", port: 9001, offset: 3129242n },
		{ ip: "::1", port: 9002, offset: 9007199254740993n },
	],
};
const replica = { role: "slave", host: "master", port: 6379, state: "connected", offset: 3167038n };

describe("a reply in the shapes people paste", () => {
	test.each([
		[
			"on a terminal",
			'1) "master"\n2) (integer) 3129659\n3) 1) 1) "10.0.0.2"\n      2) "9001"\n      3) "3129242"\n   2) 1) "::1"\n      2) "9002"\n      3) "9007199254740993"',
			primary,
		],
		[
			"on a terminal, indentation lost",
			'1) "master"\n2) (integer) 3129659\n3) 1) 1) "10.0.0.2"\n2) "9001"\n3) "3129242"\n2) 1) "::1"\n2) "9002"\n3) "9007199254740993"',
			primary,
		],
		["in a pipe", "master\n3129659\n10.0.0.2\n9001\n3129242\n::1\n9002\n9007199254740993\n", primary],
		[
			"as JSON",
			'["master",3129659,[["10.0.0.2","9001","3129242"],["::1","9002","9007199254740993"]]]',
			primary,
		],
		[
			"as JSON over several lines",
			JSON.stringify(
				[
					"master",
					3129659,
					[
						["10.0.0.2", "9001", "3129242"],
						["::1", "9002", "9007199254740993"],
					],
				],
				null,
				2,
			),
			primary,
		],
		["as CSV", '"master",3129659,"10.0.0.2","9001","3129242","::1","9002","9007199254740993"', primary],
		[
			"redis-py",
			"['master', 3129659, [('10.0.0.2', '9001', '3129242'), ('::1', '9002', '9007199254740993')]]",
			primary,
		],
		[
			"replica on a terminal",
			'1) "slave"\r\n2) "master"\r\n3) (integer) 6379\r\n4) "connected"\r\n5) (integer) 3167038\r\n',
			replica,
		],
		["replica in a pipe", "slave\nmaster\n6379\nconnected\n3167038\n", replica],
		["replica as JSON", '["slave","master",6379,"connected",3167038]', replica],
		["replica as bytes", "[b'slave', b'master', 6379, b'connected', 3167038]", replica],
		[
			"with remarks behind the values",
			'1) "slave"   ## what it is\n2) "master"  ## "address"\n3) (integer) 6379 ## port 1\n4) "connected"\n5) (integer) 3167038 ## offset',
			replica,
		],
		[
			"quoted",
			'> 1) "slave"\n> 2) "master"\n> 3) (integer) 6379\n> 4) "connected"\n> 5) (integer) 3167038',
			replica,
		],
		[
			"with blank lines",
			'1) "slave"\n\n2) "master"\n\n3) (integer) 6379\n\n4) "connected"\n\n5) (integer) 3167038\n',
			replica,
		],
		[
			"no replicas on a terminal",
			'1) "master"\n2) (integer) 0\n3) (empty array)',
			{ role: "master", offset: 0n, replicas: [] },
		],
		[
			"no replicas, older",
			'1) "master"\n2) (integer) 0\n3) (empty list or set)',
			{ role: "master", offset: 0n, replicas: [] },
		],
		["no replicas in a pipe", "master\n0\n\n", { role: "master", offset: 0n, replicas: [] }],
		[
			"without a link",
			'1) "slave"\n2) "h"\n3) (integer) 1\n4) "connect"\n5) (integer) -1',
			{ role: "slave", host: "h", port: 1, state: "connect", offset: -1n },
		],
		[
			"a Sentinel on a terminal",
			'1) "sentinel"\n2) 1) "other"\n   2) "mymaster"',
			{ role: "sentinel", names: ["other", "mymaster"] },
		],
		[
			"a Sentinel in a pipe",
			"sentinel\nother\nmymaster\n",
			{ role: "sentinel", names: ["other", "mymaster"] },
		],
		[
			"a Sentinel as JSON",
			'["sentinel",["other","mymaster"]]',
			{ role: "sentinel", names: ["other", "mymaster"] },
		],
	])("%s", (_, text, reply) => {
		const read = parseRole(text);
		expect(read?.reply).toEqual(reply);
		expect(read?.unread).toEqual([]);
		expect(parseRoles(text, { expected: true })).toHaveLength(1);
	});
});

describe("what cannot be read", () => {
	test("masked and missing values are undefined, their lines kept", () => {
		const read = parseRole('1) "slave"\n2) "x.x.x.1"\n3) (integer) ????\n4) "sync"', { firstLine: 40 });
		expect(read).toMatchObject({ firstLine: 40, lastLine: 43, unread: [{ line: 42 }] });
		expect(read?.reply).toEqual({
			role: "slave",
			host: "x.x.x.1",
			port: undefined,
			state: "sync",
			offset: undefined,
		});
	});

	test("a reply that was cut off keeps what it had", () => {
		expect(parseRole('1) "master"\n2) (integer) 12\n3) 1) 1) "::1"\n      2) "6380"')?.reply).toEqual({
			role: "master",
			offset: 12n,
			replicas: [{ ip: "::1", port: 6380, offset: undefined }],
		});
		expect(parseRole("master")?.reply).toEqual({ role: "master", offset: undefined, replicas: [] });
	});

	test.each([
		"",
		"hello",
		"127.0.0.1:6379> role",
		"(error) ERR unknown command 'ROLE'",
		"# Replication\nrole:master",
	])("%j is no reply", (text) => expect(parseRole(text)).toBeUndefined());

	test("lists of other commands are no replies", () => {
		expect(parseRoles('1) "master"\n2) "foo"')).toEqual([]);
		expect(parseRoles('127.0.0.1:6379> lrange l 0 -1\n1) "master"\n2) (integer) 5\n')).toEqual([]);
		expect(parseRoles("words = [\n 'signed',\n 'slave',\n 'slow',\n]")).toEqual([]);
		expect(parseRoles(' 21) "role-reported"\n 22) "master"\n 23) "x"')).toEqual([]);
		expect(parseRoles("master\nbranch\n")).toEqual([]);
		expect(parseRoles('"captures": [\n "sentinel",\n "leader"\n]')).toEqual([]);
		expect(parseRoles('["sentinel",["mymaster"]]')).toHaveLength(1);
		expect(parseRoles('1) "sentinel"\n2) 1) "mymaster"')).toHaveLength(1);
	});
});

describe("transcripts", () => {
	test("the prompts name the nodes; other output does not disturb", () => {
		const replies = parseRoles(`\`\`\`
127.0.0.1:6379> role
1) "master"
2) (integer) 12366          ## offset
3) 1) 1) "::1"
      2) "6380"
      3) "12366"
127.0.0.1:6379> keys *
1) "slave"
$ docker exec -it redis-2 redis-cli role
slave
redis-1
6379
connected
12366
done
\`\`\``);
		expect(
			replies.map((r) => [
				r.firstLine,
				r.lastLine,
				r.form,
				r.prompt?.address ?? r.prompt?.label,
				r.reply.role,
			]),
		).toEqual([
			[3, 7, "numbered", "127.0.0.1:6379", "master"],
			[11, 15, "bare", "redis-2", "slave"],
		]);
	});

	test("two replies below each other", () => {
		const replies = parseRoles(
			'1) "slave"\n2) "h"\n3) (integer) 1\n4) "connected"\n5) (integer) 1\n1) "master"\n2) (integer) 1\n3) (empty array)',
		);
		expect(replies.map((r) => [r.firstLine, r.lastLine])).toEqual([
			[1, 5],
			[6, 8],
		]);
	});

	test("inside a transaction", () => {
		const replies = parseRoles('1) 1) "master"\n   2) (integer) 5\n   3) (empty array)\n2) OK');
		expect(replies.map((r) => [r.reply, r.lastLine])).toEqual([
			[{ role: "master", offset: 5n, replicas: [] }, 3],
		]);
	});

	test("RoleReader tells which lines it took", () => {
		const reader = new RoleReader();
		expect(reader.push("127.0.0.1:6379> role", 7)).toBe(true);
		expect(reader.push('1) "master"', 8)).toBe(true);
		expect(reader.push("2) (integer) 4", 9)).toBe(true);
		expect(reader.push("1204:M 14 Apr 2024 17:53:13.918 * Ready", 10)).toBe(false);
		expect(reader.take()).toMatchObject([{ firstLine: 8, lastLine: 9 }]);
	});
});

describe("roleStart", () => {
	test.each([
		['1) "master"', "numbered"],
		['1) 1) "slave"', "numbered"],
		['> 1) "sentinel"', "numbered"],
		['["master",854,[]]', "list"],
		['"slave","h",1,"connected",2', "list"],
		["[b'slave', b'h']", "list"],
		["master", "bare"],
		['2) "master"', undefined],
		["role:master", undefined],
		["master is down", undefined],
		["MASTER <-> REPLICA sync started", undefined],
	])("%s: %s", (line, form) => expect(roleStart(line)).toBe(form));
});

describe("what a Sentinel prints into a pipe", () => {
	test.each([
		["is a reply where it is all of the text", "sentinel\nmymaster\nother\n", 1],
		["is none in the midst of one", "hello\nsentinel\nmymaster\n", 0],
		["is none where more follows", "sentinel\nmymaster\n\nand so on, as I said.\n", 0],
		["is none without a name", "sentinel\n", 0],
	])("%s", (_, text, count) => expect(parseRoles(text)).toHaveLength(count));
});

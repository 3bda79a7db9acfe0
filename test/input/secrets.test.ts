import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { catalogue } from "../../grammars/messages/index.ts";
import { maskSecrets } from "../../src/input/secrets.ts";

const hash = "#5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8";

test.each([
	["AUTH hunter2", "AUTH ***"],
	["AUTH alice hunter2", "AUTH *** ***"],
	['"AUTH" "hunter2"', '"AUTH" "***"'],
	['1530000000.123 [0 127.0.0.1:1] "auth" "alice" "hun ter2"', '1530000000.123 [0 127.0.0.1:1] "auth" "***" "***"'],
	["127.0.0.1:6379> auth hunter2", "127.0.0.1:6379> auth ***"],
	["HELLO 3 AUTH alice hunter2 SETNAME x", "HELLO 3 AUTH *** *** SETNAME x"],
	[">>> 'requirepass \"hunter2\"'", ">>> 'requirepass \"***\"'"],
	["requirepass hunter2", "requirepass ***"],
	["CONFIG SET masterauth hunter2", "CONFIG SET masterauth ***"],
	['"CONFIG" "SET" "masterauth" "hunter2"', '"CONFIG" "SET" "masterauth" "***"'],
	["sentinel auth-pass mymaster hunter2", "sentinel auth-pass *** ***"],
	["+set master mymaster 10.0.0.1 6379 auth-pass hunter2", "+set master mymaster 10.0.0.1 6379 auth-pass ***"],
	["redis://alice:hunter2@10.0.0.1:6379/0", "redis://alice:***@10.0.0.1:6379/0"],
	["rediss://:p@ss/w0rd@cache", "rediss://:***@cache"],
	["redis://a:one@h1,redis://b:two@h2", "redis://a:***@h1,redis://b:***@h2"],
	["$ redis-cli -h 10.0.0.1 -a hunter2 info", "$ redis-cli -h 10.0.0.1 -a *** info"],
	["$ redis-cli --user alice --pass 'hunt er2' info", "$ redis-cli --user alice --pass '***' info"],
	["REDISCLI_AUTH=hunter2 redis-cli info", "REDISCLI_AUTH=*** redis-cli info"],
	["docker run -e REDIS_PASSWORD=hunter2 redis", "docker run -e REDIS_PASSWORD=*** redis"],
	["redis-server --requirepass hunter2 --port 1", "redis-server --requirepass *** --port 1"],
	[`user alice on ${hash} ~* +@all`, "user alice on #*** ~* +@all"],
	["ACL SETUSER alice on >hunter2 <old ~*", "ACL SETUSER alice on >*** <*** ~*"],
	['{"log":"requirepass \\"hunter2\\"\\n","stream":"stdout"}', '{"log":"requirepass \\"***\\"\\n","stream":"stdout"}'],
	['{"log":"AUTH hunter2\\n","password":"x\\"y","n":1}', '{"log":"AUTH ***\\n","password":"***","n":1}'],
	["password: hunter2", "password: ***"],
	['{"log":"ACL SETUSER a \\u003ehunter2\\n"}', '{"log":"ACL SETUSER a >***\\n"}'],
	['{"log":"{\\"m\\":\\"AUTH\\\\u0020hunter2\\"}"}', '{"log":"{\\"m\\":\\"AUTH ***\\"}"}'],
	['{"log":"\\u0041UTH hunter2"}', '{"log":"AUTH ***"}'],
])("%s", (text, masked) => {
	expect(maskSecrets(text)).toBe(masked);
	expect(maskSecrets(masked)).toBe(masked);
});

test.each([
	"Unable to AUTH to MASTER: -WRONGPASS invalid username-password pair or user is disabled.",
	"MASTER aborted replication with an error: NOAUTH Authentication required.",
	"Failover auth granted to ce9e985f1e8a5b8c375a3113ae15c92f6aabfdf7 for epoch 4",
	"REPLICAOF 127.0.0.1:6379 enabled (user request from 'id=5 addr=127.0.0.1:1 name= user=default cmd=auth')",
	"WARNING: requirepass is not set",
	"MASTER <-> REPLICA sync started",
	"==> redis.log <==",
	'{"log":"MASTER \\u003c-\\u003e REPLICA sync: no secret, no password\\n"}',
])("not a secret: %s", (text) => expect(maskSecrets(text)).toBe(text));

test("no sample of the catalogue and no line of the fixtures is changed", () => {
	for (const { samples } of catalogue) for (const line of samples) expect(maskSecrets(line)).toBe(line);
	const fixtures = fileURLToPath(new URL("../../fixtures", import.meta.url));
	for (const name of readdirSync(fixtures, { recursive: true, encoding: "utf8" })) {
		if (!name.endsWith(".log")) continue;
		for (const line of readFileSync(`${fixtures}/${name}`, "utf8").split("\n")) expect(maskSecrets(line)).toBe(line);
	}
});

test("long lines take no longer than they are long", () => {
	const pumps = ["auth ", "AUTH", "pass", "password=", "://a:", "redis://a:b", "#", "user a ", "-a ", "-cli ", "\\", '\\"', ">", "requirepass ", "a"];
	for (const pump of pumps) {
		const text = `redis-cli user x auth password://${pump.repeat(60_000 / pump.length)}!`;
		const begin = performance.now();
		maskSecrets(text);
		expect(performance.now() - begin, pump).toBeLessThan(1500);
	}
});

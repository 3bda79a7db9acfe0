import { describe, expect, test } from "vitest";
import { isForeign, isPublic } from "../../../src/diagnose/findings/addresses.ts";
import { reportOf } from "../report-of.ts";
import { idA, Scene } from "./scene.ts";

describe("public addresses", () => {
	test.each(["192.3.70.16", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2001:4860:4860::8888"])(
		"%s is one",
		(host) => {
			expect(isPublic(host)).toBe(true);
		},
	);
	test.each([
		"10.0.0.1",
		"127.0.0.1",
		"172.20.0.4",
		"192.168.45.213",
		"100.64.2.3",
		"169.254.0.9",
		"fd00::1",
		"fe80::1",
		"::1",
		"redis-0",
		"db.example.org",
		"<redacted>",
	])("%s is none", (host) => expect(isPublic(host)).toBe(false));
	test("nothing is foreign where the members have public addresses themselves", () => {
		expect(isForeign("192.3.70.16", new Set(["10.0.0.1"]))).toBe(true);
		expect(isForeign("192.3.70.16", new Set(["192.3.70.16"]))).toBe(false);
		expect(isForeign("192.3.70.16", new Set(["51.15.0.1"]))).toBe(false);
	});
});

const client = (host: string, name = ""): string =>
	`id=28 addr=${host}:36638 laddr=10.0.0.1:7001 fd=9 name=${name} age=1 idle=0 flags=N cmd=slaveof`;

/** The server is told to replicate from somewhere, and gets what comes from there. */
function attacked(target: string, by: string, ...lines: string[]): Scene {
	const scene = new Scene().node("victim", "M").demote("victim", 1000, target, by);
	scene
		.say("victim", 1001, `* Connecting to MASTER ${target}`)
		.say("victim", 1001, "* MASTER <-> REPLICA sync started");
	scene.say("victim", 1002, `* Trying a partial resynchronization (request ${idA}:1).`);
	for (const line of lines) scene.say("victim", 1003, line);
	return scene;
}

const garbage = [
	`* Full resync from master: ${"Z".repeat(40)}:1`,
	"* MASTER <-> REPLICA sync: receiving 48536 bytes from master to disk",
	"* MASTER <-> REPLICA sync: Flushing old data",
	"* MASTER <-> REPLICA sync: Loading DB in memory",
	"# Wrong signature trying to load DB from file",
	"# Failed trying to load the MASTER synchronization DB from disk, check server logs.",
];

test("a stranger points it to himself, grants an ID of forty Z and sends garbage", () => {
	const [finding, ...rest] = attacked("192.3.70.16:23736", client("192.3.70.16"), ...garbage)
		.tell()
		.of("rogue-primary");
	expect(rest).toEqual([]);
	expect(finding).toMatchObject({ severity: "critical", node: "victim", resyncs: [1] });
	expect(finding?.facts).toMatchObject({
		target: "192.3.70.16:23736",
		client: "192.3.70.16",
		replid: "Z".repeat(40),
		signs: "public-address, stranger, replication-id, signature",
		flushed: 1,
	});
	expect(finding?.remedy.join(" ")).toContain("Block 192.3.70.16");
});

test("an ID that is no hexadecimal is enough, wherever it comes from", () => {
	const [finding] = attacked("127.0.0.1:13269", client("127.0.0.1"), ...garbage.slice(0, 2))
		.tell()
		.of("rogue-primary");
	expect(finding).toMatchObject({
		severity: "critical",
		facts: { signs: "replication-id", target: "127.0.0.1:13269" },
	});
	expect(finding?.remedy.join(" ")).not.toContain("Block");
});

test("the command alone, from one public address to another", () => {
	expect(attacked("194.40.243.61:8886", client("95.214.11.231")).tell().of("rogue-primary")[0]).toMatchObject(
		{ severity: "critical" },
	);
});

test("a public target that somebody inside chose is worth a look", () => {
	const [finding] = attacked("194.40.243.61:6379", client("10.0.0.7")).tell().of("rogue-primary");
	expect(finding).toMatchObject({ severity: "warning", facts: { signs: "public-address" } });
	expect(finding?.remedy[0]).toContain("Find out who");
});

test("a Sentinel's command, a private target and a masked ID are no signs", () => {
	expect(attacked("10.0.0.99:6379", client("10.0.0.7")).tell().of("rogue-primary")).toEqual([]);
	expect(
		attacked("10.0.0.99:6379", client("10.0.0.7", "sentinel-1cc19560-cmd"), garbage[4] as string)
			.tell()
			.of("rogue-primary"),
	).toEqual([]);
	expect(
		attacked("10.0.0.99:6379", client("10.0.0.7"), `* Full resync from master: ${"x".repeat(40)}:1`)
			.tell()
			.of("rogue-primary"),
	).toEqual([]);
	expect(
		attacked("10.0.0.99:6379", client("10.0.0.7"), "* Full resync from master: <replid>:1")
			.tell()
			.of("rogue-primary"),
	).toEqual([]);
});

test("the host that sent garbage sets the node free again, where the command itself is not in the log", () => {
	const scene = new Scene().node("victim", "S");
	scene
		.say("victim", 1000, "# Wrong signature trying to load DB from file")
		.say("victim", 1001, "* Connecting to MASTER 192.168.45.213:21000");
	scene
		.say("victim", 1001, "* MASTER <-> REPLICA sync started")
		.promote("victim", 3000, idA, 1, "b".repeat(40), client("192.168.45.213"));
	expect(scene.tell().of("rogue-primary")[0]).toMatchObject({
		severity: "critical",
		facts: { signs: "signature", freedBy: "192.168.45.213", client: null },
	});
});

const refused = (scene: Scene, target: string, at: number): Scene =>
	scene
		.say("n", at, `* Connecting to MASTER ${target}`)
		.say("n", at, "* MASTER <-> REPLICA sync started")
		.say("n", at + 9, "# Error condition on socket for SYNC: Connection refused");

describe("a public address that it asks, where no line says who told it to", () => {
	const bare = (target: string): string =>
		[0, 1]
			.map(
				(s) =>
					`1:S 21 Nov 2026 20:00:0${s}.000 * Connecting to MASTER ${target}\n1:S 21 Nov 2026 20:00:0${s}.001 * MASTER <-> REPLICA sync started\n1:S 21 Nov 2026 20:00:0${s}.040 # Error condition on socket for SYNC: Connection refused\n`,
			)
			.join("");

	test("is told without an alarm", async () => {
		const { findings, resyncs } = await reportOf({ "n.log": bare("192.3.70.16:8886") });
		expect(findings.map((f) => `${f.severity} ${f.code}`)).toEqual(["info rogue-primary"]);
		expect(findings[0]?.text).toMatch(/^it asks 192\.3\.70\.16:8886, .*; if nobody of yours did this/);
		expect(resyncs[0]?.remedy[0]).toMatch(/^If nobody of yours/);
	});

	test("is an attack where somebody tries to load a module as well", async () => {
		const module = "1:S 21 Nov 2026 20:00:03.000 # Module ./sys.so failed to load: ./sys.so: cannot open shared object file: No such file or directory\n";
		const { findings } = await reportOf({ "n.log": bare("192.3.70.16:8886") + module });
		expect(findings.map((f) => `${f.severity} ${f.code}`)).toEqual(["critical rogue-primary"]);
	});

	test("is none where it is private, named by the configuration or the cluster, given a password or served it once", async () => {
		const cluster = "1:M 21 Nov 2026 19:59:59.000 # Configuration change detected. Reconfiguring myself as a replica of 3bea42d01e08ea767239eee03ab8777963828a1f\n";
		const password = "1:S 21 Nov 2026 20:00:03.000 # Unable to AUTH to MASTER: -WRONGPASS invalid username-password pair\n";
		const done = "1:S 21 Nov 2026 19:59:59.000 * MASTER <-> REPLICA sync: Finished with success\n";
		for (const text of [bare("10.3.70.16:8886"), bare("192.3.70.16:8886") + password, done + bare("192.3.70.16:8886"), cluster + bare("192.3.70.16:8886")])
			expect((await reportOf({ "n.log": text })).findings.filter((f) => f.code === "rogue-primary")).toEqual([]);
		expect(refused(new Scene().node("n", "S"), "192.3.70.16:8886", 1000).tell().of("rogue-primary")).toEqual([]);
	});
});

test("modules that a configuration names are loaded at each start, after a Sentinel's command too", async () => {
	const start = (pid: number, minute: number): string =>
		[
			`${pid}:C 21 Nov 2026 20:0${minute}:00.000 * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo`,
			`${pid}:C 21 Nov 2026 20:0${minute}:00.000 * Redis version=8.0.2, bits=64, commit=00000000, modified=1, pid=${pid}, just started`,
			`${pid}:M 21 Nov 2026 20:0${minute}:00.100 * Module 'bf' loaded from /usr/local/lib/redis/modules//redisbloom.so`,
			`${pid}:M 21 Nov 2026 20:0${minute}:00.200 * Ready to accept connections tcp`,
			"",
		].join("\n");
	const told = (name: string): string =>
		`8:S 21 Nov 2026 20:01:00.000 * REPLICAOF 10.4.0.3:6379 enabled (user request from 'id=4 addr=10.4.0.9:45452 laddr=10.4.0.2:6379 fd=8 name=${name} cmd=exec')\n`;
	for (const name of ["sentinel-1f2e3d4c-cmd", ""]) {
		const { findings } = await reportOf({ "n.log": start(8, 0) + told(name) + start(9, 2) });
		expect(findings.filter((f) => f.code === "rogue-primary")).toEqual([]);
	}
	// By MODULE LOAD, behind a command of nobody known, it is how servers are taken over.
	const load = "8:S 21 Nov 2026 20:01:09.000 * Module 'system' loaded from ./exp.so\n";
	const { findings } = await reportOf({ "n.log": start(8, 0) + told("") + load });
	expect(findings.map((f) => `${f.severity} ${f.code}`)).toContain("critical rogue-primary");
});

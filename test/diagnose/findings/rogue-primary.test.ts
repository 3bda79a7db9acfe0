import { describe, expect, test } from "vitest";
import { isForeign, isPublic } from "../../../src/diagnose/findings/addresses.ts";
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

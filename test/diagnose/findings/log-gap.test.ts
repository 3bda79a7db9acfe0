import { expect, test } from "vitest";
import { idA, Scene, tellLogs } from "./scene.ts";

const start = (): Scene =>
	new Scene().node("primary", "M").node("replica", "S").full("replica", "primary", 1000, null, `${idA}:0`);
const cut = (text: string, keep: (line: string) => boolean): string =>
	text
		.split("\n")
		.filter((line) => line !== "" && keep(line))
		.join("\n");
const time = (line: string): string => line.slice(line.indexOf("2026") + 5).slice(0, 12);

test("a process that a next one follows without a word was killed", () => {
	const scene = start()
		.lose("replica", "primary", 60_000)
		.start("replica", 63_000)
		.full("replica", "primary", 63_010, null, `${idA}:500`);
	const [finding, ...rest] = scene.tell().of("log-gap");
	expect(rest).toEqual([]);
	expect(finding).toMatchObject({
		severity: "warning",
		node: "replica",
		facts: { kind: "killed", count: 1, missingMs: 3000 },
	});
});

test("one that said goodbye was not", () => {
	const scene = start()
		.say("replica", 60_000, "# Redis is now ready to exit, bye bye...")
		.start("replica", 63_000)
		.full("replica", "primary", 63_010, null, `${idA}:500`);
	expect(scene.tell().of("log-gap")).toEqual([]);
});

/** Four handshakes within two minutes. */
function handshakes(): Scene {
	const scene = start();
	for (const at of [30_000, 60_000, 90_000])
		scene.lose("replica", "primary", at).partial("replica", "primary", at + 5, `${idA}:${at}`);
	return scene;
}

test("a log that begins in the middle, as the other side shows", () => {
	const scene = handshakes();
	const told = tellLogs({
		"primary.log": scene.text("primary"),
		"replica.log": cut(scene.text("replica"), (l) => time(l) > "20:00:55"),
	});
	const [finding, ...rest] = told.of("log-gap");
	expect(rest).toEqual([]);
	expect(finding).toMatchObject({
		severity: "info",
		node: "replica",
		facts: { kind: "begins-late", count: 2 },
	});
	expect(finding?.resyncs.length).toBeGreaterThan(0);
});

test("a gap between two files of one log", () => {
	const scene = handshakes();
	const told = tellLogs({
		"primary.log.1": cut(scene.text("primary"), (l) => time(l) < "20:00:45"),
		"primary.log": cut(scene.text("primary"), (l) => time(l) > "20:01:15"),
		"replica.log": scene.text("replica"),
	});
	const [finding, ...rest] = told.of("log-gap");
	expect(rest).toEqual([]);
	expect(finding).toMatchObject({
		severity: "info",
		node: "primary",
		facts: { kind: "between", count: 1 },
		remedy: ["Give the rotated file that lies between the two."],
	});
	expect(finding?.text).toMatch(/^the log has a gap \([^)]+ without a line\): other nodes tell of 1 handshake /);
});

test("a log that breaks off while the other side goes on", () => {
	const scene = handshakes();
	const told = tellLogs({
		"primary.log": scene.text("primary"),
		"replica.log": cut(scene.text("replica"), (l) => time(l) < "20:00:55"),
	});
	expect(told.of("log-gap")).toMatchObject([
		{ severity: "info", node: "replica", facts: { kind: "ends-early", count: 2 } },
	]);
});

test("a process that logs warnings only", () => {
	const scene = start()
		.say("replica", 20_000, "# Redis is now ready to exit, bye bye...")
		.start("replica", 21_000);
	scene
		.full("replica", "primary", 22_000, null, `${idA}:500`)
		.lose("replica", "primary", 30_000)
		.partial("replica", "primary", 30_005, `${idA}:900`);
	scene.say("replica", 40_000, "* Background saving terminated with success");
	const quiet = scene
		.text("replica")
		.replaceAll("* oO0OoO0OoO0Oo", "# oO0OoO0OoO0Oo")
		.split("\n")
		.filter((l) => time(l) < "20:00:20.500" || l.includes(" # ") || l.includes("Background saving"))
		.map((l) => l.replace("* Background saving terminated with success", "# Background saving error"))
		.join("\n");
	const told = tellLogs({ "primary.log": scene.text("primary"), "replica.log": quiet });
	expect(told.of("log-gap")).toMatchObject([
		{ severity: "info", node: "replica", facts: { kind: "level", count: 2 } },
	]);
	expect(scene.tell().of("log-gap")).toEqual([]);
});

test("a server that others find gone long after its last line", () => {
	const scene = start().lose("replica", "primary", 60_000);
	for (let at = 61_000; at <= 71_000; at += 1000) {
		scene
			.say("replica", at, `* Connecting to MASTER ${scene.address("primary")}`)
			.say("replica", at, "* MASTER <-> REPLICA sync started");
		scene.say("replica", at, "# Error condition on socket for SYNC: Connection refused");
	}
	const [finding] = scene.tell().of("log-gap");
	expect(finding).toMatchObject({
		severity: "warning",
		node: "primary",
		facts: { kind: "vanished", missingMs: 10_000 },
	});
});

test("a server that is gone for a moment when the logs end was not missed for long enough", () => {
	const scene = start().lose("replica", "primary", 60_000);
	scene
		.say("replica", 61_000, `* Connecting to MASTER ${scene.address("primary")}`)
		.say("replica", 61_000, "# Error condition on socket for SYNC: Connection refused");
	expect(scene.tell().of("log-gap")).toEqual([]);
});

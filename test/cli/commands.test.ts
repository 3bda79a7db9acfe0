import { expect, test } from "vitest";
import { allCodes } from "../../src/report/words.ts";
import { replicaLog } from "./logs.ts";
import { rlog } from "./run.ts";

test("events are JSON lines: what, when, where, who, and the fields", async () => {
	const { code, stdout } = await rlog(["events", "-"], { stdin: replicaLog });
	expect(code).toBe(0);
	const events = stdout
		.trimEnd()
		.split("\n")
		.map((line) => JSON.parse(line));
	const asked = events.find(({ type }) => type === "psync.request");
	expect(asked).toMatchObject({
		time: "2026-11-21T20:29:58.262",
		line: 14,
		pid: 9889,
		role: "S",
		replid: "40052074608ff5ee488105d7ea2b4ac58d759566",
		offset: 57,
		text: "Trying a partial resynchronization (request 40052074608ff5ee488105d7ea2b4ac58d759566:57).",
	});
	expect(Object.keys(asked).slice(0, 5)).toEqual(["type", "time", "node", "input", "line"]);
});

test("an offset that no JSON number can hold is a decimal string", async () => {
	const line = `1:S 21 Nov 2026 20:29:58.262 * Trying a partial resynchronization (request ${"a".repeat(40)}:9223372036854775807).\n`;
	const { stdout } = await rlog(["events", "-"], { stdin: line });
	expect(JSON.parse(stdout.split("\n")[1] ?? "").offset).toBe("9223372036854775807");
});

test("explain lists all codes, and has a page for each", async () => {
	const { stdout } = await rlog(["explain"]);
	for (const code of allCodes()) expect(stdout).toContain(code);
	const page = await rlog(["explain", "backlog-overrun"]);
	expect(page.stdout).toMatch(/what it means[\s\S]*what proves it[\s\S]*what to do[\s\S]*seen live/);
});

test("explain reads a pasted line, whole or only its message, in words or as one argument", async () => {
	const message =
		"Unable to partial resync with replica 127.0.0.1:12991 for lack of backlog (Replica request was: 57).";
	const whole = await rlog(["explain", `9884:M 21 Nov 2026 20:29:58.262 * ${message}`]);
	expect(whole.stdout).toMatch(
		/^psync\.rejected\.backlog[\s\S]*This line[\s\S]*role +primary[\s\S]*offset +57\n$/,
	);
	const alone = await rlog(["explain", ...message.split(" ")]);
	expect(alone.stdout).toMatch(/^psync\.rejected\.backlog[\s\S]*offset +57\n$/);
});

test("explain knows the fields of INFO, also with their value", async () => {
	expect((await rlog(["explain", "master_repl_offset"])).stdout).toMatch(
		/^master_repl_offset · INFO field, Replication/,
	);
	expect((await rlog(["explain", "sync_full:3"])).stdout).toMatch(/^sync_full · [\s\S]*given +3\n$/);
	expect((await rlog(["explain", "sync_ful"])).stderr).toContain("did you mean sync_full");
});

test("explain never sends what was pasted to the terminal as it is", async () => {
	const { code, stderr } = await rlog(["explain", "what is \u001b[2J this"]);
	expect(code).toBe(1);
	expect(stderr).toContain("\\x1b[2J");
});

test("patterns prints the catalogue, all of it or what holds a word", async () => {
	const all = JSON.parse((await rlog(["patterns", "--format", "json"])).stdout);
	const some = JSON.parse((await rlog(["patterns", "--format", "json", "cached master"])).stdout);
	expect(some.length).toBeGreaterThan(0);
	expect(some.length).toBeLessThan(all.length);
	expect(Object.keys(all[0])).toEqual(["type", "emitter", "weight", "means", "wordings", "samples"]);
	expect((await rlog(["patterns", "cached master"])).stdout).toMatch(/\n\n\d+ messages?\n$/);
});

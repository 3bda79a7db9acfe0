import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Format, formatNames } from "../../src/report/formats.ts";
import { rlog } from "../cli/run.ts";
import { limit } from "./harness.ts";

/*
 * The whole way, from the log to what is printed: client names, error texts and host names are an
 * attacker's to choose. Here they hold all that could steer what reads the output, and secrets.
 */
const evil = [
	"\u001b[2J\u001b]0;owned\u0007", "\u0008\u0008\u0008", "\u202eevil\u202c", "a\u200bb\u2066", "\u009b31m",
	"::error::owned", "::set-output name=a::b", "%0A::error::owned", "##[error]owned", "##vso[task.setvariable variable=a]b",
	"</script><script>alert(1)</script>", "</details><img src=x onerror=alert(1)>", "<!--", "]]>", "javascript:alert(1)",
	"|a|b|", "[link](http://evil.example)", "![i](http://evil.example/i.png)", "`code`", "**bold**", "@everyone", "#1", "http://evil.example",
].join(" ");

const secrets = ["hunter2", "s3cr3tword", "c0rrecth0rse", "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8"];
const [one, other, third, hash] = secrets as [string, string, string, string];

/** A line whose message is known, with a free text in it. */
const aborted = (text: string, ms: number): string =>
	`9889:S 21 Nov 2026 20:29:57.${String(ms).padStart(3, "0")} * MASTER aborted replication with an error: ${text}`;

const replica = [
	"9889:S 21 Nov 2026 20:29:51.175 * Running mode=standalone, port=12991.",
	"9889:S 21 Nov 2026 20:29:56.000 * Connection with master lost.",
	"9889:S 21 Nov 2026 20:29:56.900 * Connecting to MASTER 127.0.0.1:12990",
	"9889:S 21 Nov 2026 20:29:56.901 * MASTER <-> REPLICA sync started",
	aborted(`ERR ${evil}`, 0),
	aborted(`ERR unknown command 'AUTH ${one} ${other}'`, 10),
	aborted(`ERR CONFIG SET requirepass "${one}"`, 20),
	aborted(`ERR masterauth ${other} redis://alice:${third}@10.0.0.1:6379`, 30),
	aborted(`ERR ACL SETUSER bob on >${one} #${hash} ~*`, 40),
	aborted(`ERR user bob on #${hash} ~* +@all >${third}`, 50),
	`9889:S 21 Nov 2026 20:29:57.060 # Unable to AUTH to MASTER: -ERR password=${other}`,
	"9889:S 21 Nov 2026 20:29:58.200 * Connecting to MASTER 127.0.0.1:12990",
	"9889:S 21 Nov 2026 20:29:58.262 * MASTER <-> REPLICA sync started",
	"9889:S 21 Nov 2026 20:29:58.262 * Trying a partial resynchronization (request 40052074608ff5ee488105d7ea2b4ac58d759566:57).",
	"9889:S 21 Nov 2026 20:29:58.264 * Full resync from master: 40052074608ff5ee488105d7ea2b4ac58d759566:413183",
	"9889:S 21 Nov 2026 20:29:58.366 * MASTER <-> REPLICA sync: Finished with success",
	`9889:S 21 Nov 2026 20:29:59.000 * REPLICAOF 10.0.0.9:6379 enabled (user request from 'id=5 addr=10.0.0.1:1 fd=8 name=${evil.replaceAll(" ", "")} cmd=replicaof')`,
	"9889:S 21 Nov 2026 20:29:59.010 * MASTER <-> REPLICA sync started",
	aborted(`ERR ${evil}`, 999),
	`$ redis-cli -h 10.0.0.1 -a ${one} info replication`,
	`Full resync requested by ${evil} requirepass ${other}`,
	`9889:S 21 Nov 2026 20:30:01.000 * Full resync requested by ${evil} requirepass ${other}`,
].join("\n");

const docker = replica
	.split("\n")
	.map((log) => JSON.stringify({ log: `${log}\n`, stream: "stdout", time: "2026-11-21T20:29:51Z" }).replaceAll(">", "\\u003e").replaceAll("<", "\\u003c"))
	.join("\n");

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "rlog-output-"));
	writeFileSync(join(folder, "replica.log"), `${replica}\n`);
	writeFileSync(join(folder, "docker.json"), `${docker}\n`);
	writeFileSync(join(folder, "only.txt"), `requirepass ${one}\nredis://a:${third}@h\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const say = async (...args: string[]): Promise<string> => {
	const { stdout, stderr } = await rlog(args, { cwd: folder });
	return stdout + stderr;
};

/** No secret, and nothing that a terminal or a CI system obeys. */
function isHarmless(text: string): void {
	for (const secret of secrets) expect(text).not.toContain(secret);
	expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
	expect(text).not.toMatch(/##vso\[|##\[error/);
}

describe.each(["replica.log", "docker.json"])("%s", (input) => {
	test.each([...formatNames])("analyze -f %s", async (format: Format) => {
		const text = await say("analyze", "-f", format, "-v", input);
		expect(text.length).toBeGreaterThan(100);
		isHarmless(text);
		if (format !== "github") expect(text).not.toMatch(/^::/m);
		if (format === "html") expect(text).not.toMatch(/<script>alert|onerror=alert\(1\)>|<img src=x/);
	}, limit);

	test.each([["events"], ["timeline"], ["info"]])("%s", async (command) => isHarmless(await say(command, input)), limit);

	test("whois", async () => isHarmless(await say("whois", "127.0.0.1:12990", input)), limit);

	test("share", async () => {
		const out = join(folder, `shared-${input}`);
		isHarmless((await say("share", input, "-o", out)).replaceAll("\t", " "));
		for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.startsWith("shared-"))) {
			let text = "";
			try {
				text = readFileSync(join(folder, name), "utf8");
			} catch {
				continue;
			}
			for (const secret of secrets) expect(text, name).not.toContain(secret);
		}
	}, limit);
});

test("a file that is no log: its first line is shown, without its secret", async () => {
	const text = await say("analyze", "only.txt");
	expect(text).toContain("requirepass ***");
	isHarmless(text);
});

test("explain, of a line with a secret", async () => {
	isHarmless(await say("explain", `MASTER aborted replication with an error: ERR AUTH ${one} ${other}`));
});

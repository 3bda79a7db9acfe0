import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "rolldown";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeLog } from "../bench/logs.ts";

/* Threads run built code alone, so that it is built for them. */

let folder: string;
let analyze: typeof import("../../src/analyze.ts").analyze;
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "rlog-workers-"));
	const input = { index: "src/index.ts", "scan-worker": "src/input/scan-worker.ts" };
	await build({ input, platform: "node", logLevel: "silent", output: { dir: join(folder, "dist") } });
	analyze = (await import(pathToFileURL(join(folder, "dist/index.js")).href)).analyze;
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A large log, which is written once. */
function sparse(seed: number): string {
	const path = join(folder, `node-${seed}.log`);
	return existsSync(path) ? path : writeLog(path, "sparse", { bytes: 56e6 }, seed).path;
}

/** The report of some logs, the same for any number of threads. */
async function reportOf(...logs: string[]): Promise<string> {
	const reports = [];
	for (const workers of [0, 1, 3]) reports.push(JSON.stringify(await analyze(logs, { workers })));
	expect(new Set(reports).size).toBe(1);
	return reports[0] as string;
}

test("any number of threads gives the same report", async () => {
	expect(await reportOf(sparse(1), sparse(2))).toContain('"resyncs":[{');
}, 120_000);

test.each([
	["at its start", () => 'throw new Error("broken");'],
	["when it is to begin", () => 'import { parentPort } from "node:worker_threads"; parentPort.on("message", () => process.exit(1));'],
	["at any moment", (built: string) => `${built}\nsetTimeout(() => process.exit(1), 0);`],
])("a thread that fails %s leaves the files to their reader", async (when, code) => {
	const broken = join(folder, when.replaceAll(" ", "-"));
	cpSync(join(folder, "dist"), broken, { recursive: true });
	const script = join(broken, "scan-worker.js");
	writeFileSync(script, code(readFileSync(script, "utf8")));
	const { analyze: analyzeBroken } = (await import(pathToFileURL(join(broken, "index.js")).href)) as { analyze: typeof analyze };
	const logs = [sparse(1), sparse(2)];
	expect(JSON.stringify(await analyzeBroken(logs, { workers: 1 }))).toBe(JSON.stringify(await analyze(logs, { workers: 0 })));
}, 120_000);

test("logs that change on the way are read the same by any number of threads", async () => {
	const text = readFileSync(sparse(3), "latin1");
	const line = (at: number): number => text.indexOf("\n", at) + 1;
	const [a, b, c] = [line(20e6), line(30e6), line(40e6)] as const;
	const odd = join(folder, "odd.log");
	const docker = text.slice(line(45e6), line(46e6)).replace(/.+/g, (line) => JSON.stringify({ log: `${line}\n`, stream: "stdout", time: "2026-11-21T08:00:00.000000000Z" }));
	// A line longer than what is looked at in one go, other line ends, lines without fronts, a wrapper, no last line end.
	writeFileSync(odd, `${text.slice(0, a)}${"x".repeat(2e6)}\n${text.slice(a, b).replaceAll("\n", "\r\n")}${"a remark\n".repeat(2e4)}${text.slice(b, c)}${docker}${text.slice(c, -1)}`, "latin1");
	const dense = writeLog(join(folder, "dense.log"), "dense", { bytes: 50e6 }, 4).path;
	expect(await reportOf(odd, dense)).toContain('"resyncs":[{');
}, 240_000);

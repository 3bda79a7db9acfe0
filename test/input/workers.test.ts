import { mkdtempSync, rmSync } from "node:fs";
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

test("any number of threads gives the same report", async () => {
	const logs = [1, 2].map((seed) => writeLog(join(folder, `node-${seed}.log`), "sparse", { bytes: 56e6 }, seed).path);
	const reports = [];
	for (const workers of [0, 1, 3]) reports.push(JSON.stringify(await analyze(logs, { workers })));
	expect(new Set(reports).size).toBe(1);
	expect(reports[0]).toContain('"resyncs":[{');
}, 120_000);

// Builds the command line and the benchmarks, and runs them: `npm run bench -- --help`.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "rolldown";
import config from "../../rolldown.config.js";

process.chdir(fileURLToPath(new URL("../..", import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), "rlog-bench-"));
try {
	await build({ ...config, logLevel: "warn" });
	const file = join(folder, "bench.mjs");
	await build({ input: "test/bench/main.ts", platform: "node", logLevel: "warn", output: { file, format: "esm" } });
	await import(pathToFileURL(file).href);
} finally {
	rmSync(folder, { recursive: true, force: true });
}

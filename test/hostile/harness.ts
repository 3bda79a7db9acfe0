import { readdirSync, readFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { analyze } from "../../src/analyze.ts";
import type { Report, Resync } from "../../src/model/report.ts";

/*
 * The ordinary run is short and always the same. `RLOG_FUZZ_SECONDS=600 npx vitest run test/hostile`
 * goes on for so long a property, and `RLOG_FUZZ_SEED` begins elsewhere.
 */

/** Seconds that each property goes on; 0 in the ordinary run, which counts its tries instead. */
export const seconds = Number(process.env["RLOG_FUZZ_SECONDS"] ?? 0);
export const seed = Number(process.env["RLOG_FUZZ_SEED"] ?? 20_261_121);

/** Settings of fast-check for a property that is tried so often in the ordinary run. */
export const tries = (runs: number) =>
	seconds > 0
		? { seed, numRuns: 100_000_000, interruptAfterTimeLimit: seconds * 1000, markInterruptAsFailure: false }
		: { seed, numRuns: runs };

/** A test's limit, in milliseconds: machines of CI are slow, and a long run is asked for. */
export const limit = 120_000 + seconds * 2000;

/** Texts of a scenario's logs, by name. */
export type Logs = ReadonlyMap<string, string>;

const fixtures = fileURLToPath(new URL("../../fixtures", import.meta.url));

/** All scenarios of fixtures/. */
export const scenarios: ReadonlyMap<string, Logs> = new Map(
	readdirSync(fixtures, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }): [string, Logs] => [name, logsOf(`${fixtures}/${name}`)])
		.filter(([, logs]) => logs.size > 0)
		.sort(([a], [b]) => (a < b ? -1 : 1)),
);

function logsOf(folder: string): Logs {
	const names = readdirSync(folder).filter((name) => name.endsWith(".log"));
	return new Map(names.sort().map((name) => [name, readFileSync(`${folder}/${name}`, "utf8")]));
}

/** How many inputs were explained so far. */
export const tried = { inputs: 0 };

/** Explains logs that are at hand. */
export async function explain(logs: ReadonlyMap<string, string | Uint8Array>): Promise<Report> {
	tried.inputs++;
	return (await analyze([...logs].map(([name, data]) => ({ name, data })))).report;
}

/** Whether a log shows how it was decided. */
export const isDecided = ({ verdict }: Resync): boolean => verdict === "full" || verdict === "partial";

/** Numbers that look random and are the same each time (mulberry32). */
export function random(from: number): () => number {
	let state = from >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** Does `work` so often in the ordinary run, else until the time is over; tells how often that was. */
export async function repeat(times: number, work: (n: number) => Promise<void>): Promise<number> {
	const end = performance.now() + seconds * 1000;
	let n = 0;
	for (; seconds > 0 ? performance.now() < end : n < times; n++) await work(n);
	return n;
}

import { readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, platform, release, totalmem } from "node:os";
import process from "node:process";
import type { Case, Figure } from "./cases.ts";
import type { Taken } from "./measure.ts";

/** A case that has been run. */
export interface Ran {
	readonly run: Case;
	readonly taken: readonly Taken[];
	readonly figures: readonly Figure[];
}

const time = (ms: number): string => (ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(2)} s`);
const show = ({ value, unit }: Pick<Figure, "value" | "unit">): string =>
	`${value.toFixed(unit === "MB" ? 0 : 2)} ${unit}`;
const within = ({ value, target }: Figure): boolean => value <= target;

/** What one case came to, for a terminal. */
export function summary({ run, taken, figures }: Ran): string {
	return [
		`${run.name} (${run.over})`,
		...taken.map(({ name, median, runs, peak }) => {
			const memory = peak === null ? "" : `, peak ${(peak / 1e6).toFixed(0)} MB`;
			return `  ${name.padEnd(16)} ${time(median)}  (${time(Math.min(...runs))} to ${time(Math.max(...runs))}${memory})`;
		}),
		...figures.map((figure) => `  ${within(figure) ? "✓" : "✗"} ${figure.what}: ${show(figure)}, at most ${figure.target} ${figure.unit}`),
	].join("\n");
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** Writes the figures into the results' file, and leaves what people wrote below them. */
export function writeResults(file: string, ran: readonly Ran[], about: string): void {
	const rows = ran.flatMap(({ run, figures }) =>
		figures.map((figure, i) =>
			row([i === 0 ? run.name : "", figure.what, show(figure), `${figure.target} ${figure.unit}`, within(figure) ? "yes" : "**no**"]),
		),
	);
	const times = ran.flatMap(({ run, taken }) =>
		taken.map(({ name, median, runs, peak }, i) =>
			row([
				i === 0 ? `${run.name}: ${run.over}` : "",
				`\`${name}\``,
				time(median),
				`${time(Math.min(...runs))} to ${time(Math.max(...runs))}`,
				peak === null ? "" : `${(peak / 1e6).toFixed(0)} MB`,
			]),
		),
	);
	const [cpu] = cpus();
	const text = [
		"# Benchmarks",
		"",
		"Written by `npm run bench`: whole processes, run in turn on logs that are generated with a seed. Medians; ratios",
		"are of medians in the same run. `grep -cF` gets the openings of all messages as literals, in the C locale.",
		"",
		`Machine: ${cpus().length} × ${cpu?.model.trim() ?? "unknown"}, ${(totalmem() / 1024 ** 3).toFixed(0)} GiB, ${platform()} ${release()} ${arch()}, Node.js ${process.version}. ${about}`,
		"",
		row(["case", "figure", "measured", "at most", "met"]),
		row(["---", "---", "---:", "---:", "---"]),
		...rows,
		"",
		row(["case", "command", "median", "from to", "peak memory"]),
		row(["---", "---", "---:", "---:", "---:"]),
		...times,
		"",
		notes(file),
	].join("\n");
	writeFileSync(file, text);
}

const HEADING = "## What was tried";

function notes(file: string): string {
	const old = readFileSync(file, "utf8");
	const at = old.indexOf(HEADING);
	return at === -1 ? `${HEADING}\n` : old.slice(at);
}

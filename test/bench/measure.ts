import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import process from "node:process";

/** A command line that is timed as a whole process. */
export interface Command {
	readonly name: string;
	readonly argv: readonly [string, ...string[]];
	/** Exit codes that are as they should be. */
	readonly codes?: readonly number[];
}

/** What a command took: medians over its runs, in milliseconds, and peak memory in bytes where it is a Node process. */
export interface Taken {
	readonly name: string;
	readonly median: number;
	readonly runs: readonly number[];
	readonly peak: number | null;
}

const env = { ...process.env, LC_ALL: "C", NO_COLOR: "1", NODE_OPTIONS: "" };

function once({ argv: [file, ...args], codes = [0], name }: Command, extra: NodeJS.ProcessEnv = {}): number {
	const from = performance.now();
	// Into a pipe: grep stops at the first match where its output goes nowhere.
	const { status, error, stderr } = spawnSync(file, args, {
		stdio: ["ignore", "pipe", "pipe"],
		maxBuffer: 2 ** 31,
		env: { ...env, ...extra },
	});
	const took = performance.now() - from;
	if (error !== undefined) throw error;
	if (!codes.includes(status ?? -1)) throw new Error(`${name} ended with ${status}: ${stderr.toString().slice(0, 500)}`);
	return took;
}

/** Runs commands in turn, so that what else the machine does meets all of them alike. */
export function interleaved(commands: readonly Command[], rounds: number, peakFile: string): Taken[] {
	// The first round only warms the caches.
	for (const command of commands) once(command);
	const runs = commands.map((): number[] => []);
	for (let n = 0; n < rounds; n++) for (const [i, command] of commands.entries()) runs[i]?.push(once(command));
	return commands.map((command, i) => {
		const own = runs[i] as number[];
		return { name: command.name, runs: own, median: median(own), peak: peakOf(command, peakFile) };
	});
}

/** Peak memory, by a run of its own: telling it costs time. */
function peakOf(command: Command, file: string): number | null {
	const [node, ...args] = command.argv;
	// Elsewhere the system tells the peak of the process that started it, if that was more.
	if (node !== process.execPath || process.platform !== "linux") return null;
	const tell = `import { readFileSync, writeFileSync } from "node:fs";
		process.on("exit", () => writeFileSync(${JSON.stringify(file)}, /VmHWM:\\s+(\\d+)/.exec(readFileSync("/proc/self/status"))[1]));`;
	const preload = `data:text/javascript,${encodeURIComponent(tell)}`;
	once({ ...command, argv: [node, "--import", preload, ...args] });
	return Number(readFileSync(file, "utf8")) * 1024;
}

export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1
		? (sorted[middle] as number)
		: ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

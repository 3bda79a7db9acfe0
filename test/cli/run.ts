import process from "node:process";
import { Readable } from "node:stream";
import { vi } from "vitest";
import { run } from "../../src/cli/run.ts";

export interface Ran {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

interface Setting {
	/** What comes from standard input. */
	readonly stdin?: string;
	/** The folder to run in. */
	readonly cwd?: string;
	/** Columns of the terminal that standard output is; a pipe when left out. */
	readonly terminal?: number;
	readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command line of rlog in this process, from the sources. */
export async function rlog(args: readonly string[], setting: Setting = {}): Promise<Ran> {
	const { stdin = "", cwd = process.cwd(), terminal, env = {} } = setting;
	const out: string[] = [];
	const err: string[] = [];
	const home = process.cwd();
	const collect = (into: string[]) => (chunk: unknown) => {
		into.push(String(chunk));
		return true;
	};
	const { isTTY, columns } = process.stdout;
	const restore = [
		vi.spyOn(process.stdout, "write").mockImplementation(collect(out)),
		vi.spyOn(process.stderr, "write").mockImplementation(collect(err)),
		vi.spyOn(process, "stdin", "get").mockReturnValue(Readable.from([Buffer.from(stdin)]) as never),
	];
	Object.assign(process.stdout, { isTTY: terminal !== undefined, columns: terminal ?? columns });
	for (const name of ["NO_COLOR", "COLUMNS", "TERM"]) vi.stubEnv(name, env[name]);
	process.exitCode = undefined;
	try {
		process.chdir(cwd);
		await run(["node", "rlog", ...args]);
		return { code: Number(process.exitCode ?? 0), stdout: out.join(""), stderr: err.join("") };
	} finally {
		process.chdir(home);
		process.exitCode = undefined;
		Object.assign(process.stdout, { isTTY, columns });
		for (const spy of restore) spy.mockRestore();
		vi.unstubAllEnvs();
	}
}

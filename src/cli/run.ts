import process from "node:process";
import { CommanderError } from "commander";
import { complain, UsageError } from "./errors.ts";
import { buildProgram } from "./program.ts";

/** Runs one command line, with the program's name in front as in `process.argv`. Sets the exit code. */
export async function run(argv: readonly string[]): Promise<void> {
	try {
		await buildProgram().parseAsync([...argv]);
	} catch (error) {
		process.exitCode = 1;
		// Commander has said what was wrong itself, or has shown the help or the version.
		if (error instanceof CommanderError) process.exitCode = error.exitCode;
		else if (error instanceof UsageError) complain(error.message, error.details);
		else {
			const text = error instanceof Error ? error.message : String(error);
			complain(`internal error: ${text}; please report it, with what RLOG_DEBUG=1 shows`);
			if (process.env["RLOG_DEBUG"]) console.error(error);
		}
	}
}

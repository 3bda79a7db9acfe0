import type { Command } from "commander";
import { allCodes } from "../../report/words.ts";
import { print } from "../output.ts";
import { completion, type Shell, shells } from "../reference/completion.ts";
import { describeProgram } from "../reference/describe.ts";

/** `rlog completion`: a script that makes a shell complete rlog's command line. */
export async function completionCommand(shell: Shell, program: Command): Promise<void> {
	const words = { explain: allCodes(), completion: shells };
	await print(completion(shell, describeProgram(program), words));
}

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";

/** Builds the command line into a folder, for tests that need a process of its own; returns the script. */
export async function builtInto(folder: string): Promise<string> {
	const input = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
	await build({ input, platform: "node", logLevel: "silent", output: { dir: folder, entryFileNames: "rlog.mjs" } });
	return join(folder, "rlog.mjs");
}

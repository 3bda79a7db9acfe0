import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "vitest";
import { checkGolden, goldensOf } from "../golden.ts";

// What the command line says by itself, without any log: help, mistakes, explanations.
for (const golden of goldensOf(fileURLToPath(new URL("golden", import.meta.url)))) {
	test(basename(golden.file), () => checkGolden(golden));
}

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { update } from "../golden.ts";

/**
 * Holds a file that is generated against what the generator makes now, or writes it where it is
 * asked to (`npm run generate`).
 */
export function checkGenerated(path: string, text: string): void {
	const file = fileURLToPath(new URL(`../../${path}`, import.meta.url));
	if (update) writeFileSync(file, text);
	const there = existsSync(file) ? readFileSync(file, "utf8") : "";
	expect(there, `${path} is not up to date: npm run generate`).toBe(text);
}

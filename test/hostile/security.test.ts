import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/* SECURITY.md and the README tell the same figures. */

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");

test("the figures of SECURITY.md stand in the README", () => {
	const table = read("SECURITY.md").split("\n").filter((line) => /^\| .* \| .*`/.test(line));
	expect(table).toHaveLength(6);
	const readme = /## Logs that are not trusted\n([^#]*)/.exec(read("README.md"))?.[1] ?? "";
	for (const [i, line] of table.entries()) {
		const figure = /[1-9][\d,]*/.exec(line.split("|")[2] ?? "")?.[0] ?? "none";
		// How fast a log of a million replicas is read is no figure of the README.
		if (i !== 2) expect(readme, line).toMatch(new RegExp(`\\b${figure}\\b`));
	}
});

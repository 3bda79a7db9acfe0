import { createReadStream, readFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { traceNames } from "../src/input/paste/traces.ts";
import { wrappers } from "../src/input/wrappers/index.ts";
import { unknownPrefix } from "../src/input/wrappers/unknown-prefix.ts";
import { formatNames, formats } from "../src/report/formats.ts";
import { rlog } from "./cli/run.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("the answer it shows is the one that is given", async () => {
	const shown = /```\n\$ rlog analyze (fixtures\/[\w-]+)\/\*\.log\n([\s\S]*?)```/.exec(readme);
	const [, folder = "", answer = ""] = shown ?? [];
	const inputs = ["primary.log", "replica.log"].map((name) => `${folder}/${name}`);
	const { stdout } = await rlog(["analyze", "-f", "text", ...inputs], { cwd: root });
	const said = stdout.replaceAll(`${folder}/`, "").replace(/\s+/g, " ");
	// What is left out is marked by a line with … alone.
	for (const part of answer.split(/^ *…$/m)) {
		expect(said).toContain(part.replaceAll(`${folder}/`, "").replace(/\s+/g, " ").trim());
	}
});

test("every format and its extension is listed", () => {
	for (const format of formatNames) {
		const row = readme.slice(readme.indexOf("### Formats")).split("\n").find((line) => line.startsWith(`| \`${format}\` |`));
		expect(row, format).toBeDefined();
		const [extension] = formats[format].extensions;
		if (extension !== undefined) expect(row).toContain(`\`.${extension}\``);
	}
});

test.each([
	["lines as written by", new Set([...wrappers, unknownPrefix].map(({ name }) => name))],
	["what copying did", new Set<string>(traceNames)],
])("every wrapper is listed, and no other: %s", (head, names) => {
	const [, table = ""] = new RegExp(`\\| ${head} \\|\\n\\|---\\|---\\|\\n((?:\\|.*\\n)*)`).exec(readme) ?? [];
	const listed = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]);
	expect(listed.toSorted()).toEqual([...names].toSorted());
});

test("every command is listed, and no other", async () => {
	const { stdout } = await rlog(["--help"]);
	const commands = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[|<)/gm)].map((match) => match[1]);
	const listed = [...readme.matchAll(/^\| `rlog ([a-z]+) /gm)].map((match) => match[1]);
	expect(new Set(listed)).toEqual(new Set(commands.filter((name) => name !== "help")));
});

test("its example of the library runs, and says what it is to say", async () => {
	const [, code = ""] = /```ts\n(import[\s\S]*?)```/.exec(readme) ?? [];
	const library = await import("../src/index.ts");
	const said: unknown[][] = [];
	const names = { ...library, createReadStream, console: { log: (...words: unknown[]) => said.push(words) } };
	const body = code.replace(/^import .*$/gm, "");
	const home = process.cwd();
	process.chdir(fileURLToPath(new URL("../fixtures/redis-ha", import.meta.url)));
	try {
		const AsyncFunction = (async () => {}).constructor as new (...parts: string[]) => (...values: unknown[]) => Promise<void>;
		await new AsyncFunction(...Object.keys(names), body)(...Object.values(names));
	} finally {
		process.chdir(home);
	}
	expect(said[0]?.slice(0, 2)).toEqual(["full", "standalone-history"]);
	expect(said.some(([text]) => /^#+ .*\n/m.test(String(text)) && String(text).includes("|"))).toBe(true);
	expect(said.at(-1)?.[1]).toMatch(/^[0-9a-f]{40}$/);
	expect(typeof said.at(-1)?.[2]).toBe("bigint");
});

test("its examples of the library import what is exported", async () => {
	const library = await import("../src/index.ts");
	for (const [, names = ""] of readme.matchAll(/import \{ ([^}]+) \} from "rlog"/g)) {
		for (const name of names.split(", ")) expect(library).toHaveProperty(name);
	}
});

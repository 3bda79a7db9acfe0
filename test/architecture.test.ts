import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The floors of the house, from the ground up. A file may import from its own floor and those below. */
const floors: readonly (readonly [floor: number, path: string])[] = [
	[0, "grammars/"],
	[1, "src/model/"],
	[1, "src/version.ts"],
	[2, "src/input/"],
	[3, "src/correlate/"],
	[4, "src/diagnose/"],
	[5, "src/report/"],
	[6, "src/analyze.ts"],
	[6, "src/parse.ts"],
	[6, "src/share/"],
	[6, "src/index.ts"],
	[7, "src/cli/"],
];

/** Packages and modules of the platform, and the only places that may import them. */
const allowedIn: Readonly<Record<string, readonly string[]>> = {
	"node:fs": ["src/input/"],
	"node:fs/promises": ["src/input/", "src/cli/output.ts"],
	"node:zlib": ["src/input/"],
	"node:child_process": ["src/input/"],
	"node:worker_threads": ["src/input/", "src/analyze.ts"],
	"node:process": ["src/input/", "src/cli/"],
	"node:http": [],
	"node:https": [],
	"node:net": [],
	chevrotain: ["grammars/"],
	commander: ["src/cli/"],
	"cli-table3": ["src/report/text/"],
};

interface SourceFile {
	readonly path: string;
	readonly text: string;
	readonly imports: readonly string[];
}

const importPattern =
	/(?:^|\n)\s*(?:import|export)\b[^;"']*?from\s*["']([^"']+)["']|(?:^|\n)\s*import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/g;

function read(folder: string): SourceFile[] {
	return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
		.map((entry) => {
			const path = relative(root, join(entry.parentPath, entry.name)).split(sep).join("/");
			const text = readFileSync(join(root, path), "utf8");
			const imports = [...text.matchAll(importPattern)].map((m) => (m[1] ?? m[2] ?? m[3]) as string);
			return { path, text, imports };
		})
		.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const files = [...read("grammars"), ...read("src")];
const paths = new Set(files.map(({ path }) => path));
const floorOf = (path: string): number | undefined =>
	floors.find(([, prefix]) => path.startsWith(prefix))?.[0];
const resolved = (from: string, to: string): string => {
	const path = posix.normalize(posix.join(dirname(from), to));
	// AssemblyScript names no endings.
	return from.startsWith("grammars/assembly/") ? `${path}.ts` : path;
};
const local = ({ path, imports }: SourceFile): string[] =>
	imports.filter((to) => to.startsWith(".")).map((to) => resolved(path, to));

test("the walls are read at all", () => {
	expect(files.length).toBeGreaterThan(20);
	expect(files.flatMap(({ imports }) => imports).length).toBeGreaterThan(40);
});

test("every file stands on a floor", () => {
	expect(files.map(({ path }) => path).filter((path) => floorOf(path) === undefined)).toEqual([]);
});

test("every import names a file that is there", () => {
	const missing = files.flatMap((file) => local(file).map((to) => `${file.path} → ${to}`));
	expect(
		missing.filter((line) => !/→ (package\.json)$/.test(line) && !paths.has(line.split(" → ")[1] ?? "")),
	).toEqual([]);
});

test("imports go down only", () => {
	const up = files.flatMap((file) =>
		local(file)
			.filter((to) => (floorOf(to) ?? 0) > (floorOf(file.path) ?? 0))
			.map((to) => `${file.path} imports ${to}`),
	);
	expect(up).toEqual([]);
});

test("no imports go in a circle", () => {
	const graph = new Map(files.map((file) => [file.path, local(file).filter((to) => paths.has(to))]));
	const done = new Set<string>();
	const circles: string[] = [];
	const visit = (path: string, way: readonly string[]): void => {
		const at = way.indexOf(path);
		if (at >= 0) circles.push([...way.slice(at), path].join(" → "));
		if (at >= 0 || done.has(path)) return;
		for (const next of graph.get(path) ?? []) visit(next, [...way, path]);
		done.add(path);
	};
	for (const path of graph.keys()) visit(path, []);
	expect(circles).toEqual([]);
});

describe("only the floor whose work it is uses", () => {
	test.each(Object.entries(allowedIn))("%s", (name, places) => {
		const strangers = files
			.filter(
				({ path, imports }) => imports.includes(name) && !places.some((place) => path.startsWith(place)),
			)
			.map(({ path }) => path);
		expect(strangers).toEqual([]);
	});
});

test("the library neither exits nor prints", () => {
	const talking = files
		.filter(({ path }) => !path.startsWith("src/cli/"))
		.filter(({ text }) => /\bconsole\.|process\.exit|process\.(stdout|stderr)/.test(text))
		.map(({ path }) => path);
	expect(talking).toEqual([]);
});

test("no file is longer than 400 lines", () => {
	const lengths = files.map(({ path, text }) => ({ path, lines: text.split("\n").length }));
	expect(lengths.filter(({ lines }) => lines > 400)).toEqual([]);
});

import { readdir, stat } from "node:fs/promises";
import type { Problem } from "../model/report.ts";
import { braces, isPattern, segmentPattern } from "./glob.ts";
import { emptyFolder, noMatch, unreadable } from "./problems.ts";

/** An input that is at hand, under the name that the report shall give it. */
export interface NamedData {
	readonly name: string;
	/** Its bytes, or its text; compressed or not, as of a file. */
	readonly data: AsyncIterable<Uint8Array | string> | Uint8Array | string;
}

/** What may be read: the name of a file, folder or pattern, `-` for standard input, or data at hand. */
export type InputSource = string | NamedData;

/** One file to read, standard input, or data at hand. */
export interface Source {
	/** The name as it was given, or as it follows from a folder or pattern that was given. */
	readonly name: string;
	/** The folder that was given, where the file was found in one: there, other files than logs are normal. */
	readonly folder: string | null;
	readonly data?: NamedData["data"];
	/** The archive that it is a file of. */
	readonly archive?: Source;
}

export interface Sources {
	readonly sources: readonly Source[];
	readonly problems: readonly Problem[];
}

/** Name of standard input. */
export const STDIN = "-";

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const join = (folder: string, name: string): string =>
	folder === "" || folder.endsWith("/") ? folder + name : `${folder}/${name}`;

/** The files behind what was given: files, folders, patterns and `-`, each file once; and data at hand. */
export async function findSources(inputs: readonly InputSource[]): Promise<Sources> {
	const found = new Map<string, Source>();
	const problems: Problem[] = [];
	for (const name of inputs) {
		if (typeof name !== "string") {
			const unused = unusedName(name.name, found);
			found.set(unused, { name: unused, folder: null, data: name.data });
			continue;
		}
		try {
			for (const source of await expand(name)) {
				if (!found.has(source.name)) found.set(source.name, source);
			}
		} catch (error) {
			problems.push(error instanceof NoFile ? error.problem : unreadable(name, error));
		}
	}
	return { sources: [...found.values()], problems };
}

/** Data of the same name twice is two inputs: the second is `name#2`. */
function unusedName(name: string, used: ReadonlyMap<string, unknown>): string {
	let unused = name;
	for (let n = 2; used.has(unused); n++) unused = `${name}#${n}`;
	return unused;
}

class NoFile extends Error {
	readonly problem: Problem;
	constructor(problem: Problem) {
		super(problem.text);
		this.problem = problem;
	}
}

async function expand(name: string): Promise<Source[]> {
	if (name === STDIN) return [{ name, folder: null }];
	const kind = await stat(name).catch((error: unknown) => {
		if (isPattern(name)) return undefined;
		throw error;
	});
	if (kind === undefined) {
		const paths = (await Promise.all(braces(name).map(match))).flat();
		// A pattern may fit a socket or a pipe, which nobody meant: only what is named is waited for.
		if (paths.length === 0) throw new NoFile(noMatch(name));
		return (await Promise.all(paths.map(readable))).flat();
	}
	if (!kind.isDirectory()) return [{ name, folder: null }];
	const files = await walk(name);
	if (files.length === 0) throw new NoFile(emptyFolder(name));
	return files.map((file) => ({ name: file, folder: name }));
}

async function readable(path: string): Promise<Source[]> {
	const kind = await stat(path).catch(() => undefined);
	return kind !== undefined && !kind.isFile() && !kind.isDirectory() ? [] : expand(path);
}

/** All files below a folder, in the order of their names. Hidden ones and node_modules are not logs. */
async function walk(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { withFileTypes: true });
	const files: string[] = [];
	for (const entry of entries.sort((a, b) => byName(a.name, b.name))) {
		if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
		const path = join(folder, entry.name);
		const isFolder = entry.isDirectory();
		// A link to a folder could lead in a circle; a link to a file is read (rotated logs have them).
		const isFile = entry.isFile() || (entry.isSymbolicLink() && (await isFileLink(path)));
		if (isFolder) for (const file of await walk(path)) files.push(file);
		else if (isFile) files.push(path);
	}
	return files;
}

const isFileLink = async (path: string): Promise<boolean> => {
	const target = await stat(path).catch(() => undefined);
	return target?.isFile() ?? false;
};

/** Paths that fit a pattern. `**` stands for any number of folders. */
async function match(pattern: string): Promise<string[]> {
	const absolute = pattern.startsWith("/");
	const segments = pattern.split("/").filter((s, i) => s !== "" || i === 0);
	let paths = [absolute ? "/" : ""];
	for (const segment of absolute ? segments.slice(1) : segments) {
		const next: string[] = [];
		for (const path of paths) next.push(...(await step(path, segment)));
		paths = next;
	}
	return paths.sort(byName);
}

async function step(path: string, segment: string): Promise<string[]> {
	if (!isPattern(segment)) {
		const to = join(path, segment);
		return (await stat(to).catch(() => undefined)) === undefined ? [] : [to];
	}
	if (segment === "**") return [path, ...(await folders(path))];
	const fits = segmentPattern(segment);
	const names = await readdir(path === "" ? "." : path).catch(() => []);
	return names.filter((name) => fits.test(name)).map((name) => join(path, name));
}

async function folders(path: string): Promise<string[]> {
	const entries = await readdir(path === "" ? "." : path, { withFileTypes: true }).catch(() => []);
	const own = entries
		.filter((e) => e.isDirectory() && !e.name.startsWith("."))
		.map((e) => join(path, e.name));
	return [...own, ...(await Promise.all(own.map(folders))).flat()];
}

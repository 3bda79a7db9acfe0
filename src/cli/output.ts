import { chmod, lstat, mkdir, readdir, realpath, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { complain, errorCode, UsageError } from "./errors.ts";

let closed = false;
let watched = false;

/** Notes when the reader of standard output goes, and says what else stops it. */
export function watchOutput(): void {
	if (watched) return;
	watched = true;
	process.stdout.on("error", (error) => {
		if (errorCode(error) !== "EPIPE" && !closed) {
			complain(`cannot write to standard output: ${reasonOf(error)}`);
			process.once("exit", () => {
				process.exitCode = 1;
			});
		}
		closed = true;
	});
}

/**
 * Writes to standard output and waits while its reader is slow. Returns false once the reader has
 * gone (`| head`), which is no error: there is nothing left to do then.
 */
export async function print(text: string): Promise<boolean> {
	watchOutput();
	const { stdout } = process;
	if (closed || text === "") return !closed;
	if (!stdout.write(text)) await drained(stdout);
	return !closed;
}

/** Waits until more can be written, or nothing any more. */
function drained(stream: NodeJS.WriteStream): Promise<void> {
	return new Promise((resolve) => {
		const done = (): void => {
			for (const event of ["drain", "close", "error"]) stream.off(event, done);
			resolve();
		};
		for (const event of ["drain", "close", "error"]) stream.on(event, done);
	});
}

const advice: Readonly<Record<string, string>> = {
	ENOENT: "its folder does not exist; create it first",
	ENOTDIR: "its folder does not exist; create it first",
	EACCES: "permission denied; choose another place",
	EPERM: "permission denied; choose another place",
	EROFS: "the file system is read-only; choose another place",
	EISDIR: "it is a folder; name a file in it",
	ENOSPC: "no space left on the device; make room or choose another place",
};

function reasonOf(error: unknown): string {
	return advice[errorCode(error) ?? ""] ?? (error instanceof Error ? error.message : String(error));
}

/** Writes a file so that it appears whole or not at all. */
export async function writeWhole(file: string, text: string | Iterable<string>, mode?: number): Promise<void> {
	try {
		const there = await lstat(file).catch(() => undefined);
		const target = there?.isSymbolicLink() ? await realpath(file).catch(() => file) : file;
		const old = await lstat(target).catch(() => undefined);
		if (old === undefined || old.isFile()) await replace(target, text, mode ?? old?.mode);
		// A device, a pipe or a folder: nothing that a rename may take the place of.
		else await writeFile(target, text);
	} catch (error) {
		throw new UsageError(`cannot write ${file}: ${reasonOf(error)}`);
	}
}

/** A file of a folder that is written as a whole. */
export interface FolderFile {
	readonly name: string;
	readonly text: () => AsyncIterable<Buffer>;
}

/** Writes a folder so that it appears whole or not at all. One that is there must be empty. */
export async function writeFolder(folder: string, files: readonly FolderFile[]): Promise<void> {
	const target = folder.replace(/(?<=.)[\\/]+$/, "");
	const scratch = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
	try {
		const there = await readdir(target).catch((error: unknown) => {
			if (errorCode(error) === "ENOENT") return [];
			throw error;
		});
		if (there.length > 0) throw new Error("it is not empty; name a new folder");
		await mkdir(scratch);
		for (const { name, text } of files) await writeFile(join(scratch, name), text(), { flag: "wx" });
		await rm(target, { recursive: true, force: true });
		await rename(scratch, target);
	} catch (error) {
		await rm(scratch, { recursive: true, force: true });
		throw new UsageError(`cannot write ${folder}: ${reasonOf(error)}`);
	}
}

async function replace(target: string, text: string | Iterable<string>, mode = 0o666): Promise<void> {
	const scratch = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
	try {
		await writeFile(scratch, text, { flag: "wx" });
		if (mode !== 0o666) await chmod(scratch, mode);
		await rename(scratch, target);
	} catch (error) {
		await rm(scratch, { force: true });
		throw error;
	}
}

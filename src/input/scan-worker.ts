import { closeSync, openSync, readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import type { Openings } from "../../grammars/openings.ts";
import { LineScanner } from "../../grammars/scanner.ts";
import { type ReadAt, scanPiece } from "./scan.ts";

/** A piece of a file to look through. */
export interface Task {
	readonly path: string;
	readonly from: number;
	readonly to: number;
}

/*
 * A thread of its own that looks through pieces of files. It knows openings and no grammar, so that it starts at once.
 */
const scanner = LineScanner.of(workerData as Openings);
let open: { readonly path: string; readonly file: number } | undefined;

function fileOf(path: string): number {
	if (open?.path === path) return open.file;
	if (open !== undefined) closeSync(open.file);
	open = { path, file: openSync(path, "r") };
	return open.file;
}

parentPort?.on("message", ({ path, from, to }: Task) => {
	try {
		const file = fileOf(path);
		const read: ReadAt = (into, length, position) => readSync(file, into, 0, length, position);
		const scanned = scanner && scanPiece(read, from, to, scanner);
		parentPort?.postMessage(scanned, scanned === undefined ? [] : [scanned.entries.buffer as ArrayBuffer, scanned.text.buffer as ArrayBuffer]);
	} catch {
		// Who reads the file will meet the error, and say it.
		parentPort?.postMessage(undefined, []);
	}
});

import { closeSync, openSync, readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import type { Openings } from "../../grammars/openings.ts";
import { LineScanner } from "../../grammars/scanner.ts";
import { Claims, Waiting } from "./claims.ts";
import { PieceScanner, type ReadAt, type Scanned, sizeOf } from "./scan.ts";

/** What a thread knows from its start. */
export interface Given {
	readonly openings: Openings;
	/** Memory of `Waiting`. */
	readonly waiting: SharedArrayBuffer;
}

/** A file to look through. */
export interface Task {
	readonly id: number;
	readonly path: string;
	/** Bytes of a piece. */
	readonly size: number;
	/** Memory of `Claims`. */
	readonly claims: SharedArrayBuffer;
}

/** What a piece held; undefined where that did not work. */
export interface Answer {
	readonly id: number;
	readonly piece: number;
	readonly scanned: Scanned | undefined;
}

/*
 * A thread of its own that looks through pieces of files that nobody else has taken. It knows openings and no grammar,
 * so that it starts at once.
 */
const given = workerData as Given;
const waiting = new Waiting(given.waiting);
const scanner = LineScanner.of(given.openings);
const pieces = scanner && new PieceScanner(scanner);

parentPort?.on("message", ({ id, path, size, claims: memory }: Task) => {
	const claims = new Claims(memory);
	let file: number | undefined;
	const read: ReadAt = (into, at, length, position) => readSync((file ??= openSync(path, "r")), into, at, length, position);
	for (let piece = 0; piece < claims.pieces; piece++) {
		if (!claims.isFree(piece)) continue;
		waiting.untilRoom();
		if (!claims.take(piece)) continue;
		const scanned = pieces?.scan(read, piece * size, (piece + 1) * size);
		const answer: Answer = { id, piece, scanned };
		if (scanned === undefined) {
			parentPort?.postMessage(answer);
			break;
		}
		waiting.add(sizeOf(scanned));
		parentPort?.postMessage(answer, [scanned.entries.buffer as ArrayBuffer, scanned.text.buffer as ArrayBuffer]);
	}
	if (file !== undefined) closeSync(file);
});

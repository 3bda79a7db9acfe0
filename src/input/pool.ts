import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { openings } from "../../grammars/openings.ts";
import { Claims, Waiting } from "./claims.ts";
import { type Scanned, sizeOf } from "./scan.ts";
import type { Answer, Given, Task } from "./scan-worker.ts";

/** More threads than this do not pay: one thread reads what they find. */
const MOST = 8;

/** Bytes of a piece. */
const PIECE = 8 * 1024 * 1024;

/** Where the built worker stands: beside the built code. In the sources there is none. */
const script = ["./scan-worker.js", "../scan-worker.js"]
	.map((name) => new URL(name, import.meta.url))
	.find((url) => existsSync(url));

/** A file that is looked through in pieces, in their order but for the first, by threads and by its reader. */
export class Plan {
	readonly #claims: Claims;
	readonly #waiting: Waiting;
	/** What was found in pieces that the reader has not come to. */
	readonly #found = new Map<number, Scanned | undefined>();
	/** The piece that the reader waits for. */
	#wanted: { readonly piece: number; readonly resolve: (scanned: Scanned | undefined) => void } | undefined;
	/** Up to here all pieces are taken. */
	#taken = 0;
	#ended = false;

	constructor(claims: Claims, waiting: Waiting) {
		this.#claims = claims;
		this.#waiting = waiting;
	}

	/** How many pieces there are, and the bytes of each. */
	get pieces(): number {
		return this.#claims.pieces;
	}
	readonly size = PIECE;

	/** Takes the next piece that nobody has; undefined where there is none. */
	takeNext(): number | undefined {
		while (this.#taken < this.pieces) if (this.#claims.take(this.#taken++)) return this.#taken - 1;
		return undefined;
	}

	/** Whether nothing need be waited for to know what a piece held. */
	isKnown(piece: number): boolean {
		return this.#ended || this.#found.has(piece);
	}

	/** What a piece held that somebody has taken; undefined where that did not work. */
	async found(piece: number): Promise<Scanned | undefined> {
		const scanned = await (this.isKnown(piece)
			? this.#found.get(piece)
			: new Promise<Scanned | undefined>((resolve) => {
					this.#wanted = { piece, resolve };
				}));
		this.#found.delete(piece);
		if (scanned !== undefined) this.#waiting.remove(sizeOf(scanned));
		return scanned;
	}

	/** Its reader has looked through a piece. */
	give(piece: number, scanned: Scanned | undefined): void {
		if (scanned !== undefined) this.#waiting.add(sizeOf(scanned));
		this.put(piece, scanned);
	}

	/** A thread has looked through a piece, and counted what waits. */
	put(piece: number, scanned: Scanned | undefined): void {
		if (this.#wanted?.piece === piece) this.#wanted.resolve(scanned);
		else if (!this.#ended) this.#found.set(piece, scanned);
		else if (scanned !== undefined) this.#waiting.remove(sizeOf(scanned));
	}

	/** Nothing more is wanted of it, or comes. */
	end(): void {
		this.#ended = true;
		while (this.takeNext() !== undefined);
		for (const scanned of this.#found.values()) if (scanned !== undefined) this.#waiting.remove(sizeOf(scanned));
		this.#found.clear();
		this.#wanted?.resolve(undefined);
	}
}

/** Threads that look through pieces of files. */
export class ScanPool {
	readonly size: number;
	readonly #threads: readonly Worker[];
	readonly #plans: Plan[] = [];
	readonly #waiting = new Waiting();

	/** `workers` of undefined means as many as pay: who reads what they find takes a core as well. */
	constructor(workers: number | undefined) {
		this.size = script === undefined ? 0 : Math.min(MOST, workers ?? Math.max(1, availableParallelism() - 1));
		this.#threads = Array.from({ length: this.size }, () => this.#start(script as URL));
	}

	/** Has a file of so many bytes looked through. */
	plan(path: string, size: number): Plan {
		// The last piece may not have ended yet: it is left to the reader of the rest.
		const claims = Claims.of(Math.max(0, Math.ceil(size / PIECE) - 1));
		const task: Task = { id: this.#plans.length, path, size: PIECE, claims: claims.memory };
		const plan = new Plan(claims, this.#waiting);
		plan.takeNext();
		this.#plans.push(plan);
		for (const thread of this.#threads) thread.postMessage(task);
		return plan;
	}

	async close(): Promise<void> {
		await Promise.all(this.#threads.map((thread) => thread.terminate()));
	}

	#start(script: URL): Worker {
		const given: Given = { openings: openings(), waiting: this.#waiting.memory };
		const thread = new Worker(script, { workerData: given, resourceLimits: { maxYoungGenerationSizeMb: 2 } });
		thread.on("message", ({ id, piece, scanned }: Answer) => this.#plans[id]?.put(piece, scanned));
		// A thread that fails leaves all pieces to the readers of the files.
		thread.on("error", () => {});
		thread.on("exit", () => {
			for (const plan of this.#plans) plan.end();
		});
		return thread;
	}
}

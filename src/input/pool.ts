import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { openings } from "../../grammars/openings.ts";
import type { Scanned } from "./scan.ts";
import type { Task } from "./scan-worker.ts";

/** More threads than this do not pay: one thread reads what they find. */
const MOST = 8;

/** Where the built worker stands: beside the built code. In the sources there is none. */
const script = ["./scan-worker.js", "../scan-worker.js"]
	.map((name) => new URL(name, import.meta.url))
	.find((url) => existsSync(url));

/** A piece that a thread is to look through. */
export interface Scan {
	readonly task: Task;
	/** What it held; undefined where that did not work. */
	readonly done: Promise<Scanned | undefined>;
}

interface Job extends Scan {
	readonly resolve: (scanned: Scanned | undefined) => void;
}

/** A thread, with what it has in hand, in order. */
interface Thread {
	readonly worker: Worker;
	readonly jobs: Job[];
}

/** Pieces that a thread is handed at a time: one, and one that waits in it. */
const DEPTH = 2;

/** Threads that look through pieces of files, started when the first piece is handed in. */
export class ScanPool {
	readonly size: number;
	readonly #threads: Thread[] = [];
	readonly #waiting: Job[] = [];
	/** Set when a thread has failed, or none is wanted any more. */
	#ended = false;

	/** `workers` of undefined means as many as pay: who reads what they find takes a core as well. */
	constructor(workers: number | undefined) {
		this.size = script === undefined ? 0 : Math.min(MOST, workers ?? Math.max(1, availableParallelism() - 1));
	}

	/** Looks through a piece. */
	scan(task: Task): Scan {
		let resolve: Job["resolve"] = () => {};
		const done = new Promise<Scanned | undefined>((settle) => {
			resolve = settle;
		});
		if (this.#ended) resolve(undefined);
		else this.#waiting.push({ task, done, resolve });
		this.#next();
		return { task, done };
	}

	/** Takes a piece back; false where a thread has it. */
	withdraw({ task }: Scan): boolean {
		const at = this.#waiting.findIndex((job) => job.task === task);
		if (at !== -1) this.#waiting.splice(at, 1)[0]?.resolve(undefined);
		return at !== -1;
	}

	async close(): Promise<void> {
		this.#end();
		await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
	}

	#end(): void {
		this.#ended = true;
		for (const { resolve } of this.#waiting.splice(0)) resolve(undefined);
	}

	#next(): void {
		for (;;) {
			const [job] = this.#waiting;
			if (job === undefined) return;
			const free = this.#threads.find(({ jobs }) => jobs.length === 0);
			const thread = free ?? (this.#threads.length < this.size ? this.#start() : this.#threads.find(({ jobs }) => jobs.length < DEPTH));
			if (thread === undefined) return;
			this.#waiting.shift();
			thread.jobs.push(job);
			thread.worker.postMessage(job.task);
		}
	}

	#start(): Thread {
		const worker = new Worker(script as URL, { workerData: openings(), resourceLimits: { maxYoungGenerationSizeMb: 2 } });
		const jobs: Job[] = [];
		const thread = { worker, jobs };
		this.#threads.push(thread);
		worker.on("message", (scanned: Scanned | undefined) => {
			jobs.shift()?.resolve(scanned);
			this.#next();
		});
		// A thread that fails leaves its pieces, and all others, to the reader of the file.
		worker.on("error", () => {
			for (const { resolve } of jobs.splice(0)) resolve(undefined);
			this.#end();
		});
		return thread;
	}
}

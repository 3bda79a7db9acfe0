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

interface Job {
	readonly task: Task;
	readonly resolve: (scanned: Scanned | undefined) => void;
}

/** Threads that look through pieces of files, started when the first piece is handed in. */
export class ScanPool {
	readonly size: number;
	readonly #idle: Worker[] = [];
	readonly #all: Worker[] = [];
	readonly #jobs = new Map<Worker, Job>();
	readonly #waiting: Job[] = [];
	/** Set when a thread has failed, or none is wanted any more. */
	#ended = false;

	/** `workers` of undefined means as many as pay. */
	constructor(workers: number | undefined) {
		this.size = script === undefined ? 0 : Math.min(MOST, workers ?? availableParallelism());
	}

	/** Looks through a piece; undefined where that did not work. */
	scan(task: Task): Promise<Scanned | undefined> {
		if (this.#ended) return Promise.resolve(undefined);
		return new Promise((resolve) => {
			this.#waiting.push({ task, resolve });
			this.#next();
		});
	}

	async close(): Promise<void> {
		this.#end();
		await Promise.all(this.#all.map((worker) => worker.terminate()));
	}

	#end(): void {
		this.#ended = true;
		for (const { resolve } of this.#waiting.splice(0)) resolve(undefined);
	}

	#next(): void {
		const [job] = this.#waiting;
		if (job === undefined) return;
		const worker = this.#idle.pop() ?? (this.#all.length < this.size ? this.#start() : undefined);
		if (worker === undefined) return;
		this.#waiting.shift();
		this.#jobs.set(worker, job);
		worker.postMessage(job.task);
	}

	#start(): Worker {
		const worker = new Worker(script as URL, { workerData: openings(), resourceLimits: { maxYoungGenerationSizeMb: 2 } });
		this.#all.push(worker);
		const done = (scanned: Scanned | undefined): void => {
			const job = this.#jobs.get(worker);
			this.#jobs.delete(worker);
			job?.resolve(scanned);
		};
		worker.on("message", (scanned: Scanned | undefined) => {
			this.#idle.push(worker);
			done(scanned);
			this.#next();
		});
		// A thread that fails leaves its piece, and all others, to the reader of the file.
		worker.on("error", () => {
			done(undefined);
			this.#end();
		});
		return worker;
	}
}

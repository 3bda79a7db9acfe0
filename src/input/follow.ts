import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import type { Problem } from "../model/report.ts";
import type { Readings } from "../model/stream.ts";
import { readBytes, readParts } from "./bytes.ts";
import { type InputSource, isUnreadable, type ReadOptions } from "./index.ts";
import { Intake } from "./intake.ts";
import { unreadable } from "./problems.ts";
import { findSources, type Source, STDIN } from "./sources.ts";
import { cutOverlaps } from "./overlap.ts";
import { Tail } from "./tail.ts";
import { tellApart } from "./written.ts";

export interface FollowOptions extends ReadOptions {
	/** Ends the reading: what was read so far is looked at once more. */
	readonly signal?: AbortSignal;
	/** Milliseconds between two looks at the files; 250 unless told. */
	readonly pollMs?: number;
	/** Lines of one moment come in several pieces: milliseconds that new ones are waited for; 200 unless told. */
	readonly settleMs?: number;
	/** So many events are kept; beyond, the older half of them is let go. 400,000 unless told. */
	readonly keepEvents?: number;
}

/** All that was read so far. */
export interface Look {
	readonly readings: Readings;
	/** True when nothing more will come. */
	readonly last: boolean;
	/** Set once events up to this time (as logged, ms) were let go. */
	readonly forgotten: number | null;
}

/** Looks take at most one part in so many of the time. */
const SHARE = 8;

/** One source while it is followed. */
class Followed {
	readonly intake: Intake;
	problem: Problem | undefined;
	done = false;
	/** Grows with every byte. */
	bytes = 0;

	constructor(source: Source, options: FollowOptions) {
		this.intake = new Intake(source, options.labels);
	}

	push(chunk: Buffer): void {
		this.intake.push(chunk);
		this.bytes += chunk.length;
	}

	/** Reads until the signal, the end of a pipe, or an error. */
	async run(options: FollowOptions, signal: AbortSignal): Promise<void> {
		const { source } = this.intake;
		try {
			const packed = source.data === undefined && source.name !== STDIN && (await Tail.isPacked(source.name));
			if (packed) await refuseArchive(source);
			if (source.data !== undefined || source.name === STDIN || packed) await this.#stream(options, signal);
			else await this.#grow(options.pollMs ?? 250, signal);
		} catch (error) {
			if (!signal.aborted) this.problem = unreadable(source.name, error);
		}
		this.done = true;
	}

	async #stream(options: FollowOptions, signal: AbortSignal): Promise<void> {
		const { source } = this.intake;
		const stdin = options.stdin ?? process.stdin;
		const bytes = readBytes(source, stdin)[Symbol.asyncIterator]();
		const stop = new Promise<undefined>((resolve) => {
			const end = (): void => {
				resolve(undefined);
				// A read that waits would keep the process from ending.
				if (source.name === STDIN) stdin.destroy();
			};
			signal.addEventListener("abort", end, { once: true });
		});
		while (!signal.aborted) {
			const next = await Promise.race([bytes.next(), stop]);
			if (next === undefined || next.done === true) return;
			this.push(next.value);
		}
	}

	async #grow(poll: number, signal: AbortSignal): Promise<void> {
		const tail = new Tail(this.intake.source.name);
		try {
			while (!signal.aborted) {
				const { chunks, more, anew } = await tail.look();
				if (anew) this.intake.endLine();
				for (const chunk of chunks) this.push(chunk);
				if (!more) await sleep(poll, undefined, { signal });
			}
		} finally {
			await tail.close();
		}
	}
}

async function refuseArchive(source: Source): Promise<void> {
	for await (const part of readParts(source, process.stdin)) {
		if (part.source === source) return;
		throw new Error("it is an archive, which does not grow: leave out --follow, or give the logs themselves");
	}
}

/**
 * Reads the inputs as they grow and yields all that was read whenever something new has settled: a
 * moment after the last line, but so seldom that the consumer's work on the looks (all is looked at
 * anew) takes a small part of the time. Ends by the signal, or when all pipes have ended and there is
 * no file. Memory is bounded by the events that are kept.
 */
export async function* follow(
	inputs: readonly InputSource[],
	options: FollowOptions = {},
): AsyncGenerator<Look, void> {
	const { sources, problems } = await findSources(inputs);
	const own = new AbortController();
	const signal = options.signal === undefined ? own.signal : AbortSignal.any([own.signal, options.signal]);
	const followed = sources.map((source) => new Followed(source, options));
	const runs = followed.map((one) => one.run(options, signal));
	const settle = options.settleMs ?? 200;
	let forgotten: number | null = null;
	try {
		let seen = -1;
		for (let last = followed.length === 0; ; ) {
			const bytes = (): number => followed.reduce((sum, one) => sum + one.bytes, 0);
			let before = -1;
			// Until nothing has come for a moment, but not for ever: a busy log never rests.
			for (let turn = 0; turn < 10 && !last && before !== bytes(); turn++) {
				before = bytes();
				await sleep(settle, undefined, { signal }).catch(() => {});
				last = signal.aborted || followed.every(({ done }) => done);
			}
			if (last && signal.aborted) await Promise.all(runs);
			if (bytes() === seen && !last) continue;
			seen = bytes();
			const started = performance.now();
			const readings = lookAt(followed, problems, last);
			yield { readings, last, forgotten };
			if (last) return;
			forgotten = forgetSome(followed, readings, options.keepEvents ?? 400_000) ?? forgotten;
			const took = performance.now() - started;
			if (took > settle / SHARE) await sleep(took * (SHARE - 1), undefined, { signal }).catch(() => {});
		}
	} finally {
		own.abort();
		await Promise.all(runs);
	}
}

function lookAt(followed: readonly Followed[], problems: readonly Problem[], last: boolean): Readings {
	const read = followed.map(({ intake, problem }) => (last ? intake.end(problem) : intake.look(problem)));
	const all = [...problems, ...read.flatMap((one) => one.problems)];
	return {
		streams: cutOverlaps(tellApart(read.map(({ source, streams }) => ({ source: source.name, streams })))),
		problems: all,
		unreadable: all.some(isUnreadable),
	};
}

function forgetSome(followed: readonly Followed[], { streams }: Readings, keep: number): number | null {
	if (streams.reduce((sum, { events }) => sum + events.length, 0) <= keep) return null;
	const times = followed.flatMap(({ intake }) => intake.forget() ?? []);
	return times.length === 0 ? null : Math.max(...times);
}

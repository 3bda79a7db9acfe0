import process from "node:process";
import type { Progress } from "../input/index.ts";
import { size } from "../report/human.ts";
import { collectAlone, keepMemorySmall } from "./memory.ts";

/** Work that is done sooner needs no word (ms), and the eye no more words than these (ms). */
const patience = 1000;
const pause = 150;

/** Where a line is shown that changes while it is looked at: standard error, if it is a terminal. */
export interface Screen {
	readonly isTTY?: boolean;
	write(text: string): unknown;
}

/** Shows how far the reading is, in one line that is gone when the work is done. */
export class ProgressLine {
	readonly #screen: Screen;
	readonly #now: () => number;
	readonly #begin: number;
	#last = 0;
	#shown = false;

	constructor(screen: Screen = process.stderr, now: () => number = () => performance.now()) {
		this.#screen = screen;
		this.#now = now;
		this.#begin = now();
	}

	/** Takes what was read so far, as `ReadOptions.onProgress`. */
	readonly tell = ({ bytes, inputs, of }: Progress): void => {
		const now = this.#now();
		const last = inputs === of;
		if (this.#screen.isTTY !== true || now - this.#begin < patience) return;
		if (now - this.#last < pause && !last) return;
		this.#last = now;
		this.#shown = true;
		const done = of === 1 ? "" : `, ${inputs} of ${of} inputs`;
		this.#screen.write(`\r\u001b[K${last ? "analysing" : "reading"} … ${size(bytes)}${done}`);
	};

	/** Takes the line away again. */
	end(): void {
		if (this.#shown) this.#screen.write("\r\u001b[K");
		this.#shown = false;
	}
}

/** Does work that may take long, while a line shows how far it is. */
export async function withProgress<T>(work: (onProgress: ProgressLine["tell"]) => Promise<T>): Promise<T> {
	const line = new ProgressLine();
	try {
		return await work((progress) => {
			keepMemorySmall(progress.bytes);
			collectAlone(progress.threads > 0);
			line.tell(progress);
		});
	} finally {
		line.end();
	}
}

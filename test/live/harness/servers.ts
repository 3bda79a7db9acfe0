import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import process from "node:process";
import { LiveNode, type NodeOptions, type Settings } from "./node.ts";
import { freePort } from "./ports.ts";

/** The servers of one test, in one temporary folder; none of them outlives `close`. */
export class Servers {
	readonly folder: string;
	readonly #nodes = new Map<string, LiveNode>();
	#closed = false;

	constructor() {
		this.folder = mkdtempSync(join(tmpdir(), "rlog-live-"));
	}

	get nodes(): readonly LiveNode[] {
		return [...this.#nodes.values()];
	}

	/** A node that does not run yet. */
	async add(name: string, settings: Settings, options: NodeOptions = {}): Promise<LiveNode> {
		if (this.#closed) throw new Error("the test is over");
		if (this.#nodes.has(name)) throw new Error(`there is a ${name} already`);
		const node = new LiveNode(name, options.port ?? (await freePort()), this.folder, settings, options);
		this.#nodes.set(name, node);
		return node;
	}

	get(name: string): LiveNode {
		const node = this.#nodes.get(name);
		if (node === undefined) throw new Error(`there is no ${name}`);
		return node;
	}

	/** Where RLOG_LIVE_LOGS names a folder, the logs are copied there, as they are now. */
	keep(test: string, truth: object): void {
		const keep = process.env["RLOG_LIVE_LOGS"];
		if (keep === undefined || keep === "") return;
		const target = join(keep, test.replace(/[^\w.-]+/g, "-"));
		rmSync(target, { recursive: true, force: true });
		mkdirSync(target, { recursive: true });
		for (const log of this.nodes.flatMap((n) => n.logs)) if (existsSync(log)) copyFileSync(log, join(target, basename(log)));
		const nodes = this.nodes.map(({ name, announced, zone, sentinel }) => ({ name, announced, zone, sentinel }));
		writeFileSync(join(target, "truth.json"), JSON.stringify({ nodes, ...truth }, null, 1));
	}

	/** Ends every process and removes the folder. */
	async close(): Promise<void> {
		this.#closed = true;
		await Promise.all(this.nodes.map((node) => node.destroy()));
		rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
	}
}

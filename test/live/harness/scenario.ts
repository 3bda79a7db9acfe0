import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { available } from "./available.ts";
import type { Counters } from "./counters.ts";
import { type Expected, firstSync } from "./expected.ts";
import { disagreements } from "./judge.ts";
import type { LiveNode, NodeOptions, Settings } from "./node.ts";
import { caughtUp } from "./operations.ts";
import { Servers } from "./servers.ts";
import { until } from "./wait.ts";

/** The stage of one scenario: its servers, and what it has caused so far. */
export class Stage {
	readonly servers = new Servers();
	readonly #expected: Expected[] = [];

	async primary(name: string, settings: Settings = {}, options: NodeOptions = {}): Promise<LiveNode> {
		const node = await this.servers.add(name, settings, options);
		await node.start();
		return node;
	}

	/** Starts a replica and waits for its first synchronisation. */
	async replica(name: string, primary: LiveNode, settings: Settings = {}, options: NodeOptions = {}): Promise<LiveNode> {
		const node = await this.newReplica(name, primary, settings, options);
		await this.resync(firstSync(name, primary.name));
		return node;
	}

	/** Starts a replica, whatever comes of it. */
	async newReplica(name: string, primary: LiveNode, settings: Settings = {}, options: NodeOptions = {}): Promise<LiveNode> {
		const node = await this.servers.add(name, { ...settings, replicaof: `${primary.host} ${primary.port}` }, options);
		await node.start();
		return node;
	}

	/** Notes outages that were caused, and waits until the servers count them and all is well again. */
	async resync(...expected: readonly Expected[]): Promise<void> {
		this.#expected.push(...expected);
		for (const name of new Set(expected.map((e) => e.primary))) {
			const answered = this.#expected.filter((e) => e.primary === name);
			const full = answered.filter((e) => e.verdict === "full").length;
			const partial = answered.length - full;
			await until(`${name} has granted ${full} full and ${partial} partial resyncs`, async () => {
				const counters = await this.servers.get(name).counters();
				if (counters.full >= full && counters.partial >= partial) return true;
				throw new Error(`it counts ${counters.full} and ${counters.partial}`);
			});
		}
		for (const { replica, primary } of expected) {
			if (replica !== null) await caughtUp(this.servers.get(replica), this.servers.get(primary));
		}
	}

	/** Waits until a primary has granted so many full resyncs more than outages were noted. */
	async granted(primary: LiveNode, more: number): Promise<void> {
		const noted = this.#expected.filter((e) => e.primary === primary.name && e.verdict === "full").length;
		await until(`${primary.name} grants a full resync`, async () => (await primary.counters()).full >= noted + more);
	}

	/** Notes an outage whose verdict the counters of its primary are to tell. */
	async eitherResync(primary: LiveNode, before: Counters, full: Expected, partial: Expected): Promise<void> {
		const granted = await until(`${primary.name} has granted a resync`, async () => {
			const now = await primary.counters();
			return now.full > before.full ? full : now.partial > before.partial ? partial : false;
		});
		await this.resync(granted);
	}

	/** Holds the report against everything that is known. */
	async judge(): Promise<void> {
		const { nodes, folder } = this.servers;
		const counters = new Map<string, Counters>();
		for (const node of nodes) if (!node.sentinel) counters.set(node.name, await node.counters());
		const found = await disagreements({ nodes, expected: this.#expected, counters });
		writeFileSync(join(folder, "truth.json"), JSON.stringify({ expected: this.#expected, counters: [...counters], found }, null, 1));
		expect(found).toEqual([]);
	}
}

interface Options {
	readonly timeoutMs?: number;
	/** Why it cannot run here; said instead of running it. */
	readonly skip?: string | null;
}

/** A test that causes outages on real servers; what rlog makes of their logs is judged at its end. */
export function live(name: string, scenario: (stage: Stage) => Promise<void>, options: Options = {}): void {
	const { timeoutMs = 60_000, skip = null } = options;
	const title = skip === null ? name : `${name} (skipped: ${skip})`;
	test.skipIf(!available.servers || skip !== null)(title, { timeout: timeoutMs }, async ({ onTestFinished }) => {
		const stage = new Stage();
		onTestFinished(() => stage.servers.close(name));
		await scenario(stage);
		await stage.judge();
	});
}

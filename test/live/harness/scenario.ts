import { expect, test } from "vitest";
import type { FindingCode, Report } from "../../../src/model/report.ts";
import { Disagreement, onceMore } from "./again.ts";
import { available } from "./available.ts";
import type { Counters } from "./counters.ts";
import { type Expected, firstSync } from "./expected.ts";
import { dumpDisagreements } from "./dumps.ts";
import { disagreements, reportOf, type Truth } from "./judge.ts";
import { Network } from "./network.ts";
import type { LiveNode, NodeOptions, Settings } from "./node.ts";
import { atRest, caughtUp } from "./operations.ts";
import { Proxy } from "./proxy.ts";
import { Servers } from "./servers.ts";
import { until } from "./wait.ts";

interface Address {
	readonly host: string;
	readonly port: number;
}

/** The stage of one scenario: its servers, and what it has caused so far. */
export class Stage {
	readonly servers = new Servers();
	readonly #expected: Expected[] = [];
	readonly #findings = new Set<FindingCode>();
	readonly #optional = new Set<FindingCode>();
	readonly #cleanup: (() => Promise<void>)[] = [];

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
	async newReplica(name: string, primary: Address, settings: Settings = {}, options: NodeOptions = {}): Promise<LiveNode> {
		const node = await this.servers.add(name, { ...settings, replicaof: `${primary.host} ${primary.port}` }, options);
		await node.start();
		return node;
	}

	/** Notes what spans several outages, or needs an alarm, and must be told with a warning. */
	finding(...codes: readonly FindingCode[]): void {
		for (const code of codes) this.#findings.add(code);
	}

	/** Notes what may be told with a warning: how often something happened was a matter of milliseconds. */
	mayFind(...codes: readonly FindingCode[]): void {
		for (const code of codes) this.#optional.add(code);
	}

	/** Notes outages that were caused. */
	note(...expected: readonly Expected[]): void {
		this.#expected.push(...expected);
	}

	/** Notes outages that were caused, and waits until the servers count them and all is well again. */
	async resync(...expected: readonly Expected[]): Promise<void> {
		this.note(...expected);
		for (const name of new Set(expected.map((e) => e.primary))) {
			const answered = this.#expected.filter((e) => e.primary === name);
			const full = answered.filter((e) => e.verdict === "full").length;
			const partial = answered.filter((e) => e.verdict === "partial").length;
			await until(`${name} has granted ${full} full and ${partial} partial resyncs`, async () => {
				const counters = await this.servers.get(name).counters();
				if (counters.full >= full && counters.partial >= partial) return true;
				throw new Error(`it counts ${counters.full} and ${counters.partial}`);
			});
		}
		for (const { replica, primary, verdict } of expected) {
			if (verdict === "failed") continue;
			if (replica !== null) await caughtUp(this.servers.get(replica), this.servers.get(primary));
			await atRest(this.servers.get(primary));
		}
	}

	async network(): Promise<Network> {
		const network = await Network.make();
		this.#cleanup.push(() => network.remove());
		return network;
	}

	async proxy(target: LiveNode): Promise<Proxy> {
		const proxy = await Proxy.to(target);
		this.#cleanup.push(() => proxy.close());
		return proxy;
	}

	/** Does something more when the scene is over, however it ends. */
	after(clean: () => void): void {
		this.#cleanup.push(async () => clean());
	}

	/** Leaves nothing behind, whatever has happened. */
	async close(): Promise<void> {
		await this.servers.close();
		await Promise.all(this.#cleanup.splice(0).map((clean) => clean()));
	}

	/** Waits until a primary has granted so many full resyncs more than outages were noted. */
	async granted(primary: LiveNode, more: number): Promise<void> {
		const noted = this.#expected.filter((e) => e.primary === primary.name && e.verdict === "full").length;
		await until(`${primary.name} grants a full resync`, async () => (await primary.counters()).full >= noted + more);
	}

	/** Notes the one outage that is left to come on a primary; the primary's counters tell which of the two it is. */
	async eitherResync(primary: LiveNode, full: Expected, partial: Expected): Promise<Expected["verdict"]> {
		const noted = (verdict: string) =>
			this.#expected.filter((e) => e.primary === primary.name && e.verdict === verdict).length;
		const granted = await until(`${primary.name} has granted a resync`, async () => {
			const now = await primary.counters();
			return now.full > noted("full") ? full : now.partial > noted("partial") ? partial : false;
		});
		await this.resync(granted);
		return granted.verdict;
	}

	/** What rlog makes of all logs as they are now. */
	async report(): Promise<Report> {
		const { nodes } = await this.truth();
		return await reportOf(nodes.flatMap((n) => n.logs));
	}

	/** What the test has done, and what the servers count of it. */
	async truth(): Promise<Truth> {
		const { nodes } = this.servers;
		for (const node of nodes) await atRest(node);
		const counters = new Map<string, Counters>();
		for (const node of nodes) if (!node.sentinel) counters.set(node.name, await node.counters());
		const [findings, optional] = [[...this.#findings], [...this.#optional]];
		return { nodes, expected: [...this.#expected], findings, optional, counters };
	}

	/** Holds the report against everything that is known. */
	async judge(name: string): Promise<void> {
		const truth = await this.truth();
		const found = await disagreements(truth);
		found.push(...(await dumpDisagreements(truth.nodes, this.servers.folder)));
		const { expected, findings, optional, counters } = truth;
		this.servers.keep(name, { expected, findings, optional, counters: [...counters], found });
		try {
			expect(found).toEqual([]);
		} catch (error) {
			throw new Disagreement((error as Error).message, { cause: error });
		}
	}
}

interface Options {
	readonly timeoutMs?: number;
	/** Why it cannot run here; said instead of running it. */
	readonly skip?: string | null;
}

/** A test that causes outages on real servers; what rlog makes of their logs is judged at its end. */
export function live(name: string, scenario: (stage: Stage) => Promise<void>, options: Options = {}): void {
	const { timeoutMs = 90_000, skip = null } = options;
	const title = skip === null ? name : `${name} (skipped: ${skip})`;
	test.skipIf(available.missing !== null || skip !== null)(title, { timeout: 2 * timeoutMs }, async ({ onTestFinished }) => {
		await onceMore(name, async () => {
			const stage = new Stage();
			// In the case that the test's time is up before the scenario ends.
			onTestFinished(() => stage.close());
			try {
				await scenario(stage);
				await stage.judge(name);
			} catch (error) {
				if (!(error instanceof Disagreement)) stage.servers.keep(name, { error: String(error) });
				throw error;
			} finally {
				await stage.close();
			}
		});
	});
}

import { randomInt } from "node:crypto";
import process from "node:process";
import { test } from "vitest";
import { Disagreement, onceMore } from "../harness/again.ts";
import { available } from "../harness/available.ts";
import { type Counters, difference } from "../harness/counters.ts";
import { type Expected, firstSync } from "../harness/expected.ts";
import type { LiveNode, Zone } from "../harness/node.ts";
import { freePort } from "../harness/ports.ts";
import { Servers } from "../harness/servers.ts";
import { sleep } from "../harness/wait.ts";
import type { Fault } from "./fault.ts";
import { combined } from "./combined.ts";
import { asForeseen, type Step, storyDisagreements } from "./judge.ts";
import { linkFaults } from "./links.ts";
import { moves } from "./moves.ts";
import { Random } from "./random.ts";
import { restartFaults } from "./restarts.ts";
import { Town } from "./town.ts";

const faults: readonly Fault[] = [...linkFaults, ...restartFaults, ...moves, ...combined];
const length = Number(process.env["RLOG_FAULTS"] ?? 30);

/** No heartbeat may move an offset but where a fault is about them. */
const settings = {
	"repl-backlog-size": "16kb", "repl-ping-replica-period": 3600, "repl-timeout": 600,
	"client-output-buffer-limit": "replica 0 0 0", "protected-mode": "no",
};

/** In what zone a node writes its log. */
const zones: readonly Zone[] = [
	{ name: "UTC", minutes: 0 },
	{ name: "UTC", minutes: 0 },
	{ name: "Asia/Kolkata", minutes: 330 },
	{ name: "Pacific/Honolulu", minutes: -600 },
];

async function countersOf(nodes: readonly LiveNode[]): Promise<Map<string, Counters>> {
	const counters = new Map<string, Counters>();
	for (const node of nodes) counters.set(node.name, await node.counters());
	return counters;
}

/** Writes the story as it happens: what was done, and what the servers count of it. */
class Story {
	readonly #town: Town;
	readonly #steps: Step[];
	#before = new Map<string, Counters>();

	constructor(town: Town, steps: Step[]) {
		this.#town = town;
		this.#steps = steps;
	}

	async step(run: () => Promise<{ done: string; expected: readonly Expected[]; loose?: readonly LiveNode[] }>): Promise<void> {
		const from = Date.now();
		const { done, expected, loose = [] } = await run();
		await this.#town.settle().catch((error: Error) => {
			throw new Error(`after ${this.#steps.map((step) => step.done).join(", ")}, ${done}: ${error.message}`);
		});
		const after = await countersOf(this.#town.nodes);
		const counters = new Map([...after].map(([name, now]) => {
			const before = this.#before.get(name);
			return [name, before === undefined ? now : difference(now, before)] as const;
		}));
		this.#before = after;
		const names = loose.map((n) => n.name);
		const foreseen = asForeseen(expected, names, counters);
		const told = foreseen ? "" : " (not as foreseen: judged by the counters alone)";
		// The logs have whole milliseconds, and the next step begins later than this one ends.
		await sleep(20);
		this.#steps.push({ done: done + told, from, to: Date.now(), counters, expected, loose: foreseen ? names : null });
		await sleep(20);
	}
}

function choose(town: Town, random: Random): { fault: Fault; target: LiveNode } {
	const possible = faults.map((fault) => ({ fault, targets: fault.targets(town) })).filter(({ targets }) => targets.length > 0);
	let left = random.next() * possible.reduce((sum, { fault }) => sum + fault.weight, 0);
	for (const { fault, targets } of possible) {
		left -= fault.weight;
		if (left < 0) return { fault, target: random.pick(targets) };
	}
	throw new Error("no fault to choose");
}

async function tell(servers: Servers, seed: number, steps: Step[]): Promise<void> {
	const random = new Random(seed);
	const nodes: LiveNode[] = [];
	// One port for all, as most installations have it, or one each.
	const port = random.chance(0.5) ? await freePort() : undefined;
	for (const [i, name] of ["a", "b", "c", "d", "e"].entries()) {
		const host = port === undefined ? "127.0.0.1" : `127.0.0.${11 + i}`;
		const more = { loglevel: random.pick(["notice", "notice", "verbose", "debug"]), "bind-source-addr": host };
		const options = { host, zone: random.pick(zones), ...(port === undefined ? {} : { port }) };
		nodes.push(await servers.add(name, { ...settings, ...more }, options));
	}
	const town = new Town(nodes);
	const story = new Story(town, steps);
	await story.step(async () => {
		await town.root.start();
		for (const replica of town.replicas) {
			town.note(replica, town.root);
			await replica.start();
		}
		const expected = town.replicas.map((r) => firstSync(r.name, town.root.name));
		return { done: "the town is built", expected };
	});
	for (let i = 0; i < length; i++) {
		await town.write(random.below(2000));
		await town.settle();
		const { fault, target } = choose(town, random);
		await story.step(() => fault.run(town, target, random));
	}
}

/** Always the same, so that a run can be compared with the last one; RLOG_SEED=random tells another story. */
const wanted = process.env["RLOG_SEED"] ?? "20261121";
const seed = wanted === "random" ? randomInt(1_000_000) : Number(wanted);

async function tellAndJudge(servers: Servers): Promise<void> {
	const steps: Step[] = [];
	const keep = (more: object): void => {
		const story = steps.map((step) => ({ ...step, counters: [...step.counters] }));
		servers.keep(`story-${seed}`, { seed, story, ...more });
	};
	try {
		await tell(servers, seed, steps);
	} catch (error) {
		keep({ error: String(error) });
		throw error;
	}
	const found = await storyDisagreements(servers.nodes, steps);
	keep({ found });
	if (found.length > 0) throw new Disagreement([...found, ...steps.map((step, i) => `${i} ${step.done}`)].join("\n"));
}

const name = `${length} random faults, RLOG_SEED=${seed}`;
test.skipIf(available.missing !== null)(name, { timeout: 600_000 }, async ({ onTestFinished }) => {
	console.log(`random story: RLOG_SEED=${seed} repeats it`);
	await onceMore(name, async () => {
		const servers = new Servers();
		onTestFinished(() => servers.close());
		try {
			await tellAndJudge(servers);
		} finally {
			await servers.close();
		}
	});
});

import type { Expected } from "../harness/expected.ts";
import type { LiveNode } from "../harness/node.ts";
import { sleep, until } from "../harness/wait.ts";
import { away, type Fault, learning, reloading } from "./fault.ts";
import type { Town } from "./town.ts";

const root = (town: Town): LiveNode[] => [town.root];

/** What befalls the replicas of a primary that comes back, and those below them. */
function afterRestart(
	town: Town,
	node: LiveNode,
	what: Pick<Expected, "verdict" | "cause">,
	below: (town: Town, node: LiveNode) => Expected[],
): Expected[] {
	return town.children(node).flatMap((child): Expected[] => [
		{ ...what, replica: child.name, primary: node.name, trigger: "primary-restarted", mayFail: away },
		...below(town, child),
	]);
}

/** Faults of a process. */
export const restartFaults: readonly Fault[] = [
	{
		name: "a replica restarts",
		weight: 2,
		targets: (town) => town.replicas,
		run: async (town, target, random) => {
			await target.shutdown("SAVE");
			if (random.chance(0.5)) await town.write();
			await target.start();
			return {
				expected: [
					{
						replica: target.name, primary: town.parent(target).name, verdict: "partial", cause: "within-backlog",
						trigger: "replica-restarted", mayFail: away,
					},
					...afterRestart(
						town,
						target,
						{ verdict: "partial", cause: ["within-backlog", "primary-restored-history"] },
						() => [],
					),
				],
				done: `${target.name} was shut down and started`,
			};
		},
	},
	{
		name: "a replica is killed and loses its files",
		weight: 2,
		targets: (town) => town.replicas,
		run: async (town, target, random) => {
			await target.kill();
			target.forget();
			if (random.chance(0.5)) await town.write();
			if (random.chance(0.3)) await sleep(1200);
			await target.start();
			return {
				expected: [
					{
						replica: target.name, primary: town.parent(target).name, verdict: "full", cause: "replica-lost-state",
						trigger: "replica-restarted", mayFail: away,
					},
				],
				// Whether its replicas can continue is a matter of the byte at which its new backlog begins.
				loose: town.below(target),
				done: `${target.name} was killed and started with nothing`,
			};
		},
	},
	{
		name: "a replica is killed in the middle of a transfer",
		weight: 1,
		targets: (town) => town.replicas,
		run: async (town, target) => {
			const parent = town.parent(target);
			for (let i = 0; i < 40; i++) await town.root.call("SET", `slow:${i}`, "x");
			await town.settle();
			const { full } = await parent.counters();
			await target.kill();
			target.forget();
			await parent.config({ "rdb-key-save-delay": 20_000 });
			await target.start();
			await until("its transfer has begun", async () => (await parent.counters()).full > full);
			await sleep(200);
			await target.kill();
			await parent.config({ "rdb-key-save-delay": 0 });
			await target.start();
			return {
				expected: [
					{
						replica: target.name, primary: parent.name, verdict: "full", cause: "replica-lost-state",
						trigger: "replica-restarted", failed: ["connection-lost-in-transfer"], mayFail: away,
					},
				],
				loose: town.below(target),
				done: `${target.name} was killed, started with nothing, and killed again in the middle of its transfer`,
			};
		},
	},
	{
		name: "the primary restarts",
		weight: 2,
		targets: root,
		run: async (town, target, random) => {
			await target.shutdown("SAVE");
			if (random.chance(0.3)) await sleep(1500);
			await target.start();
			return {
				expected: afterRestart(
					town,
					target,
					{ verdict: "partial", cause: "primary-restored-history" },
					(_, child) => learning(town, child),
				),
				done: `${target.name} was shut down and started`,
			};
		},
	},
	{
		name: "the primary is killed and loses its files",
		weight: 1,
		targets: root,
		run: async (town, target, random) => {
			await target.kill();
			target.forget();
			if (random.chance(0.5)) await sleep(1500);
			await target.start();
			return {
				expected: afterRestart(town, target, { verdict: "full", cause: "primary-restarted" }, reloading),
				done: `${target.name} was killed and started with nothing`,
			};
		},
	},
	{
		name: "the primary is killed and comes back with an old snapshot",
		weight: 1,
		targets: root,
		run: async (town, target) => {
			await target.call("SAVE");
			await town.write(3000);
			await town.settle();
			await target.kill();
			await target.start();
			return {
				expected: afterRestart(town, target, { verdict: "full", cause: "primary-rolled-back" }, reloading),
				done: `${target.name} was killed and started with a snapshot 3 kB old`,
			};
		},
	},
];

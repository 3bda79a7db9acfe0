import type { Expected } from "../harness/expected.ts";
import { write } from "../harness/operations.ts";
import { sleep } from "../harness/wait.ts";
import { away, type Fault, learning, reloading } from "./fault.ts";
import type { Town } from "./town.ts";

const told = "replicaof-command";

/** Replicas of the primary itself. */
const near = (town: Town) => town.children(town.root);

/** Faults of the administrator. */
export const moves: readonly Fault[] = [
	{
		name: "a replica moves to another node of its tree",
		weight: 4,
		targets: (town) => town.replicas,
		run: async (town, target, random) => {
			const taboo = [target, town.parent(target), ...town.below(target)];
			const places = town.nodes.filter((n) => !taboo.includes(n));
			if (places.length === 0) return { expected: [], done: "nowhere to go" };
			const parent = random.pick(places);
			await town.point(target, parent);
			return {
				expected: [
					{ replica: target.name, primary: parent.name, verdict: "partial", cause: "within-backlog", trigger: told },
				],
				done: `${target.name} was told to follow ${parent.name}`,
			};
		},
	},
	{
		name: "a replica is promoted, the others follow it",
		weight: 2,
		targets: near,
		run: async (town, target) => {
			const old = town.root;
			const moved = { verdict: "partial", cause: "continued-after-failover", trigger: told } as const;
			const promoted = town.children(target).flatMap((child): Expected[] => [
				{
					replica: child.name, primary: target.name, verdict: "partial", cause: "continued-after-failover",
					trigger: "primary-promoted", mayFail: away,
				},
				...learning(town, child),
			]);
			const siblings = near(town).filter((n) => n !== target);
			const expected = [
				...promoted,
				...siblings.flatMap((s): Expected[] => [
					{ ...moved, replica: s.name, primary: target.name },
					...learning(town, s),
				]),
				{ ...moved, replica: old.name, primary: target.name },
			];
			town.note(old, target);
			await town.point(target, null);
			for (const sibling of siblings) await town.point(sibling, target);
			// The old primary would drop those who are still on their way.
			await sleep(300);
			await town.point(old, target);
			return { expected, done: `${target.name} was promoted, ${old.name} and the others follow it` };
		},
	},
	{
		name: "a replica is promoted while the old primary takes writes",
		weight: 1,
		targets: near,
		run: async (town, target) => {
			const old = town.root;
			const moved = { verdict: "full", cause: "diverged-history", trigger: told } as const;
			const promoted = town.children(target).flatMap((child): Expected[] => [
				{
					replica: child.name, primary: target.name, verdict: "partial", cause: "continued-after-failover",
					trigger: "primary-promoted", mayFail: away,
				},
				...learning(town, child),
			]);
			const siblings = near(town).filter((n) => n !== target);
			const expected = [
				...promoted,
				...siblings.flatMap((s): Expected[] => [
					{ ...moved, replica: s.name, primary: target.name },
					...reloading(town, s),
				]),
				{ ...moved, replica: old.name, primary: target.name },
			];
			town.note(old, target);
			await town.point(target, null);
			await write(old, 1000);
			await sleep(300);
			for (const sibling of siblings) await town.point(sibling, target);
			await sleep(300);
			await town.point(old, target);
			return { expected, done: `${target.name} was promoted, ${old.name} took writes and then followed it` };
		},
	},
	{
		name: "a replica is promoted and comes back",
		weight: 2,
		targets: (town) => town.replicas.filter((n) => town.children(n).length === 0),
		run: async (town, target, random) => {
			const parent = town.parent(target);
			await town.point(target, null);
			if (random.chance(0.5)) await write(target, 1000);
			await sleep(100);
			await town.point(target, parent);
			return {
				expected: [
					{ replica: target.name, primary: parent.name, verdict: "full", cause: "promoted-history", trigger: told },
				],
				done: `${target.name} was promoted and came back to ${parent.name}`,
			};
		},
	},
	{
		name: "FAILOVER",
		weight: 2,
		targets: near,
		run: async (town, target) => {
			const old = town.root;
			const expected: Expected[] = [
				...town.children(target).flatMap((child): Expected[] => [
					{
						replica: child.name, primary: target.name, verdict: "partial", cause: "continued-after-failover",
						trigger: "primary-promoted", mayFail: away,
					},
					...learning(town, child),
				]),
				{
					replica: old.name, primary: target.name, verdict: "partial", cause: "continued-after-failover",
					trigger: "failover-command",
				},
			];
			await old.call("FAILOVER", "TO", target.host, target.port, "TIMEOUT", 10_000);
			town.note(target, null);
			town.note(old, target);
			return { expected: [...expected, ...learning(town, old)], done: `FAILOVER from ${old.name} to ${target.name}` };
		},
	},
	{
		name: "a replica is told to follow itself",
		weight: 1,
		targets: (town) => town.replicas,
		run: async (town, target) => {
			const parent = town.parent(target);
			await target.call("REPLICAOF", target.host, target.port);
			await sleep(1300);
			await town.point(target, parent);
			return {
				expected: [
					{
						replica: target.name, primary: parent.name, verdict: "partial", cause: "within-backlog", trigger: told,
						failed: ["replicates-itself"],
					},
				],
				done: `${target.name} was told to follow itself, then ${parent.name} again`,
			};
		},
	},
	{
		name: "DEBUG CHANGE-REPL-ID",
		weight: 1,
		targets: (town) => [town.root],
		run: async (town, target) => {
			await target.call("DEBUG", "CHANGE-REPL-ID");
			await target.call("CLIENT", "KILL", "TYPE", "replica");
			return {
				expected: near(town).flatMap((child): Expected[] => [
					{
						replica: child.name, primary: target.name, verdict: "full", cause: "replid-changed",
						trigger: "link-closed",
					},
					...reloading(town, child),
				]),
				done: `${target.name} changed its ID`,
			};
		},
	},
	{
		name: "nothing of the kind",
		weight: 1,
		targets: (town) => town.nodes,
		run: async (town, target) => {
			await target.call("BGSAVE");
			await town.root.call("FLUSHALL");
			await target.call("DEBUG", "SLEEP", "0.5");
			return { expected: [], done: `${target.name} saved, slept half a second; all keys were removed` };
		},
	},
];

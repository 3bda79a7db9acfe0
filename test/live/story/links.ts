import type { Expected } from "../harness/expected.ts";
import { write } from "../harness/operations.ts";
import { sleep, until } from "../harness/wait.ts";
import { away, type Fault, reloading } from "./fault.ts";
import type { Town } from "./town.ts";

const parents = (town: Town) => town.nodes.filter((n) => town.children(n).length > 0);

const closed = { verdict: "partial", cause: "within-backlog", trigger: "link-closed" } as const;

/** Faults of a link. */
export const linkFaults: readonly Fault[] = [
	{
		name: "close all links of a primary",
		weight: 3,
		targets: parents,
		run: async (town, target) => {
			await target.call("CLIENT", "KILL", "TYPE", "replica");
			const expected = town.children(target).map((c): Expected => ({ ...closed, replica: c.name, primary: target.name }));
			return { expected, done: `CLIENT KILL TYPE replica on ${target.name}` };
		},
	},
	{
		name: "a replica closes its link",
		weight: 3,
		targets: (town) => town.replicas,
		run: async (town, target) => {
			await target.call("CLIENT", "KILL", "TYPE", "master");
			const expected: Expected[] = [{ ...closed, replica: target.name, primary: town.parent(target).name }];
			return { expected, done: `CLIENT KILL TYPE master on ${target.name}` };
		},
	},
	{
		name: "a replica falls behind the backlog",
		weight: 3,
		targets: (town) => town.replicas,
		run: async (town, target) => {
			const parent = town.parent(target);
			const others = town.children(parent).filter((c) => c !== target);
			await target.freeze();
			await parent.call("CLIENT", "KILL", "TYPE", "replica");
			await until("its siblings are back", async () => (await parent.info())["connected_slaves"] === String(others.length));
			await write(town.root, 300_000);
			target.thaw();
			return {
				expected: [
					...others.map((c): Expected => ({ ...closed, replica: c.name, primary: parent.name })),
					{
						replica: target.name, primary: parent.name, verdict: "full", cause: "backlog-overrun",
						trigger: "link-closed",
					},
					...reloading(town, target),
				],
				done: `${target.name} stood still, its link was closed, 300 kB were written`,
			};
		},
	},
	{
		name: "a replica stands still",
		weight: 1,
		targets: (town) => town.replicas,
		run: async (town, target) => {
			await patience(town, 2);
			await target.freeze();
			await sleep(4500);
			target.thaw();
			await settled(town);
			const parent = town.parent(target);
			return {
				expected: [
					{
						replica: target.name, primary: parent.name, verdict: "partial", cause: "within-backlog",
						trigger: "replica-timeout", mayFail: away,
					},
					...silenced(town, target),
				],
				done: `${target.name} stood still beyond repl-timeout`,
			};
		},
	},
	{
		name: "the primary stands still",
		weight: 1,
		targets: (town) => [town.root],
		run: async (town, target) => {
			await patience(town, 2);
			await target.freeze();
			await sleep(4000);
			target.thaw();
			await settled(town);
			return { expected: silenced(town, target), done: `${target.name} stood still beyond repl-timeout` };
		},
	},
	{
		name: "a password that the replicas do not know",
		weight: 1,
		targets: parents,
		run: async (town, target) => {
			const children = town.children(target);
			await target.config({ requirepass: "secret" });
			await target.call("CLIENT", "KILL", "TYPE", "replica");
			await sleep(1300);
			for (const child of children) await child.config({ masterauth: "secret" });
			await linked(town);
			// A replica must not send a password where none is set: both are taken away while nobody asks.
			await target.config({ requirepass: "" });
			for (const child of children) await child.config({ masterauth: "" });
			const outage = { ...closed, primary: target.name, failed: ["auth-required"] } as const;
			const expected = children.map((c): Expected => ({ ...outage, replica: c.name }));
			return { expected, done: `${target.name} asked for a password for a while` };
		},
	},
];

/** Everybody below a node that stood still: nobody else sends heartbeats. */
function silenced(town: Town, node: Parameters<Town["below"]>[0]): Expected[] {
	return town.below(node).map((n) => ({
		replica: n.name, primary: town.parent(n).name, verdict: "partial", cause: "within-backlog",
		trigger: "primary-timeout", mayFail: away,
	}));
}

/** Heartbeats every second and a short repl-timeout: both are otherwise out of the way of the story. */
async function patience(town: Town, seconds: number): Promise<void> {
	for (const node of town.nodes) await node.config({ "repl-ping-replica-period": 1 });
	// Long enough that nobody has been silent for the new timeout.
	await sleep(1500);
	for (const node of town.nodes) await node.config({ "repl-timeout": seconds });
}

async function linked(town: Town): Promise<void> {
	await until("all links are up again", async () => {
		for (const node of town.replicas) if ((await node.info())["master_link_status"] !== "up") return false;
		return true;
	});
}

async function settled(town: Town): Promise<void> {
	await linked(town);
	for (const node of town.nodes) await node.config({ "repl-timeout": 600, "repl-ping-replica-period": 3600 });
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { LiveNode } from "../harness/node.ts";
import { sleep } from "../harness/wait.ts";
import type { Fault } from "./fault.ts";
import type { Random } from "./random.ts";
import type { Town } from "./town.ts";

type Blow = (town: Town, node: LiveNode) => Promise<string>;

const blows: readonly Blow[] = [
	async (_, node) => {
		await node.call("CLIENT", "KILL", "TYPE", "replica");
		return `links of ${node.name} closed`;
	},
	async (_, node) => {
		await node.call("CLIENT", "KILL", "TYPE", "master");
		return `own link of ${node.name} closed`;
	},
	async (_, node) => {
		await node.shutdown("SAVE", true);
		await node.start();
		return `${node.name} restarted`;
	},
	async (town, node) => {
		await node.kill();
		if (node !== town.root) node.forget();
		await sleep(200);
		await node.start();
		return `${node.name} killed and started`;
	},
	async (_, node) => {
		await node.freeze();
		await sleep(300);
		node.thaw();
		return `${node.name} stood still for a moment`;
	},
	async (town) => {
		await town.write(40_000);
		return "40 kB written";
	},
];

async function strike(town: Town, random: Random): Promise<string> {
	const done: string[] = [];
	const count = 2 + random.below(3);
	for (let i = 0; i < count; i++) {
		done.push(await random.pick(blows)(town, random.pick(town.nodes)));
		// Whoever was cut off asks again within a few milliseconds: that shall be counted before the next blow.
		await sleep(30 + random.below(400));
	}
	return done.join("; ");
}

/** Faults of which nobody can foresee in what order the servers feel them, and tools. */
export const combined: readonly Fault[] = [
	{
		name: "one blow after the other",
		weight: 3,
		targets: (town) => [town.root],
		run: async (town, _, random) => ({ expected: [], loose: town.replicas, done: await strike(town, random) }),
	},
	{
		name: "a backup",
		weight: 1,
		targets: (town) => town.nodes,
		run: async (_, target) => {
			const file = join(target.folder, "backup.rdb");
			const args = ["-h", target.host, "-p", String(target.port), "--rdb", file];
			const [code] = await once(spawn("redis-cli", args, { stdio: "ignore", timeout: 20_000 }), "exit");
			if (code !== 0) throw new Error(`redis-cli --rdb ended with ${code}`);
			return {
				expected: [
					{
						replica: null, primary: target.name, verdict: "full", cause: "tool-snapshot",
						trigger: ["unknown", "link-closed"],
					},
				],
				done: `redis-cli --rdb took a backup of ${target.name}`,
			};
		},
	},
];

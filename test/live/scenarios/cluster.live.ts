import { live, type Stage } from "../harness/scenario.ts";
import type { LiveNode } from "../harness/node.ts";
import { freePort } from "../harness/ports.ts";
import { caughtUp, failing, write } from "../harness/operations.ts";
import { until } from "../harness/wait.ts";

async function member(stage: Stage, name: string): Promise<LiveNode> {
	return await stage.primary(name, {
		"cluster-enabled": "yes", "cluster-node-timeout": 2000, "cluster-port": await freePort(),
		"repl-ping-replica-period": 3600,
	});
}

async function join(node: LiveNode, primary: LiveNode): Promise<void> {
	const [, bus] = (await primary.call("CONFIG", "GET", "cluster-port")) as string[];
	await node.call("CLUSTER", "MEET", primary.host, primary.port, Number(bus));
	const id = String(await primary.call("CLUSTER", "MYID"));
	await until(`${node.name} knows ${primary.name}`, () => node.call("CLUSTER", "REPLICATE", id));
}

live("a cluster: replicas attach, one is promoted by CLUSTER FAILOVER, one by TAKEOVER", async (stage) => {
	const p = await member(stage, "p");
	const r1 = await member(stage, "r1");
	const r2 = await member(stage, "r2");
	await p.call("CLUSTER", "ADDSLOTSRANGE", 0, 16_383);
	for (const r of [r1, r2]) {
		await join(r, p);
		await stage.resync({
			replica: r.name, primary: "p", verdict: "full", cause: "standalone-history",
			trigger: "cluster-reconfiguration",
		});
	}
	await until("the cluster is up", async () => String(await p.call("CLUSTER", "INFO")).includes("cluster_state:ok"));
	await write(p, 5000);
	await caughtUp(r1, p);
	await caughtUp(r2, p);
	await until("r1 may fail over", () => r1.call("CLUSTER", "FAILOVER"));
	const moved = { verdict: "partial", cause: "continued-after-failover", trigger: "cluster-reconfiguration" } as const;
	const mayFail = ["upstream-down", "superseded", "primary-unreachable", "handshake-timeout"] as const;
	await caughtUp(p, r1);
	await caughtUp(r2, r1);
	// The old primary drops r2 when it learns the new ID; r2 may come back before it hears of the change.
	if ((await p.counters()).partial > 0) {
		stage.note({
			replica: "r2", primary: "p", verdict: "partial", cause: ["continued-after-failover", "within-backlog"],
			trigger: ["upstream-resynced", "link-closed"], mayFail,
		});
	}
	await stage.resync(
		{ ...moved, replica: "p", primary: "r1", mayFail },
		{ ...moved, replica: "r2", primary: "r1", cause: ["continued-after-failover", "within-backlog"], mayFail },
	);
	await write(r1, 5000);
	await caughtUp(p, r1);
	await caughtUp(r2, r1);
	await r1.kill();
	await failing(r2, 500);
	await until("r2 takes over", () => r2.call("CLUSTER", "FAILOVER", "TAKEOVER"));
	await stage.resync(
		{ replica: "r2", primary: "r1", verdict: "failed", cause: "unknown", trigger: "link-closed", mayFail },
		{ ...moved, replica: "p", primary: "r2", mayFail },
	);
});

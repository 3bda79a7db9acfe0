import { live, type Stage } from "../harness/scenario.ts";
import type { LiveNode } from "../harness/node.ts";
import { caughtUp, write } from "../harness/operations.ts";
import { until } from "../harness/wait.ts";

async function sentinel(stage: Stage, p: LiveNode, replicas: number): Promise<LiveNode> {
	const node = await stage.servers.add(
		"sentinel",
		{
			"sentinel monitor": `town ${p.host} ${p.port} 1`,
			"sentinel down-after-milliseconds": "town 2000",
			"sentinel failover-timeout": "town 10000",
		},
		{ sentinel: true },
	);
	await node.start();
	await until("Sentinel knows the replicas", async () => {
		const known = await node.call("SENTINEL", "REPLICAS", "town");
		return Array.isArray(known) && known.length === replicas;
	});
	return node;
}

/** Waits until Sentinel has put another node in the primary's place, and tells which. */
async function promoted(stage: Stage, sentinelNode: LiveNode, old: LiveNode): Promise<LiveNode> {
	const port = await until("Sentinel has promoted a replica", async () => {
		const reply = await sentinelNode.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "town");
		const now = Array.isArray(reply) ? Number(reply[1]) : old.port;
		return now === old.port ? false : now;
	});
	return stage.servers.nodes.find((n) => n.port === port) as LiveNode;
}

/** A primary with two replicas that have what it has, and a Sentinel over them. */
async function watchedTown(stage: Stage): Promise<{ p: LiveNode; r1: LiveNode; r2: LiveNode; s: LiveNode }> {
	const p = await stage.primary("p");
	const r1 = await stage.replica("r1", p);
	const r2 = await stage.replica("r2", p);
	await write(p, 5000);
	await caughtUp(r1, p);
	await caughtUp(r2, p);
	const s = await sentinel(stage, p, 2);
	return { p, r1, r2, s };
}

live("the primary is killed, Sentinel promotes a replica, the old primary comes back", async (stage) => {
	const { p, r1, r2, s } = await watchedTown(stage);
	await p.kill();
	const next = await promoted(stage, s, p);
	const other = next === r1 ? r2 : r1;
	const lost = ["primary-unreachable", "handshake-timeout"] as const;
	await stage.resync(
		{
			replica: next.name, primary: "p", verdict: "failed", cause: "unknown", trigger: "primary-restarted",
			mayFail: lost,
		},
		{
			replica: other.name, primary: next.name, verdict: "partial", cause: "continued-after-failover",
			trigger: "sentinel-command", mayFail: [...lost, "superseded", "upstream-down"],
		},
	);
	await p.start();
	await stage.resync({
		replica: "p", primary: next.name, verdict: "full", cause: "restarted-as-primary", trigger: "sentinel-command",
	});
	stage.finding("failover-needs-full-resync");
});

live("SENTINEL FAILOVER", async (stage) => {
	const { p, r1, r2, s } = await watchedTown(stage);
	await until("Sentinel finds a replica good enough", () => s.call("SENTINEL", "FAILOVER", "town"));
	const next = await promoted(stage, s, p);
	const other = next === r1 ? r2 : r1;
	// The old stream went on for a moment: heartbeats decide whether the new primary can continue it.
	for (const replica of [other, p]) {
		await caughtUp(replica, next);
		const outage = {
			replica: replica.name, primary: next.name, trigger: "sentinel-command", mayFail: ["upstream-down"],
		} as const;
		const granted = await stage.eitherResync(
			next,
			{ ...outage, verdict: "full", cause: "diverged-history" },
			{ ...outage, verdict: "partial", cause: "continued-after-failover" },
		);
		if (granted === "full") stage.finding("failover-needs-full-resync");
	}
});

live("the primary hangs, Sentinel promotes a replica, the old primary wakes", async (stage) => {
	const { p, r1, r2, s } = await watchedTown(stage);
	await p.freeze();
	const next = await promoted(stage, s, p);
	const other = next === r1 ? r2 : r1;
	await stage.resync({
		replica: other.name, primary: next.name, verdict: "partial", cause: "continued-after-failover",
		trigger: "sentinel-command", mayFail: ["upstream-down"],
	});
	p.thaw();
	await caughtUp(p, next);
	const outage = { replica: "p", primary: next.name, trigger: "sentinel-command" } as const;
	const granted = await stage.eitherResync(
		next,
		{ ...outage, verdict: "full", cause: "diverged-history" },
		{ ...outage, verdict: "partial", cause: "continued-after-failover" },
	);
	if (granted === "full") stage.finding("failover-needs-full-resync");
	// While it stood still Sentinel queued up to a hundred commands, which it carried out when it woke.
	stage.mayFind("data-discarded");
});

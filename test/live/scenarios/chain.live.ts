import { live, type Stage } from "../harness/scenario.ts";
import type { LiveNode } from "../harness/node.ts";
import { caughtUp, failing, replicaOf, write } from "../harness/operations.ts";

const silent = { "repl-ping-replica-period": 3600 };

interface Chain {
	readonly p: LiveNode;
	readonly middle: LiveNode;
	readonly leaf: LiveNode;
}

async function chain(stage: Stage, settings = {}): Promise<Chain> {
	const p = await stage.primary("p", { ...silent, ...settings });
	const middle = await stage.replica("middle", p, { ...silent, ...settings });
	const leaf = await stage.replica("leaf", middle, { ...silent, ...settings });
	await write(p, 5000);
	await caughtUp(middle, p);
	await caughtUp(leaf, middle);
	return { p, middle, leaf };
}

live("chain: the middle's link is closed, the leaf keeps its own", async (stage) => {
	const { p } = await chain(stage);
	await p.call("CLIENT", "KILL", "TYPE", "replica");
	await stage.resync({
		replica: "middle", primary: "p", verdict: "partial", cause: "within-backlog", trigger: "link-closed",
	});
});

live("chain: the middle is promoted", async (stage) => {
	const { middle } = await chain(stage);
	await replicaOf(middle, null);
	await stage.resync({
		replica: "leaf", primary: "middle", verdict: "partial", cause: "continued-after-failover",
		trigger: "primary-promoted",
	});
});

live("chain: the middle moves to an unrelated primary", async (stage) => {
	const { middle } = await chain(stage);
	const q = await stage.primary("q", silent);
	await stage.replica("other", q);
	await write(q, 5000);
	await replicaOf(middle, q);
	await stage.resync(
		{ replica: "middle", primary: "q", verdict: "full", cause: "foreign-history", trigger: "replicaof-command" },
		{
			replica: "leaf", primary: "middle", verdict: "full", cause: "upstream-resynced", trigger: "upstream-resynced",
			mayFail: ["upstream-down"],
		},
	);
});

live("chain: the middle falls behind its backlog", async (stage) => {
	const { p, middle } = await chain(stage, { "repl-backlog-size": "16kb" });
	await middle.freeze();
	await p.call("CLIENT", "KILL", "TYPE", "replica");
	await write(p, 1_000_000);
	middle.thaw();
	await stage.resync(
		{ replica: "middle", primary: "p", verdict: "full", cause: "backlog-overrun", trigger: "link-closed" },
		{
			replica: "leaf", primary: "middle", verdict: "full", cause: "upstream-resynced", trigger: "upstream-resynced",
			mayFail: ["upstream-down"],
		},
	);
	stage.finding("backlog-too-small");
});

live("chain: the primary restarts with its RDB", async (stage) => {
	const { p } = await chain(stage);
	await p.shutdown("SAVE");
	await p.start();
	const mayFail = ["primary-unreachable", "handshake-timeout", "upstream-down"] as const;
	await stage.resync(
		{
			replica: "middle", primary: "p", verdict: "partial", cause: "primary-restored-history",
			trigger: "primary-restarted", mayFail,
		},
		// The middle learns a new ID and drops its own replicas, so that they learn it too.
		{
			replica: "leaf", primary: "middle", verdict: "partial", cause: "continued-after-failover",
			trigger: ["link-closed", "upstream-resynced"], mayFail,
		},
	);
});

live("chain: a leaf asks a middle that has lost its own primary", async (stage) => {
	const { p, middle, leaf } = await chain(stage);
	await p.kill();
	await leaf.call("CLIENT", "KILL", "TYPE", "master");
	await failing(leaf);
	await replicaOf(middle, null);
	await stage.resync(
		{
			replica: "middle", primary: "p", verdict: "failed", cause: "unknown", trigger: "link-closed",
			mayFail: ["primary-unreachable", "handshake-timeout"],
		},
		{
			replica: "leaf", primary: "middle", verdict: "partial", cause: "continued-after-failover",
			trigger: "link-closed", failed: ["upstream-down"],
		},
	);
});

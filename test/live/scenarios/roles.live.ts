import { live } from "../harness/scenario.ts";
import { caughtUp, replicaOf, write } from "../harness/operations.ts";
import { sleep } from "../harness/wait.ts";

/** No heartbeat may move an offset while roles change. */
const silent = { "repl-ping-replica-period": 3600 };

/** The primary was gone, and the replica was made a primary itself. */
const lostForGood = {
	replica: "r", primary: "p", verdict: "failed", cause: "unknown", trigger: "primary-restarted",
	mayFail: ["primary-unreachable", "handshake-timeout"],
} as const;

live("a replica is promoted and comes back, nothing written", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	await write(p, 5000);
	await caughtUp(r, p);
	await replicaOf(r, null);
	await sleep(300);
	await replicaOf(r, p);
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "promoted-history", trigger: "replicaof-command",
	});
});

live("a replica is promoted, takes writes and comes back", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	await replicaOf(r, null);
	await write(r, 5000);
	await write(p, 5000);
	await replicaOf(r, p);
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "promoted-history", trigger: "replicaof-command",
	});
	stage.finding("split-brain", "data-discarded");
});

live("a replica moves to an unrelated primary and back", async (stage) => {
	const p = await stage.primary("p");
	const q = await stage.primary("q");
	await stage.replica("other", q);
	const r = await stage.replica("r", p);
	await write(p, 5000);
	await write(q, 5000);
	await replicaOf(r, q);
	await stage.resync({
		replica: "r", primary: "q", verdict: "full", cause: "foreign-history", trigger: "replicaof-command",
	});
	await replicaOf(r, p);
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "foreign-history", trigger: "replicaof-command",
	});
});

live("a primary of its own is told to replicate", async (stage) => {
	const p = await stage.primary("p");
	const n = await stage.primary("n");
	await write(n, 5000);
	await replicaOf(n, p);
	await stage.resync({
		replica: "n", primary: "p", verdict: "full", cause: "standalone-history", trigger: "replicaof-command",
	});
});

live("a replica moves below its sibling and back to the primary", async (stage) => {
	const p = await stage.primary("p", silent);
	const r1 = await stage.replica("r1", p, silent);
	const r2 = await stage.replica("r2", p, silent);
	await write(p, 5000);
	await caughtUp(r1, p);
	await caughtUp(r2, p);
	await replicaOf(r2, r1);
	const moved = { verdict: "partial", cause: "within-backlog", trigger: "replicaof-command" } as const;
	await stage.resync({ ...moved, replica: "r2", primary: "r1" });
	await write(p, 5000);
	await replicaOf(r2, p);
	await stage.resync({ ...moved, replica: "r2", primary: "p" });
});

live("a replica is promoted; its sibling and the old primary follow it", async (stage) => {
	const p = await stage.primary("p", silent);
	const r1 = await stage.replica("r1", p, silent);
	const r2 = await stage.replica("r2", p, silent);
	await write(p, 5000);
	await caughtUp(r1, p);
	await caughtUp(r2, p);
	await replicaOf(r1, null);
	await replicaOf(r2, r1);
	await replicaOf(p, r1);
	const moved = {
		primary: "r1", verdict: "partial", cause: "continued-after-failover", trigger: "replicaof-command",
	} as const;
	await stage.resync({ ...moved, replica: "r2" }, { ...moved, replica: "p" });
});

live("the old primary takes writes after the promotion and then follows", async (stage) => {
	const p = await stage.primary("p", silent);
	const r = await stage.replica("r", p, silent);
	await write(p, 5000);
	await caughtUp(r, p);
	await replicaOf(r, null);
	await write(p, 5000);
	await replicaOf(p, r);
	await stage.resync({
		replica: "p", primary: "r", verdict: "full", cause: "diverged-history", trigger: "replicaof-command",
	});
	stage.finding("split-brain", "data-discarded", "failover-needs-full-resync");
});

live("two promotions happen while a replica is away", async (stage) => {
	const p = await stage.primary("p", silent);
	const r1 = await stage.replica("r1", p, silent);
	const r2 = await stage.replica("r2", p, silent);
	const late = await stage.replica("late", p, silent);
	await write(p, 5000);
	for (const r of [r1, r2, late]) await caughtUp(r, p);
	await late.shutdown("SAVE");
	await replicaOf(r1, null);
	await replicaOf(r2, r1);
	const moved = { verdict: "partial", cause: "continued-after-failover", trigger: "replicaof-command" } as const;
	await stage.resync({ ...moved, replica: "r2", primary: "r1" });
	await write(r1, 5000);
	await caughtUp(r2, r1);
	await replicaOf(r2, null);
	await replicaOf(r1, r2);
	await stage.resync({ ...moved, replica: "r1", primary: "r2" });
	late.configure({ replicaof: `${r2.host} ${r2.port}` });
	await late.start();
	await stage.resync({
		replica: "late", primary: "r2", verdict: "full", cause: "history-rotated-out", trigger: "replica-restarted",
	});
	stage.finding("failover-needs-full-resync");
});

live("an old primary restarts as a primary and is demoted only then", async (stage) => {
	const p = await stage.primary("p", silent);
	const r = await stage.replica("r", p, silent);
	await write(p, 5000);
	await caughtUp(r, p);
	await p.shutdown("SAVE");
	await sleep(100);
	await replicaOf(r, null);
	await stage.resync(lostForGood);
	await write(r, 5000);
	await p.start();
	await replicaOf(p, r);
	await stage.resync({
		replica: "p", primary: "r", verdict: "full", cause: "restarted-as-primary", trigger: "replicaof-command",
	});
	stage.finding("failover-needs-full-resync");
});

live("an old primary restarts as a replica of the promoted one", async (stage) => {
	const p = await stage.primary("p", silent);
	const r = await stage.replica("r", p, silent);
	await write(p, 5000);
	await caughtUp(r, p);
	await p.shutdown("SAVE");
	await sleep(100);
	await replicaOf(r, null);
	await stage.resync(lostForGood);
	await write(r, 5000);
	p.configure({ replicaof: `${r.host} ${r.port}` });
	await p.start();
	await stage.resync({
		replica: "p", primary: "r", verdict: "partial", cause: "continued-after-failover", trigger: "replica-restarted",
	});
});

live("a replica is told to follow the primary that it follows already", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	await write(p, 5000);
	await replicaOf(r, p);
	await sleep(500);
	await stage.resync();
});

live("a replica is sent to and fro between two unrelated primaries", async (stage) => {
	const p = await stage.primary("p", { "rdb-key-save-delay": 300 });
	const q = await stage.primary("q", { "rdb-key-save-delay": 300 });
	for (const node of [p, q]) await node.call("DEBUG", "POPULATE", 3000, "filled", 64);
	const r = await stage.replica("r", p);
	await stage.replica("other", q);
	for (const next of [q, p]) {
		await replicaOf(r, next);
		await sleep(150);
	}
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: ["within-backlog", "foreign-history"],
		trigger: "replicaof-command", failed: ["superseded"],
	});
});

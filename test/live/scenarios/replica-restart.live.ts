import { live } from "../harness/scenario.ts";
import { caughtUp, write } from "../harness/operations.ts";
import { until } from "../harness/wait.ts";

/** A replica that ends with a heartbeat unread resets its connection, which looks like a failed transfer. */
const silent = { "repl-ping-replica-period": 3600 };

live("a replica is shut down and comes back with its RDB", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	await write(p, 10_000);
	await caughtUp(r, p);
	await r.shutdown("SAVE");
	await write(p, 10_000);
	await r.start();
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: "within-backlog", trigger: "replica-restarted",
	});
});

live("a replica is killed and comes back with an RDB that it saved before", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	await write(p, 10_000);
	await caughtUp(r, p);
	await r.call("SAVE");
	await write(p, 10_000);
	await r.kill();
	await r.start();
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: "within-backlog", trigger: "replica-restarted",
	});
});

live("a replica is killed and comes back without an RDB", async (stage) => {
	const p = await stage.primary("p", silent);
	const r = await stage.replica("r", p);
	await write(p, 10_000);
	await caughtUp(r, p);
	await r.kill();
	r.forget();
	await r.start();
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "replica-lost-state", trigger: "replica-restarted",
	});
});

live("a replica restarts from its AOF", async (stage) => {
	const p = await stage.primary("p", silent);
	const r = await stage.replica("r", p, { appendonly: "yes" });
	await write(p, 10_000);
	await caughtUp(r, p);
	await until("its first AOF is written", async () => {
		const info = await r.info();
		return info["aof_rewrite_in_progress"] === "0" && info["aof_rewrite_scheduled"] === "0";
	});
	await r.shutdown("NOSAVE");
	await r.start();
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "replica-lost-state", trigger: "replica-restarted",
	});
});

live("a replica restarts with an RDB older than the backlog", async (stage) => {
	const p = await stage.primary("p", { "repl-backlog-size": "16kb" });
	const r = await stage.replica("r", p);
	await r.shutdown("SAVE");
	await write(p, 1_000_000);
	await r.start();
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "backlog-overrun", trigger: "replica-restarted",
	});
	stage.finding("backlog-too-small");
});

live("a replica is killed in the middle of its first synchronisation", async (stage) => {
	const p = await stage.primary("p", { "rdb-key-save-delay": 2000 });
	await p.call("DEBUG", "POPULATE", 2000, "filled", 64);
	const r = await stage.newReplica("r", p, {}, {});
	await stage.granted(p, 1);
	await r.kill();
	await p.config({ "rdb-key-save-delay": 0 });
	await r.start();
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "first-sync", trigger: "replica-started",
		failed: ["connection-lost-in-transfer"],
	});
});

import { live } from "../harness/scenario.ts";
import { caughtUp, write } from "../harness/operations.ts";
import { sleep } from "../harness/wait.ts";

/** How often the replica asks while the primary is away is a matter of milliseconds. */
const away = { mayFail: ["primary-unreachable", "handshake-timeout"] } as const;

live("the primary is shut down and comes back with its RDB", async (stage) => {
	const p = await stage.primary("p");
	await stage.replica("r1", p);
	await stage.replica("r2", p);
	await write(p, 10_000);
	await p.shutdown("SAVE");
	await p.start();
	const outage = {
		...away, primary: "p", verdict: "partial", cause: "primary-restored-history", trigger: "primary-restarted",
	} as const;
	await stage.resync({ ...outage, replica: "r1" }, { ...outage, replica: "r2" });
});

live("the primary is killed and comes back without an RDB", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	await write(p, 10_000);
	await caughtUp(r, p);
	await p.kill();
	await sleep(1500);
	await p.start();
	await stage.resync({
		...away, replica: "r", primary: "p", verdict: "full", cause: "primary-restarted", trigger: "primary-restarted",
		failed: ["primary-unreachable"],
	});
	stage.finding("dataset-lost");
});

live("the primary is killed and comes back with an older RDB than its replica has", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	await write(p, 10_000);
	await p.call("SAVE");
	await write(p, 10_000);
	await caughtUp(r, p);
	await p.kill();
	await p.start();
	await stage.resync({
		...away, replica: "r", primary: "p", verdict: "full", cause: "primary-rolled-back", trigger: "primary-restarted",
	});
	stage.finding("dataset-lost");
});

live("the primary restarts from its AOF", async (stage) => {
	const p = await stage.primary("p", { appendonly: "yes" });
	await stage.replica("r", p);
	await write(p, 10_000);
	await p.kill();
	await p.start();
	await stage.resync({
		...away, replica: "r", primary: "p", verdict: "full", cause: "primary-restarted", trigger: "primary-restarted",
	});
});

live("the primary restarts twice, and the second time from the RDB of its first life", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	await write(p, 10_000);
	await p.shutdown("SAVE");
	await p.start();
	await stage.resync({
		...away, replica: "r", primary: "p", verdict: "partial", cause: "primary-restored-history",
		trigger: "primary-restarted",
	});
	await write(p, 10_000);
	await caughtUp(r, p);
	await p.kill();
	await p.start();
	await stage.resync({
		...away, replica: "r", primary: "p", verdict: "full", cause: "primary-restarted", trigger: "primary-restarted",
	});
	stage.mayFind("dataset-lost");
});

live("the primary loads for a while after its restart", async (stage) => {
	const p = await stage.primary("p", { "key-load-delay": 1000, "loading-process-events-interval-bytes": 1024 });
	await p.call("DEBUG", "POPULATE", 3000, "filled", 64);
	await stage.replica("r", p);
	await p.shutdown("SAVE");
	await p.start({ ready: false });
	await stage.resync({
		...away, replica: "r", primary: "p", verdict: "partial", cause: "primary-restored-history",
		trigger: "primary-restarted", failed: ["primary-loading"],
	});
});

live("primary and replica restart together", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	await write(p, 10_000);
	await caughtUp(r, p);
	await r.shutdown("SAVE");
	await p.shutdown("SAVE");
	await p.start();
	await r.start();
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: "primary-restored-history", trigger: "replica-restarted",
	});
});

live("the primary is shut down although a replica lags behind, and comes back with its RDB", async (stage) => {
	const p = await stage.primary("p", { "shutdown-timeout": 1 });
	const r = await stage.replica("r", p);
	await r.freeze();
	await write(p, 40_000_000);
	await p.shutdown("SAVE");
	await p.start();
	r.thaw();
	await stage.resync({
		...away, replica: "r", primary: "p", verdict: "full", cause: "backlog-overrun", trigger: "primary-restarted",
	});
	stage.mayFind("backlog-too-small");
});

import { live } from "../harness/scenario.ts";
import { caughtUp, replicaOf, write } from "../harness/operations.ts";
import { sleep, until } from "../harness/wait.ts";

live("FAILOVER to a replica", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	await stage.replica("other", p);
	await write(p, 5000);
	await p.call("FAILOVER", "TO", r.host, r.port, "TIMEOUT", 5000);
	await stage.resync(
		{
			replica: "p", primary: "r", verdict: "partial", cause: "continued-after-failover",
			trigger: "failover-command",
		},
	);
	// Nobody tells the other replica: it follows the old primary, which has learnt a new ID.
	await stage.resync({
		replica: "other", primary: "p", verdict: "partial", cause: "continued-after-failover",
		trigger: ["link-closed", "upstream-resynced"], mayFail: ["upstream-down"],
	});
});

live("FAILOVER by force to a replica that lags behind", async (stage) => {
	const p = await stage.primary("p", { "client-output-buffer-limit": "replica 0 0 0" });
	const r = await stage.replica("r", p);
	await write(p, 5000);
	await caughtUp(r, p);
	await r.freeze();
	// More than the kernel's socket buffers hold, so that the rest is lost with the link.
	await write(p, 40_000_000);
	await p.call("FAILOVER", "TO", r.host, r.port, "TIMEOUT", 300, "FORCE");
	await until("the timeout is over", async () => (await p.info())["role"] === "slave");
	await p.call("CLIENT", "KILL", "TYPE", "replica");
	r.thaw();
	await stage.resync({
		replica: "p", primary: "r", verdict: "full", cause: "diverged-history", trigger: "failover-command",
		mayFail: ["handshake-timeout"],
	});
	stage.finding("split-brain", "data-discarded", "failover-needs-full-resync");
});

live("FAILOVER is aborted: its replica stands still", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	await write(p, 5000);
	await r.freeze();
	await write(p, 5000);
	await p.call("FAILOVER", "TO", r.host, r.port, "TIMEOUT", 300);
	await until("the failover is given up", async () => (await p.info())["master_failover_state"] === "no-failover");
	r.thaw();
	await sleep(300);
	await stage.resync();
});

live("a planned switch by hand: the old primary is fenced first", async (stage) => {
	const p = await stage.primary("p", { "repl-ping-replica-period": 3600 });
	const r1 = await stage.replica("r1", p);
	const r2 = await stage.replica("r2", p);
	await write(p, 5000);
	await p.call("CLIENT", "PAUSE", 3000, "WRITE");
	await caughtUp(r1, p);
	await caughtUp(r2, p);
	await replicaOf(r1, null);
	// The old primary last: it drops its replicas as soon as it learns the new ID.
	const moved = {
		primary: "r1", verdict: "partial", cause: "continued-after-failover", trigger: "replicaof-command",
	} as const;
	await replicaOf(r2, r1);
	await stage.resync({ ...moved, replica: "r2" });
	await replicaOf(p, r1);
	await stage.resync({ ...moved, replica: "p" });
});

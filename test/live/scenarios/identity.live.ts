import { firstSync } from "../harness/expected.ts";
import { freePort } from "../harness/ports.ts";
import { live } from "../harness/scenario.ts";
import { caughtUp, replicaOf, write } from "../harness/operations.ts";

const closed = { verdict: "partial", cause: "within-backlog", trigger: "link-closed" } as const;
const silent = { "repl-ping-replica-period": 3600 };

live("all nodes have the same port, each on an address of its own", async (stage) => {
	const port = await freePort();
	const at = (last: number) => ({ host: `127.0.0.${last}`, port });
	const own = (last: number) => ({ ...silent, "protected-mode": "no", "bind-source-addr": `127.0.0.${last}` });
	const p = await stage.primary("p", own(11), at(11));
	const r1 = await stage.replica("r1", p, own(12), at(12));
	const r2 = await stage.replica("r2", p, own(13), at(13));
	await p.call("CLIENT", "KILL", "TYPE", "replica");
	await stage.resync({ ...closed, replica: "r1", primary: "p" }, { ...closed, replica: "r2", primary: "p" });
	await write(p, 5000);
	await caughtUp(r1, p);
	await caughtUp(r2, p);
	await replicaOf(r1, null);
	const moved = {
		primary: "r1", verdict: "partial", cause: "continued-after-failover", trigger: "replicaof-command",
	} as const;
	await replicaOf(r2, r1);
	await stage.resync({ ...moved, replica: "r2" });
	await replicaOf(p, r1);
	await stage.resync({ ...moved, replica: "p" });
});

live("replicas announce addresses that are not their own", async (stage) => {
	const p = await stage.primary("p");
	const as = (ip: string) => ({ "replica-announce-ip": ip, "replica-announce-port": 6379 });
	const r1 = await stage.replica("r1", p, as("10.20.30.1"), { announced: "10.20.30.1:6379" });
	await stage.replica("r2", p, as("10.20.30.2"), { announced: "10.20.30.2:6379" });
	await write(p, 5000);
	await r1.call("CLIENT", "KILL", "TYPE", "master");
	await stage.resync({ ...closed, replica: "r1", primary: "p" });
	await p.call("CLIENT", "KILL", "TYPE", "replica");
	await stage.resync({ ...closed, replica: "r1", primary: "p" }, { ...closed, replica: "r2", primary: "p" });
});

live("every node's clock has another zone", async (stage) => {
	const p = await stage.primary("p", {}, { zone: { name: "Asia/Kolkata", minutes: 330 } });
	const r1 = await stage.replica("r1", p, {}, { zone: { name: "Pacific/Honolulu", minutes: -600 } });
	await stage.replica("r2", p);
	await write(p, 5000);
	await r1.call("CLIENT", "KILL", "TYPE", "master");
	await stage.resync({ ...closed, replica: "r1", primary: "p" });
	await p.shutdown("SAVE");
	await p.start();
	const restarted = {
		primary: "p", verdict: "partial", cause: "primary-restored-history", trigger: "primary-restarted",
		mayFail: ["primary-unreachable", "handshake-timeout"],
	} as const;
	await stage.resync({ ...restarted, replica: "r1" }, { ...restarted, replica: "r2" });
});

live("the logs are rotated while all is well", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	await write(p, 5000);
	await caughtUp(r, p);
	p.rotate();
	r.rotate();
	await p.call("CLIENT", "KILL", "TYPE", "replica");
	await stage.resync({ ...closed, replica: "r", primary: "p" });
	await r.kill();
	r.forget();
	await r.start();
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "replica-lost-state", trigger: "replica-restarted",
	});
});

live("the replica's log is rotated while it is down", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.newReplica("r", p);
	await stage.resync(firstSync("r", "p"));
	await r.shutdown("NOSAVE");
	r.forget();
	r.rotate();
	await r.start();
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "replica-lost-state", trigger: "replica-restarted",
	});
});

live("the logs tell every detail: loglevel debug", async (stage) => {
	const talkative = { loglevel: "debug" };
	const p = await stage.primary("p", talkative);
	const r = await stage.replica("r", p, talkative);
	await write(p, 5000);
	await r.call("CLIENT", "KILL", "TYPE", "master");
	await stage.resync({ ...closed, replica: "r", primary: "p" });
	await p.shutdown("SAVE");
	await p.start();
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: "primary-restored-history", trigger: "primary-restarted",
		mayFail: ["primary-unreachable", "handshake-timeout"],
	});
});

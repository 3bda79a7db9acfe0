import { live } from "../harness/scenario.ts";
import { breakFolder, failing, mendFolder, replicaOf, write } from "../harness/operations.ts";
import { sleep, until } from "../harness/wait.ts";

live("a new replica has the wrong password at first", async (stage) => {
	const p = await stage.primary("p", { requirepass: "right" });
	const r = await stage.newReplica("r", p, { masterauth: "wrong" });
	await failing(r);
	await r.config({ masterauth: "right" });
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "first-sync", trigger: "replica-started",
		failed: ["auth-required"],
	});
});

live("the primary's password is set while a replica does not know it", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	await p.config({ requirepass: "right" });
	await p.call("CLIENT", "KILL", "TYPE", "replica");
	await failing(r);
	await r.config({ masterauth: "right" });
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: "within-backlog", trigger: "link-closed",
		failed: ["auth-required"],
	});
});

live("a primary has no place for another client: maxclients", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	await p.config({ maxclients: Number((await p.info())["connected_clients"]) });
	await p.call("CLIENT", "KILL", "TYPE", "replica");
	// Whoever comes first takes the place that has become free.
	const other = await p.connect().catch(() => null);
	await failing(r);
	await p.config({ maxclients: 100 });
	other?.close();
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: "within-backlog", trigger: "link-closed",
		failed: ["primary-refused"],
	});
});

live("a replica is told to replicate from itself", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	await write(p, 5000);
	await replicaOf(r, r);
	await failing(r);
	await replicaOf(r, p);
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: "within-backlog", trigger: "replicaof-command",
		failed: ["replicates-itself"], mayFail: ["superseded"],
	});
	stage.finding("no-primary");
});

live("a replica is pointed to a port where nobody listens, and back", async (stage) => {
	const p = await stage.primary("p");
	const gone = await stage.primary("gone");
	const r = await stage.replica("r", p);
	await gone.kill();
	await replicaOf(r, gone);
	await failing(r);
	await replicaOf(r, p);
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: "within-backlog", trigger: "replicaof-command",
		failed: ["primary-unreachable"], mayFail: ["superseded"],
	});
});

live("snapshots fail on the primary, which then refuses its replica", async (stage) => {
	const p = await stage.primary("p", { "repl-diskless-sync": "no", save: '"3600 1"' });
	await write(p, 5000);
	await breakFolder(p);
	const r = await stage.newReplica("r", p);
	await until("a snapshot has failed", async () => (await p.info())["rdb_last_bgsave_status"] === "err");
	await failing(r);
	await sleep(1500);
	await mendFolder(p);
	await p.call("BGSAVE");
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "first-sync", trigger: "replica-started",
		failed: ["snapshot-failed", "primary-refused"],
	});
});

live("a replica's user may not replicate", async (stage) => {
	const p = await stage.primary("p");
	await p.call("ACL", "SETUSER", "reader", "on", ">right", "+ping", "+replconf");
	const r = await stage.newReplica("r", p, { masteruser: "reader", masterauth: "right" });
	await failing(r);
	await p.call("ACL", "SETUSER", "reader", "+psync");
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "first-sync", trigger: "replica-started",
		failed: ["auth-required"],
	});
});

live("a script keeps the primary busy", async (stage) => {
	const p = await stage.primary("p", { "busy-reply-threshold": 100 });
	const r = await stage.replica("r", p);
	const other = await p.connect();
	const script = other.call(["EVAL", "while true do end", 0], 20_000).catch(() => null);
	await until("the primary is busy", () => p.call("PING").then(() => false, (error: Error) => /BUSY/.test(error.message)));
	await r.call("CLIENT", "KILL", "TYPE", "master");
	await failing(r);
	await p.call("SCRIPT", "KILL");
	await script;
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: "within-backlog", trigger: "link-closed",
		failed: ["primary-refused"],
	});
});

live("a replica is pointed to a Sentinel, and back", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	const s = await stage.servers.add("s", {}, { sentinel: true });
	await s.start();
	await replicaOf(r, s);
	await failing(r);
	await replicaOf(r, p);
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: "within-backlog", trigger: "replicaof-command",
		failed: ["protocol-error"], mayFail: ["superseded"],
	});
});

live("a replica is pointed to a web server, and back", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	const web = await stage.proxy(p);
	web.set({ change: () => Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n") });
	await r.call("REPLICAOF", web.host, web.port);
	await failing(r);
	await replicaOf(r, p);
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: "within-backlog", trigger: "replicaof-command",
		failed: ["protocol-error"], mayFail: ["superseded"],
	});
});

live("the user of a replica is deleted and made again", async (stage) => {
	const p = await stage.primary("p");
	const allow = ["ACL", "SETUSER", "replicator", "on", ">right", "+psync", "+replconf", "+ping"];
	await p.call(...allow);
	const r = await stage.replica("r", p, { masteruser: "replicator", masterauth: "right" });
	await p.call("ACL", "DELUSER", "replicator");
	await failing(r);
	await p.call(...allow);
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: "within-backlog", trigger: "link-closed",
		failed: ["auth-required"],
	});
});

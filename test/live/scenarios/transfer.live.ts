import { firstSync } from "../harness/expected.ts";
import { live } from "../harness/scenario.ts";
import { breakFolder, caughtUp, fill, mendFolder, write } from "../harness/operations.ts";
import { sleep, until } from "../harness/wait.ts";

/** A snapshot of 2000 keys takes this a second. */
const slow = { "rdb-key-save-delay": 500 };
const toDisk = { "repl-diskless-sync": "no" };

live("three replicas share one diskless snapshot", async (stage) => {
	const p = await stage.primary("p", { "repl-diskless-sync-delay": 1 });
	await fill(p, 1000);
	for (const name of ["r1", "r2", "r3"]) await stage.newReplica(name, p);
	await stage.resync(firstSync("r1", "p"), firstSync("r2", "p"), firstSync("r3", "p"));
});

live("two replicas share one snapshot on disk, the third waits for the next", async (stage) => {
	const p = await stage.primary("p", { ...toDisk, ...slow });
	await fill(p, 2000);
	await stage.newReplica("r1", p);
	await stage.granted(p, 1);
	await stage.newReplica("r2", p);
	await stage.resync(firstSync("r1", "p"), firstSync("r2", "p"));
	await p.config({ "repl-diskless-sync": "yes" });
	await stage.newReplica("r3", p);
	await stage.resync(firstSync("r3", "p"));
});

live("a replica that asks while a diskless snapshot runs gets the next one", async (stage) => {
	const p = await stage.primary("p", slow);
	await fill(p, 2000);
	await stage.newReplica("r1", p);
	await stage.granted(p, 1);
	await sleep(200);
	await stage.newReplica("r2", p);
	await stage.resync(firstSync("r1", "p"), firstSync("r2", "p"));
});

live("FLUSHALL on the primary ends the snapshot for its new replica", async (stage) => {
	const p = await stage.primary("p", { ...toDisk, ...slow, save: '"3600 1"' });
	await fill(p, 4000);
	await stage.newReplica("r", p);
	await stage.granted(p, 1);
	await sleep(300);
	await p.call("FLUSHALL");
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "first-sync", trigger: "replica-started",
		failed: ["snapshot-failed"],
	});
});

live("the snapshot's process is killed", async (stage) => {
	const p = await stage.primary("p", { ...toDisk, ...slow });
	await fill(p, 4000);
	await stage.newReplica("r", p);
	await stage.granted(p, 1);
	await sleep(300);
	await p.killChildren();
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "first-sync", trigger: "replica-started",
		failed: ["snapshot-failed"],
	});
});

live("the process of a diskless snapshot is killed", async (stage) => {
	const p = await stage.primary("p", slow);
	await fill(p, 4000);
	await stage.newReplica("r", p);
	await stage.granted(p, 1);
	await sleep(300);
	await p.killChildren();
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "first-sync", trigger: "replica-started",
		failed: ["snapshot-failed"],
	});
});

live("the output buffer overruns while a snapshot is made", async (stage) => {
	const p = await stage.primary("p", {
		...slow, "client-output-buffer-limit": "replica 1mb 0 0", "repl-backlog-size": "16kb",
	});
	await fill(p, 4000);
	await stage.newReplica("r", p);
	await stage.granted(p, 1);
	await sleep(300);
	await write(p, 5_000_000);
	await stage.granted(p, 2);
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "first-sync", trigger: "replica-started",
		failed: ["output-buffer-overrun"],
	});
	stage.finding("output-buffer-limit-too-small");
	stage.mayFind("full-resync-loop");
});

live("a replica stands still in the middle of a transfer for longer than repl-timeout", async (stage) => {
	// Much more than the kernel's socket buffers hold.
	const p = await stage.primary("p", { "repl-timeout": 2, rdbcompression: "no" });
	for (let i = 0; i < 40; i++) await p.call("SET", `big:${i}`, "x".repeat(1_000_000));
	await p.config({ "rdb-key-save-delay": 20_000 });
	const r = await stage.newReplica("r", p, { "repl-timeout": 2 });
	await stage.granted(p, 1);
	await sleep(100);
	await r.freeze();
	await until("the primary has dropped it", async () => (await p.info())["connected_slaves"] === "0", 30_000);
	await p.config({ "rdb-key-save-delay": 0 });
	r.thaw();
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "first-sync", trigger: "replica-started",
		failed: ["transfer-timeout"],
	});
	stage.finding("repl-timeout-too-short");
});

live("a replica stands still for longer than repl-timeout while the kernel takes its whole snapshot", async (stage) => {
	const p = await stage.primary("p", { "repl-timeout": 2, ...slow });
	await fill(p, 1000);
	const r = await stage.newReplica("r", p, { "repl-timeout": 2 });
	await stage.granted(p, 1);
	await sleep(100);
	await r.freeze();
	await until("the primary has dropped it", async () => (await p.info())["connected_slaves"] === "0", 30_000);
	r.thaw();
	await stage.resync(firstSync("r", "p"), {
		replica: "r", primary: "p", verdict: "partial", cause: "within-backlog", trigger: "replica-timeout",
	});
});

live("the primary is killed before it has noted that its replica is synchronised", async (stage) => {
	// Seldom enough that it does not come to it.
	const p = await stage.primary("p", { hz: 1 });
	const r = await stage.newReplica("r", p);
	stage.note(firstSync("r", "p"));
	await caughtUp(r, p);
	await p.kill();
	await p.start();
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "primary-restarted", trigger: "primary-restarted",
		mayFail: ["primary-unreachable", "handshake-timeout"],
	});
});

live("the primary is killed in the middle of a transfer and comes back", async (stage) => {
	const p = await stage.primary("p", slow);
	await fill(p, 4000);
	await stage.newReplica("r", p);
	await stage.granted(p, 1);
	await sleep(300);
	await p.kill();
	await p.start();
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "first-sync", trigger: "replica-started",
		failed: ["connection-lost-in-transfer"], mayFail: ["primary-unreachable", "handshake-timeout"],
	});
});

live("the folder in which the replica stores its snapshot has vanished", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	await breakFolder(r);
	await p.call("DEBUG", "CHANGE-REPL-ID");
	await p.call("CLIENT", "KILL", "TYPE", "replica");
	await stage.granted(p, 2);
	await mendFolder(r);
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "replid-changed", trigger: "link-closed",
		failed: ["replica-cannot-store"],
	});
	stage.finding("full-resync-loop");
});

live("a replica is pointed elsewhere in the middle of a transfer", async (stage) => {
	const p = await stage.primary("p", slow);
	await fill(p, 4000);
	const q = await stage.primary("q");
	const r = await stage.newReplica("r", p);
	await stage.granted(p, 1);
	await sleep(300);
	await r.call("REPLICAOF", q.host, q.port);
	await stage.resync({
		replica: "r", primary: "q", verdict: "full", cause: "first-sync", trigger: ["replicaof-command", "replica-started"],
		failed: ["superseded"],
	});
});

live("DEBUG RELOAD on primary and replica", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	await write(p, 5000);
	await p.call("DEBUG", "RELOAD");
	await caughtUp(r, p);
	await r.call("DEBUG", "RELOAD");
	await write(p, 5000);
	await stage.resync();
});

live("save points, SAVE and FLUSHALL are no resyncs", async (stage) => {
	const p = await stage.primary("p", { save: '"1 1"' });
	const r = await stage.replica("r", p, { save: '"1 1"' });
	await write(p, 5000);
	await until("a save point is reached", async () => Number((await p.info())["rdb_saves"]) > 0);
	await until("on the replica too", async () => Number((await r.info())["rdb_saves"]) > 0);
	await until("no other snapshot is under way", () => p.call("SAVE"));
	await p.call("FLUSHALL");
	await stage.resync();
});

live("ten replicas start at once", async (stage) => {
	const p = await stage.primary("p", { "repl-diskless-sync-delay": 1 });
	await fill(p, 1000);
	const names = Array.from({ length: 10 }, (_, i) => `r${i}`);
	await Promise.all(names.map((name) => stage.newReplica(name, p)));
	await stage.resync(...names.map((name) => firstSync(name, "p")));
	await p.call("CLIENT", "KILL", "TYPE", "replica");
	await stage.resync(
		...names.map((replica) => ({
			replica, primary: "p", verdict: "partial", cause: "within-backlog", trigger: "link-closed",
		}) as const),
	);
});

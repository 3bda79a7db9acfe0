import { live } from "../harness/scenario.ts";
import { write } from "../harness/operations.ts";
import { sleep, until } from "../harness/wait.ts";

const small = { "repl-backlog-size": "16kb" };

live("more is written than a small backlog holds while a replica is away", async (stage) => {
	const p = await stage.primary("p", small);
	const r = await stage.replica("r", p);
	await r.freeze();
	await p.call("CLIENT", "KILL", "TYPE", "replica");
	await write(p, 1_000_000);
	r.thaw();
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "backlog-overrun", trigger: "link-closed",
	});
	stage.finding("backlog-too-small");
});

live("a replica reads too slowly: the primary closes it for its output buffer", async (stage) => {
	const p = await stage.primary("p", { ...small, "client-output-buffer-limit": "replica 1mb 0 0" });
	const r = await stage.replica("r", p);
	await r.freeze();
	// The kernel's socket buffers take the first megabytes.
	await write(p, 40_000_000);
	await until("the primary has closed the link", async () => (await p.info())["connected_slaves"] === "0");
	r.thaw();
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "backlog-overrun", trigger: "output-buffer-overrun",
	});
	stage.finding("backlog-too-small", "output-buffer-limit-too-small");
});

live("no replica for repl-backlog-ttl: the primary frees its backlog", async (stage) => {
	const p = await stage.primary("p", { "repl-backlog-ttl": 1 });
	const r = await stage.replica("r", p);
	await r.freeze();
	await p.call("CLIENT", "KILL", "TYPE", "replica");
	await until("the backlog is freed", async () => (await p.info())["repl_backlog_active"] === "0");
	r.thaw();
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "backlog-expired", trigger: "link-closed",
	});
});

live("DEBUG CHANGE-REPL-ID on a primary, then its links are closed", async (stage) => {
	const p = await stage.primary("p");
	await stage.replica("r", p);
	await write(p, 5000);
	await p.call("DEBUG", "CHANGE-REPL-ID");
	await sleep(200);
	await p.call("CLIENT", "KILL", "TYPE", "replica");
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "replid-changed", trigger: "link-closed",
	});
});

live("a replica reads slowly for too long: the soft limit of its output buffer", async (stage) => {
	const p = await stage.primary("p", { ...small, "client-output-buffer-limit": "replica 0 1mb 1" });
	const r = await stage.replica("r", p);
	await r.freeze();
	await write(p, 30_000_000);
	await sleep(1200);
	await write(p, 100_000);
	await until("the primary has closed the link", async () => (await p.info())["connected_slaves"] === "0");
	r.thaw();
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "backlog-overrun", trigger: "output-buffer-overrun",
	});
	stage.finding("backlog-too-small", "output-buffer-limit-too-small");
});

live("the backlog is made smaller while a replica is away", async (stage) => {
	const p = await stage.primary("p", { "repl-backlog-size": "10mb" });
	const r = await stage.replica("r", p);
	await r.freeze();
	await p.call("CLIENT", "KILL", "TYPE", "replica");
	await write(p, 1_000_000);
	await p.config({ "repl-backlog-size": 16_384 });
	await write(p, 1000);
	r.thaw();
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "backlog-overrun", trigger: "link-closed",
	});
	stage.finding("backlog-too-small");
});

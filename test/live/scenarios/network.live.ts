import { available } from "../harness/available.ts";
import { firstSync } from "../harness/expected.ts";
import { live } from "../harness/scenario.ts";
import { caughtUp, write } from "../harness/operations.ts";
import { sleep, until } from "../harness/wait.ts";

const impatient = { "repl-timeout": 2, "protected-mode": "no" };
const skip = available.networks ? null : "no right to make network namespaces";

live("the cable between primary and replica is cut and mended", async (stage) => {
	const network = await stage.network();
	const p = await stage.primary("p", impatient, { host: network.here });
	await stage.replica("r", p, impatient, { host: network.there, wrap: network.wrap });
	await network.cut();
	await write(p, 5000);
	await until("the primary has dropped it", async () => (await p.info())["connected_slaves"] === "0");
	await sleep(1000);
	await network.mend();
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: "within-backlog",
		trigger: ["replica-timeout", "primary-timeout"], mayFail: ["primary-unreachable", "handshake-timeout"],
	});
}, { skip });

live("the cable is cut for longer than the backlog reaches", async (stage) => {
	const network = await stage.network();
	const p = await stage.primary("p", { ...impatient, "repl-backlog-size": "16kb" }, { host: network.here });
	await stage.replica("r", p, impatient, { host: network.there, wrap: network.wrap });
	await network.cut();
	await write(p, 1_000_000);
	await until("the primary has dropped it", async () => (await p.info())["connected_slaves"] === "0");
	await network.mend();
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "backlog-overrun",
		trigger: ["replica-timeout", "primary-timeout"], mayFail: ["primary-unreachable", "handshake-timeout"],
	});
	stage.finding("backlog-too-small");
}, { skip });

live("a proxy between them, so that the replica knows its primary by another port", async (stage) => {
	const p = await stage.primary("p");
	const proxy = await stage.proxy(p);
	const r = await stage.newReplica("r", proxy);
	await stage.resync(firstSync("r", "p"));
	await write(p, 5000);
	await caughtUp(r, p);
	proxy.drop();
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: "within-backlog", trigger: "link-closed",
	});
});

live("a proxy stops to relay for longer than repl-timeout", async (stage) => {
	const p = await stage.primary("p", impatient);
	const proxy = await stage.proxy(p);
	const r = await stage.newReplica("r", proxy, impatient);
	await stage.resync(firstSync("r", "p"));
	await caughtUp(r, p);
	proxy.set("stalled");
	await sleep(3500);
	proxy.set("open");
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: "within-backlog",
		trigger: ["replica-timeout", "primary-timeout"], mayFail: ["handshake-timeout"],
	});
});

live("a snapshot arrives damaged, which ends the replica's process", async (stage) => {
	const p = await stage.primary("p", { rdbcompression: "no" });
	await p.call("SET", "marked", "an honest value");
	const proxy = await stage.proxy(p);
	proxy.set({
		change: (chunk) => {
			const at = chunk.indexOf("an honest value");
			if (at >= 0) chunk.write("a forged", at);
			return chunk;
		},
	});
	const r = await stage.newReplica("r", proxy);
	await until("the replica has ended", () => !r.running);
	proxy.set("open");
	// It has already put the damaged file in the place of its own.
	r.forget();
	await r.start();
	await stage.resync({
		replica: "r", primary: "p", verdict: "full", cause: "first-sync", trigger: "replica-started",
		failed: ["replica-cannot-load"],
	});
});

import { live } from "../harness/scenario.ts";
import { write } from "../harness/operations.ts";
import { sleep } from "../harness/wait.ts";

const impatient = { "repl-timeout": 2 };

live("a replica stands still beyond repl-timeout: SIGSTOP, SIGCONT", async (stage) => {
	const p = await stage.primary("p", impatient);
	const r = await stage.replica("r", p, impatient);
	await stage.replica("other", p, impatient);
	await r.freeze();
	await write(p, 10_000);
	await sleep(5000);
	r.thaw();
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: "within-backlog", trigger: "replica-timeout",
	});
	stage.finding("server-stalled");
});

live("the primary stands still beyond repl-timeout: SIGSTOP, SIGCONT", async (stage) => {
	const p = await stage.primary("p", impatient);
	await stage.replica("r1", p, impatient);
	await stage.replica("r2", p, impatient);
	await p.freeze();
	await sleep(4500);
	p.thaw();
	const outage = {
		primary: "p", verdict: "partial", cause: "within-backlog", trigger: "primary-timeout",
		mayFail: ["handshake-timeout", "primary-unreachable"],
	} as const;
	await stage.resync({ ...outage, replica: "r1" }, { ...outage, replica: "r2" });
	stage.finding("server-stalled");
});

live("a replica stands still, but not beyond repl-timeout", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	await r.freeze();
	await write(p, 10_000);
	await sleep(1500);
	r.thaw();
	await stage.resync();
});

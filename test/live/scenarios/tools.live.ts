import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { live } from "../harness/scenario.ts";
import { write } from "../harness/operations.ts";
import { sleep } from "../harness/wait.ts";

const snapshot = {
	replica: null, primary: "p", verdict: "full", cause: "tool-snapshot", trigger: ["unknown", "link-closed"],
} as const;

live("a backup: redis-cli --rdb", async (stage) => {
	const p = await stage.primary("p");
	await stage.replica("r", p);
	await write(p, 5000);
	const file = join(p.folder, "backup.rdb");
	const cli = spawn("redis-cli", ["-h", p.host, "-p", String(p.port), "--rdb", file], { stdio: "ignore", timeout: 20_000 });
	const [code] = await once(cli, "exit");
	if (code !== 0) throw new Error(`redis-cli --rdb ended with ${code}`);
	await stage.resync(snapshot);
	await p.call("CLIENT", "KILL", "TYPE", "replica");
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: "within-backlog", trigger: "link-closed",
	});
});

live("a spy: redis-cli --replica", async (stage) => {
	const p = await stage.primary("p");
	const cli = spawn("redis-cli", ["-h", p.host, "-p", String(p.port), "--replica"], { stdio: "ignore", timeout: 20_000 });
	const exited = once(cli, "exit");
	try {
		await stage.granted(p, 1);
		await sleep(500);
		await write(p, 5000);
	} finally {
		cli.kill("SIGKILL");
		await exited;
	}
	await stage.resync(snapshot);
});

import { live } from "../harness/scenario.ts";
import { write } from "../harness/operations.ts";

const partial = { verdict: "partial", cause: "within-backlog" } as const;

live("the primary closes its replicas' links: CLIENT KILL TYPE replica", async (stage) => {
	const p = await stage.primary("p");
	await stage.replica("r1", p);
	await stage.replica("r2", p);
	await write(p, 20_000);
	await p.call("CLIENT", "KILL", "TYPE", "replica");
	await stage.resync(
		{ ...partial, replica: "r1", primary: "p", trigger: "link-closed" },
		{ ...partial, replica: "r2", primary: "p", trigger: "link-closed" },
	);
});

live("the replica closes its own link: CLIENT KILL TYPE master", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	await write(p, 20_000);
	await r.call("CLIENT", "KILL", "TYPE", "master");
	await stage.resync({ ...partial, replica: "r", primary: "p", trigger: "link-closed" });
});

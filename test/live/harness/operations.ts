import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { LiveNode } from "./node.ts";
import { sleep, until } from "./wait.ts";

/** Writes about so many bytes of replication stream, in commands of at most 64 KiB. */
export async function write(node: LiveNode, bytes: number): Promise<void> {
	const size = Math.min(bytes, 65_536);
	const value = "x".repeat(size);
	for (let i = 0; i < Math.ceil(bytes / size); i++) await node.call("SET", `key:${i % 32}`, value);
}

/** Fills a node with keys, so that a snapshot of it takes its time. */
export async function fill(node: LiveNode, keys: number): Promise<void> {
	await node.call("DEBUG", "POPULATE", keys, "filled", 64);
}

/** Waits until a replica's link is up and it has all that its primary has written, under the same ID. */
export async function caughtUp(replica: LiveNode, primary: LiveNode): Promise<void> {
	await until(`${replica.name} has caught up with ${primary.name}`, async () => {
		const theirs = await primary.info();
		const own = await replica.info();
		const linked = own["role"] === "slave" && own["master_link_status"] === "up";
		const same = own["master_replid"] === theirs["master_replid"];
		return linked && same && Number(own["master_repl_offset"]) >= Number(theirs["master_repl_offset"]);
	});
}

/** Waits until a node has nothing more to log about the synchronisations that it granted. */
export async function atRest(node: LiveNode): Promise<void> {
	if (node.sentinel || !node.running) return;
	await until(`${node.name} is at rest`, async () => {
		const info = await node.info();
		const states = Object.entries(info).filter(([name]) => /^slave\d+$/.test(name));
		return info["rdb_bgsave_in_progress"] === "0" && states.every(([, text]) => text.includes("state=online"));
	});
}

export async function replicaOf(node: LiveNode, primary: LiveNode | null): Promise<void> {
	if (primary === null) await node.call("REPLICAOF", "NO", "ONE");
	else await node.call("REPLICAOF", primary.host, primary.port);
}

/** Waits until a replica's link has been down for a while, whatever it tries. */
export async function failing(replica: LiveNode, ms = 1300): Promise<void> {
	const isDown = async (): Promise<boolean> => (await replica.info())["master_link_status"] === "down";
	await until(`${replica.name}'s link is down`, isDown);
	await sleep(ms);
	if (!(await isDown())) throw new Error(`${replica.name} has its link back`);
}

/** Takes the folder away in which a node writes its files, under its feet. */
export async function breakFolder(node: LiveNode): Promise<void> {
	const folder = join(node.folder, "vanishing");
	mkdirSync(folder);
	await node.config({ dir: folder });
	rmSync(folder, { recursive: true });
}

export async function mendFolder(node: LiveNode): Promise<void> {
	await node.config({ dir: join(node.folder, "data") });
}

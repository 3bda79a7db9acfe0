import type { LiveNode } from "./node.ts";
import { until } from "./wait.ts";

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

/** Waits until a replica's link to this primary is up. */
export async function linkUp(replica: LiveNode, primary: LiveNode, timeoutMs = 20_000): Promise<void> {
	await until(
		`${replica.name} follows ${primary.name}`,
		async () => {
			const info = await replica.info();
			const follows = info["role"] === "slave" && info["master_port"] === String(primary.port);
			return follows && info["master_link_status"] === "up";
		},
		timeoutMs,
	);
}

/** Waits until a replica has all that its primary has written, under the same ID. */
export async function caughtUp(replica: LiveNode, primary: LiveNode, timeoutMs = 20_000): Promise<void> {
	await linkUp(replica, primary, timeoutMs);
	await until(
		`${replica.name} has caught up with ${primary.name}`,
		async () => {
			const theirs = await primary.info();
			const own = await replica.info();
			const same = own["master_replid"] === theirs["master_replid"];
			return same && Number(own["master_repl_offset"]) >= Number(theirs["master_repl_offset"]);
		},
		timeoutMs,
	);
}

/** Saves a snapshot in the background and waits for it. */
export async function save(node: LiveNode): Promise<void> {
	await node.call("SAVE");
}

export async function replicaOf(node: LiveNode, primary: LiveNode | null): Promise<void> {
	if (primary === null) await node.call("REPLICAOF", "NO", "ONE");
	else await node.call("REPLICAOF", primary.host, primary.port);
}

import { replicaOf, write } from "../harness/operations.ts";
import type { LiveNode } from "../harness/node.ts";
import { until } from "../harness/wait.ts";

/** A tree of servers: who follows whom, as the story has told them. */
export class Town {
	readonly nodes: readonly LiveNode[];
	readonly #parent = new Map<LiveNode, LiveNode>();

	constructor(nodes: readonly LiveNode[]) {
		this.nodes = nodes;
		const [root, ...others] = nodes as [LiveNode, ...LiveNode[]];
		for (const node of others) this.#parent.set(node, root);
	}

	get root(): LiveNode {
		const roots = this.nodes.filter((n) => !this.#parent.has(n));
		if (roots.length !== 1) throw new Error(`${roots.length} primaries`);
		return roots[0] as LiveNode;
	}

	get replicas(): LiveNode[] {
		return [...this.#parent.keys()];
	}

	parent(node: LiveNode): LiveNode {
		const parent = this.#parent.get(node);
		if (parent === undefined) throw new Error(`${node.name} follows nobody`);
		return parent;
	}

	children(node: LiveNode): LiveNode[] {
		return this.nodes.filter((n) => this.#parent.get(n) === node);
	}

	/** All that follow a node, directly or not, nearest first. */
	below(node: LiveNode): LiveNode[] {
		const children = this.children(node);
		return [...children, ...children.flatMap((child) => this.below(child))];
	}

	/** Tells a node whom to follow, now and after its next start. */
	async point(node: LiveNode, parent: LiveNode | null): Promise<void> {
		this.note(node, parent);
		await replicaOf(node, parent);
	}

	/** Notes whom a node follows without telling it. */
	note(node: LiveNode, parent: LiveNode | null): void {
		if (parent === null) this.#parent.delete(node);
		else this.#parent.set(node, parent);
		node.configure({ replicaof: parent === null ? null : `${parent.host} ${parent.port}` });
	}

	/** A little, so that a backlog of the smallest size holds it many times over. */
	async write(bytes = 500): Promise<void> {
		await write(this.root, bytes);
	}

	/** Waits until everybody follows whom it was told to, and has everything. */
	async settle(): Promise<void> {
		const { root } = this;
		for (const node of [root, ...this.below(root)]) {
			await until(`${node.name} is settled`, () => this.#settled(node), 40_000);
		}
	}

	async #settled(node: LiveNode): Promise<boolean> {
		const info = await node.info();
		const parent = this.#parent.get(node);
		const states = Object.entries(info).filter(([name]) => /^slave\d+$/.test(name));
		if (states.length !== this.children(node).length) throw new Error(`${states.length} replicas attached`);
		if (states.some(([, text]) => !text.includes("state=online"))) throw new Error("not all replicas are online");
		if (info["rdb_bgsave_in_progress"] !== "0") throw new Error("a snapshot is under way");
		if (parent === undefined) return info["role"] === "master";
		const theirs = await parent.info();
		if (info["master_port"] !== String(parent.port)) throw new Error(`follows port ${info["master_port"]}`);
		if (info["master_link_status"] !== "up") throw new Error("its link is down");
		if (info["master_replid"] !== theirs["master_replid"]) throw new Error("it has another ID");
		const offsets = [info["master_repl_offset"], theirs["master_repl_offset"]];
		if (offsets[0] !== offsets[1]) throw new Error(`it is at ${offsets[0]}, its primary at ${offsets[1]}`);
		return true;
	}
}

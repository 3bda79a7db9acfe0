import type { NodeId, Report, Resync } from "../model/report.ts";

/** How nodes are called in text. */
export class Names {
	readonly #names: ReadonlyMap<NodeId, string>;

	constructor(report: Report) {
		this.#names = new Map(report.nodes.map(({ id, name }) => [id, name]));
	}

	node(id: NodeId | null, role = "node"): string {
		return id === null ? `unknown ${role}` : (this.#names.get(id) ?? id);
	}

	/** `replica ← primary`. */
	link({ replica, primary }: Resync): string {
		return this.links([replica], primary);
	}

	/** `n1, n2, n4 ← n3`. */
	links(replicas: readonly Resync["replica"][], primary: Resync["primary"]): string {
		const names = replicas.map((replica) => this.node(replica, "replica"));
		const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
		return `${shown.join(", ")} ← ${this.node(primary, "primary")}`;
	}
}

import type { NodeId } from "./answer.ts";

/** An ID by which servers call each other. */
export interface Identity {
	/** run: of one process. sentinel: of a Sentinel. cluster: of a cluster node. */
	readonly kind: "run" | "sentinel" | "cluster";
	readonly id: string;
	/** Null where no log or snapshot tells whose it is. */
	readonly node: NodeId | null;
	/** "ip:port" where a line gives it together with the ID. */
	readonly address: string | null;
	/** When it is first named, on the reference's clock. */
	readonly from: string | null;
}

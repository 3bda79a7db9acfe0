import type { ReplicationHistory } from "../model/report.ts";
import { shortId } from "./human.ts";
import type { Names } from "./names.ts";
import type { Times } from "./times.ts";

/** What a replication history was, in short pieces that every format for people puts in its own shape. */

const origins: Readonly<Record<ReplicationHistory["origin"], string>> = {
	created: "created by",
	shifted: "shifted by",
	restored: "restored by",
	own: "begun by",
	foreign: "from elsewhere",
};

/** An ID that nobody but its own server ever held is noise: every process that starts mints one. */
export function isShared({ origin, followers, forks, parent }: ReplicationHistory): boolean {
	const nodes = new Set(followers.map(({ node }) => node));
	return forks.length > 0 || parent !== null || nodes.size > 1 || (origin !== "own" && nodes.size > 0);
}

/** `shifted by n4 at offset 567763, 20:31:03.838`. */
export function historyOrigin(
	{ names, times }: { readonly names: Names; readonly times: Times },
	{ origin, node, at, parent }: ReplicationHistory,
	belowParent: boolean,
): string {
	const by = node === null ? "" : ` ${names.node(node)}`;
	const from = parent === null || belowParent ? "" : ` from ${shortId(parent.id)}`;
	const offset = parent?.offset == null ? "" : ` at offset ${parent.offset}`;
	return `${origins[origin]}${by}${from}${offset}${at === null ? "" : `, ${times.time(at)}`}`;
}

/** `offsets 567763–578096`, or nothing where none is known. */
export function historyBytes({ offsets }: ReplicationHistory): string {
	if (offsets === null) return "";
	return offsets.from === offsets.to ? `offset ${offsets.from}` : `offsets ${offsets.from}–${offsets.to}`;
}

/** The nodes that held it. */
export function historyHolders(names: Names, { followers }: ReplicationHistory): string {
	const nodes = [...new Set(followers.map(({ node }) => node))].map((id) => names.node(id));
	return (nodes.length > 8 ? [...nodes.slice(0, 7), `${nodes.length - 7} more`] : nodes).join(", ");
}

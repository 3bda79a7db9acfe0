import type { HistoryFollower, ReplicationHistory } from "../../model/report.ts";
import { shortId } from "../human.ts";
import { type Context, heading, styled } from "./context.ts";
import { paragraph, type Span } from "./layout.ts";

/** Histories that are told unless all are asked for. */
const most = 16;

const origins: Readonly<Record<ReplicationHistory["origin"], string>> = {
	created: "created by",
	shifted: "shifted by",
	restored: "restored by",
	own: "begun by",
	foreign: "from elsewhere",
};

const hows: Readonly<Record<HistoryFollower["how"], string>> = {
	minted: "since it began",
	full: "by a full resync",
	partial: "by a partial resync",
	seen: "as its own",
};

/** The replication histories as a tree: who began each, where others left it, who followed it. */
export function lineageSection(context: Context): string[] {
	const { detail, report } = context;
	const told = detail === "verbose" ? report.lineage : report.lineage.filter(isShared);
	if (detail === "quiet" || told.length < 2) return [];
	const shown = detail === "verbose" ? told : told.slice(0, most);
	const lines = lineageTree(context, shown);
	if (shown.length < told.length) lines.push(`… and ${told.length - shown.length} more (-v)`);
	return [[heading(context, "Histories"), ...lines].join("\n")];
}

/** Histories with those that left them below. */
export function lineageTree(context: Context, histories: readonly ReplicationHistory[]): string[] {
	return tree(histories).flatMap((branch) => historyLines(context, branch));
}

/** An ID that nobody but its own server ever held is noise: every process that starts mints one. */
export function isShared({ origin, followers, forks, parent }: ReplicationHistory): boolean {
	const nodes = new Set(followers.map(({ node }) => node));
	return forks.length > 0 || parent !== null || nodes.size > 1 || (origin !== "own" && nodes.size > 0);
}

interface Branch {
	readonly history: ReplicationHistory;
	/** The history above it, where that is told as well. */
	readonly parent: string | null;
	/** What stands before its first line, and before those that follow. */
	readonly first: string;
	readonly rest: string;
}

/** Parents stand before their children already: only the lines between them are missing. */
function tree(histories: readonly ReplicationHistory[]): Branch[] {
	const known = new Set(histories.map(({ id }) => id));
	const parentOf = ({ parent }: ReplicationHistory): string | null => (parent !== null && known.has(parent.id) ? parent.id : null);
	const last = new Map<string | null, string>();
	for (const history of histories) last.set(parentOf(history), history.id);
	const inner = new Map<string, string>();
	return histories.map((history): Branch => {
		const parent = parentOf(history);
		const before = parent === null ? "" : (inner.get(parent) ?? "");
		const ends = last.get(parent) === history.id;
		const [first, rest] = parent === null ? ["", ""] : [`${before}${ends ? "└─ " : "├─ "}`, `${before}${ends ? "   " : "│  "}`];
		inner.set(history.id, rest);
		return { history, parent, first, rest };
	});
}

function historyLines(context: Context, { history, parent: above, first, rest }: Branch): string[] {
	const { names, times, page, detail } = context;
	const { id, origin, node, at, parent, offsets, followers, proof } = history;
	const verbose = detail === "verbose";
	const begun: Span[] = [
		styled("accent", verbose ? id : shortId(id)),
		`  ${origins[origin]}${node === null ? "" : ` ${names.node(node)}`}`,
		parent === null || above !== null ? "" : ` from ${shortId(parent.id)}`,
		parent?.offset == null ? "" : ` at offset ${parent.offset}`,
		at === null ? "" : `, ${times.time(at)}`,
		styled("dim", proof === "proven" ? "" : ` (${proof})`),
		offsets === null ? "" : styled("dim", offsets.from === offsets.to ? `  offset ${offsets.from}` : `  offsets ${offsets.from}–${offsets.to}`),
	];
	const lines = [paragraph(page, begun, { first: [first], hanging: rest.length + 4 })];
	if (!verbose) {
		const nodes = [...new Set(followers.map((f) => f.node))].map((name) => names.node(name));
		const shown = nodes.length > 8 ? [...nodes.slice(0, 7), `${nodes.length - 7} more`] : nodes;
		if (nodes.length > 0) lines.push(paragraph(page, [styled("dim", "held by "), shown.join(", ")], { first: [`${rest}    `], hanging: rest.length + 6 }));
		return lines;
	}
	for (const { node: follower, from, to, how } of followers) {
		const span = `${from === null ? "?" : times.time(from)} – ${to === null ? "" : times.time(to)}`;
		lines.push(paragraph(page, [`${names.node(follower)}  ${span.trimEnd()}  `, styled("dim", hows[how])], { first: [`${rest}    `], hanging: rest.length + 6 }));
	}
	return lines;
}

import type { HistoryFollower, ReplicationHistory } from "../../model/report.ts";
import { shortId } from "../human.ts";
import { historyBytes, historyHolders, historyOrigin, isShared } from "../history-words.ts";
import { type Context, heading, styled } from "./context.ts";
import { paragraph, type Span } from "./layout.ts";

/** Histories that are told unless all are asked for. */
const most = 16;

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
	const { id, followers, proof } = history;
	const verbose = detail === "verbose";
	const begun: Span[] = [
		styled("accent", verbose ? id : shortId(id)),
		`  ${historyOrigin({ names, times }, history, above !== null)}`,
		styled("dim", proof === "proven" ? "" : ` (${proof})`),
	];
	const lines = [paragraph(page, begun, { first: [first], hanging: rest.length + 4 })];
	const below = (spans: readonly Span[]): string => paragraph(page, spans, { first: [`${rest}    `], hanging: rest.length + 6 });
	const bytes = historyBytes(history);
	if (!verbose) {
		const holders = historyHolders(names, history);
		const held: Span[] = holders === "" ? [] : [styled("dim", "held by "), holders];
		if (bytes !== "") held.unshift(styled("dim", `${bytes}${holders === "" ? "" : ", "}`));
		if (held.length > 0) lines.push(below(held));
		return lines;
	}
	if (bytes !== "") lines.push(below([styled("dim", bytes)]));
	for (const { node: follower, from, to, how } of followers) {
		const span = `${from === null ? "?" : times.time(from)} – ${to === null ? "" : times.time(to)}`;
		lines.push(below([`${names.node(follower)}  ${span.trimEnd()}  `, styled("dim", hows[how])]));
	}
	return lines;
}

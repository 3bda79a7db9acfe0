import type { Report, ReplicationHistory } from "../../model/report.ts";
import { window } from "../describe.ts";
import { numbers } from "../fold.ts";
import { count, shortId } from "../human.ts";
import type { RenderOptions } from "../options.ts";
import { safeData } from "../safe.ts";
import type { Person, Stay, WhoIs } from "../whois.ts";
import { type Context, newContext, styled } from "./context.ts";
import { paragraph, type Span } from "./layout.ts";
import { lineageTree } from "./lineage.ts";

/** One line of the tree, and what hangs below it. */
interface Twig {
	readonly text: readonly Span[];
	readonly twigs?: readonly Twig[];
}

/** Entries of one sort that are told unless all are asked for. */
const most = 12;

/** Who is behind a handle, as a tree of all names, processes, roles and histories. */
export function renderWhois(answer: WhoIs, report: Report, options: RenderOptions): string {
	const context = newContext(safeData(report), options);
	const { nodes, histories } = safeData(answer);
	const blocks = [...histories.map((history) => historyBlock(context, history)), ...nodes.map((node) => personBlock(context, node))];
	// Its times are without day and zone.
	const span = window(context.report, context.times);
	if (span !== undefined) blocks.unshift(paragraph(context.page, [styled("dim", span)]));
	return `${blocks.join("\n\n")}\n`;
}

function historyBlock(context: Context, history: ReplicationHistory): string {
	const { names, times } = context;
	const lines = lineageTree({ ...context, detail: "verbose" }, [history]);
	const forks = history.forks.map(({ id, node, offset, at }): Twig => ({
		text: [`${shortId(id)}  shifted by ${names.node(node)} at offset ${offset}${at === null ? "" : `, ${times.time(at)}`}`],
	}));
	return [styled("bold", "replication ID"), ...lines, ...section(context, "left by", forks)].map((line) => (typeof line === "string" ? line : paragraph(context.page, [line]))).join("\n");
}

function personBlock(context: Context, person: Person): string {
	const { page, times, names } = context;
	const { name, addresses, ids, lives, roles, replicationIds, followed, served, failovers } = person;
	const line = (...text: Span[]): Twig => ({ text });
	const span = (from: string | null, to: string | null): string => `${from === null ? "?" : times.time(from)} – ${to === null ? "" : times.time(to)}`.trimEnd();
	const stay = (other: string, { from, to, resyncs }: Stay): Twig =>
		line(styled("bold", names.node(other)), `  ${span(from, to)}`, styled("dim", `  ${resyncs.length > 1 ? `${count(resyncs.length, "resync")}, ` : ""}${numbers(resyncs)}`));
	const told = failovers.map((id) => context.report.failovers[id - 1]).filter((f) => f !== undefined);
	return [
		paragraph(page, [styled("bold", name), addresses.length === 0 ? "" : `  ${addresses.join(" ")}`]),
		...section(context, "known as", ids.map(({ kind, id, from }) => line(`${words[kind]} ${id}`, styled("dim", from === null ? "" : `  since ${times.time(from)}`)))),
		...section(context, "processes", lives.map(({ pid, version, startedAt, endedAt, end }) => line(`${pid ?? "?"}  ${version ?? ""}`.trimEnd(), `  ${span(startedAt, endedAt)}`, styled("dim", `  ${end === "log-ends" ? "" : end}`)))),
		...section(context, "roles", roles.map(({ role, from }) => line(role, from === null ? "" : `  since ${times.time(from)}`))),
		...section(context, "replication IDs", replicationIds.map(({ id, from, to, how }) => line(styled("accent", shortId(id)), `  ${how}  ${span(from, to)}`))),
		...section(context, "replicated", followed.map((one) => stay(one.primary, one))),
		...section(context, "was replicated by", served.map((one) => stay(one.replica, one))),
		...section(context, "failovers", told.map(({ id, text, startedAt }) => line(`${id}`, startedAt === null ? "" : `  ${times.time(startedAt)}`, `  ${text}`))),
	].join("\n");
}

const words = { run: "run ID", sentinel: "Sentinel", cluster: "cluster node" } as const;

function section(context: Context, title: string, twigs: readonly Twig[]): string[] {
	if (twigs.length === 0) return [];
	const { page, detail } = context;
	const all = detail === "verbose" || twigs.length <= most;
	const shown = all ? twigs : twigs.slice(-most);
	const lines = [paragraph(page, [styled("dim", title)])];
	if (!all) lines.push(paragraph(page, [styled("dim", `├── … ${twigs.length - shown.length} earlier (-v)`)]));
	for (const [i, { text }] of shown.entries()) {
		lines.push(paragraph(page, text, { first: [styled("dim", i === shown.length - 1 ? "└── " : "├── ")], hanging: 8 }));
	}
	return lines;
}

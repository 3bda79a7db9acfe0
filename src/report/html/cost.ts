import type { Costs } from "../../model/ledger.ts";
import type { ReplicationHistory } from "../../model/report.ts";
import { count, duration, shortId, size } from "../human.ts";
import { pairs, type Sections, section, table } from "./parts.ts";
import { h, type Tree } from "./tree.ts";

/** What all resyncs cost together; a single one has told it already. */
export function costSection({ report: { ledger }, names }: Sections): Tree {
	if (ledger.fullResyncs + ledger.failedTransfers + ledger.partialResyncs < 2) return undefined;
	const items: [string, Tree][] = [];
	const add = (label: string, parts: readonly string[]): void => {
		if (parts.length > 0) items.push([label, parts.join(" · ")]);
	};
	add("sent", sentOf(ledger));
	const { ms, unknown, outages } = ledger.withoutRedundancy;
	if (ms > 0) {
		const open =
			unknown > 0 ? ` (${unknown} of ${count(outages, "outage")} without a known begin or end)` : "";
		add("outages", [
			`${duration(ms)} without redundancy${open}`,
			...ledger.nodes.map((one) => `${names.node(one.node)} ${duration(one.ms)}`),
		]);
	}
	const phases = ledger.phases.filter((phase) => phase.ms > 0);
	add(
		"phases",
		phases.map((phase) => `${phase.name} ${duration(phase.ms)}`),
	);
	const { snapshots, megabytes, largest } = ledger.copyOnWrite;
	if (megabytes > 0)
		add("fork", [`${megabytes} MB copied by ${count(snapshots, "BGSAVE")}`, `${largest} MB at most`]);
	const days = ledger.days.map(({ day, ...costs }) => [
		day,
		sentOf(costs).join(" · "),
		duration(costs.withoutRedundancy.ms),
	]);
	return section(
		"cost",
		"Cost",
		h("article", {}, pairs(items)),
		days.length === 0 ? undefined : table("Cost by day", ["Day", "Sent", "Without redundancy"], days),
	);
}

function sentOf({ fullResyncs, failedTransfers, partialResyncs, snapshots, backlog }: Costs): string[] {
	const items = [count(fullResyncs, "full resync"), count(partialResyncs, "partial resync")];
	if (failedTransfers > 0) items.push(count(failedTransfers, "failed transfer"));
	if (snapshots.known > 0) items.push(`${size(snapshots.bytes)} of snapshots`);
	if (snapshots.unknown > 0) items.push(`${count(snapshots.unknown, "snapshot")} of unknown size`);
	if (backlog.bytes > 0) items.push(`${size(backlog.bytes)} from backlogs`);
	return items;
}

/** The replication histories as a tree: who began each, where others left it, who held it. */
export function historiesSection(context: Sections): Tree {
	const told = context.report.lineage.filter(isShared);
	if (told.length < 2) return undefined;
	const known = new Set(told.map(({ id }) => id));
	const below = new Map<string | null, ReplicationHistory[]>();
	for (const history of told) {
		const above = history.parent !== null && known.has(history.parent.id) ? history.parent.id : null;
		below.set(above, [...(below.get(above) ?? []), history]);
	}
	const drawn = new Set<string>();
	const list = (parent: string | null): Tree => {
		const children = (below.get(parent) ?? []).filter(({ id }) => !drawn.has(id));
		for (const { id } of children) drawn.add(id);
		return children.length === 0
			? undefined
			: h(
					"ul",
					{ class: "tree" },
					...children.map((one) => h("li", {}, historyOf(context, one), list(one.id))),
				);
	};
	return section("histories", "Histories", list(null));
}

/** An ID that nobody but its own server ever held says nothing: every process that starts mints one. */
function isShared({ origin, followers, forks, parent }: ReplicationHistory): boolean {
	const nodes = new Set(followers.map(({ node }) => node));
	return forks.length > 0 || parent !== null || nodes.size > 1 || (origin !== "own" && nodes.size > 0);
}

function historyOf(
	{ names, times }: Sections,
	{ id, origin, node, at, parent, followers, proof }: ReplicationHistory,
): Tree {
	const by = node === null ? "" : ` by ${names.node(node)}`;
	const fork = parent?.offset == null ? "" : ` at offset ${parent.offset}`;
	const holders = [...new Set(followers.map((one) => names.node(one.node)))];
	return [
		h("span", { class: "code", title: id }, shortId(id)),
		` ${origin}${by}${fork}${at === null ? "" : `, ${times.time(at)}`}`,
		proof === "proven" ? undefined : h("span", { class: "proof" }, ` ${proof}`),
		holders.length === 0 ? undefined : h("span", { class: "muted" }, ` held by ${holders.join(", ")}`),
	];
}

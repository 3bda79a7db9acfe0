import type { Costs } from "../../model/ledger.ts";
import { count, duration, size } from "../human.ts";
import { type Context, dotted, heading, labelled } from "./context.ts";

/** Days and nodes that are told unless all are asked for. */
const mostDays = 7;
const mostNodes = 4;

/** What all resyncs cost together; a single one has told it already. */
export function ledgerSection(context: Context): string[] {
	const { report: { ledger }, detail, names } = context;
	const { fullResyncs, failedTransfers, partialResyncs } = ledger;
	if (detail === "quiet" || fullResyncs + failedTransfers === 0 || fullResyncs + failedTransfers + partialResyncs < 2) return [];
	const verbose = detail === "verbose";
	const lines = [heading(context, "Cost")];
	const add = (label: string, items: readonly string[]): void => {
		if (items.length > 0) lines.push(labelled(context, label, dotted(context, items)));
	};
	add("sent", sentItems(ledger));
	const away = ledger.withoutRedundancy;
	if (away.ms > 0) {
		const open = away.unknown > 0 ? ` (${away.unknown} of ${count(away.outages, "outage")} without a known begin or end)` : "";
		const nodes = verbose ? ledger.nodes : ledger.nodes.slice(0, mostNodes);
		const rest = ledger.nodes.length - nodes.length;
		const each = ledger.nodes.length < 2 ? [] : nodes.map(({ node, ms }) => `${names.node(node)} ${duration(ms)}`);
		add("outages", [`${duration(away.ms)} without redundancy${open}`, ...each, ...(rest > 0 ? [`and ${rest} more`] : [])]);
	}
	add("phases", ledger.phases.filter(({ ms }) => ms > 0).map(({ name, ms }) => `${name} ${duration(ms)}`));
	const { snapshots, megabytes, largest } = ledger.copyOnWrite;
	if (megabytes > 0) add("fork", [`${megabytes} MB copied by ${count(snapshots, "BGSAVE")}`, `${largest} MB at most`]);
	const days = verbose ? ledger.days : ledger.days.slice(-mostDays);
	for (const { day, ...costs } of days) {
		const without = costs.withoutRedundancy.ms > 0 ? [`${duration(costs.withoutRedundancy.ms)} without redundancy`] : [];
		add(day, [...sentItems(costs), ...without]);
	}
	return [lines.join("\n")];
}

function sentItems({ fullResyncs, failedTransfers, partialResyncs, snapshots, backlog }: Costs): string[] {
	const items: string[] = [];
	if (fullResyncs > 0) items.push(count(fullResyncs, "full resync"));
	if (failedTransfers > 0) items.push(count(failedTransfers, "failed transfer"));
	const { bytes, known, unknown } = snapshots;
	if (known > 0) items.push(`${size(bytes)} of snapshots${unknown > 0 ? ` and ${unknown} of unknown size` : ""}`);
	else if (unknown > 0) items.push(`${count(unknown, "snapshot")} of unknown size`);
	if (partialResyncs > 0) items.push(`${partialResyncs} partial${backlog.bytes > 0 ? ` with ${size(backlog.bytes)}` : ""}`);
	return items;
}

import type { Costs, Ledger } from "../model/ledger.ts";
import { count, duration, size } from "./human.ts";
import type { Names } from "./names.ts";

/** Days and nodes that are told unless all are asked for. */
const mostDays = 7;
const mostNodes = 4;

/** Whether there is a sum to tell: one resync, and the first sync before it, have told their cost already. */
export const hasCost = ({ fullResyncs, failedTransfers, partialResyncs }: Costs): boolean =>
	fullResyncs + failedTransfers > 0 && fullResyncs + failedTransfers + partialResyncs >= 3;

/** What all resyncs cost together: labels, and what is said under each. */
export function costWords(names: Names, ledger: Ledger, all: boolean): [label: string, items: string[]][] {
	const words: [string, string[]][] = [["sent", sentWords(ledger)]];
	const away = ledger.withoutRedundancy;
	if (away.ms > 0) {
		const open = away.unknown > 0 ? ` (${away.unknown} of ${count(away.outages, "outage")} without a known begin or end)` : "";
		const nodes = all ? ledger.nodes : ledger.nodes.slice(0, mostNodes);
		const rest = ledger.nodes.length - nodes.length;
		const each = ledger.nodes.length < 2 ? [] : nodes.map(({ node, ms }) => `${names.node(node)} ${duration(ms)}`);
		words.push(["outages", [`${duration(away.ms)} without redundancy${open}`, ...each, ...(rest > 0 ? [`and ${rest} more`] : [])]]);
	}
	words.push(["phases", ledger.phases.filter(({ ms }) => ms > 0).map(({ name, ms }) => `${name} ${duration(ms)}`)]);
	const { snapshots, megabytes, largest } = ledger.copyOnWrite;
	if (megabytes > 0) words.push(["fork", [`${megabytes} MB copied by ${count(snapshots, "BGSAVE")}`, `${largest} MB at most`]]);
	for (const { day, ...costs } of all ? ledger.days : ledger.days.slice(-mostDays)) {
		const without = costs.withoutRedundancy.ms > 0 ? [`${duration(costs.withoutRedundancy.ms)} without redundancy`] : [];
		words.push([day, [...sentWords(costs), ...without]]);
	}
	return words.filter(([, items]) => items.length > 0);
}

/** Resyncs and bytes. */
export function sentWords({ fullResyncs, failedTransfers, partialResyncs, snapshots, backlog }: Costs): string[] {
	const items: string[] = [];
	if (fullResyncs > 0) items.push(count(fullResyncs, "full resync"));
	if (failedTransfers > 0) items.push(count(failedTransfers, "failed transfer"));
	const { bytes, known, unknown } = snapshots;
	if (known > 0) items.push(`${size(bytes)} of snapshots${unknown > 0 ? ` and ${unknown} of unknown size` : ""}`);
	else if (unknown > 0) items.push(`${count(unknown, "snapshot")} of unknown size`);
	if (partialResyncs > 0) items.push(`${partialResyncs} partial${backlog.bytes > 0 ? ` with ${size(backlog.bytes)}` : ""}`);
	return items;
}

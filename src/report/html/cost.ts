import { pushTo } from "../../model/lists.ts";
import type { ReplicationHistory } from "../../model/report.ts";
import { costWords, hasCost, sentWords } from "../cost-words.ts";
import { historyBytes, historyHolders, historyOrigin, isShared } from "../history-words.ts";
import { duration, shortId } from "../human.ts";
import { pairs, type Sections, section, table } from "./parts.ts";
import { h, type Tree } from "./tree.ts";

/** What all resyncs cost together; a single one has told it already. */
export function costSection({ report: { ledger }, names }: Sections): Tree {
	if (!hasCost(ledger)) return undefined;
	const words = costWords(names, { ...ledger, days: [] }, true);
	const days = ledger.days.map(({ day, ...costs }) => [day, sentWords(costs).join(" · "), duration(costs.withoutRedundancy.ms)]);
	return section(
		"cost",
		"Cost",
		h("article", {}, pairs(words.map(([label, items]) => [label, items.join(" · ")]))),
		days.length === 0 ? undefined : table("Cost by day", ["Day", "Sent", "Without redundancy"], days),
	);
}

/** The replication histories as a tree: who began each, where others left it, who held it. */
export function historiesSection(context: Sections): Tree {
	const told = context.report.lineage.filter(isShared);
	if (told.length < 2) return undefined;
	const known = new Set(told.map(({ id }) => id));
	const below = new Map<string | null, ReplicationHistory[]>();
	for (const history of told) {
		const above = history.parent !== null && known.has(history.parent.id) ? history.parent.id : null;
		pushTo(below, above, history);
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
					...children.map((one) => h("li", {}, historyOf(context, one, parent !== null), list(one.id))),
				);
	};
	return section("histories", "Histories", list(null));
}

function historyOf(context: Sections, history: ReplicationHistory, nested: boolean): Tree {
	const { id, proof } = history;
	const holders = historyHolders(context.names, history);
	const below = [historyBytes(history), holders === "" ? "" : `held by ${holders}`].filter((part) => part !== "");
	return [
		h("span", { class: "code", title: id }, shortId(id)),
		` ${historyOrigin(context, history, nested)}`,
		proof === "proven" ? undefined : h("span", { class: "proof" }, ` ${proof}`),
		below.length === 0 ? undefined : h("div", { class: "muted" }, below.join(", ")),
	];
}

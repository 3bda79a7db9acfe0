import type { Failover } from "../../model/report.ts";
import { failoverCourse, failoverKind, failoverNodes } from "../failover-words.ts";
import { evidenceDetails, pairs, type Sections, section } from "./parts.ts";
import { h, type Tree } from "./tree.ts";

const outcomes: Readonly<Record<Failover["outcome"], string>> = {
	completed: "partial",
	failed: "failed",
	open: "open",
};

/** Changes of primary: who decided, who was chosen, how long it took. */
export function failoversSection(context: Sections): Tree {
	const { failovers } = context.report;
	if (failovers.length === 0) return undefined;
	return section("failovers", "Failovers", ...failovers.map((failover) => block(context, failover)));
}

function block(context: Sections, failover: Failover): Tree {
	const { names, times } = context;
	const { id, epoch, outcome, proof, reason, startedAt, text } = failover;
	const title = h(
		"h3",
		{},
		h("span", { class: `verdict ${outcomes[outcome]}` }, outcome),
		` ${failoverKind(failover)}: ${failoverNodes(names, failover)}`,
		h("span", { class: "proof" }, `${epoch === null ? "" : ` epoch ${epoch}`} ${proof}`),
	);
	const items: [string, Tree][] = [];
	if (reason !== null) items.push(["why", reason.text]);
	for (const [label, parts] of failoverCourse({ names, times, all: true }, failover)) items.push([label, parts.join(" · ")]);
	for (const { text: said } of failover.disagreements) items.push(["but", said]);
	for (const said of failover.missing) items.push(["missing", said]);
	return h(
		"article",
		{ class: `failover ${outcomes[outcome]}`, id: `f${id}` },
		h(
			"header",
			{},
			title,
			startedAt === null ? undefined : h("time", { datetime: startedAt }, times.time(startedAt)),
		),
		h("p", { class: "why" }, text),
		pairs(items),
		evidenceDetails(context, failover.evidence, false),
	);
}

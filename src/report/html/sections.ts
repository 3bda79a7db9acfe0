import type { Finding, Resync } from "../../model/report.ts";
import {
	causeWords,
	cost,
	facts,
	isExpected,
	missingOf,
	outage,
	position,
	readSummary,
	triggerWords,
	tryLines,
	window,
	worstOf,
} from "../describe.ts";
import { type Group, numbers, timeOf } from "../fold.ts";
import { count, duration, roughly } from "../human.ts";
import { inputColumns, inputRows } from "../input-words.ts";
import { clockOf, coverageOf, filesOf, rolesOf, versionsOf } from "../node-facts.ts";
import { between } from "../times.ts";
import { lanesOf } from "./data.ts";
import { codeOf, evidenceDetails, pairs, remedies, type Sections, section, table, together } from "./parts.ts";
import { h, type Tree } from "./tree.ts";

/** The answer: one sentence, what it rests on, and the counts. */
export function answerSection({ report, times }: Sections): Tree {
	const { full, partial, failed, open } = report.summary;
	const tiles = [
		["full", full],
		["partial", partial],
		["failed", failed],
		["open", open],
	] as const;
	return h(
		"section",
		{ id: "answer", "aria-labelledby": "answer-title" },
		h("h2", { id: "answer-title", class: "quiet" }, "Answer"),
		h("p", { class: "answer" }, together(report.summary.text)),
		h("p", { class: "muted" }, window(report, times)),
		h(
			"ul",
			{ class: "tiles" },
			...tiles.map(([verdict, number]) =>
				h(
					"li",
					{ class: `tile ${verdict}${number === 0 ? " none" : ""}` },
					h("strong", {}, String(number)),
					` ${verdict}`,
				),
			),
		),
	);
}

export function nodesSection(context: Sections): Tree {
	const { report, times } = context;
	if (report.nodes.length === 0) return undefined;
	const columns = ["Node", "Role", "Version", "Address", "Log", "Covers", "Clock"];
	const rows = lanesOf(report).map((node) => [
		node.name,
		rolesOf(node),
		versionsOf(node),
		node.addresses.join(" "),
		filesOf(report, node),
		coverageOf(report, times, node),
		clockOf(node),
	]);
	return section("nodes", "Nodes", table("Nodes", columns, rows));
}

/** The list of resyncs: so many written out; the page's script builds the rest when asked. */
export function resyncsSection(context: Sections, groups: readonly Group[], written: number): Tree {
	const rest = groups.length - written;
	return section(
		"resyncs",
		"Resyncs",
		groups.length === 0 ? h("p", { class: "muted" }, "None.") : undefined,
		h("div", { id: "resync-list" }, ...groups.slice(0, written).map((group) => resyncBlock(context, group))),
		rest > 0
			? [
					h(
						"noscript",
						{},
						h(
							"p",
							{ class: "muted" },
							`${count(rest, "further entry", "further entries")} need this page's script.`,
						),
					),
					h(
						"p",
						{},
						h(
							"button",
							{ id: "more", type: "button", hidden: true, "data-live": true },
							`Show more: ${rest} are left`,
						),
					),
				]
			: undefined,
	);
}

export const verdictClass = (resync: Resync): string =>
	`${resync.verdict}${isExpected(resync) ? " expected" : ""}`;

function resyncBlock(context: Sections, group: Group): Tree {
	const { names, times, detail } = context;
	const { first, all, replicas, period } = group;
	const time = timeOf(first);
	const title = h(
		"h3",
		{},
		`${numbers(all.map(({ id }) => id))} `,
		h(
			"span",
			{ class: `verdict ${verdictClass(first)}` },
			all.length > 1 ? `${all.length} × ${first.verdict}` : first.verdict,
		),
		" ",
		names.links(replicas, first.primary),
		" ",
		...(first.cause.code === "unknown"
			? [h("span", { class: "proof unknown" }, causeWords(first))]
			: [
					codeOf("cause", first.cause.code),
					h("span", { class: `proof ${first.cause.proof}` }, ` ${first.cause.proof}`),
				]),
	);
	const worst = worstOf(group);
	const items: [string, Tree][] = [
		["trigger", [codeOf("trigger", first.trigger.code), triggerWords(first).slice(first.trigger.code.length)]],
	];
	const add = (label: string, parts: readonly string[]): void => {
		if (parts.length > 0) items.push([label, parts.join(" · ")]);
	};
	if (all.length > 1) items.push([replicas.length > 1 ? "also" : "again", others(context, group)]);
	if (period !== null) add("every", [`~${roughly(period)}`]);
	add("outage", outage(times, first));
	add("position", position(first, detail === "verbose"));
	add("cost", cost(first));
	for (const line of tryLines(names, times, first)) items.push(["try", line]);
	if (detail === "verbose") add("facts", facts(first));
	for (const text of missingOf(group)) items.push(["missing", text]);
	return h(
		"article",
		{ class: `resync ${verdictClass(first)}`, id: `r${first.id}` },
		h("header", {}, title, time === null ? undefined : h("time", { datetime: time }, times.time(time))),
		h("p", { class: "why" }, first.cause.text),
		phaseBar(first),
		pairs(items),
		remedies(worst.remedy),
		evidenceDetails(context, first.evidence, !isExpected(first)),
		h(
			"button",
			{ type: "button", class: "quiet-button", hidden: true, "data-live": true, "data-show": first.id },
			"Show in the chart",
		),
	);
}

/** The further resyncs of a group. */
function others({ names, times }: Sections, { all, replicas }: Group): Tree {
	const rest = all.slice(1);
	const shown = rest.length > 12 ? [...rest.slice(0, 11), rest.at(-1) as Resync] : rest;
	return shown.flatMap((resync, i): Tree[] => {
		const time = timeOf(resync);
		const who = replicas.length > 1 ? ` ${names.node(resync.replica, "replica")}` : "";
		const gap = rest.length > 12 && i === 11 ? ` … ${rest.length - 12} more … ` : i > 0 ? ", " : "";
		return [
			gap,
			h("span", { class: "nobreak" }, `#${resync.id}${who}${time === null ? "" : ` ${times.time(time)}`}`),
		];
	});
}

/** How long each phase took, as parts of one bar. The same is said in words under "cost". */
function phaseBar({ phases }: Resync): Tree {
	const from = phases[0]?.from;
	const to = phases.at(-1)?.to;
	if (phases.length < 2 || from === undefined || to === undefined || between(from, to) <= 0) return undefined;
	const x = (time: string): number => Math.round((between(from, time) / between(from, to)) * 10_000) / 10;
	const parts = phases.map(({ name, from: begin, to: end }) =>
		h("rect", {
			class: `phase ${name}`,
			x: x(begin),
			y: 0,
			width: Math.max(2, x(end) - x(begin)),
			height: 8,
		}),
	);
	const said = phases.map((phase) => `${phase.name} ${duration(between(phase.from, phase.to))}`).join(", ");
	return h(
		"svg",
		{
			class: "phases",
			viewBox: "0 0 1000 8",
			preserveAspectRatio: "none",
			role: "img",
			"aria-label": `Phases: ${said}`,
		},
		parts,
	);
}

export function findingsSection(context: Sections): Tree {
	const { findings } = context.report;
	return findings.length === 0
		? undefined
		: section("findings", "Findings", ...findings.map((finding) => findingBlock(context, finding)));
}

function findingBlock(
	context: Sections,
	{ code, severity, node, resyncs, text, remedy, evidence }: Finding,
): Tree {
	const where = node === undefined ? "" : ` ${context.names.node(node)}`;
	const links: Tree =
		resyncs.length > 8
			? ` ${numbers(resyncs)}`
			: resyncs.map((id) => [" ", h("a", { href: `#r${id}` }, `#${id}`)]);
	return h(
		"article",
		{ class: `finding ${severity}` },
		h(
			"header",
			{},
			h(
				"h3",
				{},
				h("span", { class: `severity ${severity}` }, severity),
				" ",
				codeOf("finding", code),
				where,
				h("span", { class: "proof" }, links),
			),
		),
		h("p", { class: "why" }, together(text)),
		remedies(remedy),
		evidenceDetails(context, evidence, false),
	);
}

export function problemsSection({ report }: Sections): Tree {
	const { problems } = report;
	if (problems.length === 0) return undefined;
	return section(
		"problems",
		"Problems",
		h("ul", { class: "problems" }, ...problems.map(({ text }) => h("li", {}, text))),
	);
}

export function inputsSection({ report, names, times }: Sections): Tree {
	return section(
		"inputs",
		"Inputs",
		h("p", { class: "muted" }, readSummary(report).text),
		report.inputs.length === 0 ? undefined : table("Inputs", inputColumns, inputRows(report, names, times)),
	);
}

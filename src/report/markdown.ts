import type { Evidence, Failover, Finding, ReplicationHistory, Report, Resync } from "../model/report.ts";
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
} from "./describe.ts";
import { costWords, hasCost } from "./cost-words.ts";
import { failoverCourse, failoverKind, failoverNodes, type Telling } from "./failover-words.ts";
import { historyBytes, historyHolders, historyOrigin, isShared } from "./history-words.ts";
import { fold, type Group, timeOf } from "./fold.ts";
import { roughly, shortId } from "./human.ts";
import { inputColumns, inputRows } from "./input-words.ts";
import { Names } from "./names.ts";
import { clockOf, coverageOf, filesOf, rolesOf, versionsOf } from "./node-facts.ts";
import type { RenderOptions } from "./options.ts";
import { safeData } from "./safe.ts";
import { Times } from "./times.ts";

/*
 * Markdown for tickets and for step summaries of CI. Nothing of a log becomes markup: text is escaped,
 * lines of logs are code. GitHub also links `#7`, `@name`, and bare addresses in running text: an empty
 * comment in between keeps it from doing so.
 */

/** Running text. */
function text(plain: string): string {
	return plain
		.replace(/[\\`*_{}[\]<>|~$&]/g, "\\$&")
		.replace(/[@#](?=\w)|:(?=\/\/)|\b(?:www|GH)(?=[.-])/gi, "$&<!-- -->");
}

/** A line of a log, or a name: shown as it is, fenced by more back-ticks than it holds. */
function code(plain: string, inTable = false): string {
	// In code nothing can be escaped, and a bar would end the cell of a table.
	if (inTable && plain.includes("|")) return text(plain);
	const longest = Math.max(0, ...(plain.match(/`+/g) ?? []).map((run) => run.length));
	const fence = "`".repeat(longest + 1);
	const padding = /^`|`$|^ .* $/.test(plain) || plain === "" ? " " : "";
	return `${fence}${padding}${plain}${padding}${fence}`;
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** The report as Markdown. */
export function renderMarkdown(unsafeReport: Report, { detail }: RenderOptions): string {
	const report = safeData(unsafeReport);
	const names = new Names(report);
	const times = new Times(report);
	const quiet = detail === "quiet";
	const telling = { names, times, all: detail === "verbose" };
	const groups = fold(report.resyncs);
	const sections: string[] = ["## Resynchronisations", `**${text(report.summary.text)}**`];
	const span = window(report, times);
	if (span !== undefined) sections.push(text(span));
	if (report.nodes.length > 0 && !quiet) sections.push(nodeTable(report, times));
	if (groups.length > 0) sections.push(resyncTable(groups, names, times));
	if (!quiet) for (const group of groups) sections.push(resyncSection(group, names, times, detail));
	if (report.failovers.length > 0) {
		sections.push("### Failovers", report.failovers.map((one) => failoverItem(one, telling)).join("\n"));
	}
	if (!quiet) sections.push(...historySection(report, names, times), ...costSection(report, names, telling.all));
	if (report.findings.length > 0) {
		sections.push("### Findings", report.findings.map((finding) => findingItem(finding, names)).join("\n"));
	}
	if (report.problems.length > 0) {
		sections.push("### Problems", report.problems.map((problem) => `- ${text(problem.text)}`).join("\n"));
	}
	if (!quiet) sections.push(...inputSection(report, names, times));
	return `${sections.join("\n\n")}\n`;
}

/** Rows of a table; a column that says nothing in any of them is left out. */
function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const used = (_: string, i: number): boolean => rows.some((own) => own[i] !== "");
	const shown = head.filter(used);
	return [row(shown), row(shown.map(() => "---")), ...rows.map((own) => row(own.filter(used)))].join("\n");
}

function inputSection(report: Report, names: Names, times: Times): string[] {
	const summary = text(readSummary(report).text);
	if (report.inputs.length === 0) return [summary];
	const rows = inputRows(report, names, times).map(([name = "", ...cells]) => [code(name, true), ...cells.map(text)]);
	return [`<details><summary>${summary}</summary>`, tableOf(inputColumns, rows), "</details>"];
}

function nodeTable(report: Report, times: Times): string {
	const cells = report.nodes.map((node) => [
		code(node.name, true),
		text(rolesOf(node)),
		text(versionsOf(node)),
		node.addresses.map((address) => code(address, true)).join(" "),
		filesOf(report, node) === "" ? "" : code(filesOf(report, node), true),
		text(coverageOf(report, times, node)),
		text(clockOf(node)),
	]);
	const head = ["Node", "Role", "Version", "Address", "Log", "Covers", "Clock"];
	return tableOf(head, cells);
}

/** `2–6`, `2, 4, 5`: without the # that GitHub would make a link to an issue. */
function numbersOf({ all }: Group): string {
	const ids = all.map(({ id }) => id);
	const first = ids[0] ?? 0;
	const consecutive = ids.length > 2 && ids.every((id, i) => id === first + i);
	return consecutive ? `${first}–${ids.at(-1)}` : ids.join(", ");
}

function resyncTable(groups: readonly Group[], names: Names, times: Times): string {
	const head = ["No.", "Time", "Replica ← primary", "Verdict", "Cause", "Proof", "Trigger"];
	const cells = groups.map((group) => {
		const { first, all, replicas } = group;
		const time = timeOf(first);
		const verdict = isExpected(first) ? first.verdict : `**${first.verdict}**`;
		return [
			numbersOf(group),
			time === null ? "" : times.time(time),
			code(names.links(replicas, first.primary), true),
			all.length > 1 ? `${all.length} × ${verdict}` : verdict,
			first.cause.code,
			first.cause.proof,
			first.trigger.code,
		];
	});
	return [row(head), row(head.map(() => "---")), ...cells.map(row)].join("\n");
}

function resyncSection(group: Group, names: Names, times: Times, detail: RenderOptions["detail"]): string {
	const { first, all, period } = group;
	const items: string[] = [];
	const add = (label: string, parts: readonly string[], by = " · "): void => {
		if (parts.length > 0) items.push(`- **${label}**: ${parts.map(text).join(by)}`);
	};
	add("Why", [`${first.cause.text} (${first.cause.proof})`]);
	add("Trigger", [triggerWords(first)]);
	if (all.length > 1)
		add(
			"Also",
			all.slice(1).map((resync) => also(resync, names, times)),
			", ",
		);
	if (period !== null) add("Every", [`~${roughly(period)}`]);
	add("Outage", outage(times, first));
	add("Position", position(first, detail === "verbose"));
	add("Cost", cost(first));
	add("Tries", tryLines(names, times, first), "; ");
	if (detail === "verbose") add("Facts", facts(first));
	for (const remedy of worstOf(group).remedy) add("Do", [remedy]);
	for (const missing of missingOf(group)) add("Missing", [missing]);
	const title = `### Resync ${numbersOf(group)}: ${first.verdict}, ${first.cause.code === "unknown" ? causeWords(first) : first.cause.code}`;
	return [title, items.join("\n"), evidenceList(first.evidence)].filter((part) => part !== "").join("\n\n");
}

function also(resync: Resync, names: Names, times: Times): string {
	const time = timeOf(resync);
	return `${resync.id} ${names.node(resync.replica, "replica")}${time === null ? "" : ` ${times.time(time)}`}`;
}

function evidenceList(evidence: readonly Evidence[]): string {
	if (evidence.length === 0) return "";
	const lines = evidence.map(({ input, line, text: said }) => `- ${code(`${input}:${line}`)} ${code(said)}`);
	return ["<details><summary>Evidence</summary>", lines.join("\n"), "</details>"].join("\n\n");
}

function failoverItem(failover: Failover, telling: Telling): string {
	const { names, times } = telling;
	const { startedAt, outcome, proof, epoch, reason, disagreements, missing } = failover;
	const time = startedAt === null ? "" : `${times.time(startedAt)} `;
	const how = [epoch === null ? "" : `epoch ${epoch}`, outcome, proof].filter((part) => part !== "").join(", ");
	const lines = [`- **${text(`${time}${failoverKind(failover)}`)}**: ${code(failoverNodes(names, failover))} (${how})`];
	const add = (label: string, said: string): void => void lines.push(`  - **${label}**: ${text(said)}`);
	if (reason !== null) add("Why", reason.text);
	for (const [label, items] of failoverCourse(telling, failover)) add(capital(label), items.join(" · "));
	for (const { text: said } of disagreements) add("But", said);
	if (telling.all) for (const said of missing) add("Missing", said);
	return lines.join("\n");
}

/** The replication histories as nested lists: who began each, where others left it, who held it. */
function historySection(report: Report, names: Names, times: Times): string[] {
	const told = report.lineage.filter(isShared);
	if (told.length < 2) return [];
	const depths = new Map<string, number>();
	const lines = told.map((history: ReplicationHistory) => {
		const above = history.parent === null ? undefined : depths.get(history.parent.id);
		const depth = above === undefined ? 0 : above + 1;
		depths.set(history.id, depth);
		const holders = historyHolders(names, history);
		const more = [historyBytes(history), holders === "" ? "" : `held by ${holders}`].filter((part) => part !== "");
		const proof = history.proof === "proven" ? "" : ` (${history.proof})`;
		const said = `${historyOrigin({ names, times }, history, depth > 0)}${proof}`;
		return `${"  ".repeat(depth)}- ${code(shortId(history.id))} ${text([said, ...more].join("; "))}`;
	});
	return ["### Histories", lines.join("\n")];
}

function costSection({ ledger }: Report, names: Names, all: boolean): string[] {
	if (!hasCost(ledger)) return [];
	const lines = costWords(names, ledger, all).map(([label, items]) => `- **${capital(label)}**: ${text(items.join(" · "))}`);
	return ["### Cost", lines.join("\n")];
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

function findingItem(
	{ severity, code: name, node, resyncs, text: said, remedy, evidence }: Finding,
	names: Names,
): string {
	const where = node === undefined ? "" : ` on ${code(names.node(node))}`;
	const which = resyncs.length === 0 ? "" : ` (resync ${resyncs.join(", ")})`;
	const places = evidence.map(({ input, line }) => code(`${input}:${line}`)).join(" ");
	const lines = [`- **${severity}: ${name}**${where}${which}: ${text(said)}`];
	for (const what of remedy) lines.push(`  - **Do**: ${text(what)}`);
	if (places !== "") lines.push(`  - **Evidence**: ${places}`);
	return lines.join("\n");
}

import type { Evidence, Finding, Report, Resync } from "../model/report.ts";
import { costWords, hasCost } from "./cost-words.ts";
import { cost, isExpected, outage, position, triggerWords, tryLines } from "./describe.ts";
import { timeOf } from "./fold.ts";
import { historyOrigin, isShared } from "./history-words.ts";
import { Names } from "./names.ts";
import { inPieces, type Pieces } from "./pieces.ts";
import { safeData } from "./safe.ts";
import { between, Times } from "./times.ts";

/*
 * JUnit XML: each resync a test case. One that had to be (partial, first sync, a tool's snapshot)
 * passes, one that is still open is skipped, any other fails. Findings are test cases as well, which
 * fail unless they only inform; a problem is an error.
 */

/** Text for XML, in attributes as well. Control characters are gone by then. */
function xml(text: string): string {
	const entities: Readonly<Record<string, string>> = {
		"&": "&amp;",
		"<": "&lt;",
		">": "&gt;",
		'"': "&quot;",
		"'": "&apos;",
	};
	return text
		.replace(/[&<>"']/g, (character) => entities[character] ?? "")
		.replace(/[\ufffe\uffff]/g, "\ufffd");
}

const attributes = (values: Readonly<Record<string, string | number>>): string =>
	Object.entries(values)
		.map(([name, value]) => ` ${name}="${xml(String(value))}"`)
		.join("");

interface Case {
	readonly name: string;
	readonly group: string;
	readonly seconds: number;
	readonly result: "passed" | "failure" | "error" | "skipped";
	readonly message: string;
	readonly type: string;
	readonly body: readonly string[];
}

/** The report as JUnit XML. */
export function renderJunit(report: Report): Pieces {
	return inPieces(linesOf(safeData(report)));
}

function* linesOf(report: Report): Generator<string> {
	for (const line of partsOf(report)) yield `${line}\n`;
}

function* partsOf(report: Report): Generator<string> {
	const names = new Names(report);
	const times = new Times(report);
	const { resyncs, findings, problems } = report;
	const results = [...resyncs.map(resultOfResync), ...findings.map(resultOfFinding)];
	const count = (result: Case["result"]): number => results.filter((one) => one === result).length;
	const totals = {
		name: "rlog",
		tests: results.length + problems.length,
		failures: count("failure"),
		errors: problems.length,
		skipped: count("skipped"),
	};
	const head = `<testsuites${attributes(totals)}>`;
	const properties = [
		property("summary", report.summary.text),
		...report.nodes.map(({ name, addresses }) => property(`node ${name}`, addresses.join(" "))),
		...report.failovers.map(({ id, text }) => property(`failover ${id}`, text)),
		...report.lineage
			.filter(isShared)
			.map((one) => property(`history ${one.id}`, historyOrigin({ names, times }, one, false))),
		...(hasCost(report.ledger) ? costWords(names, report.ledger, true) : []).map(([label, items]) =>
			property(`cost ${label}`, items.join("; ")),
		),
		...report.inputs.map(({ name, lines, unrecognised }) =>
			property(`input ${name}`, `${lines} lines, ${unrecognised} unrecognised`),
		),
	];
	yield '<?xml version="1.0" encoding="UTF-8"?>';
	yield head;
	yield `<testsuite${attributes(totals)}>`;
	yield "<properties>";
	yield* properties;
	yield "</properties>";
	for (const resync of resyncs) yield render(resyncCase(resync, names, times));
	for (const finding of findings) yield render(findingCase(finding, names));
	for (const { code, input = "rlog", text } of problems) {
		yield render({ name: code, group: input, seconds: 0, result: "error", message: text, type: code, body: [] });
	}
	yield "</testsuite>";
	yield "</testsuites>";
}

const resultOfResync = (resync: Resync): Case["result"] =>
	isExpected(resync) ? "passed" : resync.verdict === "open" ? "skipped" : "failure";
const resultOfFinding = ({ severity }: Finding): Case["result"] => (severity === "info" ? "passed" : "failure");

const property = (name: string, value: string): string => `<property${attributes({ name, value })}/>`;

function resyncCase(resync: Resync, names: Names, times: Times): Case {
	const { id, verdict, cause, remedy, missing, evidence, lostAt, onlineAt } = resync;
	const start = lostAt ?? timeOf(resync);
	const list = (label: string, items: readonly string[]): string[] =>
		items.length === 0 ? [] : [`${label}: ${items.join("; ")}`];
	return {
		name: `#${id} ${verdict}: ${cause.code}`,
		group: names.link(resync),
		seconds: start === null || onlineAt === null ? 0 : Math.max(0, between(start, onlineAt)) / 1000,
		result: resultOfResync(resync),
		message: cause.text,
		type: cause.code,
		body: [
			`why: ${cause.text} (${cause.proof})`,
			`trigger: ${triggerWords(resync)}`,
			...list("outage", outage(times, resync)),
			...list("position", position(resync, true)),
			...list("cost", cost(resync)),
			...list("tries", tryLines(names, times, resync)),
			...list("do", remedy),
			...list("missing", missing),
			...evidenceLines(evidence),
		],
	};
}

function findingCase(finding: Finding, names: Names): Case {
	const { code, severity, node, text, remedy, evidence } = finding;
	return {
		name: `${severity}: ${code}`,
		group: node === undefined ? "findings" : names.node(node),
		seconds: 0,
		result: resultOfFinding(finding),
		message: text,
		type: code,
		body: [text, ...remedy.map((what) => `do: ${what}`), ...evidenceLines(evidence)],
	};
}

const evidenceLines = (evidence: readonly Evidence[]): string[] =>
	evidence.map(({ input, line, text }) => `${input}:${line}: ${text}`);

function render({ name, group, seconds, result, message, type, body }: Case): string {
	const open = `<testcase${attributes({ name, classname: group, time: seconds.toFixed(3) })}>`;
	const text = xml(body.join("\n"));
	if (result === "passed") return `${open}<system-out>${text}</system-out></testcase>`;
	const why = result === "skipped" ? attributes({ message }) : attributes({ message, type });
	const inner = text === "" ? `<${result}${why}/>` : `<${result}${why}>${text}</${result}>`;
	return `${open}${inner}</testcase>`;
}

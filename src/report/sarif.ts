import type { Evidence, Finding, Report, Resync } from "../model/report.ts";
import { causeWords, cost, isExpected, outage, position, tryLines } from "./describe.ts";
import { itemsOf, jsonPieces, partsOf } from "./json.ts";
import { Names } from "./names.ts";
import { inPieces, type Pieces } from "./pieces.ts";
import { safeData } from "./safe.ts";
import { Times } from "./times.ts";
import { type Topic, words } from "./words.ts";

type Level = "note" | "warning" | "error";

interface Result {
	readonly ruleId: string;
	readonly level: Level;
	readonly message: { readonly text: string };
	readonly properties: object;
}

/** SARIF 2.1.0: each resync and finding a result at the line of the log that decides. */
export function renderSarif(report: Report): Pieces {
	return inPieces(piecesOf(report));
}

function* piecesOf(report: Report): Generator<string> {
	const shown = safeData(report);
	const names = new Names(shown);
	const times = new Times(shown);
	// What SARIF has no place for goes along as it is in JSON.
	const { schemaVersion, generator, findings, ...properties } = partsOf(report);
	const used = [...new Set([...shown.resyncs.map(ruleOfResync), ...shown.findings.map(ruleOfFinding)])].sort();
	const indexed = (result: Result): object => ({ ...result, ruleIndex: used.indexOf(result.ruleId) });
	const results = itemsOf([...shown.resyncs, ...shown.findings], (one) =>
		indexed("severity" in one ? findingResult(one) : resyncResult(one, names, times)),
	);
	const driver = {
		name: "rlog",
		version: shown.generator.version,
		semanticVersion: shown.generator.version,
		rules: used.map(rule),
	};
	const notifications = shown.problems.map(({ code, input, line, text }) => ({
		descriptor: { id: code },
		level: "warning" as Level,
		message: message(text),
		...(input !== undefined && { locations: [location({ input, line: line ?? 1 })] }),
	}));
	const run = {
		tool: { driver },
		invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications }],
		results,
		columnKind: "utf16CodeUnits",
		properties,
	};
	const schema = "https://json.schemastore.org/sarif-2.1.0.json";
	yield* jsonPieces({ $schema: schema, version: "2.1.0", runs: [run] }, 4);
	yield "\n";
}

const ruleOfResync = ({ cause }: Resync): string => `cause/${cause.code}`;
const ruleOfFinding = ({ code }: Finding): string => `finding/${code}`;

/** In messages a bracket would begin a link, a brace a placeholder. */
const plain = (text: string): string =>
	text
		.replace(/[\\[\]]/g, "\\$&")
		.replace(/\{/g, "{{")
		.replace(/\}/g, "}}");
const message = (text: string): { readonly text: string } => ({ text: plain(text) });

function location({ input, line }: Pick<Evidence, "input" | "line">): object {
	return {
		physicalLocation: { artifactLocation: { uri: uriOf(input) }, region: { startLine: Math.max(1, line) } },
	};
}

/** A file's name as a URI: relative as it was given, absolute as `file:`. */
function uriOf(input: string): string {
	if (input === "-") return "stdin";
	const path = input.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
	return path.startsWith("/") ? `file://${path}` : path;
}

function places(evidence: readonly Evidence[]): object {
	const [first, ...rest] = evidence;
	if (first === undefined) return {};
	return {
		locations: [location(first)],
		relatedLocations: rest.map((one, id) => ({ id, ...location(one), message: message(one.text) })),
	};
}

function resyncResult(resync: Resync, names: Names, times: Times): Result {
	const { id, verdict, cause, trigger, remedy, missing, evidence } = resync;
	const level: Level =
		isExpected(resync) || verdict === "open" ? "note" : verdict === "failed" ? "error" : "warning";
	const text = [
		`#${id} ${names.link(resync)}: ${verdict} resync, ${causeWords(resync)}: ${cause.text}`,
		`Trigger: ${trigger.code} (${trigger.proof}): ${trigger.text}`,
		...[outage(times, resync), position(resync, true), cost(resync)].map((items) => items.join(", ")),
		...tryLines(names, times, resync).map((line) => `Try: ${line}`),
		...remedy.map((what) => `Do: ${what}`),
		...missing.map((what) => `Missing: ${what}`),
	].filter((line) => line !== "");
	return {
		ruleId: ruleOfResync(resync),
		level,
		message: message(text.join("\n")),
		...places(evidence),
		properties: { resync: id, verdict, cause: cause.code, trigger: trigger.code, proof: cause.proof },
	};
}

function findingResult(finding: Finding): Result {
	const { code, severity, resyncs, text, remedy, evidence } = finding;
	const level: Level = severity === "critical" ? "error" : severity === "warning" ? "warning" : "note";
	return {
		ruleId: ruleOfFinding(finding),
		level,
		message: message([text, ...remedy.map((what) => `Do: ${what}`)].join("\n")),
		...places(evidence),
		properties: { finding: code, severity, resyncs },
	};
}

function rule(id: string): object {
	const [topic = "", code = ""] = id.split("/");
	const page = new Map(Object.entries(words[topic as Topic] ?? {})).get(code);
	if (page === undefined) return { id };
	const { title, means, proof, remedy, live } = page;
	return {
		id,
		name: code,
		shortDescription: { text: title },
		fullDescription: { text: means },
		help: { text: `${means}\n\nWhat proves it: ${proof}\n\nWhat to do: ${remedy}\n\nSeen live: ${live}` },
	};
}

import { type GateRule, GateSyntaxError, type GateWord, parseGate } from "../../grammars/fail-on.ts";
import {
	type Finding,
	findingCodes,
	fullCauses,
	type Problem,
	partialCauses,
	type Report,
	type Resync,
	type Severity,
} from "../model/report.ts";
import { near } from "./near.ts";

/** One thing that a rule was hit by. */
export interface Hit {
	/** `#7 (backlog-overrun)`, `data-discarded`. */
	readonly name: string;
}

export interface GateResult {
	readonly rule: GateRule;
	readonly hit: boolean;
	readonly matches: readonly Hit[];
}

const verdicts = ["full", "partial", "failed", "open"] as const;
const severities: readonly Severity[] = ["info", "warning", "critical"];
const causes: readonly string[] = [...fullCauses, ...partialCauses, "unknown"];
const subjects: Readonly<Record<string, readonly string[] | undefined>> = {
	...Object.fromEntries(verdicts.map((verdict) => [verdict, causes])),
	resync: causes,
	finding: [...findingCodes, ...severities],
	// Problems have no closed list of codes.
	problem: undefined,
};

/** Reads a gate and makes sure that its words mean something. Throws `GateSyntaxError`. */
export function readGate(text: string): GateRule[] {
	const rules = parseGate(text);
	for (const { subject, codes } of rules) {
		if (!(subject.text in subjects)) {
			throw unknown(subject, `there is no '${subject.text}'`, Object.keys(subjects));
		}
		const known = subjects[subject.text];
		if (known === undefined) continue;
		for (const code of codes) {
			if (!known.includes(code.text)) throw unknown(code, `'${subject.text}' has no '${code.text}'`, known);
		}
	}
	return rules;
}

function unknown({ text, offset }: GateWord, message: string, known: readonly string[]): GateSyntaxError {
	const hint = known.length <= 8 ? known : near(text, known);
	return new GateSyntaxError(
		hint.length > 0 ? `${message}; there is ${hint.join(", ")}` : message,
		offset,
		text.length,
	);
}

/** Holds a report against the rules of a gate. */
export function applyGate(rules: readonly GateRule[], report: Report): GateResult[] {
	return rules.map((rule) => {
		const matches = matchesOf(rule, report);
		return { rule, matches, hit: compare(matches.length, rule) };
	});
}

function matchesOf({ subject, codes, except }: GateRule, { resyncs, findings, problems }: Report): Hit[] {
	const wanted = (is: (code: string) => boolean): boolean =>
		codes.length === 0 || codes.some(({ text }) => is(text)) !== except;
	switch (subject.text) {
		case "finding":
			return findings.filter((finding) => wanted((code) => isFinding(finding, code))).map(nameOfFinding);
		case "problem":
			return problems.filter((problem) => wanted((code) => problem.code === code)).map(nameOfProblem);
		default:
			return resyncs
				.filter(({ verdict }) => subject.text === "resync" || verdict === subject.text)
				.filter(({ cause }) => wanted((code) => cause.code === code))
				.map(nameOfResync);
	}
}

/** A severity means that one and those above it. */
function isFinding({ code, severity }: Finding, wanted: string): boolean {
	const least = severities.indexOf(wanted as Severity);
	return least >= 0 ? severities.indexOf(severity) >= least : code === wanted;
}

const nameOfResync = ({ id, cause }: Resync): Hit => ({ name: `#${id} (${cause.code})` });
const nameOfFinding = ({ code, severity }: Finding): Hit => ({ name: `${code} (${severity})` });
const nameOfProblem = ({ code, input }: Problem): Hit => ({
	name: input === undefined ? code : `${code} (${input})`,
});

function compare(count: number, { comparison, number }: GateRule): boolean {
	switch (comparison) {
		case ">":
			return count > number;
		case ">=":
			return count >= number;
		case "<":
			return count < number;
		case "<=":
			return count <= number;
		case "=":
			return count === number;
	}
}

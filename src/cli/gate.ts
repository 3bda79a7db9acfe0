import { type GateRule, GateSyntaxError } from "../../grammars/fail-on.ts";
import type { Report } from "../model/report.ts";
import { applyGate, readGate } from "../report/gate.ts";
import { safe } from "../report/safe.ts";
import { complain, UsageError } from "./errors.ts";

/** The rules of all `--fail-on` options. A wrong one is answered with a caret at the spot. */
export function gateOf(expressions: readonly string[]): GateRule[] {
	return expressions.flatMap((expression) => {
		try {
			return readGate(expression);
		} catch (error) {
			if (!(error instanceof GateSyntaxError)) throw error;
			const { message, offset, length } = error;
			// What is shown may be longer than what was typed.
			const blanks = " ".repeat(safe(expression.slice(0, offset)).length);
			const carets = "^".repeat(Math.max(1, safe(expression.slice(offset, offset + length)).length));
			throw new UsageError(`--fail-on: ${message}`, [`  ${expression}`, `  ${blanks}${carets}`]);
		}
	});
}

/** Says which rules a report hits, one line each. Returns whether there is any. */
export function checkGate(rules: readonly GateRule[], report: Report): boolean {
	const hits = applyGate(rules, report).filter(({ hit }) => hit);
	for (const { rule, matches } of hits) {
		const shown = matches.slice(0, 8).map(({ name }) => name);
		if (matches.length > shown.length) shown.push(`and ${matches.length - shown.length} more`);
		complain(`--fail-on ${rule.text}: hit by ${shown.length > 0 ? shown.join(", ") : "none at all"}`);
	}
	return hits.length > 0;
}

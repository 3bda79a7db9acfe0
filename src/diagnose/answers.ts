import type { Facts, TriggerCode, Why } from "../model/report.ts";
import type { AnyRule, Found } from "./rule.ts";

/** No trigger applies: none of the rules does. */
export const noTrigger: Why<TriggerCode> = { code: "unknown", proof: "unknown", text: "the logs given do not show a decision", facts: {} };

/** Answers in words. Of a hundred thousand resyncs many have equal ones: they are one object. */
export class Answers {
	readonly #last = new Map<unknown, Why>();

	of<Code extends string>(rule: AnyRule<Code>, { proof, facts }: Found): Why<Code> {
		const last = this.#last.get(rule);
		if (last !== undefined && last.proof === proof && areEqual(last.facts, facts)) return last as Why<Code>;
		const why: Why<Code> = { code: rule.code, proof, text: rule.explain(facts), facts };
		this.#last.set(rule, why);
		return why;
	}
}

/** Two sets of facts of one rule. */
function areEqual(a: Facts, b: Facts): boolean {
	for (const name in a) if (a[name] !== b[name]) return false;
	for (const name in b) if (!(name in a)) return false;
	return true;
}

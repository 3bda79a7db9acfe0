import type { CauseCode, Evidence, Facts, Proof, TriggerCode } from "../model/report.ts";
import type { Case, Ground } from "./case.ts";

/** What a rule has found. */
export interface Found<F extends Facts = Facts> {
	readonly proof: Proof;
	readonly facts: F;
	/** The lines it rests on, the deciding one first. */
	readonly grounds: readonly (Ground | null | undefined)[];
	/** Lines of INFO that its figures come from. */
	readonly seen?: readonly Evidence[];
	/** What would raise the proof. */
	readonly missing?: readonly string[];
}

/** One cause or trigger: when it applies, in which words it is told, and what helps. */
export interface Rule<Code extends string, F extends Facts = Facts> {
	readonly code: Code;
	readonly check: (c: Case) => Found<F> | undefined;
	/** One sentence with the figures of the case. */
	readonly explain: (facts: F) => string;
	/** What would have avoided it, with values of the case; empty when nothing needs doing. */
	readonly remedy: (facts: F) => readonly string[];
}

// A list of rules holds rules of many facts; each is only ever given its own.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type AnyRule<Code extends string> = Rule<Code, any>;

export function defineCause<F extends Facts>(rule: Rule<CauseCode, F>): Rule<CauseCode, F> {
	return rule;
}

export function defineTrigger<F extends Facts>(rule: Omit<Rule<TriggerCode, F>, "remedy">): Rule<TriggerCode, F> {
	return { ...rule, remedy: () => [] };
}

import type { Story } from "../../correlate/index.ts";
import type { Evidence, Facts, FindingCode, Resync, Severity } from "../../model/report.ts";
import type { Ground } from "../case.ts";

/** What a rule has found, before it is put in words. */
export interface Draft<F extends Facts = Facts> {
	readonly severity: Severity;
	/** The node that it is about, or null when it is about several alike. */
	readonly node: string | null;
	/** Numbers of the resyncs that it spans. */
	readonly resyncs: readonly number[];
	readonly facts: F;
	/** The lines it rests on, in any order. */
	readonly grounds: readonly (Ground | null | undefined)[];
	/** Lines of INFO that it rests on. */
	readonly seen?: readonly Evidence[];
}

/** One finding: when it applies, in which words it is told, and what helps. */
export interface FindingRule<F extends Facts = Facts> {
	readonly code: FindingCode;
	/** Looks at the whole story once; time grows with its events and resyncs, not with their square. */
	readonly check: (story: Story, resyncs: readonly Resync[]) => readonly Draft<F>[];
	/** One sentence with the figures of the case. */
	readonly explain: (facts: F) => string;
	/** What helps, with values of the case. */
	readonly remedy: (facts: F) => readonly string[];
}

// A list of rules holds rules of many facts; each is only ever given its own.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type AnyFindingRule = FindingRule<any>;

export function defineFinding<F extends Facts>(rule: FindingRule<F>): FindingRule<F> {
	return rule;
}

import type { CauseCode, FailureCode, FindingCode, TriggerCode } from "../model/report.ts";
import { causeWords } from "./words/causes.ts";
import { failureWords } from "./words/failures.ts";
import { findingWords } from "./words/findings.ts";
import type { Words } from "./words/page.ts";
import { partialWords } from "./words/partials.ts";
import { triggerWords } from "./words/triggers.ts";

export type { Words } from "./words/page.ts";

/** What a code is a code of. */
export type Topic = "cause" | "trigger" | "failed try" | "finding";

/** Words for every code there is: a new code does not compile until it has some. */
export const words: {
	readonly cause: Readonly<Record<CauseCode, Words>>;
	readonly trigger: Readonly<Record<TriggerCode, Words>>;
	readonly "failed try": Readonly<Record<FailureCode, Words>>;
	readonly finding: Readonly<Record<FindingCode, Words>>;
} = {
	cause: { ...causeWords, ...partialWords },
	trigger: triggerWords,
	"failed try": failureWords,
	finding: findingWords,
};

/** The pages of one code: `primary-restarted` is a cause as well as a trigger. */
export function pagesOf(code: string): { readonly topic: Topic; readonly words: Words }[] {
	return (Object.keys(words) as Topic[]).flatMap((topic) => {
		const page = new Map(Object.entries(words[topic])).get(code);
		return page === undefined ? [] : [{ topic, words: page }];
	});
}

/** Every code, each once. */
export function allCodes(): string[] {
	return [...new Set(Object.values(words).flatMap((pages) => Object.keys(pages)))];
}

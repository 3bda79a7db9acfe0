import { expect, test } from "vitest";
import { failureReasons, findingCodes, fullCauses, partialCauses, triggers } from "../../src/model/report.ts";
import { allCodes, pagesOf, words } from "../../src/report/words.ts";

test("every code of the contract has its page, and no other", () => {
	expect(new Set(Object.keys(words.cause))).toEqual(new Set([...fullCauses, ...partialCauses, "unknown"]));
	expect(new Set(Object.keys(words.trigger))).toEqual(new Set(triggers));
	expect(new Set(Object.keys(words["failed try"]))).toEqual(new Set(failureReasons));
	expect(new Set(Object.keys(words.finding))).toEqual(new Set(findingCodes));
});

test.each(allCodes())("%s is explained in whole sentences", (code) => {
	for (const { words: page } of pagesOf(code)) {
		expect(page.title).toMatch(/^[a-zA-Z].*[^.]$/);
		for (const text of [page.means, page.proof, page.remedy, page.live]) {
			// A page may end with a command to type instead of a sentence.
			expect(text.length).toBeGreaterThan(4);
			expect(text).not.toMatch(/\s{2}|\n/);
		}
		expect(page.means).toMatch(/[.?!]$/);
		expect(page.proof).toMatch(/\.$/);
		expect(page.remedy).toMatch(/\.$/);
	}
});

test("a code of several kinds has a page for each", () => {
	expect(pagesOf("output-buffer-overrun").map(({ topic }) => topic)).toEqual(["trigger", "failed try"]);
	expect(pagesOf("no-such-code")).toEqual([]);
});

import { expect, test } from "vitest";
import { catalogue } from "../../grammars/messages/index.ts";
import { classicFront, parseFront } from "../../grammars/prefix.ts";

const samples = catalogue.flatMap(({ samples }) => samples).filter((line) => !/^(?:pid=|\{)/.test(line));

test("the usual front is read as the grammar reads it", () => {
	for (const line of samples) expect(parseFront(line), line).toEqual(classicFront(line));
});

test.each([
	"812:M 31 Feb 2026 20:39:14.531 * no such day",
	"812:M 29 Feb 20:39:14.531 * a leap year may be meant",
	"812:M 21 Nov 2026 24:39:14.531 * no such hour",
	"812:M 21 Nov 2026 23:59:60.999 * a leap second",
	"812:M 21 Foo 2026 23:59:59.999 * no such month",
	"812:M 21 Nov 2026 20:39:14.531 *  two blanks ",
	"812:M 21 Nov 2026 20:39:14.531 *none",
	"812:M 21 Nov 2026 20:39:14.531 * ",
	"352:356:S 21 Nov 2026 20:39:14.007 # a thread",
	"9999999999:C 21 Nov 20:39:14.070 . a large process",
	"812:M 21 Nov 2026 20:39:14.5311 * more digits",
])("as the grammar reads it: %s", (line) => {
	expect(parseFront(line)).toEqual(classicFront(line));
});

import { expect, test } from "vitest";
import { MessageGrammar } from "../../grammars/message-grammar.ts";
import { catalogue } from "../../grammars/messages/index.ts";
import { random } from "../bench/random.ts";

/*
 * A message that goes the way of one that was read before is read without the lexer. Whatever came
 * before, and however a message is damaged, it must be read as the lexer reads it.
 */

const grammar = new MessageGrammar();
const keep = (part: string): string => part;
const front = /^(?:\[\d+\]|\d+:(?:\d+:)?[XCSM]) \d\d [A-Z][a-z]{2} (?:\d{4} )?\d\d:\d\d:\d\d\.\d{3} [.\-*#] /;
const texts = catalogue.flatMap(({ samples }) => samples.map((sample) => sample.replace(front, "")));
const { below, pick } = random(7);

const damage: readonly ((text: string) => string)[] = [
	(text) => text.replace(/\d/g, () => String(below(10))),
	(text) => text.replace(/\d+/, () => pick(["0", "007", "-5", "-0", "", "99999999999999999999", "1.50"])),
	(text) => text.slice(0, below(text.length)),
	(text) => text + pick([" ", ".", ")", " (x)", text]),
	(text) => text.replace(pick(text.split(" ")), pick(pick(texts).split(" "))),
	(text) => `${text.slice(0, below(text.length))}${pick(texts).slice(-below(30))}`,
	(text) => text.replace(/ /, "  "),
];

test("what came before never changes what a message says", () => {
	let read = 0;
	for (let round = 0; round < 4; round++) {
		for (const sample of texts) {
			for (const text of [sample, pick(damage)(sample), pick(damage)(sample)]) {
				const byLexer = grammar.read(text, keep, false);
				expect(grammar.read(text, keep), text).toEqual(byLexer);
				if (byLexer !== undefined) read++;
			}
		}
	}
	expect(read).toBeGreaterThan(4 * texts.length);
});

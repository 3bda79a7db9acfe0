import { expect, test } from "vitest";
import { paragraph, textWidth, unbroken } from "../../src/report/text/layout.ts";

const page = (width: number, color = false) => ({ width, color });

test("lines break between words and never overflow", () => {
	expect(paragraph(page(10), ["one two three four"])).toBe("one two\nthree four");
});

test("a word that is too long alone is broken", () => {
	expect(paragraph(page(5), ["abcdefghijkl mn"])).toBe("abcde\nfghij\nkl mn");
});

test("further lines hang", () => {
	expect(paragraph(page(12), ["aaa bbb ccc"], { first: ["why "], hanging: 4 })).toBe("why aaa bbb\n    ccc");
});

test("runs of blanks are kept inside a line and dropped where it breaks", () => {
	expect(paragraph(page(20), ["a  b"])).toBe("a  b");
	expect(paragraph(page(3), ["aaa   bbb"])).toBe("aaa\nbbb");
});

test("unbroken text moves to the next line as a whole", () => {
	expect(paragraph(page(10), [`one ${unbroken("two three")}`])).toBe("one\ntwo three");
});

test("styles are painted line by line, and only where colour is allowed", () => {
	const spans = [{ text: "one two", style: "bad" as const }];
	expect(paragraph(page(3, true), spans)).toBe("\u001b[31mone\u001b[39m\n\u001b[31mtwo\u001b[39m");
	expect(paragraph(page(3), spans)).toBe("one\ntwo");
});

test("wide characters take two columns, combining ones none", () => {
	expect(textWidth("主节点")).toBe(6);
	expect(textWidth("e\u0301")).toBe(1);
	expect(paragraph(page(4), ["主节点"])).toBe("主节\n点");
});

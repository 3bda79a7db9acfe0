import { describe, expect, test } from "vitest";
import { catalogue } from "../../grammars/messages/index.ts";
import { openings } from "../../grammars/openings.ts";
import { parseFront } from "../../grammars/prefix.ts";
import { ByteSieve, byteTable, messageStart, messageStartOf, TextSieve } from "../../grammars/sieve.ts";
import { segments } from "../../grammars/template.ts";
import { holes } from "../../grammars/tokens.ts";

const bytes = new ByteSieve(byteTable(openings()));
const texts = new TextSieve(byteTable(openings()));
const matters = (message: string): boolean[] => {
	const buffer = Buffer.from(message);
	return [bytes.mayMatter(buffer, 0, buffer.length), texts.mayMatter(message)];
};
/** A message of a template, with words in its holes that say nothing. */
const filled = (template: string): string =>
	segments(template)
		.map((segment) => ("text" in segment ? segment.text : "12"))
		.join("");

test("no known message is sieved out", () => {
	for (const { wordings, samples } of catalogue) {
		for (const [, template] of wordings) expect(matters(filled(template)), template).toEqual([true, true]);
		for (const sample of samples) {
			const message = parseFront(sample)?.message;
			if (message !== undefined) expect(matters(message), sample).toEqual([true, true]);
		}
	}
});

test.each([
	"Accepted 10.0.0.7:40112",
	"Some module says something",
	"Served 12 requests in the last second",
	"-- this is no message --",
	"Removing the history file appendonly.aof.4.incr.aof in the background",
	"5 changed in 300 seconds. Saving...",
])("what is not known is sieved out: %s", (message) => {
	expect(matters(message)).toEqual([false, false]);
});

test.each(["MASTER &lt;-&gt; REPLICA", "\\*\\* Connection", "MASTER  REPLICA sync", "“Connection with"])(
	"what may be damaged is left to the grammar: %s",
	(message) => {
		expect(matters(message)).toEqual([true, true]);
	},
);

test("the rest of a known message may be missing, or damaged", () => {
	for (const { wordings } of catalogue) {
		for (const [, template] of wordings) {
			const message = filled(template);
			const opening = segments(template)[0];
			if (opening === undefined || !("text" in opening)) continue;
			for (let length = 1; length < opening.text.length; length++) expect(matters(message.slice(0, length).trimEnd())).toEqual([true, true]);
			const blank = opening.text.indexOf(" ", 9);
			if (blank > 0) expect(matters(`${message.slice(0, blank)} ${message.slice(blank)}`), template).toEqual([true, true]);
		}
	}
});

test("holes that are taken for one word hold no blank", () => {
	const { seconds, tails, anchors } = openings();
	expect(seconds).toContain(" changes in ");
	expect(tails).toEqual([" MB of memory used by copy-on-write"]);
	expect(anchors).toEqual([", disconnecting it: "]);
	for (const kind of ["Int", "Seconds", "Millis", "Bytes", "Offset", "Float", "Hex", "ReplId", "NodeId", "Word"] as const)
		for (const text of ["1 1", " 1", "1 ", " "]) expect(new RegExp(`^(?:${holes[kind].pattern})$`).test(text), kind).toBe(false);
});

test("an anchor of the next line does not count for this one", () => {
	const first = "Served 12 requests in the last second";
	const buffer = Buffer.from(`${first}\nUnexpected write, disconnecting it: id=7`);
	const sieve = new ByteSieve(byteTable(openings()));
	sieve.begin(buffer);
	expect(sieve.mayMatter(buffer, 0, first.length)).toBe(false);
	expect(sieve.mayMatter(buffer, first.length + 1, buffer.length)).toBe(true);
});

describe("where the message begins", () => {
	test.each([
		"812:M 21 Nov 2026 20:39:14.531 * hello",
		"1:S 21 Nov 20:39:14.531 # hello",
		"352:356:S 05 Apr 2020 19:22:14.313 # hello",
		"812:M 2026-11-21T20:39:14.531+05:30 - hello",
		"812:M 2026-11-21T20:39:14.531Z - hello",
		"812:X 1795293849421 . hello",
	])("%s", (line) => {
		const buffer = Buffer.from(`xx${line}`);
		expect(line.slice(messageStart(buffer, 2, buffer.length) - 2)).toBe("hello");
		expect(line.slice(messageStartOf(line))).toBe("hello");
		expect(parseFront(line)?.message).toBe("hello");
	});

	test.each([
		"",
		"812",
		"812:M",
		"812:M 21 Nov 2026 20:39:14.531 *",
		"[812] 21 Nov 20:39:14.531 * hello",
		"812:signal-handler (1795292032) hello",
		"redis_1  | 812:M 21 Nov 2026 20:39:14.531 * hello",
		"connected_clients:1",
		"12:30:55 is a time of day and no front at all",
	])("is for the grammar to say: %s", (line) => {
		const buffer = Buffer.from(line);
		expect(messageStart(buffer, 0, buffer.length)).toBe(-1);
	});
});

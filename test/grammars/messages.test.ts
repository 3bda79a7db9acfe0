import { describe, expect, expectTypeOf, it } from "vitest";
import { MessageGrammar } from "../../grammars/message-grammar.ts";
import { catalogue, type Fields } from "../../grammars/messages/index.ts";
import { segments } from "../../grammars/template.ts";
import { type HoleKind, holes } from "../../grammars/tokens.ts";

const grammar = new MessageGrammar();

/** The front of a sample line: what every version writes before the message, or nothing (raw lines). */
const front =
	/^(?:(?:\[\d+\]|\d+:(?:\d+:)?[XCSM]) \d\d [A-Z][a-z]{2} (?:\d{4} )?\d\d:\d\d:\d\d\.\d{3} [.\-*#] |(?:\[\d+ \| signal handler\]|\d+:signal-handler) \(\d+\) )/;

const client =
	"id=14 addr=127.0.0.1:35681 laddr=127.0.0.1:6379 fd=7 name= age=1 idle=0 flags=S db=0 cmd=psync user=default";
const hexDigits = (seed: number): string => seed.toString(16).padStart(2, "e").repeat(20);

/** A plausible text for the hole at a place of its template; different places get different texts. */
const texts: { readonly [K in HoleKind]: (at: number) => string } = {
	Int: (at) => String(10 + at),
	Seconds: (at) => String(60 + at),
	Millis: (at) => String(500 + at),
	Bytes: (at) => String(1_048_576 + at),
	Offset: (at) => `90071992547409${at + 10}`,
	Float: (at) => `${at}.25`,
	Hex: (at) => `8f1c2b7d90aa34e${at}`,
	Channel: () => "(rdb-channel)",
	ReplId: hexDigits,
	NodeId: hexDigits,
	Instance: (at) =>
		at % 2 === 0
			? `slave 10.0.0.${at}:6380 10.0.0.${at} 6380 @ main 10.0.0.9 6379`
			: `master main 10.0.0.${at} 6379`,
	Peer: (at) => (at % 2 === 0 ? `client id #${at}` : `10.0.0.${at}:<unknown-replica-port>`),
	Host: (at) => (at % 2 === 0 ? "::1" : `redis-${at}.example.org`),
	Word: (at) => `word-${at}`,
	Client: () => client,
	Text: (at) => `some words, number ${at}`,
};

/** A template with its holes filled, and the fields that must come out of it. */
function fill(template: string): { text: string; fields: Record<string, unknown> } {
	let text = "";
	const fields: Record<string, unknown> = {};
	for (const [at, segment] of segments(template).entries()) {
		if ("text" in segment) text += segment.text;
		else {
			const filled = texts[segment.kind](at);
			text += filled;
			fields[segment.name] = holes[segment.kind].value(filled);
		}
	}
	return { text, fields };
}

/** What a template looks like to a reader who does not know the names of its holes. */
const shape = (template: string): string =>
	segments(template)
		.map((segment) => ("text" in segment ? segment.text : `{${holes[segment.kind].pattern}}`))
		.join("");

describe("the catalogue", () => {
	it("names every message once", () => {
		const types = catalogue.map((message) => message.type);
		expect(types.filter((type, i) => types.indexOf(type) !== i)).toEqual([]);
	});

	it("has every wording once", () => {
		const owners = new Map<string, string>();
		for (const { type, wordings } of catalogue) {
			for (const [, template] of wordings) {
				const key = shape(template);
				expect(owners.get(key), template).toBeUndefined();
				owners.set(key, type);
			}
		}
	});

	it("knows the kind of every hole, and never puts two holes side by side", () => {
		for (const { type, wordings } of catalogue) {
			for (const [, template] of wordings) {
				const parts = segments(template);
				for (const [i, part] of parts.entries()) {
					if ("text" in part) {
						expect(part.text, `${type}: a hole that is not one`).not.toMatch(/\{|\}|%[sdlu.]/);
						continue;
					}
					expect(Object.keys(holes), `${type}: ${part.name}`).toContain(part.kind);
					const next = parts[i + 1];
					expect(next === undefined || "text" in next, template).toBe(true);
				}
			}
		}
	});

	it("opens with a hole only where long fixed words follow", () => {
		for (const { wordings } of catalogue) {
			for (const [, template] of wordings) {
				const [first, ...rest] = segments(template);
				if (first === undefined || "text" in first) continue;
				const longest = Math.max(...rest.map((part) => ("text" in part ? part.text.length : 0)));
				expect(longest, template).toBeGreaterThan(10);
			}
		}
	});

	it("leaves foreign lines alone", () => {
		for (const text of ["", "Accepted 127.0.0.1:52254", "Connection lost.", "RDB 7", "1 of 2", "x voted"]) {
			expect(grammar.parse(text), text).toBeUndefined();
		}
	});

	it("types the fields: certain where every wording has them, else optional", () => {
		expectTypeOf<Fields<"psync.rejected.backlog">["offset"]>().toEqualTypeOf<bigint>();
		expectTypeOf<Fields<"psync.rejected.backlog">["backlogFirst"]>().toEqualTypeOf<bigint | undefined>();
		expectTypeOf<Fields<"cluster.became-replica">["clusterNode"]>().toEqualTypeOf<string>();
		// Its oldest wordings have no hole at all.
		expectTypeOf<Fields<"replica.online">["replica"]>().toEqualTypeOf<string | undefined>();
	});
});

describe.each(catalogue.map((message) => [message.type, message] as const))("%s", (type, message) => {
	it("says what it means and who prints it when", () => {
		expect(message.means).toMatch(/^[A-Z?+].{10,}\.$/);
		for (const [versions] of message.wordings) {
			expect(versions).toMatch(/^(?:KeyDB|(?:redis-|valkey-)?\d\.\d)/);
		}
	});

	it("reads its samples", () => {
		expect(message.samples.length).toBeGreaterThan(0);
		for (const sample of message.samples) {
			const text = sample.replace(front, "");
			if (!sample.startsWith("===")) expect(text.length, sample).toBeLessThan(sample.length);
			expect(grammar.parse(text)?.type, sample).toBe(type);
			const said = grammar.read(text);
			// Its wording and values are the text again, unless they tell that they are not.
			if (said?.exact) expect(said.wording.text(said.fields)).toBe(text.trim());
		}
	});

	it.each(message.wordings)("reads its wording of %s: %s", (_, template) => {
		const { text, fields } = fill(template);
		expect(grammar.parse(text)).toEqual({ type, fields });
		expect(grammar.parse(` ${text}  `)?.type).toBe(type);
		const said = grammar.read(text);
		expect(said?.exact).toBe(true);
		expect(said?.wording.text(said.fields)).toBe(text.trim());
	});
});

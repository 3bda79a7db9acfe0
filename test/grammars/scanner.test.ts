import { describe, expect, test, vi } from "vitest";
import { catalogue } from "../../grammars/messages/index.ts";
import { openings } from "../../grammars/openings.ts";
import { parseFront } from "../../grammars/prefix.ts";
import { FRACTION, type LayoutPart, LineScanner, messageHash, messageStartOf } from "../../grammars/scanner.ts";
import { segments } from "../../grammars/template.ts";
import { holes } from "../../grammars/tokens.ts";

const scanner = LineScanner.of(openings()) as LineScanner;
const front = "812:M 21 Nov 2026 20:39:14.531 * ";
/** Whether a message is left, by itself and behind a front among others. */
const matters = (message: string): boolean[] => {
	const line = Buffer.from(`${front}Accepted 10.0.0.7:40112\n${front}${message}\n`);
	scanner.begin(line);
	scanner.pass(0);
	return [scanner.mayMatter(message), scanner.lines === 1];
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
	scanner.begin(Buffer.from(`${front}${first}\n${front}Unexpected write, disconnecting it: id=7\n`));
	scanner.pass(0);
	expect(scanner.lines).toBe(1);
	expect(scanner.mayMatter(first)).toBe(false);
	expect(scanner.mayMatter("Unexpected write, disconnecting it: id=7")).toBe(true);
	expect(scanner.mayMatter("Unexpected write, disconnecting her")).toBe(false);
});

test("what was looked at before does not count", () => {
	expect(scanner.mayMatter(`${"x".repeat(60)} and more words of a module, disconnecting it: id=7`)).toBe(true);
	expect(scanner.mayMatter("xxxxxxxxx and")).toBe(false);
	expect(scanner.mayMatter("x".repeat(5000))).toBe(true);
});

test("places are those of the chunk, and lines are counted without their ends", () => {
	const lines = ["Accepted 10.0.0.7:40112", "Accepted 10.0.0.8:4", "Accepted 10.0.0.9:40113"].map((text) => front + text);
	const text = `x\n${lines[0]}\r\n${lines[1]}\n${lines[2]}\n${front}DB saved on disk\n${front}Accep`;
	scanner.begin(Buffer.from(text));
	scanner.pass(2);
	const { lines: count, bytes, width, firstEnd, last, lastEnd, next, nextMessage, nextEnd } = scanner;
	expect({ count, bytes, width }).toEqual({ count: 3, bytes: lines.join("").length, width: (lines[0] as string).length });
	expect(text.slice(2, firstEnd)).toBe(lines[0]);
	expect(text.slice(last, lastEnd)).toBe(lines[2]);
	expect(text.slice(next, nextEnd)).toBe(`${front}DB saved on disk`);
	expect(text.slice(nextMessage, nextEnd)).toBe("DB saved on disk");
	scanner.pass(nextEnd + 1);
	expect([scanner.lines, text.slice(scanner.next)]).toEqual([0, `${front}Accep`]);
	expect(scanner.nextEnd).toBeLessThan(0);
});

test("a chunk ends where it ends, whatever stood there before", () => {
	const line = `${front}Accepted 10.0.0.7:40112\n`;
	scanner.begin(Buffer.from(line.repeat(3)));
	scanner.begin(Buffer.from(line.slice(0, -1)));
	scanner.pass(0);
	expect(scanner.lines).toBe(0);
	expect(() => scanner.begin(Buffer.alloc(scanner.chunk + 1))).toThrow(RangeError);
});

describe("lines in a wrapper", () => {
	const part = (text: string): LayoutPart => Uint8Array.from(Buffer.from(text.replaceAll("9", "\0")));
	const layout = { prefix: [part('{"at":"99.'), FRACTION, part('","log":"')], suffix: [part('\\n"}')], quoted: true };
	const line = (text: string, at = "12.5317"): string => `{"at":"${at}","log":"${front}${text}\\n"}\n`;
	const passed = (text: string): number => {
		scanner.begin(Buffer.from(text));
		scanner.passWrapped(0, layout);
		return scanner.lines;
	};

	test("are passed over as long as their layout is the same", () => {
		expect(scanner.fit(layout)).toBe(true);
		const noise = line("Accepted 10.0.0.7:40112");
		expect(passed(noise + line("Accepted 10.0.0.7:1", "99.1"))).toBe(2);
		expect(scanner.width).toBe(`${front}Accepted 10.0.0.7:40112`.length);
		for (const other of [
			line("DB saved on disk"),
			line("Accepted 10.0.0.7:40112", "12."),
			line("Accepted 10.0.0.7:40112", "1x.3"),
			line('Accepted "10.0.0.7:40112'),
			line("Accepted 10.0.0.7:40112").replace('n"}', 'n" }'),
			line("Accepted ünïcode words"),
			line("Unexpected write, disconnecting it: id=7"),
			noise.slice(0, -1),
		])
			expect(passed(noise + other + noise), other).toBe(1);
	});

	test("a layout that is too long has no room", () => {
		expect(scanner.fit({ prefix: [part("x".repeat(2000))], suffix: [], quoted: false })).toBe(true);
		expect(scanner.fit({ prefix: [part("x".repeat(3000))], suffix: [], quoted: false })).toBe(false);
	});
});

describe("where the message begins", () => {
	const startOf = (line: string): number => {
		scanner.begin(Buffer.from(`xx${line}\n`));
		scanner.pass(2);
		return scanner.nextMessage - 2;
	};

	test.each([
		"812:M 21 Nov 2026 20:39:14.531 * hello",
		"1:S 21 Nov 20:39:14.531 # hello",
		"352:356:S 05 Apr 2020 19:22:14.313 # hello",
		"812:M 2026-11-21T20:39:14.531+05:30 - hello",
		"812:M 2026-11-21T20:39:14.531Z - hello",
		"812:X 1795293849421 . hello",
	])("%s", (line) => {
		expect(line.slice(startOf(line))).toBe("hello");
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
		expect(startOf(line)).toBeLessThan(0);
		expect(messageStartOf(line)).toBe(-1);
	});

	test("the front of the line before is no front of another shape", () => {
		const shapes = ["812:M 21 Nov 2026 20:39:14.531 * ", "8:S 21 Nov 20:39:14.531 # ", "812:M 2026-11-21T20:39:14.531Z - ", "812:X 1795293849421 . "];
		const noise = "Accepted 10.0.0.7:40112\n";
		for (const a of shapes) {
			for (const b of shapes) {
				scanner.begin(Buffer.from(a + noise + b + noise + a + noise));
				scanner.pass(0);
				expect(scanner.lines).toBe(3);
				for (const bad of [`x${b}`, b.replace(/\d(?=\d\d )/, "x"), b.replace(/ . $/, " + "), b.replace(/\d /, " ")].filter((bad) => bad !== b)) {
					scanner.begin(Buffer.from(a + noise + bad + noise + a + noise));
					scanner.pass(0);
					expect(scanner.lines, bad).toBe(1);
				}
			}
		}
	});
});

test("the front of a plain line is told in numbers", () => {
	const read = (line: string): object | undefined => {
		scanner.begin(Buffer.from(`${line}\r\n`));
		scanner.pass(0);
		if (!scanner.isPlain) return undefined;
		const { process, roleAndLevel, month, yearAndDay, dayTime, nextMessage } = scanner;
		return {
			process,
			letters: String.fromCharCode(roleAndLevel & 255, roleAndLevel >> 8, month & 255, (month >> 8) & 255, month >> 16),
			date: [yearAndDay >> 5, yearAndDay & 31],
			dayTime,
			message: line.slice(nextMessage),
		};
	};
	const front = { process: 812, letters: "M*Nov", date: [2026, 21], dayTime: ((20 * 60 + 39) * 60 + 14) * 1000 + 531 };
	expect(read("812:M 21 Nov 2026 20:39:14.531 * DB saved on disk")).toEqual({ ...front, message: "DB saved on disk" });
	expect(read("812:356:M 21 Nov 2026 20:39:14.531 * DB saved on disk")).toEqual({ ...front, message: "DB saved on disk" });
	expect(read("812:M 21 Nov 2026 23:59:60.531 * DB saved on disk")).toMatchObject({ dayTime: 24 * 36e5 + 531 });
	for (const line of [
		"812:M 21 Nov 20:39:14.531 * DB saved on disk",
		"812:M 2026-11-21T20:39:14.531Z * DB saved on disk",
		"812:M 21 Nov 2026 24:39:14.531 * DB saved on disk",
		"8120000000:M 21 Nov 2026 20:39:14.531 * DB saved on disk",
		"812:M 21 Nov 2026 20:39:14.531 * DB saved on disk\t",
		"812:M 21 Nov 2026 20:39:14.531 * DB saved on dïsk",
	])
		expect(read(line), line).toBeUndefined();
});

test("the hash of a message is that of its string", () => {
	const message = "Background saving started by pid 4242";
	const hashes = Array.from({ length: message.length - 9 }, (_, cut) => {
		const text = message.slice(0, message.length - cut);
		scanner.begin(Buffer.from(`${front}${text}\r\n`));
		scanner.pass(0);
		expect(scanner.isPlain).toBe(true);
		expect(scanner.hash, text).toBe(messageHash(text));
		return scanner.hash;
	});
	expect(new Set(hashes).size).toBe(hashes.length);
});

test("all lines of a chunk are told in rows, many at a time", () => {
	const quiet = `${front}Accepted 10.0.0.7:40112\n`;
	const [known, odd] = [`${front}DB saved on disk`, "no front at all\r"];
	const text = `${quiet}${known}\r\n${quiet}${quiet}${odd}\n`;
	const chunk = `xx\n${text.repeat(1090)}`;
	scanner.begin(Buffer.from(chunk));
	const [rows, kept]: [number[], string[]] = [[], []];
	for (let at = 3; at < chunk.length; ) {
		const found = scanner.collect(at, chunk.length, kept.join("").length, at);
		rows.push(...found.rows);
		kept.push(Buffer.from(found.kept).toString("latin1"));
		at = found.next;
	}
	expect(kept.length).toBeGreaterThan(1);
	const lines = kept.join("");
	const of = (row: number): number[] => rows.slice(10 * row, 10 * row + 10);
	for (let n = 0; n < 4 * 1090; n += 4) {
		const [one, matters, two, left] = [of(n), of(n + 1), of(n + 2), of(n + 3)] as [number[], number[], number[], number[]];
		expect([one[0], two[0], matters[0], left[0]]).toEqual([1, 2, 0, 0]);
		expect(lines.slice(two[5], two[6])).toBe(quiet.trimEnd());
		expect(chunk.slice(two[7], two[8])).toBe(quiet + quiet);
		expect(lines.slice(matters[3], matters[4])).toBe(known);
		expect(lines.slice(matters[1], matters[4])).toBe("DB saved on disk");
		expect([lines.slice(left[3], left[4]), left[1]]).toEqual([odd, -1]);
	}
});

test("where there is no WebAssembly there is no scanner", () => {
	vi.stubGlobal("WebAssembly", undefined);
	try {
		expect(LineScanner.of(openings())).toBeUndefined();
	} finally {
		vi.unstubAllGlobals();
	}
});

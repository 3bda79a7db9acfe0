import { describe, expect, test } from "vitest";
import { parseFront } from "../../grammars/prefix.ts";
import { messageHash } from "../../grammars/scanner.ts";
import { copyOf, type Draft, draftOf } from "../../src/input/draft.ts";
import { memo } from "../../src/input/grammar.ts";
import { Origins } from "../../src/input/origin.ts";
import { plainEvent } from "../../src/model/event.ts";

function draft(line: string, origins = new Origins("a.log"), outerTime: number | null = null): Draft {
	const front = parseFront(line);
	const known = front && memo().read(front.message);
	if (front === undefined || known === undefined) throw new Error(line);
	return draftOf(origins, { front, number: 7, outerTime }, known);
}

const request = `Trying a partial resynchronization (request ${"a0".repeat(20)}:42320).`;
const line = `4242:S 21 Nov 2026 20:39:14.531 * ${request}`;
const all = {
	place: { input: "a.log", line: 7 },
	time: Date.UTC(2026, 10, 21, 20, 39, 14, 531),
	zone: null,
	precision: 1,
	outerTime: null,
	pid: 4242,
	role: "S",
	level: "*",
	signal: false,
	text: request,
	type: "psync.request",
	fields: { replid: "a0".repeat(20), offset: 42320n },
};

test("an event says all that its line says, and so does its JSON", () => {
	const event = draft(line);
	expect(plainEvent(event)).toEqual(all);
	expect(
		JSON.parse(JSON.stringify(draft("1:M 01 Jan 2026 00:00:00.000 # Connection with master lost."))),
	).toEqual({
		...all,
		time: Date.UTC(2026, 0, 1),
		pid: 1,
		role: "M",
		level: "#",
		text: "Connection with master lost.",
		type: "link.primary-lost",
		fields: {},
	});
});

test("times of all centuries, forth and back, are told to the millisecond", () => {
	const origins = new Origins("a.log");
	const times = [0, 1, 2 ** 30 - 1, 2 ** 30, 2 ** 31, -1, Date.UTC(1971, 1, 2), Date.UTC(9999, 11, 31) + 999];
	const events = times.map((time) => {
		const event = draft(line, origins);
		event.time = time;
		return event;
	});
	expect(events.map(({ time }) => time)).toEqual(times);
	const [first] = events as [Draft];
	first.time = null;
	expect(first.time).toBe(null);
	first.time = 5;
	expect(first.time).toBe(5);
	expect(events[1]?.time).toBe(1);
});

test.each([0, 17, 2 ** 31, Date.UTC(2026, 10, 21), Date.UTC(9999, 11, 31)])(
	"a wrapper's time, %i",
	(outerTime) => {
		const event = draft(line, new Origins("a.log"), outerTime);
		expect(plainEvent(event)).toEqual({ ...all, outerTime });
		event.time = 5;
		expect(event).toMatchObject({ time: 5, outerTime });
		event.attached = true;
		expect(event.attached).toBe(true);
	},
);

describe("a number that is written in an unusual way", () => {
	test.each(["007", "-0", "-03"])("%s", (offset) => {
		const text = request.replace("42320", offset);
		expect(plainEvent(draft(line.replace(request, text)))).toEqual({
			...all,
			text,
			fields: { ...all.fields, offset: BigInt(offset) },
		});
	});
});

test("the time of a copy is its own", () => {
	const event = draft("4242:S 21 Nov 20:39:14.531 * Connection with master lost.", new Origins("a.log"), 17);
	const copy = copyOf(event);
	copy.time = 3;
	expect(event.time).toBe(Date.UTC(1972, 10, 21, 20, 39, 14, 531));
	expect(copy).toMatchObject({ time: 3, yearless: true, outerTime: 17 });
	copy.time = null;
	expect(copy).toMatchObject({ time: null, outerTime: 17 });
	expect(copyOf(event, new Origins("b.log")).place).toEqual({ input: "b.log", line: 7 });
	expect(copyOf(event).outerTime).toBe(17);
});

test("a message that comes again says the same, and is kept once, however many came between", () => {
	const texts = Array.from({ length: 10_000 }, (_, i) => request.replace("42320", String(i % 5000)));
	for (const [i, text] of texts.entries()) {
		const known = memo().read(text);
		expect(known?.wording.text(known.fields)).toBe(text);
		expect(known?.fields).toEqual({ replid: "a0".repeat(20), offset: BigInt(i % 5000) });
	}
	const [, one, two] = [memo().read(request), memo().read(request), memo().read(request)];
	expect(one?.fields).toBe(two?.fields);
});

describe("a message as bytes", () => {
	const bytes = (text: string): Buffer => Buffer.from(`xx${text}\n`);
	const readBytes = (text: string) => memo().readBytes(bytes(text), 2, 2 + text.length, messageHash(text));

	test.each(["", "x", request, "Connection with master lost."])(
		"says what it says as a string: '%s'",
		(text) => {
			for (let times = 0; times < 3; times++)
				expect(readBytes(text)?.fields).toEqual(memo().read(text)?.fields);
		},
	);

	test.each([
		"Connection with master lost. <-- here",
		"Unable to AUTH to MASTER: -ERR AUTH secret1",
		`Background saving started by pid 98019801:C 21 Nov 2026 20:39:14.531 * ${request}`,
	])("is left to the string where that may say other things: %s", (text) => {
		expect(readBytes(text)).toBeUndefined();
		// Also when it has been read as a string before.
		memo().read(text);
		expect(readBytes(text)).toBeUndefined();
	});
});

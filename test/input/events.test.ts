import { describe, expect, test } from "vitest";
import { readEvent, writeEvent } from "../../src/input/events.ts";
import { plainEvent } from "../../src/model/event.ts";
import { data, only, readText } from "./read.ts";

const samples = ["replica-7.2.log", "primary-4.0.log", "logfmt-8.1.log"];

describe.each(samples)("%s", (name) => {
	test("every event is the same when read again", async () => {
		for (const event of only(await readText(data(name))).events) {
			const again = readEvent(JSON.stringify(writeEvent(event, "db-1")));
			expect(again?.node).toBe("db-1");
			expect(again && plainEvent(again.event)).toEqual(plainEvent(event));
		}
	});

	test("written events are an input", async () => {
		const { events } = only(await readText(data(name)));
		const written = events.map((event) => JSON.stringify(writeEvent(event, "db-1"))).join("\n");
		const stream = only(await readText(`${written}\n`));
		expect(stream.wrapper).toBe("events");
		expect(stream.label).toBe("db-1");
		expect(stream.events.map(plainEvent)).toEqual(events.map(plainEvent));
	});
});

test("events of several nodes become several streams", async () => {
	const { events } = only(await readText(data("replica-7.2.log")));
	const written = events
		.map((event, i) => JSON.stringify(writeEvent(event, i % 2 === 0 ? "a" : "b")))
		.join("\n");
	expect((await readText(written)).streams.map(({ label, events: own }) => [label, own.length])).toEqual([
		["a", 25],
		["b", 24],
	]);
});

test("a written event shows its values as plain numbers", async () => {
	const { events } = only(await readText(data("replica-7.2.log")));
	const event = events.find(({ type }) => type === "psync.request");
	expect(event && writeEvent(event, null)).toMatchObject({
		type: "psync.request",
		offset: 20654,
		node: null,
		input: "-",
	});
});

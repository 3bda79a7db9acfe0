import { describe, expect, test } from "vitest";
import { only, readText } from "./read.ts";

const at = (date: string, text = "Connection with master lost."): string => `812:S ${date}.000 # ${text}`;
const times = async (...lines: string[]): Promise<(string | null)[]> =>
	only(await readText(lines.join("\n"))).events.map(({ time }) =>
		time === null ? null : new Date(time).toISOString().slice(0, 19),
	);
const codes = async (...lines: string[]): Promise<string[]> =>
	(await readText(lines.join("\n"))).problems.map(({ code }) => code);

describe("logs without a year", () => {
	test("keep a placeholder year, and one problem says so", async () => {
		expect(await times(at("21 Nov 20:00:00"), at("22 Nov 20:00:00"))).toEqual([
			"1972-11-21T20:00:00",
			"1972-11-22T20:00:00",
		]);
		expect(await codes(at("21 Nov 20:00:00"), at("22 Nov 20:00:00"))).toEqual(["year-unknown"]);
	});

	test("go over the New Year in order", async () => {
		expect(
			await times(at("31 Dec 23:59:59"), at("01 Jan 00:00:01"), at("30 Dec 10:00:00"), at("02 Jan 00:00:00")),
		).toEqual(["1972-12-31T23:59:59", "1973-01-01T00:00:01", "1973-12-30T10:00:00", "1974-01-02T00:00:00"]);
	});

	test("do not take a step of the clock for a year", async () => {
		expect(await times(at("21 Nov 20:00:00"), at("21 Nov 19:00:00"))).toEqual([
			"1972-11-21T20:00:00",
			"1972-11-21T19:00:00",
		]);
	});

	test("know 29 February", async () => {
		expect(await times(at("29 Feb 12:00:00"))).toEqual(["1972-02-29T12:00:00"]);
	});

	const signal = (date: string): string =>
		`812:signal-handler (${Date.parse(`${date}Z`) / 1000}) Received SIGTERM scheduling shutdown...`;

	test("take the year from a line of the signal handler, which stays as it is", async () => {
		const lines = [at("31 Dec 23:30:00"), at("01 Jan 00:30:00"), signal("2016-12-31T22:30:01")];
		expect(await times(...lines)).toEqual(
			["2015-12-31T23:30:00", "2016-01-01T00:30:00", "2016-12-31T22:30:01"].map((t, i) =>
				i === 0 ? "2016-12-31T23:30:00" : i === 1 ? "2017-01-01T00:30:00" : t,
			),
		);
		expect(await codes(...lines)).toEqual([]);
		const { events } = only(await readText(lines.join("\n")));
		expect(events.at(-1)).toMatchObject({ signal: true, zone: 0, precision: 1000 });
	});

	test("take the year from a line that comes after an upgrade", async () => {
		const lines = [
			at("30 Dec 10:00:00"),
			at("02 Jan 10:00:00"),
			"900:S 03 Jan 2019 10:00:00.000 # Connection with master lost.",
		];
		expect(await times(...lines)).toEqual([
			"2018-12-30T10:00:00",
			"2019-01-02T10:00:00",
			"2019-01-03T10:00:00",
		]);
	});

	test("take the year from a wrapper", async () => {
		const wrapped = (outer: string, line: string): string => `${outer}Z ${line}`;
		expect(
			await times(
				wrapped("2017-12-31T22:59:59", at("31 Dec 23:59:59")),
				wrapped("2017-12-31T23:00:01", at("01 Jan 00:00:01")),
			),
		).toEqual(["2017-12-31T23:59:59", "2018-01-01T00:00:01"]);
	});

	test("take the year from a date beside them", async () => {
		expect(
			await times("Active: active (running) since Thu 2024-07-25 20:43:30 UTC", at("25 Jul 20:43:52")),
		).toEqual(["2024-07-25T20:43:52"]);
		// A date far from the log's days is about something else.
		expect(await codes("Released on 2024-02-01", at("25 Jul 20:43:52"))).toEqual(["year-unknown"]);
	});
});

test("the signal handler's clock sets no bounds", async () => {
	const text = [
		"812:S 21 Nov 2026 20:00:00.000 # Connection with master lost.",
		"812:signal-handler (1795300000) Received SIGTERM scheduling shutdown...",
	];
	const stream = only(await readText(text.join("\n")));
	expect(stream.to).toBe(Date.UTC(2026, 10, 21, 20));
});

test("times of day without a date keep their order over midnight", async () => {
	const { events } = only(
		await readText(
			"23:59:59.500 812:S Connection with master lost.\n00:00:01.500 812:S MASTER <-> REPLICA sync started\n",
		),
	);
	const [first, second] = events;
	expect((second?.time ?? 0) - (first?.time ?? 0)).toBe(2000);
});

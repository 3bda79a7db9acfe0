import { expect, test } from "vitest";
import { idA, Scene, tellLogs } from "./scene.ts";

const line = (time: string, text = "* Background saving terminated with success", pid = 100): string =>
	`${pid}:M 21 Nov 2026 ${time} ${text}\n`;

test("a log that goes backwards", () => {
	const told = tellLogs({
		"node.log": line("20:00:10.000") + line("20:00:20.000") + line("19:58:00.000") + line("19:58:30.000"),
	});
	expect(told.of("clock-stepped")).toMatchObject([
		{
			severity: "warning",
			node: "node",
			facts: { steps: 1, byMs: -140_000, proof: "log", daylightSaving: 0 },
		},
	]);
});

test("an hour back is daylight saving time", () => {
	const told = tellLogs({ "node.log": line("02:59:59.900") + line("02:00:00.100") });
	expect(told.of("clock-stepped")).toMatchObject([{ severity: "info", facts: { daylightSaving: 1 } }]);
});

test("lines of two processes, and milliseconds out of order, are no step", () => {
	expect(
		tellLogs({ "node.log": line("20:00:10.000") + line("20:00:05.000", "* DB saved on disk", 101) }).of(
			"clock-stepped",
		),
	).toEqual([]);
	expect(tellLogs({ "node.log": line("20:00:10.010") + line("20:00:10.002") }).of("clock-stepped")).toEqual(
		[],
	);
});

/** A replica whose clock is ahead, and set forward by so much half-way. */
function skewed(ahead: number, step: number): Record<string, string> {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.full("replica", "primary", 1000, null, `${idA}:0`);
	for (const at of [10_000, 20_000, 30_000, 40_000])
		scene.lose("replica", "primary", at).partial("replica", "primary", at + 5, `${idA}:${at}`);
	const moved = scene.text("replica").replace(/20:00:(\d\d)\.(\d\d\d)/g, (_, s: string, ms: string) => {
		const at = Number(s) * 1000 + Number(ms);
		return new Date(Date.UTC(2026, 10, 21, 20) + at + ahead + (at >= 25_000 ? step : 0))
			.toISOString()
			.slice(11, 23);
	});
	return { "primary.log": scene.text("primary"), "replica.log": moved };
}

test("a clock that is merely ahead was not set", () => {
	expect(tellLogs(skewed(37_500, 0)).of("clock-stepped")).toEqual([]);
});

test("a step that only the handshakes show", () => {
	const [finding] = tellLogs(skewed(37_500, 90_000)).of("clock-stepped");
	expect(finding).toMatchObject({ severity: "warning", facts: { steps: 1, proof: "handshakes" } });
	expect(Math.abs(Number(finding?.facts["byMs"]) - 90_000)).toBeLessThan(50);
});

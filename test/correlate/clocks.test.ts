import { describe, expect, test } from "vitest";
import { Scene, tellLogs } from "../diagnose/findings/scene.ts";

const id = "2a8775ae13bc7fbb0c5e2b7e7c9fd2d68ab5eb7c";

/** The same log as a server with another clock would have written it. */
function onClock(text: string, difference: (ms: number) => number): string {
	return text.replace(/21 Nov 2026 (\d\d:\d\d:\d\d\.\d{3})/g, (_, clock: string) => {
		const at = Date.parse(`2026-11-21T${clock}Z`);
		const shown = new Date(at + Math.round(difference(at))).toISOString();
		const month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][Number(shown.slice(5, 7)) - 1];
		return `${shown.slice(8, 10)} ${month} ${shown.slice(0, 4)} ${shown.slice(11, 23)}`;
	});
}

function pair(): Scene {
	const scene = new Scene().node("p", "M").node("r", "S", 10);
	scene.full("r", "p", 100, null, `${id}:0`);
	for (let i = 1; i <= 8; i++) {
		scene.lose("r", "p", i * 30_000);
		scene.partial("r", "p", i * 30_000 + 2, `${id}:${i * 1000 + 1}`);
	}
	return scene;
}

const logs = (scene: Scene, difference: (ms: number) => number): Record<string, string> => ({
	"p.log": scene.text("p"),
	"r.log": onClock(scene.text("r"), difference),
});

describe("two logs on two clocks", () => {
	for (const hours of [-14, -5.5, -1, 0, 0.25, 9, 14]) {
		test(`${hours} h apart: joined all the same, and the difference named`, () => {
			const { story, resyncs } = tellLogs(logs(pair(), () => hours * 3_600_000));
			expect(resyncs.map((r) => r.verdict)).toEqual(["full", ...Array(8).fill("partial")]);
			expect(resyncs.every((r) => r.cause.proof === "proven")).toBe(true);
			const replica = story.servers.find((s) => s.name === "r");
			const clock = replica === undefined ? null : story.clocks.of(replica);
			expect(Math.abs((clock?.offset ?? Number.NaN) - hours * 3_600_000)).toBeLessThanOrEqual(clock?.bound ?? 0);
			expect(clock?.bound).toBeLessThanOrEqual(2);
		});
	}

	test("no answer stands before its question, with 100 ppm of drift or a step in the middle", () => {
		const start = Date.parse("2026-11-21T20:00:00Z");
		for (const difference of [
			(ms: number) => 7000 + (ms - start) * 100e-6,
			(ms: number) => (ms - start > 130_000 ? 250_000 : 3000),
		]) {
			const { resyncs, story } = tellLogs(logs(pair(), difference));
			expect(resyncs).toHaveLength(9);
			for (const { lostAt, askedAt, decidedAt, onlineAt } of resyncs) {
				const times = [lostAt, askedAt, decidedAt, onlineAt].filter((t) => t !== null).map((t) => Date.parse(t));
				for (const [i, time] of times.entries()) expect(time).toBeGreaterThanOrEqual((times[i - 1] ?? 0) - 2);
			}
			expect(story.clocks.steps.length).toBe(difference(start + 200_000) > 100_000 ? 1 : 0);
		}
	});

	test("a clock that is set back confuses no handshake, and its lines keep their order", () => {
		const start = Date.parse("2026-11-21T20:00:00Z");
		// Back by seconds, by more than lies between two handshakes, by an hour or by half a day.
		for (const back of [5000, 40_000, 250_000, 3_600_000, 43_200_000]) {
			for (const at of [61_000, 130_000, 200_000]) {
				const scene = pair();
				const { resyncs, story, of } = tellLogs(logs(scene, (ms) => (ms - start > at ? 3000 - back : 3000)));
				expect(resyncs.map((r) => r.verdict)).toEqual(["full", ...Array(8).fill("partial")]);
				expect(resyncs.every((r) => r.cause.proof === "proven")).toBe(true);
				const truth = scene.tell();
				for (const [i, { askedAt, onlineAt }] of resyncs.entries()) {
					expect(onlineAt?.slice(0, 21)).toBe(truth.resyncs[i]?.onlineAt?.slice(0, 21));
					expect(askedAt?.slice(0, 21)).toBe(truth.resyncs[i]?.askedAt?.slice(0, 21));
				}
				for (const server of story.servers) {
					const times = server.events.map((e) => story.time(server, e)).filter((t) => t !== null);
					for (const [j, time] of times.entries()) expect(time).toBeGreaterThanOrEqual((times[j - 1] ?? 0) - 5);
				}
				expect(story.clocks.steps.map(({ server }) => server.name)).toEqual(["r"]);
				expect(Math.abs((story.clocks.steps[0]?.by ?? 0) + back)).toBeLessThanOrEqual(10);
				const [finding, ...more] = of("clock-stepped");
				expect(more).toEqual([]);
				expect(finding?.facts["steps"]).toBe(1);
			}
		}
	});

	test("a line of the signal handler tells the zone", () => {
		const scene = pair();
		const end = Date.parse("2026-11-21T20:10:00Z");
		const text = `${scene.text("p")}200:signal-handler (${end / 1000 - 19_800}) Received SIGTERM scheduling shutdown...\n200:M 21 Nov 2026 20:10:00.021 * User requested shutdown...\n`;
		const { story, resyncs } = tellLogs({ "p.log": text, "r.log": scene.text("r") });
		expect(story.clocks.referenceZone).toBe(330);
		expect(resyncs[0]?.askedAt).toBe("2026-11-21T14:30:00.100Z");
	});
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idA, Scene } from "./scene.ts";

/** The smallest backlog that a server makes (server.h, CONFIG_REPL_BACKLOG_MIN_SIZE). */
const smallest = 16_384;

interface Outage {
	/** What the replica asks for: one byte beyond what it has. */
	readonly offset: number;
	/** What the primary has written by then. */
	readonly primary: number;
}

/** A backlog as replication.c keeps it: the last `size` bytes, and masterTryPartialResynchronization's question. */
function accepts(size: number, { offset, primary }: Outage): boolean {
	const held = Math.min(Math.max(size, smallest), primary);
	const first = primary - held + 1;
	return offset >= first && offset <= first + held;
}

/** Outages in which the primary writes so many bytes, each refused by a backlog that was too small. */
function history(missed: readonly number[], between: readonly number[]): { scene: Scene; outages: Outage[] } {
	const scene = new Scene().node("primary", "M").node("replica", "S").full("replica", "primary", 1000, null, `${idA}:0`);
	const outages: Outage[] = [];
	let offset = 1;
	for (const [i, size] of missed.entries()) {
		offset += between[i] ?? 0;
		const primary = offset + size - 1;
		const at = 600_000 * (i + 1);
		scene.lose("replica", "primary", at);
		scene.full(
			"replica", "primary", at + 5000, `${idA}:${offset}`, `${idA}:${primary}`,
			`Unable to partial resync with replica ${scene.address("replica")} for lack of backlog (Replica request was: ${offset}).`,
		);
		outages.push({ offset, primary });
		offset = primary + 1;
	}
	return { scene, outages };
}

const histories = fc
	.array(fc.tuple(fc.integer({ min: smallest + 1, max: 2 ** 34 }), fc.integer({ min: 1, max: 2 ** 30 })), { minLength: 1, maxLength: 12 })
	.map((all) => history(all.map(([missed]) => missed), all.map(([, between]) => between)));

const units: Readonly<Record<string, number>> = { kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30 };

function configured(text: string): number {
	const [, digits = "", unit = ""] = /repl-backlog-size "?(\d+)(kb|mb|gb)/.exec(text) ?? [];
	return Number(digits) * (units[unit] ?? Number.NaN);
}

describe.each(["both logs", "replica", "primary"])("a backlog of the recommended size, by %s", (view) => {
	test("accepts every request that it was promised to; one byte less does not", () => {
		fc.assert(
			fc.property(histories, ({ scene, outages }) => {
				const { resyncs, of } = view === "both logs" ? scene.tell() : scene.tell(view);
				const [finding] = of("backlog-too-small");
				const facts = finding?.facts ?? {};
				const { enoughBytes, kneeBytes, kneeSpares, sized, bound } = facts as Record<string, number>;
				const promised = outages.slice(0, sized);
				const accepted = (size: number | undefined) => promised.filter((o) => accepts(size ?? 0, o)).length;
				expect(promised.length).toBe(view === "primary" ? outages.length - 1 : outages.length);
				if (promised.length === 0) return;
				expect(accepted(enoughBytes)).toBe(promised.length);
				expect(accepted(kneeBytes)).toBeGreaterThanOrEqual(kneeSpares ?? Number.NaN);
				// The primary's log alone gives a bound: a little less may do as well.
				if (bound === 0) {
					expect(accepted((enoughBytes ?? 0) - 1)).toBeLessThan(promised.length);
					expect(accepted(kneeBytes)).toBe(kneeSpares);
					if (kneeBytes !== enoughBytes) expect(accepted((kneeBytes ?? 0) - 1)).toBeLessThan(kneeSpares ?? Number.NaN);
				}
				for (const row of String(facts["table"] ?? "").split(", ").filter((r) => r !== "" && bound === 0)) {
					const [, digits, unit = "", spared] = /^(\d+)(kb|mb|gb): (\d+)$/.exec(row) ?? [];
					expect(accepted(Number(digits) * (units[unit] ?? Number.NaN)), row).toBe(Number(spared));
				}
				expect(accepted(configured(finding?.remedy[0] ?? ""))).toBe(promised.length);
				// There it only estimates what one outage would have needed.
				if (view === "primary") return;
				for (const [i, outage] of promised.entries()) {
					const remedy = resyncs[i + 1]?.remedy.join(" ") ?? "";
					expect(accepts(configured(remedy), outage), remedy).toBe(true);
				}
			}),
			{ numRuns: 60 },
		);
	});
});

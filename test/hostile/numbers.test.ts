import { expect, test } from "vitest";
import type { LogEvent } from "../../src/model/event.ts";
import { readInputs } from "../../src/input/index.ts";
import { renderReport } from "../../src/report/formats.ts";
import { explain } from "./harness.ts";

/*
 * Offsets are 64-bit: beyond 2^53 a JavaScript number is only near the truth, and two offsets that
 * differ may look equal. Events hold bigints, JSON the decimal digits where a number would round.
 */
const asked = 9_223_372_036_000_000_003n;
const first = 9_223_372_036_700_000_001n;
const last = 9_223_372_036_748_576_001n;
const granted = 9_223_372_036_748_576_001n;
const replid = "40052074608ff5ee488105d7ea2b4ac58d759566";

const primary = `9884:M 21 Nov 2026 20:29:50.000 * Running mode=standalone, port=12990.
9884:M 21 Nov 2026 20:29:58.262 * Replica 127.0.0.1:12991 asks for synchronization
9884:M 21 Nov 2026 20:29:58.262 * Unable to partial resync with replica 127.0.0.1:12991 for lack of backlog (Replica request was: ${asked}).
9884:M 21 Nov 2026 20:29:58.262 * Starting BGSAVE for SYNC with target: disk
9884:M 21 Nov 2026 20:29:58.364 * Background saving terminated with success
9884:M 21 Nov 2026 20:29:58.364 * Synchronization with replica 127.0.0.1:12991 succeeded
`;
const replica = `9889:S 21 Nov 2026 20:29:50.000 * Running mode=standalone, port=12991.
9889:S 21 Nov 2026 20:29:56.262 * Connection with master lost.
9889:S 21 Nov 2026 20:29:58.262 * Connecting to MASTER 127.0.0.1:12990
9889:S 21 Nov 2026 20:29:58.262 * MASTER <-> REPLICA sync started
9889:S 21 Nov 2026 20:29:58.262 * Trying a partial resynchronization (request ${replid}:${asked}).
9889:S 21 Nov 2026 20:29:58.264 * Full resync from master: ${replid}:${granted}
9889:S 21 Nov 2026 20:29:58.364 * MASTER <-> REPLICA sync: receiving 11670 bytes from master to disk
9889:S 21 Nov 2026 20:29:58.366 * MASTER <-> REPLICA sync: Finished with success
`;

const eventsOf = async (text: string): Promise<readonly LogEvent[]> =>
	(await readInputs([{ name: "a.log", data: text }])).streams.flatMap(({ events }) => events);

test("events hold offsets exactly", async () => {
	const offsets = (await eventsOf(replica)).flatMap((event) => ("offset" in event.fields ? [event.fields["offset"]] : []));
	expect(offsets).toEqual([asked, granted]);
});

test("the report's positions and sizes do not round", async () => {
	const report = await explain(new Map([["primary.log", primary], ["replica.log", replica]]));
	const json = await renderReport(report, "json");
	const [resync] = JSON.parse(json).resyncs;
	expect(resync.request).toEqual({ replid, offset: String(asked) });
	expect(resync.granted).toEqual({ replid, offset: String(granted) });
	expect(resync.bytes.missed).toBe(Number(granted + 1n - asked));
	expect(resync.cause.facts.missed ?? resync.bytes.missed).toBe(Number(granted + 1n - asked));
	// No number of the report is one that doubles cannot tell from its neighbours.
	for (const number of json.match(/(?<=[ [])-?\d+(?=,?\n)/g) ?? []) {
		expect(Number.isSafeInteger(Number(number)), number).toBe(true);
	}
	for (const format of ["text", "markdown", "html", "sarif"] as const) {
		expect(await renderReport(report, format)).not.toMatch(/e\+\d\d|922337203685477\d{4}/);
	}
});

test("what a primary had", async () => {
	const rejected = primary.replace(
		/Unable to partial.*/,
		`Unable to partial resync with replica 127.0.0.1:12991 for lack of backlog (Replica request was: ${replid}:${asked}, and I can only reply with the range [${first}, ${last}]).`,
	);
	const [event] = (await eventsOf(rejected)).filter(({ type }) => type === "psync.rejected.backlog");
	if (event === undefined) return;
	const report = await explain(new Map([["primary.log", rejected], ["replica.log", replica]]));
	const had = report.resyncs[0]?.primaryHad;
	expect([had?.firstOffset, had?.lastOffset].map(String)).toEqual([first, last].map(String));
});

test("what `rlog events` prints is read as the same offsets", async () => {
	const { writeEvent } = await import("../../src/input/events.ts");
	const { toJson } = await import("../../src/report/json.ts");
	const events = await eventsOf(replica);
	const lines = events.map((event) => toJson(writeEvent(event, null)));
	expect(lines.join("\n")).toContain(`"offset":"${asked}"`);
	expect((await eventsOf(lines.join("\n"))).map(({ fields }) => fields)).toEqual(events.map(({ fields }) => fields));
});

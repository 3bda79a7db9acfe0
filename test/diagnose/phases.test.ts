import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { scenarios } from "../fixture.ts";
import { fixture, log, logsOf, reportOf } from "./report-of.ts";

const order = ["down", "handshake", "snapshot", "transfer", "load"];
const ms = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

/** Phases follow each other without gap or overlap, and add up to the time without the stream. */
function expectWhole({ resyncs }: Report): void {
	for (const { id, phases, lostAt, onlineAt, verdict } of resyncs) {
		for (const [i, { name, from, to }] of phases.entries()) {
			expect(from <= to, `#${id} ${name}`).toBe(true);
			const before = phases[i - 1];
			if (before === undefined) continue;
			expect(from, `#${id} ${name}`).toBe(before.to);
			expect(order.indexOf(name)).toBeGreaterThan(order.indexOf(before.name));
		}
		const begin = lostAt ?? phases[0]?.from;
		if (phases.length === 0 || begin === undefined || onlineAt === null || verdict === "open" || verdict === "failed") continue;
		expect(phases.reduce((sum, p) => sum + ms(p.from, p.to), 0), `#${id}`).toBe(ms(begin, onlineAt));
	}
}

describe("phases add up and never overlap", () => {
	test.each(scenarios.map(({ name }) => name))("%s, by all logs and by each alone", async (name) => {
		expectWhole(await fixture(name));
		for (const [file, text] of Object.entries(logsOf(name))) expectWhole(await reportOf({ [file]: text }));
	});
});

const replica = (...lines: readonly (readonly [number, string])[]): string =>
	log(2, "S", [0, "* Running mode=standalone, port=7002."], ...lines);
const id = "2a8775ae13bc7fbb0c5e2b7e7c9fd2d68ab5eb7c";
const connects = (at: number): [number, string][] => [[at, "* Connecting to MASTER 10.0.0.1:7001"], [at, "* MASTER <-> REPLICA sync started"]];

test("the wait for a BGSAVE is part of the snapshot, failed tries of the time without a link", async () => {
	const { resyncs: [resync] } = await reportOf({
		"r.log": replica(
			...connects(1000), [1000, "# Error condition on socket for SYNC: Connection refused"],
			...connects(2000), [2001, "* Partial resynchronization not possible (no cached master)"], [7001, `* Full resync from master: ${id}:0`],
			[9001, "* MASTER <-> REPLICA sync: receiving 171 bytes from master to disk"], [9501, "* MASTER <-> REPLICA sync: Flushing old data"],
			[9501, "* MASTER <-> REPLICA sync: Loading DB in memory"], [9901, "* MASTER <-> REPLICA sync: Finished with success"],
		),
	});
	expect(resync?.phases.map(({ name, from, to }) => [name, ms(from, to)])).toEqual([
		["down", 1000], ["handshake", 1], ["snapshot", 7000], ["transfer", 500], ["load", 400],
	]);
});

test("without the line between two phases neither is told", async () => {
	const { resyncs: [resync] } = await reportOf({
		"r.log": replica(
			...connects(2000), [2001, "* Partial resynchronization not possible (no cached master)"], [7001, `* Full resync from master: ${id}:0`],
			[9501, "* MASTER <-> REPLICA sync: Loading DB in memory"], [9901, "* MASTER <-> REPLICA sync: Finished with success"],
		),
	});
	expect(resync?.phases.map(({ name }) => name)).toEqual(["handshake", "load"]);
});

test("a node that is promoted without a link was down until then", async () => {
	const { resyncs } = await reportOf({
		"r.log": replica(
			...connects(1000), [1001, "* Partial resynchronization not possible (no cached master)"], [1002, `* Full resync from master: ${id}:0`],
			[1003, "* MASTER <-> REPLICA sync: receiving 171 bytes from master to disk"], [1004, "* MASTER <-> REPLICA sync: Flushing old data"], [1005, "* MASTER <-> REPLICA sync: Finished with success"],
			[5000, "* Connection with master lost."], ...connects(5000), [5000, "# Error condition on socket for SYNC: Connection refused"],
			[8000, `* Setting secondary replication ID to ${id}, valid up to offset: 1. New replication ID is ${"b".repeat(40)}`], [8000, "* MASTER MODE enabled (user request from 'id=8 addr=10.0.0.9:47326 name= cmd=replicaof')"],
		),
	});
	expect(resyncs[1]).toMatchObject({ verdict: "failed" });
	expect(resyncs[1]?.phases.map(({ name, from, to }) => [name, ms(from, to)])).toEqual([["down", 3000]]);
});

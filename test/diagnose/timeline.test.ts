import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { handshakeBounds } from "../../src/correlate/join.ts";
import type { TimelineRow } from "../../src/diagnose/timeline/index.ts";
import { primaryLog, replicaLog } from "../cli/logs.ts";
import { scenarios } from "../fixture.ts";
import { type Told, tell, tellScenario } from "../report/timeline/tell.ts";

const folder = mkdtempSync(join(tmpdir(), "rlog-timeline-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Places of the events of each row, for the order of causes. */
function expectCausesFirst({ story, timeline }: Told): number {
	const order = new Map(timeline.rows.map(({ event }, i) => [event, i]));
	let checked = 0;
	for (const tried of story.tries) {
		const lines = handshakeBounds(tried);
		if (lines === undefined) continue;
		const [question, arrival, answer] = [lines.before, lines.between, lines.after].map(
			(event) => order.get(event) ?? -1,
		);
		expect(question).toBeLessThan(arrival as number);
		expect(arrival).toBeLessThan(answer as number);
		checked++;
	}
	for (const { sent, received } of story.sentinelCommands)
		expect(order.get(sent)).toBeLessThan(order.get(received) as number);
	return checked;
}

function expectOwnOrder({ story, timeline }: Told): void {
	for (const server of story.servers) {
		const own = timeline.rows.filter(({ node }) => node === server.id).map(({ event }) => event);
		expect(own).toEqual(server.events);
	}
}

describe.each(scenarios.map(({ name }) => name))("%s", (name) => {
	test("every line stands there once, each log in its own order, no line before its cause", async () => {
		const told = await tellScenario(name);
		expect(told.timeline.rows).toHaveLength(
			told.story.servers.reduce((sum, { events }) => sum + events.length, 0),
		);
		expectOwnOrder(told);
		expectCausesFirst(told);
	});
});

const at = (text: string): number => Date.parse(`2026-11-21T${text}Z`);

/** The log with all its times moved. */
const moved = (log: string, ms: number): string =>
	log.replace(/21 Nov 2026 (\d\d:\d\d:\d\d\.\d\d\d)/g, (_, time: string) => {
		const iso = new Date(at(time) + ms).toISOString();
		return `${iso.slice(8, 10)} Nov 2026 ${iso.slice(11, 23)}`;
	});

test.each([-10_800_000, -37_501, -2, 0, 1, 2, 3, 250, 37_500, 10_800_000])(
	"with clocks %i ms apart the order is the same",
	async (ms) => {
		const files = [join(folder, "primary.log"), join(folder, `replica${ms}.log`)];
		writeFileSync(files[0] as string, primaryLog);
		writeFileSync(files[1] as string, moved(replicaLog, ms));
		const told = await tell(files);
		expect(expectCausesFirst(told)).toBe(2);
		expectOwnOrder(told);
		const known = told.timeline.rows
			.map(({ event }) => event.type)
			.filter((type) => /^(psync|sync\.requested|fullresync|replica\.timeout|link\.primary-lost)/.test(type));
		expect(known).toEqual([
			"psync.impossible.no-cached-primary",
			"sync.requested",
			"fullresync.requested",
			"fullresync.granted",
			"replica.timeout",
			"link.primary-lost",
			"psync.request",
			"sync.requested",
			"psync.rejected.backlog",
			"fullresync.granted",
		]);
	},
);

/** The states that a node goes through. */
function states(rows: readonly TimelineRow[], node: string): string[] {
	const own = rows.filter((row) => row.node === node).map(({ state }) => state);
	return own.filter((state, i) => state !== own[i - 1]);
}

test("a replica goes through its outages, a primary through its restart", async () => {
	const { timeline } = await tellScenario("primary-restart-6.2");
	expect(states(timeline.rows, "primary")).toEqual(["silent", "primary", "stopped", "silent", "primary"]);
	expect(states(timeline.rows, "replica")).toEqual([
		"silent",
		"down",
		"syncing",
		"online",
		"down",
		"syncing",
		"online",
	]);
	const changes = timeline.rows.flatMap(({ node, transitions }) =>
		transitions.map((change) => ({ node, ...change })),
	);
	expect(changes).toMatchObject([
		{ node: "primary", kind: "start", again: false, version: "6.2.14", after: null },
		{ node: "replica", kind: "start", again: false },
		{ node: "primary", kind: "end", end: "shutdown" },
		{ node: "primary", kind: "start", again: true, before: null, after: 1504 },
	]);
});

test("a partial resync is online at once", async () => {
	const { timeline } = await tellScenario("redis-ha");
	expect(states(timeline.rows, "replica").slice(-6)).toEqual([
		"online",
		"down",
		"online",
		"down",
		"online",
		"primary",
	]);
});

test("a promotion is a change of role, what a command prints in passing is none", async () => {
	const { timeline } = await tellScenario("many-faults-8.6");
	const roles = timeline.rows.flatMap(({ node, transitions }) =>
		transitions.flatMap((change) => (change.kind === "role" ? [`${node} ${change.to}`] : [])),
	);
	expect(roles).toEqual(["n4 primary", "n4 replica", "n4 primary", "n1 replica"]);
});

test("the lines of a resync know its number and their part in it", async () => {
	const { timeline, report } = await tellScenario("primary-restart-6.2");
	const parts = timeline.rows
		.filter(({ part }) => part !== null)
		.map(({ resync, part, event }) => [resync, part, event.type]);
	expect(parts).toEqual([
		[1, "asked", "psync.impossible.no-cached-primary"],
		[1, "decided", "fullresync.granted"],
		[1, "online", "load.done"],
		[2, "lost", "link.primary-lost"],
		[2, "asked", "psync.request"],
		[2, "decided", "fullresync.granted"],
		[2, "online", "load.done"],
	]);
	const lost = timeline.rows.find(({ part }) => part === "lost");
	expect(new Date(lost?.time ?? 0).toISOString()).toBe(report.resyncs[1]?.lostAt);
});

test("addresses in messages are told by the nodes that have them", async () => {
	const { timeline } = await tellScenario("primary-restart-6.2");
	expect(timeline.nodeOf("127.0.0.1:12011")).toBe("replica");
	expect(timeline.nodeOf("10.9.9.9:1")).toBeNull();
});

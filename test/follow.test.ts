import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { analyze, analyzeLive, type LiveAnalysis } from "../src/index.ts";
import { Announcer } from "../src/report/live.ts";
import { primaryLog, replicaLog } from "./cli/logs.ts";
import { rlog } from "./cli/run.ts";

let folder: string;
let stop: AbortController;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "rlog-follow-"));
	stop = new AbortController();
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string): string => join(folder, name);
const lines = (log: string, from: number, to?: number): string =>
	log
		.split(/(?<=\n)/)
		.slice(from, to)
		.join("");
const causes = ({ report }: LiveAnalysis): string[] =>
	report.resyncs.map(({ verdict, cause }) => `${verdict} ${cause.code}`);

/** Looks follow each other closely here. */
const often = () => ({ signal: stop.signal, pollMs: 5, settleMs: 15 });

/**
 * Follows, does each step once so many events were read, and ends when all were. Returns what each look
 * said, without those that came before anything was read.
 */
async function steps(
	inputs: readonly string[],
	todo: readonly (readonly [events: number, step: () => void])[],
	stdin?: PassThrough,
): Promise<string[][]> {
	const said: string[][] = [];
	const left = [...todo, [whole, () => stop.abort()] as const];
	const options = { ...often(), ...(stdin && { stdin }) };
	for await (const analysis of analyzeLive(inputs, options)) {
		const events = analysis.report.inputs.reduce((sum, input) => sum + input.events, 0);
		if (events > 0) said.push(causes(analysis));
		if (analysis.last) break;
		if (events >= (left[0]?.[0] ?? 0)) left.shift()?.[1]();
	}
	return said;
}

/** Events of the replica's log. */
const whole = replicaLog.trimEnd().split("\n").length;
const both = ["full first-sync", "full backlog-overrun"];

describe("files", () => {
	test("that grow, in the midst of a line", async () => {
		writeFileSync(file("replica.log"), lines(replicaLog, 0, 9));
		const half = replicaLog.split("\n")[14] ?? "";
		const said = await steps(
			[file("replica.log")],
			[
				[9, () => appendFileSync(file("replica.log"), lines(replicaLog, 9, 14) + half.slice(0, 60))],
				[14, () => appendFileSync(file("replica.log"), `${half.slice(60)}\n${lines(replicaLog, 15)}`)],
			],
		);
		expect(said[0]).toEqual(["full first-sync"]);
		expect(said.at(-1)).toEqual(both);
	});

	test("that are rotated: renamed, gone for a while, and begun anew", async () => {
		const log = file("replica.log");
		writeFileSync(log, lines(replicaLog, 0, 9));
		const said = await steps(
			[log],
			[
				[
					9,
					() => {
						appendFileSync(log, lines(replicaLog, 9, 12));
						renameSync(log, `${log}.1`);
						// A server goes on writing to the old file until it is told.
						appendFileSync(`${log}.1`, lines(replicaLog, 12, 13));
					},
				],
				[13, () => writeFileSync(log, lines(replicaLog, 13))],
			],
		);
		expect(said.at(-1)).toEqual(both);
	});

	test.each([
		["shorter", 13],
		// More is written at once than was there: its size alone does not tell.
		["longer", 10],
	])("that are cut in place and are then %s", async (_, at) => {
		const log = file("replica.log");
		writeFileSync(log, lines(replicaLog, 0, at));
		const said = await steps(
			[log],
			[
				[
					at,
					() => {
						truncateSync(log, 0);
						const rest = lines(replicaLog, at);
						writeFileSync(log, at === 10 ? `${rest}# ${"x".repeat(4000)}\n` : rest, { flag: "r+" });
					},
				],
			],
		);
		expect(said.at(-1)).toEqual(both);
	});

	test("of two nodes: the cause is known when the other side has told", async () => {
		writeFileSync(file("primary.log"), lines(primaryLog, 0, 10));
		writeFileSync(file("replica.log"), replicaLog);
		const announcer = new Announcer();
		const news: string[] = [];
		let told = false;
		for await (const { report, last } of analyzeLive([file("primary.log"), file("replica.log")], often())) {
			for (const { changed, resync } of announcer.news(report)) {
				news.push(
					`${changed ? "changed" : "decided"} ${resync.cause.code} ${resync.cause.proof} ${resync.trigger.code}`,
				);
			}
			if (last) break;
			if (news.length > 2) stop.abort();
			// Once, and only when the replica's side has told its part.
			else if (news.length === 2 && !told) {
				told = true;
				appendFileSync(file("primary.log"), lines(primaryLog, 10));
			}
		}
		expect(news).toHaveLength(3);
		expect(news[0]).toMatch(/^decided first-sync/);
		expect(news[1]).toMatch(/^decided backlog-overrun supported/);
		expect(news[2]).toBe("changed backlog-overrun proven replica-timeout");
	});

	test("the last look says what an analysis of the whole says", async () => {
		writeFileSync(file("primary.log"), primaryLog);
		writeFileSync(file("replica.log"), "");
		let last: LiveAnalysis | undefined;
		const inputs = [file("primary.log"), file("replica.log")];
		for await (const analysis of analyzeLive(inputs, often())) {
			last = analysis;
			if (analysis.last) break;
			const { events } = analysis.report.inputs[1] ?? { events: 0 };
			if (events >= 17) stop.abort();
			else appendFileSync(inputs[1] as string, lines(replicaLog, events, events + 5));
		}
		expect(last?.report).toEqual((await analyze(inputs)).report);
	});

	test("a year-less log keeps its year with every look", async () => {
		const old = replicaLog.replaceAll("21 Nov 2026 ", "21 Nov ");
		writeFileSync(file("old.log"), lines(old, 0, 12));
		const from: (string | null)[] = [];
		for await (const { report, last } of analyzeLive([file("old.log")], often())) {
			if (last) break;
			// The first look may come before anything is read.
			if (report.summary.from === null) continue;
			from.push(report.summary.from);
			if (from.length > 2) stop.abort();
			else appendFileSync(file("old.log"), lines(old, 11 + from.length, 12 + from.length));
		}
		expect(from).toHaveLength(3);
		expect(new Set(from).size).toBe(1);
	});

	test("one that cannot be read is a problem, and the others are followed", async () => {
		writeFileSync(file("replica.log"), lines(replicaLog, 0, 9));
		const codes: string[][] = [];
		for await (const { report, last } of analyzeLive([file("none.log"), file("replica.log")], often())) {
			codes.push(report.problems.map(({ code }) => code));
			if (last) break;
			if (report.resyncs.length === 2) stop.abort();
			else appendFileSync(file("replica.log"), lines(replicaLog, 9));
		}
		expect(codes.at(-1)).toEqual(["unreadable"]);
	});
});

describe("pipes", () => {
	test("are read as they bring lines, and their end is the end", async () => {
		const pipe = new PassThrough();
		pipe.write(lines(replicaLog, 0, 9));
		const said = await steps(
			["-"],
			[
				[9, () => pipe.write(lines(replicaLog, 9, 15))],
				[15, () => pipe.end(lines(replicaLog, 15))],
			],
			pipe,
		);
		expect(said[0]).toEqual(["full first-sync"]);
		expect(said.at(-1)).toEqual(both);
	});

	test("that bring nothing more do not keep it from ending", async () => {
		const pipe = new PassThrough();
		pipe.write(replicaLog);
		const said = await steps(["-"], [], pipe);
		expect(said.at(-1)).toEqual(both);
		expect(pipe.destroyed).toBe(true);
	});
});

test("what is kept is bounded, and what was told is not told again", async () => {
	const log = file("replica.log");
	writeFileSync(log, "");
	// The same outage over and over, a minute later each.
	const round = (n: number): string =>
		lines(replicaLog, n === 0 ? 0 : 9).replace(
			/20:(\d\d):/g,
			(_, m) => `20:${String(Number(m) + n).padStart(2, "0")}:`,
		);
	const announcer = new Announcer();
	let told = 0;
	let forgotten: number | null = null;
	let most = 0;
	let n = 0;
	for await (const analysis of analyzeLive([log], { ...often(), keepEvents: 40 })) {
		const news = announcer.news(analysis.report);
		if (analysis.forgotten === forgotten) told += news.filter(({ changed }) => !changed).length;
		({ forgotten } = analysis);
		most = Math.max(most, analysis.report.inputs[0]?.events ?? 0);
		if (analysis.last) break;
		if (n < 20) appendFileSync(log, round(n++));
		else stop.abort();
	}
	expect(forgotten).not.toBeNull();
	expect(most).toBeLessThan(40 + 30);
	expect(told).toBeGreaterThan(10);
	expect(told).toBeLessThanOrEqual(21);
});

describe("the command", () => {
	test("prints each resync when it is decided, and the report at the end of the pipe", async () => {
		const { code, stdout, stderr } = await rlog(["analyze", "--follow", "-"], { stdin: replicaLog });
		expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
		expect(stdout.match(/^decided {2}full .*$/gm)).toHaveLength(2);
		expect(stdout.match(/^full .*$/gm)).toHaveLength(2);
	});

	test("keeps standard output for the report where that is one document", async () => {
		const { stdout, stderr } = await rlog(["analyze", "--follow", "-f", "json", "-"], { stdin: replicaLog });
		expect(JSON.parse(stdout).resyncs).toHaveLength(2);
		expect(stderr).toMatch(/^decided {2}full /);
	});

	test("Ctrl-C ends with the report and the gates", async () => {
		writeFileSync(file("replica.log"), replicaLog);
		const running = rlog(["analyze", "--follow", "--fail-on", "full:backlog-overrun", "replica.log"], {
			cwd: folder,
		});
		const others = process.listeners("SIGINT");
		const said = vi.mocked(process.stdout.write).mock.calls;
		while (!said.some(([text]) => /^decided .*#2 /m.test(String(text)))) await sleep(10);
		for (const listener of process.listeners("SIGINT")) {
			if (!others.includes(listener)) listener("SIGINT");
		}
		const { code, stdout, stderr } = await running;
		expect(code).toBe(2);
		expect(stderr).toContain("--fail-on full:backlog-overrun: hit by #2");
		expect(stdout.match(/^decided {2}full .*$/gm)).toHaveLength(2);
		expect(stdout.match(/^full .*$/gm)).toHaveLength(2);
		expect(process.listenerCount("SIGINT")).toBe(others.length);
	});
});

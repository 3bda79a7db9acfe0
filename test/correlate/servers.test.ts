import { describe, expect, test } from "vitest";
import { analyze, type NamedData } from "../../src/index.ts";

const nodesOf = async (...inputs: readonly NamedData[]): Promise<unknown> =>
	(await analyze(inputs)).report.nodes
		.filter(({ lives }) => lives.length > 0)
		.map(({ name, lives }) => [name, ...lives.map(({ pid, end }) => `${pid} ${end}`)]);

const line = (pid: string, time: string, text: string): string =>
	`${pid} 21 Nov 2026 20:29:${time} * ${text}\n`;
const save = line("812:M", "31.000", "Background saving terminated with success");

describe("lines of a child where the log begins are no life of the server", () => {
	test.each([
		["with the role in the front", line("9801:C", "30.000", "DB saved on disk")],
		["in logs of 2.x", "[9801] 21 Nov 20:29:30.000 * DB saved on disk\n"],
	])("%s", async (_, child) => {
		const parent = child.startsWith("[") ? save.replace("812:M 21 Nov 2026", "[812] 21 Nov") : save;
		expect(await nodesOf({ name: "a.log", data: child + parent })).toEqual([["a", "812 log-ends"]]);
	});

	test("but a start is one", async () => {
		const start = line("812:C", "30.000", "oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo");
		const restart = line("813:C", "32.000", "oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo");
		expect(await nodesOf({ name: "a.log", data: start + save + restart })).toEqual([
			["a", "812 killed", "813 log-ends"],
		]);
	});
});

describe("two logs of process 1", () => {
	const early = line("1:S", "31.000", "Connecting to MASTER 10.0.0.1:6379");
	const middle = line("1:S", "41.000", "MASTER <-> REPLICA sync started");
	const late = line("1:S", "51.000", "MASTER <-> REPLICA sync: Finished with success");
	const syslog = (text: string, host: string): string => `Nov 21 20:29:31 ${host} docker/redis[812]: ${text}`;

	test("are one node where their wrappers name one container, and the second comes after the first", async () => {
		const inputs = [
			{ name: "a.log", data: syslog(early, "db1") },
			{ name: "b.log", data: syslog(late, "db1") },
		];
		expect(await nodesOf(...inputs)).toEqual([["db1", "1 log-ends"]]);
	});

	test.each([
		["no wrapper names them", early, late],
		["their wrappers name two", syslog(early, "db1"), syslog(late, "db2")],
		["they wrote at the same time", syslog(early, "db1") + syslog(late, "db1"), syslog(middle, "db1")],
	])("are two where %s", async (_, a, b) => {
		expect(await nodesOf({ name: "a.log", data: a }, { name: "b.log", data: b })).toHaveLength(2);
	});
});

test("that no year is known is said once", async () => {
	const data = "[812] 21 Nov 20:29:30.000 * DB saved on disk\n";
	const problems = async (...names: readonly string[]): Promise<readonly string[]> =>
		(await analyze(names.map((name) => ({ name, data })))).report.problems.map(({ text }) => text);
	expect(await problems("a.log")).toEqual(["a.log: no year in the lines; times are right but for it"]);
	expect(await problems("b.log", "a.log")).toEqual([
		"a.log and b.log: no year in the lines; times are right but for it",
	]);
	expect(await problems("d", "c", "b", "a")).toEqual([
		"a, b and 2 more: no year in the lines; times are right but for it",
	]);
});

test("messages without fronts are read, though no line is a log line", async () => {
	const { nothingRead, report } = await analyze([
		{ name: "a.log", data: "* MASTER <-> REPLICA sync started\n" },
	]);
	expect(nothingRead).toBe(false);
	expect(report.inputs[0]?.events).toBe(1);
});

test("an input of several nodes is counted whole", async () => {
	const data = `a-1 | ${early("812")}a-1 | ${early("812")}b-1 | ${early("813")}`;
	const { report } = await analyze([{ name: "all.log", data }]);
	expect(report.inputs).toMatchObject([{ lines: 3, bytes: data.length, node: null }]);
});

const early = (pid: string): string => line(`${pid}:S`, "31.000", "Connecting to MASTER 10.0.0.1:6379");

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../../grammars/messages/index.ts";
import { MessageGrammar } from "../../../grammars/message-grammar.ts";
import type { MessageType } from "../../../src/model/event.ts";
import { foldRounds } from "../../../src/report/timeline/fold.ts";
import { say } from "../../../src/report/timeline/phrases.ts";
import { select, typesOf, type Wanted } from "../../../src/report/timeline/select.ts";
import { textWidth } from "../../../src/report/text/layout.ts";
import { primaryLog, replicaLog } from "../../cli/logs.ts";
import { rlog } from "../../cli/run.ts";
import { scenarios } from "../../fixture.ts";
import { tellScenario } from "./tell.ts";

const everything: Wanted = { from: null, to: null, nodes: null, types: null, context: 0, all: true };
const storyOnly: Wanted = { ...everything, all: false };
const folderOf = (name: string): string => scenarios.find((one) => one.name === name)?.folder ?? "";

test("every message of the catalogue has words, and none that steers a terminal", () => {
	const grammar = new MessageGrammar();
	const head = {
		place: { input: "a", line: 1 },
		time: 0,
		zone: null,
		precision: 1,
		outerTime: null,
		pid: 1,
		role: null,
		level: null,
		signal: false,
	};
	for (const { type, samples } of catalogue) {
		for (const sample of samples) {
			const text = sample.replace(/^.*? [*#.-] (?=\S)/, "");
			const parsed = grammar.parse(text) ?? grammar.parse(sample);
			if (parsed?.type !== type) continue;
			const { text: words } = say({ ...head, ...parsed, text } as never, (address) => address ?? "?");
			expect(words, type).toMatch(/\S/);
			expect(words, type).not.toMatch(/undefined|null|NaN|\[object|[\p{Cc}\p{Cf}]/u);
			expect(words.length, type).toBeLessThan(200);
		}
	}
});

test("types are chosen by pattern, family or name", () => {
	const all = catalogue.map(({ type }) => type as MessageType);
	expect(typesOf("psync.request", all)).toEqual(["psync.request"]);
	expect(typesOf("psync", all).every((type) => type.startsWith("psync."))).toBe(true);
	expect(typesOf("psync", all)).toEqual(typesOf("psync.*", all));
	expect(typesOf("*.primary-lost, LINK.connecting", all).sort()).toEqual([
		"link.connecting",
		"link.primary-lost",
	]);
	expect(typesOf("psyn", all)).toEqual([]);
	expect(typesOf("psync(", all)).toEqual([]);
});

test("a loop is told once, with how often it comes again; nothing is lost", async () => {
	const { timeline, report } = await tellScenario("snapshot-loop-7.2");
	const shown = select(timeline, report, storyOnly);
	const entries = foldRounds(shown);
	expect(entries.length).toBeLessThan(30);
	const told = entries.reduce((sum, { count, again }) => sum + count * (again ?? 1), 0);
	expect(told).toBe(shown.length);
	expect(
		entries.filter(({ again }) => again !== null).map(({ row, again, count }) => [row.node, again, count]),
	).toEqual([
		["replica", 3, 50],
		["primary", 6, 50],
	]);
});

test("equal events far apart are not told as one", async () => {
	const { timeline, report } = await tellScenario("redis-ha");
	const entries = foldRounds(select(timeline, report, storyOnly));
	expect(entries.every(({ count }) => count === 1)).toBe(true);
});

test("folding keeps the order of the events", async () => {
	for (const { name } of scenarios) {
		const { timeline, report } = await tellScenario(name);
		for (const wanted of [storyOnly, everything]) {
			const shown = select(timeline, report, wanted);
			const entries = foldRounds(shown);
			expect(entries.reduce((sum, { count, again }) => sum + count * (again ?? 1), 0)).toBe(shown.length);
			expect(entries.every((entry, i) => i === 0 || (entries[i - 1]?.order ?? -1) < entry.order)).toBe(true);
		}
	}
});

test("a window, a node, a type and the context choose what is shown", async () => {
	const { timeline, report } = await tellScenario("many-faults-8.6");
	const types = new Set<MessageType>(["psync.request"]);
	const chosen = select(timeline, report, { ...storyOnly, types });
	expect(new Set(chosen.map(({ row }) => row.event.type))).toEqual(types);
	const around = select(timeline, report, { ...storyOnly, types, context: 2 });
	expect(around.filter(({ context }) => !context)).toHaveLength(chosen.length);
	for (const { order } of chosen) {
		for (const next of [order - 2, order - 1, order + 1, order + 2])
			expect(around.some((one) => one.order === next)).toBe(true);
	}
	const nodes = new Set(["n3"]);
	expect(new Set(select(timeline, report, { ...everything, nodes }).map(({ row }) => row.node))).toEqual(
		nodes,
	);
	const from = Date.parse(report.resyncs[3]?.lostAt ?? "");
	const to = Date.parse(report.resyncs[3]?.onlineAt ?? "");
	const within = select(timeline, report, { ...everything, from, to });
	expect(within.length).toBeGreaterThan(5);
	expect(within.every(({ row }) => row.time === null || (row.time >= from && row.time <= to))).toBe(true);
});

const plain = (text: string): string => text.replace(/\u001b\[\d+m/g, "");

describe.each(scenarios)("$name", ({ folder, files }) => {
	test.each([60, 80, 200])("no line is wider than %i columns", async (width) => {
		for (const flags of width === 80 ? [[], ["-v"]] : [[]]) {
			const { code, stdout } = await rlog(["timeline", ...flags, ...files], {
				cwd: folder,
				env: { COLUMNS: String(width) },
			});
			expect(code).toBe(0);
			expect(stdout).not.toMatch(/[^\n\P{Cc}]/u);
			for (const line of stdout.split("\n")) expect(textWidth(line), line).toBeLessThanOrEqual(width);
		}
	});

	test("colour changes nothing but colour", async () => {
		const env = { COLUMNS: "120" };
		const [without, colored] = [
			await rlog(["timeline", ...files], { cwd: folder, env }),
			await rlog(["timeline", "--color", ...files], { cwd: folder, env }),
		];
		expect(plain(colored.stdout).replace(/ +$/gm, "")).toBe(without.stdout);
		expect(colored.stdout).not.toBe(without.stdout);
	});

	test("as JSON it is the same story", async () => {
		const { stdout } = await rlog(["timeline", "-f", "json", ...files], { cwd: folder });
		const { schemaVersion, nodes, rows } = JSON.parse(stdout);
		expect(schemaVersion).toBe(1);
		const ids = new Set(nodes.map(({ id }: { id: string }) => id));
		for (const row of rows) {
			expect(ids).toContain(row.node);
			expect(files).toContain(row.input);
			expect(Object.keys(row)).toEqual([
				"time",
				"node",
				"type",
				"what",
				"state",
				"transitions",
				"resync",
				"part",
				"count",
				"until",
				"again",
				"context",
				"input",
				"line",
				"text",
			]);
		}
	});
});

test.each([
	["primary-restart-6.2", "120", []],
	["primary-restart-6.2", "80", ["--around", "#2±1s"]],
	["snapshot-loop-7.2", "120", []],
	["redis-ha", "100", ["--since", "20:00"]],
	["two-time-zones-6.2", "100", []],
	["sentinel-failover-7.2", "80", ["--around", "20:30:19±2s"]],
	["many-faults-8.6", "200", ["--around", "#8±500ms"]],
	["replica-restart-2.8", "120", ["--type", "psync,sync,fullresync,link.*lost", "--context", "1"]],
])("%s in %s columns, %j", async (name, columns, flags) => {
	const files = scenarios.find((one) => one.name === name)?.files ?? [];
	const { stdout, code } = await rlog(["timeline", ...flags, ...files], {
		cwd: folderOf(name),
		env: { COLUMNS: columns },
	});
	expect(code).toBe(0);
	const file = [name, columns, ...flags].join("-").replace(/[^\w.]+/g, "-");
	await expect(
		`$ rlog timeline ${flags.map((flag) => (/[ #±*]/.test(flag) ? `'${flag}'` : flag)).join(" ")} ${files.join(" ")}\n${stdout}`.replace(
			"timeline  ",
			"timeline ",
		),
	).toMatchFileSnapshot(`expected/${file}.txt`);
});

test("on a terminal the header comes again", async () => {
	const files = scenarios.find((one) => one.name === "many-faults-8.6")?.files ?? [];
	const setting = { cwd: folderOf("many-faults-8.6"), terminal: 200 };
	const heads = (text: string): number => text.split("\n").filter((line) => line.startsWith("TIME")).length;
	expect(heads(plain((await rlog(["timeline", "-v", ...files], setting)).stdout))).toBeGreaterThan(5);
	expect(heads((await rlog(["timeline", "-v", ...files], { cwd: setting.cwd })).stdout)).toBe(1);
});

test.each([
	[["--type", "psyn.*"], /^rlog: --type: no message type fits 'psyn\.\*'; did you mean psync/],
	[["--node", "n9"], /^rlog: --node: there is no node 'n9'; the nodes are n1, n2, n3, n4\n$/],
	[["--around", "20:30+-x"], /^rlog: --around: 'x' is no duration/],
	[["--around", "#99"], /^rlog: --around: there is no resync #99; they are #1 to #23\n$/],
	[["--since", "yesterday-ish"], /^rlog: --since: 'yesterday-ish' is no time; give one as in /],
	[["--since", "20:31:10", "--until", "20:31"], /^rlog: window: .*: it ends before it begins\n$/],
	[["--since", "20:30", "--around", "20:31"], /^rlog: --around stands alone/],
	[["--context", "x"], /^rlog: --context: 'x' will not do. Give a whole number/],
])("%j is wrong usage, said in one line", async (flags, stderr) => {
	const files = scenarios.find((one) => one.name === "many-faults-8.6")?.files ?? [];
	const ran = await rlog(["timeline", ...flags, ...files], { cwd: folderOf("many-faults-8.6") });
	expect(ran).toMatchObject({ code: 1, stdout: "" });
	expect(ran.stderr).toMatch(stderr);
});

test("names: a node of an input is named, and then chosen by its name", async () => {
	const cwd = folderOf("primary-restart-6.2");
	const { stdout } = await rlog(
		["timeline", "--node", "cache-1=replica.log", "--node", "cache-1", "primary.log", "replica.log"],
		{ cwd },
	);
	expect(stdout).toMatch(/^TIME +Δ +cache-1$/m);
	expect(stdout).toContain("LOST its primary");
});

test("nothing of a log or a name steers a terminal", async () => {
	const folder = mkdtempSync(join(tmpdir(), "rlog-timeline-"));
	const evil = "a\u001b[2J\u202eb\u0007";
	const client = "user request from 'id=3 addr=\u001b[31m1:2 name=\u001b]0;x\u0007'";
	const logs = {
		"primary.log": primaryLog,
		"replica.log": `${replicaLog}9889:S 21 Nov 2026 20:29:59.000 * REPLICAOF \u001b[2J:6379 enabled (${client})\n`,
	};
	for (const [name, text] of Object.entries(logs)) writeFileSync(join(folder, name), text);
	for (const flags of [[], ["-v"], ["-f", "json"]]) {
		for (const columns of ["60", "160"]) {
			const args = ["timeline", ...flags, "--node", `${evil}=replica.log`, "primary.log", "replica.log"];
			const { stdout, stderr } = await rlog(args, { cwd: folder, env: { COLUMNS: columns } });
			expect(stdout).toContain("\\u001b[2J".slice(flags.includes("json") ? 0 : 6));
			expect((stdout + stderr).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
		}
	}
	rmSync(folder, { recursive: true });
});

test("where nothing is in the window, that is said", async () => {
	const { stdout, code } = await rlog(["timeline", "--since", "2027-01-01", "primary.log", "replica.log"], {
		cwd: folderOf("primary-restart-6.2"),
	});
	expect(code).toBe(0);
	expect(stdout).toContain('(from "--since 2027-01-01")');
	expect(stdout).toContain("Nothing happened here that is shown.");
});

import { describe, expect, test } from "vitest";
import type { Readings } from "../../src/model/stream.ts";
import { data, only, readText } from "./read.ts";

const info = (role: "master" | "slave", port: number, pid = port + 1000): string =>
	`# Server\nredis_version:7.2.4\nprocess_id:${pid}\ntcp_port:${port}\n\n# Replication\nrole:${role}\nconnected_slaves:0\nmaster_repl_offset:1527\n`;
const replication = (role: "master" | "slave"): string =>
	`# Replication\nrole:${role}\nconnected_slaves:0\nmaster_repl_offset:1527\nrepl_backlog_active:1\n`;
const role = `1) "master"\n2) (integer) 12366\n3) 1) 1) "10.0.0.2"\n      2) "6380"\n      3) "12366"\n`;
const shape = ({ streams }: Readings): unknown =>
	streams.map(({ label, events, snapshots }) => [
		label,
		events.length,
		snapshots.map(({ reply, place }) => `${reply.kind} ${place.line}`),
	]);

describe("a file of replies only", () => {
	test("INFO", async () => {
		const readings = await readText(info("master", 6379));
		expect(shape(readings)).toEqual([[null, 0, ["info 1"]]]);
		expect(readings.problems).toEqual([]);
	});

	test("ROLE as printed into a pipe", async () => {
		const readings = await readText("slave\n10.0.0.1\n6379\nconnected\n1527\n");
		expect(shape(readings)).toEqual([[null, 0, ["role 1"]]]);
	});

	test.each([
		["on one line", '["slave","127.0.0.1",6379,"connected",3167038]'],
		["on many", '[\n  "master",\n  3129659,\n  [\n    ["127.0.0.1", "9001", "3129242"]\n  ]\n]'],
		["of a Sentinel", '["sentinel",["mymaster"]]'],
	])("ROLE as JSON %s", async (_, text) => {
		const first = text.split("\n").findIndex((line) => /master|slave|sentinel/.test(line)) + 1;
		expect(shape(await readText(text))).toEqual([[null, 0, [`role ${first}`]]]);
	});

	test("its lines are accounted for", async () => {
		const { counts, wrapper } = only(
			await readText(`$ redis-cli -p 6379 info\n${info("master", 6379)}\nThat is it.\n`),
		);
		expect(counts).toMatchObject({ lines: 12, logLines: 0, recognised: 9, unrecognised: 0 });
		expect(wrapper).toBe("prompt");
	});

	test("two nodes with prompts", async () => {
		const text = `10.0.0.1:6379> info replication\n${replication("master")}10.0.0.2:6379> info replication\n${replication("slave")}10.0.0.1:6379> role\n${role}`;
		expect(shape(await readText(text))).toEqual([
			["10.0.0.1:6379", 0, ["info 2", "role 14"]],
			["10.0.0.2:6379", 0, ["info 8"]],
		]);
	});

	test("two nodes without a word", async () => {
		const readings = await readText(`${replication("slave")}\n${replication("master")}`);
		expect(shape(readings)).toEqual([
			["line 1", 0, ["info 1"]],
			["line 7", 0, ["info 7"]],
		]);
		expect(readings.streams.flatMap(({ snapshots }) => snapshots.map(({ named }) => named))).toEqual([
			false,
			false,
		]);
	});
});

describe("replies among log lines", () => {
	const log = data("replica-7.2.log").replace("port=12961", "port=6380");

	test("go to the node with their process ID, and say where they stand", async () => {
		const lines = log.split("\n");
		const text = `${lines.slice(0, 20).join("\n")}\n${info("slave", 6380, 9777)}\n${lines.slice(20).join("\n")}`;
		const stream = only(await readText(text));
		expect(stream.events).toHaveLength(49);
		expect(stream.snapshots).toMatchObject([{ place: { line: 21 }, after: 20, named: true }]);
	});

	test("go to the node with their port", async () => {
		const text = `\`\`\`\n${log}\`\`\`\n\n\`\`\`\n$ redis-cli -p 6380 info replication\n${replication("slave")}$ redis-cli -p 6379 info replication\n${replication("master")}\`\`\`\n`;
		expect(shape(await readText(text))).toEqual([
			[":6380", 49, ["info 55"]],
			[":6379", 0, ["info 61"]],
		]);
	});

	test("without a name stand with the only node, unproven", async () => {
		const stream = only(await readText(`${log}\n${replication("slave")}`));
		expect(stream.snapshots).toMatchObject([{ named: false, after: 49 }]);
	});

	test("quoted, with blank lines between", async () => {
		const quoted = info("master", 6379)
			.split("\n")
			.map((line) => `> ${line}`)
			.join("\n\n");
		expect(only(await readText(quoted)).snapshots).toMatchObject([
			{ reply: { info: { values: { role: "master", tcpPort: 6379 } } } },
		]);
	});
});

test.each([
	["the ends of a table's rows", (line: string) => `${line} | |`],
	["a table's rows", (line: string) => `| ${line} | |`],
	["a drawn table's rows", (line: string) => `│ ${line.padEnd(40)} │`],
	["a paste bin's line numbers", (line: string, i: number) => `  ${i + 1}. ${line}`],
	["a list", (line: string) => `- ${line}`],
	["HTML's lines", (line: string) => `<p>${line}</p>`],
	["two columns", (line: string) => line.replace(/^(\w+):/, "$1    ")],
	["a table's two columns", (line: string) => (line.startsWith("#") ? line : line.replace(/^(\w+):(.*)$/, "| $1 | $2 |"))],
	["typography", (line: string) => line.replace(":", "：")],
	["an editor's line numbers", (line: string, i: number) => `${i + 1}\t${line}`],
])("a reply as %s", async (_, damage) => {
	const text = replication("slave").trimEnd().split("\n").map(damage).join("\n");
	expect(shape(await readText(text))).toEqual([[null, 0, ["info 1"]]]);
	const fields = async (pasted: string): Promise<unknown> =>
		only(await readText(pasted)).snapshots.map(({ reply }) => reply.kind === "info" && reply.info.values);
	expect(await fields(text)).toEqual(await fields(replication("slave")));
});

test.each([
	["set behind one another", " "],
	["set behind one another by HTML", "<br>"],
])("a reply %s", async (_, between) => {
	const fields = async (pasted: string): Promise<unknown> =>
		only(await readText(pasted)).snapshots.map(({ reply }) => reply.kind === "info" && reply.info.values);
	const flat = info("slave", 6380, 9777).trim().replaceAll(/\r?\n+/g, between);
	expect(await fields(flat)).toEqual(await fields(info("slave", 6380, 9777)));
});

test("headers and fields are not taken for headings and notes of a node", async () => {
	const text = `10.0.0.1:6379> info replication\n${replication("master")}10.0.0.1:6379> info replication\n${replication("master")}`;
	expect(shape(await readText(text))).toEqual([[null, 0, ["info 2", "info 8"]]]);
});

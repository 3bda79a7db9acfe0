import { readFileSync } from "node:fs";
import { describe, expect, expectTypeOf, test } from "vitest";
import { glossary } from "../../grammars/glossary/index.ts";
import { type InfoFields, infoField, parseInfo } from "../../grammars/info.ts";

const read = (name: string): string => readFileSync(new URL(`data/${name}`, import.meta.url), "utf8");
const dumps = ["info-redis-2.8-primary.txt", "info-redis-8.6-primary.txt", "info-valkey-8.0-replica.txt"];

describe.each(dumps)("%s", (name) => {
	const text = read(name);
	const found = parseInfo(text);
	const lines = text.split(/\r?\n/);

	test("is one dump from its first line to its last", () => {
		expect(found).toHaveLength(1);
		expect(found[0]?.firstLine).toBe(1);
		expect(found[0]?.lastLine).toBe(lines.findLastIndex((l) => l !== "") + 1);
		expect(found[0]?.unread).toEqual([]);
	});

	test("every field stands in the section and on the line where it is printed", () => {
		let section = "";
		for (const [i, line] of lines.entries()) {
			if (line.startsWith("# ")) section = line.slice(2);
			const colon = line.indexOf(":");
			if (colon < 0) continue;
			expect(found[0]?.sections.get(section)?.get(line.slice(0, colon)), line).toMatchObject({
				text: line.slice(colon + 1),
				line: i + 1,
			});
		}
	});

	test("the glossary knows every field, in its section, with a unit that fits its value", () => {
		const textual = ["status", "word", "text", "host", "version", "id", "human-size"];
		for (const [section, fields] of found[0]?.sections ?? []) {
			for (const { name, value } of fields.values()) {
				const entry = glossary.find(({ field }) => {
					const pattern = field.replace("N", "\\d+").replace("*", ".+");
					return new RegExp(`^${pattern}$`).test(name);
				});
				expect(entry?.section, name).toBe(section);
				expect(typeof value === "string", `${name}: ${entry?.unit}`).toBe(
					textual.includes(entry?.unit ?? ""),
				);
			}
		}
	});
});

test("the typed view of Redis 2.8", () => {
	const [dump] = parseInfo(read("info-redis-2.8-primary.txt"));
	expect(dump?.values).toMatchObject({
		redisVersion: "2.8.24",
		redisMode: "standalone",
		role: "master",
		connectedSlaves: 1,
		loading: false,
		rdbLastBgsaveStatus: "ok",
		aofEnabled: false,
		syncFull: 2,
		syncPartialOk: 0,
		syncPartialErr: 0,
		slaves: [{ ip: "127.0.0.1", port: 10121, state: "online", offset: 6202956n, lag: 0 }],
	});
	for (const later of ["masterReplid", "maxmemory", "serverTimeUsec", "valkeyVersion", "masterHost"]) {
		expect(dump?.values).not.toHaveProperty(later);
	}
});

test("the typed view of Redis 8.6", () => {
	const [dump] = parseInfo(read("info-redis-8.6-primary.txt"));
	expect(dump?.values).toMatchObject({
		redisVersion: "8.6.3",
		masterReplid2: "0".repeat(40),
		syncPartialErr: 1,
		slaves: [{ port: 13651, ioThread: 0 }],
	});
	expect(dump?.values.modules[0]?.get("name")).toBe("vectorset");
	expect(dump && infoField(dump, "used_cpu_sys")?.value).toBeTypeOf("number");
});

test("the typed view of Valkey 8.0", () => {
	const [dump] = parseInfo(read("info-valkey-8.0-replica.txt"));
	expect(dump?.values).toMatchObject({
		redisVersion: "7.2.4",
		serverName: "valkey",
		valkeyVersion: "8.0.1",
		serverMode: "standalone",
		role: "slave",
		masterLinkStatus: "up",
		slaves: [],
	});
	expect(dump?.values.slaveReplOffset).toBe(dump?.values.masterReplOffset);
	expect(dump?.values.serverTimeUsec).toBeGreaterThan(1e15);
});

test("the glossary's units are the types of the view", () => {
	expectTypeOf<InfoFields["masterReplOffset"]>().toEqualTypeOf<bigint | undefined>();
	expectTypeOf<InfoFields["replBacklogHistlen"]>().toEqualTypeOf<number | undefined>();
	expectTypeOf<InfoFields["masterSyncInProgress"]>().toEqualTypeOf<boolean | undefined>();
	expectTypeOf<InfoFields["rdbLastBgsaveStatus"]>().toEqualTypeOf<string | undefined>();
	expectTypeOf<"slaveN">().not.toExtend<keyof InfoFields>();
});

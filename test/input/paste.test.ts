import { describe, expect, test } from "vitest";
import type { LogEvent } from "../../src/model/event.ts";
import { only, plain, readText } from "./read.ts";

const replica = [
	"9777:S 21 Nov 2026 20:29:38.724 * Connecting to MASTER 10.0.0.1:6379",
	"9777:S 21 Nov 2026 20:29:38.725 * MASTER <-> REPLICA sync started",
	"9777:S 21 Nov 2026 20:29:38.725 * Non blocking connect for SYNC fired the event.",
	"9777:S 21 Nov 2026 20:29:38.726 * Master replied to PING, replication can continue...",
	"9777:S 21 Nov 2026 20:29:38.727 * Trying a partial resynchronization (request c3ede516af25968ff6beb0786128e6ac0dadf2d3:20654).",
	"9777:S 21 Nov 2026 20:29:38.728 * Full resync from master: 71bb64b4a135f1aaa0075825493e78f2642880b1:41298",
	"9777:S 21 Nov 2026 20:29:38.792 * MASTER <-> REPLICA sync: receiving 5867 bytes from master to disk",
	"9777:S 21 Nov 2026 20:29:38.795 * MASTER <-> REPLICA sync: Finished with success",
	"9777:S 21 Nov 2026 20:30:38.803 # MASTER timeout: no data nor PING received...",
	"9777:S 21 Nov 2026 20:30:38.803 # Connection with master lost.",
];
const primary = [
	"812:M 21 Nov 2026 20:29:38.727 * Replica 10.0.0.2:6380 asks for synchronization",
	"812:M 21 Nov 2026 20:29:38.728 * Full resync requested by replica 10.0.0.2:6380",
	"812:M 21 Nov 2026 20:29:38.728 * Replication backlog created, my new replication IDs are 'c3ede516af25968ff6beb0786128e6ac0dadf2d3' and '0000000000000000000000000000000000000000'",
	"812:M 21 Nov 2026 20:29:38.728 * Starting BGSAVE for SYNC with target: disk",
	"812:M 21 Nov 2026 20:29:38.729 * Background saving started by pid 9801",
	"9801:C 21 Nov 2026 20:29:38.760 * DB saved on disk",
	"812:M 21 Nov 2026 20:29:38.790 * Background saving terminated with success",
	"812:M 21 Nov 2026 20:30:31.465 # Client id=5 addr=10.0.0.2:36668 fd=8 name= age=53 idle=0 flags=S db=0 sub=0 psub=0 multi=-1 qbuf=0 qbuf-free=32768 obl=15523 oll=20 omem=307264 events=r cmd=psync scheduled to be closed ASAP for overcoming of output buffer limits.",
	"812:M 21 Nov 2026 20:30:31.502 # Connection with replica 10.0.0.2:6380 lost.",
];

const join = (lines: readonly string[]): string => `${lines.join("\n")}\n`;
const perLine =
	(damage: (line: string) => string) =>
	(lines: readonly string[]): string =>
		join(lines.map(damage));
const wrapAt =
	(width: number) =>
	(line: string): string => {
		const pieces: string[] = [];
		for (let at = 0; at < line.length; at += width) pieces.push(line.slice(at, at + width));
		return pieces.join("\n");
	};
const entities = (line: string): string =>
	line.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

type Damage = readonly [name: string, said: string | null, damage: (lines: readonly string[]) => string];

/** Damage that leaves all of every line to be read. */
const whole: readonly Damage[] = [
	["nothing", null, join],
	["a fence", "markdown", (lines) => `The replica says\n\n\`\`\`bash\n${join(lines)}\`\`\`\n\nand stops.\n`],
	[
		"a fence with a prompt",
		"prompt, markdown",
		(lines) => `\`\`\`\nme@db2:~$ redis-server --port 6380\n${join(lines)}\`\`\`\n`,
	],
	["quote marks", "markdown", perLine((line) => `> ${line}`)],
	["nested quote marks", "markdown", perLine((line) => `> > ${line}`)],
	["Markdown escapes", "markdown", perLine((line) => line.replace(/([*#_<>[\]])/g, "\\$1"))],
	["bold around all of it", "markdown", (lines) => `**${join(lines).trimEnd()}**\n`],
	["quotes around each line", "markdown", perLine((line) => `"${line}",`)],
	["back-ticks around each line", "markdown", perLine((line) => `\`${line}\``)],
	["a list", "markdown", perLine((line) => `- ${line}`)],
	["a numbered list of code", "markdown", (lines) => join(lines.map((line, i) => `${i + 1}. \`${line}\``))],
	["HTML entities", "html", perLine(entities)],
	["HTML", "html", perLine((line) => `<p><code>${entities(line)}</code></p>`)],
	["arrows taken for tags", "html", perLine((line) => line.replace("<->", ""))],
	["typography", "typography", perLine((line) => line.replace("...", "…").replaceAll("-", "\u2011"))],
	["no-break spaces", "typography", perLine((line) => line.replaceAll(" ", "\u00a0"))],
	[
		"colours",
		"ansi",
		perLine((line) => `\u001b[1;32m${line.replace(" * ", " \u001b[33m*\u001b[0m ")}\u001b[0m`),
	],
	["CRLF", null, (lines) => lines.join("\r\n")],
	["CR alone", null, (lines) => lines.join("\r")],
	["blank lines between", null, (lines) => lines.join("\n\n")],
	["indentation", null, perLine((line) => `    ${line}`)],
	["tabs", null, perLine((line) => `\t${line}  \t`)],
	["a table's borders", "table", perLine((line) => `│ ${line.padEnd(300)} │`)],
	["the ends of a table's rows", "table", perLine((line) => `${line} | |`)],
	["a table's rows", "table", perLine((line) => `| ${line} | |`)],
	["NULs", null, (lines) => `${"\0".repeat(5000)}${join(lines)}`],
	["bytes that are no UTF-8 before it", null, (lines) => `\ufffd\ufffd\n${join(lines)}`],
	["no line ends", "glued", (lines) => lines.join("")],
	["remarks behind the lines", "remark", perLine((line) => `${line} <---- here`)],
	["remarks in another script", "remark", perLine((line) => `${line}  # 看这里，第一次`)],
	["remarks in brackets", "remark", perLine((line) => `${line}（全量）`)],
	["remarks like a program's", "remark", perLine((line) => `${line}   // as it should be`)],
	["comments", "remark", perLine((line) => `${line} // почему?`)],
	["a byte order mark", null, (lines) => `\ufeff${join(lines)}`],
];

describe.each([
	["a replica's log", replica],
	["a primary's log", primary],
] as const)("%s", (_, lines) => {
	test.each(whole)("survives %s, and %s is said", async (_name, said, damage) => {
		const stream = only(await readText(damage(lines)));
		// Not every line has what a blog makes typographic or takes for a tag.
		const touched = damage(lines) !== join(lines);
		expect(stream.wrapper).toBe(touched ? said : null);
		expect(stream.events.map(plain)).toEqual(only(await readText(join(lines))).events.map(plain));
		expect(stream.events).toHaveLength(lines.length);
	});

	test.each([60, 72, 80, 100, 132])("survives hard wraps at column %i", async (width) => {
		const { events, wrapper, counts } = only(await readText(perLine(wrapAt(width))(lines)));
		expect(wrapper).toBe(lines.some((line) => line.length > width) ? "hard-wrap" : null);
		expect(counts.recognised).toBe(counts.lines);
		const bare = only(await readText(join(lines))).events;
		expect(events.map(unmended)).toEqual(bare.map(unmended));
		// What was put together is marked, whatever was whole is not.
		expect(events.map(({ mended }) => mended === true)).toEqual(lines.map((line) => line.length > width));
	});

	test("survives hard wraps that swallowed the blank", async () => {
		const wrapped = perLine((line) => line.replace(/ (sync|resync|closed|scheduled) /g, "\n$1 "))(lines);
		const { events } = only(await readText(wrapped));
		expect(events.map(({ text }) => text)).toEqual(lines.map((line) => line.slice(line.indexOf(".") + 7)));
	});

	test.each([1, 7, 64, 1000])("is the same in chunks of %i bytes", async (chunk) => {
		expect(await readText(join(lines), chunk)).toEqual(await readText(join(lines)));
	});
});

function unmended(event: LogEvent): unknown {
	const { mended: _, ...rest } = plain(event) as LogEvent;
	return rest;
}

describe("lost fronts", () => {
	const cases: readonly (readonly [
		name: string,
		damage: (line: string) => string,
		kept: readonly string[],
	])[] = [
		["the first character", (line) => line.slice(1), ["time", "role", "level", "text"]],
		[
			"all but the colon of the process",
			(line) => line.slice(line.indexOf(":")),
			["time", "role", "level", "text"],
		],
		["the process", (line) => line.slice(line.indexOf(" ") + 1), ["time", "level", "text"]],
		["the date", (line) => line.replace(/^(\d+:\S) .*? (\d\d:\d\d)/, "$2"), ["level", "text"]],
		["all but the level", (line) => line.replace(/^.*?(?= [*#] )/, "").trim(), ["level", "text"]],
		["all but the message", (line) => line.replace(/^.*? [*#] /, ""), ["text"]],
		["all but the message, which is quoted", (line) => `"${line.replace(/^.*? [*#] /, "")}"`, ["text"]],
		[
			"spaces to a translator",
			(line) => line.replace(/^(\d+):/, "$1: ").replace(/(\d\d):(\d\d):(\d\d\.)/, "$1: $2: $3"),
			["pid", "time", "role", "level", "text"],
		],
	];
	test.each(cases)("%s", async (name, damage, kept) => {
		const { events, wrapper, counts } = only(await readText(join(replica.map(damage))));
		// Of a process ID, nobody sees that its first digit is gone.
		if (name !== "the first character") expect(wrapper).toMatch(/(?:^|, )cut-front$/);
		expect(counts.recognised).toBe(replica.length);
		const bare = only(await readText(join(replica))).events;
		const pick = (event: LogEvent): unknown => kept.map((key) => event[key as keyof LogEvent]);
		expect(events.map(pick)).toEqual(bare.map(pick));
		expect(events.map(({ type }) => type)).toEqual(bare.map(({ type }) => type));
	});

	test("the date, and the line ends with it", async () => {
		const glued = replica.map((line) => line.replace(/^\d+:\S .*? (\d\d:\d\d)/, "$1")).join("");
		const { events, wrapper } = only(await readText(glued));
		expect(wrapper).toBe("glued, cut-front");
		expect(events.map(({ type }) => type)).toEqual(
			only(await readText(join(replica))).events.map(({ type }) => type),
		);
	});

	test("a quoted message in prose is no event where the log itself is there", async () => {
		const text = `${join(primary)}\n\nIt says\n\nPartial resynchronization not possible (no cached master)\n\nbut why?\n`;
		expect(only(await readText(text)).events).toHaveLength(primary.length);
	});

	test("a line quoted in a sentence is not a node's of its own", async () => {
		const text = `${join(primary)}\nThe line that matters is this: ${primary[1]}\n`;
		expect(only(await readText(text)).events).toHaveLength(primary.length);
	});

	const bare = (lines: readonly string[]): string[] => lines.map((line) => line.slice(line.indexOf(".") + 7));

	test("all of them, in fenced blocks", async () => {
		const text = `Both sides:\n\n\`\`\`log\n# replica log\n${join(bare(replica))}\`\`\`\n\n\`\`\`log\n# master log\n${join(bare(primary))}\`\`\`\n`;
		expect((await readText(text)).streams.map(({ label, events }) => [label, events.length])).toEqual([
			["replica log", 10],
			["master log", 9],
		]);
	});

	test("all of them, with comments between", async () => {
		const commented = bare(primary).flatMap((line, i) => (i % 3 === 1 ? ["# what comes next", `* ${line}`] : [`* ${line}`]));
		expect(only(await readText(join(commented))).events).toHaveLength(9);
	});

	test("a message without front among log lines is one", async () => {
		const [first, ...rest] = primary;
		const text = join([(first as string).replace(/^.*? [*#] /, ""), ...rest]);
		const { events } = only(await readText(text));
		expect(events).toHaveLength(primary.length);
		expect(events[0]).toMatchObject({ time: null, pid: null, type: "sync.requested" });
	});
});

describe("remarks behind messages that cannot be read with them", () => {
	const started = "9777:S 21 Nov 2026 20:29:38.725 * MASTER <-> REPLICA sync started";

	test.each(["/* first */", "<<< here", "<= look", "!!!", "; it begins", "^^^^", "-- why", "=> full", "почему"])("%s", async (remark) => {
		const { events, counts } = only(await readText(`${started} ${remark}\n`));
		expect(events.map(({ type, text }) => [type, text])).toEqual([["sync.started", "MASTER <-> REPLICA sync started"]]);
		expect(counts.unrecognised).toBe(0);
	});

	test("a message that goes on in words is another one", async () => {
		const { events, counts } = only(await readText(`${started} with another channel\n`));
		expect([events.length, counts.unrecognised]).toEqual([0, 1]);
	});
});

describe("addresses that were taken out", () => {
	const all = [...replica.slice(0, 3), ...primary];
	const types = async (lines: readonly string[]): Promise<string[]> =>
		(await readText(join(lines))).streams.flatMap(({ events }) => events.map(({ type }) => type));

	test.each([
		["gone", ""],
		["gone, and the blank with it", "\b"],
		["named", "<primary ip>:<port>"],
		["named in braces", "{Master IP}:{Master port}"],
		["variables", "$ip:$port"],
		["words", "IP:PORT"],
		["letters", "x.x.x.x:xxxx"],
		["stars", "***:6379"],
	])("%s", async (_, mask) => {
		const masked = all.map((line) =>
			line.replace(/ 10\.0\.0\.\d:\d{4}(?= |$)/, mask === "\b" ? "" : ` ${mask}`).trimEnd(),
		);
		expect(await types(masked)).toEqual(await types(all));
	});
});

describe("repeated pastes", () => {
	const once = async (lines: readonly string[]): Promise<unknown> =>
		only(await readText(join(lines))).events.map(plain);

	test.each([
		["twice in a row", join([...replica, ...replica])],
		["twice, with words between", `${join(replica)}\nThis is what came:\n\n${join(replica)}`],
		["growing", `\`\`\`\n${join(replica.slice(0, 4))}\`\`\`\nlater\n\`\`\`\n${join(replica)}\`\`\`\n`],
		["shrinking", `\`\`\`\n${join(replica)}\`\`\`\nthat is\n\`\`\`\n${join(replica.slice(2, 6))}\`\`\`\n`],
		[
			"the end first",
			`\`\`\`\n${join(replica.slice(5))}\`\`\`\nbefore\n\`\`\`\n${join(replica.slice(0, 7))}\`\`\`\n`,
		],
		[
			"with a gap filled later",
			`\`\`\`\n${join([...replica.slice(0, 2), ...replica.slice(7)])}\`\`\`\nin full\n\`\`\`\n${join(replica)}\`\`\`\n`,
		],
	])("%s", async (_name, text) => {
		const { events, wrapper, counts } = only(await readText(text));
		expect(events.map(plain)).toEqual(await once(replica));
		expect(wrapper).toMatch(/(?:^|, )repeated$/);
		// Each line is accounted for, those that come again as well.
		expect(counts.recognised).toBe(text.split("\n").filter((line) => line.startsWith("9777:S ")).length);
	});

	test("keeps the first place", async () => {
		const { events } = only(await readText(join([...replica.slice(0, 4), ...replica])));
		expect(events.map(({ place }) => place.line)).toEqual([1, 2, 3, 4, 9, 10, 11, 12, 13, 14]);
	});

	test("a line that a server wrote twice stays two", async () => {
		const twice = [...replica, replica.at(-1) as string];
		expect(only(await readText(join(twice))).events).toHaveLength(twice.length);
		expect(only(await readText(join([...twice, ...twice]))).events).toHaveLength(twice.length);
	});
});

describe("several nodes in one document", () => {
	const split = async (text: string): Promise<(readonly [string | null, number])[]> =>
		(await readText(text)).streams.map(({ label, events }) => [label, events.length] as const);
	const pid1 = (lines: readonly string[]): string[] =>
		lines.map((line) => line.replace(/^\d+:([MS])/, "1:$1"));

	test("by heading, with equal process IDs", async () => {
		const text = `# Primary\n\n\`\`\`\n${join(pid1(primary))}\`\`\`\n\n# Replica\n\n\`\`\`\n${join(pid1(replica))}\`\`\`\n`;
		expect(await split(text)).toEqual([
			["Primary", 9],
			["Replica", 10],
		]);
	});

	test("by captions without fences", async () => {
		const text = `Master log:\n${join(pid1(primary))}\nSlave log:\n${join(pid1(replica))}`;
		expect(await split(text)).toEqual([
			["Master log", 9],
			["Slave log", 10],
		]);
	});

	test("by headings that are names, where all processes have the same number and none overlap", async () => {
		const first = pid1(replica.slice(0, 5));
		const second = pid1(replica.slice(5));
		for (const [a, b, names] of [
			["--- logs of 4f1e09aa77d2 ---", "--- logs of 90c2d8e4b1f3 ---", ["logs of 4f1e09aa77d2", "logs of 90c2d8e4b1f3"]],
			["**redis-0**", "**redis-1**", ["redis-0", "redis-1"]],
			["VM1:", "VM2:", ["VM1", "VM2"]],
			["10.4.0.7:6379:", "10.4.0.8:6379:", ["10.4.0.7 6379", "10.4.0.8 6379"]],
		] as const) {
			const found = await split(`${a}\n${join(first)}\n${b}\n${join(second)}`);
			expect(found).toEqual([
				[names[0], 5],
				[names[1], 5],
			]);
		}
		// A story in steps is one node's.
		expect(await split(`Step 1:\n${join(first)}\nStep 2:\n${join(second)}`)).toEqual([[null, 10]]);
	});

	test("lines with no more than a level, by the side that a heading speaks of", async () => {
		const bare = (lines: readonly string[]): string[] => lines.map((line) => line.slice(line.search(/[*#] /)));
		const both = `--- Master output ---\n${join(bare(primary))}\n--- Slave output ---\n${join(bare(replica))}`;
		expect(await split(both)).toEqual([
			["Master output", 9],
			["Slave output", 10],
		]);
		// A remark between them changes nothing.
		const remark = `${join(bare(replica.slice(0, 5)))}then, after a while:\n${join(bare(replica.slice(5)))}`;
		expect((await split(remark)).map(([, events]) => events)).toEqual([10]);
	});

	test("lines with no more than a level, in fences", async () => {
		const bare = (lines: readonly string[]): string => join(lines.map((line) => line.slice(line.search(/[*#] /))));
		const text = `The replica says:\n\n\`\`\`\n${bare(replica)}\`\`\`\n\nand the primary says:\n\n\`\`\`\n${bare(primary)}\`\`\`\n`;
		expect((await split(text)).map(([, events]) => events)).toEqual([10, 9]);
	});

	test("by process ID, side by side", async () => {
		const both = [...primary, ...replica].sort((a, b) =>
			a.slice(a.indexOf(" ")) < b.slice(b.indexOf(" ")) ? -1 : 1,
		);
		const found = await split(join(both));
		expect(found).toEqual(
			expect.arrayContaining([
				["pid 812", 9],
				["pid 9777", 10],
			]),
		);
	});

	test("by the port that each says it listens on", async () => {
		const start = (pid: number, port: number): string =>
			`${pid}:M 21 Nov 2026 20:29:38.000 * Running mode=standalone, port=${port}.`;
		const text = join([start(812, 6379), ...primary, start(9777, 6380), ...replica]);
		expect(await split(text)).toEqual([
			[":6379", 10],
			[":6380", 11],
		]);
	});

	test("by command", async () => {
		const text = `$ docker logs redis-a\n${join(pid1(primary))}$ docker logs redis-b\n${join(pid1(replica))}`;
		expect(await split(text)).toEqual([
			["redis-a", 9],
			["redis-b", 10],
		]);
	});

	test("by file header", async () => {
		const text = `==> /var/log/redis-1.log <==\n${join(pid1(primary))}\n==> /var/log/redis-2.log <==\n${join(pid1(replica))}`;
		expect((await readText(text)).streams.map(({ wrapper }) => wrapper)).toEqual([
			"tail-headers",
			"tail-headers",
		]);
		expect(await split(text)).toEqual([
			["redis-1", 9],
			["redis-2", 10],
		]);
	});

	test("by name in each line", async () => {
		const text = join([...primary.map((l) => `redis_1  | ${l}`), ...replica.map((l) => `redis_2  | ${l}`)]);
		expect(await split(text)).toEqual([
			["redis_1", 9],
			["redis_2", 10],
		]);
	});

	test("by a heading that the first line stands behind, without line ends", async () => {
		const text = `# 主节点日志${primary.join("")}\n# 从节点日志${replica.join("")}\n`;
		expect(await split(text)).toEqual([
			["主节点日志", 9],
			["从节点日志", 10],
		]);
	});

	test("by role, with somebody's words between", async () => {
		const later = replica.map((line) => line.replace(/ 20:(\d\d):/, (_, m) => ` 21:${m}:`));
		const text = `${join(primary)}\nthat was the one, and now we tell the other where to go\n\n${join(later)}`;
		expect(await split(text)).toEqual([
			["pid 812", 9],
			["pid 9777", 10],
		]);
		// One process after another in a log is a restart.
		expect(await split(join([...primary, ...later]))).toHaveLength(1);
	});

	test("but not by comments on the lines, in a container either", async () => {
		const commented = pid1(replica).flatMap((line, i) => (i % 4 === 2 ? ["# now it asks", line] : [line]));
		expect(await split(join(commented))).toEqual([[null, 10]]);
		const twice = `\`\`\`\n${replica[0]}\n# it begins\n${join(replica.slice(1))}\`\`\`\n\n\`\`\`\n${join(primary)}\`\`\`\n`;
		expect(await split(twice)).toEqual([
			["pid 9777", 10],
			["pid 812", 9],
		]);
	});

	test("by headings that speak of sides, whatever ports their lines tell; by ports in headings", async () => {
		const laddr = replica.map((line) => line.replace("* MASTER <-> REPLICA sync started", "* REPLICAOF 10.0.0.1:6379 enabled (user request from 'id=3 addr=127.0.0.1:4 laddr=127.0.0.1:6379 fd=8')"));
		const text = `Logs of the master:\n${join(pid1(primary))}\nLogs of the replica:\n${join(pid1(laddr))}`;
		expect(await split(text)).toEqual([
			["Logs of the master", 9],
			["Logs of the replica", 10],
		]);
		const ports = `7001节点：\n${join(pid1(primary))}\n它的节点为7005：\n${join(pid1(replica))}`;
		expect(await split(ports)).toEqual([
			[":7001", 9],
			[":7005", 10],
		]);
	});

	test("a restart is the same node", async () => {
		const again = "21 Nov 2026 20:31:00.000 * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo";
		const later = replica.map((line) =>
			line.replace(/^9777:S 21 Nov 2026 20:(\d\d)/, (_, m) => `9990:S 21 Nov 2026 20:${Number(m) + 5}`),
		);
		expect(await split(join([...replica, `9990:C ${again}`, ...later]))).toEqual([[null, 21]]);
	});
});

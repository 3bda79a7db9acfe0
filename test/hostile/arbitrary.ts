import fc from "fast-check";
import { catalogue } from "../../grammars/messages/index.ts";
import { segments } from "../../grammars/template.ts";
import type { HoleKind } from "../../grammars/tokens.ts";
import { scenarios } from "./harness.ts";

/** Names that mean something to JavaScript, to a shell, to a terminal or to a browser. */
export const tricks = [
	"__proto__", "constructor", "prototype", "hasOwnProperty", "toString", "valueOf", "length", "NaN", "-0", "null",
	"", " ", "\u0000", "\u001b[2J", "\u001b]0;x\u0007", "\u202e", "\u200b", "\ufeff", "\u2028", "\ud800", "::error::x",
	"##[error]x", "##vso[task.setvariable]x", "</script><script>", "<!--", "]]>", "|", "`", "[x](http://evil)", "'", '"',
	"\\", "$" + "{x}", "{{x}}", "%0A::error::x", "../../etc/passwd", "9".repeat(30), "a".repeat(5000),
] as const;

const id = fc.constantFrom("a".repeat(40), "b".repeat(40), "0".repeat(40), "c".repeat(40), "?", "");
const offset = fc.oneof(
	fc.integer({ min: -2, max: 5000 }).map(String),
	fc.constantFrom("9007199254740991", "9007199254740993", "9223372036854775807", "-9223372036854775808", "9999999999999999999"),
);
const address = fc.constantFrom("127.0.0.1:6379", "10.0.0.2:6380", ":6380", "[::1]:6379", "<unknown>", "client id #7");
const word = fc.oneof(fc.constantFrom("x", "mymaster", "online"), fc.constantFrom(...tricks));

/** What may stand in a hole of a message: mostly what a server prints, sometimes what it never would. */
const values: Readonly<Record<HoleKind, fc.Arbitrary<string>>> = {
	Int: fc.oneof(fc.integer({ min: 0, max: 70_000 }).map(String), fc.constantFrom("-1", "999999999999999")),
	Seconds: fc.integer({ min: 0, max: 3600 }).map(String),
	Millis: fc.integer({ min: 0, max: 100_000 }).map(String),
	Bytes: fc.oneof(fc.integer({ min: 0, max: 1 << 30 }).map(String), fc.constantFrom("-1", "999999999999999")),
	Offset: offset,
	Float: fc.constantFrom("0.1", "123.456", "-1"),
	Hex: fc.constantFrom("0", "deadbeef"),
	Channel: fc.constant("(rdbchannel)"),
	ReplId: id,
	NodeId: id,
	Peer: address,
	Host: fc.constantFrom("127.0.0.1", "10.0.0.2", "redis-0.redis", "::1"),
	Instance: fc.constantFrom("slave 10.0.0.2:6380 10.0.0.2 6380 @ mymaster 10.0.0.1 6379", "master mymaster 10.0.0.1 6379"),
	Word: word,
	Client: fc.constant("id=5 addr=127.0.0.1:1 laddr=127.0.0.1:6379 fd=8 name= cmd=replicaof user=default omem=99999999"),
	Text: word,
};

const templates = catalogue.flatMap(({ wordings }) => wordings.map(([, template]) => template));

/** A message of the catalogue with some values in its holes. */
export const message: fc.Arbitrary<string> = fc
	.constantFrom(...templates)
	.chain((template) =>
		fc.tuple(...segments(template).map((part) => ("text" in part ? fc.constant(part.text) : values[part.kind]))),
	)
	.map((parts) => parts.join(""));

const two = (n: number): string => String(n).padStart(2, "0");
const clock = (ms: number): string =>
	`${two(Math.floor(ms / 3_600_000))}:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, "0")}`;

/** A front: mostly in order, sometimes of other versions, other years, other processes. */
const front = fc
	.record({
		pid: fc.constantFrom("812", "813", "1", "99999999999999999999", "x"),
		role: fc.constantFrom("S", "M", "C", "X"),
		style: fc.constantFrom("legacy", "legacy", "legacy", "yearless", "iso", "millis", "signal", "old"),
		year: fc.constantFrom("2026", "2026", "2026", "0000", "9999", "1970"),
		day: fc.constantFrom("21 Nov", "21 Nov", "22 Nov", "31 Feb", "29 Feb", "01 Jan"),
		level: fc.constantFrom("*", "#", ".", "-"),
		zone: fc.constantFrom("Z", "+05:30", "-12:00", "+99:99", ""),
	})
	.map(({ pid, role, style, year, day, level, zone }) => (ms: number): string => {
		switch (style) {
			case "yearless":
				return `${pid}:${role} ${day} ${clock(ms)} ${level} `;
			case "old":
				return `[${pid}] ${day} ${clock(ms)} ${level} `;
			case "iso":
				return `${pid}:${role} ${year}-11-21T${clock(ms)}${zone} ${level} `;
			case "millis":
				return `${pid}:${role} ${1_795_293_849_421 + ms} ${level} `;
			case "signal":
				return `${pid}:signal-handler (${1_795_293_849 + Math.floor(ms / 1000)}) `;
			default:
				return `${pid}:${role} ${day} ${year} ${clock(ms)} ${level} `;
		}
	});

/** A log of messages in any order. */
export const soup: fc.Arbitrary<string> = fc
	.array(fc.tuple(front, message, fc.integer({ min: -10, max: 2000 })), { maxLength: 60 })
	.map((lines) => {
		let ms = 40_000_000;
		return lines
			.map(([open, text, step]) => {
				ms = Math.min(86_399_999, Math.max(0, ms + step));
				return `${open(ms)}${text}\n`;
			})
			.join("");
	});

/** A scenario's logs. */
export const scenario = fc.constantFrom(...[...scenarios].filter(([name]) => !name.startsWith("snapshot-loop")));

/** Something done to the bytes of a log. */
export type Damage = (bytes: Buffer) => Buffer;

const linesOf = (bytes: Buffer): string[] => bytes.toString("latin1").split("\n");
const joined = (lines: readonly string[]): Buffer => Buffer.from(lines.join("\n"), "latin1");
const at = (part: number, length: number): number => Math.floor(part * length);
const part = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

export const damage: fc.Arbitrary<Damage> = fc.oneof(
	part.map((a): Damage => (bytes) => bytes.subarray(0, at(a, bytes.length))),
	part.map((a): Damage => (bytes) => bytes.subarray(at(a, bytes.length))),
	fc.tuple(part, fc.uint8Array({ maxLength: 50 })).map(([a, junk]): Damage => (bytes) => {
		const where = at(a, bytes.length);
		return Buffer.concat([bytes.subarray(0, where), junk, bytes.subarray(where)]);
	}),
	fc.tuple(part, fc.constantFrom(...tricks)).map(([a, trick]): Damage => (bytes) => {
		const where = at(a, bytes.length);
		return Buffer.concat([bytes.subarray(0, where), Buffer.from(trick), bytes.subarray(where)]);
	}),
	fc.tuple(part, part).map(([a, b]): Damage => (bytes) => {
		const lines = linesOf(bytes);
		const [line = ""] = lines.splice(at(a, lines.length), 1);
		lines.splice(at(b, lines.length), 0, line);
		return joined(lines);
	}),
	fc.tuple(part, part).map(([a, b]): Damage => (bytes) => {
		const lines = linesOf(bytes);
		return joined([...lines, ...lines.slice(at(Math.min(a, b), lines.length), at(Math.max(a, b), lines.length))]);
	}),
	fc.constant<Damage>((bytes) => joined(linesOf(bytes).reverse())),
	fc.constant<Damage>((bytes) => Buffer.from(bytes.toString("latin1"), "utf16le")),
	fc.constant<Damage>((bytes) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(bytes.toString("latin1"), "utf16le")])),
	fc.constant<Damage>((bytes) => joined(linesOf(bytes).map((line) => `${line}\r`))),
	fc.constant<Damage>((bytes) => Buffer.from(bytes.toString("latin1").replaceAll("\n", "\r"), "latin1")),
	fc.constant<Damage>((bytes) => Buffer.from(bytes.toString("latin1").replaceAll(" ", "\0"), "latin1")),
	fc.integer({ min: 1, max: 8 }).map((bit): Damage => (bytes) => bytes.map((byte, i) => (i % (97 * bit) === 0 ? byte ^ (1 << (bit - 1)) : byte)) as Buffer),
);

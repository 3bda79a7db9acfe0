import fc from "fast-check";
import { expect, test } from "vitest";
import { readInputs } from "../../src/input/index.ts";
import { limit, tries } from "./harness.ts";
import { shapes } from "./shapes.ts";

/*
 * Time grows with the length of what is read. One line as long as lines can be, with some piece of it
 * repeated, takes milliseconds; a pattern that backtracks takes seconds to hours.
 */

/** Lines that get far into some pattern of the reader. */
const lines = [
	"812:S 21 Nov 2026 20:39:14.531 * Trying a partial resynchronization (request aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:1).",
	"812:M 21 Nov 2026 20:39:14.531 # Client id=1 addr=127.0.0.1:1 name= cmd=psync scheduled to be closed ASAP for overcoming of output buffer limits.",
	"1:X 21 Nov 2026 20:39:14.531 # +switch-master mymaster 127.0.0.1 6379 127.0.0.1 6380",
	'{"log":"812:S 21 Nov 2026 20:39:14.531 * Connecting to MASTER x\\n","stream":"stdout","time":"2026-11-21T20:39:14.531Z"}',
	"2026-11-21T20:39:14.531000000Z stdout F 812:S 21 Nov 2026 20:39:14.531 * redis",
	"[pod/redis-0/redis] 812:S 21 Nov 2026 20:39:14.531 * redis",
	'<133>1 2026-11-21T20:39:14.531Z db1 redis 812 - [a b="c"] MASTER',
	"Nov 21 20:39:14 db1 redis-server[812]: MASTER <-> REPLICA sync started",
	"Sat 2026-11-21 20:39:14 UTC db1 redis[812]: MASTER",
	"2026-11-21 20:39:14.531000000 +0100 CET [redis-2] redis",
	"I1121 20:39:14.531000       1 *] 812:S redis",
	'2026-11-21T20:39:14Z {pod="redis-0"} redis',
	"redis_1  | 812:S 21 Nov 2026 20:39:14.531 * redis",
	"redis-0 redis 812:S 21 Nov 2026 20:39:14.531 * redis",
	"[2026-11-21T20:39:14.531Z] UTC  redis",
	"redis-0.log:12:812:S 21 Nov 2026 20:39:14.531 * redis",
	"MASTER2 - 812:S 21 Nov 2026 20:39:14.531 * redis",
	'redis,"812:S 21 Nov 2026 20:39:14.531 * redis"',
	"slave0:ip=127.0.0.1,port=1,state=online,offset=1,lag=0",
	'1) "master"',
	'["master", 1, []]',
	"127.0.0.1:6379> INFO replication",
	"[user@host ~]$ redis-cli -p 6380 -a x info",
	"kubectl exec -it redis-0 -n x -- redis-cli info",
	'{"redis_version": "7.0.0", "role": "master", "x": {"y": [1, 2]}}',
	"{'redis_version': '7.0.0', b'role': u'master'}",
	'"# Server\\r\\nredis_version:7.0.0\\r\\n"',
	"==> redis-1.log <==",
	"<td>812:S 21 Nov 2026 20:39:14.531 * redis</td>",
	'pid=812 role=replica timestamp="2026-11-21T20:39:14.531" level=notice message="x"',
	'{"type":"sync.requested","text":"Replica 127.0.0.1:1 asks for synchronization","input":"a","line":1}',
	"568: S 06 Feb 2020 11: 36: 01.797 # redis",
	"20:39:14.531 812:S * redis",
	"# redis <-- here",
	"redis://user:password@host/ requirepass x AUTH y",
	"\u001b[31mredis\u001b[0m\u001b]0;redis\u0007",
] as const;
const pumps = [
	" ", "a", "0", ".", "-", ":", "/", "\\", '"', "'", "[", "]", "(", ")", "{", "}", "<", ">", "=", ",", "|", "#", "*", "_", "`",
	"~", "&", "\t", "@", ".log", "a ", "a.", "a-", "a/", "<a ", "[]", "<-", " > ", "**", "\\n", '\\"', "1:S ", "20:39:14.531 * ",
	"812:S 21 Nov 20:39:14.531 * ", "\u001b[", "\u001b]", "&#1;", "a=b,", 'a="b" ', "-a x ", "1) ", '"a":', "\u00a0", "\u2026", "u:p@",
	"-cli ", "exec ", "redis",
] as const;
const tails = ["", "!", "\u2028x", '"', "}"] as const;

const LENGTH = 60_000;
/** Ten to a hundred times what it takes on a machine that is busy. */
const LONGEST = 2500;

test("a line of any shape, as long as lines can be", async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...lines),
			fc.constantFrom(...pumps),
			fc.constantFrom(...tails),
			fc.double({ min: 0, max: 1, noNaN: true }),
			async (line, pump, tail, part) => {
				const at = Math.round(part * line.length);
				const text = line.slice(0, at) + pump.repeat(LENGTH / pump.length) + line.slice(at) + tail;
				const begin = performance.now();
				await readInputs([{ name: "a.log", data: text }]);
				expect(performance.now() - begin).toBeLessThan(LONGEST);
			},
		),
		{ ...tries(60), examples: found },
	);
}, limit);

/** Those that took seconds once. */
const found: [(typeof lines)[number], (typeof pumps)[number], (typeof tails)[number], number][] = [
	[lines[0], ".", "", 0],
	[lines[0], "/", "", 0.01],
	[lines[14], " ", "\u2028x", 0.74],
	[lines[9], ",", "\u2028x", 0.5],
	[lines[11], "a", "", 0.75],
	[lines[20], '\\"', "", 0.6],
	[lines[25], '\\"', "!", 0.5],
];

test.each(Object.entries(shapes))("many lines of one kind: %s", async (_, line) => {
	const count = 1500;
	const text = Array.from({ length: count }, (_, i) => line(i, count)).join("\n");
	const begin = performance.now();
	await readInputs([{ name: "a.log", data: text }]);
	expect(performance.now() - begin).toBeLessThan(8000);
}, limit);

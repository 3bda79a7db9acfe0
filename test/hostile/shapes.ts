const two = (n: number): string => String(n).padStart(2, "0");
const at = (i: number): string =>
	`21 Nov 2026 ${two(Math.floor(i / 3_600_000) % 24)}:${two(Math.floor(i / 60_000) % 60)}:${two(Math.floor(i / 1000) % 60)}.${String(i % 1000).padStart(3, "0")}`;
const ip = (i: number): string => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;
const asks = (i: number): string => `812:M ${at(i)} * Replica ${ip(i)}:6380 asks for synchronization`;
const connects = (i: number): string => `${i + 1000}:S ${at(i)} * Connecting to MASTER 127.0.0.1:6379`;

/** The i-th of n lines (or groups of lines) of inputs of which something is without end: names, processes, parts. */
export const shapes: Readonly<Record<string, (i: number, n: number) => string>> = {
	"names by a wrapper": (i) => `redis${i}_1  | ${asks(1)}`,
	headings: (i) => `## node number ${i}\n${asks(i)}`,
	captions: (i) => `node ${i}:\n${connects(i)}`,
	"code blocks": (i) => `\`\`\`\n${connects(i)}\n\`\`\``,
	prompts: (i) => `user@host${i}:~$ redis-cli -p ${1000 + (i % 60_000)}\n${connects(i)}`,
	files: (i) => `==> redis-${i}.log <==\n${asks(i)}`,
	"starts that go back": (i, n) => `812:C ${at((n - i) * 3000)} * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo\n${asks((n - i) * 3000 + 1)}`,
	"replies of INFO": (i) => `# Server\nredis_version:7.0.0\nprocess_id:${i + 1}\n# Replication\nrole:master\nmaster_repl_offset:${i}\n`,
	"replies of INFO among lines": (i) => `${asks(i)}\n# Replication\nrole:master\nmaster_repl_offset:${i}\n`,
	"replies of ROLE": (i) => `10.0.0.${i % 250}:${i % 60_000}> ROLE\n1) "master"\n2) (integer) ${i}\n3) (empty array)\n`,
	modules: (i) => `${i === 0 ? "# Modules\n" : ""}module:name=m${i},ver=1`,
	replicas: asks,
	processes: (i) => `${1000 + i}:C ${at(i * 10)} * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo\n${1000 + i}:M ${at(i * 10 + 1)} * Ready to accept connections`,
	"processes side by side": (i) => `${1000 + ((i * 7919) % 1_000_003)}:M ${at(i * 10)} * Running mode=standalone, port=${1 + (i % 60_000)}.`,
	"months that go back": (i) => `[1234] 01 ${i % 2 ? "Jan" : "Dec"} 10:00:00.000 * Slave asks for synchronization`,
	"lines without a time": (i) => `812:S * Connecting to MASTER 127.0.0.1:${i % 60_000}`,
	"pieces without end": (i) => `2026-11-21T20:39:14.531000000Z stdout P 812:S ${at(i)} * ${"x".repeat(200)}`,
	"events of many nodes": (i) => JSON.stringify({ type: "sync.requested", time: "2026-11-21T20:39:14.531Z", node: `n${i}`, input: "x", line: i, pid: 1, role: "M", level: "*", text: "Replica 127.0.0.1:1 asks for synchronization" }),
	"not understood": (i) => `812:M ${at(i)} * Full resync requested by somebody ${i}`,
};

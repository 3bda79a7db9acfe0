/** Examples of each command: what to type, and what it is for. */
export const examples = {
	rlog: [
		["rlog analyze primary.log replica.log", "why did the replica resynchronise?"],
		["kubectl logs redis-0 | rlog analyze -", "from a pipe; one line a resync when piped on"],
		["rlog explain backlog-overrun", "what a code, or a pasted log line, means"],
	],
	analyze: [
		["rlog analyze primary.log replica.log", "why did the replica resynchronise?"],
		["rlog analyze logs/ -o report.html -o report.json", "a page to look at and hand on, and all of it as data"],
		["rlog analyze --fail-on 'full!=first-sync' *.log", "exit 2 where a full resync was avoidable"],
	],
	events: [
		["rlog events *.log > events.ndjson", "typed events; rlog reads them in place of the logs"],
		["rlog events replica.log | grep '\"psync.request\"'", "what a replica asked for, and when"],
		["ssh redis-1 rlog events /var/log/redis.log > 1.ndjson", "read where the logs are, explain anywhere"],
	],
	timeline: [
		["rlog timeline *.log", "what every node did, side by side"],
		["rlog timeline --around '#2±5s' *.log", "five seconds before and after resync 2"],
		["rlog timeline --type 'psync.*' --context 2 *.log", "messages of a type, with what stands around them"],
	],
	diff: [
		["rlog diff before.json after.json", "what an upgrade or a change of configuration brought"],
		["rlog diff --fail-on worse before.json after.json", "the same as a gate: exit 2 when it is worse"],
		["rlog analyze -f json *.log | rlog diff before.json -", "compare with what is there now"],
	],
	share: [
		["rlog share *.log -o for-the-ticket", "copies without addresses, names and IDs"],
		["rlog share *.log -o copies --map secret.json", "also what each value became, for yourself"],
		["rlog analyze for-the-ticket", "they tell the same"],
	],
	info: [
		["redis-cli INFO | rlog info", "what this server shows, and what a reconnect would cost"],
		["rlog info before.txt after.txt", "what changed between two snapshots, and the write rate"],
		["rlog info info-*.txt role-*.txt *.log", "all nodes, with the names and the clock of their logs"],
	],
	whois: [
		["rlog whois 10.0.0.7:6379 *.log", "who is behind an address"],
		["rlog whois 67e88ce1 *.log", "who began a replication ID, and who held it"],
		["rlog whois replica *.log", "the processes, roles and histories of a node"],
	],
	explain: [
		["rlog explain", "all codes"],
		["rlog explain backlog-overrun", "what it means, what proves it, what to do, how to see it live"],
		["tail -1 replica.log | xargs -0 rlog explain", "what a log line says"],
	],
	patterns: [
		["rlog patterns", "every message that is understood"],
		["rlog patterns backlog", "those that hold a word"],
		["rlog patterns --format json", "the catalogue as data"],
	],
	completion: [
		["source <(rlog completion bash)", "in ~/.bashrc"],
		["source <(rlog completion zsh)", "in ~/.zshrc, after compinit"],
		["rlog completion fish | source", "in ~/.config/fish/config.fish"],
	],
} as const satisfies Record<string, readonly (readonly [command: string, purpose: string])[]>;

/** The examples of a command in two columns, under their title. */
export function examplesOf(command: keyof typeof examples): string {
	const lines = examples[command];
	const width = Math.max(...lines.map(([typed]) => typed.length)) + 2;
	return `Examples:\n${lines.map(([typed, purpose]) => `  ${typed.padEnd(width)}${purpose}\n`).join("")}`;
}

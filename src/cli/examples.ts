/** Examples of each command: what to type, and what it is for. */
export const examples = {
	rlog: [
		["rlog analyze primary.log replica.log", "why did the replica resynchronise?"],
		["kubectl logs redis-0 | rlog analyze -", "the same, from a pipe"],
		["rlog explain backlog-overrun", "what a code, or a log line, means"],
	],
	analyze: [
		["rlog analyze primary.log replica.log", "why did it resynchronise?"],
		["rlog analyze logs/ -o report.html", "a page to look at and hand on"],
		["rlog analyze --fail-on 'full!=first-sync' *.log", "exit 2 if one was avoidable"],
	],
	events: [
		["rlog events *.log > events.ndjson", "events, which rlog reads as well"],
		["rlog events *.log | grep psync.request", "what was asked for, and when"],
		["ssh redis-1 rlog events redis.log > 1.ndjson", "read there, explain here"],
	],
	timeline: [
		["rlog timeline *.log", "what every node did"],
		["rlog timeline --around '#2±5s' *.log", "five seconds around resync 2"],
		["rlog timeline --type 'psync.*' --context 2 *.log", "with what stands around them"],
	],
	diff: [
		["rlog diff before.json after.json", "what the change brought"],
		["rlog diff --fail-on worse before.json after.json", "exit 2 when it got worse"],
		["rlog diff --format json before.json after.json", "the same as data"],
	],
	share: [
		["rlog share *.log -o for-the-ticket", "copies without addresses and IDs"],
		["rlog share *.log -o copies --map secret.json", "and what each value became"],
		["rlog analyze for-the-ticket", "they tell the same"],
	],
	info: [
		["redis-cli INFO | rlog info", "what a reconnect now would cost"],
		["rlog info before.txt after.txt", "what changed, and the write rate"],
		["rlog info info-*.txt role-*.txt *.log", "all nodes, in the clock of their logs"],
	],
	whois: [
		["rlog whois 10.0.0.7:6379 *.log", "who is behind an address"],
		["rlog whois 67e88ce1 *.log", "who began a replication ID, and who held it"],
		["rlog whois replica *.log", "the processes, roles and histories of a node"],
	],
	explain: [
		["rlog explain", "all codes"],
		["rlog explain backlog-overrun", "what it means, and what to do"],
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

import process from "node:process";
import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { formatNames } from "../report/formats.ts";
import { version } from "../version.ts";
import type { AnalyzeFlags, NodeName } from "./commands/analyze.ts";
import type { LogZone } from "../analyze.ts";
import type { DiffFlags } from "./commands/diff.ts";
import type { EventsFlags } from "./commands/events.ts";
import type { ExplainFlags } from "./commands/explain.ts";
import type { InfoFlags } from "./commands/info.ts";
import type { PatternsFlags } from "./commands/patterns.ts";
import type { ShareFlags } from "./commands/share.ts";
import type { TimelineFlags } from "./commands/timeline.ts";
import type { WhoisFlags } from "./commands/whois.ts";
import { complain } from "./errors.ts";
import { type examples, examplesOf } from "./examples.ts";
import { oneLine } from "./mistakes.ts";
import { watchOutput } from "./output.ts";

const inputHelp = "log files, folders, patterns, or - for standard input; plain or compressed";

const exitCodes = `
Exit code:
  0 analysed · 1 wrong usage, or nothing could be read · 2 a --fail-on rule was hit ·
  3 analysed, but some input could not be read
`;

const gates = `
Rules of --fail-on, with commas between them:
  full, partial, failed, open, resync    any such resync
  full:backlog-overrun|no-backlog        one with such a cause
  full!=first-sync                       one with any other cause
  finding:critical, finding:split-brain  a finding of at least that severity, or of that code
  problem                                anything that could not be read or trusted
  full:backlog-overrun>2                 more than so many (also >= < <= =)
`;

function collect<T>(parse: (text: string) => T): (text: string, previous: readonly T[] | undefined) => T[] {
	return (text, previous) => [...(previous ?? []), parse(text)];
}

function nodeName(text: string): NodeName {
	const equals = text.indexOf("=");
	if (equals < 1 || equals === text.length - 1) {
		throw new InvalidArgumentError("Give a name and an input, as in --node cache-1=redis.log.");
	}
	return { name: text.slice(0, equals), input: text.slice(equals + 1) };
}

function logZone(text: string): LogZone {
	const equals = text.lastIndexOf("=");
	if (equals === 0 || equals === text.length - 1) {
		throw new InvalidArgumentError("Give a zone, or a node and its zone: --tz Europe/Berlin, --tz cache-1=+02:00.");
	}
	return equals < 0 ? { zone: text } : { node: text.slice(0, equals), zone: text.slice(equals + 1) };
}

function wholeNumber(text: string): number {
	if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("Give a whole number.");
	return Number(text);
}

const zoneOption = (command: Command): Command =>
	command.option(
		"--tz <[node=]zone>",
		"zone of logs that do not state theirs: UTC, +02:00, Europe/Berlin (repeatable)",
		collect(logZone),
	);

/** Options that choose a part of the time. */
const windowOptions = (command: Command): Command =>
	command
		.option("--around <time[±span]>", "only around a time or a resync: 20:30±5m, #7")
		.option("--since <time>", "only from a time on: 20:30, '21 Nov 20:30', -2h before the end")
		.option("--until <time>", "only up to a time");

const colorOptions = (command: Command): Command =>
	command
		.option("--color", "colour even where the output is no terminal")
		.option("--no-color", "no colour (as NO_COLOR does)");

function addAnalyze(program: Command): void {
	const command = program
		.command("analyze")
		.description("explain every resync: full or partial, the cause, the proof, the remedy")
		.argument("<input...>", inputHelp)
		.addOption(
			new Option("-f, --format <format>", "format on standard output (text; lines when piped)").choices(
				formatNames,
			),
		)
		.option("-o, --output <file>", "write a report to a file, by its extension (repeatable)", collect(String))
		.option("--node <name=input>", "call the node of an input by a name (repeatable)", collect(nodeName))
		.option(
			"--fail-on <expr>",
			"exit 2 when a rule is hit: full!=first-sync, finding:critical (repeatable)",
			collect(String),
		)
		.option("--follow", "keep reading as the inputs grow; each resync when it is decided, the report at Ctrl-C")
		.option("-q, --quiet", "the answers only")
		.option("-v, --verbose", "also why we believe them")
		.addHelpText("after", gates + exitCodes)
		.action(async (inputs: string[], flags: AnalyzeFlags) => {
			await (await import("./commands/analyze.ts")).analyzeCommand(inputs, flags);
		});
	zoneOption(windowOptions(command));
	colorOptions(command);
}

function addEvents(program: Command): void {
	program
		.command("events")
		.description("print the typed events, one JSON object a line")
		.argument("<input...>", inputHelp)
		.addOption(new Option("-f, --format <format>", "output format").choices(["ndjson"]).default("ndjson"))
		.option("--node <name=input>", "call the node of an input by a name (repeatable)", collect(nodeName))
		.action(async (inputs: string[], flags: EventsFlags) => {
			await (await import("./commands/events.ts")).eventsCommand(inputs, flags);
		});
}

function addTimeline(program: Command): void {
	const command = program
		.command("timeline")
		.description("show what every node did, in one corrected clock")
		.argument("<input...>", inputHelp)
		.addOption(new Option("-f, --format <format>", "output format").choices(["text", "json"]).default("text"))
		.option("--node <name>", "only this node; NAME=INPUT names the node of an input (repeatable)", collect(String))
		.option("--type <pattern>", "only messages of a type: psync.*, link (repeatable)", collect(String))
		.option("--context <n>", "also so many events before and after each", wholeNumber)
		.option("-v, --verbose", "every event, with its file and line")
		.action(async (inputs: string[], flags: TimelineFlags) => {
			await (await import("./commands/timeline.ts")).timelineCommand(inputs, flags);
		});
	zoneOption(windowOptions(command));
	colorOptions(command);
}

function addDiff(program: Command): void {
	const command = program
		.command("diff")
		.description("compare two reports: before and after an upgrade or a change of configuration")
		.argument("<before>", "report as JSON (rlog analyze -o before.json …), or - for standard input")
		.argument("<after>", "the other report")
		.addOption(new Option("-f, --format <format>", "output format").choices(["text", "json"]).default("text"))
		.addOption(
			new Option("--fail-on <what>", "exit 2 when there are more full or failed resyncs, or new warnings").choices(
				["worse"],
			),
		)
		.option("--force", "compare reports of different servers too")
		.action(async (before: string, after: string, flags: DiffFlags) => {
			await (await import("./commands/diff.ts")).diffCommand(before, after, flags);
		});
	colorOptions(command);
}

function addShare(program: Command): void {
	program
		.command("share")
		.description("write copies without addresses, names and IDs that still tell the same")
		.argument("<input...>", inputHelp)
		.requiredOption("-o, --output <folder>", "folder for the copies; it must be new or empty")
		.option("--map <file>", "also write what each value became, for yourself alone")
		.action(async (inputs: string[], flags: ShareFlags) => {
			await (await import("./commands/share.ts")).shareCommand(inputs, flags);
		});
}

function addInfo(program: Command): void {
	const command = program
		.command("info")
		.description("read INFO and ROLE: nodes, lag, backlog, and what a reconnect now would cost")
		.argument("[input...]", "saved replies, transcripts or notes that hold some, logs beside them; standard input if none")
		.addOption(new Option("-f, --format <format>", "output format").choices(["text", "json"]).default("text"))
		.option("--node <name=input>", "call the node of an input by a name (repeatable)", collect(nodeName))
		.action(async (inputs: string[], flags: InfoFlags) => {
			await (await import("./commands/info.ts")).infoCommand(inputs, flags);
		});
	zoneOption(command);
	colorOptions(command);
}

function addWhois(program: Command): void {
	const command = program
		.command("whois")
		.description("tell who is behind an address, a name or an ID: its names, processes, roles and histories")
		.argument("<handle>", "an address, host, port, node's name, replication ID, run ID, Sentinel's or cluster node's ID")
		.argument("<input...>", inputHelp)
		.addOption(new Option("-f, --format <format>", "output format").choices(["text", "json"]).default("text"))
		.option("--node <name=input>", "call the node of an input by a name (repeatable)", collect(nodeName))
		.option("-v, --verbose", "all of it, however long")
		.action(async (handle: string, inputs: string[], flags: WhoisFlags) => {
			await (await import("./commands/whois.ts")).whoisCommand(handle, inputs, flags);
		});
	zoneOption(command);
	colorOptions(command);
}

function addExplain(program: Command): void {
	const command = program
		.command("explain")
		.description("say what a code, an INFO field or a pasted log line means, and what to do")
		.argument(
			"[subject...]",
			"a code (backlog-overrun), a message type (psync.request), a field of INFO (master_repl_offset) or a log line; none lists all codes",
		)
		.action(async (words: string[], flags: ExplainFlags) => {
			await (await import("./commands/explain.ts")).explainCommand(words, flags);
		});
	colorOptions(command);
}

function addPatterns(program: Command): void {
	const command = program
		.command("patterns")
		.description("print the catalogue of log messages: type, versions, sample, meaning")
		.argument("[word]", "only entries that hold this word")
		.addOption(new Option("-f, --format <format>", "output format").choices(["text", "json"]).default("text"))
		.action(async (word: string | undefined, flags: PatternsFlags) => {
			await (await import("./commands/patterns.ts")).patternsCommand(word, flags);
		});
	colorOptions(command);
}

function addCompletion(program: Command): void {
	program
		.command("completion")
		.description("print a script that completes rlog's command line: source <(rlog completion bash)")
		.addArgument(new Argument("<shell>", "bash, zsh or fish").choices(["bash", "zsh", "fish"]))
		.action(async (shell: "bash" | "zsh" | "fish") => {
			await (await import("./commands/completion.ts")).completionCommand(shell, program);
		});
}

/** Help, too, may have a reader who leaves (`| head`). */
function writeOut(text: string): void {
	watchOutput();
	process.stdout.write(text);
}

/** Sections of the manual besides the commands: their titles stand in the first lines. */
export const manualTexts: readonly string[] = [examplesOf("rlog"), gates, exitCodes];

/** The command line. Only commander is loaded here; each command loads what it needs when it runs. */
export function buildProgram(): Command {
	const program = new Command("rlog")
		.description("Explains why a Redis or Valkey replica resynchronised, from the servers' logs.")
		.version(version, "-V, --version", "print the version")
		.helpOption("-h, --help", "show this help")
		.showSuggestionAfterError()
		.helpCommand("help [command]", "show the help of a command")
		.addHelpText("before", examplesOf("rlog"))
		.addHelpText("after", "\nrlog COMMAND --help tells of its options, with examples.")
		.configureOutput({ writeOut, outputError: (text) => complain(oneLine(text)) })
		.exitOverride();
	addAnalyze(program);
	addEvents(program);
	addTimeline(program);
	addDiff(program);
	addShare(program);
	addInfo(program);
	addWhois(program);
	addExplain(program);
	addPatterns(program);
	addCompletion(program);
	for (const command of program.commands) command.addHelpText("before", examplesOf(command.name() as keyof typeof examples));
	return program;
}

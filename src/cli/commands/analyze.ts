import process from "node:process";
import { analyze, type LogZone } from "../../analyze.ts";
import type { Problem, Report } from "../../model/report.ts";
import { type Format, formatNames, formatOfFile, formats, renderPieces } from "../../report/formats.ts";
import type { RenderOptions } from "../../report/options.ts";
import { complain, UsageError } from "../errors.ts";
import { exitCode } from "../exit.ts";
import { print, writeWhole } from "../output.ts";
import { withProgress } from "../progress.ts";
import { fileOutput, standardOutput, type Terminal } from "../terminal.ts";
import type { WindowFlags } from "../window.ts";
import { checkedZones, checkZoneNodes } from "../zones.ts";

/** A node's name for an input, from `--node NAME=INPUT`. */
export interface NodeName {
	readonly name: string;
	readonly input: string;
}

export interface AnalyzeFlags extends WindowFlags {
	readonly format?: Format;
	readonly output?: readonly string[];
	readonly node?: readonly NodeName[];
	readonly tz?: readonly LogZone[];
	readonly failOn?: readonly string[];
	readonly follow?: boolean;
	readonly quiet?: boolean;
	readonly verbose?: boolean;
	readonly color?: boolean;
}

interface OutputFile {
	readonly file: string;
	readonly format: Format;
}

/** Problems that are errors of an input as a whole: they are said on standard error as well. */
const unreadable: ReadonlySet<string> = new Set(["unreadable", "empty", "no-log"]);
const isError = ({ code }: Problem): boolean => unreadable.has(code);

/** `rlog analyze`: explains every resync. */
export async function analyzeCommand(inputs: readonly string[], flags: AnalyzeFlags): Promise<void> {
	const files = outputFiles(flags);
	// Loaded only where it is asked for: its grammar costs start-up.
	const gate = flags.failOn === undefined ? undefined : await import("../gate.ts");
	const rules = gate?.gateOf(flags.failOn ?? []) ?? [];
	const windows = [flags.since, flags.until, flags.around].every((flag) => flag === undefined) ? undefined : await import("../window.ts");
	const asked = windows?.readWindow(flags);
	if (asked !== undefined && flags.follow === true) throw new UsageError("--follow takes no --since, --until or --around");
	const zones = await checkedZones(flags.tz);
	const terminal = standardOutput(flags.color);
	const labels = new Map(flags.node?.map(({ name, input }) => [input, name]));
	const analysis = await (flags.follow === true
		? (await import("./follow.ts")).followUntilEnd(inputs, { labels, zones }, flags.format ?? (terminal.tty ? "text" : "lines"))
		: withProgress((onProgress) =>
				analyze(inputs, {
					labels,
					zones,
					onProgress,
					...(windows === undefined || asked === undefined ? {} : { window: (report) => windows.resolveWindow(asked, report) }),
				}),
			));
	checkZoneNodes(zones, analysis.report.nodes, analysis.report.inputs);
	for (const problem of analysis.report.problems) if (isError(problem)) complain(problem.text);
	for (const { file, format } of files) {
		await writeWhole(file, await renderPieces(analysis.report, format, renderOptions(fileOutput, flags)));
	}
	const format = onScreen(flags, files, terminal);
	// Where nothing was read, the errors are the whole answer for people; machines still get a report.
	if (format !== undefined && !(analysis.nothingRead && isForPeople(format))) {
		const pieces = await renderPieces(
			forScreen(analysis.report, format, terminal),
			format,
			renderOptions(terminal, flags),
		);
		for (const piece of pieces) if (!(await print(piece))) break;
	}
	const gateHit = gate?.checkGate(rules, analysis.report) ?? false;
	process.exitCode = exitCode({ ...analysis, gateHit });
}

const isForPeople = (format: Format): boolean => format === "text" || format === "lines";

/** On a terminal that has just shown the errors, the text report does not say them again. */
function forScreen(report: Report, format: Format, { tty }: Terminal): Report {
	if (format !== "text" || !tty || !process.stderr.isTTY) return report;
	return { ...report, problems: report.problems.filter((problem) => !isError(problem)) };
}

/** The format for standard output, if it gets a report: with `--output` only when asked for by name. */
function onScreen(flags: AnalyzeFlags, files: readonly OutputFile[], terminal: Terminal): Format | undefined {
	if (flags.format !== undefined) {
		const used = files.some(({ file }) => formatOfFile(file) === undefined);
		return used ? undefined : flags.format;
	}
	if (files.length > 0) return undefined;
	return terminal.tty ? "text" : "lines";
}

function outputFiles({ output = [], format }: AnalyzeFlags): OutputFile[] {
	return output.map((file) => {
		const chosen = formatOfFile(file) ?? format;
		if (chosen === undefined) {
			const known = formatNames.flatMap((name) =>
				formats[name].extensions.map((extension) => `.${extension}`),
			);
			throw new UsageError(
				`no format for ${file}: use one of the extensions ${known.join(" ")}, or name it with --format`,
			);
		}
		return { file, format: chosen };
	});
}

function renderOptions(terminal: Terminal, { quiet, verbose }: AnalyzeFlags): RenderOptions {
	const detail = quiet ? "quiet" : verbose ? "verbose" : "normal";
	return { width: terminal.width, color: terminal.color, detail };
}

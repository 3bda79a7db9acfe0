import type { Problem } from "../model/report.ts";

const reasons: Readonly<Record<string, string>> = {
	ENOENT: "no such file or folder: check the path",
	EACCES: "no permission to read it: read it as its owner, or copy it",
	EPERM: "no permission to read it: read it as its owner, or copy it",
	ENOTDIR: "it lies in something that is no folder: check the path",
	EISDIR: "it is a folder where a file was expected",
	ELOOP: "its symbolic links go in a circle",
	ENXIO: "it is a socket or a device, not a file: give the server's logfile",
	ENOTSUP: "it is a socket or a device, not a file: give the server's logfile",
	EOPNOTSUPP: "it is a socket or a device, not a file: give the server's logfile",
	EIO: "the disk or the network failed while it was read: what came before was read",
	ESTALE: "it vanished from its network folder: what came before was read",
	EMFILE: "too many files are open: give fewer inputs at a time",
	ENAMETOOLONG: "the name is too long for a path",
	Z_BUF_ERROR: "the compressed data ends too early: what came before was read; copy the file again",
	Z_DATA_ERROR: "the compressed data is damaged: what came before was read; copy the file again",
};

const codeOf = (error: unknown): string =>
	typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";

/** One clear line for what the platform threw while an input was opened or read. */
export function unreadable(input: string, error: unknown): Problem {
	const reason =
		reasons[codeOf(error)] ??
		archiveReason(error) ??
		(error instanceof Error ? error.message : String(error));
	return { code: "unreadable", input, text: `${input}: cannot be read: ${reason}` };
}

/** What the reader of archives throws has no code. */
function archiveReason(error: unknown): string | undefined {
	const message = error instanceof Error ? error.message : "";
	if (message === "Tar archive is truncated.")
		return "the archive ends too early: the files before that were read; copy it again";
	return /^(?:Invalid tar|Tar metadata|TAR number|Invalid EOF|Too many global)/.test(message)
		? "the archive is damaged: the files before that were read; copy it again"
		: undefined;
}

/** An input of no bytes, or of blank lines only. */
export function empty(input: string): Problem {
	return {
		code: "empty",
		input,
		text: `${input}: the file is empty: nothing to explain; give the server's log`,
	};
}

/** An input without any line that a server, Sentinel or CLI writes. */
export function noLog(input: string, lines: number, firstLine: string | null): Problem {
	const first = firstLine === null ? "" : `; first line: ${shorten(firstLine)}`;
	return {
		code: "no-log",
		input,
		text: `${input}: 0 of ${lines} lines recognised as Redis or Valkey output${first}; give the server's logfile`,
	};
}

/** A folder in which no file holds a log. */
export function emptyFolder(input: string): Problem {
	return {
		code: "empty",
		input,
		text: `${input}: no log in this folder: give the folder or file the logs are in`,
	};
}

/** An archive in which no file holds a log. */
export function emptyArchive(input: string): Problem {
	return {
		code: "empty",
		input,
		text: `${input}: no log in this archive: give the one that the logs are in`,
	};
}

/** A pattern that fits no file. */
export function noMatch(input: string): Problem {
	return {
		code: "unreadable",
		input,
		text: `${input}: no file fits this pattern: check it, or quote the name`,
	};
}

/** A log whose lines state no year. */
export function yearUnknown(input: string): Problem {
	return { code: "year-unknown", input, text: yearText([input]) };
}

/** Names of so many inputs are said; of more, all but one of them are counted. */
const NAMED = 3;

function yearText(inputs: readonly string[]): string {
	const shown =
		inputs.length > NAMED ? [...inputs.slice(0, NAMED - 1), `${inputs.length - NAMED + 1} more`] : inputs;
	const names = shown.length === 1 ? shown[0] : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
	return `${names}: no year in the lines; times are right but for it`;
}

/** What is the same of many inputs is said once: that no year is known, where the first of them says so. */
export function toldOnce(problems: readonly Problem[]): Problem[] {
	const yearless = problems.filter(({ code }) => code === "year-unknown");
	const inputs = [...new Set(yearless.flatMap(({ input }) => input ?? []))].sort();
	if (inputs.length < 2) return [...problems];
	const one: Problem = { code: "year-unknown", text: yearText(inputs) };
	return problems.flatMap((problem) =>
		problem.code !== "year-unknown" ? problem : problem === yearless[0] ? one : [],
	);
}

function shorten(line: string): string {
	const text = line.trim().replace(/[\u0000-\u001f\u007f-\u009f\ufffd]+/g, " ");
	return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

import process from "node:process";
import { safe } from "../report/safe.ts";

/** An error that is the user's to solve: one line that says what, where and what to do. */
export class UsageError extends Error {
	/** Lines that show the spot. */
	readonly details: readonly string[];

	constructor(message: string, details: readonly string[] = []) {
		super(message);
		this.details = details;
	}
}

let watched = false;

/** Says one line on standard error, and the lines that show the spot. */
export function complain(text: string, details: readonly string[] = []): void {
	if (!watched) {
		watched = true;
		// Where nobody can be told, the exit code tells.
		process.stderr.on("error", () => {});
	}
	const line = `rlog: ${safe(text.replace(/\s*\n\s*/g, " ").trim())}`;
	process.stderr.write([line, ...details.map(safe), ""].join("\n"));
}

/** The system's error code of a failed file operation ("ENOENT"), if it has one. */
export function errorCode(error: unknown): string | undefined {
	const code = error instanceof Error && "code" in error ? error.code : undefined;
	return typeof code === "string" ? code : undefined;
}

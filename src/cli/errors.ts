import process from "node:process";
import { safe } from "../report/safe.ts";

/** An error that is the user's to solve: one line that says what, where and what to do. */
export class UsageError extends Error {}

/** Says one line on standard error. */
export function complain(text: string): void {
	process.stderr.write(`rlog: ${safe(text.replace(/\s*\n\s*/g, " ").trim())}\n`);
}

/** The system's error code of a failed file operation ("ENOENT"), if it has one. */
export function errorCode(error: unknown): string | undefined {
	const code = error instanceof Error && "code" in error ? error.code : undefined;
	return typeof code === "string" ? code : undefined;
}

import process from "node:process";

/** What is known about where the text goes. */
export interface Terminal {
	readonly tty: boolean;
	readonly color: boolean;
	readonly width: number;
}

const plainWidth = 100;
const leastWidth = 40;

/** Describes standard output. `color` is what the user asked for with `--color` or `--no-color`. */
export function standardOutput(color?: boolean): Terminal {
	const { env, stdout } = process;
	const tty = stdout.isTTY === true;
	const columns = tty ? stdout.columns : Number(env["COLUMNS"]);
	const width = Number.isInteger(columns) && columns > 0 ? columns : plainWidth;
	const wanted = tty && !env["NO_COLOR"] && env["TERM"] !== "dumb";
	return { tty, color: color ?? wanted, width: Math.max(leastWidth, width) };
}

/** A file takes no colour, whatever the terminal does. */
export const fileOutput: Terminal = { tty: false, color: false, width: plainWidth };

import { type Front, parseFront } from "../../grammars/prefix.ts";
import type { Stamp } from "../../grammars/stamp.ts";

/** The front of a line as far as it is there: a pasted line may have lost its time. */
export interface LineFront extends Omit<Front, "stamp"> {
	readonly stamp: Stamp | null;
	/** Set where only the time of day is left, on the first day of the placeholder year. */
	readonly dateless?: boolean;
}

const opening = /^(?:[0-9A-Za-z]{1,20}:|\[ ?[0-9A-Za-z]{1,20}[\] ]|pid=\d|\{"pid":)/;

/** The front of a line. Most lines that have none are told by their first characters. */
export const frontOf = (line: string): Front | undefined =>
	opening.test(line) ? parseFront(line) : undefined;

import type { Front } from "../../grammars/prefix.ts";
import type { Stamp } from "../../grammars/stamp.ts";

/** The front of a line as far as it is there: a pasted line may have lost its time. */
export interface LineFront extends Omit<Front, "stamp"> {
	readonly stamp: Stamp | null;
	/** Set where only the time of day is left, on the first day of the placeholder year. */
	readonly dateless?: boolean;
}

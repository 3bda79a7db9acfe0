import type { Found } from "./dumps.ts";
import type { Trace } from "./paste/traces.ts";
import type { Segment } from "./segment.ts";
import type { WrittenReader } from "./written.ts";

/** What one input was found to hold. */
export interface InputContents {
	readonly segments: readonly Segment[];
	/** Replies of INFO and ROLE, with what stands above them. */
	readonly replies: readonly Found[];
	/** What was read before and written by `rlog events`, if any. */
	readonly written: WrittenReader | null;
	/** Wrappers of its lines, if any. */
	readonly wrapper: string | null;
	/** What else was taken off or mended. */
	readonly traces: ReadonlySet<Trace>;
	/** First line that is not blank. */
	readonly firstLine: string | null;
	/** Dates in lines that are no log lines: they may tell the year. */
	readonly dates: readonly number[];
}

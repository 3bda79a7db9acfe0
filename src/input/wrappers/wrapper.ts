import type { LineFront } from "../line-front.ts";

/** A line with its wrapper taken off. */
export interface Opened {
	/** What the wrapped process wrote; of several lines where the wrapper keeps them together. */
	readonly text: string;
	/** Time that the wrapper stamped on it, UTC ms; null where it tells none, or none with a zone. */
	readonly outerTime: number | null;
	/** What the wrapper calls the process or the machine it runs on, or null. */
	readonly node: string | null;
	/** True for a piece of a line whose rest comes with the same node's next one. */
	readonly more?: boolean;
	/** What the wrapper tells in place of the server's own front, should the text have none. */
	readonly front?: () => LineFront | undefined;
}

/** One way in which log shippers and viewers wrap a server's lines. Known by content, never by a flag. */
export interface Wrapper {
	/** As in `LogStream.wrapper`. */
	readonly name: string;
	/** Takes the wrapper off one line; undefined when the line is not wrapped this way. */
	readonly open: (line: string) => Opened | undefined;
	/** The same for a record of a JSON document. */
	readonly openRecord?: (record: JsonRecord) => Opened | undefined;
}

export type JsonRecord = Readonly<Record<string, unknown>>;

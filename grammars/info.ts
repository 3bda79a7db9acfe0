/**
 * INFO in every shape in which people have it: a server's own lines from a file, a pipe or a
 * transcript of redis-cli, whole or one section, of one node or of many, and the dicts that client
 * libraries make of it.
 */

import type { InfoDump } from "./info/dump.ts";
import { type InfoOptions, InfoReader } from "./info/reader.ts";

export { type InfoLine, infoLine } from "./info/classify.ts";
export {
	type InfoDump,
	type InfoField,
	type InfoFields,
	type InfoView,
	infoField,
	type UnreadLine,
} from "./info/dump.ts";
export type { InfoCommand, InfoDatabase, InfoReplica, InfoWatchedPrimary } from "./info/families.ts";
export { asks, type Prompt, prompt, Session } from "./info/prompt.ts";
export { type InfoOptions, InfoReader } from "./info/reader.ts";
export type { InfoPairs, InfoValue } from "./info/value.ts";

/** Reads every dump in a text, in the order of the text. */
export function parseInfo(text: string, options: InfoOptions = {}): InfoDump[] {
	const reader = new InfoReader(options);
	for (const line of text.split("\n")) reader.push(line);
	return reader.end();
}

/**
 * INFO in every shape in which people have it: a server's own lines from a file, a pipe or a
 * transcript of redis-cli, whole or one section, of one node or of many, and the dicts that client
 * libraries make of it.
 *
 * Names and formats are those of genRedisInfoString (server.c) and sentinelInfoCommand (sentinel.c),
 * Redis 2.4 to 8.6 and Valkey 7.2 to 9; what each field means is in glossary/.
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

/**
 * Reads every dump in a text, in the order of the text; never throws. Line numbers count from
 * `options.firstLine`. For a text that is not at hand as a whole, use `InfoReader`.
 */
export function parseInfo(text: string, options: InfoOptions = {}): InfoDump[] {
	const reader = new InfoReader(options);
	for (const line of text.split("\n")) reader.push(line);
	return reader.end();
}

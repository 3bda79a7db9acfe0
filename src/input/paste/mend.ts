import { vagueRemark } from "./remark.ts";
import type { Trace } from "./traces.ts";

/*
 * What people write into a log before they show it: remarks behind a message, and something else, or
 * nothing, in place of an address. Only tried where a message cannot be read as it stands.
 */

/** Most places at which a remark is taken to begin. */
const PLACES = 4;
/** Nobody writes behind a message that is longer. */
const LONGEST = 2000;

/** `{primary's IP}:{port}`, `<ip>:<port>`, `[ip]:6379`, `$ip:$port`, `ip:port`, `x.x.x.x:xxxx`, `***:6379`. */
const placeholder =
	/(?:\{[^{}]{1,40}\}|<[^<>]{1,40}>|\[[^[\]]{1,40}\]|[\w.*$-]{1,60}):(?:\d{1,5}|\{[^{}]{1,40}\}|<[^<>]{1,40}>|\[[^[\]]{1,40}\]|[$A-Za-z_*]{1,20})(?=\s|$)/;

/** A way in which a message may have read before somebody wrote into it. */
export interface Mending {
	readonly trace: Trace;
	readonly text: string;
}

/** The ways in which a message may have read, the one that takes least away first. */
export function* waysToMend(message: string): Generator<Mending> {
	if (message.length > LONGEST) return;
	yield* withoutAddress(message);
	const starts = [...message.matchAll(vagueRemark)].map(({ index }) => index).filter((index) => index > 0);
	for (const start of starts.slice(0, PLACES).reverse()) {
		const text = message.slice(0, start).trimEnd();
		yield { trace: "remark", text };
		yield* withoutAddress(text);
	}
}

/** A message without the gap, or the word, that stands in an address's place. */
function* withoutAddress(message: string): Generator<Mending> {
	// What was taken out leaves two blanks.
	const closed = message.includes("  ") ? message.replace(/ {2,}/g, " ") : message;
	if (closed !== message) yield { trace: "masked", text: closed };
	const bare = closed.replace(placeholder, "");
	if (bare !== closed) yield { trace: "masked", text: bare.replace(/ {2,}/g, " ").trim() };
}

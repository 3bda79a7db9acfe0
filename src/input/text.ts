import process from "node:process";
import type { Readable } from "node:stream";
import { readBytes } from "./bytes.ts";
import { unreadable } from "./problems.ts";

/** A whole text is kept in memory: what is larger than this is no report. */
const LARGEST = 256 * 1024 * 1024;

/** Reads a file, or `-`, as one text; throws with a line for people where it cannot. */
export async function readWhole(name: string, stdin: Readable = process.stdin): Promise<string> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	try {
		for await (const chunk of readBytes({ name, folder: null }, stdin)) {
			bytes += chunk.length;
			if (bytes > LARGEST) throw new Error("it is larger than 256 MiB");
			chunks.push(Buffer.from(chunk));
		}
	} catch (error) {
		throw new Error(unreadable(name, error).text);
	}
	return Buffer.concat(chunks).toString("utf8");
}

import { FRONT } from "./fronts.ts";
import type { Wrapper } from "./wrapper.ts";

const line = new RegExp(`^([^\\s:]{1,4096}):(?:\\d{1,9}:)?(?=${FRONT})(.*)$`);
// Looked for by itself: in the middle of the pattern above it would be tried at every pair of places.
const isPath = /[/.]|log/;

/** `grep` over several files: `redis-0.log:812:S 21 Nov …`. */
export const grep: Wrapper = {
	name: "grep",
	open(text) {
		const found = line.exec(text);
		const path = found?.[1];
		return path === undefined || !isPath.test(path)
			? undefined
			: { text: found?.[2] as string, outerTime: null, node: fileLabel(path) };
	},
};

/** A file's name as a node's name: without folder and without what says that it is a log. */
export function fileLabel(path: string): string {
	const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
	return name.replace(/(?:\.(?:log|txt|gz|zst|\d{1,3}))+$/i, "") || name || path;
}

import { FRONT } from "./fronts.ts";
import type { Wrapper } from "./wrapper.ts";

const line = new RegExp(`^([^\\s:]*(?:[/.]|log)[^\\s:]*):(?:\\d{1,9}:)?(?=${FRONT})(.*)$`);

/** `grep` over several files: `redis-0.log:812:S 21 Nov …`. */
export const grep: Wrapper = {
	name: "grep",
	open(text) {
		const found = line.exec(text);
		return found === null
			? undefined
			: { text: found[2] as string, outerTime: null, node: fileLabel(found[1] as string) };
	},
};

/** A file's name as a node's name: without folder and without what says that it is a log. */
export function fileLabel(path: string): string {
	const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
	return name.replace(/(?:\.(?:log|txt|gz|zst|\d{1,3}))+$/i, "") || name || path;
}
